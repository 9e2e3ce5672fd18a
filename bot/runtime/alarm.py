"""The alarm: due timers become turns."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.runtime.ports import Store, StoreUnavailable
from bot.runtime.turns import Turns

__all__ = ["Alarm"]

log = logging.getLogger(__name__)

PAGE = 200
"""Timers fired in one batch."""
LONGEST = 60.0
"""Seconds between two looks at most: the wall clock may be set."""


class Alarm:
    """Fires timers when they are due."""

    def __init__(self, store: Store, turns: Turns, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._turns = turns
        self._clock = clock
        self._changed = asyncio.Event()

    def look(self) -> None:
        """Timers were set or taken back: look again when the next one is due."""
        self._changed.set()

    async def run(self) -> None:
        """Fire timers until cancelled."""
        while True:
            self._changed.clear()
            try:
                due = await self._store.due_timers(self._clock(), PAGE)
                if due:
                    await self._turns.fire(due)
                    continue
                following = await self._store.next_timer()
            except StoreUnavailable as error:
                log.warning("timers cannot be read: %s", error)
                await asyncio.sleep(1)
                continue
            ahead = (following - self._clock()) if following is not None else timedelta(seconds=LONGEST)
            wait = min(max(ahead.total_seconds(), 0.02), LONGEST)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), wait)
