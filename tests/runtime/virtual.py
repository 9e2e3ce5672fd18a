"""Time that passes only when everybody sleeps: minutes of pacing take no time at all, to the same result."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec

__all__ = ["VirtualLoop", "virtual"]

P = ParamSpec("P")


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop whose clock jumps to the next timer as soon as nothing else is to be done."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0

    def time(self) -> float:
        return self._now

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]
            self._now = max(self._now, self._scheduled[0].when())  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


def virtual(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run a test on virtual time; ``time.monotonic`` tells it too, from a thousand seconds on."""

    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        real = time.monotonic
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            loop = runner.get_loop()
            time.monotonic = lambda: 1000.0 + loop.time()
            try:
                runner.run(test(*args, **kwargs))
            finally:
                time.monotonic = real

    return run
