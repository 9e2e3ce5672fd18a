"""The currency of a sum, where it is named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.language.understanding.amounts import currencies_in, sum_in
from bot.language.understanding.normalise import fold
from bot.language.understanding.quotes import quote_in
from bot.language.understanding.rises import rise_in


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("300$", 300, "USD"),
        ("חייבו אותי 300$", 300, "USD"),
        ("300 דולר", 300, "USD"),
        ("200-דולר", 200, "USD"),
        ("ב$300", 300, "USD"),
        ("€50", 50, "EUR"),
        ("50 יורו על ביטול", 50, "EUR"),
        ("I was charged $300", 300, "USD"),
        ("USD 300", 300, "USD"),
        ("£20", 20, "GBP"),
        ("20 quid", 20, "GBP"),
        ("300 евро", 300, "EUR"),
        ("300 долларов", 300, "USD"),
        ("300 دولار", 300, "USD"),
        ("300 שקל", 300, "ILS"),
        ('300 ש"ח', 300, "ILS"),
        ("300 шекелей", 300, "ILS"),
        ("300 شيكل", 300, "ILS"),
        ("300", 300, None),
        ("300 bucks", 300, None),
    ],
)
def test_currency(text: str, amount: int, currency: str | None) -> None:
    """The sum and its currency; none where it is not named."""
    assert sum_in(fold(text)) == (Decimal(amount), currency)


def test_two_currencies() -> None:
    """Prices in two currencies are neither compared nor quoted together."""
    text = "שילמתי 200 שקל ועוד 30 דולר"
    assert currencies_in(fold(text)) == {"ILS", "USD"}
    assert rise_in(text) is None
    assert quote_in("משלמת 70 שקל, מציעים 15 דולר").price is None
