"""Whether somebody puts right what they said before: "sorry, not KSP but Machsanei Hashmal"."""

from __future__ import annotations

from functools import cache

from bot.language.understanding.word_patterns import WordPatterns, clauses
from bot.language.understanding.wordlists import read_lists

__all__ = ["corrects"]

LONGEST = 120
"""Characters from which on a message tells more than what was wrong."""


@cache
def _patterns() -> WordPatterns:
    return WordPatterns(dict(read_lists("corrections")))


def corrects(text: str) -> bool:
    """Whether a short message says that something before it was wrong."""
    return len(text) <= LONGEST and any(_patterns().find(clause) for clause, _ in clauses(text))
