"""Tests of what keeps people."""
