"""Stand-ins for the outside world: servers that behave, and misbehave, like the real ones."""
