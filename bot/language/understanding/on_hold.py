"""Who waits on the line at this moment, and for how long: "stuck on the line with Bezeq for 40 minutes"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bot.language.understanding.matcher import Matcher
from bot.language.understanding.normalise import Token, bare, fold, tokens
from bot.language.understanding.numbers import Number, numbers
from bot.language.understanding.word_patterns import WordPatterns, clauses
from bot.language.understanding.wordlists import phrases, read_lists, word_set

__all__ = ["minutes_in", "on_hold_in"]

LONGEST = 200
"""Characters from which on a message tells a story rather than where somebody is."""
MOST = 300
"""Minutes that anybody waits; more is no wait on the line."""

_END = frozenset({"clauseend"})


@cache
def _patterns() -> WordPatterns:
    lists = read_lists("on_hold")
    return WordPatterns({kind: lists[kind] for kind in ("now", "timed", "past")})


@cache
def _spans() -> Matcher:
    """Phrases for a length of time, labelled with their minutes."""
    lists = read_lists("on_hold")
    return Matcher(
        ((phrase, int(key)) for key in lists if key.isdigit() for phrase in phrases(lists[key])), folded=True
    )


@cache
def _units() -> dict[str, int]:
    lists = read_lists("on_hold")
    return {word: size for name, size in (("minutes", 1), ("hours", 60)) for word in word_set(lists[name])}


@cache
def _half() -> frozenset[str]:
    return word_set(read_lists("on_hold")["and a half"])


def on_hold_in(text: str) -> int | None:
    """The minutes that somebody has been waiting on the line, 0 if they do not say; None if they are not waiting."""
    if len(text) > LONGEST:
        return None
    minutes = minutes_in(text)
    if minutes > MOST:
        return None
    found: set[str] = set()
    for clause, _ in clauses(text):
        found |= set(_patterns().find([*clause, _END]))
    if "past" in found or not ("now" in found or ("timed" in found and minutes)):
        return None
    return minutes


def minutes_in(text: str) -> int:
    """The length of time that a text names, in whole minutes; 0 if it names none."""
    row = tokens(fold(text))
    texts = [t.text for t in row]
    total, taken = 0, set[int]()
    for hit in sorted(_spans().find(texts), key=lambda hit: hit.first - hit.last):
        span = range(hit.first, hit.last)
        if taken.isdisjoint(span):
            taken.update(span)
            total += hit.label
    for number in numbers(row):
        unit = _unit(row, number.last)
        if unit and taken.isdisjoint(range(number.first, number.last + 1)):
            total += int(number.value * unit) + _and_a_half(row, number, unit)
    return total


def _unit(row: Sequence[Token], at: int) -> int:
    forms = bare(row[at].text) if at < len(row) else ()
    return next((size for form in forms if (size := _units().get(form))), 0)


def _and_a_half(row: Sequence[Token], number: Number, unit: int) -> int:
    after = row[number.last + 1].text if number.last + 1 < len(row) else ""
    return unit // 2 if after in _half() else 0
