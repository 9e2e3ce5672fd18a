"""What carries the coach: turns, timers, sending. Knows channels and stores only by their ports."""
