"""Stories: what a person does in the chat, and what must come of it, as an author writes it down.

A story is a YAML file in ``tests/transcripts``::

    story: Snoozing a nudge                # one sentence
    person: {language: he, gender: f}      # who they are; a newcomer unless `settled`
    settled: true                          # they have been through the welcome and stand at the menu
    starts: 2026-11-22 12:00               # where they are (Asia/Jerusalem); this Sunday noon if left out
    cases:                                 # cases they already have
      - {problem: overcharge, company: cellcom, sector: telecom-cellular, goal: refund}
    never: ["4580"]                        # must never be stored, sent or logged
    steps:
      - wait: 1 day                        # 30 seconds, 20 minutes, 3 hours, 2 days, 3 weeks; due timers fire
        expect: [Shall we take it?]        # parts of what the coach says in English
      - tap: Not today                     # a label in English, or a part of it
      - say: my bill is wrong
        means: {problem: overcharge}       # what is recognised: a name is sure, a list is asked about

What a person does: ``say``, ``tap`` (with ``on``: a part of the message it stands under, when that is not the
present one; ``#2`` is its second button), ``again`` (the last button once more, so long after it), ``forge``
(made-up button data), ``send`` (a voice message…, or a file: see `Sending`), ``wait``, ``until`` (a time), ``block``,
``unblock``, and ``deploy`` (a new release renames or removes a node, or removes a dialog).

What can be expected: ``expect``, ``absent`` (parts of the messages of this step), ``buttons``, ``no buttons``
(labels on the last of them), ``shown`` (``sent``, ``edited``, ``anew`` or ``nothing``), ``messages`` (how many were
sent), ``sent at`` (when), ``at`` (dialog.node), ``stack`` (all dialogs in progress), ``timers``, ``case``…: see
`Step`. Every word that is not known, and everything scripted that is not used, is a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, model_validator

from bot.authoring.source import Source, read_source, validate
from bot.core.case import Case
from bot.core.effects import Ack, Attach, Button, Delete, Discard, Edit, Effect, Forget, Record, Say
from bot.core.events import Attachment
from bot.core.issues import Issue
from bot.core.session import Profile, Session, dump
from bot.core.step import Edge, Turn
from tests.support.chat import Chat, Message, Wrong
from tests.support.coach import coach, recognised, scripted
from tests.support.releases import Deploy, deployed

__all__ = ["Mismatch", "Story", "read_story", "run_story"]

START = datetime(2026, 11, 22, 12, 0)
"""A Sunday noon, where the person is."""
BETWEEN = timedelta(seconds=20)
"""From one thing a person does to the next."""
_LENGTH = re.compile(r"(\d+) (second|minute|hour|day|week)s?")


class Mismatch(AssertionError):
    """A story went otherwise than it says."""


def _length(value: Any) -> Any:
    found = _LENGTH.fullmatch(str(value))
    if found is None:
        raise ValueError("a length of time is written as '20 minutes', '1 day', '3 weeks'")
    return timedelta(**{f"{found[2]}s": int(found[1])})


def _moment(value: Any) -> Any:
    return datetime.strptime(str(value), "%Y-%m-%d %H:%M")


def _many(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Length = Annotated[timedelta, BeforeValidator(_length)]
LocalTime = Annotated[datetime, BeforeValidator(_moment)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_many), Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Means(_Part):
    """What is recognised in the words of this step."""

    problem: str | list[str] | None = None
    objection: str | list[str] | None = None


class Sending(_Part):
    """A photo or a document that is sent."""

    kind: Literal["photo", "document", "video"]
    mime: str = "image/jpeg"
    name: str = ""
    size: int = 200_000
    caption: str = ""
    album: str = ""
    """The same for all that is sent in one go."""


class Step(_Part):
    """One thing that happens, and what must come of it."""

    say: str | None = None
    tap: str | None = None
    on: str | None = None
    again: Length | None = None
    forge: str | None = None
    send: str | Sending | None = None
    wait: Length | None = None
    until: LocalTime | None = None
    block: Literal[True] | None = None
    unblock: Literal[True] | None = None
    deploy: Deploy | None = None
    fire: str | None = None
    """A timer that the store has set comes due."""

    means: Means | None = None

    expect: Texts | None = None
    absent: Texts | None = None
    buttons: Texts | None = None
    no_buttons: Texts | None = Field(default=None, alias="no buttons")
    shown: Literal["sent", "edited", "anew", "nothing"] | None = None
    """``anew``: the message that is edited in place was taken away and sent at the bottom of the chat."""
    messages: int | None = None
    sent_at: Texts | None = Field(default=None, alias="sent at")
    at: str | None = None
    stack: Texts | None = None
    timers: dict[str, str] | None = None
    """A timer's name -> when it is set for (``2026-11-23 10:00``, ``in 2 minutes``) or ``none``."""
    case: dict[str, Any] | None = None
    """Facts of the case the talk is about."""
    cases: Texts | None = None
    """All cases: ``problem company status``."""
    log: Texts | None = None
    """The kinds of entries written by this step, in order."""
    nudging: dict[str, Any] | None = None
    person: dict[str, Any] | None = None
    document: str | None = None
    forgotten: bool | None = None
    discarded: int | None = None
    """How many files were dropped."""
    acknowledged: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_act(self) -> Step:
        acts = ("say", "tap", "again", "forge", "send", "wait", "until", "block", "unblock", "deploy", "fire")
        done = [name for name in acts if getattr(self, name) is not None]
        if len(done) != 1:
            raise ValueError(f"a step is one of {', '.join(acts)}")
        if self.on is not None and self.tap is None:
            raise ValueError("'on' belongs to a tap")
        if self.means is not None and self.say is None and self.tap is None:
            raise ValueError("'means' belongs to something said, or to the tap after which it is understood")
        return self


class Story(_Part):
    """A whole story."""

    story: str
    person: dict[str, Any] = Field(default_factory=dict)
    settled: bool = False
    starts: LocalTime = START
    cases: tuple[dict[str, Any], ...] = ()
    nudging: dict[str, Any] = Field(default_factory=dict)
    never: tuple[str, ...] = ()
    steps: tuple[Step, ...] = Field(min_length=1)


def read_story(path: Path) -> tuple[Story, Source]:
    """A story of a file.

    Raises:
        Mismatch: the file has mistakes; all of them are named.
    """
    source = read_source(path, path.name)
    story = validate(Story, source.data, source) if not source.issues else None
    if story is None:
        raise Mismatch("\n".join(map(str, sorted(source.issues))))
    return story, source


def run_story(path: Path) -> list[Edge]:
    """Play a story to its end.

    Returns:
        Every edge of a dialog that was taken.

    Raises:
        Mismatch: something came otherwise; the message shows the whole talk so far.
    """
    story, source = read_story(path)
    runner = _Runner(story)
    for number, step in enumerate(story.steps):
        try:
            runner.play(step)
        except (Wrong, Mismatch) as error:
            raise runner.failed(error, source.issue(("steps", number), "", "")) from error
        except Exception as error:
            raise runner.failed(f"{type(error).__name__}: {error}", source.issue(("steps", number), "", "")) from error
    return runner.chat.trace


class _Runner:
    def __init__(self, story: Story) -> None:
        self.story = story
        book, renderer = coach()
        book, self.reader = scripted(book)
        profile = TypeAdapter(Profile).validate_python({"language": "en", "country_told": True, **story.person})
        self.zone = ZoneInfo(profile.timezone)
        start = story.starts.replace(tzinfo=self.zone).astimezone(UTC)
        self.chat = Chat(book, renderer, start, profile)
        self.talk: list[str] = []
        self.last_data = ""
        if story.settled:
            self._settle(profile)

    def _settle(self, profile: Profile) -> None:
        self.chat.say("/start")
        found = self.chat.find(
            {"m": "As to a man", "f": "As to a woman", "n": "Either way is fine"}[profile.gender], self.chat.living()
        )
        assert found is not None
        assert found[1].data is not None
        cases = tuple(self._case(n, facts) for n, facts in enumerate(self.story.cases, 1))
        self._change(lambda s: replace(s, profile=profile, cases=cases, case=cases[-1].id if cases else None))
        self.chat.tap_data(found[1].data)
        if self.story.nudging:
            nudging = TypeAdapter(type(self.chat.session.nudging)).validate_python(self.story.nudging)
            self._change(lambda s: replace(s, nudging=replace(nudging, at=s.nudging.at)))

    def _case(self, number: int, facts: dict[str, Any]) -> Case:
        given = {"id": str(number), "opened": self.chat.now, **facts}
        unknown = set(given) - set(Case.__dataclass_fields__)
        if unknown:
            raise Mismatch(f"a case has no {', '.join(sorted(unknown))}")
        return TypeAdapter(Case).validate_python(given)

    def _change(self, change: Callable[[Session], Session]) -> None:
        self.chat.stored = dump(change(self.chat.session))

    # -- what the person does -----------------------------------------------------------------------------------------

    def play(self, step: Step) -> None:
        chat, before = self.chat, {m.id for m in self.chat.messages}
        entries = len(chat.log)
        self._script(step.means)
        turns = self._act(step)
        self._unused(step.means)
        effects = [e for turn in turns for e in turn.effects]
        self._tell(effects)
        self._check(step, effects, before, entries)
        self._check_never(effects)

    def _script(self, means: Means | None) -> None:
        self.reader.problem = recognised(means.problem if means else None)
        self.reader.said = recognised(means.objection if means else None)
        self.reader.asked.clear()

    def _unused(self, means: Means | None) -> None:
        for name in ("problem", "objection"):
            if means is not None and getattr(means, name) is not None and name not in self.reader.asked:
                raise Mismatch(f"nothing was asked about the {name} that is scripted")

    def _act(self, step: Step) -> list[Turn]:
        chat = self.chat
        if step.wait is not None or step.until is not None:
            until = chat.now + step.wait if step.wait else self._utc(step.until)
            self._write(f"── until {self._local(until):%a %d.%m. %H:%M}")
            return chat.wait(until)
        if step.deploy is not None:
            self._write(f"── deploy {step.deploy}")
            chat.book = deployed(chat.book, step.deploy)
            return []
        if step.fire is not None:
            self._write(f"── {step.fire} comes due")
            return [chat.fire(step.fire, chat.now)]
        if step.again is not None:
            turns = chat.wait(chat.now + step.again)
            self._write("> taps again")
            return [*turns, chat.tap_data(self.last_data)]
        turns = chat.wait(chat.now + BETWEEN)
        if step.say is not None:
            self._write(f"> {step.say}")
            turns.append(chat.say(step.say))
        elif step.tap is not None:
            turns.append(self._tap(step.tap, step.on))
        elif step.forge is not None:
            self._write(f"> forges {step.forge!r}")
            turns.append(chat.tap_data(step.forge))
        elif step.send is not None:
            self._write(f"> sends a {step.send}")
            turns.append(self._send(step.send))
        elif step.block:
            self._write("> blocks the coach")
            turns.append(chat.block())
        else:
            self._write("> lets the coach in again")
            turns.append(chat.unblock())
        return turns

    def _send(self, sent: str | Sending) -> Turn:
        if isinstance(sent, str):
            return self.chat.send(sent)
        name = f"file{self.chat.events}"
        return self.chat.send(sent.kind, sent.caption, Attachment(name, sent.mime, sent.size, sent.name), sent.album)

    def _tap(self, label: str, on: str | None) -> Turn:
        chat = self.chat
        among = chat.living() if on is None else [m for m in reversed(chat.messages) if on in m.text]
        if not among:
            raise Mismatch(f"no message says {on!r}")
        found = self._numbered(label, among[0]) or chat.find(label, among)
        if found is None:
            offered = [chat.labels(message) for message in among]
            raise Mismatch(f"no button, or more than one, says {label!r}; there are {offered}")
        button = found[1]
        if button.data is None:
            raise Mismatch(f"the button {label!r} copies or links; it cannot be tapped")
        self._write(f"> [{chat.label(button)}]" + (f"  (under: {on})" if on else ""))
        self.last_data = button.data
        return chat.tap_data(button.data)

    @staticmethod
    def _numbered(label: str, message: Message) -> tuple[Message, Button] | None:
        buttons = [b for row in message.buttons for b in row]
        number = int(label[1:]) if re.fullmatch(r"#\d+", label) else 0
        return (message, buttons[number - 1]) if 1 <= number <= len(buttons) else None

    # -- what must come of it -----------------------------------------------------------------------------------------

    def _check(self, step: Step, effects: list[Effect], before: set[str], entries: int) -> None:
        chat = self.chat
        changed = self._changed(effects)
        text = "\n\n".join(message.text for message in changed)
        for part in step.expect or ():
            if part not in text:
                raise Mismatch(f"nobody said {part!r}")
        for part in step.absent or ():
            if part in text:
                raise Mismatch(f"it was said: {part!r}")
        self._check_buttons(step, changed)
        said = [e for e in effects if isinstance(e, Say)]
        self._same("messages", step.messages, len(said))
        if step.sent_at is not None:
            at = [m.at for m in chat.messages if m.id in {e.id for e in said}]
            self._same("sent at", list(step.sent_at), [f"{self._local(moment):%Y-%m-%d %H:%M}" for moment in at])
        if step.shown is not None:
            self._same("shown", step.shown, _shown(effects, before))
        self._check_state(step)
        self._same("log", list(step.log) if step.log else None, [e.kind for e in chat.log[entries:]])
        self._same("document", step.document, next((e.kind for e in effects if isinstance(e, Attach)), None))
        self._same("discarded", step.discarded, sum(isinstance(e, Discard) for e in effects))
        self._same("forgotten", step.forgotten, any(isinstance(e, Forget) for e in effects))
        self._same("acknowledged", step.acknowledged, any(isinstance(e, Ack) for e in effects))

    def _changed(self, effects: list[Effect]) -> list[Message]:
        ids = [e.id if isinstance(e, Say) else e.message for e in effects if isinstance(e, Say | Edit)]
        return [m for name in dict.fromkeys(ids) for m in self.chat.messages if m.id == name]

    def _check_buttons(self, step: Step, changed: list[Message]) -> None:
        if step.buttons is None and step.no_buttons is None:
            return
        if not changed:
            raise Mismatch("no message came whose buttons could be looked at")
        labels = self.chat.labels(changed[-1])
        for label in step.buttons or ():
            if not any(label in shown for shown in labels):
                raise Mismatch(f"no button says {label!r}; there are {labels}")
        for label in step.no_buttons or ():
            if any(label in shown for shown in labels):
                raise Mismatch(f"a button says {label!r}; there are {labels}")

    def _check_state(self, step: Step) -> None:
        session = self.chat.session
        if step.at is not None:
            top = session.stack[-1]
            self._same("at", step.at, f"{top.dialog}.{top.node}")
        self._same("stack", list(step.stack) if step.stack else None, [frame.dialog for frame in session.stack])
        for name, when in (step.timers or {}).items():
            self._same(f"timer {name}", when, self._timer(name, relative=when.startswith("in ")))
        if step.case is not None:
            case = next((c for c in session.cases if c.id == session.case), None)
            if case is None:
                raise Mismatch("the talk is about no case")
            self._facts("case", step.case, case)
        if step.cases is not None:
            listed = [f"{c.problem} {c.company or c.company_name or '-'} {c.status}" for c in session.cases]
            self._same("cases", list(step.cases), listed)
        if step.nudging is not None:
            self._facts("nudging", step.nudging, session.nudging)
        if step.person is not None:
            self._facts("person", step.person, session.profile)

    def _timer(self, name: str, *, relative: bool) -> str:
        at = self.chat.timers.get(name)
        if at is None:
            return "none"
        if not relative:
            return f"{self._local(at):%Y-%m-%d %H:%M}"
        seconds = round((at - self.chat.now).total_seconds())
        return f"in {seconds // 60} minutes" if seconds % 60 == 0 else f"in {seconds} seconds"

    def _facts(self, what: str, expected: dict[str, Any], value: object) -> None:
        for name, wanted in expected.items():
            if not hasattr(value, name):
                raise Mismatch(f"a {what} has no '{name}'")
            self._same(f"{what}.{name}", _plain(wanted), _plain(_shape(name, getattr(value, name))))

    @staticmethod
    def _same(what: str, wanted: object, found: object) -> None:
        if wanted is not None and wanted != found:
            raise Mismatch(f"{what}: {wanted!r} was expected, it is {found!r}")

    def _check_never(self, effects: list[Effect]) -> None:
        kept = (self.chat.stored or b"").decode() + repr(effects) + repr(self.chat.log)
        for secret in self.story.never:
            if secret in kept:
                raise Mismatch(f"{secret!r} was kept or sent")

    # -- the talk so far ----------------------------------------------------------------------------------------------

    def _write(self, line: str) -> None:
        self.talk.append(f"{self._local(self.chat.now):%H:%M:%S} {line}")

    def _tell(self, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Say | Edit):
                name = effect.id if isinstance(effect, Say) else effect.message
                how = "" if isinstance(effect, Say) else "(edited) "
                for message in (m for m in self.chat.messages if m.id == name):
                    text = message.text.replace("\n", "\n           ")
                    labels = "".join(f" [{label}]" for label in self.chat.labels(message))
                    self._write(f"< {how}{text}" + (f"\n          {labels}" if labels else ""))
            elif isinstance(effect, Delete):
                self._write("< (a message was taken away)")
            elif isinstance(effect, Record):
                self._write(f"  log: {effect.entry.kind} {effect.entry.details}")
            elif not isinstance(effect, Ack):
                self._write(f"  {effect}")

    def failed(self, error: object, place: Issue) -> Mismatch:
        """The mistake with its place and the whole talk so far."""
        lines = "\n".join(self.talk)
        return Mismatch(f"{place.path}:{place.line}: {error}\n\n{self.story.story}\n{lines}")

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def _utc(self, local: datetime | None) -> datetime:
        assert local is not None
        return local.replace(tzinfo=self.zone).astimezone(UTC)


def _shown(effects: list[Effect], before: set[str]) -> str:
    sent = any(isinstance(e, Say) for e in effects)
    if sent and any(isinstance(e, Delete) and e.message in before for e in effects):
        return "anew"
    if sent:
        return "sent"
    return "edited" if any(isinstance(e, Edit) for e in effects) else "nothing"


def _shape(name: str, value: Any) -> Any:
    """Dues and steps of a case in a line each."""
    if name == "due":
        return [f"{d.kind} {d.on.isoformat()}" for d in value]
    if name == "steps":
        return [f"{s.channel} {s.outcome}" for s in value]
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value if value is None or isinstance(value, bool) else str(value)
