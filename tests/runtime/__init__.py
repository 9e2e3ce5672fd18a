"""Tests of what carries the coach."""
