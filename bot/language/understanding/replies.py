"""What somebody writes back when they are asked how a case is going: plain answers, by patterns, or nothing.

Being sure comes first: what is said in an "if", doubted, asked, or contradicted by the rest of the message is left to
the buttons. "They haven't answered" is no answer, and "they didn't fix it" no solution.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import get_args

from bot.core.reading import Reply
from bot.language.understanding.normalise import words
from bot.language.understanding.word_patterns import Clause, Hit, WordPatterns, clauses
from bot.language.understanding.wordlists import read_lists, word_set

__all__ = ["gives_up", "reply_in"]

LONGEST = 200
"""Characters from which on a message tells more than an answer does."""
GIVING_UP = 6
"""Words of a message that says that somebody gives up; more words give up something of their own."""
BACK = 3
"""Words before a pattern in which a negation turns it round, as one within it does."""

_KINDS: tuple[Reply, ...] = tuple(kind for kind in get_args(Reply) if kind not in ("yes", "no"))
"""Answers that have patterns; a plain yes or no is the whole message."""
_WISHES: frozenset[Reply] = frozenset({"snooze", "stop", "give_up", "next"})
"""What is asked of the coach: it may be put as a question."""
_DENIED: dict[Reply, Reply | None] = {
    "answered": "waiting",
    "solved": "unsolved",
    "partly": "unsolved",
    "done": "no",
    "refused": None,
    "offered": None,
    "promised": None,
}
"""What the negation of an answer says; None: nothing that is sure."""
_WEAK: tuple[Reply, ...] = ("answered", "done", "next", "no")
"""Answers that say less than any other beside them; the first of them counts."""
_BEATS: dict[Reply, frozenset[Reply]] = {
    "snooze": frozenset({"waiting", "unsolved"}),
    "waiting": frozenset({"promised", "unsolved"}),
    "promised": frozenset({"unsolved"}),
    "refused": frozenset({"unsolved"}),
    "offered": frozenset({"refused", "partly", "promised", "unsolved"}),
    "partly": frozenset({"solved", "unsolved"}),
    "give_up": frozenset({"stop", "waiting", "refused", "unsolved"}),
    "stop": frozenset({"waiting", "unsolved"}),
}
"""Answer -> what goes without saying beside it."""
_END = frozenset({"clauseend"})


@cache
def _patterns() -> WordPatterns:
    lists = read_lists("replies")
    return WordPatterns({kind: lists[kind] for kind in _KINDS})


@cache
def _giving_up() -> WordPatterns:
    return WordPatterns({"give_up": read_lists("replies")["give up for good"]})


@cache
def _words(name: str) -> frozenset[str]:
    return word_set(read_lists("replies")[name])


def reply_in(text: str) -> Reply | None:
    """The one answer that a message gives, or None when it gives none, or several that do not go together."""
    typed = words(text)
    if not typed or len(text) > LONGEST:
        return None
    for whole in ("yes", "no"):
        if set(typed) <= _words(whole):
            return "yes" if whole == "yes" else "no"
    found = {kind for clause, asks in clauses(text) for kind in _said(clause, asks)}
    return _one(found)


def gives_up(text: str) -> bool:
    """Whether a message says that somebody gives up, and nothing else: where nobody has asked them about it."""
    if len(words(text)) > GIVING_UP:
        return False
    return any(not asks and _giving_up().find([*clause, _END]) for clause, asks in clauses(text))


def _said(clause: Clause, asks: bool) -> Iterator[Reply]:
    """The answers of a clause."""
    if any(forms & _words("if") for forms in clause):
        return
    doubted = asks or any(forms & _words("unsure") for forms in clause)
    hits = _patterns().find([*clause, _END])
    for kind in _KINDS:
        for hit in hits.get(kind, ()):
            if kind in _WISHES:
                yield kind
            elif not doubted and (meant := _meant(kind, clause, hit)) is not None:
                yield meant


def _meant(kind: Reply, clause: Clause, hit: Hit) -> Reply | None:
    if kind == "refused" and hit.start and clause[hit.start - 1] & _words("speakers"):
        return None  # it was the person who refused
    end = hit.start if kind == "refused" else min(hit.end, len(clause))  # a refusal is made of negations
    around = clause[max(0, hit.start - BACK) : end]
    if kind in _DENIED and any(forms & _words("negations") for forms in around):
        return _DENIED[kind]
    return kind


def _one(found: set[Reply]) -> Reply | None:
    strong = found - set(_WEAK)
    if not strong:
        return next((kind for kind in _WEAK if kind in found), None)
    left = strong - {beaten for kind in strong for beaten in _BEATS.get(kind, ())}
    return left.pop() if len(left) == 1 else None
