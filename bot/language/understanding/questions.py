"""Whether a message asks what holds ("may they charge me for leaving?") or tells what has happened.

Being sure that it asks comes first: a story that ends with a question is a story. A message asks when it begins with a
question about rights, duties, times or offices, or about how something is done, and nothing in it has happened yet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.core.reading import Question
from bot.language.understanding.word_patterns import Clause, Hit, WordPatterns, clauses
from bot.language.understanding.wordlists import read_lists

__all__ = ["question_in"]

LONGEST = 300
"""Characters from which on a message tells a story."""
ASIDE = 6
"""Words of a sentence beside the question, at most: more tell something."""
SUBJECT = 4
"""Words before "may", "must" and the like in a question that begins with whom it is about."""
WHOLE = 5
"""Words of "what can be done about…", at least: "what do I do?" is about what was told."""

_KINDS = ("open", "asked", "sure", "marked", "how", "what", "if", "told")
_I_DID = re.compile(r"(?!ש)[א-ת]{2,}תי")
"""A Hebrew verb of the past, and not one that tells which thing is meant: "what I bought"."""
_NOT_DONE = frozenset({"רציתי", "חשבתי", "תהיתי", "אמיתי", "זכותי", "ביתי", "בעייתי", "אחריותי"})


@cache
def _patterns() -> WordPatterns:
    lists = read_lists("questions")
    return WordPatterns({kind: lists[kind] for kind in _KINDS})


def question_in(text: str) -> Question | None:
    """What the whole message asks: what holds, or how something is done; None if it tells something."""
    if len(text) > LONGEST:
        return None
    asked: Question | None = None
    for clause, mark in clauses(text):
        point, indirect = _to_the_point(clause)
        if not point:
            continue
        kind = _asks(point, mark or indirect)
        if kind is None and (asked is None or len(point) > ASIDE or _told(point) is not None):
            return None
        asked = asked or kind
    return asked


def _to_the_point(clause: Clause) -> tuple[Clause, bool]:
    """A clause without what is said before the point, and whether that makes a question of the rest."""
    indirect = False
    while clause:
        hits = _patterns().find(clause)
        first = [hit for kind in ("open", "asked") for hit in hits.get(kind, ()) if hit.start == 0]
        if not first:
            break
        indirect = indirect or _first(hits.get("asked", ())) == 0
        clause = clause[max(hit.end for hit in first) :]
    return clause, indirect


def _asks(clause: Clause, mark: bool) -> Question | None:
    """What a clause asks that has come to the point; ``mark``: it ends with a question mark."""
    hits = _patterns().find(clause)
    sure, supposed, told = _first(hits.get("sure", ())), _first(hits.get("if", ())), _told(clause)
    if sure == 0 or (mark and sure is not None and supposed == 0):
        return "rule"
    if told is not None and (supposed is None or told < supposed):
        return None
    if _first(hits.get("how", ())) == 0:
        return "way"
    if _first(hits.get("what", ())) == 0:
        return "rule" if len(clause) >= WHOLE else None
    modal = _first(hits.get("marked", ()))
    return "rule" if mark and modal is not None and modal < SUBJECT else None


def _told(clause: Clause) -> int | None:
    """Where it is first told what has happened: in words that tell it, or in a Hebrew "I did"."""
    found = [hit.start for hit in _patterns().find(clause).get("told", ())]
    did = (n for n, forms in enumerate(clause) if _I_DID.fullmatch(max(forms, key=len)) and not forms & _NOT_DONE)
    return min((*found, *did), default=None)


def _first(hits: Sequence[Hit]) -> int | None:
    return min((hit.start for hit in hits), default=None)
