"""A chat of one person with the coach: what is stored between turns, and what stands on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.core.book import Book
from bot.core.case import Entry
from bot.core.dialog import Node
from bot.core.effects import (
    Ack,
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
from bot.core.events import Attachment, Blocked, Event, Said, Sent, Tapped, TimerFired, Unblocked
from bot.core.redact import redact
from bot.core.session import Profile, Session, dump, load
from bot.core.step import Edge, LogNeeded, Turn, step
from bot.core.vocabulary import VOCABULARY
from bot.language.render import Renderer
from tests.support.screens import check_message, english

__all__ = ["Chat", "Message", "Wrong"]


class Wrong(AssertionError):
    """The coach broke one of its promises."""


@dataclass
class Message:
    """A message as it stands on the screen."""

    id: str
    at: datetime
    text: str
    """In English, without marks."""
    buttons: Buttons
    edited: bool = False


@dataclass
class Chat:
    """One person. Every turn goes through the stored form, is taken twice, and is checked."""

    book: Book
    renderer: Renderer
    now: datetime
    profile: Profile = field(default_factory=Profile)
    person: str = "test:1"
    stored: bytes | None = None
    log: list[Entry] = field(default_factory=list)
    timers: dict[str, datetime] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    trace: list[Edge] = field(default_factory=list)
    typed: str = ""
    events: int = 0
    _ids: set[str] = field(default_factory=set)

    # -- the person's side --------------------------------------------------------------------------------------------

    def say(self, text: str) -> Turn:
        """Type something."""
        self.typed += text
        return self.take(Said(id=self._next_id(), person=self.person, at=self.now, text=text))

    def tap_data(self, data: str) -> Turn:
        """Tap something that carries this; anything may stand in it."""
        return self.take(
            Tapped(id=self._next_id(), person=self.person, at=self.now, data=data, callback=f"c{self.events}")
        )

    def send(self, kind: str, caption: str = "", attachment: Attachment | None = None, album: str = "") -> Turn:
        """Send something that is not text; what stands under it is cleaned by the channel, as it is here."""
        self.typed += caption
        clean = redact(caption)
        event = Sent(
            id=self._next_id(),
            person=self.person,
            at=self.now,
            kind=kind,
            caption=clean.text,
            secret=clean.found,
            attachment=attachment,
            album=album,
        )
        return self.take(event)

    def block(self) -> Turn:
        """Block the coach."""
        return self.take(Blocked(id=self._next_id(), person=self.person, at=self.now))

    def unblock(self) -> Turn:
        """Let the coach in again."""
        return self.take(Unblocked(id=self._next_id(), person=self.person, at=self.now))

    def fire(self, key: str, due: datetime) -> Turn:
        """A timer comes due now, whether it was set or not."""
        return self.take(TimerFired(id=self._next_id(), person=self.person, at=self.now, key=key, due=due))

    def wait(self, until: datetime) -> list[Turn]:
        """Let time pass; every timer fires when it is due."""
        turns: list[Turn] = []
        while self.timers:
            key, due = min(self.timers.items(), key=lambda item: (item[1], item[0]))
            if due > until:
                break
            self.now = max(self.now, due)
            del self.timers[key]
            turns.append(self.fire(key, due))
        self.now = max(self.now, until)
        return turns

    def _next_id(self) -> str:
        self.events += 1
        return f"test:{self.events}"

    # -- the turn -----------------------------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        """Where the person stands."""
        return load(self.stored) if self.stored is not None else Session(self.person, profile=self.profile)

    @property
    def node(self) -> Node:
        """The node the person stands on."""
        frame = self.session.stack[-1]
        return self.book.dialogs[frame.dialog].nodes[frame.node]

    def take(self, event: Event) -> Turn:
        """One turn, as the runtime takes it.

        Raises:
            Wrong: the coach broke a promise that holds for every turn.
        """
        session = self.session
        if self.stored is not None and dump(session) != self.stored:
            raise Wrong("a session is not the same after it was stored and loaded")
        turn = self._step(session, event)
        if self._step(self.session, event) != turn:
            raise Wrong("the same event was decided in two ways")
        self._check_ids(event, turn)
        self.trace.extend(turn.trace)
        for effect in turn.effects:
            self._carry_out(effect, turn.session.profile)
        if any(isinstance(effect, Forget) for effect in turn.effects):
            self.stored, self.log, self.timers = None, [], {}
            self.profile = Profile(language=turn.session.profile.language)
        else:
            self.stored = dump(turn.session)
            if load(self.stored) != turn.session:
                raise Wrong("a session loads as another one")
            self._check_way_forward(event)
        return turn

    def _step(self, session: Session, event: Event) -> Turn:
        try:
            return step(self.book, VOCABULARY, session, event, self.now)
        except LogNeeded:
            return step(self.book, VOCABULARY, session, event, self.now, tuple(self.log))

    def _check_ids(self, event: Event, turn: Turn) -> None:
        for number, effect in enumerate(turn.effects, 1):
            prefix, _, tail = effect.id.rpartition(":")
            if prefix != event.id or not tail.isdigit() or int(tail) < 1:
                raise Wrong(f"effect {number} has the id {effect.id!r}, the event {event.id!r}")
            if effect.id in self._ids:
                raise Wrong(f"two effects have the id {effect.id!r}")
            self._ids.add(effect.id)

    def _carry_out(self, effect: Effect, profile: Profile) -> None:
        match effect:
            case Say() | Edit():
                wrong = list(check_message(self.renderer, effect, profile, self.now, self.typed))
                if wrong:
                    raise Wrong("\n".join(wrong))
                self._show(effect, profile)
            case Delete(message=message):
                self.messages.remove(self._message(message))
            case Record(entry=entry):
                self.log.append(entry)
            case Schedule(key=key, at=at):
                if at.tzinfo is None or at.utcoffset() != timedelta(0):
                    raise Wrong(f"the timer {key} is not in UTC: {at}")
                if at <= self.now:
                    raise Wrong(f"the timer {key} is set for the past: {at}")
                self.timers[key] = at
            case Cancel(key=key):
                self.timers.pop(key, None)
            case Ack() | Attach() | Discard() | Forget():
                pass

    def _show(self, effect: Say | Edit, profile: Profile) -> None:
        text = english(self.renderer, effect.screen, profile, self.now)
        if isinstance(effect, Say):
            self.messages.append(Message(effect.id, self.now, text, effect.buttons))
            return
        shown = self._message(effect.message)
        shown.text, shown.buttons, shown.edited = text, effect.buttons, True

    def _message(self, effect_id: str) -> Message:
        for message in self.messages:
            if message.id == effect_id:
                return message
        raise Wrong(f"there is no message {effect_id!r} on the screen to change")

    def _check_way_forward(self, event: Event) -> None:
        session = self.session
        if not session.stack:
            if isinstance(event, Said | Tapped | Sent):
                raise Wrong("the person stands nowhere")
            return
        node, prompt = self.node, session.prompt
        if prompt is None or node.ask is None:
            raise Wrong(f"nothing is asked at {session.stack[-1].dialog}.{session.stack[-1].node}")
        if not prompt.choices and node.input is None:
            raise Wrong(f"no way forward at {session.stack[-1].dialog}.{session.stack[-1].node}")
        asked = self._message(prompt.message)
        shown = [b.data for row in asked.buttons for b in row if b.data is not None]
        if shown != [f"1.{prompt.number}.{n}" for n in range(len(prompt.choices))]:
            raise Wrong(f"the buttons on the screen {shown} are not those of prompt {prompt.number}")

    # -- reading the screen -------------------------------------------------------------------------------------------

    def label(self, button: Button) -> str:
        """A button's label in English."""
        return self.renderer.plain(button.label, replace(self.session.profile, language="en"), self.now)

    def labels(self, message: Message) -> list[str]:
        """All labels under a message, in English."""
        return [self.label(button) for row in message.buttons for button in row]

    def living(self) -> list[Message]:
        """The messages whose buttons answer something now: the question, and nudges beside it; newest first."""
        session = self.session
        ids = {a.prompt.message for a in session.asides}
        if session.prompt is not None:
            ids.add(session.prompt.message)
        return [m for m in reversed(self.messages) if m.id in ids]

    def find(self, label: str, among: Sequence[Message]) -> tuple[Message, Button] | None:
        """The button of that label, or the only one that has it as a part, on the first message that has one."""
        for message in among:
            buttons = [b for row in message.buttons for b in row]
            same = [b for b in buttons if self.label(b) == label]
            part = same or [b for b in buttons if label in self.label(b)]
            if len(part) == 1:
                return message, part[0]
        return None
