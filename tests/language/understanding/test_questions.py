"""Questions about what holds, and stories that end with a question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.language.understanding.questions import LONGEST, question_in

CASES: Any = yaml.safe_load((Path(__file__).parent / "cases" / "questions.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in CASES.items() for text in texts])
def test_questions(kind: str, text: str) -> None:
    """What is asked in general is a question, what has happened to somebody is a story."""
    assert question_in(text) == (None if kind == "story" else kind)


def test_a_long_message_tells() -> None:
    """Nobody asks in so many words."""
    assert question_in("what are my rights if " + "they cancel my flight and " * (LONGEST // 20)) is None
