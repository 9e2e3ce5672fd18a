"""Getting a file that a person sent back from its channel, with some patience."""

from __future__ import annotations

import asyncio
import logging

from bot.runtime.logs import trace
from bot.runtime.ports import Keeping, Refused, TryLater

__all__ = ["fetched"]

log = logging.getLogger(__name__)

PAUSES = (0.5, 2.0, 5.0)
"""Seconds between tries; somebody waits for a document, and one without this file is better than none."""


async def fetched(channel: Keeping, person: str, file: str, limit: int) -> bytes | None:
    """The bytes of a file, or None if it cannot be had."""
    for pause in (*PAUSES, None):
        try:
            return await channel.fetch(person, file, limit)
        except Refused as error:
            log.warning("a file cannot be had: %s", error)
            return None
        except TryLater as later:
            if pause is None or (later.after or 0.0) > PAUSES[-1]:
                break
            await asyncio.sleep(max(pause, later.after or 0.0))
        except Exception as error:
            log.error("fetching a file failed: %s", trace(error))
            return None
    log.warning("a file cannot be had now")
    return None
