"""A store in memory and a channel that does as it is told, on virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from bot.core.events import Event
from bot.runtime.pacing import Pace
from bot.runtime.ports import (
    Document,
    Inbox,
    Incoming,
    InlineAnswer,
    OutboxRow,
    Outgoing,
    Settled,
    Store,
    StoreUnavailable,
)
from bot.runtime.sender import Route, Sender

__all__ = ["START", "FakeChannel", "FakeInbox", "FakeOutbox", "Post", "row"]

START = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def now() -> datetime:
    """The time, as virtual as the loop's."""
    return START + timedelta(seconds=asyncio.get_running_loop().time())


def row(id_: str, person: str = "telegram:1", position: int = 0, **changes: Any) -> OutboxRow:
    """A message on its way that says its own id."""
    given: dict[str, Any] = {"kind": "say", "payload": f'{{"html": "{id_}"}}', "created": START, **changes}
    return OutboxRow(person=person, id=id_, position=position, **given)


class FakeOutbox:
    """The part of the store that the sender uses; can be made to fail."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], OutboxRow] = {}
        self.states: dict[tuple[str, str], str] = {}
        self.known: dict[tuple[str, str], str] = {}
        self.settled: list[tuple[float, list[tuple[str, str, Settled, str | None]]]] = []
        self.forgotten: list[tuple[float, str]] = []
        self.down = False
        self.slow = 0.0

    def add(self, *rows: OutboxRow) -> tuple[OutboxRow, ...]:
        """Commit messages."""
        for new in rows:
            self.rows[new.person, new.id] = new
            self.states[new.person, new.id] = "waiting"
        return rows

    async def _work(self) -> None:
        if self.slow:
            await asyncio.sleep(self.slow)
        if self.down:
            raise StoreUnavailable("down")

    async def waiting(self, limit: int, after: tuple[str, int] = ("", -1)) -> list[OutboxRow]:
        await self._work()
        rows = sorted((r for k, r in self.rows.items() if self.states[k] == "waiting"), key=_place)
        return [r for r in rows if _place(r) > after][:limit]

    async def settle(self, results: Sequence[tuple[str, str, Settled, str | None]]) -> None:
        await self._work()
        self.settled.append((asyncio.get_running_loop().time(), list(results)))
        for person, id_, state, handle in results:
            self.states[person, id_] = state
            if handle is not None:
                self.known[person, id_] = handle

    async def handles(self, messages: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        await self._work()
        return {m: self.known[m] for m in messages if m in self.known}

    async def forget_leftovers(self, person: str) -> None:
        await self._work()
        self.forgotten.append((asyncio.get_running_loop().time(), person))


def _place(found: OutboxRow) -> tuple[str, int]:
    return found.person, found.position


class FakeChannel:
    """Remembers what was sent and when; ``trouble`` by message id happens first, one after the other."""

    def __init__(self, name: str = "telegram") -> None:
        self.name = name
        self.sent: list[tuple[float, Outgoing]] = []
        self.tried: list[tuple[float, str]] = []
        self.acks: list[tuple[str, str | None]] = []
        self.answers: list[InlineAnswer] = []
        self.trouble: dict[str, list[BaseException]] = {}
        self.takes = 0.0
        """Seconds that a call takes."""
        self.under_way: set[str] = set()
        self.overlaps = 0

    async def run(self, inbox: Inbox) -> None:
        await asyncio.Event().wait()

    async def send(self, message: Outgoing) -> str | None:
        self.tried.append((asyncio.get_running_loop().time(), message.id))
        self.overlaps += message.person in self.under_way
        self.under_way.add(message.person)
        try:
            await asyncio.sleep(self.takes)
        finally:
            self.under_way.discard(message.person)
        if self.trouble.get(message.id):
            raise self.trouble[message.id].pop(0)
        self.sent.append((asyncio.get_running_loop().time(), message))
        return message.handle if message.kind in ("edit", "delete") and message.handle else f"h-{message.id}"

    async def acknowledge(self, callback: str, text: str | None) -> None:
        self.acks.append((callback, text))

    async def answer(self, answer: InlineAnswer) -> None:
        self.answers.append(answer)

    async def close(self) -> None:
        """Nothing to let go of."""

    @property
    def ids(self) -> list[str]:
        """The messages that were sent, in order."""
        return [message.id for _, message in self.sent]

    def times(self, person: str = "") -> list[float]:
        """When messages (to a person) were sent, in seconds, to the hundredth."""
        return [round(at, 2) for at, message in self.sent if person in ("", message.person)]


class FakeInbox:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.down = False

    async def accept(self, updates: Sequence[Incoming]) -> None:
        if self.down:
            raise StoreUnavailable("down")
        self.events.extend(u.event for u in updates if u.event is not None)


@dataclass
class Post:
    """A sender with everything around it."""

    overall: float = 0
    each: float = 0
    burst: float = 5
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    channel: FakeChannel = field(default_factory=FakeChannel)
    inbox: FakeInbox = field(default_factory=FakeInbox)
    documents: dict[str, Exception | Document] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.route = Route(self.channel, Pace(self.overall, self.each, self.burst))
        store = cast("Store", self.outbox)
        self.sender = Sender(store, {self.channel.name: self.route}, self.inbox, self._document, now)
        self._running = asyncio.create_task(self.sender.run())

    async def _document(self, person: str, kind: str, args: dict[str, object], language: str) -> Document:
        found = self.documents[kind]
        if isinstance(found, Exception):
            raise found
        return found

    def commit(self, *rows: OutboxRow) -> None:
        """What happens after a turn: the rows are kept and handed over."""
        self.sender.take(self.outbox.add(*rows))

    async def stop(self) -> None:
        """As the coach stops it."""
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        await self.sender.stop()

    def states(self) -> dict[str, str]:
        """What became of each message, as it was noted."""
        return {id_: state for (_, id_), state in self.outbox.states.items()}
