"""What is offered for ``@bot <what they said>``."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core import inline
from bot.core.effects import Answer
from bot.core.events import Asked
from bot.core.talk import placeholders
from tests.support.coach import coach, recognised, scripted

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def asked(text: str, found: str | list[str] | None = None, language: str = "en") -> Answer:
    book, reader = scripted(coach()[0])
    reader.said = recognised(found)
    return inline.answer(book, language, Asked(id="t:1", person="t:7", at=NOW, query="q", text=text))


def texts(answer: Answer) -> list[str]:
    return [str(suggestion.text.id) for suggestion in answer.suggestions]


def test_what_is_sure_brings_its_two_lines() -> None:
    """The line to say, and the one for when they repeat it."""
    objection = coach()[0].objections["its_policy"]
    answer = asked("they say its the policy", "its_policy")
    assert texts(answer) == [objection.say[-1], objection.again[-1]]
    assert answer.suggestions[0].title.id == objection.label
    assert answer.query == "q"
    assert answer.invitation is None


def test_what_is_not_sure_brings_the_likeliest_first() -> None:
    """Three first lines, then as many second ones as there is room for."""
    book = coach()[0]
    names = ["its_policy", "no_manager_here", "call_tomorrow"]
    answer = asked("something", names)
    first = [book.objections[n].say[-1] for n in names]
    again = [book.objections[n].again[-1] for n in names[:2]]
    assert texts(answer) == [*first, *again]
    assert len(answer.suggestions) == inline.LIMIT


@pytest.mark.parametrize("text", ["", "   ", "hello how are you", "🙂", "x" * 5000])
def test_nothing_recognised_says_how_to_ask(text: str) -> None:
    """With an invitation into our own chat; for words that were not understood, also a line that always fits."""
    answer = asked(text)
    assert answer.invitation is not None
    assert len(answer.suggestions) == (2 if text.strip() else 1)


def test_nobody_in_danger_is_coached() -> None:
    """Words of violence or self-harm bring no line, whatever else is recognised in them."""
    answer = asked("i will kill myself", "its_policy")
    assert len(answer.suggestions) == 1
    assert answer.invitation is not None


def test_no_line_of_the_coach_names_anything_of_a_case() -> None:
    """Every wording that can be offered is one without placeholders: it is posted in somebody else's chat."""
    for objection in coach()[0].objections.values():
        answer = asked("x", objection.id)
        assert not [name for text in texts(answer) for name in placeholders(text)]
