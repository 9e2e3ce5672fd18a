"""The numbers of a sentence and of its translation: a sum or a time limit is the same in every language."""

from __future__ import annotations

import re

__all__ = ["other_numbers"]

_NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f ]\d+)*")
_NAMES = re.compile(r"[^\W\d_]\d[\d.,:]*")
"""A number glued to a letter can be part of a name or of a section: IC3, 13A1."""
_GROUPED = re.compile(r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?")
_DATED_LAW = re.compile(r"\b(Law|Act|Regulations|Order)s? \d{4}")
"""Elsewhere a law is named without its year."""

_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ENGLISH = dict(enumerate((*_UNITS, *_TEENS), start=1))
_SAID = {
    "he": {3: "שלוש", 4: "ארבע", 5: "חמש|חמיש", 6: "שש|שיש", 7: "שבע", 8: "שמונ", 9: "תשע", 10: "עשר", 24: "יממה"},
    "ar": {3: "ثلاث", 4: "أربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثمان", 9: "تسع", 10: "عشر", 24: "الساعة"},
    "ru": {3: "тр[иёе]", 4: "чет", 5: "пят", 6: "шест", 7: "сем", 8: "вос", 9: "дев", 10: "дес", 24: "круглосуточ"},
}
"""The stems of small numbers, which good style writes as words."""
_SMALL = 2
"""One and two are words, duals or nothing at all."""
_NOON = 12
"""An hour of the afternoon is written on a clock of 12 or of 24 hours."""


def _numbers(text: str) -> set[str]:
    found: set[str] = set()
    for match in _NUMBER.finditer(text):
        written = match.group()
        if _GROUPED.fullmatch(written):
            found.add(re.sub(r"[,\u00a0\u202f ]", "", written))
        else:
            found.update(re.split(r"[:\u00a0\u202f ]", written.replace(",", ".")))
    return {number.rstrip(".") for number in found}


def other_numbers(source: str, translation: str, language: str) -> list[str]:
    """The numbers that stand in one of the two alone, however they are written; smaller ones may be words."""
    every, there = _numbers(source), _numbers(translation)
    here = _numbers(_NAMES.sub("", _DATED_LAW.sub("", source)))
    lacking = here - there - {str(int(n) - _NOON) for n in there if n.isdigit() and int(n) > _NOON}
    added = _numbers(_NAMES.sub("", translation)) - every - {str(int(n) + _NOON) for n in every if n.isdigit()}
    lacking = {number for number in lacking if not _written_out(number, translation, language)}
    added = {number for number in added if not _in_english(number, source)}
    return sorted(lacking) + sorted(added)


def _written_out(number: str, text: str, language: str) -> bool:
    if not number.isdigit():
        return False
    stem = _SAID.get(language, {}).get(int(number))
    return int(number) <= _SMALL or (stem is not None and re.search(stem, text, re.IGNORECASE) is not None)


def _in_english(number: str, source: str) -> bool:
    if not number.isdigit():
        return False
    word = _ENGLISH.get(int(number))
    return word is not None and re.search(rf"\b{word}\b", source, re.IGNORECASE) is not None
