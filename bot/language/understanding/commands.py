"""Plain words that stand for a command; the whole message must be that word."""

from __future__ import annotations

from functools import cache

from bot.language.understanding.normalise import bare, words
from bot.language.understanding.wordlists import phrases, read_lists

__all__ = ["find_command"]


@cache
def _commands() -> tuple[dict[str, str], frozenset[str]]:
    """The letters of each phrase -> its command; and words that may stand beside it."""
    lists = dict(read_lists("commands"))
    polite = frozenset(word for phrase in phrases(lists.pop("polite")) for word in words(phrase))
    return {"".join(words(phrase)): name for name, text in lists.items() for phrase in phrases(text)}, polite


def find_command(text: str) -> str | None:
    """The command that the whole message stands for, without its slash, or None."""
    if len(text) > 60:
        return None
    table, polite = _commands()
    row = [w for w in words(text) if w not in polite]
    if not row or len(row) > 6:
        return None
    found = table.get("".join(row))
    if found is None and len(row) == 1:
        found = next((table[form] for form in bare(row[0])[1:] if len(form) > 3 and form in table), None)
    return found
