"""Which button a typed text names: its words, its number, or its clear beginning; never a loose guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.language.understanding.normalise import bare, fold, words
from bot.language.understanding.wordlists import phrases, read_lists, word_set

__all__ = ["choose"]

FEW = 6
"""Buttons among which a plain yes or no may name the one that begins so; in a longer list it answers something else."""


@cache
def _numbers(name: str) -> dict[str, int]:
    """The words of each line of a list -> the number of the line, from one."""
    return {word: n for n, line in enumerate(read_lists("buttons")[name].splitlines(), 1) for word in line.split()}


@cache
def _some(name: str) -> frozenset[str]:
    return word_set(read_lists("buttons")[name])


@cache
def _whole(name: str) -> frozenset[str]:
    """The letters of each phrase of a list."""
    return frozenset("".join(words(phrase)) for phrase in phrases(read_lists("buttons")[name]))


def choose(text: str, labels: Sequence[str], *, loose: bool = False) -> int | None:
    """The index of the label that a typed text names, or None. ``loose``: some words of one label alone are enough."""
    typed = words(text)
    if not typed or len(text) > 120:
        return None
    rows = [words(_plain(label)) for label in labels]
    for same in (_same, _same_bare):
        hits = [i for i, row in enumerate(rows) if row and same(typed, row)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            return None
    digits = re.fullmatch(r"\s*[#(]?\s*(\d{1,2})\s*[).:]?\s*", fold(text))
    if digits and not any(row and row[0] == digits[1] for row in rows):
        return _at(int(digits[1]), labels)
    short = [w for w in typed if w not in _some("filler")]
    if len(short) == 1 and len(typed) > 1 and short[0].isdigit() and not any(short[0] in row for row in rows):
        return _at(int(short[0]), labels)
    if len(short) == 1 and not any(set(bare(short[0])) & set(row) for row in rows):
        numbers = _numbers("ordinals") if len(labels) <= 2 else _numbers("ordinals") | _numbers("cardinals")
        place = next((numbers[form] for form in bare(short[0]) if form in numbers), None)
        if place is not None:
            return _at(place, labels)
        if set(bare(short[0])) & _some("last"):
            return len(labels) - 1
    for name in ("agree", "refuse"):
        if set(typed) <= _some(name) and len(rows) <= FEW:
            hits = [i for i, row in enumerate(rows) if row and row[0] in _some(name)]
            if hits:
                return hits[0] if len(hits) == 1 else None
    for name in _kinds("".join(typed)):
        for i, row in enumerate(rows):
            label = "".join(row)
            if label in _whole(name) or (name in _BEGUN and any(map(label.startswith, _whole(f"{name}: labels")))):
                return i
    begun = _beginning(typed, rows)
    return _within(short, rows) if begun is None and loose else begun


_ANSWERS = (
    "as to a man",
    "as to a woman",
    "either way",
    "as written",
    "rights here",
    "in writing",
    "prepare",
    "call now",
    "another business",
    "not enough",
    "none of these",
    "manager",
    "end the call",
    "next line",
    "said again",
    "nothing",
    "no name",
    "unsure",
    "no less",
    "skip",
)
"""Lists of whole answers, each with the buttons that it stands for; those that tell nothing come last."""
_BEGUN = frozenset({"as written"})
"""Those whose buttons go on with something of their own."""


def _kinds(letters: str) -> tuple[str, ...]:
    """The lists whose answer this is; one that does not know may also tell nothing."""
    kinds = tuple(name for name in _ANSWERS if letters in _whole(name))
    return (*kinds, "skip") if "unsure" in kinds else kinds


def _at(number: int, labels: Sequence[str]) -> int | None:
    return number - 1 if 1 <= number <= len(labels) else None


def _plain(label: str) -> str:
    return re.sub(r"<[^<>]*>", " ", label)


def _same(typed: Sequence[str], row: Sequence[str]) -> bool:
    return "".join(typed) == "".join(row)


def _same_bare(typed: Sequence[str], row: Sequence[str]) -> bool:
    """The same words but for a particle before the first of them."""
    return (
        len(typed) == len(row)
        and list(typed[1:]) == list(row[1:])
        and len(row[0]) > 2
        and (row[0] in bare(typed[0]) or (typed[0] in bare(row[0]) and len(typed[0]) > 2))
    )


def _within(typed: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """The one label in which all of a few typed words stand."""
    if not 0 < len(typed) <= 3 or len("".join(typed)) < 4:
        return None
    hits = []
    for i, row in enumerate(rows):
        forms = {form for word in row for form in bare(word)}
        if all(forms & set(bare(word)) for word in typed):
            hits.append(i)
    return hits[0] if len(hits) == 1 else None


def _beginning(typed: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """The one label that begins with what was typed, when that is a whole word or most of the label."""
    joined = "".join(typed)
    if len(joined) < 3 or joined.isdigit():
        return None
    hits = []
    for i, row in enumerate(rows):
        label = "".join(row)
        whole = list(row[: len(typed)]) == list(typed)
        if whole or (label.startswith(joined) and len(joined) * 2 >= len(label)):
            hits.append(i)
    return hits[0] if len(hits) == 1 else None
