"""When the coach asks how a case is going: daily while something is due, thinning when ignored, never nagging."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.book import Calendar
from bot.core.case import Case, Due
from bot.core.session import Profile, Session

__all__ = [
    "LAST_QUESTION",
    "PACED",
    "WINDOW",
    "cases_to_ask",
    "check_on",
    "due_cases",
    "next_hour",
    "next_nudge",
    "open_until",
    "spacing",
    "turn_among",
]

PACED = frozenset({"nudge", "idle"})
"""Timers of what the coach says unasked: they go out at the pace of the channel, after everything that was asked."""

WINDOW = timedelta(hours=8)
"""A nudge that could not be sent for this long is dropped: its day is over."""
BEDTIME = time(22)
"""Nobody is nudged after this, unless it is the hour they chose."""

LAST_QUESTION = 9
"""After this many nudges without an answer the coach asks one last time, and then is silent."""

_THINNING = ((3, 1), (6, 3), (LAST_QUESTION + 1, 7))
"""(ignored so far, below which) -> days until the next: daily, every third day, weekly."""
_DAY = timedelta(days=1)


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


def _asked_from(due: Due) -> date:
    """The first day on which there is something to ask: a last day is warned of on the day before it."""
    return due.on - _DAY if due.kind == "limit" else due.on


def _snoozed(case: Case, today: date) -> bool:
    return case.not_before is not None and case.not_before > today


def check_on(case: Case, today: date) -> date:
    """The next day on which there is something to ask about a case.

    Daily while something is due or nothing is under way; while a wait runs, at its end, but at least once a week. Never
    before the day to which the person put the case off.
    """
    first = min((_asked_from(due) for due in case.due), default=today)
    day = today + _DAY if first <= today else min(first, today + timedelta(days=7))
    return max(day, case.not_before) if case.not_before is not None else day


def cases_to_ask(session: Session, today: date) -> list[Case]:
    """The cases to ask about today, the soonest deadline first; if none has anything due, the first that waits."""
    cases = [case for case in due_cases(session) if not _snoozed(case, today)]
    pressing = [c for c in cases if min((_asked_from(due) for due in c.due), default=today) <= today]
    return pressing or cases[:1]


def next_nudge(session: Session, now: datetime, calendar: Calendar) -> datetime | None:
    """When the next nudge is due (UTC), or None if there is nothing to ask about.

    It falls on the person's hour in their time zone, never on the day it is planned, and for those who keep Shabbat
    not between candle lighting and nightfall. The day before somebody's own time limit runs out is not thinned out,
    and where that is a day of rest, the warning comes before it.
    """
    state, cases = session.nudging, due_cases(session)
    days = spacing(state.ignored)
    if state.stopped or not cases or days is None:
        return None
    today = now.astimezone(ZoneInfo(session.profile.timezone)).date()
    first = today + _DAY
    if state.not_before is not None:
        first = max(first, state.not_before)
    day = max(min(check_on(case, today) for case in cases), today + timedelta(days=days), first)
    at = next(_hours(session.profile, day, calendar))
    for warning in _warnings(session.profile, cases, first, calendar):
        at = min(at, warning)
    return at.astimezone(UTC)


def _hours(profile: Profile, day: date, calendar: Calendar, step: timedelta = _DAY) -> Iterator[datetime]:
    """The person's hour on a day and the days after it (before it, with a negative step), without days of rest."""
    zone = ZoneInfo(profile.timezone)
    while True:
        local = datetime.combine(day, time(profile.nudge_hour), tzinfo=zone)
        if not profile.keeps_shabbat or calendar.quiet_until(local) is None:
            yield local
        day += step


def _warnings(profile: Profile, cases: list[Case], first: date, calendar: Calendar) -> Iterator[datetime]:
    """The last moments at which there is still a day left to act, from a day on, for each limit that is ahead."""
    for case in cases:
        for due in case.due:
            earliest = max(first, case.not_before) if case.not_before is not None else first
            if due.kind == "limit" and due.on >= earliest:
                eve = max(due.on - _DAY, earliest)
                warning = next(_hours(profile, eve, calendar, -_DAY))
                if warning.date() >= earliest:
                    yield warning


def next_hour(profile: Profile, now: datetime, calendar: Calendar) -> datetime:
    """The person's next hour (UTC) that is not a time of rest: today, if it is still ahead."""
    today = now.astimezone(ZoneInfo(profile.timezone)).date()
    return next(at.astimezone(UTC) for at in _hours(profile, today, calendar) if at > now)


def open_until(profile: Profile, now: datetime, calendar: Calendar) -> datetime | None:
    """Until when (UTC) a nudge may be sent that is due now, or None where now is not the time for one.

    The time begins with the person's hour and is over after `WINDOW`, at bedtime, or when their rest begins.
    """
    zone = ZoneInfo(profile.timezone)
    local = now.astimezone(zone)
    begins = datetime.combine(local.date(), time(profile.nudge_hour), tzinfo=zone)
    bedtime = max(datetime.combine(local.date(), BEDTIME, tzinfo=zone), begins + timedelta(hours=1))
    ends = min(begins + WINDOW, bedtime)
    if profile.keeps_shabbat:
        if calendar.quiet_until(local) is not None:
            return None
        rest = calendar.quiet_from(local, ends)
        ends = rest if rest is not None else ends
    return ends.astimezone(UTC) if begins <= local < ends else None


def turn_among(session: Session, day: date) -> timedelta:
    """How long after their hour somebody's turn comes among all who have the same: who has less time left goes first.

    A minute orders them all: a second for each day until the first deadline.
    """
    soonest = min((due.on for case in due_cases(session) for due in case.due), default=date.max)
    return timedelta(seconds=min(max((soonest - day).days, 0), 59))
