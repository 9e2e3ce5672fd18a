"""Finds words and phrases of many spellings in a row of words, fast.

A pattern is one to five words; a word that ends with ``*`` stands for every word that begins so. Hebrew and Arabic
particles written together with a word do not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.language.understanding.normalise import bare, fold, tokens

__all__ = ["Hit", "Matcher"]

_SHORTEST_STEM = 2
_REMEMBERED = 4096
"""Words whose patterns are remembered; then it starts anew, so that memory stays small."""

_Entry = tuple[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found, and the words it covers (from ``first`` up to, not including, ``last``)."""

    label: int
    first: int
    last: int


class Matcher:
    """Many patterns, each with a label (a number), looked for all at once."""

    __slots__ = ("_exact", "_forms", "_lengths", "_seen", "_stems")

    def __init__(
        self,
        patterns: Iterable[tuple[str, int]],
        *,
        folded: bool = False,
        forms: Callable[[str], Sequence[str]] = bare,
    ) -> None:
        """``folded``: the patterns were folded already; ``forms``: a word with and without particles."""
        self._forms = forms
        self._exact: dict[str, list[_Entry]] = {}
        self._stems: dict[str, list[_Entry]] = {}
        self._seen: dict[str, tuple[_Entry, ...]] = {}
        for pattern, label in patterns:
            parts = _parts(pattern if folded else fold(pattern))
            if not parts:
                continue
            first, rest = parts[0], tuple(parts[1:])
            if first.endswith("*"):
                self._stems.setdefault(first[:-1], []).append((rest, label))
            else:
                self._exact.setdefault(first, []).append((rest, label))
        self._lengths: dict[str, list[int]] = {}
        """The first two letters of stems -> how long the stems are that begin so."""
        for head, size in sorted({(stem[:_SHORTEST_STEM], len(stem)) for stem in self._stems}):
            self._lengths.setdefault(head, []).append(size)

    def find(self, row: Sequence[str]) -> list[Hit]:
        """Every pattern found, also where they overlap, from left to right."""
        hits = []
        for at, word in enumerate(row):
            for rest, label in self._starting(word):
                last = at + 1 + len(rest)
                if not rest or (last <= len(row) and all(self._fits(p, row[at + 1 + i]) for i, p in enumerate(rest))):
                    hits.append(Hit(label, at, last))
        return hits

    def _starting(self, word: str) -> tuple[_Entry, ...]:
        known = self._seen.get(word)
        if known is not None:
            return known
        found: dict[_Entry, None] = {}
        for form in self._forms(word):
            for entry in self._exact.get(form, ()):
                found[entry] = None
            for size in self._lengths.get(form[:_SHORTEST_STEM], ()):
                for entry in self._stems.get(form[:size], ()):
                    found[entry] = None
        result = tuple(found)
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        self._seen[word] = result
        return result

    def _fits(self, pattern: str, word: str) -> bool:
        if pattern.endswith("*"):
            stem = pattern[:-1]
            return any(form.startswith(stem) for form in self._forms(word))
        return pattern == word or pattern in self._forms(word)


def _parts(pattern: str) -> list[str]:
    parts = pattern.split()
    if all(p.isalnum() and not (p[0].isdigit() and not p.isdigit()) for part in parts if (p := part.removesuffix("*"))):
        return parts
    return [
        token.text + ("*" if pattern[token.end : token.end + 1] == "*" else "")
        for token in tokens(pattern)
        if token.is_word or token.is_number
    ]
