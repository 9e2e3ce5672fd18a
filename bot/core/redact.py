"""Card numbers and secret codes: recognised, so that they are never kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Redacted", "clean", "redact"]

SHORTEST, LONGEST = 13, 19
"""Digits of a card number."""

_BETWEEN = r"[\s\-\u2010-\u2015._/]{0,2}"
_DIGITS = re.compile(rf"(?<!\d)\d(?:{_BETWEEN}\d){{12,}}(?!\d)")
_GROUP = re.compile(r"\d+")
_CODE_WORDS = (
    r"code|otp|pin|cvv|cvc|password|passcode|קוד|סיסמ[הא]|סיסמת|ספרות בגב|код|пароль|пин|رمز|كود|كلمة السر|كلمة المرور"
)
_CODE = re.compile(
    rf"(?:(?<!\w)(?:[והבלשכמ]{{0,3}}|و?ال)(?:{_CODE_WORDS})(?![^\W\d_])[^\d\n]{{0,30}})(\d(?:[ \-]?\d){{2,7}})(?!\d)",
    re.IGNORECASE,
)
_CODE_FIRST = re.compile(
    rf"(?<!\d)(\d(?:[ \-]?\d){{3,7}})\s+(?:is|הוא|זה|это|هو)\s[^\d\n]{{0,30}}?"
    rf"(?<!\w)(?:[והבלשכמ]{{0,3}}|و?ال)(?:{_CODE_WORDS})(?!\w)",
    re.IGNORECASE,
)
_THINGS = (
    r"zip|post|postal|error|תקלה|שגיאה|שגיאת|מוצר|פריט|קופון|coupon|promo|product|item|model|branch|area|country|dial|"
    r"סניף|אזור|לקוח|הזמנה|ошибк\w*|товара|خطأ|الخطأ|منتج"
)
_HARMLESS = re.compile(rf"מיקוד|{_THINGS}", re.IGNORECASE)
_HARMLESS_BEFORE = re.compile(rf"(?<!\w)(?:{_THINGS})[\s\-]*\Z", re.IGNORECASE)
_UNSEEN = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF, 0x200B, 0x2060, 0x00AD]
)
"""Direction marks, and spaces without width between two characters."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its secrets, and whether there were any."""

    text: str
    found: bool


def clean(text: str) -> str:
    """A typed text without control, direction and invisible characters, in composed form; lines are kept."""
    text = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))


def redact(text: str) -> Redacted:
    """Clean a text and replace card numbers (Luhn) and one-time codes by dots."""
    text = clean(text)
    found = False

    def card(match: re.Match[str]) -> str:
        nonlocal found
        shown, hidden = match.group(), _cards(match.group())
        found = found or bool(hidden)
        for start, end in reversed(hidden):
            shown = f"{shown[:start]}••••{shown[end:]}"
        return shown

    def code(match: re.Match[str]) -> str:
        nonlocal found
        if _HARMLESS.search(match.group()) or _HARMLESS_BEFORE.search(match.string[: match.start()]):
            return match.group()
        found = True
        return match.group().replace(match.group(1), "••••")

    text = _CODE_FIRST.sub(code, _CODE.sub(code, _DIGITS.sub(card, text)))
    return Redacted(text, found)


def _cards(run: str) -> list[tuple[int, int]]:
    """Where card numbers stand in a run of digits; an expiry date or a code may stand before and after them."""
    groups = list(_GROUP.finditer(run))
    found: list[tuple[int, int]] = []
    for first, group in enumerate(groups):
        if group.group()[0] in "01789" or (found and group.start() < found[-1][1]):
            continue
        digits = ""
        for last in groups[first : first + LONGEST]:
            digits += last.group()
            if len(digits) > LONGEST:
                break
            if luhn(digits):
                found.append((group.start(), last.end()))
                break
    return found


def luhn(digits: str) -> bool:
    """Whether 13 to 19 digits pass the checksum of payment cards."""
    if not SHORTEST <= len(digits) <= LONGEST or len(set(digits)) == 1:
        return False
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
