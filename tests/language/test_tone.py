"""The tone of what is said aloud, in all languages."""

from __future__ import annotations

import pytest

from bot.checking import check_all
from bot.language.tone import aloud, uncivil, words_said
from tests.support.coach import coach

LANGUAGES = ("he", "en", "ar", "ru")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wrong_answers_of_practice_are_heard_as_wrong(language: str) -> None:
    """Every answer that practice calls an attack or a threat would be refused as a line of the coach."""
    book, renderer = coach()
    wrong = [a.answer for a in book.weak_answers.values() if a.kind in ("attacks", "threatens")]
    assert len(wrong) >= 8
    passed = [said for said in (renderer.catalogs.text(language, str(text)) for text in wrong) if not uncivil(said)]
    assert passed == []


def test_every_line_said_aloud_is_civil_and_short() -> None:
    """No line of ours insults, threatens without a step, or is longer than a breath, in any language."""
    assert [str(issue) for issue in check_all() if issue.code in ("K007", "T008", "T011")] == []


def test_only_what_is_quoted_is_said() -> None:
    """A screen's own words around a line do not count."""
    assert aloud("Say now:\n<blockquote><b>Please send it.</b></blockquote>") == "Please send it."
    assert aloud("Please <b>send</b> it.") == "Please send it."


def test_a_dash_is_no_word() -> None:
    """Signs are not said, a placeholder is one word."""
    assert words_said("This — that is {amount}, or 5%.") == 6


@pytest.mark.parametrize("line", ["If this isn't solved, I'll file a small claim.", "אם זה לא ייפתר, אגיש תביעה קטנה."])
def test_a_step_announced_is_no_threat(line: str) -> None:
    """To say calmly what one will really do is allowed."""
    assert uncivil(line) is None
