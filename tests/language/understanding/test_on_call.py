"""Who speaks with a representative at this moment, and what that one says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.language.understanding.on_call import LONGEST, on_call_in

CASES: Any = yaml.safe_load((Path(__file__).parent / "cases" / "on_call.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "said"), CASES["on call"])
def test_speaking_now(text: str, said: str) -> None:
    """Whoever speaks with a representative at this moment is on a call; what that one says is taken from the report."""
    assert on_call_in(text) == said


@pytest.mark.parametrize("text", CASES["other"])
def test_not_speaking_now(text: str) -> None:
    """A call that is over, what a company says in general, somebody else's words, and a wait are no call."""
    assert on_call_in(text) is None


def test_what_is_too_long() -> None:
    """A whole story is told after the call."""
    assert on_call_in("he says no " + "and that is not all " * (LONGEST // 20)) is None
