"""Facts that nobody has looked at for long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.authoring.knowledge import Record
from bot.core.knowledge import Channel, Helpline, Right

__all__ = ["Stale", "age_in_months", "stale"]


@dataclass(frozen=True)
class Stale:
    """A fact with the day it was last known to hold, as far as that is known, and the whole months since."""

    path: str
    name: str
    checked: str | None
    months: int | None

    def __str__(self) -> str:
        if self.checked is None or self.months is None:
            return f"{self.path}: {self.name}: no source has a date"
        return f"{self.path}: {self.name}: {self.checked}, {self.months} months ago"


def age_in_months(checked: str, today: date) -> int:
    """Whole months since a date of which the month or the day may not be known; the earliest it can be counts."""
    year, month, day = (*map(int, checked.split("-")), 1, 1)[:3]
    return (today.year - year) * 12 + today.month - month - (today.day < day)


def stale(records: Iterable[Record], today: date, months: int) -> list[Stale]:
    """What is offered and was not checked for so many months, the oldest first; undated facts come before all."""
    found: list[Stale] = []
    for record in records:
        value = record.value
        if not isinstance(value, Right | Channel | Helpline):
            continue
        if not isinstance(value, Helpline) and value.withdrawn:
            continue
        age = age_in_months(value.checked, today) if value.checked is not None else None
        if age is None or age >= months:
            found.append(Stale(record.source.path, value.id, value.checked, age))
    return sorted(found, key=lambda fact: (fact.months is not None, -(fact.months or 0), fact.path, fact.name))
