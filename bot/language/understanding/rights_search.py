"""A small lexical search over the rights: titles weigh more than claims, rare words more than common ones.

Words of one line in ``words/rights.yaml`` are looked for as one, whatever their language.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache

from bot.language.understanding.matcher import Matcher
from bot.language.understanding.normalise import bare, script, words
from bot.language.understanding.wordlists import phrases, read_lists, word_set

__all__ = ["RightsIndex"]

_MIN = 0.34
"""What part of the query's weight must be found."""


@cache
def _same() -> Matcher:
    lines = read_lists("rights")["same"].splitlines()
    return Matcher((phrase, n) for n, line in enumerate(lines) for phrase in phrases(line))


@cache
def _stop() -> frozenset[str]:
    return word_set(read_lists("rights")["stop"])


class RightsIndex:
    """The rights of one country in one language."""

    __slots__ = ("_postings", "_weights")

    def __init__(self, rights: Iterable[tuple[str, str, str]]) -> None:
        """``rights``: id, title, claim."""
        self._postings: dict[str, dict[str, float]] = {}
        count = 0
        for right, title, claim in rights:
            count += 1
            for text, weight in ((title, 3.0), (claim, 1.0)):
                row = words(text)
                groups = {group for found in _groups(row) for group in found}
                for stem in {s for w in row for s in _stems(w)} | groups:
                    shelf = self._postings.setdefault(stem, {})
                    shelf[right] = max(shelf.get(right, 0.0), weight)
        self._weights = {s: math.log(1 + count / len(shelf)) for s, shelf in self._postings.items()}

    def find(self, text: str) -> list[str]:
        """The ids of the rights that a few words are about, the best first; empty when nothing fits well."""
        row = words(text)[:60]
        query = {w: g for w, g in zip(row, _groups(row), strict=True) if g or (w not in _stop() and len(w) > 1)}
        if not query:
            return []
        scores: dict[str, float] = {}
        covered: dict[str, float] = {}
        total = 0.0
        for word, groups in query.items():
            best: dict[str, float] = {}
            weight = 0.0
            for stem in (*_stems(word), *groups):
                for right, value in self._postings.get(stem, {}).items():
                    best[right] = max(best.get(right, 0.0), value * self._weights[stem])
                weight = max(weight, self._weights.get(stem, 0.0))
            total += weight or 2.0
            for right, value in best.items():
                scores[right] = scores.get(right, 0.0) + value
                covered[right] = covered.get(right, 0.0) + (weight or 2.0)
        good = [r for r in scores if covered[r] >= _MIN * total]
        if not good:
            return []
        good.sort(key=lambda r: (-scores[r], r))
        return [r for r in good if scores[r] >= 0.35 * scores[good[0]]]


def _groups(row: Sequence[str]) -> list[tuple[str, ...]]:
    """For each word the lines of synonyms that it is of, alone or with its neighbours."""
    found: list[list[str]] = [[] for _ in row]
    for hit in _same().find(row):
        for place in range(hit.first, hit.last):
            found[place].append(f"={hit.label}")
    return [tuple(groups) for groups in found]


def _stems(word: str) -> Sequence[str]:
    """Rough stems: without particles, and without the usual endings."""
    kind = script(word)
    found = dict.fromkeys(form for form in bare(word) if len(form) > 2 or form == word)
    for form in list(found):
        for ending in _ENDINGS.get(kind, ()):
            if form.endswith(ending) and len(form) - len(ending) >= 3:
                found[form[: -len(ending)]] = None
        if kind == "ru" and len(form) > 5:
            found[form[:5]] = None
    return list(found)


_ENDINGS = {
    "he": ("ימ", "ות", "ה", "י", "ת"),
    "en": ("s", "es", "ed", "ing", "al", "ment", "ly"),
    "ar": ("ات", "ين", "ون", "ه", "ي"),
    "ru": (),
}
