"""Waiting for what comes in its own time, on a machine however slow."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

__all__ = ["PATIENCE", "until", "until_so"]

PATIENCE = 120.0
"""Seconds after which what is waited for does not come any more; a machine that does much else may take most of it."""


async def until(condition: Callable[[], object]) -> None:
    """Wait for something to become true of which nobody tells.

    Raises:
        TimeoutError: it did not.
    """

    async def look() -> object:
        return condition()

    await until_so(look)


async def until_so(condition: Callable[[], Awaitable[object]], patience: float = PATIENCE) -> None:
    """Wait for something that has to be asked for to become true.

    Raises:
        TimeoutError: it did not.
    """
    async with asyncio.timeout(patience):
        while not await condition():  # noqa: ASYNC110 - nobody rings
            await asyncio.sleep(0.02)
