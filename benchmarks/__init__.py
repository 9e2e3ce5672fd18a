"""What the coach costs, measured."""
