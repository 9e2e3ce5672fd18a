"""Logging without personal words."""

from __future__ import annotations

import traceback
from pathlib import PurePath

__all__ = ["trace"]


def trace(error: BaseException, depth: int = 4) -> str:
    """What failed and where: the kind of error and the innermost places, without its message.

    Messages of exceptions often quote what a person typed.
    """
    frames = traceback.extract_tb(error.__traceback__)[-depth:]
    places = " < ".join(f"{PurePath(f.filename).name}:{f.lineno}" for f in reversed(frames))
    return f"{type(error).__name__} at {places or 'nowhere'}"
