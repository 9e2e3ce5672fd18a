"""The same conversation on the stacks that people usually take, to measure ours against."""
