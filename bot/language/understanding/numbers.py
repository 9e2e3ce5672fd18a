"""Numbers in digits and in words: "1,300", "2k", "מאתיים", "thirty nine ninety", "полторы тысячи", "ثلاثمية"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from bot.language.understanding.normalise import Token, bare
from bot.language.understanding.wordlists import read_lists, word_set

__all__ = ["Number", "figure", "numbers"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the tokens it is made of (from ``first`` up to, not including, ``last``)."""

    value: Decimal
    first: int
    last: int
    spoken: bool
    """Written in words, at least in part."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Number words: what each does in a number, and its value."""

    words: Mapping[str, tuple[str, int]]
    hundred: frozenset[str]
    """Words that multiply by a hundred."""
    half: frozenset[str]
    thousand: frozenset[str]
    """Words that mean a thousand by themselves: "thousand", not "thousands"."""
    joins: frozenset[str]
    """The word "and"."""
    never: frozenset[str]
    """What looks like a number and is none: "hundreds of", "per cent", "the last century"."""


@cache
def _lexicon() -> _Lexicon:
    lists = read_lists("numbers")
    found: dict[str, tuple[str, int]] = {}
    for word in word_set(lists["hundred"]):
        found[word] = ("hundreds", 100)
    for key, line in lists.items():
        if key.isdigit():
            value = int(key)
            kind = next((kind for limit, kind in _KINDS if value < limit), "whole")
            found.update(dict.fromkeys(word_set(line), (kind, value)))
    for kind, value in (("thousand", 1000), ("million", 1_000_000), ("one and a half", 0)):
        found.update(dict.fromkeys(word_set(lists[kind]), (kind, value)))
    return _Lexicon(
        found,
        word_set(lists["hundred"]),
        word_set(lists["half"]),
        word_set(lists["one thousand"]),
        word_set(lists["and"]),
        word_set(lists["not"]),
    )


_KINDS = ((10, "unit"), (20, "teen"), (100, "ten"), (1000, "hundred"), (2000, "whole"), (2001, "two thousand"))
_TOUCHING = frozenset(("k", "\u043a"))
"""Letters for "thousand", which stand right behind the digits."""


def figure(text: str) -> Decimal | None:
    """The value of digits with separators: ``1,300``, ``1.300,50``, ``89,90``, ``1'300``."""
    text = text.replace("'", ",")
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return Decimal(text)
    whole, tail = text[:last], text[last + 1 :]
    mark, head = text[last], re.split(r"[.,]", whole)
    grouped = all(len(part) == 3 for part in head[1:]) and 1 <= len(head[0]) <= 3
    if len(tail) == 3 and grouped and head[0] != "0":
        return Decimal("".join(head) + tail)
    if len(head) > 1 and (not grouped or mark in whole):
        return None
    return Decimal(f"{''.join(head)}.{tail}")


def numbers(row: Sequence[Token]) -> list[Number]:
    """All numbers in a row of tokens, from left to right."""
    found: list[Number] = []
    at = 0
    while at < len(row):
        number = _digits(row, at) if row[at].is_number else _spoken(row, at) if row[at].is_word else None
        if number is None:
            at += 1
        else:
            found.append(number)
            at = number.last
    return found


def _digits(row: Sequence[Token], at: int) -> Number | None:
    value = figure(row[at].text)
    if value is None:
        return None
    last, spoken = at + 1, False
    # "1 300" in groups of three, as Russian writes it
    if re.fullmatch(r"[1-9]\d{0,2}", row[at].text):
        while last < len(row) and re.fullmatch(r"\d{3}(?:[.,]\d{1,2})?", row[last].text) and _spaced(row, last):
            part = row[last].text
            value = value * 1000 + Decimal(part.replace(",", "."))
            last += 1
            if len(part) > 3:
                break
    if last < len(row) and row[last].is_word and value < 1000:
        entry = _entry(row[last].text, first=False)
        if entry and entry[0] in ("thousand", "hundreds", "million") and _near_enough(row, last):
            kind, size = entry
            value *= size
            last, spoken = last + 1, True
            half = _half(row, last)
            if half:
                value += Decimal(size // 2)
                last += half
            elif kind == "thousand":
                rest = _spoken(row, last) if last < len(row) and row[last].is_word else None
                if rest is not None and rest.value < 1000 and rest.value != 100:
                    value, last = value + rest.value, rest.last
                else:
                    value, last = _hundreds_in_digits(row, last, value)
    return Number(value, at, last, spoken)


def _near_enough(row: Sequence[Token], at: int) -> bool:
    """Whether a word for "thousand" belongs to the digits before it: a mere letter has to touch them."""
    return row[at].text not in _TOUCHING or row[at].start == row[at - 1].end


def _hundreds_in_digits(row: Sequence[Token], at: int, value: Decimal) -> tuple[Decimal, int]:
    """The value with "200" of "a thousand 200", and where it ends."""
    skip = at + 1 if at < len(row) and row[at].text in _BOUND else at
    if skip < len(row) and row[skip].text == "-":
        skip += 1
    if skip < len(row) and re.fullmatch(r"[1-9]\d{2}", row[skip].text) and not _clash(row, skip):
        return value + Decimal(row[skip].text), skip + 1
    return value, at


_BOUND = frozenset(("\u05d5", "\u0648"))
"""Hebrew and Arabic "and", written together with the next word."""


def _clash(row: Sequence[Token], at: int) -> bool:
    """Whether the digits at a place belong to what follows them rather than to the number before."""
    return at + 1 < len(row) and row[at + 1].text in "-/:"


def _spaced(row: Sequence[Token], at: int) -> bool:
    return row[at].start - row[at - 1].end == 1


@lru_cache(maxsize=4096)
def _entry(word: str, *, first: bool) -> tuple[str, int] | None:
    """What a word does in a number; particles may precede its first word, and "and" every later one."""
    lexicon = _lexicon()
    known = lexicon.words.get(word)
    if known is not None or len(word) <= 2 or word in lexicon.never:
        return known
    if not first:
        return lexicon.words.get(word[1:]) if word[0] in _BOUND else None
    return next((lexicon.words[f] for f in bare(word)[1:] if len(f) >= 3 and f in lexicon.words), None)


def _half(row: Sequence[Token], at: int) -> int:
    """How many tokens say "and a half" here."""
    lexicon = _lexicon()
    texts = [t.text for t in row[at : at + 3]]
    if texts and texts[0] in lexicon.half and texts[0][0] in _BOUND:
        return 1
    if len(texts) > 1 and texts[0] in lexicon.joins | {"\u0441"} and texts[1] in lexicon.half:
        return 2
    return 3 if texts == ["and", "a", "half"] else 0


def _spoken(row: Sequence[Token], start: int) -> Number | None:
    """A number in words that begins here, if one does."""
    word = row[start].text
    if word not in _ARTICLES and _entry(word, first=True) is None:
        return None
    reading = _Reading(row, start)
    reading.read()
    if not reading.seen:
        return None
    return Number(reading.total + reading.group + reading.cents / 100, start, reading.at, True)


class _Reading:
    """Reads a number in words: groups up to a thousand, thousands, and hundredths said as tens ("nine ninety")."""

    def __init__(self, row: Sequence[Token], start: int) -> None:
        self.row = row
        self.at = start
        self.total = self.group = self.cents = Decimal(0)
        self.level = 10_000
        """The size of the last part of the group; only smaller parts may follow."""
        self.seen = False

    def read(self) -> None:
        """Take part after part, as long as they go on with the number."""
        while self.at < len(self.row) and self.row[self.at].is_word:
            part = self._part()
            if part is None or not self._take(*part):
                return

    def _text(self, at: int) -> str:
        return self.row[at].text if at < len(self.row) else ""

    def _part(self) -> tuple[str, int, int, bool] | None:
        """Kind, value, how many tokens, and whether "and" binds it to the part before."""
        lexicon = _lexicon()
        word, following = self._text(self.at), self._text(self.at + 1)
        entry, step, bound = None, 1, False
        if self.seen and word in lexicon.joins:
            entry, step, bound = lexicon.words.get(following), 2, True
            if entry is not None and entry[0] in ("million", "one and a half"):
                return None
        elif not self.seen and word in _ARTICLES and following in ("hundred", "thousand", "grand"):
            entry, step = (("hundred", 100) if following == "hundred" else ("thousand", 1000)), 2
        else:
            entry = _entry(word, first=not self.seen)
            bound = self.seen and word[0] in _BOUND and word not in lexicon.words
        if entry is None or word in _TOUCHING:
            return None
        plural = entry[0] == "thousand" and lexicon.thousand.isdisjoint(bare(word))
        if plural and not self.seen and step == 1 and _entry(following, first=False) is None:
            return None
        kind, value = entry
        if kind == "hundreds" and not self.seen:
            return None
        following = self._text(self.at + step)
        if kind == "unit" and value < 10:
            if following in _TEN and self.level >= 100:
                return "teen", 10 + value, step + 1, bound
            if (following in lexicon.hundred and value > 1 and self.level > 100) or following == "hundred":
                return "hundred", value * 100, step + 1, bound
        if kind == "teen" and value > 10 and following == "hundred":
            return "hundred", value * 100, step + 1, bound
        return kind, value, step, bound

    def _take(self, kind: str, value: int, step: int, bound: bool) -> bool:
        """Add a part; False when the number ends with it or before it."""
        if kind == "one and a half":
            following = _lexicon().words.get(self._text(self.at + 1), ("", 0))
            if not self.seen and following[0] == "thousand":
                self._end(Decimal(1500), 2)
            return False
        if kind == "whole":
            if not self.seen:
                self._end(Decimal(value), 1)
            return False
        if kind in ("thousand", "million", "two thousand"):
            return self._thousands(kind, value, step)
        size = {"unit": 1, "teen": 10, "ten": 10}.get(kind, 100)
        fits = size < self.level and not (kind == "teen" and self.level == 10)
        units_first = kind == "ten" and self.level == 1 and bound and 0 < self.group % 10 == self.group % 100
        if fits or units_first:
            self.group += value
            self.level = 1 if kind == "teen" else size
            self.at, self.seen = self.at + step, True
            half = _half(self.row, self.at) if kind == "unit" else 0
            if half and _lexicon().words.get(self._text(self.at + half), ("", 0))[0] == "thousand":
                self.group, self.at = self.group + Decimal("0.5"), self.at + half
            return True
        near = self.level == 10 and value != 90 and self.group % 100 == value - 10  # "forty fifty": more or less
        if kind == "ten" and self.seen and not bound and self.level <= 10 and self.group + self.total > 0 and not near:
            self.cents, self.at = Decimal(value), self.at + step
            unit = _entry(self._text(self.at), first=False) if self.at < len(self.row) else None
            if unit and unit[0] == "unit":
                self.cents, self.at = self.cents + unit[1], self.at + 1
        return False

    def _thousands(self, kind: str, value: int, step: int) -> bool:
        if kind == "two thousand":
            if self.seen:
                return False
            self.total = Decimal(2000)
        elif self.seen and self.total and self.level < 10_000 and self.group == 0:
            return False
        else:
            self.total += (self.group or Decimal(1)) * value
        self.group, self.level = Decimal(0), 1000
        self.at, self.seen = self.at + step, True
        half = _half(self.row, self.at)
        if half:
            self.total += min(value, 1000) // 2 if kind != "million" else value // 2
            self.at += half
            return False
        value_here, at = _hundreds_in_digits(self.row, self.at, self.total)
        if at != self.at:
            self.total, self.at = value_here, at
            return False
        return True

    def _end(self, value: Decimal, step: int) -> None:
        self.total, self.at, self.seen = value, self.at + step, True


_ARTICLES = frozenset(("a", "an"))
_TEN = frozenset(("\u05e2\u05e9\u05e8\u05d4", "\u05e2\u05e9\u05e8"))
