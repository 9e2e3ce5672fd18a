"""What a story answers of the questions that rights depend on: "the flight was cancelled", "it's still under warranty"."""

from __future__ import annotations

from functools import cache

from bot.language.understanding.word_patterns import Clause, Hit, WordPatterns, clauses
from bot.language.understanding.wordlists import read_lists, word_set

__all__ = ["facts_in"]

BEFORE = 3
"""Words before a pattern in which a word that makes it unsure is looked for; one that follows is of something else."""
_UNSURE = "unsure"


@cache
def _patterns() -> WordPatterns:
    return WordPatterns({name: block for name, block in read_lists("facts").items() if not name.startswith(_UNSURE)})


@cache
def _unsure(fact: str) -> frozenset[str]:
    lists = read_lists("facts")
    return word_set(lists[_UNSURE]) | word_set(lists.get(f"{_UNSURE} {fact}", ""))


def facts_in(text: str) -> dict[str, str]:
    """The ids of the facts that a message surely answers -> ``yes`` or ``no``; what it answers both ways is left out."""
    found: dict[str, set[str]] = {}
    for clause, asks in clauses(text):
        for name, hits in {} if asks else _patterns().find(clause).items():
            fact, _, answer = name.partition(" ")
            if any(_is_sure(clause, hit, fact) for hit in hits):
                found.setdefault(fact, set()).add(answer)
    return {fact: answers.pop() for fact, answers in found.items() if len(answers) == 1}


def _is_sure(clause: Clause, hit: Hit, fact: str) -> bool:
    said = frozenset().union(*clause[max(0, hit.start - BEFORE) : hit.end])
    return said.isdisjoint(_unsure(fact))
