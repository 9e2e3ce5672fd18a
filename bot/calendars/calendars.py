"""Whose offices rest when, and when those who keep Shabbat are not to be disturbed.

Implements `bot.core.book.Calendar`. The libraries take time to load, so that happens on first use;
`warm` does it ahead of time, in a thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from bot.calendars.public_holidays import public_holidays
from bot.core.deadlines import is_weekend

__all__ = ["Calendars"]

JERUSALEM = "Asia/Jerusalem"
CANDLES_JERUSALEM, CANDLES = 40, 18
"""Minutes before sunset at which candles are lit: in Jerusalem, and elsewhere."""
LONGEST_REST = 4
"""Days that Shabbat and festivals can follow each other, with the eve."""


class Calendars:
    """The calendars of the countries that the coach serves, and the times of rest where its people are."""

    def is_rest(self, country: str, day: date) -> bool:
        """Whether a day is no business day in a country: its weekend or a public holiday."""
        return is_weekend(country, day) or self.is_holiday(country, day)

    def is_holiday(self, country: str, day: date) -> bool:
        """Whether a day is a public holiday in a country."""
        return day in public_holidays(country, day.year)

    def quiet_until(self, at: datetime) -> datetime | None:
        """When the Shabbat or festival that ``at`` (aware) falls in is out, or None if it falls in none.

        From candle lighting to nightfall in the city that the time zone of ``at`` is named for, with the second day
        of festivals that is kept outside Israel; in Jerusalem for a time zone without a city.
        """
        for begins, ends in self._windows(at, at):
            if begins <= at < ends:
                return ends
        return None

    def quiet_from(self, at: datetime, until: datetime) -> datetime | None:
        """When the next Shabbat or festival begins after ``at`` and before ``until``, or None."""
        return min((begins for begins, _ in self._windows(at, until) if at < begins < until), default=None)

    def _windows(self, at: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        place = at.tzinfo.key if isinstance(at.tzinfo, ZoneInfo) else JERUSALEM
        day = at.date() - timedelta(days=LONGEST_REST - 1)
        while day <= until.astimezone(at.tzinfo).date():
            window = _window(place, day)
            if window is not None:
                yield window
            day += timedelta(days=1)

    def warm(self) -> None:
        """Load the libraries now."""
        self.is_rest("il", date(2026, 1, 1))
        self.quiet_until(datetime.fromisoformat("2026-01-02T12:00:00+02:00"))


@cache
def _cities() -> Mapping[str, tuple[float, float]]:
    """Time zone -> latitude and longitude of the city it is named for, as the time zone database gives them."""
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {row[2]: _position(row[1]) for row in rows}


def _position(text: str) -> tuple[float, float]:
    """Degrees of an ISO 6709 position: ``+314650+0351326``."""
    latitude, longitude = re.fullmatch(r"([+-]\d{4,6})([+-]\d{5,7})", text).groups()  # type: ignore[union-attr]
    return _degrees(latitude, 2), _degrees(longitude, 3)


def _degrees(text: str, digits: int) -> float:
    whole, minutes, seconds = text[1 : 1 + digits], text[1 + digits : 3 + digits], text[3 + digits :]
    size = int(whole) + int(minutes) / 60 + int(seconds or 0) / 3600
    return -size if text[0] == "-" else size


@lru_cache(maxsize=64)
def _location(zone: str) -> Any:
    from hdate import Location

    city = _cities().get(zone)
    if city is None or zone == JERUSALEM:
        return Location("Jerusalem", 31.7683, 35.2137, JERUSALEM, 800, diaspora=False)
    return Location(zone, city[0], city[1], zone, 0, diaspora=True)


@lru_cache(maxsize=4096)
def _window(zone: str, eve: date) -> tuple[datetime, datetime] | None:
    """From candle lighting on an eve to nightfall at the end of the rest it begins; None if nothing begins then."""
    from hdate import Zmanim

    location = _location(zone)
    candles = CANDLES if location.diaspora else CANDLES_JERUSALEM

    def times(day: date) -> Any:
        return Zmanim(day, location, candle_lighting_offset=candles)

    begins = times(eve).candle_lighting
    if begins is None:
        return None
    for ahead in range(1, LONGEST_REST):
        havdalah = times(eve + timedelta(days=ahead)).havdalah
        if havdalah is not None:
            return begins, havdalah
    return None
