"""Greetings and thanks: messages that are polite and tell nothing."""

from __future__ import annotations

from functools import cache

from bot.core.reading import SmallTalk
from bot.language.understanding.normalise import words
from bot.language.understanding.wordlists import phrases, read_lists

__all__ = ["small_talk_in"]

LONGEST = 60
"""Characters from which on a message tells something."""
_PARTS = 3
"""Of so many phrases a message may be made: "Hi, good morning, how are you"."""


@cache
def _phrases() -> dict[str, SmallTalk]:
    lists = read_lists("small_talk")
    found: dict[str, SmallTalk] = {}
    for kind in ("greeting", "thanks"):
        found |= {" ".join(words(phrase)): kind for phrase in phrases(lists[kind])}
    return found


def small_talk_in(text: str) -> SmallTalk | None:
    """What kind of small talk the whole message is, or None when it may tell something."""
    if len(text) > LONGEST:
        return None
    return _made_of(words(text), _PARTS)


def _made_of(row: list[str], parts: int) -> SmallTalk | None:
    if not row or not parts:
        return None
    known = _phrases()
    for size in range(len(row), 0, -1):
        kind = known.get(" ".join(row[:size]))
        if kind is not None and (size == len(row) or _made_of(row[size:], parts - 1)):
            return kind
    return None
