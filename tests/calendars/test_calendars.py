"""Days of rest."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.calendars import Calendars

JERUSALEM = ZoneInfo("Asia/Jerusalem")
calendars = Calendars()


@pytest.mark.parametrize(
    ("day", "rest"),
    [
        (date(2026, 11, 22), False),  # Sunday
        (date(2026, 11, 26), False),  # Thursday
        (date(2026, 11, 27), True),  # Friday
        (date(2026, 11, 28), True),  # Saturday
        (date(2026, 9, 21), True),  # Yom Kippur, a Monday
        (date(2026, 4, 22), True),  # Independence Day, a Wednesday
        (date(2026, 4, 6), False),  # a Monday between the days of Pesach
    ],
)
def test_israels_business_days(day: date, rest: bool) -> None:
    """Israel works from Sunday to Thursday, and not on its holidays."""
    assert rest == calendars.is_rest("il", day)


def test_other_countries_rest_on_sunday() -> None:
    """The weekend is the country's own."""
    assert not calendars.is_rest("us", date(2026, 11, 27))
    assert calendars.is_rest("us", date(2026, 11, 26))
    assert calendars.is_rest("uk", date(2026, 12, 25))


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-27 15:00", None),
        ("2026-11-27 16:30", "2026-11-28 17:15"),
        ("2026-11-28 10:00", "2026-11-28 17:15"),
        ("2026-11-28 17:30", None),
        ("2026-09-20 21:00", "2026-09-21 19:16"),  # Yom Kippur
        ("2026-09-22 10:00", None),
    ],
)
def test_quiet_from_candles_to_nightfall(at: str, until: str | None) -> None:
    """Shabbat and festivals are quiet from candle lighting to nightfall in Jerusalem."""
    found = calendars.quiet_until(datetime.fromisoformat(at).replace(tzinfo=JERUSALEM))

    assert (datetime.fromisoformat(until).replace(tzinfo=JERUSALEM) if until else None) == found


@pytest.mark.parametrize("at", ["2026-09-11 20:00", "2026-09-12 10:00", "2026-09-12 21:00", "2026-09-13 10:00"])
def test_rosh_hashana_after_shabbat_is_one_rest(at: str) -> None:
    """Two days of rest in a row are one, to the end of the second."""
    found = calendars.quiet_until(datetime.fromisoformat(at).replace(tzinfo=JERUSALEM))

    assert datetime(2026, 9, 13, 19, 27, tzinfo=JERUSALEM) == found


def moment(text: str, zone: str = "Asia/Jerusalem") -> datetime:
    """A time on the wall somewhere."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("at", "zone", "quiet"),
    [
        ("2026-11-27 16:00", "America/New_York", False),
        ("2026-11-27 17:00", "America/New_York", True),
        ("2026-11-28 14:00", "America/New_York", True),  # it is out in Jerusalem
        ("2026-11-28 18:00", "America/New_York", False),
        ("2026-06-19 20:30", "Europe/London", False),  # it has begun in Jerusalem
        ("2026-06-19 21:30", "Europe/London", True),
        ("2026-04-03 12:00", "Europe/London", True),  # the second day of Pesach, kept outside Israel
        ("2026-04-03 12:00", "Asia/Jerusalem", False),
        ("2026-11-27 17:00", "Etc/GMT-2", True),  # no city: Jerusalem
    ],
)
def test_rest_is_where_the_person_is(at: str, zone: str, quiet: bool) -> None:
    """Shabbat begins and ends by the sun over the person's own city."""
    assert quiet == (calendars.quiet_until(moment(at, zone)) is not None)


@pytest.mark.parametrize(
    ("at", "until", "begins"),
    [
        ("2026-11-27 10:00", "2026-11-27 18:00", "2026-11-27 15:56"),
        ("2026-11-27 10:00", "2026-11-27 15:00", None),
        ("2026-11-26 10:00", "2026-11-26 22:00", None),
        ("2026-09-20 10:00", "2026-09-20 18:30", "2026-09-20 18:01"),  # the eve of Yom Kippur
    ],
)
def test_when_rest_begins(at: str, until: str, begins: str | None) -> None:
    """Candle lighting, where it falls before the time that matters."""
    found = calendars.quiet_from(moment(at), moment(until))

    assert (moment(begins) if begins else None) == found
