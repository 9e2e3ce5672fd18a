"""Whose offices rest when, and when those who keep Shabbat are not to be disturbed.

Implements `bot.core.book.Calendar`. The libraries take half a second to load, so that happens on first use; `warm`
does it ahead of time, in a thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from bot.core.deadlines import is_weekend

__all__ = ["Calendars"]

CANDLES = 40
"""Minutes before sunset at which Jerusalem lights candles."""
LONGEST_REST = 4
"""Days that Shabbat and festivals can follow each other, with the eve."""


class Calendars:
    """The calendars of the countries that the coach serves, and of Jerusalem."""

    def is_rest(self, country: str, day: date) -> bool:
        """Whether a day is no business day in a country: its weekend or a public holiday."""
        return is_weekend(country, day) or day in _holidays(country, day.year)

    def quiet_until(self, at: datetime) -> datetime | None:
        """When the Shabbat or festival that ``at`` (aware) falls in is out, or None if it falls in none.

        From candle lighting to nightfall in Jerusalem.
        """
        for back in range(LONGEST_REST):
            window = _window(at.date() - timedelta(days=back))
            if window is not None and window[0] <= at < window[1]:
                return window[1]
        return None

    def warm(self) -> None:
        """Load the libraries now."""
        self.is_rest("il", date(2026, 1, 1))
        self.quiet_until(datetime.fromisoformat("2026-01-02T12:00:00+02:00"))


@cache
def _holidays(country: str, year: int) -> Mapping[date, str]:
    import holidays

    found: Mapping[date, str] = holidays.country_holidays({"uk": "GB"}.get(country, country.upper()), years=year)
    return found


@cache
def _jerusalem() -> Any:
    from hdate import Location

    return Location("Jerusalem", 31.7683, 35.2137, "Asia/Jerusalem", 800, diaspora=False)


@lru_cache(maxsize=512)
def _window(eve: date) -> tuple[datetime, datetime] | None:
    """From candle lighting on an eve to nightfall at the end of the rest it begins; None if nothing begins then."""
    from hdate import Zmanim

    def times(day: date) -> Any:
        return Zmanim(day, _jerusalem(), candle_lighting_offset=CANDLES)

    begins = times(eve).candle_lighting
    if begins is None:
        return None
    for ahead in range(1, LONGEST_REST):
        havdalah = times(eve + timedelta(days=ahead)).havdalah
        if havdalah is not None:
            return begins, havdalah
    return None
