"""Text by reference: what is to be said, before it is put into anybody's language.

A `Msg` names a gettext msgid and the values for its placeholders; the turn renders it once, in the person's language,
gender and time zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

__all__ = [
    "Bare",
    "Bullets",
    "Clock",
    "Code",
    "Count",
    "Day",
    "Duration",
    "InLanguage",
    "Joined",
    "Mail",
    "Moment",
    "Money",
    "Msg",
    "Name",
    "Screen",
    "Sounded",
    "Url",
    "Value",
]


@dataclass(frozen=True, slots=True)
class Money:
    """A sum; ``currency`` is an ISO 4217 code."""

    amount: Decimal
    currency: str = "ILS"


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, shown the local way; with ``dated`` always with its year."""

    date: date
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time (aware), shown in the person's time zone."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour of the day."""

    time: time


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time, shown in its largest sensible unit."""

    length: timedelta


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number."""

    number: int


@dataclass(frozen=True, slots=True)
class Name:
    """Words that are not ours: a company, a person, what somebody typed. Escaped and isolated.

    With ``whole`` they are shown in full, however long. ``names`` is what it is called in some languages, by their
    codes; elsewhere it is ``text``.
    """

    text: str
    whole: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Code:
    """A reference number, phone or section: isolated left-to-right."""

    text: str


@dataclass(frozen=True, slots=True)
class Url:
    """A link: its title and address."""

    address: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Msg:
    """A msgid with its values; with ``plural``, the count that picks the form."""

    id: str
    args: Mapping[str, Value] = field(default_factory=dict)
    plural: str | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Bullets:
    """Lines under each other, each with a bullet."""

    lines: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Values one after the other, for example a line over several paragraphs."""

    parts: tuple[Value, ...]
    separator: str = "\n"


@dataclass(frozen=True, slots=True)
class Bare:
    """A value without isolates: it is copied from the screen, and pasted where they are not known."""

    value: Value


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail that is ready to be sent. ``address`` may be empty; shown, it is its address."""

    address: str
    subject: Msg
    body: Msg


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A line in the language it is said in, whatever the language of the screen."""

    line: Value
    language: str


@dataclass(frozen=True, slots=True)
class Sounded:
    """How a line in another language sounds, in the letters of the screen."""

    line: Value
    language: str


Value = (
    Msg
    | Money
    | Day
    | Moment
    | Clock
    | Duration
    | Count
    | Name
    | Code
    | Url
    | Bullets
    | Joined
    | Bare
    | Mail
    | InLanguage
    | Sounded
)

Screen = tuple[Msg, ...]
"""A whole message: its paragraphs."""
