"""Concepts shared by the four languages: a hand-written list of ways to say them, found in the words of a message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from bot.language.understanding.normalise import bare, words

__all__ = ["LEXICON", "Lexicon", "read_lexicon"]

LEXICON = Path(__file__).with_name("lexicon.txt")
_Part = tuple[str, bool]


class Lexicon:
    """Finds concepts. An entry is the beginning of a word, a whole word, or several in a row."""

    def __init__(self, text: str) -> None:
        self.concepts: list[str] = []
        numbers: dict[str, int] = {}
        concept = -1
        self._whole: defaultdict[str, list[tuple[int, tuple[_Part, ...]]]] = defaultdict(list)
        self._begin: defaultdict[str, list[tuple[int, tuple[_Part, ...]]]] = defaultdict(list)
        for line in text.splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            if not line.startswith(" "):
                concept = numbers.setdefault(line.strip(), len(numbers))
                continue
            for entry in line.split():
                self._add(concept, entry)
        self.concepts = list(numbers)
        self._misspelt = self._spoil()

    def _add(self, concept: int, entry: str) -> None:
        parts: list[_Part] = []
        for piece in entry.split("_"):
            folded = words(piece)
            exact = piece.endswith("=")
            parts += [(word, exact or place < len(folded) - 1 or len(word) < 3) for place, word in enumerate(folded)]
        if parts:
            (word, exact), *rest = parts
            (self._whole if exact else self._begin)[word].append((concept, tuple(rest)))

    def _spoil(self) -> dict[str, set[int]]:
        """Entries of one longer word with a letter left out, and what they mean."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for table in (self._begin, self._whole):
            for word, entries in table.items():
                if 5 <= len(word) <= 10:
                    concepts = {concept for concept, rest in entries if not rest}
                    for shorter in _shorter(word) if concepts else ():
                        found[shorter] |= concepts
        return dict(found)

    def guess(self, word: str) -> set[int]:
        """The concepts that a misspelt word speaks of: one letter too few, too many, other or swapped."""
        found: set[int] = set()
        for form in bare(word):
            for cut in range(5, min(len(form), 11) + 1):
                head = form[:cut]
                found |= self._misspelt.get(head, set())
                for shorter in _shorter(head):
                    found |= self._misspelt.get(shorter, set())
                    found |= {concept for concept, rest in self._begin.get(shorter, ()) if not rest and cut > 5}
        return found

    def hits(self, row: Sequence[str]) -> list[tuple[int, int]]:
        """The place and the number of each concept that folded words speak of."""
        found: set[tuple[int, int]] = set()
        for place, word in enumerate(row):
            for form in bare(word):
                if form in self._whole:
                    self._check(self._whole[form], row, place, found)
                for cut in range(2, min(len(form), 16) + 1):
                    head = form[:cut]
                    if head in self._begin:
                        self._check(self._begin[head], row, place, found)
        return sorted(found)

    @staticmethod
    def _check(
        entries: list[tuple[int, tuple[_Part, ...]]], row: Sequence[str], place: int, found: set[tuple[int, int]]
    ) -> None:
        for concept, rest in entries:
            if place + len(rest) < len(row) and all(
                any(form == word if exact else form.startswith(word) for form in bare(row[place + step]))
                for step, (word, exact) in enumerate(rest, 1)
            ):
                found.add((place, concept))


def _shorter(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


@lru_cache(maxsize=1)
def read_lexicon() -> Lexicon:
    """The lexicon of the package."""
    return Lexicon(LEXICON.read_text(encoding="utf-8"))
