"""Hours of the day as people write them."""

from __future__ import annotations

import pytest

from bot.language.understanding.hours import hour_in


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("18", 18),
        ("18:30", 18),
        ("18.30", 18),
        ("at 9", 9),
        ("ב-9", 9),
        ("ב8 בבוקר", 8),
        ("6 בערב", 18),
        ("שמונה בבוקר", 8),
        ("8 וחצי", 8),
        ('2 אחה"צ', 14),
        ("12 בלילה", 0),
        ("עשר בלילה", 22),
        ("חצות", 0),
        ("בצהריים", 12),
        ("5", 17),
        ("7am", 7),
        ("7 p.m.", 19),
        ("12 pm", 12),
        ("12am", 0),
        ("24:00", 0),
        ("half past eight", 8),
        ("в шесть вечера", 18),
        ("7 утра", 7),
        ("الساعة ٨ الصبح", 8),
        ("ستة مساء", 18),
    ],
)
def test_hours(text: str, hour: int) -> None:
    """In figures and in words, with the part of the day; minutes are left out."""
    assert hour == hour_in(text)


@pytest.mark.parametrize(
    "text", ["", "25:00", "-1", "100", "31.2.2027", "בבוקר", "afternoon", "כל היום", "banana", "24 am"]
)
def test_no_hours(text: str) -> None:
    """What names no hour of a day."""
    assert hour_in(text) is None
