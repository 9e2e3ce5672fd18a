"""The alarm: due timers become turns.

What was asked for fires at once. What the coach says unasked (`bot.core.nudges.PACED`) fires only while the sender has
room, so that a morning's hundred thousand nudges stand in the table and not in memory, the soonest deadline first.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.runtime.ports import Store, StoreUnavailable, Timer
from bot.runtime.turns import Turns
from bot.unbroken import unbroken

__all__ = ["Alarm"]

log = logging.getLogger(__name__)

PAGE = 200
"""Timers fired in one batch."""
PACED_PAGE = 50
"""Nudges in one batch: what people say meanwhile waits no longer than this takes."""
HELD = 0.25
"""Seconds between two looks while nudges wait for room."""
LONGEST = 60.0
"""Seconds between two looks at most: the wall clock may be set."""


class Alarm:
    """Fires timers when they are due."""

    def __init__(
        self, store: Store, turns: Turns, clock: Callable[[], datetime], room: Callable[[], bool] = lambda: True
    ) -> None:
        self._store = store
        self._turns = turns
        self._clock = clock
        self._room = room
        self._changed = asyncio.Event()
        self._next: datetime | None = None
        """When it looks again by itself; None: it is looking now."""

    def look(self, due: datetime) -> None:
        """A timer was set: look again in time for it."""
        if self._next is None or due < self._next:
            self._changed.set()

    async def run(self) -> None:
        """Fire timers until cancelled."""
        while True:
            self._changed.clear()
            self._next = None
            try:
                room = self._room()
                due = await unbroken(self._due(room))
                if due:
                    await self._turns.fire(due)
                    continue
                following = await unbroken(self._store.next_timer(self._clock(), None if room else False))
            except StoreUnavailable as error:
                log.warning("timers cannot be read: %s", error)
                await asyncio.sleep(1)
                continue
            now = self._clock()
            ahead = (following - now) if following is not None else timedelta(seconds=LONGEST)
            wait = min(max(ahead.total_seconds(), 0.02), LONGEST if room else HELD)
            self._next = now + timedelta(seconds=wait)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), wait)

    async def _due(self, room: bool) -> list[Timer]:
        now = self._clock()
        due = await self._store.due_timers(now, PAGE, paced=False)
        return due or (await self._store.due_timers(now, PACED_PAGE, paced=True) if room else [])
