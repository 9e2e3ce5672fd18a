"""What takes long to load and is not needed at once: loaded by a thread, or by the first who needs it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

__all__ = ["Late", "warm"]


class Late:
    """Stands for the object that ``make`` returns, and becomes it at the first use."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        with self._lock:
            made = self.__dict__.get("_made")
            if made is None:
                made = self.__dict__["_made"] = self._make()
        value = getattr(made, name)
        if not name.startswith("_"):
            self.__dict__[name] = value  # from now on without a detour
        return value


def warm(*steps: Callable[[], Any]) -> None:
    """Run these in a thread of their own, one after the other."""
    threading.Thread(target=lambda: [step() for step in steps], daemon=True).start()
