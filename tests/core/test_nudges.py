"""When the coach asks: at the person's hour, thinning when ignored, resting when they rest, silent when told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.book import Weekends
from bot.core.case import Case, Due
from bot.core.nudges import (
    LAST_QUESTION,
    cases_to_ask,
    check_on,
    due_cases,
    next_hour,
    next_nudge,
    open_until,
    spacing,
    turn_among,
)
from bot.core.session import Nudging, Profile, Session

JERUSALEM = ZoneInfo("Asia/Jerusalem")
NOON = datetime(2026, 11, 22, 12, tzinfo=JERUSALEM)
NEVER_QUIET = Weekends()


class Shabbat(Weekends):
    """Quiet from Friday 16:00 to Saturday 17:30."""

    def quiet_until(self, at: datetime) -> datetime | None:
        """The end of the Shabbat that a moment falls in."""
        friday = at - timedelta(days=(at.weekday() - 4) % 7)
        begins = datetime.combine(friday.date(), time(16), tzinfo=at.tzinfo)
        ends = datetime.combine(friday.date() + timedelta(days=1), time(17, 30), tzinfo=at.tzinfo)
        return ends if begins <= at < ends else None


def case(number: int = 1, *due: date, **more: Any) -> Case:
    """An open case that waits for promises on these days."""
    promises = tuple(Due("promise", day, "a call") for day in due)
    return Case(str(number), NOON, goal="refund", due=promises, **more)


def session(
    *cases: Case, hour: int = 10, keeps_shabbat: bool = True, zone: str = "Asia/Jerusalem", **state: Any
) -> Session:
    """A person with these cases."""
    profile = Profile(nudge_hour=hour, keeps_shabbat=keeps_shabbat, timezone=zone)
    return Session("p", profile=profile, cases=cases, nudging=Nudging(**state))


def planned(who: Session, now: datetime = NOON) -> datetime | None:
    """The next nudge where the person is."""
    at = next_nudge(who, now.astimezone(UTC), NEVER_QUIET)
    return at.astimezone(ZoneInfo(who.profile.timezone)) if at is not None else None


def test_the_next_day_at_the_persons_hour() -> None:
    """With nothing due there is a nudge the next day, at their hour and in their time zone."""
    assert planned(session(case())) == datetime(2026, 11, 23, 10, tzinfo=JERUSALEM)
    assert planned(session(case(), hour=18)) == datetime(2026, 11, 23, 18, tzinfo=JERUSALEM)
    tokyo = planned(session(case(), zone="Asia/Tokyo"), datetime(2026, 11, 22, 16, tzinfo=UTC))
    assert tokyo == datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ([date(2026, 11, 10)], date(2026, 11, 23)),
        ([date(2026, 11, 22)], date(2026, 11, 23)),
        ([date(2026, 11, 23)], date(2026, 11, 23)),
        ([date(2026, 11, 25)], date(2026, 11, 25)),
        ([date(2026, 11, 27), date(2026, 11, 25)], date(2026, 11, 25)),
        ([date(2027, 3, 1)], date(2026, 11, 29)),
    ],
)
def test_a_wait_is_left_alone_until_its_end(due: list[date], expected: date) -> None:
    """While something runs the coach asks on its day, or after a week; once it is over, daily."""
    assert check_on(case(1, *due), NOON.date()) == expected
    at = planned(session(case(1, *due)))
    assert at is not None
    assert at.date() == expected


def test_the_most_pressing_case_sets_the_day() -> None:
    """One case that is due tomorrow is not kept waiting by another that is due in a month."""
    at = planned(session(case(1, date(2026, 12, 20)), case(2, date(2026, 11, 24))))
    assert at is not None
    assert at.date() == date(2026, 11, 24)
    assert [c.id for c in due_cases(session(case(1), case(2, date(2026, 12, 1)), case(3, date(2026, 11, 24))))] == [
        "3",
        "2",
        "1",
    ]


@pytest.mark.parametrize(
    "who",
    [
        session(),
        session(case(), stopped=True),
        session(case(status="solved")),
        session(case(status="let_go")),
        session(case(), ignored=LAST_QUESTION + 1),
        session(Case("1", NOON)),
    ],
    ids=["no case", "stopped", "solved", "let go", "silent", "empty form"],
)
def test_silence(who: Session) -> None:
    """No nudge where there is nothing to ask about, or the person wants none."""
    assert planned(who) is None


def test_ignored_nudges_thin_out() -> None:
    """Daily, every third day, weekly, a last question, and no more."""
    assert [spacing(n) for n in range(LAST_QUESTION + 2)] == [1, 1, 1, 3, 3, 3, 7, 7, 7, 7, None]
    at = planned(session(case(), ignored=4))
    assert at is not None
    assert at.date() == date(2026, 11, 25)


def test_a_snooze_holds() -> None:
    """Nothing before the day a person named; a snooze that is over changes nothing."""
    later = planned(session(case(), not_before=date(2026, 12, 3)))
    assert later is not None
    assert later.date() == date(2026, 12, 3)
    assert planned(session(case(), not_before=date(2026, 1, 1))) == planned(session(case()))


@pytest.mark.parametrize("day", [date(2027, 3, 25), date(2027, 3, 26), date(2026, 10, 24), date(2026, 10, 25)])
@pytest.mark.parametrize("hour", [0, 2, 7, 10, 22, 23])
def test_the_hour_survives_the_change_of_clocks(day: date, hour: int) -> None:
    """Summer time comes and goes (26 March 2027, 25 October 2026 in Israel); the hour on the wall stays."""
    evening = datetime.combine(day - timedelta(days=1), time(20), tzinfo=JERUSALEM)
    at = planned(session(case(), hour=hour), evening)
    assert at is not None
    local = at.astimezone(UTC).astimezone(JERUSALEM)
    gap = day == date(2027, 3, 26) and hour == 2
    assert (local.date(), local.hour) == (day, 3 if gap else hour)


def test_no_nudge_on_shabbat() -> None:
    """Who keeps Shabbat is asked on Sunday; who does not, on Saturday."""
    friday = datetime(2026, 11, 20, 12, tzinfo=JERUSALEM).astimezone(UTC)
    kept = next_nudge(session(case()), friday, Shabbat())
    assert kept == datetime(2026, 11, 22, 10, tzinfo=JERUSALEM)
    assert next_nudge(session(case(), keeps_shabbat=False), friday, Shabbat()) == datetime(
        2026, 11, 21, 10, tzinfo=JERUSALEM
    )


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)),
    st.lists(st.lists(st.dates(date(2025, 12, 1), date(2029, 6, 1)), max_size=2), min_size=1, max_size=3),
    st.integers(7, 22),
    st.integers(0, 12),
    st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2029, 1, 1))),
    st.sampled_from(["Asia/Jerusalem", "America/New_York", "Pacific/Apia", "Asia/Kathmandu"]),
)
def test_every_plan_is_polite(
    now: datetime, dues: list[list[date]], hour: int, ignored: int, not_before: date | None, zone: str
) -> None:
    """A nudge is on a later day than now, at the person's hour, spaced as it should be, and not on their Shabbat."""
    cases = [case(n, *due) for n, due in enumerate(dues, 1)]
    who = session(*cases, hour=hour, zone=zone, ignored=ignored, not_before=not_before)
    at = next_nudge(who, now, Shabbat())
    days = spacing(ignored)
    if days is None:
        assert at is None
        return
    assert at is not None
    assert at.utcoffset() == timedelta(0)
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    assert local.hour == hour
    assert local.date() >= today + timedelta(days=days)
    assert not_before is None or local.date() >= not_before
    assert Shabbat().quiet_until(local) is None


class Eve(Shabbat):
    """A Shabbat of which it is also known when it begins."""

    def quiet_from(self, at: datetime, until: datetime) -> datetime | None:
        """The next Friday at 16:00."""
        friday = datetime.combine((at + timedelta(days=(4 - at.weekday()) % 7)).date(), time(16), tzinfo=at.tzinfo)
        return friday if at < friday < until else None


def limited(on: date, number: int = 1, **more: Any) -> Case:
    """A case with a last day."""
    return replace(case(number, **more), due=(Due("limit", on, "a right"),))


def test_a_last_day_is_warned_of_the_day_before() -> None:
    """The day before and the day itself; before that, the case is left alone for a week at most."""
    assert check_on(limited(date(2026, 11, 27)), date(2026, 11, 22)) == date(2026, 11, 26)
    assert check_on(limited(date(2026, 11, 23)), date(2026, 11, 22)) == date(2026, 11, 23)
    assert check_on(limited(date(2027, 11, 23)), date(2026, 11, 22)) == date(2026, 11, 29)


def test_a_warning_comes_before_the_rest() -> None:
    """Who rests on the day before is warned ahead of it; who does not, on that day."""
    sunday = limited(date(2026, 11, 29))
    now = NOON.astimezone(UTC)
    assert next_nudge(session(sunday), now, Shabbat()) == datetime(2026, 11, 27, 10, tzinfo=JERUSALEM)
    waking = session(sunday, keeps_shabbat=False)
    assert next_nudge(waking, now, Shabbat()) == datetime(2026, 11, 28, 10, tzinfo=JERUSALEM)


def test_a_warning_is_not_thinned_out_but_can_be_put_off() -> None:
    """Who ignored seven nudges is still warned in time; who said "next week", or "stop", is not."""
    thursday = limited(date(2026, 11, 26))
    assert planned(session(thursday, ignored=7)) == datetime(2026, 11, 25, 10, tzinfo=JERUSALEM)
    assert planned(session(thursday, ignored=LAST_QUESTION + 1)) is None
    later = planned(session(thursday, not_before=date(2026, 12, 3)))
    assert later is not None
    assert later.date() == date(2026, 12, 3)
    assert planned(session(thursday, stopped=True)) is None


def test_one_case_is_put_off_and_not_the_others() -> None:
    """A case is asked about from the day the person named; another that is due goes on."""
    off = replace(case(1, date(2026, 11, 20)), not_before=date(2026, 11, 30))
    assert check_on(off, NOON.date()) == date(2026, 11, 30)
    both = session(off, case(2, date(2026, 11, 24)))
    at = planned(both)
    assert at is not None
    assert at.date() == date(2026, 11, 24)
    assert [c.id for c in cases_to_ask(both, date(2026, 11, 24))] == ["2"]
    assert [c.id for c in cases_to_ask(both, date(2026, 11, 30))] == ["1", "2"]


def test_what_is_asked_about_today() -> None:
    """All that is due, the soonest deadline first, then what waits for nothing; if nothing is due, one case."""
    due = [case(1, date(2026, 12, 9)), case(2), case(3, date(2026, 11, 22)), limited(date(2026, 11, 23), 4)]
    assert [c.id for c in cases_to_ask(session(*due), date(2026, 11, 22))] == ["3", "4", "2"]
    assert [c.id for c in cases_to_ask(session(*due[:1], limited(date(2026, 12, 5), 2)), NOON.date())] == ["2"]
    assert cases_to_ask(session(), NOON.date()) == []


@pytest.mark.parametrize(
    ("hour", "now", "until"),
    [
        (10, "2026-11-22 09:59", None),
        (10, "2026-11-22 10:00", "2026-11-22 18:00"),
        (10, "2026-11-22 18:00", None),
        (18, "2026-11-22 18:30", "2026-11-22 22:00"),
        (22, "2026-11-22 22:30", "2026-11-22 23:00"),
        (10, "2026-11-27 10:30", "2026-11-27 16:00"),
        (10, "2026-11-27 16:30", None),
        (10, "2026-11-28 10:30", None),
    ],
)
def test_when_a_nudge_may_be_sent(hour: int, now: str, until: str | None) -> None:
    """From their hour on for eight hours, not into the night and not into Shabbat."""
    who = session(case(), hour=hour).profile
    found = open_until(who, datetime.fromisoformat(now).replace(tzinfo=JERUSALEM).astimezone(UTC), Eve())
    assert found == (datetime.fromisoformat(until).replace(tzinfo=JERUSALEM) if until else None)


def test_the_next_hour_is_today_if_it_is_ahead() -> None:
    """Before their hour it is today's, after it tomorrow's, and never one of rest."""
    who = session(case()).profile
    friday = datetime(2026, 11, 27, 9, tzinfo=JERUSALEM)
    assert next_hour(who, friday, Shabbat()) == friday.replace(hour=10)
    assert next_hour(who, friday.replace(hour=10), Shabbat()) == datetime(2026, 11, 29, 10, tzinfo=JERUSALEM)


def test_the_soonest_deadline_goes_first() -> None:
    """Within the minute of their hour, who has less time left comes before who has more; all within that minute."""
    today = NOON.date()
    turns = [
        turn_among(session(*cases), today)
        for cases in (
            [case(1, date(2026, 11, 1))],
            [case(1, date(2026, 12, 9)), limited(date(2026, 11, 23), 2)],
            [case(1, date(2026, 11, 30))],
            [case(1, date(2028, 1, 1))],
            [case()],
        )
    ]
    assert turns == sorted(turns)
    assert turns[:3] == [timedelta(0), timedelta(seconds=1), timedelta(seconds=8)]
    assert turns[-1] < timedelta(minutes=1)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)),
    st.integers(1, 60),
    st.integers(7, 22),
    st.integers(0, 9),
)
def test_every_last_day_is_warned_of_in_time(now: datetime, ahead: int, hour: int, ignored: int) -> None:
    """However thin the nudges, one comes on a day of work before the last day is over, if there is one left."""
    today = now.astimezone(JERUSALEM).date()
    last = today + timedelta(days=ahead)
    who = session(limited(last), hour=hour, ignored=ignored)
    days = [today + timedelta(days=n) for n in range(1, ahead + 1)]
    waking = [d for d in days if Shabbat().quiet_until(datetime.combine(d, time(hour), tzinfo=JERUSALEM)) is None]
    at = next_nudge(who, now, Shabbat())
    assert at is not None
    if waking:
        assert at.astimezone(JERUSALEM).date() <= last
