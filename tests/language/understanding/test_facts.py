"""What a story says of the conditions of rights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.app import load
from bot.language.understanding.facts import facts_in
from bot.language.understanding.wordlists import read_lists

CASES: Any = yaml.safe_load((Path(__file__).parent / "cases" / "facts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "facts"), CASES)
def test_facts(text: str, facts: dict[str, str]) -> None:
    """What was told is known; what is denied, asked, wished or said by the company is not."""
    assert facts_in(text) == facts


def test_facts_that_exist() -> None:
    """Every list answers a condition that some country asks about."""
    known = {fact for country in load()[0].countries.values() for fact in country.facts}
    lists = [name.split() for name in read_lists("facts") if not name.startswith("unsure")]
    assert {fact for fact, _ in lists} <= known
    assert {answer for _, answer in lists} <= {"yes", "no"}
