"""Finds words and phrases of many spellings in a row of words, fast.

A pattern is one to five words; a word that ends with ``*`` stands for every word that begins so. Hebrew and Arabic
particles written together with a word do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.language.understanding.normalise import bare, fold, tokens

__all__ = ["Hit", "Matcher"]

_SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found, and the words it covers (from ``first`` up to, not including, ``last``)."""

    label: int
    first: int
    last: int


class Matcher:
    """Many patterns, each with a label (a number), looked for all at once."""

    __slots__ = ("_exact", "_seen", "_stems")

    def __init__(self, patterns: Iterable[tuple[str, int]]) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self._stems: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self._seen: dict[str, tuple[tuple[tuple[str, ...], int], ...]] = {}
        for pattern, label in patterns:
            parts = _parts(pattern)
            if not parts:
                continue
            first, rest = parts[0], tuple(parts[1:])
            if first.endswith("*"):
                self._stems.setdefault(first[:-1], []).append((rest, label))
            else:
                self._exact.setdefault(first, []).append((rest, label))

    def find(self, row: Sequence[str]) -> list[Hit]:
        """Every pattern found, also where they overlap, from left to right."""
        hits = []
        for at, word in enumerate(row):
            for rest, label in self._starting(word):
                last = at + 1 + len(rest)
                if last <= len(row) and all(_fits(p, row[at + 1 + i]) for i, p in enumerate(rest)):
                    hits.append(Hit(label, at, last))
        return hits

    def _starting(self, word: str) -> tuple[tuple[tuple[str, ...], int], ...]:
        known = self._seen.get(word)
        if known is not None:
            return known
        found: dict[tuple[tuple[str, ...], int], None] = {}
        for form in bare(word):
            for entry in self._exact.get(form, ()):
                found[entry] = None
            for end in range(_SHORTEST_STEM, len(form) + 1):
                for entry in self._stems.get(form[:end], ()):
                    found[entry] = None
        result = tuple(found)
        if len(self._seen) > 4096:
            self._seen.clear()
        self._seen[word] = result
        return result


def _parts(pattern: str) -> list[str]:
    return [
        token.text + ("*" if folded[token.end : token.end + 1] == "*" else "")
        for folded in (fold(pattern),)
        for token in tokens(folded)
        if token.is_word or token.is_number
    ]


def _fits(pattern: str, word: str) -> bool:
    if pattern.endswith("*"):
        stem = pattern[:-1]
        return any(form.startswith(stem) for form in bare(word))
    return pattern == word or pattern in bare(word)
