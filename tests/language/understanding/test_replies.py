"""Answers to "did they answer?" in four languages: what is sure, and what is left to the buttons."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from bot.core.reading import Reply
from bot.language.understanding.replies import reply_in

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
