"""When the coach asks how a case is going: daily while something is due, thinning when ignored, never nagging."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.book import Calendar
from bot.core.case import Case
from bot.core.session import Session

__all__ = ["LAST_QUESTION", "PACED", "WINDOW", "check_on", "due_cases", "next_nudge", "spacing"]

PACED = frozenset({"nudge", "idle"})
"""Timers of what the coach says unasked: they go out at the pace of the channel, after everything that was asked."""

WINDOW = timedelta(hours=8)
"""A nudge that could not be sent for this long is dropped: its day is over."""

LAST_QUESTION = 9
"""After this many nudges without an answer the coach asks one last time, and then is silent."""

_THINNING = ((3, 1), (6, 3), (LAST_QUESTION + 1, 7))
"""(ignored so far, below which) -> days until the next: daily, every third day, weekly."""


def spacing(ignored: int) -> int | None:
    """Days between two nudges after so many were ignored; None: no more."""
    for below, days in _THINNING:
        if ignored < below:
            return days
    return None


def due_cases(session: Session) -> list[Case]:
    """The open cases that wait for something, the soonest deadline first."""
    waiting = [case for case in session.cases if case.is_open and case.begun]
    return sorted(waiting, key=lambda c: (min((d.on for d in c.due), default=date.max), c.id))


def check_on(case: Case, today: date) -> date:
    """The next day on which there is something to ask about a case.

    Daily while something is due or nothing is under way; while a wait runs, at its end, but at least once a week.
    """
    first = min((due.on for due in case.due), default=today)
    return today + timedelta(days=1) if first <= today else min(first, today + timedelta(days=7))


def next_nudge(session: Session, now: datetime, calendar: Calendar) -> datetime | None:
    """When the next nudge is due (UTC), or None if there is nothing to ask about.

    It falls on the person's hour in their time zone, never on the day it is planned, and for those who keep Shabbat
    not between candle lighting and nightfall.
    """
    state, cases = session.nudging, due_cases(session)
    days = spacing(state.ignored)
    if state.stopped or not cases or days is None:
        return None
    zone = ZoneInfo(session.profile.timezone)
    today = now.astimezone(zone).date()
    day = max(min(check_on(case, today) for case in cases), today + timedelta(days=days))
    if state.not_before is not None:
        day = max(day, state.not_before)
    while True:
        local = datetime.combine(day, time(session.profile.nudge_hour), tzinfo=zone)
        if not session.profile.keeps_shabbat or calendar.quiet_until(local) is None:
            return local.astimezone(UTC)
        day += timedelta(days=1)
