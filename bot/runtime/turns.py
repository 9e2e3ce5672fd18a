"""Turns: updates and due timers in, sessions and messages out, one transaction for a whole batch.

While a transaction runs, whatever arrives gathers into the next batch, so the cost of a commit is shared.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from bot.core import inline
from bot.core.book import Book
from bot.core.case import Entry
from bot.core.effects import (
    Ack,
    Answer,
    Attach,
    Button,
    Buttons,
    Cancel,
    Delete,
    Discard,
    Edit,
    Effect,
    Forget,
    Record,
    Say,
    Schedule,
)
from bot.core.events import Asked, Blocked, Event, Said, Sent, Tapped, TimerFired, Unblocked
from bot.core.model import Text
from bot.core.session import Profile, Session, dump, load
from bot.core.step import LogNeeded, Turn, step
from bot.core.text import Msg, Screen
from bot.core.words import Words
from bot.language.mail import mailto
from bot.language.render import Renderer
from bot.runtime.logs import trace
from bot.runtime.ports import (
    Incoming,
    InlineAnswer,
    InlineLine,
    Loaded,
    OutboxRow,
    Store,
    StoreUnavailable,
    Timer,
    Writes,
)
from bot.unbroken import unbroken

__all__ = ["Batch", "Turns"]

log = logging.getLogger(__name__)

BATCH = 256
"""Updates in one transaction at most."""
POSITIONS = 1024
"""Messages of one turn at most: the position of a message is its turn's number times this, plus its own."""

Kind = Literal["say", "edit", "delete", "document"]

_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode

_SORRY = Text(
    "Something went wrong on my side, sorry. Nothing you told me is lost; try again, or /start shows the menu."
)


@dataclass(frozen=True, slots=True)
class Batch:
    """What a committed batch hands on: messages in order, and taps to acknowledge."""

    outbox: tuple[OutboxRow, ...]
    acks: tuple[tuple[str, str, str | None], ...]
    """Person, callback, text."""
    rings: datetime | None
    """When the earliest timer that was set is due; None: none was."""
    answers: tuple[InlineAnswer, ...] = ()
    """To inline queries."""
    found: tuple[OutboxRow, ...] = ()
    """Messages of older turns to be sent before; some may be known already."""


@dataclass(slots=True)
class _Job:
    updates: Sequence[Incoming]
    timers: Sequence[Timer]
    done: asyncio.Future[None]


class Turns:
    """Runs batches, one at a time. Implements `bot.runtime.ports.Inbox`."""

    def __init__(
        self,
        book: Book,
        words: Words,
        renderer: Renderer,
        store: Store,
        clock: Callable[[], datetime],
        default_language: str,
        committed: Callable[[Batch], None],
    ) -> None:
        self.book = book
        self.words = words
        self.renderer = renderer
        self._store = store
        self._clock = clock
        self.default_language = default_language
        self._committed = committed
        self._queue: asyncio.Queue[_Job] = asyncio.Queue()
        self._closed = False

    async def accept(self, updates: Sequence[Incoming]) -> None:
        """Handle updates; returns when they are durable."""
        await self._submit(updates, ())

    async def fire(self, timers: Sequence[Timer]) -> None:
        """Handle timers that are due; returns when it is durable."""
        await self._submit((), timers)

    async def _submit(self, updates: Sequence[Incoming], timers: Sequence[Timer]) -> None:
        if not updates and not timers:
            return
        if self._closed:
            raise StoreUnavailable("stopping")
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Job(updates, timers, done))
        await done

    async def run(self) -> None:
        """Run batches until cancelled. A batch that has begun is finished; what waits behind it is given back."""
        try:
            while True:
                jobs = [await self._queue.get()]
                size = len(jobs[0].updates)
                while size < BATCH and not self._queue.empty():
                    jobs.append(self._queue.get_nowait())
                    size += len(jobs[-1].updates)
                await unbroken(self._run(jobs))
        finally:
            self._closed = True
            while not self._queue.empty():
                _fail(self._queue.get_nowait(), StoreUnavailable("stopping"))

    async def _run(self, jobs: list[_Job]) -> None:
        updates = [u for job in jobs for u in job.updates]
        timers = [t for job in jobs for t in job.timers]
        try:
            batch = await self._commit(updates, timers)
        except StoreUnavailable as error:
            for job in jobs:
                _fail(job, error)
            return
        except Exception as error:
            log.error("a batch failed: %s", trace(error))
            for job in jobs:
                _fail(job, StoreUnavailable(type(error).__name__))
            return
        self._committed(batch)
        for job in jobs:
            if not job.done.done():
                job.done.set_result(None)

    async def _commit(self, updates: Sequence[Incoming], timers: Sequence[Timer]) -> Batch:
        people = {u.event.person for u in updates if u.event is not None} | {t.person for t in timers}
        work = _Work(self, updates, timers, self._clock())
        writes = await self._store.turns(updates, timers, sorted(people), work)
        return Batch(
            tuple(writes.outbox),
            tuple(work.acks),
            min((due for due in writes.timers.values() if due is not None), default=None),
            tuple(work.answers),
            tuple(writes.found),
        )


def _fail(job: _Job, error: StoreUnavailable) -> None:
    if not job.done.done():
        job.done.set_exception(error)


class _Work:
    """The pure middle of a batch: what was loaded in, what to write out. May be called again with more loaded."""

    def __init__(self, turns: Turns, updates: Sequence[Incoming], timers: Sequence[Timer], now: datetime) -> None:
        self._turns = turns
        self._updates = updates
        self._timers = timers
        self._now = now
        self.acks: list[tuple[str, str, str | None]] = []
        self.answers: list[InlineAnswer] = []

    def __call__(self, loaded: Loaded) -> Writes | set[str]:
        self.acks.clear()
        self.answers.clear()
        self._loaded = loaded
        self._writes = Writes()
        self._sessions: dict[str, Session] = {}
        self._versions = dict(loaded.versions)
        self._added: dict[str, list[Entry]] = {}
        self._needed: set[str] = set()
        seen: set[tuple[str, str]] = set()
        for incoming in self._updates:
            key = (incoming.channel, incoming.update)
            if key not in loaded.fresh or key in seen:
                continue
            seen.add(key)
            self._update(incoming)
        for timer in self._timers:
            key = (timer.person, timer.key)
            if key in self._writes.timers or loaded.timers.get(key) != timer.due:
                continue
            self._writes.timers[key] = None
            if timer.person in loaded.sessions and timer.person not in self._writes.forgotten:
                due = int(timer.due.timestamp())
                event = TimerFired(
                    id=f"timer:{timer.person}:{timer.key}:{due}",
                    person=timer.person,
                    at=self._now,
                    key=timer.key,
                    due=timer.due,
                )
                self._step(event)
        return self._needed or self._writes

    def _update(self, incoming: Incoming) -> None:
        error, event = incoming.error, incoming.event
        if isinstance(event, Asked):
            self._answer(event)
            return  # it changes nothing and leaves no trace; asked once more, it is answered once more
        if isinstance(event, Blocked | Unblocked) and self._is_stranger(event.person):
            event = None  # there is nobody to put to sleep, and nothing is kept on strangers
        if event is not None:
            error = self._step(event)
        person = event.person if event is not None else incoming.person
        if error or incoming.raw:
            incoming = replace(incoming, error=error, raw=incoming.raw if error else "")
        self._writes.updates.append((incoming, person))

    def _step(self, event: Event) -> str | None:
        """One turn of one person; a failure leaves the session as it was, and the person gets an apology."""
        person = event.person
        session = self._session(event)
        known = [] if person in self._writes.forgotten else self._loaded.logs.get(person)
        entries = None if known is None else [*known, *self._added.get(person, ())]
        version = self._versions.get(person, 0) + 1
        try:
            turn = step(self._turns.book, self._turns.words, session, event, self._now, entries)
            self._carry_out(event, turn, version)
        except LogNeeded:
            self._needed.add(person)
            return None
        except Exception as failure:
            log.error("a turn failed on %s: %s", type(event).__name__, trace(failure))
            if isinstance(event, Said | Sent | Tapped):
                sorry = Say(id=f"{event.id}:sorry", screen=(Msg(_SORRY),))
                self._writes.outbox.extend(self._rows(event, session.profile, [sorry], version, last=False))
            if isinstance(event, Tapped) and event.callback:
                self.acks.append((person, event.callback, None))
            self._keep(session, dump(session), version)
            return type(failure).__name__
        return None

    def _answer(self, asked: Asked) -> None:
        """Answer an inline query, in the person's language and gender if we know them."""
        try:
            profile = self._session(asked).profile
            offered = inline.answer(self._turns.book, profile.language, asked)
            self.answers.append(self._offered(asked.person, offered, profile))
        except Exception as failure:
            log.error("an inline query failed: %s", trace(failure))

    def _offered(self, person: str, offered: Answer, profile: Profile) -> InlineAnswer:
        def plain(text: Msg) -> str:
            return self._turns.renderer.plain(text, profile, self._now)

        lines = tuple(InlineLine(plain(s.title), plain(s.text), plain(s.note or s.text)) for s in offered.suggestions)
        invitation = plain(offered.invitation) if offered.invitation is not None else None
        return InlineAnswer(person, offered.query, lines, invitation)

    def _is_stranger(self, person: str) -> bool:
        known = person in self._loaded.sessions and person not in self._writes.forgotten
        return not known and person not in self._sessions

    def _session(self, event: Event) -> Session:
        person = event.person
        if person in self._sessions:
            return self._sessions[person]
        stored = self._loaded.sessions.get(person)
        if stored is not None and person not in self._writes.forgotten:
            try:
                return load(stored)
            except ValueError as error:
                log.error("a session could not be read: %s", type(error).__name__)
        offered = (event.hello.language or "").split("-")[0].lower()
        offered = {"iw": "he"}.get(offered, offered)
        languages = self._turns.book.languages
        language = offered if offered in languages else self._turns.default_language
        return Session(person, profile=Profile(language=language))

    def _carry_out(self, event: Event, turn: Turn, version: int) -> None:
        """Take over what a turn leaves; whatever can fail comes first, so that it is taken over whole."""
        person, effects = event.person, turn.effects
        forgotten = any(isinstance(e, Forget) for e in effects)
        rows = self._rows(event, turn.session.profile, effects, version, last=forgotten)
        acks = [self._ack(event, e, turn.session.profile) for e in effects if isinstance(e, Ack)]
        stored = dump(turn.session)
        self._drop_edits({effect.message for effect in effects if isinstance(effect, Edit)}, person)
        self._writes.outbox.extend(rows)
        self.acks.extend(acks)
        if forgotten:
            self._forget(person, version)
            return
        for position, effect in enumerate(effects):
            if isinstance(effect, Record):
                self._writes.entries.append((person, effect.id, version * POSITIONS + position, effect.entry))
                self._added.setdefault(person, []).append(effect.entry)
            elif isinstance(effect, Schedule):
                self._writes.timers[person, effect.key] = effect.at
            elif isinstance(effect, Cancel):
                self._writes.timers[person, effect.key] = None
            elif isinstance(effect, Discard):
                self._writes.discarded.append((person, effect.file))
        self._keep(turn.session, stored, version)

    def _drop_edits(self, messages: set[str], person: str) -> None:
        """Of several edits of a message in one batch only the last is sent: nobody would see the others."""
        if messages:
            self._writes.outbox = [
                row
                for row in self._writes.outbox
                if row.kind != "edit" or row.person != person or (row.content or {}).get("message") not in messages
            ]

    def _forget(self, person: str, version: int) -> None:
        writes = self._writes
        writes.forgotten.add(person)
        writes.sessions.pop(person, None)
        writes.entries = [e for e in writes.entries if e[0] != person]
        writes.timers = {k: v for k, v in writes.timers.items() if k[0] != person}
        self._versions[person] = version
        self._added.pop(person, None)
        self._sessions.pop(person, None)

    def _keep(self, session: Session, stored: bytes, version: int) -> None:
        self._versions[session.person] = version
        self._writes.sessions[session.person] = (stored.decode(), version, session.seen or self._now)
        self._sessions[session.person] = session

    def _ack(self, event: Event, ack: Ack, profile: Profile) -> tuple[str, str, str | None]:
        text = self._turns.renderer.plain(ack.text, profile, self._now) if ack.text is not None else None
        return event.person, ack.callback, text

    def _rows(
        self, event: Event, profile: Profile, effects: Sequence[Effect], version: int, *, last: bool
    ) -> list[OutboxRow]:
        """The messages of a turn, rendered."""
        rows: list[OutboxRow] = []
        for position, effect in enumerate(effects):
            payload = self._payload(effect, profile)
            if payload is not None:
                row = OutboxRow(
                    person=event.person,
                    id=effect.id,
                    position=version * POSITIONS + position,
                    kind=payload[0],
                    payload=_json(payload[1]),
                    content=payload[1],
                    created=self._now,
                    expires=effect.expires if isinstance(effect, Say) else None,
                    last=last,
                )
                rows.append(row)
        return rows

    def _payload(self, effect: Effect, profile: Profile) -> tuple[Kind, dict[str, Any]] | None:
        if isinstance(effect, Say):
            return "say", self._words_of(effect.screen, effect.buttons, profile)
        if isinstance(effect, Edit):
            return "edit", {**self._words_of(effect.screen, effect.buttons, profile), "message": effect.message}
        if isinstance(effect, Delete):
            return "delete", {"message": effect.message}
        if isinstance(effect, Attach):
            args = self._facts(effect.args, profile)
            return "document", {"kind": effect.kind, "args": args, "language": profile.language}
        return None

    def _words_of(self, screen: Screen, buttons: Buttons, profile: Profile) -> dict[str, object]:
        return {
            "html": self._turns.renderer.screen(screen, profile, self._now),
            "buttons": [[self._button(b, profile) for b in row] for row in buttons],
        }

    def _facts(self, value: Any, profile: Profile) -> Any:
        """A document's facts, its messages in words; isolates stay, for they order the words on its pages."""
        if isinstance(value, Msg):
            return self._turns.renderer.text(value, profile, self._now)
        if isinstance(value, Mapping):
            return {name: self._facts(fact, profile) for name, fact in value.items()}
        if isinstance(value, tuple | list):
            return [self._facts(fact, profile) for fact in value]
        return value

    def _button(self, button: Button, profile: Profile) -> dict[str, str]:
        renderer, now = self._turns.renderer, self._now
        shown = {"text": renderer.plain(button.label, profile, now)}
        if button.copy is not None:
            shown["copy"] = renderer.plain(button.copy, profile, now)
        elif button.mail is not None:
            subject, body = (renderer.plain(msg, profile, now) for msg in (button.mail.subject, button.mail.body))
            shown["url"] = mailto(button.mail.address, subject, body)
        elif button.url is not None:
            shown["url"] = button.url
        else:
            shown["data"] = button.data or ""
        return shown
