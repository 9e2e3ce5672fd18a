"""Patterns of words, written as plain lines and found in clauses; the language of ``words/mood.yaml``.

A pattern a line: words that follow each other; ``a|b`` either; ``a*`` a beginning (three letters or more); ``a?`` may
be missing; ``@name`` a set of words; ``..`` up to three words between; `` + `` joins parts that stand near each other
in any order. `` // `` are words that silence it nearby, `` > `` words that silence it when they follow. ``#`` begins a
remark; an indented line goes on with the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.language.understanding.normalise import bare, fold, tokens

__all__ = ["Clause", "Element", "Hit", "WordPatterns", "clauses", "lines"]

GAP = 3
"""Words that ``..`` may stand for, at most."""
WINDOW = 7
"""Words around a part in which the other parts of an unordered pattern are looked for."""
NEAR = 4
"""Words before and after a match in which the words that silence it are looked for."""
STEM = 3
"""Letters by which patterns that begin with a stem are found."""

_ENDS = frozenset(".!?;")
_SHORTENED = re.compile(r"(?<!\w)(he|she|we)'ll(?!\w)")
"""Without its quote it would be another word: hell, shell, well."""
_DOUBLE = re.compile(r"([^\W\d_])\1")

Clause = Sequence[frozenset[str]]
"""For each word, the folded forms it may be read as."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a pattern stands: from the first word to after the last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: a word of some, or begun by one of some stems; or a gap of up to `GAP` words."""

    exact: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    optional: bool = False
    gap: bool = False

    def fits(self, forms: frozenset[str]) -> bool:
        """Whether a word may stand here."""
        if not self.exact.isdisjoint(forms):
            return True
        return bool(self.stems) and any(form.startswith(self.stems) for form in forms)

    @classmethod
    def of(cls, words: str, classes: Mapping[str, Sequence[str]] | None = None) -> Element:
        """One of some words, written ``a|b*|@name``.

        Raises:
            ValueError: something in it is no word.
            KeyError: a set of words that does not exist.
        """
        exact: set[str] = set()
        stems: list[str] = []
        for word in _expanded(words, classes or {}):
            folded = fold(word.rstrip("*")).replace("'", "").replace('"', "")
            if not folded.replace("-", "").isalnum() or (word.endswith("*") and len(folded) < STEM):
                raise ValueError(f"not a word: {word!r} in {words!r}")
            if word.endswith("*"):
                stems.append(folded)
            else:
                exact.add(folded)
        return cls(frozenset(exact), tuple(stems))


def _expanded(words: str, classes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for word in words.split("|"):
        if word.startswith("@"):
            yield from classes[word[1:]]
        else:
            yield word


@dataclass(frozen=True, slots=True)
class _Pattern:
    number: int
    kind: str
    parts: tuple[tuple[Element, ...], ...]
    """One part: words that follow each other. Several: parts near each other, in any order."""
    near: Element | None
    """Silenced by these words in it or within `NEAR` words before or after."""
    after: Element | None
    """Silenced by these as one of the next two words."""
    needs: tuple[frozenset[str], ...]
    """Words of which one must be in the clause: asked first, because it is quick."""


class WordPatterns:
    """Patterns of several kinds, found in one pass by the words they begin with."""

    def __init__(self, blocks: Mapping[str, str], classes: str = "") -> None:
        """``blocks``: kind -> its patterns, a line each. ``classes``: lines of ``name: words``.

        Raises:
            ValueError: a line cannot be read.
        """
        sets = {name: words.split() for name, _, words in (row.partition(":") for row in lines(classes))}
        self._exact: dict[str, list[_Pattern]] = {}
        self._stems: dict[str, list[_Pattern]] = {}
        rows = [(kind, row) for kind, block in blocks.items() for row in lines(block)]
        for number, (kind, row) in enumerate(rows):
            pattern = _compiled(number, kind, row, sets)
            first = pattern.parts[0][0]
            if first.optional or first.gap:
                raise ValueError(f"a pattern begins with a word that must be there: {row!r}")
            for word in first.exact:
                self._exact.setdefault(word, []).append(pattern)
            for key in {stem[:STEM] for stem in first.stems}:
                self._stems.setdefault(key, []).append(pattern)

    def find(self, clause: Clause) -> dict[str, list[Hit]]:
        """The places where patterns of each kind stand, silenced ones left out."""
        hits: dict[str, list[Hit]] = {}
        present: frozenset[str] = frozenset().union(*clause)
        for at, forms in enumerate(clause):
            for pattern in self._beginning(forms):
                if any(need.isdisjoint(present) for need in pattern.needs):
                    continue
                hit = _match(pattern, clause, at)
                if hit is not None and not _silenced(pattern, clause, hit):
                    hits.setdefault(pattern.kind, []).append(hit)
        return hits

    def _beginning(self, forms: frozenset[str]) -> Iterator[_Pattern]:
        seen: set[int] = set()
        for form in forms:
            for table, key in ((self._exact, form), (self._stems, form[:STEM])):
                for pattern in table.get(key, ()):
                    if pattern.number not in seen:
                        seen.add(pattern.number)
                        yield pattern


def clauses(text: str, whole: frozenset[str] = frozenset()) -> Iterator[tuple[Clause, bool]]:
    """The clauses of a text, and whether each asks. ``whole``: folded words that no particle is stripped from."""
    for line in _SHORTENED.sub(r"\1 will", fold(text)).splitlines():
        words: list[frozenset[str]] = []
        for token in tokens(line):
            if token.is_word or token.is_number:
                words.append(frozenset((token.text,)) if token.text in whole else _forms(token.text))
            elif token.text in _ENDS and words:
                yield words, token.text == "?"
                words = []
        if words:
            yield words, False


@lru_cache(maxsize=8192)
def _forms(word: str) -> frozenset[str]:
    """The word as it may be meant: without prefixed particles, and without letters drawn out."""
    return frozenset((*bare(word), *bare(_DOUBLE.sub(r"\1", word))))


def lines(block: str) -> list[str]:
    """The lines of a block that say something; an indented line goes on with the one before."""
    rows: list[str] = []
    for written in block.splitlines():
        row = written.partition("#")[0].rstrip()
        if row[:1].isspace() and rows:
            rows[-1] += row.strip() if rows[-1].endswith("|") else " " + row.strip()
        elif row:
            rows.append(row)
    return rows


def _compiled(number: int, kind: str, row: str, sets: Mapping[str, Sequence[str]]) -> _Pattern:
    def place(written: str) -> Element:
        if written == "..":
            return Element(gap=True)
        element = Element.of(written.rstrip("?"), sets)
        return Element(element.exact, element.stems, written.endswith("?"))

    body, after, near = row, "", ""
    for part in (" > ", " // "):
        head, found, tail = body.partition(part)
        if found:
            body, rest = head, tail
            other = " // " if part == " > " else " > "
            first, _, second = rest.partition(other)
            after, near = (first, second) if part == " > " else (second or after, first)
    parts = tuple(tuple(place(word) for word in part.split()) for part in body.split(" + "))
    sure = [e for part in parts for e in part if not (e.optional or e.gap or e.stems)]
    return _Pattern(
        number,
        kind,
        parts,
        Element.of(near.strip(), sets) if near else None,
        Element.of(after.strip(), sets) if after else None,
        tuple(e.exact for e in reversed(sure)),
    )


def _match(pattern: _Pattern, clause: Clause, at: int) -> Hit | None:
    end = _follow(pattern.parts[0], clause, at)
    if end is None:
        return None
    start, last = at, end
    for part in pattern.parts[1:]:
        found = _beside(part, clause, at, end)
        if found is None:
            return None
        start, last = min(start, found.start), max(last, found.end)
    return Hit(start, last)


def _beside(part: Sequence[Element], clause: Clause, start: int, end: int) -> Hit | None:
    """A part within `WINDOW` words of what was matched, and outside it."""
    for at in range(max(0, start - WINDOW), min(len(clause), end + WINDOW)):
        if start <= at < end:
            continue
        stop = _follow(part, clause, at)
        if stop is not None:
            return Hit(at, stop)
    return None


def _follow(elements: Sequence[Element], clause: Clause, at: int) -> int | None:
    """Where the elements end if they stand at a place, or None."""
    if not elements:
        return at
    first, rest = elements[0], elements[1:]
    if first.gap:
        for skipped in range(min(GAP, len(clause) - at) + 1):
            end = _follow(rest, clause, at + skipped)
            if end is not None:
                return end
        return None
    if at < len(clause) and first.fits(clause[at]):
        end = _follow(rest, clause, at + 1)
        if end is not None:
            return end
    return _follow(rest, clause, at) if first.optional else None


def _silenced(pattern: _Pattern, clause: Clause, hit: Hit) -> bool:
    after, near = pattern.after, pattern.near
    if after is not None and any(after.fits(forms) for forms in clause[hit.end : hit.end + 2]):
        return True
    around = clause[max(0, hit.start - NEAR) : hit.end + NEAR]
    return near is not None and any(near.fits(forms) for forms in around)
