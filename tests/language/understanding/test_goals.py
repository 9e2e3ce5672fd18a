"""What somebody wants, in their own words."""

from __future__ import annotations

import pytest

from bot.app import load
from bot.language.understanding.goals import LONGEST, goals_in
from bot.language.understanding.wordlists import read_lists


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("שיחזירו לי את הכסף", ["refund"]),
        ("החזר מלא", ["refund"]),
        ("אני רוצה שיחזירו את המחיר הקודם", ["restore_price"]),
        ("רק שיתקנו לי את המכונה כבר", ["repair"]),
        ("שהמנהלת תתנצל", ["apology"]),
        ("שיבוא טכנאי", ["new_visit"]),
        ("שיפסיקו להתקשר אליי", ["stop_contact"]),
        ("לבטל את המנוי ולקבל זיכוי", ["cancel", "credit"]),
        ("טיסה חלופית או החזר", ["alternative", "refund"]),
        ("שימחקו את החוב", ["stop_collection"]),
        ("שיבטלו את החשבון", ["stop_collection", "cancel"]),
        ("שיחברו אותי עכשיו", ["repair"]),
        ("קופון יותר גדול", ["credit"]),
        ("אישור", ["confirmation", "approve"]),
        ("I just want my money back", ["refund"]),
        ("get it working again", ["repair"]),
        ("a written answer from them", ["answer_in_writing"]),
        ("لازم يرجعولي المصاري", ["refund"]),
        ("يصلحوا الغسالة", ["repair"]),
        ("хочу, чтобы вернули деньги", ["refund"]),
        ("чтобы починили", ["repair"]),
        ("שלום", []),
        ("why", []),
        ("", []),
        ("החזר " * LONGEST, []),
    ],
)
def test_goals(text: str, goals: list[str]) -> None:
    """Those said in more words come first, then those said earlier; a long story is no wish."""
    assert goals == goals_in(text)


def test_each_goal_has_its_words() -> None:
    """The list and the knowledge name the same goals."""
    assert set(load()[0].goals) == set(read_lists("goals"))
