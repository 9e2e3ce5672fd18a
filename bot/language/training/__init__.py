"""Authors' tools for the recogniser: reading phrases, training, evaluating. Not needed at run time."""
