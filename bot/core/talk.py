"""One step in the making: the session as it changes and the effects as they gather."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.book import Book, Country
from bot.core.case import Case, Entry
from bot.core.effects import Cancel, Effect, Record, Schedule
from bot.core.events import Event
from bot.core.log import Line, lines_of, standing
from bot.core.model import Text
from bot.core.reading import Mood
from bot.core.session import Frame, Nudging, Profile, Session
from bot.core.text import InLanguage, Msg, Sounded, Value
from bot.core.words import Words

__all__ = ["SOUNDED", "LogNeeded", "Talk", "placeholders"]

SOUNDED = frozenset({"he"})
"""Languages whose lines can be shown as they sound."""
_MEANING = Text("<i>{line}</i>")
_SOUND = Text("🗣 {line}")


class LogNeeded(Exception):
    """The step reads the case log, which was not loaded. The runtime loads it and steps again."""


@lru_cache(maxsize=8192)
def placeholders(text: str) -> tuple[str, ...]:
    """The names in braces of a text, in order, without repeats."""
    names = (name for _, name, _, _ in string.Formatter().parse(text) if name)
    return tuple(dict.fromkeys(names))


@lru_cache(maxsize=8192)
def _bare(text: str) -> Msg:
    """A text without values: most buttons and many lines are."""
    return Msg(text)


class Talk:
    """What guards, actions, values, readers and lists work on."""

    def __init__(
        self, book: Book, words: Words, session: Session, event: Event, now: datetime, log: Sequence[Entry] | None
    ) -> None:
        self.book = book
        self.words = words
        self.session = session
        self.event = event
        self.now = now
        self.effects: list[Effect] = []
        self.notices: list[Msg] = []
        """Paragraphs to put before the next question."""
        self.heat: Mood = "calm"
        """How what was typed is meant, until it is answered: heated words are cooled down first."""
        self.refresh = False
        """Show the present screen anew: what stands in it has changed."""
        self._log = log
        self._issued = 0

    # -- where we are -------------------------------------------------------------------------------------------------

    @property
    def frame(self) -> Frame:
        """The dialog in progress."""
        return self.session.stack[-1]

    @property
    def vars(self) -> dict[str, Any]:
        """What the dialog in progress has gathered. Read only: use `remember`."""
        return self.frame.vars

    def remember(self, **values: Any) -> None:
        """Keep values in the dialog in progress; None forgets one."""
        kept = {k: v for k, v in {**self.frame.vars, **values}.items() if v is not None}
        self.session = replace(self.session, stack=(*self.session.stack[:-1], replace(self.frame, vars=kept)))

    @property
    def profile(self) -> Profile:
        """Who we talk to."""
        return self.session.profile

    def set_profile(self, **changes: Any) -> None:
        """Change the person's settings."""
        self.session = replace(self.session, profile=replace(self.profile, **changes))

    @property
    def local_now(self) -> datetime:
        """The time where the person is."""
        return self.now.astimezone(zone(self.profile.timezone))

    @property
    def today(self) -> date:
        """The day where the person is."""
        return self.local_now.date()

    # -- the case -----------------------------------------------------------------------------------------------------

    @property
    def case(self) -> Case | None:
        """The case the talk is about."""
        session = self.session
        for case in session.cases:
            if case.id == session.case:
                return case
        return None

    @property
    def the_case(self) -> Case:
        """The case the talk is about, opened empty if there is none."""
        return self.case or self.open_case()

    def open_case(self) -> Case:
        """Open a case and talk about it."""
        number = 1 + max((int(c.id) for c in self.session.cases), default=0)
        case = Case(id=str(number), opened=self.now, country=self.profile.country, currency=self.currency)
        self.session = replace(self.session, cases=(*self.session.cases, case), case=case.id)
        return case

    def set_case(self, **changes: Any) -> None:
        """Change the case the talk is about."""
        changed = replace(self.the_case, **changes)
        cases = tuple(changed if c.id == changed.id else c for c in self.session.cases)
        self.session = replace(self.session, cases=cases)

    # -- what is in progress ------------------------------------------------------------------------------------------

    def in_progress(self) -> bool:
        """Whether a case was being taken forward when what is open now was opened."""
        return self._unfinished(self._opened()[-1]) is not None

    def leave_off(self) -> None:
        """Leave what was taking a case forward when what is open now was opened: nobody comes back to it."""
        self._leave(self._opened()[-1])

    def let_lie(self, case: str) -> None:
        """Leave everything below what is open now that was taking a case forward."""
        for place in reversed(self._opened()):
            if place and self.session.stack[place].case == case:
                self._leave(place)

    def _opened(self) -> list[int]:
        """The places of the stack at which something was opened in the middle of something else; the bottom first."""
        return [0, *(n for n, frame in enumerate(self.session.stack) if n and frame.command)]

    def _leave(self, place: int) -> None:
        first, stack = self._unfinished(place), self.session.stack
        if first is not None:
            self.session = replace(self.session, stack=(*stack[:first], *stack[place:]))

    def _unfinished(self, place: int) -> int | None:
        """Where that begins which takes a case forward just below a place; a call is not left, it is hung up."""
        stack, dialogs = self.session.stack, self.book.dialogs
        bottom = max((n for n in self._opened() if n < place), default=0)
        waits = stack[place - 1]
        if place == 0 or dialogs[waits.dialog].nodes[waits.node].live is not None:
            return None
        return next((n for n in range(bottom + 1, place) if dialogs[stack[n].dialog].open_case), None)

    # -- log ----------------------------------------------------------------------------------------------------------

    def record(self, kind: Any, **details: Any) -> None:
        """Write a line into the case's log; details that are None or empty are left out."""
        kept = {k: v for k, v in details.items() if v not in (None, "")}
        effect = self.next_id()
        self.add(Record(id=effect, entry=Entry(case=self.the_case.id, at=self.now, kind=kind, details=kept, id=effect)))

    @property
    def log(self) -> tuple[Entry, ...]:
        """What stands in the log of the case, oldest first, with what this step adds.

        Raises:
            LogNeeded: it was not loaded; step again with it.
        """
        return standing(self.written)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The log of the case line by line: also what was struck out, and how it read before it was corrected.

        Raises:
            LogNeeded: as `log`.
        """
        return lines_of(self.written)

    @property
    def written(self) -> tuple[Entry, ...]:
        """Everything that was ever written into the log of the case, in the order in which it was.

        Raises:
            LogNeeded: as `log`.
        """
        if self._log is None:
            raise LogNeeded
        added = [e.entry for e in self.effects if isinstance(e, Record)]
        case = self.case
        return tuple(e for e in (*self._log, *added) if case is not None and e.case == case.id)

    @property
    def country(self) -> Country:
        """What is known of the case's country."""
        case = self.case
        return self.book.countries[case.country if case is not None else self.session.profile.country]

    @property
    def currency(self) -> str:
        """The currency of the case, or of the person's country; ISO 4217."""
        if self.case is not None:
            return self.case.currency
        place = self.book.countries[self.profile.country].place
        return place.currency if place is not None else "ILS"

    def is_rest(self, day: date) -> bool:
        """Whether a day is no business day in the case's country."""
        return self.book.calendar.is_rest(self.country.code, day)

    def is_holiday(self, day: date) -> bool:
        """Whether a day is a public holiday in the case's country."""
        return self.book.calendar.is_holiday(self.country.code, day)

    # -- timers -------------------------------------------------------------------------------------------------------

    def schedule(self, key: str, at: datetime) -> None:
        """Set a timer."""
        self.add(Schedule(id=self.next_id(), key=key, at=at))

    def cancel(self, key: str) -> None:
        """Take a timer back."""
        self.add(Cancel(id=self.next_id(), key=key))

    def set_nudging(self, **changes: Any) -> None:
        """Change the state of the daily nudge."""
        self.session = replace(self.session, nudging=replace(self.nudging, **changes))

    @property
    def nudging(self) -> Nudging:
        """The state of the daily nudge."""
        return self.session.nudging

    # -- text ---------------------------------------------------------------------------------------------------------

    def value(self, name: str) -> Value | None:
        """What a placeholder stands for now, or None when it is not known."""
        return self.words.values[name](self)

    def msg(self, text: str, **given: Value) -> Msg:
        """A text with its values; what is not given is looked up. Unknown values are left out."""
        names = placeholders(text)
        if not names and not given:
            return _bare(text)
        args = dict(given)
        for name in names:
            if name not in args and (value := self.value(name)) is not None:
                args[name] = value
        return Msg(text, args)

    def first_complete(self, variants: Iterable[str]) -> Msg | None:
        """The first wording whose values are all known."""
        for text in variants:
            msg = self.msg(text)
            if len(msg.args) == len(placeholders(text)):
                return msg
        return None

    def line(self, variants: Sequence[str]) -> Msg:
        """A line to say: the first complete wording; the last has no placeholder, by the checker.

        What the person wrote in letters that the call's language is not written in cannot be said in it; a wording
        without their own words is taken.
        """
        if self.speaks_another and self.call_language in SOUNDED and self.case is not None:
            written = self.case.promise
            if written and not any("א" <= letter <= "ת" for letter in written):
                variants = [text for text in variants if "promise" not in placeholders(text)] or variants
        return self.first_complete(variants) or Msg(variants[-1])

    @property
    def call_language(self) -> str:
        """The language the person speaks on the phone."""
        place = self.country.place
        return self.profile.call_language or (place.speaks if place is not None else None) or self.profile.language

    @property
    def speaks_another(self) -> bool:
        """The person speaks another language on the phone than they read."""
        return self.call_language != self.profile.language

    @property
    def sounding(self) -> bool:
        """Lines are shown as they sound, in place of what they mean."""
        asked = next((f.vars["sounding"] for f in reversed(self.session.stack) if "sounding" in f.vars), False)
        return bool(asked) and self.speaks_another and self.call_language in SOUNDED

    def aloud(self, line: Value) -> Value:
        """A line to say, in the language of the call."""
        return InLanguage(line, self.call_language) if self.speaks_another else line

    def below(self, line: Value) -> Msg | None:
        """What a line in another language means, or how it sounds; None where it is read as it is said."""
        if not self.speaks_another:
            return None
        if self.sounding:
            return Msg(_SOUND, {"line": Sounded(line, self.call_language)})
        return Msg(_MEANING, {"line": line})

    # -- effects ------------------------------------------------------------------------------------------------------

    def next_id(self) -> str:
        """A fresh effect id, derived from the event's."""
        self._issued += 1
        return f"{self.event.id}:{self._issued}"

    def add(self, effect: Effect) -> None:
        """Add an effect."""
        self.effects.append(effect)


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name."""
    return ZoneInfo(name)
