"""Everything authored, read once and never changed: dialogs and knowledge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Protocol

from bot.core.deadlines import is_weekend
from bot.core.dialog import Dialog
from bot.core.knowledge import (
    Channel,
    Company,
    Fact,
    Goal,
    Helpline,
    Ladder,
    Letter,
    Objection,
    Place,
    Problem,
    Right,
    Sector,
    Tactic,
    WeakAnswer,
)
from bot.core.reading import Mood, Question, Quote, Reading, Recognised, Reply, SmallTalk, Traits
from bot.core.text import Msg

__all__ = ["Book", "Calendar", "Country", "Silent", "Understanding", "Weekends"]


class Understanding(Protocol):
    """Makes sense of what people type. Offline and deterministic, so that a step stays a pure function."""

    def read(self, text: str, language: str, today: date) -> Reading:
        """What a message may mean: problem, company, sector, sum, day."""
        ...

    def trades(self, text: str) -> list[str]:
        """The sectors that the words of a message speak of, the clearest first."""
        ...

    def objection(self, text: str, language: str) -> Recognised:
        """Which objection of a representative a message reports."""
        ...

    def quote(self, text: str) -> Quote:
        """The monthly price that a message quotes, for how long, and the price after."""
        ...

    def find_rights(self, text: str, language: str, country: str) -> list[str]:
        """The ids of the rights that a few words are about, the best match first."""
        ...

    def choose(self, text: str, labels: Sequence[Msg], language: str, *, loose: bool = False) -> int | None:
        """The index of the label that the text names, or None. ``loose``: a few of its words are enough."""
        ...

    def command(self, text: str, language: str) -> str | None:
        """The command that a plain word stands for ("menu", "stop"), without its slash, or None."""
        ...

    def mood(self, text: str, language: str) -> Mood:
        """Whether a message is calm, heated or grave."""
        ...

    def traits(self, text: str, language: str) -> Traits:
        """What an answer to a representative does: asks, pins down, gives ground."""
        ...

    def small_talk(self, text: str, language: str) -> SmallTalk | None:
        """Whether the whole message is a greeting or thanks."""
        ...

    def hour(self, text: str, language: str) -> int | None:
        """The hour of the day that a message names, 0 to 23."""
        ...

    def on_hold(self, text: str, language: str) -> int | None:
        """The minutes that somebody has been waiting on the line, 0 if not said; None if they wait on no line now."""
        ...

    def person(self, text: str, language: str) -> str:
        """The name in an answer to who somebody spoke to."""
        ...

    def corrects(self, text: str, language: str) -> bool:
        """Whether a short message puts right what was said before it."""
        ...

    def on_call(self, text: str, language: str) -> str | None:
        """What the representative says at this moment, empty if that is not told; None if nobody is on a call now."""
        ...

    def goals(self, text: str) -> list[str]:
        """The ids of the goals that a message names, the surest first."""
        ...

    def reply(self, text: str, language: str) -> Reply | None:
        """What a message answers to how a case is going, when that is sure."""
        ...

    def gives_up(self, text: str, language: str) -> bool:
        """Whether the whole message says that somebody gives up."""
        ...

    def facts(self, text: str) -> dict[str, str]:
        """What a story surely answers of the questions that rights depend on: a fact's id -> ``yes`` or ``no``."""
        ...

    def beyond(self, text: str) -> str | None:
        """The kind of matter that a story is about where that is no dispute with a business; None if it may be one."""
        ...

    def question(self, text: str, language: str) -> Question | None:
        """What the whole message asks: what holds, or how something is done; None if it tells something."""
        ...


class Calendar(Protocol):
    """Days and hours of rest."""

    def is_rest(self, country: str, day: date) -> bool:
        """Whether a day is no business day in a country."""
        ...

    def is_holiday(self, country: str, day: date) -> bool:
        """Whether a day is a public holiday in a country."""
        ...

    def quiet_until(self, at: datetime) -> datetime | None:
        """When the Shabbat or festival that a moment falls in is out, or None if it falls in none."""
        ...

    def quiet_from(self, at: datetime, until: datetime) -> datetime | None:
        """When the next Shabbat or festival begins after a moment, or None if none does until another."""
        ...


class Weekends:
    """A calendar of weekends alone: for books that are only looked at."""

    def is_rest(self, country: str, day: date) -> bool:
        """Whether a day is of the weekend."""
        return is_weekend(country, day)

    def is_holiday(self, country: str, day: date) -> bool:
        """No holidays are known."""
        return False

    def quiet_until(self, at: datetime) -> datetime | None:
        """No hour is quiet."""
        return None

    def quiet_from(self, at: datetime, until: datetime) -> datetime | None:
        """No rest begins."""
        return None


class Silent:
    """Understands nothing: for books that are only looked at."""

    def read(self, text: str, language: str, today: date) -> Reading:
        """Nothing was recognised."""
        return Reading()

    def trades(self, text: str) -> list[str]:
        """No sector was spoken of."""
        return []

    def objection(self, text: str, language: str) -> Recognised:
        """No objection was recognised."""
        return Recognised()

    def quote(self, text: str) -> Quote:
        """No price was quoted."""
        return Quote()

    def find_rights(self, text: str, language: str, country: str) -> list[str]:
        """No right was found."""
        return []

    def choose(self, text: str, labels: Sequence[Msg], language: str, *, loose: bool = False) -> int | None:
        """No label was named."""
        return None

    def command(self, text: str, language: str) -> str | None:
        """No command was named."""
        return None

    def mood(self, text: str, language: str) -> Mood:
        """Everybody is calm."""
        return "calm"

    def traits(self, text: str, language: str) -> Traits:
        """Only the length is known."""
        return Traits(words=len(text.split()))

    def small_talk(self, text: str, language: str) -> SmallTalk | None:
        """Everything may tell something."""
        return None

    def hour(self, text: str, language: str) -> int | None:
        """No hour was named."""
        return None

    def on_hold(self, text: str, language: str) -> int | None:
        """Nobody waits on a line."""
        return None

    def person(self, text: str, language: str) -> str:
        """Everything is the name."""
        return text

    def corrects(self, text: str, language: str) -> bool:
        """Nothing is put right."""
        return False

    def on_call(self, text: str, language: str) -> str | None:
        """Nobody is on a call."""
        return None

    def goals(self, text: str) -> list[str]:
        """No goal was named."""
        return []

    def reply(self, text: str, language: str) -> Reply | None:
        """Nothing is an answer."""
        return None

    def gives_up(self, text: str, language: str) -> bool:
        """Nobody gives up."""
        return False

    def facts(self, text: str) -> dict[str, str]:
        """Nothing was answered."""
        return {}

    def beyond(self, text: str) -> str | None:
        """Everything may be a dispute with a business."""
        return None

    def question(self, text: str, language: str) -> Question | None:
        """Nothing is asked."""
        return None


@dataclass(frozen=True)
class Country:
    """What the coach knows of one country."""

    code: str
    place: Place | None = None
    """None: a book that is only looked at."""
    sectors: Mapping[str, Sector] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    rights: Mapping[str, Right] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    ladders: Mapping[str, Ladder] = field(default_factory=dict)
    companies: Mapping[str, Company] = field(default_factory=dict)
    helplines: Mapping[str, Helpline] = field(default_factory=dict)

    def trades(self, sector: str) -> frozenset[str]:
        """A sector and those of Israel that are like it: what the coaching knows it by."""
        known = self.sectors.get(sector)
        return frozenset((sector, *(known.like if known is not None else ())))

    def sector_like(self, sector: str) -> str | None:
        """The sector of this country for one of Israel's, or None if there is none like it."""
        if sector in self.sectors:
            return sector
        return next((s.id for s in self.sectors.values() if sector in s.like), None)

    @cached_property
    def limited(self) -> tuple[Right, ...]:
        """The rights that have to be used within a time."""
        return tuple(right for right in self.rights.values() if right.limit is not None)


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """The dialogs, the coaching, the countries, and the reader of free text."""

    dialogs: Mapping[str, Dialog]
    problems: Mapping[str, Problem]
    goals: Mapping[str, Goal]
    objections: Mapping[str, Objection]
    tactics: Mapping[str, Tactic]
    countries: Mapping[str, Country]
    languages: tuple[str, ...]
    understanding: Understanding
    calendar: Calendar = field(default_factory=Weekends)
    letters: Mapping[str, Letter] = field(default_factory=dict)
    weak_answers: Mapping[str, WeakAnswer] = field(default_factory=dict)
