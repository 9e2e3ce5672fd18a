"""The version of this installation."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["VERSION"]

try:
    VERSION = version("lofrayer")
except PackageNotFoundError:  # a checkout that was not installed
    VERSION = "0.0.0"
