"""Concepts shared by the four languages: a hand-written list of ways to say them, found in the words of a message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.language.understanding.normalise import bare, fold

__all__ = ["LEXICON", "Lexicon", "read_lexicon"]

LEXICON = Path(__file__).with_name("lexicon.txt")
_REMEMBERED = 2048
"""Words of which it is remembered what they, or misspelt ones, speak of."""
_LONGEST = 16
"""Letters of a word's beginning that are looked up."""
_Rows = tuple[tuple[int, str], ...]
"""The concept and the words after the first; a whole word ends with ``=``."""
_WORD = re.compile(r"\d+|[^\W\d_]+")


class _Entries:
    """Entries by their first word: the concepts of single words, and the rows of several."""

    def __init__(self) -> None:
        self.alone: dict[str, tuple[int, ...]] = {}
        self.rows: dict[str, _Rows] = {}


class Lexicon:
    """Finds concepts. An entry is the beginning of a word, a whole word, or several in a row."""

    def __init__(self, text: str) -> None:
        numbers: dict[str, int] = {}
        concept = -1
        self._whole, self._begin = _Entries(), _Entries()
        self.guess = lru_cache(_REMEMBERED)(self._guess)
        """The concepts that a misspelt word speaks of: one letter too few, too many, other or swapped."""
        self._entries = lru_cache(_REMEMBERED)(self._find_entries)
        for line in fold(text).replace("'", "").replace('"', "").splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            if not line.startswith(" "):
                concept = numbers.setdefault(line.strip(), len(numbers))
                continue
            for entry in line.split():
                self._add(concept, entry)
        self.concepts = list(numbers)

    def _add(self, concept: int, entry: str) -> None:
        parts: list[tuple[str, bool]] = []
        for piece in entry.split("_"):
            folded = _WORD.findall(piece)
            exact = piece.endswith("=")
            parts += [(word, exact or place < len(folded) - 1 or len(word) < 3) for place, word in enumerate(folded)]
        if parts:
            (word, exact), *rest = parts
            table = self._whole if exact else self._begin
            if not rest:
                table.alone[word] = (*table.alone.get(word, ()), concept)
            else:
                further = " ".join(f"{word}=" if exact else word for word, exact in rest)
                table.rows[word] = (*table.rows.get(word, ()), (concept, further))

    @cached_property
    def _misspelt(self) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint16]]:
        """Hashes of longer single words with a letter left out, in order, and the concept that each speaks of."""
        pairs = {
            (crc32(shorter.encode()), concept)
            for table in (self._begin, self._whole)
            for word, concepts in table.alone.items()
            if 5 <= len(word) <= 10
            for shorter in _shorter(word)
            for concept in concepts
        }
        keys, concepts = np.array(sorted(pairs), np.uint32).reshape(-1, 2).T
        return keys.copy(), concepts.astype(np.uint16)

    def _guess(self, word: str) -> frozenset[int]:
        found: set[int] = set()
        spellings: set[str] = set()
        for form in bare(word):
            for cut in range(5, min(len(form), 11) + 1):
                shorter = _shorter(form[:cut])
                spellings.update((form[:cut], *shorter))
                if cut > 5:
                    for head in shorter:
                        found.update(self._begin.alone.get(head, ()))
        keys, concepts = self._misspelt
        hashes = np.fromiter((crc32(spelling.encode()) for spelling in spellings), np.uint32, len(spellings))
        for first, last in zip(keys.searchsorted(hashes), keys.searchsorted(hashes, "right"), strict=True):
            found.update(concepts[first:last].tolist())
        return frozenset(found)

    def hits(self, row: Sequence[str]) -> list[tuple[int, int]]:
        """The place and the number of each concept that folded words speak of."""
        found: set[tuple[int, int]] = set()
        forms = [bare(word) for word in row]
        for place, word in enumerate(row):
            alone, rows = self._entries(word)
            found.update([(place, concept) for concept in alone])
            if rows and place + 1 < len(row):
                starts = {form[:1] for form in forms[place + 1]}
                for longer in rows:
                    for concept, rest in longer:
                        if rest[0] in starts and _go_on(rest, forms, place):
                            found.add((place, concept))
        return sorted(found)

    def _find_entries(self, word: str) -> tuple[tuple[int, ...], tuple[_Rows, ...]]:
        """The concepts that a word speaks of by itself, and the rows that it begins."""
        alone: list[int] = []
        rows: list[_Rows] = []
        for form in bare(word):
            heads = [form[:cut] for cut in range(2, min(len(form), _LONGEST) + 1)]
            for table, head in ((self._whole, form), *((self._begin, head) for head in heads)):
                alone += table.alone.get(head, ())
                if head in table.rows:
                    rows.append(table.rows[head])
        return tuple(alone), tuple(rows)


def _go_on(further: str, forms: Sequence[tuple[str, ...]], place: int) -> bool:
    """Whether the words after a place are the rest of an entry."""
    words = further.split()
    return place + len(words) < len(forms) and all(
        any(form == word[:-1] if word[-1] == "=" else form.startswith(word) for form in forms[place + step])
        for step, word in enumerate(words, 1)
    )


def _shorter(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


@lru_cache(maxsize=1)
def read_lexicon() -> Lexicon:
    """The lexicon of the package."""
    return Lexicon(LEXICON.read_text(encoding="utf-8"))
