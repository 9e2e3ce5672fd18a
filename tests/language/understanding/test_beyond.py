"""Matters that are no dispute with a business."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.language.understanding.beyond import beyond_in

CASES: Any = yaml.safe_load((Path(__file__).parent / "cases" / "beyond.yaml").read_text(encoding="utf-8"))
KINDS = [kind for kind in CASES if kind != "business"]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind in KINDS for text in CASES[kind]])
def test_beyond(kind: str, text: str) -> None:
    """Whose first words are of a landlord, an employer or the like is told so by its kind."""
    assert beyond_in(text) == kind


@pytest.mark.parametrize("text", CASES["business"])
def test_of_a_business(text: str) -> None:
    """A business that is spoken of makes it its matter, whoever else is named."""
    assert beyond_in(text) is None


def test_named_in_passing() -> None:
    """Who is named after it was told what happened is not whom it is about."""
    assert beyond_in("הם חייבו אותי פעמיים. ביקשתי החזר. בעל הבית לא קשור לזה.") is None
