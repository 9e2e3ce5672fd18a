"""Money, days, hours and durations, the local way (CLDR, through Babel)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_currency, format_decimal

_SPOKEN = {"1 יום": "יום אחד", "1 שנה": "שנה", "1 חודש": "חודש", "1 דקה": "דקה", "1 שעה": "שעה"}
"""Babel's number and noun, as they are said."""
_MANY_DAYS = re.compile(r"^(1[1-9]|[2-9]\d|\d{3,}) ימים")
"""From eleven on Hebrew counts in the singular: "14 יום"."""

__all__ = ["day", "duration", "hour", "moment", "money", "number"]


UNKNOWN = "XXX"
"""ISO 4217: no currency."""


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse("ar_IL" if language == "ar" else language)


@lru_cache(maxsize=4096)
def money(amount: Decimal, currency: str, language: str) -> str:
    """A sum with its sign, if the currency is known; whole sums without decimals."""
    locale = _locale(language)
    if currency == UNKNOWN:
        plain = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
        return str(format_decimal(amount, plain, locale=locale, numbering_system="latn"))
    pattern = locale.currency_formats["standard"].pattern
    if amount == amount.to_integral_value():
        pattern = pattern.replace(".00", "")
    return str(
        format_currency(amount, currency, pattern, locale=locale, currency_digits=False, numbering_system="latn")
    )


@lru_cache(maxsize=4096)
def day(value: date, language: str, this_year: int) -> str:
    """A day: with its year only when it is not this year."""
    skeleton = "MMMMd" if value.year == this_year else "yMMMMd"
    locale = _locale(language)
    if skeleton == "yMMMMd":
        return str(format_date(value, "long", locale=locale))
    return str(format_skeleton(skeleton, datetime.combine(value, time()), locale=locale))


def moment(value: datetime) -> str:
    """A point in time as day.month and hour, short enough for a list."""
    return f"{value.day}.{value.month}, {value:%H:%M}"


def hour(value: time) -> str:
    """An hour of the day."""
    return f"{value:%H:%M}"


@lru_cache(maxsize=1024)
def duration(length: timedelta, language: str) -> str:
    """A length of time in whole days, or in the largest unit below a day."""
    granularity: Literal["day", "minute"] = "day" if length >= timedelta(days=1) else "minute"
    threshold = 9999 if length.days < 60 else 0.85
    text = str(format_timedelta(length, granularity=granularity, threshold=threshold, locale=_locale(language)))
    return _MANY_DAYS.sub(r"\1 יום", _SPOKEN.get(text, text))


@lru_cache(maxsize=1024)
def number(value: int, language: str) -> str:
    """A whole number."""
    return str(format_decimal(value, locale=_locale(language), numbering_system="latn"))
