"""Waking whoever waits for a change, in any event loop and any thread."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["NOBODY", "Bell", "Listener"]

NOBODY = 0
"""No user has this id."""


class Listener:
    """One waiter, bound to the event loop it was made in."""

    __slots__ = ("_event", "_loop", "user")

    def __init__(self, user: int | None) -> None:
        self.user = user
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    def wake(self) -> None:
        """Let the waiter look again; safe from every thread."""
        if self._event.is_set():
            return
        with suppress(RuntimeError):  # its loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._event.set)

    async def wait(self, seconds: float | None = None) -> bool:
        """Wait until woken (also if that was since the last wait); False when the time is over."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return False
        self._event.clear()
        return True


class Bell:
    """Rung at every change; costs next to nothing while nobody listens."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()

    @contextmanager
    def listen(self, user: int | None = None) -> Iterator[Listener]:
        """Listen from now on, so that no change is missed between looking and waiting; perhaps only for one user's."""
        listener = Listener(user)
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def ring(self, user: int | None = None) -> None:
        """Wake everybody, or all but those who listen for other users."""
        if self._listeners:
            for listener in tuple(self._listeners):
                if user is None or listener.user is None or listener.user == user:
                    listener.wake()
