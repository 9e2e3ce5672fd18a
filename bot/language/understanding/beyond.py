"""Whether a message tells of a matter that is no dispute with a business: a landlord, an employer, the police."""

from __future__ import annotations

from functools import cache

from bot.language.understanding.word_patterns import WordPatterns, clauses
from bot.language.understanding.wordlists import read_lists

__all__ = ["beyond_in"]

OPENING = 2
"""Clauses in which people say whom it is about; what is named later is beside the point."""
EARLY = 4
"""Words of a clause before them, at most."""


@cache
def _patterns() -> WordPatterns:
    lists = dict(read_lists("beyond"))
    return WordPatterns(lists, lists.pop("classes"))


def beyond_in(text: str) -> str | None:
    """The kind of matter, a list of ``words/beyond.yaml``, that the first words of a message are about; else None."""
    for number, (clause, _) in enumerate(clauses(text)):
        if number == OPENING:
            break
        found = [
            (hit.start, kind) for kind, hits in _patterns().find(clause).items() for hit in hits if hit.start <= EARLY
        ]
        if found:
            return min(found)[1]
    return None
