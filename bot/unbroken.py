"""Work that a cancellation waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

__all__ = ["unbroken"]

T = TypeVar("T")


async def unbroken(work: Awaitable[T]) -> T:
    """Do work to its end; who is cancelled meanwhile is so after it.

    For transactions of what stops with the process: broken off, nobody would know whether they were committed.
    """
    doing = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.wait({doing})
        if not doing.cancelled():
            doing.exception()  # nobody asks for it any more
        raise
