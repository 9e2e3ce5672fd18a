"""Who waits on the line at this moment, and for how long."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.language.understanding.on_hold import LONGEST, minutes_in, on_hold_in

CASES: Any = yaml.safe_load((Path(__file__).parent / "cases" / "on_hold.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "minutes"), CASES["on hold"])
def test_waiting_now(text: str, minutes: int) -> None:
    """Whoever waits at this moment is on hold, for as long as they say."""
    assert on_hold_in(text) == minutes


@pytest.mark.parametrize("text", CASES["other"])
def test_not_waiting_now(text: str) -> None:
    """A wait that is over, one for something else, and somebody who has answered are no hold."""
    assert on_hold_in(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("40 דקות", 40),
        ("שעה ועשרים דקות", 80),
        ("שעתיים וחצי", 150),
        ("3 שעות", 180),
        ("שלוש שעות וחצי", 210),
        ("שלושת רבעי שעה", 45),
        ("1.5 hours", 90),
        ("an hour and 10 minutes", 70),
        ("сорок минут", 40),
        ("ساعة ونص", 90),
        ("nothing", 0),
    ],
)
def test_minutes(text: str, minutes: int) -> None:
    """Lengths of time in words and in figures."""
    assert minutes_in(text) == minutes


def test_what_is_too_long() -> None:
    """Nobody tells a whole story, nor waits for a day."""
    assert on_hold_in("on hold with Bezeq " + "and that is not all " * (LONGEST // 20)) is None
    assert on_hold_in("on hold with Bezeq for 20 hours") is None
