"""Who speaks with a representative at this moment, and what that one says: "she's telling me it's the policy"."""

from __future__ import annotations

from functools import cache

from bot.language.understanding.word_patterns import WordPatterns, clauses
from bot.language.understanding.wordlists import read_lists

__all__ = ["on_call_in"]

LONGEST = 400
"""Characters from which on a message tells what happened rather than what is happening."""
EARLY = 1
"""Words that may stand before the report, where it is all that is written."""


@cache
def _patterns() -> WordPatterns:
    lists = read_lists("on_call")
    return WordPatterns({kind: lists[kind] for kind in ("now", "here", "says", "past")})


def on_call_in(text: str) -> str | None:
    """What the representative is reported to say, empty if that is not told; None if nobody is on a call now.

    Somebody is, who says so ("now"), who is on the line and reports in the present, or who writes nothing but such a
    report.
    """
    if len(text) > LONGEST:
        return None
    now = here = alone = False
    said: str | None = None
    for number, (clause, _) in enumerate(clauses(text)):
        hits = _patterns().find(clause)
        if "past" in hits:
            return None
        now, here = now or "now" in hits, here or "here" in hits
        if said is None and (reports := hits.get("says")):
            first = min(reports, key=lambda hit: hit.start)
            alone = number == 0 and first.start <= EARLY
            said = " ".join(max(forms, key=len) for forms in clause[first.end :])
    if now or (said is not None and (here or alone)):
        return said or ""
    return None
