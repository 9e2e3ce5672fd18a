"""What somebody wants of a company, said in their own words."""

from __future__ import annotations

from functools import cache

from bot.language.understanding.matcher import Matcher
from bot.language.understanding.normalise import words
from bot.language.understanding.wordlists import phrases, read_lists

__all__ = ["goals_in"]

LONGEST = 200
"""Characters from which on a message tells a story rather than a wish."""


@cache
def _matcher() -> tuple[tuple[str, ...], Matcher]:
    lists = read_lists("goals")
    ids = tuple(lists)
    return ids, Matcher(((phrase, n) for n, goal in enumerate(ids) for phrase in phrases(lists[goal])), folded=True)


def goals_in(text: str) -> list[str]:
    """The ids of the goals that a message names: those said in more words first, then those said earlier."""
    if len(text) > LONGEST:
        return []
    ids, matcher = _matcher()
    found: dict[int, tuple[int, int]] = {}
    for hit in matcher.find(words(text)):
        found[hit.label] = min(found.get(hit.label, (0, hit.first)), (hit.first - hit.last, hit.first))
    return [ids[label] for label in sorted(found, key=found.__getitem__)]
