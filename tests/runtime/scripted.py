"""A coach that does what it is told, so that the tests are about what carries it.

``step`` reads one command a line::

    say WORDS            a message            edit MESSAGE WORDS    change that one
    later MINUTES KEY    set a timer          never KEY             take it back
    note WORDS           a line in the log    log                   say how many lines there are
    forget               everything           break                 fail
    expire MINUTES WORDS a message that is not worth sending later
    spoil                a message that cannot be rendered
    delete MESSAGE       take it away         attach KIND WORDS    send a file
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from bot.core.book import Book
from bot.core.case import Entry
from bot.core.effects import Ack, Attach, Button, Cancel, Delete, Edit, Effect, Forget, Record, Say, Schedule
from bot.core.events import Blocked, Event, Hello, Said, Tapped, TimerFired
from bot.core.session import Profile, Session
from bot.core.step import LogNeeded, Turn
from bot.core.text import Msg, Screen
from bot.core.words import Words
from bot.language.render import Renderer
from bot.runtime.ports import Incoming
from bot.runtime.turns import Batch, Turns
from bot.store.sql import SqlStore

__all__ = ["NOW", "Carried", "FakeClock", "FakeRenderer", "carried", "said", "step", "tapped"]

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def step(
    book: Book, words: Words, session: Session, event: Event, now: datetime, log: Sequence[Entry] | None = None
) -> Turn:
    """Do what the event says. A turn counts in ``prompts``, so that a lost or repeated one shows."""
    told = event.text if isinstance(event, Said) else event.data if isinstance(event, Tapped) else ""
    if isinstance(event, TimerFired):
        told = event.key.replace("_", " ")
    effects: list[Effect] = []
    if isinstance(event, Tapped) and event.callback:
        effects.append(Ack(id=f"{event.id}:0", callback=event.callback, text=Msg("ok")))
    for number, line in enumerate(told.splitlines(), 1):
        effects.append(_effect(line, f"{event.id}:{number}", now, log, effects))
    asleep = isinstance(event, Blocked)
    return Turn(replace(session, prompts=session.prompts + 1, seen=now, asleep=asleep), tuple(effects))


def _effect(line: str, id_: str, now: datetime, log: Sequence[Entry] | None, before: Sequence[Effect]) -> Effect:
    command, _, rest = line.partition(" ")
    first, _, second = rest.partition(" ")
    match command:
        case "say":
            return Say(id=id_, screen=(Msg(rest),))
        case "ask":
            return Say(id=id_, screen=(Msg(rest),), buttons=BUTTONS)
        case "edit":
            return Edit(id=id_, message=first, screen=(Msg(second),))
        case "delete":
            return Delete(id=id_, message=first)
        case "attach":
            return Attach(id=id_, kind=first, args={"of": second})
        case "expire":
            return Say(id=id_, screen=(Msg(second),), expires=now + timedelta(minutes=float(first)))
        case "spoil":
            return Say(id=id_, screen=(Msg("spoiled"),))
        case "note":
            return Record(id=id_, entry=Entry("1", now, "note", {"text": rest}))
        case "later":
            return Schedule(id=id_, key=second, at=now + timedelta(minutes=float(first)))
        case "never":
            return Cancel(id=id_, key=first)
        case "forget":
            return Forget(id=id_)
        case "log":
            if log is None:
                raise LogNeeded
            lines = [e.details["text"] for e in log] + [e.entry.details["text"] for e in before if type(e) is Record]
            return Say(id=id_, screen=(Msg(" ".join(["log:", *lines])),))
        case _:
            raise ValueError(f"the person's own words: {line}")


BUTTONS = (
    (Button(Msg("one"), data="1.1.0"), Button(Msg("two"), data="1.1.1")),
    (Button(Msg("copy"), copy=Msg("x" * 300)), Button(Msg("open"), url="https://example.org/")),
)


class FakeRenderer:
    """Says the message ids, with the language before them."""

    def screen(self, screen: Screen, profile: Profile, now: datetime) -> str:
        return "\n\n".join(self.plain(msg, profile, now) for msg in screen)

    def plain(self, msg: Msg, profile: Profile, now: datetime) -> str:
        if msg.id == "spoiled":
            raise KeyError("the person's own words")
        return f"{profile.language}:{msg.id}"


class FakeClock:
    """A time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@dataclass
class Carried:
    """The turns over a store, and what they handed on."""

    turns: Turns
    store: SqlStore
    clock: FakeClock
    batches: list[Batch] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """The payloads handed on so far."""
        return [row.payload for batch in self.batches for row in batch.outbox]

    async def session(self, person: str = "telegram:1") -> dict[str, Any] | None:
        """A person's stored session."""
        kept = (await self.store.export(person))["people"]
        return cast("dict[str, Any]", kept[0]["session"]) if kept else None

    async def tell(self, *updates: Incoming) -> None:
        """Deliver updates in one batch."""
        await self.turns.accept(updates)


def carried(store: Any, languages: tuple[str, ...] = ("he", "en")) -> Carried:
    """Turns that run the scripted step; patch ``bot.runtime.turns.step`` with it."""
    clock = FakeClock()
    batches: list[Batch] = []
    turns = Turns(
        cast("Book", SimpleNamespace(languages=languages)),
        cast("Words", None),
        cast("Renderer", FakeRenderer()),
        store,
        clock,
        "he",
        batches.append,
    )
    return Carried(turns, store, clock, batches)


def said(number: int, text: str, person: str = "telegram:1", language: str | None = "en") -> Incoming:
    """An update with commands for the step."""
    id_ = f"telegram:{number}"
    return Incoming("telegram", str(number), Said(id=id_, person=person, at=NOW, hello=Hello(language), text=text))


def tapped(number: int, data: str, person: str = "telegram:1") -> Incoming:
    """A tap with commands for the step."""
    event = Tapped(id=f"telegram:{number}", person=person, at=NOW, data=data, callback=f"c{number}")
    return Incoming("telegram", str(number), event)
