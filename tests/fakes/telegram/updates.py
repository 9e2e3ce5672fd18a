"""The queue of updates: numbering, filtering, confirmation and long polling."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from tests.fakes.telegram.bell import Bell
from tests.fakes.telegram.errors import ApiError, Json, WorldError, conflict

__all__ = ["Entry", "UpdateQueue", "Victim"]

Victim = Literal["waiting", "newcomer"]
"""Who gets 409 when two poll at once: the request that waits (as Telegram does) or the one that comes later."""

NOT_BY_DEFAULT = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
_OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@dataclass(slots=True, eq=False)
class Entry:
    """One update that the bot has not confirmed."""

    update: Json
    forced: bool = False
    """Injected: delivered once whatever the offset."""
    delivered: bool = False

    @property
    def id(self) -> int:
        """Its update id."""
        number: int = self.update["update_id"]
        return number

    @property
    def lane(self) -> tuple[str, int]:
        """Updates of one lane reach a webhook one after the other, those of different lanes at once."""
        for kind in ("message", "edited_message", "my_chat_member"):
            if kind in self.update:
                return "chat", self.update[kind]["chat"]["id"]
        if "callback_query" in self.update:
            return "tap", self.update["callback_query"]["from"]["id"]
        return "id", self.id


class _Poller:
    """A getUpdates request that waits."""

    def __init__(self) -> None:
        self.end: ApiError | None = None


class UpdateQueue:
    """Updates in order of creation, kept until confirmed by an offset or accepted by the webhook."""

    def __init__(self, first_id: int, lock: threading.RLock) -> None:
        self.bell = Bell()
        self.next_id = first_id
        self.webhook_active = False
        self.closed = False
        self.allowed: list[str] | None = None
        self._lock = lock
        self._entries: deque[Entry] = deque()
        self._added = 0
        self._forced = 0
        self._poller: _Poller | None = None

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def polled(self) -> bool:
        """Whether a request waits for updates."""
        return self._poller is not None

    def since(self, seen: int) -> tuple[list[Entry], int]:
        """The pending updates added after a mark (0: all of them), and the mark for the next time."""
        with self._lock:
            count = min(self._added - seen, len(self._entries))
            return list(islice(reversed(self._entries), count))[::-1], self._added

    def allow(self, kinds: object) -> None:
        """Remember ``allowed_updates``: they hold until given anew; an empty list is the default set."""
        if isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds):
            self.allowed = [kind.lower() for kind in kinds] or None

    def add(self, kind: str, payload: Json) -> Json:
        """A new update with the next number; one the bot did not ask for gets no number and is not queued."""
        wanted = kind in self.allowed if self.allowed is not None else kind not in NOT_BY_DEFAULT
        if not wanted:
            return {kind: payload}
        update = {"update_id": self.next_id, kind: payload}
        self.next_id += 1
        self._append(Entry(update))
        return update

    def inject(self, update: Json) -> Json:
        """Queue this very update, known or not, past the filter and the offset; the next number if it has none."""
        if "update_id" not in update:
            update = {"update_id": self.next_id, **update}
            self.next_id += 1
        self._append(Entry(update, forced=True))
        return update

    def _append(self, entry: Entry) -> None:
        self._entries.append(entry)
        self._added += 1
        self._forced += entry.forced
        self.bell.ring()

    def skip(self, count: int) -> None:
        """Leave a gap in the numbers."""
        if count < 1:
            raise WorldError("skip at least one number")
        self.next_id += count

    def remove(self, entry: Entry) -> None:
        """The webhook accepted it."""
        with self._lock, suppress(ValueError):  # it may have been dropped meanwhile
            self._entries.remove(entry)
            self._forced -= entry.forced

    def drop_all(self) -> None:
        """Forget what is pending."""
        self._entries.clear()
        self._forced = 0

    def take(self, offset: int, limit: int) -> list[Json]:
        """Confirm everything below the offset and look at the next ones; a negative offset counts from the end."""
        if offset < 0:
            while len(self._entries) > -offset:
                self._forced -= self._entries.popleft().forced
        elif self._forced:
            kept = [entry for entry in self._entries if entry.id >= offset or (entry.forced and not entry.delivered)]
            self._entries = deque(kept)
            self._forced = sum(entry.forced for entry in kept)
        else:
            while self._entries and self._entries[0].id < offset:
                self._entries.popleft()
        found: list[Json] = []
        for entry in self._entries:
            if len(found) == limit:
                break
            entry.delivered = True
            found.append(entry.update)
        return found

    async def poll(self, offset: int, limit: int, seconds: float, victim: Victim = "waiting") -> list[Json]:
        """What ``getUpdates`` answers: at once when there is something, else after up to so many seconds."""
        with self._lock:
            if self.webhook_active:
                raise conflict(_WEBHOOK)
            if self._poller is not None and victim == "newcomer":
                raise conflict(_OTHER_POLLER)
            found = self.take(offset, limit)
            if found or seconds <= 0:
                return found
            self.end_poll(_OTHER_POLLER)
            poller = self._poller = _Poller()
        try:
            return await self._wait(poller, offset, limit, seconds)
        finally:
            with self._lock:
                if self._poller is poller:
                    self._poller = None

    async def _wait(self, poller: _Poller, offset: int, limit: int, seconds: float) -> list[Json]:
        clock = asyncio.get_running_loop().time
        deadline = clock() + seconds
        with self.bell.listen() as listener:
            while True:
                with self._lock:
                    if poller.end is not None:
                        raise poller.end
                    found = self.take(offset, limit)
                remaining = deadline - clock()
                if found or self.closed or remaining <= 0:
                    return found
                await listener.wait(remaining)

    def end_poll(self, reason: str) -> None:
        """Answer 409 to the request that waits, if there is one."""
        if self._poller is not None:
            self._poller.end = conflict(reason)
            self._poller = None
            self.bell.ring()

    def close(self) -> None:
        """Answer the request that waits with what there is: the server is going away."""
        self.closed = True
        self.bell.ring()
