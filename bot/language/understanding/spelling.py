"""Near spellings: finds the known word that a mistyped one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Speller", "distance", "skeleton"]

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


def skeleton(word: str) -> str:
    """The word with letters that sound alike made one, and doubled letters single."""
    word = word.translate(_SOUNDS)
    return "".join(char for i, char in enumerate(word) if i == 0 or char != word[i - 1])


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


class Speller:
    """Known words, to be found from near spellings."""

    __slots__ = ("_deletes", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted({skeleton(w) for w in words if len(w) >= 4})
        self._deletes: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            for shorter in _shorter(word, _reach(word)):
                self._deletes.setdefault(shorter, []).append(number)

    def near(self, word: str) -> list[tuple[int, str]]:
        """The known skeletons within reach of a word, with their distance, the nearest first."""
        key = skeleton(word)
        reach = _reach(key)
        seen: set[int] = set()
        for shorter in _shorter(key, reach):
            seen.update(self._deletes.get(shorter, ()))
        found = []
        for number in seen:
            known = self._words[number]
            limit = min(reach, _reach(known))
            far = distance(key, known, limit)
            if far <= limit:
                found.append((far, known))
        return sorted(found)


def _reach(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 9 else 2


def _shorter(word: str, reach: int) -> set[str]:
    found = {word}
    edge = {word}
    for _ in range(reach):
        edge = {w[:i] + w[i + 1 :] for w in edge for i in range(len(w))}
        found |= edge
    return found
