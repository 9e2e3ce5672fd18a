"""Authored files -> the core's models; every mistake reported at once, with its place."""
