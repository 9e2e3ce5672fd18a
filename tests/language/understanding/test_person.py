"""The name in an answer to who somebody spoke to."""

from __future__ import annotations

import pytest

from bot.language.understanding.person import person_in


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("יוסי", "יוסי"),
        ("קוראים לו יוסי נראה לי", "יוסי"),
        ("קוראים לה מיכל", "מיכל"),
        ("נראה לי שקוראים לה דנה", "דנה"),
        ("השם שלה רינת כהן", "רינת כהן"),
        ("דיברתי עם אבי ממחלקת גבייה", "אבי ממחלקת גבייה"),
        ("נציגה בשם שירה.", "שירה"),
        ("עמית", "עמית"),
        ("זהבה", "זהבה"),
        ("שמוליק", "שמוליק"),
        ("עם", "עם"),
        ("I think her name was Dana", "Dana"),
        ("Rinat, I think", "Rinat"),
        ("кажется, её зовут Аня", "Аня"),
        ("говорил с Олегом", "Олегом"),
        ("اسمها سمر", "سمر"),
    ],
)
def test_name(typed: str, name: str) -> None:
    """The words around a name are left out; a name that looks like one of them stays."""
    assert person_in(typed) == name
