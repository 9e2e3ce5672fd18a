"""Counting days, against a count that knows nothing of the code."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from itertools import islice

import pytest
from hdate import HDateInfo as HDate
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars import Calendars
from bot.core.deadlines import add, due_date, is_weekend
from bot.core.knowledge import Wait

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
RESTS = st.frozensets(st.integers(min_value=0, max_value=60), max_size=20)


@given(DAYS, st.integers(0, 40), st.sampled_from(["business_days", "working_days"]), RESTS)
def test_business_days_against_a_plain_count(start: date, number: int, unit: str, holidays: frozenset[int]) -> None:
    """Writing the days down one by one and crossing out the days of rest gives the same day."""
    off = {start + timedelta(days=n) for n in holidays}

    def rests(day: date) -> bool:
        return day in off or day.weekday() in (4, 5)

    working = [day for n in range(1, 200) if not rests(day := start + timedelta(days=n))]
    expected = start if number == 0 else working[number - 1]
    assert add(start, number, unit, rests) == expected  # type: ignore[arg-type]


@given(DAYS, st.integers(0, 40), RESTS)
def test_non_rest_days_against_a_plain_count(start: date, number: int, holidays: frozenset[int]) -> None:
    """Only Saturdays and holidays are crossed out: Fridays count."""
    off = {start + timedelta(days=n) for n in holidays}
    counted = [d for n in range(1, 200) if (d := start + timedelta(days=n)) not in off and d.weekday() != 5]
    expected = start if number == 0 else counted[number - 1]
    assert add(start, number, "non_rest_days", lambda _: True, lambda d: d in off) == expected


def hebrew_holiday(day: date) -> bool:
    """Whether nobody works in Israel by the Hebrew calendar: a festival of the Torah, or Independence Day."""
    of = HDate(day, diaspora=False)
    names = {holiday.name for holiday in of.holidays}
    return of.is_yom_tov or bool(names & {"yom_haatzmaut", "yom_kippur"})


@given(st.dates(date(2021, 1, 1), date(2035, 12, 1)), st.integers(1, 60))
def test_israels_business_days_by_another_calendar(start: date, number: int) -> None:
    """Counted with the Hebrew calendar of one library, the day is that of the holidays of the other."""
    calendars = Calendars()
    working = (
        day
        for n in range(1, 400)
        if (day := start + timedelta(days=n)).weekday() not in (4, 5) and not hebrew_holiday(day)
    )
    expected = next(islice(working, number - 1, None))
    assert add(start, number, "business_days", lambda d: calendars.is_rest("il", d)) == expected


@given(DAYS, st.integers(0, 400))
def test_calendar_days_are_plain(start: date, number: int) -> None:
    """Calendar days take no rest."""
    assert add(start, number, "calendar_days", lambda _: True) - start == timedelta(days=number)


@given(DAYS, st.integers(0, 60))
def test_months_end_on_the_same_day_or_the_last(start: date, number: int) -> None:
    """A month later is the same day of the month; where there is none, the month's last day."""
    end = add(start, number, "months", lambda _: False)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == number
    assert end.day == min(start.day, calendar.monthrange(end.year, end.month)[1])


@pytest.mark.parametrize("unit", ["minutes", "hours", "none"])
def test_short_waits_end_on_the_same_day(unit: str) -> None:
    """Minutes and hours are not counted in days."""
    assert add(date(2026, 11, 22), 6, unit, lambda _: False) == date(2026, 11, 22)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("country", "day", "rest"),
    [
        ("il", date(2026, 11, 20), True),
        ("il", date(2026, 11, 21), True),
        ("il", date(2026, 11, 22), False),
        ("us", date(2026, 11, 20), False),
        ("us", date(2026, 11, 21), True),
        ("us", date(2026, 11, 22), True),
    ],
)
def test_weekends(country: str, day: date, rest: bool) -> None:
    """Israel rests on Friday and Saturday, other countries on Saturday and Sunday."""
    assert is_weekend(country, day) is rest


def test_a_wait_without_a_figure_has_no_day() -> None:
    """What is not known is not made up."""
    day = date(2026, 11, 22)
    assert due_date(day, Wait(basis="unknown"), lambda _: False) is None
    assert due_date(day, Wait(number=3, unit="none", basis="expected"), lambda _: False) is None
    assert due_date(day, Wait(number=3, unit="calendar_days", basis="expected"), lambda _: False) == date(2026, 11, 25)
