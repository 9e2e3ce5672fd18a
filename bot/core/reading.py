"""What a typed message may mean. Made by the language package, used by the dialogs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

__all__ = ["GRAVE", "Guess", "Mood", "Question", "Quote", "Reading", "Recognised", "Reply", "SmallTalk", "Traits"]


Mood = Literal["calm", "rant", "insult", "threat", "violence", "self_harm"]
"""How a message is meant. ``violence`` and ``self_harm`` are grave: somebody may come to harm. The three between are
heated: the same point has to be made in other words. A plan ("I'll file a claim") is calm."""

SmallTalk = Literal["greeting", "thanks"]
"""A message that is polite and tells nothing."""

Question = Literal["rule", "way"]
"""What is asked where nothing is told: what holds (a right, a duty, a time, an office), or how something is done."""

Reply = Literal[
    "yes",
    "no",
    "waiting",
    "answered",
    "refused",
    "offered",
    "partly",
    "promised",
    "solved",
    "unsolved",
    "snooze",
    "stop",
    "give_up",
    "next",
    "done",
]
"""What somebody answers when they are asked how a case is going."""

GRAVE: frozenset[Mood] = frozenset({"violence", "self_harm"})
"""Moods in which there is no coaching."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A candidate and how likely it is, from 0 to 1."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """Candidates, the likeliest first. ``sure``: act on the first; ``ask``: offer them; ``none``: none of them."""

    decision: Literal["sure", "ask", "none"] = "none"
    guesses: tuple[Guess, ...] = ()

    @property
    def best(self) -> str | None:
        """The likeliest candidate, when there is one to act on or to offer."""
        return self.guesses[0].id if self.guesses and self.decision != "none" else None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was recognised in one message."""

    problem: Recognised = Recognised()
    company: str | None = None
    sector: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    """The currency of the sum, when it was named; ISO 4217."""
    rise: Decimal | None = None
    """By how much a price went up, when both prices or the difference were named."""
    day: date | None = None
    """The day that the words most likely name."""
    past_day: date | None = None
    """The day until today that they may name: "Thursday" is the last one."""
    coming_day: date | None = None
    """The day from today on that they may name: "Thursday" is the next one."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted price: ``price`` a month for so many ``months`` (0: no end), then ``after`` a month."""

    price: Decimal | None = None
    months: int | None = None
    after: Decimal | None = None
    today: Decimal | None = None
    """What is paid now, when that was said beside another price."""
    currency: str | None = None
    """The currency of the prices, when it was named; ISO 4217."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What an answer to a representative does, by plain rules; ``words`` is its length."""

    asks: bool = False
    """It asks a question or makes a concrete request."""
    pins: bool = False
    """It names a time, a number or a person, or wants it in writing."""
    yields: bool = False
    """It gives ground: "never mind", "all right then"."""
    blames: bool = False
    """It goes at the person: "you're lying", "you people"."""
    words: int = 0
