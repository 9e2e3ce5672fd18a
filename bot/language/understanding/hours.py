"""An hour of the day in figures or words: "18", "6 בערב", "8:30", "seven in the morning", "в шесть вечера"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from bot.language.understanding.normalise import Token, bare, fold, tokens
from bot.language.understanding.numbers import numbers
from bot.language.understanding.wordlists import read_lists, word_set

__all__ = ["hour_in"]

_DOTTED = re.compile(r"\b([ap])\.\s?m\b\.?")
_CLOCK = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?")
EARLIEST = 7
"""A bare hour before this one is one after noon: "5" is 17:00."""

_AS_SAID: dict[str, Callable[[int], int]] = {
    "morning": lambda hour: hour % 12 if hour <= 12 else hour,
    "noon": lambda hour: hour + 12 if hour <= 6 else hour,
    "evening": lambda hour: hour + 12 if hour < 12 else hour,
    "night": lambda hour: hour + 12 if 6 <= hour < 12 else hour % 12 if hour == 12 else hour,
    "": lambda hour: hour + 12 if 1 <= hour < EARLIEST else hour,
}


@cache
def _parts() -> dict[str, str]:
    lists = read_lists("hours")
    return {
        word: part for part in ("morning", "noon", "evening", "night", "midnight") for word in word_set(lists[part])
    }


@cache
def _parts_alone() -> frozenset[str]:
    return word_set(read_lists("hours")["alone"])


def hour_in(text: str) -> int | None:
    """The hour that a text names, 0 to 23, without its minutes; None if it names none."""
    row = tokens(_DOTTED.sub(r"\1m", fold(text)))
    found = [part for token in row if token.is_word and (part := _part(token.text))]
    if "midnight" in found:
        return 0
    hour = _number(row)
    if hour is None:
        return 12 if len(row) == 1 and set(bare(row[0].text)) & _parts_alone() else None
    if hour > 24 or (hour == 24 and found):
        return None
    return _AS_SAID[found[0] if found else ""](hour) % 24


def _part(word: str) -> str | None:
    return next((part for form in bare(word) if (part := _parts().get(form))), None)


def _number(row: Sequence[Token]) -> int | None:
    """The first number, if it may be an hour: nothing below nought, no sum, no date."""
    first = next((n for n in numbers(row) if not n.spoken), None) or next(iter(numbers(row)), None)
    if first is None:
        return None
    written = row[first.first]
    if written.is_number and not _CLOCK.fullmatch(written.text):
        return None
    if written.is_number and _below_nought(row[: first.first]):
        return None
    return int(written.text.replace(",", ".").partition(".")[0]) if written.is_number else int(first.value)


def _below_nought(before: Sequence[Token]) -> bool:
    """Whether a minus stands there, and no hyphen after a particle (``ב-9``) or another hour."""
    return bool(before) and before[-1].text == "-" and (len(before) == 1 or before[-2].end < before[-1].start)
