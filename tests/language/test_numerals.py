"""Numbers in Hebrew words: right gender, right order, and figures where figures are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.niqqud import bare
from bot.language.numerals import MOST, in_words, spelt_out
from bot.language.pronounce import reading


@pytest.mark.parametrize(
    ("number", "masculine", "feminine"),
    [
        (0, "אפס", "אפס"),
        (1, "אחד", "אחת"),
        (2, "שניים", "שתיים"),
        (10, "עשרה", "עשר"),
        (11, "אחד עשר", "אחת עשרה"),
        (12, "שנים עשר", "שתים עשרה"),
        (17, "שבעה עשר", "שבע עשרה"),
        (20, "עשרים", "עשרים"),
        (21, "עשרים ואחד", "עשרים ואחת"),
        (100, "מאה", "מאה"),
        (101, "מאה ואחד", "מאה ואחת"),
        (110, "מאה ועשרה", "מאה ועשר"),
        (129, "מאה עשרים ותשעה", "מאה עשרים ותשע"),
        (200, "מאתיים", "מאתיים"),
        (999, "תשע מאות תשעים ותשעה", "תשע מאות תשעים ותשע"),
        (1300, "אלף ושלוש מאות", "אלף ושלוש מאות"),
        (2026, "אלפיים עשרים ושישה", "אלפיים עשרים ושש"),
        (3003, "שלושת אלפים ושלושה", "שלושת אלפים ושלוש"),
        (10_000, "עשרת אלפים", "עשרת אלפים"),
        (15_000, "חמישה עשר אלף", "חמישה עשר אלף"),
        (123_456, "מאה עשרים ושלושה אלף ארבע מאות חמישים ושישה", "מאה עשרים ושלושה אלף ארבע מאות חמישים ושש"),
    ],
)
def test_in_words(number: int, masculine: str, feminine: str) -> None:
    """As one says them."""
    assert (masculine, feminine) == (bare(in_words(number)), bare(in_words(number, feminine=True)))


@pytest.mark.parametrize("number", [-1, MOST + 1])
def test_too_large(number: int) -> None:
    """What is out of bounds is refused, not said wrongly."""
    with pytest.raises(ValueError, match="not between"):
        in_words(number)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("89.90 ₪", "שמונים ותשעה שקל ותשעים אגורות"),
        ("1,300\u00a0₪ בחזרה", "אלף ושלוש מאות שקל בחזרה"),
        ("1 ₪", "שקל אחד"),
        ("2 ₪", "שני שקלים"),
        ("7 ₪", "שבעה שקלים"),
        ("0.50 ₪", "חמישים אגורות"),
        ("3 בנובמבר", "שלושה בנובמבר"),
        ("14 ימים", "ארבעה עשר ימים"),
        ("בתוך 30 הימים", "בתוך שלושים הימים"),
        ("6 דקות", "שש דקות"),
        ("2 דקות", "שתי דקות"),
        ("2 שבועות", "שני שבועות"),
        ("3 שנים", "שלוש שנים"),
        ("5%", "חמישה אחוז"),
        ("סעיף 17.", "סעיף שבע עשרה."),
        ("18:00", "18:00"),
        ("03-1234567", "03-1234567"),
        ("7714-2", "7714-2"),
        ("פנייה 30941", "פנייה 30941"),
        ("3.11.2026", "3.11.2026"),
        ("1,000,000 ₪", "1,000,000 ₪"),
        ("007", "007"),
        ("24/7", "24/7"),
    ],
)
def test_spelt_out(text: str, said: str) -> None:
    """What is counted decides the gender; hours, numbers of cases and of telephones stay figures."""
    assert said == bare(spelt_out(text))


@given(st.integers(0, MOST), st.booleans())
def test_every_number_can_be_read(number: int, feminine: bool) -> None:
    """In each script, without a Hebrew letter or a figure left over."""
    words = in_words(number, feminine=feminine)
    for language in ("en", "ru", "ar"):
        sound = reading(words, language)
        assert sound
        assert not any("א" <= char <= "ת" or char.isdigit() for char in sound)
