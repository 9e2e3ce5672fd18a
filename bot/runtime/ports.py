"""What the runtime asks of a channel and of a store, and what it offers them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol, runtime_checkable

from bot.core.case import Entry
from bot.core.events import Event

__all__ = [
    "Answering",
    "Blocked",
    "Button",
    "Channel",
    "Document",
    "Files",
    "Inbox",
    "Incoming",
    "InlineAnswer",
    "InlineLine",
    "Keeping",
    "Loaded",
    "OutboxRow",
    "Outgoing",
    "Refused",
    "Replicas",
    "Settled",
    "Store",
    "StoreUnavailable",
    "Timer",
    "TokenRefused",
    "Transcript",
    "TranscriptLine",
    "TryLater",
    "Writes",
]


# -- what comes in ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update as a channel received it.

    ``update`` is unique within the channel; the same one may arrive twice. ``event`` is None for an update that means
    nothing to us; ``error`` says why it could not be read, and then ``raw`` is kept, as ``person``'s if that is known.
    """

    channel: str
    update: str
    event: Event | None = None
    raw: str = ""
    error: str | None = None
    person: str | None = None


class Inbox(Protocol):
    """Where channels put what they receive."""

    async def accept(self, updates: Sequence[Incoming]) -> None:
        """Handle updates. Returns when all of them are durable; only then may the channel acknowledge them.

        Raises:
            StoreUnavailable: nothing was kept; deliver again later.
        """
        ...


class StoreUnavailable(Exception):
    """The database did not take it."""


class TokenRefused(Exception):
    """A channel does not know the token it was given."""


# -- what goes out ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Button:
    """A rendered button: exactly one of data, url and copy is set."""

    text: str
    data: str | None = None
    url: str | None = None
    copy: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send."""

    name: str
    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A rendered message on its way to a person.

    ``html`` uses only ``b i code blockquote a`` and escaped text. For ``edit`` and ``delete``, ``handle`` is what the
    channel returned when the message was sent (None: unknown, so an edit is sent as a new message).
    """

    id: str
    person: str
    kind: Literal["say", "edit", "delete", "document"]
    html: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    message: str | None = None
    """The id of the message that is edited or deleted."""
    handle: str | None = None
    document: Document | None = None
    expires: datetime | None = None


class Blocked(Exception):
    """The person does not want to hear from us, or is gone."""


class Refused(Exception):
    """The channel will never take this message; its text says why, without personal words."""


@dataclass(slots=True)
class TryLater(Exception):
    """The channel cannot take it now. ``after`` is in seconds; None: the channel is not reachable."""

    after: float | None = None
    everyone: bool = field(default=False)
    """The whole channel is affected, not just this person."""


@dataclass(frozen=True, slots=True)
class InlineLine:
    """A rendered line that is offered in another chat: ``title`` and ``note`` are shown, ``text`` is posted."""

    title: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """The rendered answer to an inline query; ``invitation`` is the label of a button that opens our own chat."""

    person: str
    query: str
    lines: tuple[InlineLine, ...]
    invitation: str | None = None


class Channel(Protocol):
    """A way to reach people."""

    name: str
    """The first part of the ids of its people: ``"{name}:{address}"``."""

    async def run(self, inbox: Inbox) -> None:
        """Receive until cancelled; hand everything to the inbox."""
        ...

    async def send(self, message: Outgoing) -> str | None:
        """Send one message and return the channel's handle for it.

        Raises:
            Blocked, Refused, TryLater: as their names say.
        """
        ...

    async def acknowledge(self, callback: str, text: str | None) -> None:
        """Tell the person that a tap was received. Best effort: never raises."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


@runtime_checkable
class Answering(Protocol):
    """A channel whose people can ask for a line from other chats."""

    async def answer(self, answer: InlineAnswer) -> None:
        """Offer the lines. Best effort: never raises."""
        ...


@runtime_checkable
class Keeping(Protocol):
    """A channel that gives back the files that people sent through it."""

    async def fetch(self, person: str, file: str, limit: int) -> bytes:
        """The bytes of a file, by the name that its `bot.core.events.Attachment` had.

        Raises:
            Refused: it is gone, somebody else's, or has more bytes than the limit.
            TryLater: it cannot be fetched now.
        """
        ...


# -- the record of a chat that we host ourselves ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """A bubble of a chat whose history we keep ourselves (the web chat).

    ``version`` grows with every change of the person's transcript, so that a client asks for what is newer.
    """

    id: str
    version: int
    who: Literal["coach", "person"]
    html: str
    buttons: list[list[dict[str, Any]]]
    at: datetime
    deleted: bool = False
    document: str | None = None
    """The name of a file that can be fetched under this line's id."""


class Transcript(Protocol):
    """Where the web chat keeps its history. One call is one transaction."""

    async def put(self, person: str, line: TranscriptLine, document: bytes | None = None) -> int:
        """Write or replace a line (by its id); its version is assigned and returned."""
        ...

    async def remove(self, person: str, line_id: str) -> int:
        """Mark a line as deleted and drop what it said; returns the new version."""
        ...

    async def since(self, person: str, version: int, limit: int = 200) -> list[TranscriptLine]:
        """The person's lines newer than a version, oldest change first; the latest ``limit`` when version is 0."""
        ...

    async def document(self, person: str, line_id: str) -> bytes | None:
        """The file of a line."""
        ...


class Files(Protocol):
    """Where files are kept that people upload to us. One call is one transaction."""

    async def keep(self, person: str, file: str, name: str, mime: str, content: bytes, at: datetime) -> bool:
        """Keep a file, whole or not at all. False: it was there already."""
        ...

    async def full(self, person: str, more: int) -> bool:
        """Whether so many bytes more are too much for one person."""
        ...

    async def remove(self, person: str, file: str) -> None:
        """Drop a file."""
        ...

    async def content(self, person: str, file: str) -> bytes | None:
        """The bytes of a person's file; None if they have no such file."""
        ...


# -- what is kept -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer that is due."""

    person: str
    key: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a batch of turns begins with."""

    fresh: frozenset[tuple[str, str]]
    """(channel, update) of the updates that were not handled before."""
    sessions: dict[str, str]
    """Person -> stored session; strangers are missing."""
    versions: dict[str, int]
    logs: dict[str, list[Entry]]
    """Person -> case log, oldest first; only of those it was asked for."""
    timers: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """(person, key) -> due, of the timers that were asked about and are still set."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message to keep until it is sent. ``position`` orders the messages of a person."""

    person: str
    id: str
    position: int
    kind: Literal["say", "edit", "delete", "document"]
    payload: str
    created: datetime
    expires: datetime | None = None
    last: bool = False
    handle: str | None = None
    content: dict[str, Any] | None = field(default=None, compare=False, repr=False)
    """The payload as it was before it became JSON, in the process that made it."""


@dataclass(slots=True)
class Writes:
    """What a batch of turns leaves behind, written together or not at all."""

    updates: list[tuple[Incoming, str | None]] = field(default_factory=list)
    """Updates that were handled, with the person they belong to."""
    sessions: dict[str, tuple[str, int, datetime]] = field(default_factory=dict)
    """Person -> session, version, when they were last seen."""
    outbox: list[OutboxRow] = field(default_factory=list)
    """Messages; once written, only those that this process is to send."""
    found: list[OutboxRow] = field(default_factory=list)
    """Once written: messages of older turns that are to be sent before; some may be known already."""
    entries: list[tuple[str, str, int, Entry]] = field(default_factory=list)
    """Person, effect id, position, entry."""
    timers: dict[tuple[str, str], datetime | None] = field(default_factory=dict)
    """(person, key) -> due; None: taken back."""
    discarded: list[tuple[str, str]] = field(default_factory=list)
    """Person, file: what they sent and do not want kept."""
    forgotten: set[str] = field(default_factory=set)
    """People of whom nothing is kept but this batch's last messages."""


Settled = Literal["sent", "dropped", "failed"]


class Store(Protocol):
    """Keeps people. Every method is one transaction.

    Raises:
        StoreUnavailable: from any method, when the database did not take it.
    """

    async def turns(
        self,
        updates: Sequence[Incoming],
        timers: Sequence[Timer],
        people: Sequence[str],
        work: Callable[[Loaded], Writes | set[str]],
    ) -> Writes:
        """Handle a batch: load the people, do the work, write what it leaves.

        ``work`` is called with what was loaded; it returns what to write, or the people whose log it needs, and then
        is called again.
        """
        ...

    async def due_timers(self, now: datetime, limit: int, paced: bool | None = None) -> list[Timer]:
        """Timers that are due, the earliest first.

        ``paced``: only those that may wait until the channel has room (`bot.core.nudges.PACED`), or only the others.
        """
        ...

    async def next_timer(self, now: datetime, paced: bool | None = None) -> datetime | None:
        """When the earliest timer is due that nobody else fires now; ``paced`` as with `due_timers`."""
        ...

    async def waiting(self, limit: int, after: tuple[str, int] = ("", -1)) -> list[OutboxRow]:
        """Messages that were not sent yet and that nobody else sends, by person and position, from after a place on."""
        ...

    async def settle(self, results: Sequence[tuple[str, str, Settled, str | None]]) -> None:
        """Note what became of messages: person, id, outcome, the channel's handle."""
        ...

    async def handles(self, messages: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """The channel's handles of messages that were sent: (person, id) -> handle."""
        ...

    async def export(self, person: str) -> dict[str, Any]:
        """Everything that is kept on a person, by table."""
        ...

    async def forget_leftovers(self, person: str) -> None:
        """Delete what was still needed to say good-bye to a forgotten person, unless they have come back."""
        ...

    async def wake_idle(self, before: datetime, now: datetime) -> int:
        """Set the timer ``idle`` of everybody who was last seen before a time; returns how many were not set yet."""
        ...

    async def tidy(self, now: datetime) -> None:
        """Drop what is no longer needed: old update ids, messages long sent."""
        ...


class Replicas(Protocol):
    """What processes that share a store arrange among themselves.

    Raises:
        StoreUnavailable: from any method but ``listen``, when the database did not take it.
    """

    @property
    def alive(self) -> bool:
        """Whether the others still leave our messages to us."""
        ...

    async def join(self, channels: Collection[str]) -> None:
        """Become a replica (a new one, if we were one before) that serves these channels."""
        ...

    async def beat(self) -> tuple[bool, bool]:
        """Stay alive; returns whether we are, and whether somebody else has died lately."""
        ...

    async def leave(self) -> None:
        """Die at once: what is left is for the others."""
        ...

    async def handed(self, person: str = "") -> list[OutboxRow]:
        """The messages that wait for a person (or for anybody) and are ours to send, in order."""
        ...

    async def reserve(self, channel: str, rate: float, burst: float, count: int) -> list[float]:
        """The next ``count`` moments at which a message may go, of all replicas together, in seconds from now."""
        ...

    async def spare(self, channel: str, rate: float, burst: float) -> float:
        """Take a moment if one is free now (0), or say in how many seconds one may be."""
        ...

    async def pause(self, channel: str, seconds: float) -> None:
        """Tell the others that a channel asked everybody to wait, and give out no moment until then."""
        ...

    async def listen(
        self,
        handed: Callable[[str], None],
        changed: Callable[[str], None],
        paused: Callable[[str, float], None],
    ) -> None:
        """Hear of people whom others handed to us or whose pages they changed, and of pauses. Until cancelled.

        Args:
            handed: told of a person whose messages are ours to send; of ``""`` when something may have been missed.
            changed: told of a person whose pages show something new, or of ``""``.
            paused: told of a channel that asked everybody to wait, and for how many seconds.
        """
        ...
