"""Card numbers and codes are never kept; other numbers always are."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.redact import clean, luhn, redact

CARDS = [
    "4111111111111111",
    "5500000000000004",
    "371449635398431",
    "30569309025904",
    "6011111111111117",
    "4222222222222",
    "4000000000000000006",
]


def grouped(number: str, separator: str) -> str:
    """A card number in groups of four."""
    return separator.join(number[i : i + 4] for i in range(0, len(number), 4))


@pytest.mark.parametrize("number", CARDS)
@pytest.mark.parametrize("separator", ["", " ", "-", " - "[:2], "  ", ".", "/", "\u00a0", "\u2013", "_"])
def test_card_numbers_are_recognised(number: str, separator: str) -> None:
    """A number that passes the checksum is a card number, however it is grouped."""
    found = redact(f"My card is {grouped(number, separator)}, and they took money twice.")
    assert found.found
    assert found.text == "My card is ••••, and they took money twice."


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111 12/28 123",
        "4111111111111111 1228",
        "12/28 4111-1111-1111-1111",
        "כרטיס4111111111111111",
        "הכרטיס:4111111111111111.",
        "x4111111111111111y",
        "٤١١١١١١١١١١١١١١١",
        "4111 1111 1111 1111 and 5500 0000 0000 0004",
        "\u202e4111 1111\u200e 1111 1111",
        "4111\u200b1111\u200b1111\u200b1111",
        "4111\n1111\n1111\n1111",
    ],
)
def test_card_numbers_are_recognised_among_others(text: str) -> None:
    """An expiry date, a code, letters or marks beside a card number do not hide it."""
    found = redact(text)
    assert found.found
    assert "1111" not in found.text
    assert "0004" not in found.text


@pytest.mark.parametrize(
    "text",
    [
        "the code is 482913",
        "code: 4829",
        "Your OTP 482 913",
        "my pin 4829",
        "pin4829",
        "CVV 123",
        "passcode 48-29-13",
        "482913 is your verification code",
        "G-482913 is your Google verification code.",
        "I got an error, the code is 482913",
        "הקוד שקיבלתי 482913",
        "קוד אימות: 482913",
        "482913 הוא קוד האימות שלך",
        "3 ספרות בגב הכרטיס 123",
        "הסיסמה שלי 48291355",
        "код 4829",
        "код подтверждения: 482913",
        "482913 это код",
        "пароль 482913",
        "رمز التحقق 482913",
        "الرمز 4829",
        "كود 4829",
        "٤٨٢٩١٣ هو رمز التحقق",
    ],
)
def test_codes_are_recognised_in_four_languages(text: str) -> None:
    """A short number beside a word for a code is secret."""
    found = redact(text)
    assert found.found
    assert "••••" in found.text
    assert not any(secret in found.text for secret in ("4829", "913", "٤٨٢٩"))


@pytest.mark.parametrize(
    "text",
    [
        "error code 651",
        "error-code 651",
        "קוד שגיאה 651",
        "שגיאה קוד 651",
        "קוד תקלה 7001",
        "код ошибки 651",
        "رمز الخطأ 651",
        "zip code 12345",
        "מיקוד 6713201",
        "promo code 2024",
        "קוד קופון 2024",
        "product code 55512",
        "קוד לקוח 12345",
        "area code 03",
        "קוד סניף 123",
        "050-1234567",
        "+972 50 123 4567",
        "03-1234567 050-1234567",
        "1-700-123-456",
        "order 12345678901234",
        "הזמנה מספר 1234567890123456",
        "reference 2026-000012345678",
        "ID 123456782",
        "4821",
        "I paid 1500 and the code did not work",
        "12.10.2026 15.11.2026",
        "from 1.1.2026 to 31.12.2026 I paid 89.90 and 119.90",
        "1111111111111111",
        "0000 0000 0000 0000",
        "4111111111111112",
        "IL62 0108 0000 0009 9999 999",
        "41111111111111111111111",
        "a decoder 1234",
        "הרמזור 1234",
    ],
)
def test_other_numbers_are_kept(text: str) -> None:
    """Phone, order, customer and error numbers are what a case is made of."""
    assert redact(text) == type(redact(""))(clean(text), False)


@given(st.integers(min_value=0, max_value=10**18 - 1), st.integers(min_value=12, max_value=18))
def test_luhn_takes_one_check_digit_of_ten(body: int, length: int) -> None:
    """Exactly one check digit completes a number, as the checksum's definition says."""
    digits = str(body).zfill(length)[:length]

    def total(number: str) -> int:
        doubled = [int(d) * (1 + position % 2) for position, d in enumerate(reversed(number))]
        return sum(d // 10 + d % 10 for d in doubled)

    passing = [d for d in "0123456789" if luhn(digits + d)]
    expected = [d for d in "0123456789" if total(digits + d) % 10 == 0 and len(set(digits + d)) > 1]
    assert passing == expected


@pytest.mark.parametrize("length", [0, 1, 12, 20])
def test_luhn_refuses_other_lengths(length: int) -> None:
    """Card numbers have 13 to 19 digits."""
    assert not luhn("18" * (length // 2) + "0" * (length % 2))


@given(st.text(max_size=300))
def test_what_is_kept_is_clean(text: str) -> None:
    """No control or direction character survives, and cleaning twice changes nothing."""
    once = clean(text)
    assert clean(once) == once
    assert redact(redact(text).text).text == redact(text).text
    assert not any(c in once for c in "\u0000\u0007\u001b\u202e\u2066\u2069\u200e\ufeff")


@pytest.mark.parametrize("text", ["4 " * 1000, "code " * 400, "12 is " * 330, "4111 1111 1111 1112 " * 100, "4" * 2000])
def test_long_texts_are_read_in_time(text: str) -> None:
    """No text makes the search for numbers run away."""
    began = time.process_time()
    redact(text)
    assert time.process_time() - began < 10
