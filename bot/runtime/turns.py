"""Turns: updates and due timers in, sessions and messages out, one transaction for a whole batch.

While a transaction runs, whatever arrives gathers into the next batch, so the cost of a commit is shared.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.core.book import Book
from bot.core.case import Entry
from bot.core.effects import (
    Ack,
    Attach,
    Button,
    Buttons,
    Cancel,
    Delete,
    Edit,
    Effect,
    Forget,
    Record,
    Say,
    Schedule,
)
from bot.core.events import Event, TimerFired
from bot.core.model import Text
from bot.core.session import Profile, Session, dump, load
from bot.core.step import LogNeeded, Turn, step
from bot.core.text import Msg, Screen
from bot.core.words import Words
from bot.language.render import Renderer
from bot.runtime.logs import trace
from bot.runtime.ports import Incoming, Loaded, OutboxRow, Store, StoreUnavailable, Timer, Writes

__all__ = ["Batch", "Turns"]

log = logging.getLogger(__name__)

BATCH = 256
"""Updates in one transaction at most."""
POSITIONS = 1024
"""Messages of one turn at most: the position of a message is its turn's number times this, plus its own."""

Kind = Literal["say", "edit", "delete", "document"]

_SORRY = Text(
    "Something went wrong on my side, sorry. Nothing you told me is lost; try again, or /start shows the menu."
)


@dataclass(frozen=True, slots=True)
class Batch:
    """What a committed batch hands on: messages in order, and taps to acknowledge."""

    outbox: tuple[OutboxRow, ...]
    acks: tuple[tuple[str, str, str | None], ...]
    """Person, callback, text."""
    timers_changed: bool


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

    async def accept(self, updates: Sequence[Incoming]) -> None:
        """Handle updates; returns when they are durable."""
        await self._submit(updates, ())

    async def fire(self, timers: Sequence[Timer]) -> None:
        """Handle timers that are due; returns when it is durable."""
        await self._submit((), timers)

    async def _submit(self, updates: Sequence[Incoming], timers: Sequence[Timer]) -> None:
        if not updates and not timers:
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Job(updates, timers, done))
        await done

    async def run(self) -> None:
        """Run batches until cancelled. A batch that has begun is finished."""
        while True:
            jobs = [await self._queue.get()]
            size = len(jobs[0].updates)
            while size < BATCH and not self._queue.empty():
                jobs.append(self._queue.get_nowait())
                size += len(jobs[-1].updates)
            await asyncio.shield(self._run(jobs))

    async def _run(self, jobs: list[_Job]) -> None:
        updates = [u for job in jobs for u in job.updates]
        timers = [t for job in jobs for t in job.timers]
        try:
            batch = await self._commit(updates, timers)
        except StoreUnavailable as error:
            for job in jobs:
                if not job.done.done():
                    job.done.set_exception(error)
            return
        except Exception as error:
            log.error("a batch failed: %s", trace(error))
            for job in jobs:
                if not job.done.done():
                    job.done.set_exception(StoreUnavailable(type(error).__name__))
            return
        self._committed(batch)
        for job in jobs:
            if not job.done.done():
                job.done.set_result(None)

    async def _commit(self, updates: Sequence[Incoming], timers: Sequence[Timer]) -> Batch:
        people = {u.event.person for u in updates if u.event is not None} | {t.person for t in timers}
        work = _Work(self, updates, timers, self._clock())
        writes = await self._store.turns(updates, timers, sorted(people), work)
        return Batch(tuple(writes.outbox), tuple(work.acks), bool(writes.timers))


class _Work:
    """The pure middle of a batch: what was loaded in, what to write out. May be called again with more loaded."""

    def __init__(self, turns: Turns, updates: Sequence[Incoming], timers: Sequence[Timer], now: datetime) -> None:
        self._turns = turns
        self._updates = updates
        self._timers = timers
        self._now = now
        self.acks: list[tuple[str, str, str | None]] = []

    def __call__(self, loaded: Loaded) -> Writes | set[str]:
        self.acks.clear()
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
            if timer.person in loaded.sessions:
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
        error = incoming.error
        if incoming.event is not None:
            error = self._step(incoming.event)
        person = incoming.event.person if incoming.event is not None else None
        kept = incoming if error else replace(incoming, raw="")
        self._writes.updates.append((replace(kept, error=error), person))

    def _step(self, event: Event) -> str | None:
        """One turn of one person; a failure leaves the session as it was, and the person gets an apology."""
        person = event.person
        session = self._session(event)
        known = self._loaded.logs.get(person)
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
            sorry = Say(id=f"{event.id}:sorry", screen=(Msg(_SORRY),))
            self._outgoing(event, session.profile, [sorry], version, last=False)
            self._keep(session, version)
            return type(failure).__name__
        return None

    def _session(self, event: Event) -> Session:
        person = event.person
        if person in self._sessions:
            return self._sessions[person]
        stored = self._loaded.sessions.get(person)
        if stored is not None:
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
        person, effects = event.person, turn.effects
        forgotten = any(isinstance(e, Forget) for e in effects)
        self._outgoing(event, turn.session.profile, effects, version, last=forgotten)
        if forgotten:
            self._writes.forgotten.add(person)
            self._writes.sessions.pop(person, None)
            self._writes.entries = [e for e in self._writes.entries if e[0] != person]
            self._writes.timers = {k: v for k, v in self._writes.timers.items() if k[0] != person}
            self._versions[person] = version
            self._added.pop(person, None)
            self._loaded.logs.pop(person, None)
            self._loaded.sessions.pop(person, None)
            self._sessions.pop(person, None)
            return
        for position, effect in enumerate(effects):
            if isinstance(effect, Record):
                self._writes.entries.append((person, effect.id, version * POSITIONS + position, effect.entry))
                self._added.setdefault(person, []).append(effect.entry)
            elif isinstance(effect, Schedule):
                self._writes.timers[person, effect.key] = effect.at
            elif isinstance(effect, Cancel):
                self._writes.timers[person, effect.key] = None
        self._keep(turn.session, version)

    def _keep(self, session: Session, version: int) -> None:
        self._versions[session.person] = version
        stored = dump(session).decode()
        self._writes.sessions[session.person] = (stored, version, session.seen or self._now)
        self._sessions[session.person] = session

    def _outgoing(self, event: Event, profile: Profile, effects: Sequence[Effect], version: int, *, last: bool) -> None:
        renderer, now = self._turns.renderer, self._now
        for position, effect in enumerate(effects):
            if isinstance(effect, Ack):
                text = renderer.plain(effect.text, profile, now) if effect.text is not None else None
                self.acks.append((event.person, effect.callback, text))
                continue
            payload = self._payload(effect, profile)
            if payload is None:
                continue
            self._writes.outbox.append(
                OutboxRow(
                    person=event.person,
                    id=effect.id,
                    position=version * POSITIONS + position,
                    kind=payload[0],
                    payload=json.dumps(payload[1], ensure_ascii=False),
                    created=now,
                    expires=effect.expires if isinstance(effect, Say) else None,
                    last=last,
                )
            )

    def _payload(self, effect: Effect, profile: Profile) -> tuple[Kind, dict[str, object]] | None:
        if isinstance(effect, Say):
            return "say", self._words_of(effect.screen, effect.buttons, profile)
        if isinstance(effect, Edit):
            return "edit", {**self._words_of(effect.screen, effect.buttons, profile), "message": effect.message}
        if isinstance(effect, Delete):
            return "delete", {"message": effect.message}
        if isinstance(effect, Attach):
            return "document", {"kind": effect.kind, "args": effect.args, "language": profile.language}
        return None

    def _words_of(self, screen: Screen, buttons: Buttons, profile: Profile) -> dict[str, object]:
        return {
            "html": self._turns.renderer.screen(screen, profile, self._now),
            "buttons": [[self._button(b, profile) for b in row] for row in buttons],
        }

    def _button(self, button: Button, profile: Profile) -> dict[str, str]:
        renderer, now = self._turns.renderer, self._now
        shown = {"text": renderer.plain(button.label, profile, now)}
        if button.copy is not None:
            shown["copy"] = renderer.plain(button.copy, profile, now)[:256]
        elif button.url is not None:
            shown["url"] = button.url
        else:
            shown["data"] = button.data or ""
        return shown
