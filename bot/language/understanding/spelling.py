"""Near spellings: finds the known word that a mistyped one was meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["Speller", "distance", "skeleton", "slip"]

_SOUNDS = str.maketrans(
    {
        "ט": "ת",
        "ק": "כ",
        "ע": "א",
        "ח": "כ",
        "ש": "ס",
        "ه": "ا",
        "غ": "ج",
        "ق": "ك",
        "ذ": "د",
        "ث": "ت",
        "ظ": "ض",
        "о": "а",
        "э": "е",
        "и": "е",
        "ы": "е",
        "й": "е",
        "ю": "у",
        "я": "а",
        "ь": None,
        "ъ": None,
        "c": "k",
        "q": "k",
        "z": "s",
        "y": "i",
    }
)
_SOFT_C = re.compile("c(?=[eiy])")
_DOUBLED = re.compile(r"(.)\1+")
_SHORTEST = 4
"""Letters of a skeleton below which nothing is near it but itself."""


def skeleton(word: str) -> str:
    """The word with letters that sound alike made one, and doubled letters single."""
    if word.isascii():
        word = _SOFT_C.sub("s", word.replace("ph", "f"))
    word = word.translate(_SOUNDS)
    return _DOUBLED.sub(r"\1", word)


def distance(a: str, b: str, limit: int) -> int:
    """How many letters to add, drop, change or swap with their neighbour; ``limit`` + 1 when more than ``limit``."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, right in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


_KEYBOARDS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("/'קראטונםפ", "שדגכעיחלךף", "זסבהנמצתץ"),
    ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرلاىةوزظ"),
)
_REMEMBERED = 4096
"""Words whose neighbours are remembered; then it starts anew, so that memory stays small."""
_VOWELS = frozenset("aeiouyאהויעаеиоуыэюяйьاويه")
_LONG = 7
"""Letters from which any one slip of a name still leaves it recognisable."""


def _neighbours() -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for rows in _KEYBOARDS:
        for y, row in enumerate(rows):
            for x, key in enumerate(row):
                for line in rows[max(0, y - 1) : y + 2]:
                    found.update((key, other) for other in line[max(0, x - 1) : x + 2] if other != key)
    return frozenset(found)


_BESIDE = _neighbours()
"""Pairs of keys that stand side by side on a keyboard."""


def slip(typed: str, known: str) -> bool:
    """Whether a word is a plausible mistyping of a known one: it sounds the same, or one key went wrong.

    Of a short word, only a wrong key that people really hit: a neighbour on the keyboard, a vowel letter, a letter
    typed twice, two letters swapped.
    """
    if skeleton(typed) == skeleton(known):
        return distance(typed, known, 2) <= 2
    if distance(typed, known, 1) > 1:
        return False
    start = 0
    while start < min(len(typed), len(known)) and typed[start] == known[start]:
        start += 1
    if len(typed) == len(known):
        left, right = typed[start], known[start]
        swapped = typed[start + 1 : start + 2] == right and known[start + 1 : start + 2] == left
        if swapped:
            return len(known) > _SHORTEST or start > 0
        if len(known) <= _SHORTEST:
            return False
        return (left, right) in _BESIDE or (start > 0 and len(known) >= _LONG)
    if start == 0 or len(known) <= _SHORTEST:
        return False
    longer = typed if len(typed) > len(known) else known
    letter = longer[start]
    if letter in _VOWELS or letter == longer[start - 1] or len(known) >= _LONG:
        return True
    if longer is typed:
        return (letter, longer[start - 1]) in _BESIDE or (letter, longer[start + 1 : start + 2]) in _BESIDE
    return len(known) > 5


class Speller:
    """Known words, to be found from spellings that sound like them or are one letter off.

    Every word is filed under itself and under what is left of it without any one letter, so that a look-up is a few
    dictionary accesses (the symmetric deletes of SymSpell, https://github.com/wolfgarbe/SymSpell).
    """

    __slots__ = ("_by_skeleton", "_seen", "_shorter")

    def __init__(self, words: Iterable[str]) -> None:
        self._by_skeleton: dict[str, list[str]] = {}
        for word in words:
            self._by_skeleton.setdefault(skeleton(word), []).append(word)
        self._shorter: dict[str, tuple[str, ...]] = {}
        for key in self._by_skeleton:
            alone = (key,)  # one for all of a key's: most have no other
            for shorter in _shorter(key):
                others = self._shorter.get(shorter)
                self._shorter[shorter] = alone if others is None else (*others, key)
        self._seen: dict[str, list[str]] = {}

    def near(self, word: str) -> list[str]:
        """The known words of which a word is a plausible mistyping, those that sound the same first."""
        known = self._seen.get(word)
        if known is not None:
            return known
        key = skeleton(word)
        index = self._shorter
        near = {k for shorter in _shorter(key) if shorter in index for k in index[shorter]}
        found = [(k != key, name) for k in near for name in self._by_skeleton[k] if slip(word, name)] if near else []
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        result = self._seen[word] = [name for _, name in sorted(found)]
        return result


def _shorter(key: str) -> set[str]:
    """A skeleton, and what is left of it without any one of its letters."""
    if len(key) < _SHORTEST:
        return {key}
    return {key, *[key[:i] + key[i + 1 :] for i in range(len(key))]}
