"""Answering ``@bot <what they said>``, asked from any chat: the lines to say.

What is chosen is posted in somebody else's chat, so nothing of the person's case is in it.
"""

from __future__ import annotations

from bot.core.book import Book
from bot.core.effects import Answer, Suggestion
from bot.core.events import Asked
from bot.core.knowledge import Objection
from bot.core.model import Text
from bot.core.reading import GRAVE
from bot.core.text import Msg

__all__ = ["LIMIT", "answer"]

LIMIT = 5
"""Lines offered at once; more is no help on a call."""
TYPED_LIMIT = 300

_ANYTHING = "broken_record"
"""The tactic whose line answers whatever was said."""
_AGAIN = Text("🔁 {label}: they said it again")
_WHATEVER = Text("Whatever they said")
_WRITE = Text("Write what they said")
_EXAMPLE = Text("For example: there is no manager here")
_PUZZLED = Text("I did not catch that")
_OTHER_WORDS = Text("Try it in other words")
_ABOUT = Text("Lo Frayer has the line to answer with when a company gives you the runaround.")
_OPEN = Text("💬 Open Lo Frayer")


def answer(book: Book, language: str, asked: Asked) -> Answer:
    """What is offered for an inline query: the lines for what was recognised, or how to ask.

    Args:
        book: the objections and the reader of free text.
        language: the language that the person writes in.
        asked: the query.
    """
    text = asked.text[:TYPED_LIMIT].strip()
    grave = book.understanding.mood(text, language) in GRAVE
    found = [] if grave or not text else _recognised(book, text, language)
    if found:
        return Answer(id=f"{asked.id}:1", query=asked.query, suggestions=_lines(found))
    offered = [Suggestion(Msg(_PUZZLED if text else _WRITE), Msg(_ABOUT), Msg(_OTHER_WORDS if text else _EXAMPLE))]
    tactic = book.tactics.get(_ANYTHING)
    if text and not grave and tactic is not None:
        offered.append(Suggestion(Msg(_WHATEVER), Msg(tactic.say[-1])))
    return Answer(id=f"{asked.id}:1", query=asked.query, suggestions=tuple(offered), invitation=Msg(_OPEN))


def _recognised(book: Book, text: str, language: str) -> list[Objection]:
    """The objection that a text reports, when that is sure; otherwise the likeliest three, or none."""
    found = book.understanding.objection(text, language)
    guesses = found.guesses[: {"sure": 1, "ask": 3, "none": 0}[found.decision]]
    return [book.objections[g.id] for g in guesses if g.id in book.objections]


def _lines(found: list[Objection]) -> tuple[Suggestion, ...]:
    """The line for each, the likeliest first, and then the lines for when they repeat it.

    The last wording of a line names nothing of a case.
    """
    first = [Suggestion(Msg(o.label), Msg(o.say[-1])) for o in found]
    again = [Suggestion(Msg(_AGAIN, {"label": Msg(o.label)}), Msg(o.again[-1])) for o in found]
    return tuple([*first, *again][:LIMIT])
