"""Card numbers and secret codes: recognised, so that they are never kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Redacted", "clean", "redact"]

_DIGITS = re.compile(r"(?<![\w.])(?:\d[ \-\u2010-\u2015.]?){12,18}\d(?![\w])")
_CODE_WORDS = (
    r"code|otp|pin|cvv|cvc|password|passcode|קוד|סיסמ[הא]|סיסמת|ספרות בגב|код|пароль|пин|رمز|كود|كلمة السر|كلمة المرور"
)
_CODE = re.compile(
    rf"(?:(?<!\w)(?:ה|ו|ב|ל|ש)?(?:{_CODE_WORDS})(?!\w)[^\d\n]{{0,30}})(\d(?:[ \-]?\d){{2,7}})(?!\d)", re.IGNORECASE
)
_HARMLESS = re.compile(
    r"מיקוד|zip|post|error|תקלה|שגיאה|מוצר|פריט|קופון|coupon|promo|product|לקוח|הזמנה|ошибк|خطأ", re.IGNORECASE
)
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF])


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its secrets, and whether there were any."""

    text: str
    found: bool


def clean(text: str) -> str:
    """A typed text without control and direction characters, in composed form; lines are kept."""
    text = unicodedata.normalize("NFC", text.translate(_BIDI))
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))


def redact(text: str) -> Redacted:
    """Clean a text and replace card numbers (Luhn) and one-time codes by dots."""
    text = clean(text)
    found = False

    def card(match: re.Match[str]) -> str:
        nonlocal found
        if not luhn(re.sub(r"\D", "", match.group())):
            return match.group()
        found = True
        return "••••"

    def code(match: re.Match[str]) -> str:
        nonlocal found
        if _HARMLESS.search(match.group()):
            return match.group()
        found = True
        return match.group().replace(match.group(1), "••••")

    text = _CODE.sub(code, _DIGITS.sub(card, text))
    return Redacted(text, found)


def luhn(digits: str) -> bool:
    """Whether 13 to 19 digits pass the checksum of payment cards."""
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
