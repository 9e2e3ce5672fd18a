"""A person's case: what went wrong, with whom, what they want, and what is due next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from bot.core.offers import Offer

__all__ = ["Case", "Due", "Entry", "Status", "Step"]

Status = Literal["open", "solved", "partly", "let_go"]


@dataclass(frozen=True, slots=True)
class Due:
    """Something that should have happened by a day.

    ``promise``: what a representative promised; ``answer``: a channel's time to answer is over; ``limit``: the last day
    on which the person can use a right.
    """

    kind: Literal["promise", "answer", "limit"]
    on: date
    what: str = ""
    """The promise in the person's words, the channel's id, or the right's."""
    rule: str = ""
    """``letter`` for the day that a letter asked for; else it is the channel's or the ladder's."""


@dataclass(frozen=True, slots=True)
class Step:
    """A channel that was tried: when, and how it ended (``waiting``, ``refused``, ``answered``)."""

    channel: str
    on: date
    outcome: Literal["waiting", "refused", "answered", "skipped"] = "waiting"


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of a case. ``amount``, ``floor`` and ``recovered`` are in ``currency``."""

    id: str
    opened: datetime
    problem: str = "other"
    story: str = ""
    """What went wrong in the person's own words."""
    company: str | None = None
    company_name: str = ""
    sector: str = "general"
    country: str = "il"
    goal: str | None = None
    floor: str | None = None
    """The goal the person would settle for."""
    amount: Decimal | None = None
    currency: str = "ILS"
    monthly: Decimal | None = None
    """What is paid a month, as an offer check has shown."""
    rival: Offer | None = None
    """Another company's offer for the same thing."""
    since: date | None = None
    facts: dict[str, str] = field(default_factory=dict)
    """Answers to the questions that rights depend on: ``yes``, ``no`` or ``unknown``."""
    status: Status = "open"
    closed: datetime | None = None
    recovered: Decimal | None = None
    worked: str = ""
    """What has solved it: a channel's id, or ``call``."""
    due: tuple[Due, ...] = ()
    limits_done: tuple[str, ...] = ()
    """The rights whose time limit needs no more warning: the person has used them, or does not mean to."""
    not_before: date | None = None
    """No nudge about this case before that day."""
    steps: tuple[Step, ...] = ()
    calls: int = 0
    hold_minutes: int = 0
    last_contact: date | None = None
    rep: str = ""
    ref: str = ""
    promise: str = ""
    promise_date: date | None = None
    thanks: bool = False
    """A good word was promised to a representative."""

    @property
    def is_open(self) -> bool:
        """Nothing has ended it yet."""
        return self.status == "open"

    @property
    def begun(self) -> bool:
        """There is something in it to ask about; an empty form is nobody's business."""
        told = self.goal or self.story or self.company or self.company_name
        return bool(told or self.calls or self.hold_minutes)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the case log: what happened, when, with the details that matter for its kind."""

    case: str
    at: datetime
    kind: Literal[
        "opened", "call", "hold", "promise", "step", "answer", "note", "file", "nudge", "closed", "correction", "strike"
    ]
    details: dict[str, Any] = field(default_factory=dict)
    id: str = field(default="", compare=False)
    """The effect that wrote it."""
