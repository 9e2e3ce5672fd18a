"""Answers to "did they answer?" in four languages: what is sure, and what is left to the buttons."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from bot.core.reading import Reply
from bot.language.understanding.replies import gives_up, reply_in

CASES: Any = yaml.safe_load((Path(__file__).parent / "cases" / "replies.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in CASES.items() for text in texts])
def test_replies(kind: str, text: str) -> None:
    """Each is understood as what it says; what is doubted, asked, put in an "if" or contradicted is not."""
    assert reply_in(text) == (None if kind == "none" else kind)


def test_every_reply_has_cases() -> None:
    """No kind of answer is untested."""
    assert {*get_args(Reply), "none"} == set(CASES)


def test_a_long_story_is_no_answer() -> None:
    """What tells more than an answer does is not cut down to one."""
    assert reply_in("they refused " + "and I told them all about it " * 10) is None


@pytest.mark.parametrize(
    "text",
    [
        "אני מוותר",
        "טוב, אני מוותרת",
        "אני מוותר על זה",
        "ויתרתי",
        "נמאס לי, די",
        "I give up",
        "ok I'm giving up",
        "let it go",
        "сдаюсь",
        "بتنازل",
        "خلص استسلمت",
    ],
)
def test_giving_up(text: str) -> None:
    """It is said plainly, in few words."""
    assert gives_up(text)


@pytest.mark.parametrize(
    "text",
    [
        "אני לא מוותר",
        "אני מוותר על הפיצוי",
        "הם לא מוותרים על הקנס",
        "נמאס לי מסלקום",
        "never mind",
        "לא משנה",
        "I won't give up",
        "they never give up",
        "if I give up, what then",
        "should I give up?",
        "I give up my ticket",
        "I give up my seat because they asked me to and now they refuse",
        "не сдаюсь",
        "ما بتنازل",
        "the agent said let the fee go",
    ],
)
def test_no_giving_up(text: str) -> None:
    """Not giving up, giving up something, and what may be about the question alone."""
    assert not gives_up(text)
