"""Whether a message is calm, heated or grave, by a hand-written lexicon of four languages.

Precision comes first: "these fees are killing me" is nobody's threat. The patterns of ``words/mood.yaml`` are
read clause by clause; one is silenced by a negation before it, by the words that make it an idiom, and, for insults,
when the person reports what they were called or speaks of themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.reading import Mood
from bot.language.understanding.normalise import fold
from bot.language.understanding.word_patterns import Clause, Element, Hit, WordPatterns, clauses
from bot.language.understanding.wordlists import unfolded

__all__ = ["LIMIT", "mood_of"]

LIMIT = 2000
"""Characters of a message that are read."""
SHORT = 3
"""Words of a clause that is hardly more than a name."""
RANT = 2
"""Points of heat that make a rant."""

_PATTERNS = ("self_harm", "violence", "threat", "insult", "curse", "heat", "reported", "self")
"""The lists of patterns; the others are of words."""

_MASKED = re.compile(r"(?<![\w*])[^\W\d_]{1,3}\*+[^\W\d_]{0,3}(?![\w*])")
"""A curse with asterisks in its middle."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A clause, whether it asks, and what stands in it."""

    words: Clause
    asks: bool
    hits: dict[str, list[Hit]]

    def hit(self, kind: str) -> Sequence[Hit]:
        return self.hits.get(kind, ())


def mood_of(text: str) -> Mood:
    """The mood of a message: the gravest that is found in it.

    Grave are ``self_harm`` and ``violence``, by the person or against them; heated are ``threat``, ``insult`` and
    ``rant``.
    """
    text = text[:LIMIT]
    read = list(_clauses(text))
    if any(_meant(clause, "self_harm") for clause in read):
        return "self_harm"
    if any(_meant(clause, "violence") for clause in read):
        return "violence"
    if any(_threatens(clause) for clause in read):
        return "threat"
    if "🖕" in text or any(_calls_names(clause) for clause in read):
        return "insult"
    return "rant" if _heat(text, read) >= RANT else "calm"


def _clauses(text: str) -> Iterator[_Read]:
    for words, asks in clauses(text, _whole()):
        yield _Read(words, asks, _patterns().find(words))


def _meant(clause: _Read, kind: str) -> bool:
    """Something of the kind is said and not denied."""
    return any(not _denied(clause.words, hit) for hit in clause.hit(kind))


def _denied(words: Clause, hit: Hit) -> bool:
    if _set("subjects").fits(words[hit.start]):
        return False
    return any(_set("negations").fits(forms) for forms in words[max(0, hit.start - 2) : hit.start])


def _threatens(clause: _Read) -> bool:
    """A threat that is the person's own: "you'll be sorry, he says" is not, and a question is none."""
    if clause.asks or not _meant(clause, "threat"):
        return False
    return not any(_set("said").fits(forms) for forms in clause.words)


def _calls_names(clause: _Read) -> bool:
    """An insult that is the person's own and aimed at others."""
    words, hits = clause.words, list(clause.hit("insult"))
    if len(words) <= SHORT and not clause.asks:
        hits.extend(Hit(at, at + 1) for at, forms in enumerate(words) if _set("names").fits(forms))
    own = {hit.end for hit in clause.hit("self")}

    def aimed(hit: Hit) -> bool:
        told = any(0 <= hit.start - before.end <= 2 for before in clause.hit("reported"))
        beside = (*words[max(0, hit.start - 1) : hit.start], *words[hit.end : hit.end + 1])
        return hit.start not in own and not told and not any(_set("things").fits(forms) for forms in beside)

    return any(aimed(hit) for hit in hits)


def _heat(text: str, read: Sequence[_Read]) -> int:
    """Points: two for a curse, one for every other sign of boiling over."""
    points = 2 * bool(_MASKED.search(text) or "🤬" in text)
    for clause in read:
        told = [hit.end for hit in clause.hit("reported")]
        points += sum(2 for hit in clause.hit("curse") if not any(end <= hit.start for end in told))
        points += len(clause.hit("heat"))
    points += "!!!" in text or text.count("!") > 3
    points += any(sign in text for sign in "😡😠👿")
    return points + _shouted(text)


def _shouted(text: str) -> bool:
    """Most of the words are in capitals; a company's name alone does not count."""
    long = [word for word in re.findall(r"[^\W\d_]{3,}", text) if word.upper() != word.lower()]
    capitals = [word for word in long if word.isupper()]
    return len(capitals) >= 3 and len(capitals) * 10 >= len(long) * 7


@lru_cache(maxsize=1)
def _patterns() -> WordPatterns:
    words = unfolded("mood")
    return WordPatterns({name: words[name] for name in _PATTERNS}, words["classes"])


@lru_cache(maxsize=8)
def _set(name: str) -> Element:
    return Element.of("|".join(unfolded("mood")[name].split()))


@lru_cache(maxsize=1)
def _whole() -> frozenset[str]:
    return frozenset(fold(word) for word in unfolded("mood")["whole"].split())
