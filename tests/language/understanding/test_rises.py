"""By how much a price went up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.language.understanding.rises import rise_in


@pytest.mark.parametrize(
    "text",
    [
        "פלאפון העלו לי מחיר מ-49 ל-89 בלי להודיע",
        "89 שקל במקום 49",
        "שילמתי 49 ועכשיו 89",
        "העלו לי ב-40 שקל",
        "אני משלמת 40 שקל יותר",
        "raised my price from ₪49 to ₪89",
        "they charge 89 instead of 49",
        "it went up by 40",
        "подняли цену с 49 до 89",
        "подняли на 40 шекелей",
        "رفعوا السعر من 49 ل 89",
        "رفعوا ب 40 شيكل",
    ],
)
def test_the_difference(text: str) -> None:
    """Both prices give it, in either order, or it is given itself."""
    assert Decimal(40) == rise_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "העלו לי את המחיר ל-89 שקל",
        "raised my bill to 89",
        "подняли до 89",
        "המחיר עלה",
        "2 קווים העלו ל-89",
        "raised to 89, wait 3 to 5 days",
    ],
)
def test_a_new_price_is_no_difference(text: str) -> None:
    """One price says nothing of the difference."""
    assert rise_in(text) is None
