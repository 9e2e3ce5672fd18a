"""Which button a typed text names: its words, its number, or its clear beginning; never a loose guess."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language.understanding.normalise import bare, fold, words

__all__ = ["choose"]

_NUMBERS = {
    fold(word): number
    for number, line in enumerate(
        (
            "one first אחת ראשון ראשונה один первый первая первое واحد اول الاول",
            "two second שתיים שני שניה שנייה два второй вторая второе اثنين تنين ثاني الثاني",
            "three third שלוש שלישי שלישית три третий третья третье ثلاثه تلاته ثالث الثالث",
            "four fourth ארבע רביעי רביעית четыре четвертый اربعه رابع الرابع",
            "five fifth חמש חמישי חמישית пять пятый خمسه خامس الخامس",
        ),
        1,
    )
    for word in line.split()
}
_FILLER = frozenset(
    fold(w)
    for w in [
        "the",
        "a",
        "אני",
        "רוצה",
        "את",
        "האפשרות",
        "אפשרות",
        "option",
        "number",
        "מספר",
        "вариант",
        "номер",
        "رقم",
        "خيار",
        "بدي",
        "я",
        "хочу",
        "i",
        "want",
        "choose",
        "button",
        "כפתור",
        "кнопка",
    ]
)


def choose(text: str, labels: Sequence[str]) -> int | None:
    """The index of the label that a typed text names, or None."""
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
    short = [w for w in typed if w not in _FILLER]
    if len(short) == 1 and len(typed) > 1 and short[0].isdigit() and not any(short[0] in row for row in rows):
        return _at(int(short[0]), labels)
    if len(short) == 1 and short[0] in _NUMBERS and not any(set(bare(short[0])) & set(row) for row in rows):
        return _at(_NUMBERS[short[0]], labels) if len(labels) > 2 else None
    return _beginning(typed, rows)


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
