"""Whether a message is calm, heated or grave, by a hand-written lexicon of four languages.

Precision comes first: "these fees are killing me" is nobody's threat. The rules are patterns of words
(`bot.language.mood_words`), read clause by clause; a pattern is silenced by a negation before it, by the words that
make it an idiom, and, for insults, when the person reports what they were called or speaks of themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.reading import Mood
from bot.language import mood_words as lexicon
from bot.language.understanding.normalise import bare, fold, tokens

__all__ = ["LIMIT", "mood_of"]

LIMIT = 2000
"""Characters of a message that are read."""
GAP = 3
"""Words that ``..`` may stand for, at most."""
WINDOW = 5
"""Words around a part in which the other parts of an unordered pattern are looked for."""
NEAR = 4
"""Words before and after a match in which the words that silence it are looked for."""
SHORT = 3
"""Words of a clause that is hardly more than a name."""
RANT = 2
"""Points of heat that make a rant."""

_ENDS = frozenset(".!?;…")
_MASKED = re.compile(r"(?<![\w*])[^\W\d_]{1,3}\*+[^\W\d_]{0,3}(?![\w*])")
"""A curse with asterisks in its middle."""
_DOUBLE = re.compile(r"([^\W\d_])\1")
_STEM = 3
"""Letters by which patterns that begin with a stem are found."""

Words = Sequence[frozenset[str]]
"""A clause: for each word, the forms it may be read as."""


@dataclass(frozen=True, slots=True)
class _Element:
    """One place of a pattern: a word of some, or begun by one of some stems; or a gap of up to `GAP` words."""

    exact: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    optional: bool = False
    gap: bool = False

    def fits(self, forms: frozenset[str]) -> bool:
        if not self.exact.isdisjoint(forms):
            return True
        return bool(self.stems) and any(form.startswith(self.stems) for form in forms)


@dataclass(frozen=True, slots=True)
class _Pattern:
    parts: tuple[tuple[_Element, ...], ...]
    """One part: words that follow each other. Several: parts near each other, in any order."""
    near: _Element | None = None
    """Silenced by these words in it or within `NEAR` words before or after."""
    after: _Element | None = None
    """Silenced by these as one of the next two words."""
    needs: tuple[frozenset[str], ...] = ()
    """Words of which one must be in the clause: asked first, because it is quick."""


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int


class _Table:
    """Patterns, found by the words they begin with."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._exact: dict[str, list[_Pattern]] = {}
        self._stems: dict[str, list[_Pattern]] = {}
        for line in lines:
            pattern = _compiled(line)
            first = pattern.parts[0][0]
            if first.optional or first.gap:
                raise ValueError(f"a pattern begins with a word that must be there: {line!r}")
            for word in first.exact:
                self._exact.setdefault(word, []).append(pattern)
            for key in {stem[:_STEM] for stem in first.stems}:
                self._stems.setdefault(key, []).append(pattern)

    def hits(self, words: Words) -> Iterator[_Hit]:
        """The places where a pattern stands, silenced ones left out."""
        present = frozenset().union(*words)
        for at, forms in enumerate(words):
            found = {id(p): p for form in forms for p in self._exact.get(form, ())}
            found.update((id(p), p) for form in forms for p in self._stems.get(form[:_STEM], ()))
            for pattern in found.values():
                if any(need.isdisjoint(present) for need in pattern.needs):
                    continue
                hit = _match(pattern, words, at)
                if hit is not None and not _silenced(pattern, words, hit):
                    yield hit


def _compiled(line: str) -> _Pattern:
    body, _, after = line.partition(" > ")
    body, _, near = body.partition(" // ")
    if not near:
        after, _, near = after.partition(" // ")
    parts = tuple(tuple(_element(word) for word in part.split()) for part in body.split(" + "))
    sure = [e for part in parts for e in part if not (e.optional or e.gap or e.stems)]
    return _Pattern(
        parts,
        _element(near) if near else None,
        _element(after) if after else None,
        tuple(e.exact for e in sure[::-1]),
    )


def _element(written: str) -> _Element:
    if written == "..":
        return _Element(gap=True)
    optional = written.endswith("?")
    exact: set[str] = set()
    stems: list[str] = []
    for word in _expanded(written.rstrip("?")):
        folded = fold(word.rstrip("*")).replace("'", "").replace('"', "")
        if not folded.replace("-", "").isalnum():
            raise ValueError(f"not a word: {word!r} in {written!r}")
        if word.endswith("*"):
            if len(folded) < _STEM:
                raise ValueError(f"a stem of less than {_STEM} letters: {written!r}")
            stems.append(folded)
        else:
            exact.add(folded)
    return _Element(frozenset(exact), tuple(stems), optional)


def _expanded(written: str) -> Iterator[str]:
    for word in written.split("|"):
        if word.startswith("@"):
            yield from _classes()[word[1:]]
        else:
            yield word


@lru_cache(maxsize=1)
def _classes() -> dict[str, list[str]]:
    rows = (row.partition(":") for row in _lines(lexicon.CLASSES))
    return {name: words.split() for name, _, words in rows}


def _match(pattern: _Pattern, words: Words, at: int) -> _Hit | None:
    end = _follow(pattern.parts[0], words, at)
    if end is None:
        return None
    start, last = at, end
    for part in pattern.parts[1:]:
        low, high = max(0, at - WINDOW), min(len(words), end + WINDOW)
        found = next(
            (
                (begin, stop)
                for begin in range(low, high)
                if (begin < at or begin >= end) and (stop := _follow(part, words, begin)) is not None
            ),
            None,
        )
        if found is None:
            return None
        start, last = min(start, found[0]), max(last, found[1])
    return _Hit(start, last)


def _follow(elements: Sequence[_Element], words: Words, at: int) -> int | None:
    """Where the elements end if they stand at a place, or None."""
    if not elements:
        return at
    first, rest = elements[0], elements[1:]
    if first.gap:
        ends = (_follow(rest, words, at + skipped) for skipped in range(GAP + 1) if at + skipped <= len(words))
        return next((end for end in ends if end is not None), None)
    if at < len(words) and first.fits(words[at]):
        end = _follow(rest, words, at + 1)
        if end is not None:
            return end
    return _follow(rest, words, at) if first.optional else None


def _silenced(pattern: _Pattern, words: Words, hit: _Hit) -> bool:
    if pattern.after is not None and any(pattern.after.fits(forms) for forms in words[hit.end : hit.end + 2]):
        return True
    near = pattern.near
    around = words[max(0, hit.start - NEAR) : hit.end + NEAR]
    return near is not None and any(near.fits(forms) for forms in around)


def _lines(text: str) -> list[str]:
    """The patterns of a block: one a line; ``#`` begins a remark."""
    rows = (line.partition("#")[0].strip() for line in text.splitlines())
    return [row for row in rows if row]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    tables: Mapping[str, _Table]
    negations: _Element
    reported: _Table
    own: _Table
    things: _Element
    names: _Element


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    blocks = {
        "self_harm": lexicon.SELF_HARM,
        "violence": lexicon.VIOLENCE,
        "threat": lexicon.THREAT,
        "insult": lexicon.INSULT,
        "curse": lexicon.CURSE,
        "heat": lexicon.HEAT,
    }
    tables = {name: _Table(_lines(text)) for name, text in blocks.items()}
    return _Lexicon(
        tables,
        _element("|".join(lexicon.NEGATIONS.split())),
        _Table(_lines(lexicon.REPORTED)),
        _Table(_lines(lexicon.SELF)),
        _element("|".join(lexicon.THINGS.split())),
        _element("|".join(lexicon.NAMES.split())),
    )


def mood_of(text: str) -> Mood:
    """The mood of a message: the gravest that is found in it.

    Grave are ``self_harm`` and ``violence``, by the person or against them; heated are ``threat``, ``insult`` and
    ``rant``.
    """
    text = text[:LIMIT]
    clauses = list(_clauses(text))
    known = _lexicon()
    for grave in ("self_harm", "violence"):
        if any(_found(known.tables[grave], words, known) for words, _ in clauses):
            return "self_harm" if grave == "self_harm" else "violence"
    if any(_threatens(words, known) for words, asked in clauses if not asked):
        return "threat"
    if "🖕" in text or any(_called_names(words, asked, known) for words, asked in clauses):
        return "insult"
    return "rant" if _heat(text, [words for words, _ in clauses], known) >= RANT else "calm"


def _clauses(text: str) -> Iterator[tuple[Words, bool]]:
    """The clauses of a text as words, and whether each is a question."""
    for line in fold(text).splitlines():
        words: list[frozenset[str]] = []
        for token in tokens(line):
            if token.text in _ENDS:
                if words:
                    yield words, token.text == "?"
                words = []
            elif token.is_word or token.is_number:
                words.append(_forms(token.text))
        if words:
            yield words, False


@lru_cache(maxsize=4096)
def _forms(word: str) -> frozenset[str]:
    """The word as it may be meant: without prefixed particles, and without letters drawn out."""
    if word in _whole():
        return frozenset((word,))
    plain = _DOUBLE.sub(r"\1", word)
    return frozenset((*bare(word), *bare(plain)))


@lru_cache(maxsize=1)
def _whole() -> frozenset[str]:
    return frozenset(map(fold, lexicon.WHOLE.split()))


def _found(table: _Table, words: Words, known: _Lexicon) -> bool:
    return any(not _negated(words, hit, known) for hit in table.hits(words))


def _negated(words: Words, hit: _Hit, known: _Lexicon) -> bool:
    return any(known.negations.fits(forms) for forms in words[max(0, hit.start - 2) : hit.start])


def _threatens(words: Words, known: _Lexicon) -> bool:
    """A threat that is the person's own: "you'll be sorry, he says" is not."""
    return _found(known.tables["threat"], words, known) and not any(known.reported.hits(words))


def _called_names(words: Words, asked: bool, known: _Lexicon) -> bool:
    """An insult that is the person's own and aimed at others."""
    hits = list(known.tables["insult"].hits(words))
    if len(words) <= SHORT and not asked:
        hits.extend(_Hit(at, at + 1) for at, forms in enumerate(words) if known.names.fits(forms))
    if not hits:
        return False
    told = [hit.end for hit in known.reported.hits(words)]
    own = {hit.end for hit in known.own.hits(words)}

    def theirs(hit: _Hit) -> bool:
        beside = (*words[max(0, hit.start - 1) : hit.start], *words[hit.end : hit.end + 1])
        reported = any(0 <= hit.start - end <= 2 for end in told)
        return hit.start not in own and not reported and not any(known.things.fits(forms) for forms in beside)

    return any(theirs(hit) for hit in hits)


def _heat(text: str, clauses: Sequence[Words], known: _Lexicon) -> int:
    """Points: two for a curse, one for every other sign of boiling over."""
    points = 0
    for words in clauses:
        told = [hit.end for hit in known.reported.hits(words)]
        for hit in known.tables["curse"].hits(words):
            points += 0 if any(end <= hit.start for end in told) else 2
    points += sum(1 for words in clauses for _ in known.tables["heat"].hits(words))
    points += 2 * bool(_MASKED.search(text) or "🤬" in text)
    points += "!!!" in text or text.count("!") > 3
    points += any(sign in text for sign in ("😡", "😠", "👿"))
    return points + _shouted(text)


def _shouted(text: str) -> bool:
    """Most of the words are in capitals; names of companies alone do not count."""
    long = [word for word in re.findall(r"[^\W\d_]{3,}", text) if word.upper() != word.lower()]
    capitals = [word for word in long if word.isupper()]
    return len(capitals) >= 3 and len(capitals) * 10 >= len(long) * 7
