"""The whole coach, as its users meet it."""
