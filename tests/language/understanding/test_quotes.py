"""Prices as people quote them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.language.understanding.quotes import quote_in


@pytest.mark.parametrize(
    ("text", "price", "months", "after"),
    [
        ("79.90", "79.90", None, None),
        ("0", "0", None, None),
        ("79.90 לשנה ואז 119", "79.90", 12, "119"),
        ("79 ש״ח ל-12 חודש ואחר כך 99.90", "79", 12, "99.90"),
        ("79 ואחרי שנה 119", "79", 12, "119"),
        ("אחרי שנה 119, עכשיו 79", "79", 12, "119"),
        ("חינם ל3 חודשים ואז 50", "0", 3, "50"),
        ("חודש ראשון חינם ואז 89", "0", 1, "89"),
        ("שבעים ותשע שקל לשנתיים", "79", 24, None),
        ("ב 89 ל 24 חודשים", "89", 24, None),
        ("120 לחודש", "120", None, None),
        ("100 גיגה ב 49.90", "49.90", None, None),
        ("5 קווים ב-29.90 כל אחד", "29.90", None, None),
        ("במקום 120 רק 79 ש״ח", "79", None, None),
        ("79 a month for a year, then 119", "79", 12, "119"),
        ("free for 3 months then 50", "0", 3, "50"),
        ("79 на год, потом 119", "79", 12, "119"),
        ("79 لمدة سنة وبعدين 119", "79", 12, "119"),
        ("לשלוש שנים", None, 36, None),
        ("חצי שנה", None, 6, None),
        ("12 חודשים", None, 12, None),
        ("לתמיד", None, 0, None),
        ("התקנה 199 וראוטר 12", None, None, None),
        ("מה ההצעה?", None, None, None),
        ("", None, None, None),
        ("🙂" * 50, None, None, None),
        ("500 years", None, None, None),
    ],
)
def test_quotes(text: str, price: str | None, months: int | None, after: str | None) -> None:
    """The price now, for how long and what comes after, said in any order; what is not said is not guessed."""
    quote = quote_in(text)
    assert quote.price == (None if price is None else Decimal(price))
    assert quote.months == months
    assert quote.after == (None if after is None else Decimal(after))
