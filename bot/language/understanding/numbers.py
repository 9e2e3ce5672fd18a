"""Numbers in digits and in words: "1,300", "2k", "מאתיים", "thirty nine ninety", "полторы тысячи", "ثلاثمية"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.language.understanding.normalise import Token, bare, fold

__all__ = ["Number", "figure", "numbers"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the tokens it is made of (from ``first`` up to, not including, ``last``)."""

    value: Decimal
    first: int
    last: int
    spoken: bool
    """Written in words, at least in part."""


def _names(*groups: tuple[int, str]) -> dict[str, int]:
    return {fold(word): value for value, line in groups for word in line.split()}


_UNITS = _names(
    (1, "אחת אחד one один одна одну واحد وحده"),
    (2, "שתיים שניים שתי שני שנים two два две اثنين تنين ثنين اثنان"),
    (3, "שלוש שלושה שלושת three три ثلاثه ثلاث تلاته تلت ثلث"),
    (4, "ארבע ארבעה ארבעת four четыре اربعه اربع"),
    (5, "חמש חמישה חמשה חמשת חמישת five пять пяти خمسه خمس"),
    (6, "שש שישה ששה ששת שישת six шесть سته ست"),
    (7, "שבע שבעה שבעת seven семь سبعه سبع"),
    (8, "שמונה שמונת eight восемь ثمانيه ثماني تمانيه تمن ثمان"),
    (9, "תשע תשעה תשעת nine девять تسعه تسع"),
)
_TEENS = _names(
    (10, "עשר עשרה עשרת ten десять عشره عشر"),
    (11, "eleven одиннадцать احدعش حداشر احدعشر"),
    (12, "twelve двенадцать اطنعش اتناشر اثناعشر طنعش"),
    (13, "thirteen тринадцать ثلاثطعش تلتعش"),
    (14, "fourteen четырнадцать اربعطعش"),
    (15, "fifteen пятнадцать خمسطعش"),
    (16, "sixteen шестнадцать ستطعش"),
    (17, "seventeen семнадцать سبعطعش"),
    (18, "eighteen восемнадцать ثمنطعش تمنطعش"),
    (19, "nineteen девятнадцать تسعطعش"),
)
_TENS = _names(
    (20, "עשרים twenty двадцать عشرين عشرون"),
    (30, "שלושים thirty тридцать ثلاثين تلاتين ثلاثون"),
    (40, "ארבעים forty fourty сорок اربعين اربعون"),
    (50, "חמישים חמשים fifty пятьдесят خمسين خمسون"),
    (60, "שישים ששים sixty шестьдесят ستين ستون"),
    (70, "שבעים seventy семьдесят سبعين سبعون"),
    (80, "שמונים eighty восемьдесят ثمانين تمانين ثمانون"),
    (90, "תשעים ninety девяносто تسعين تسعون"),
)
_HUNDREDS = _names(
    (100, "מאה сто сотню сотка ميه مايه ميت مايه مييه"),
    (200, "מאתיים מאתים двести ميتين مايتين ميتان مييتين"),
    (300, "триста ثلاثميه تلاتميه تلتميه ثلاثمايه ثلثميه تلثميه"),
    (400, "четыреста اربعميه اربعمايه"),
    (500, "пятьсот خمسميه خمسمايه"),
    (600, "шестьсот ستميه ستمايه"),
    (700, "семьсот سبعميه سبعمايه"),
    (800, "восемьсот ثمانميه تمنميه ثمنميه ثمانمايه"),
    (900, "девятьсот تسعميه تسعمايه"),
)
_HUNDRED = frozenset(fold("מאות מאה hundred hundreds сотни сотен ميه مايه").split())
_THOUSAND = frozenset(
    fold(
        "אלף אלפים thousand thousands grand k тысяча тысячи тысяч тысячу тыс тыщ тыща тыщи тыщу штука штуки الف الاف تلاف"
    ).split()
)
_TWO_THOUSAND = frozenset(fold("אלפיים الفين الفان").split())
_MILLION = frozenset(fold("מיליון million миллион миллиона миллионов млн مليون").split())
_ONE_AND_A_HALF = frozenset(fold("полторы полтора").split())
_HALF = frozenset(fold("חצי וחצי half ونص ونصف نص نصف половиной").split())
_AND = frozenset(fold("and и و ו a an").split())
_BOUND = "\u05d5\u0648"
"""Hebrew and Arabic "and", written together with the next word."""
_SPECIAL = {fold("полтинник"): 50, fold("полторашка"): 1500, fold("пятихатка"): 500}

_LEXICON: dict[str, tuple[str, int]] = {
    **{w: ("unit", v) for w, v in _UNITS.items()},
    **{w: ("teen", v) for w, v in _TEENS.items()},
    **{w: ("ten", v) for w, v in _TENS.items()},
    **{w: ("hundred", v) for w, v in _HUNDREDS.items()},
    **{w: ("hundreds", 100) for w in _HUNDRED if w not in _HUNDREDS},
    **dict.fromkeys(_THOUSAND, ("thousand", 1000)),
    **dict.fromkeys(_TWO_THOUSAND, ("two thousand", 2000)),
    **dict.fromkeys(_MILLION, ("million", 1000000)),
    **dict.fromkeys(_ONE_AND_A_HALF, ("one and a half", 0)),
    **{w: ("whole", v) for w, v in _SPECIAL.items()},
}


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
    if last < len(row) and row[last].is_word:
        kind = _kind(row[last].text)
        if kind in ("thousand", "hundreds", "million") and value < 1000:
            value *= {"thousand": 1000, "hundreds": 100, "million": 1_000_000}[kind]
            last, spoken = last + 1, True
            half = _half(row, last)
            if half:
                value += Decimal({"thousand": 500, "hundreds": 50, "million": 500_000}[kind])
                last += half
            elif kind == "thousand":
                rest = _spoken(row, last) if last < len(row) and row[last].is_word else None
                if rest is not None and rest.value < 1000:
                    value, last = value + rest.value, rest.last
                elif last < len(row) and re.fullmatch(r"[1-9]\d{2}", row[last].text) and not _clash(row, last):
                    value, last = value + Decimal(row[last].text), last + 1
    return Number(value, at, last, spoken)


def _clash(row: Sequence[Token], at: int) -> bool:
    """Whether the digits at a place belong to what follows them rather than to the number before."""
    return at + 1 < len(row) and row[at + 1].text in "-/:"


def _spaced(row: Sequence[Token], at: int) -> bool:
    return row[at].start - row[at - 1].end == 1


def _kind(word: str) -> str | None:
    entry = _entry(word, first=False)
    return entry[0] if entry else None


def _entry(word: str, *, first: bool) -> tuple[str, int] | None:
    """What a word stands for in a number; particles may precede its first word, and "and" every later one."""
    if word in _LEXICON:
        return _LEXICON[word]
    if len(word) > 2:
        if first:
            for form in bare(word)[1:]:
                if len(form) >= 3 and form in _LEXICON and _LEXICON[form][0] not in ("unit", "teen", "thousand"):
                    return _LEXICON[form]
                if len(form) >= 3 and form in _LEXICON:
                    return _LEXICON[form]
        elif word[0] in "וو" and word[1:] in _LEXICON:
            return _LEXICON[word[1:]]
    return None


def _half(row: Sequence[Token], at: int) -> int:
    """How many tokens say "and a half" here."""
    if at < len(row) and row[at].text in ("וחצי", "ונצ", "ونص", "ونصف"):
        return 1
    if at + 1 < len(row) and row[at].text in _AND | {"с"} and row[at + 1].text in _HALF:
        return 2
    if at + 2 < len(row) and row[at].text == "and" and row[at + 1].text == "a" and row[at + 2].text == "half":
        return 3
    return 0


def _spoken(row: Sequence[Token], start: int) -> Number | None:
    """A number in words that begins here: groups up to a thousand, thousands, and hundredths said as tens."""
    total, group, level = Decimal(0), Decimal(0), 10_000
    """``level``: the size of the last part of the group; only smaller parts may follow."""
    at, cents, seen = start, Decimal(0), False
    while at < len(row) and row[at].is_word:
        word = row[at].text
        joined = seen and word in _AND and at + 1 < len(row) and word not in ("a", "an")
        if joined:
            entry = _LEXICON.get(row[at + 1].text)
            if entry is None or entry[0] in ("million", "one and a half"):
                break
            step = 2
        elif (
            not seen
            and word in ("a", "an")
            and at + 1 < len(row)
            and row[at + 1].text in ("hundred", "thousand", "grand")
        ):
            entry, step = (("hundred", 100) if row[at + 1].text == "hundred" else ("thousand", 1000)), 2
        else:
            entry, step = _entry(word, first=not seen), 1
        if entry is None:
            break
        kind, value = entry
        bound = joined or (seen and word[0] in "וو" and word not in _LEXICON)
        if kind == "unit":
            nxt = row[at + step].text if at + step < len(row) else ""
            if nxt in ("עשרה", "עשר") and level >= 100 and value < 10:
                kind, value, step = "teen", 10 + value, step + 1
            elif (nxt in _HUNDRED and value > 1 and level > 100) or nxt == "hundred":
                kind, value, step = "hundred", value * 100, step + 1
        size = {"unit": 1, "teen": 10, "ten": 10, "hundred": 100}.get(kind, 0)
        if kind == "one and a half":
            nxt = _LEXICON.get(row[at + 1].text) if at + 1 < len(row) else None
            if seen or nxt is None or nxt[0] != "thousand":
                break
            return Number(Decimal(1500), start, at + 2, True)
        if kind == "whole":
            if seen:
                break
            return Number(Decimal(value), start, at + 1, True)
        if kind in ("thousand", "million"):
            if seen and total and level < 10_000 and group == 0:
                break
            total += (group or Decimal(1)) * value
            group, level = Decimal(0), 1000
            at, seen = at + step, True
            half = _half(row, at)
            if half:
                return Number(total + value // 2, start, at + half, True)
            continue
        if kind == "two thousand":
            if seen:
                break
            total, level, at, seen = Decimal(2000), 1000, at + step, True
            half = _half(row, at)
            if half:
                return Number(total + 500, start, at + half, True)
            continue
        fits = size < level and not (kind == "teen" and level == 10)
        arabic_units_first = kind == "ten" and level == 1 and bound and 0 < group % 10 == group % 100
        if fits or arabic_units_first:
            group += value
            level = 1 if kind == "teen" else size
            at, seen = at + step, True
            continue
        near = level == 10 and value != 90 and group % 100 == value - 10  # "forty fifty": more or less
        if kind == "ten" and seen and not bound and level <= 10 and group + total > 0 and not near:
            cents, at = Decimal(value), at + step
            if at < len(row):
                unit = _entry(row[at].text, first=False)
                if unit and unit[0] == "unit" and unit[1] < 10:
                    cents, at = cents + unit[1], at + 1
        break
    if not seen:
        return None
    return Number(total + group + cents / 100, start, at, True)
