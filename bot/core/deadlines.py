"""Counting days: calendar, business and working days, weeks and months."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from bot.core.knowledge import Unit, Wait

__all__ = ["add", "due_date", "is_weekend"]

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
_WEEKENDS = {"il": (FRIDAY, SATURDAY)}


def is_weekend(country: str, day: date) -> bool:
    """Whether a day is of the weekend of a country; Israel's week is Sunday to Thursday."""
    return day.weekday() in _WEEKENDS.get(country, (SATURDAY, SUNDAY))


def add(
    start: date,
    number: int,
    unit: Unit,
    is_rest: Callable[[date], bool],
    is_holiday: Callable[[date], bool] = lambda _: False,
) -> date:
    """The day on which a wait that starts on ``start`` is over.

    ``is_rest`` says whether a day is no business day, ``is_holiday`` whether it is a public holiday. The first day
    does not count. Minutes and hours end on the same day; a month later is the same day of the month, or its last day.
    """
    if unit in ("minutes", "hours", "none"):
        return start
    if unit == "calendar_days":
        return start + timedelta(days=number)
    if unit == "weeks":
        return start + timedelta(weeks=number)
    if unit == "months":
        month = start.month - 1 + number
        year, month = start.year + month // 12, month % 12 + 1
        return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    day = start
    while number > 0:
        day += timedelta(days=1)
        left_out = day.weekday() == SATURDAY or is_holiday(day) if unit == "non_rest_days" else is_rest(day)
        if not left_out:
            number -= 1
    return day


def due_date(
    start: date,
    wait: Wait,
    is_rest: Callable[[date], bool],
    is_holiday: Callable[[date], bool] = lambda _: False,
) -> date | None:
    """When a wait is over, or None if it has no figure."""
    if wait.number is None or wait.unit == "none":
        return None
    return add(start, wait.number, wait.unit, is_rest, is_holiday)
