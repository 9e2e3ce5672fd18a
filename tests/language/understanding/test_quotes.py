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


@pytest.mark.parametrize(
    ("text", "price", "today"),
    [
        ("היה 49, היום אני משלמת 70, מציעים 60", "60", "70"),
        ("היום אני משלם 70 והם מציעים 60", "60", "70"),
        ("מציעים לי 60 ואני משלם 70", "60", "70"),
        ("60 מציעים, 70 משלמת היום", "60", "70"),
        ("12 חודשים ב-79, היום משלם 99", "79", "99"),
        ("היה 49 היום 70", None, "70"),
        ("הם מציעים עכשיו 60", "60", None),
        ("מציעים 60 במקום 70", "60", None),
        ("היום אני משלמת 70", "70", None),
        ("it was 49, now 70, they offer 60", "60", "70"),
        ("I pay 70 now, they offer 60 for a year", "60", "70"),
        ("было 49, сейчас плачу 70, предлагают 60", "60", "70"),
        ("كنت ادفع 49 واليوم بدفع 70 وعرضوا علي 60", "60", "70"),
    ],
)
def test_what_each_price_is(text: str, price: str | None, today: str | None) -> None:
    """Where it is said which price is of today and which is offered, they are taken so, and an old one is left out."""
    quote = quote_in(text)
    assert quote.price == (Decimal(price) if price else None)
    assert quote.today == (Decimal(today) if today else None)
