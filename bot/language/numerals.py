"""Numbers in Hebrew words with their points, for who says them aloud and cannot read the figures in Hebrew.

What is counted decides the gender: days and shekels are masculine, minutes and years feminine; numbers that only name
something (a section, a year) are feminine, as one counts. Sums are said as they are written, with their agorot.
"""

from __future__ import annotations

import re

from bot.language.niqqud import MONTHS, bare

__all__ = ["MOST", "in_words", "spelt_out"]

MOST = 999_999
"""The largest number that is put into words."""

_MASCULINE = (
    "אֶ֫פֶס",
    "אֶחָד",
    "שְׁנַ֫יִים",
    "שְׁלוֹשָׁה",
    "אַרְבָּעָה",
    "חֲמִישָּׁה",
    "שִׁישָּׁה",
    "שִׁבְעָה",
    "שְׁמוֹנָה",
    "תִּשְׁעָה",
    "עֲשָׂרָה",
)
_FEMININE = (
    "אֶ֫פֶס",
    "אַחַת",
    "שְׁתַּ֫יִים",
    "שָׁלוֹשׁ",
    "אַרְבַּע",
    "חָמֵשׁ",
    "שֵׁשׁ",
    "שֶׁ֫בַע",
    "שְׁמ֫וֹנֶה",
    "תֵּ֫שַׁע",
    "עֶ֫שֶׂר",
)
_TEEN_MASCULINE = ("אַחַד", "שְׁנֵים", *_MASCULINE[3:10])
_TEEN_FEMININE = ("אַחַת", "שְׁתֵּים", "שְׁלוֹשׁ", "אַרְבַּע", "חֲמֵשׁ", "שֵׁשׁ", "שְׁבַע", "שְׁמוֹנֶה", "תְּשַׁע")
_TENS = ("עֶשְׂרִים", "שְׁלוֹשִׁים", "אַרְבָּעִים", "חֲמִישִּׁים", "שִׁישִּׁים", "שִׁבְעִים", "שְׁמוֹנִים", "תִּשְׁעִים")
_THOUSANDS = (
    "אֶ֫לֶף",
    "אַלְפַּ֫יִים",
    *(f"{count} אֲלָפִים" for count in ("שְׁל֫וֹשֶׁת", "אַרְבַּ֫עַת", "חֲמֵ֫שֶׁת", "שֵׁ֫שֶׁת", "שִׁבְעַת", "שְׁמוֹנַת", "תִּשְׁעַת", "עֲשֶׂ֫רֶת")),
)
_SHEKEL, _SHEKELS, _AGOROT, _PERCENT = "שֶׁ֫קֶל", "שְׁקָלִים", "אֲגוֹרוֹת", "אָחוּז"

_MASCULINE_NOUNS = frozenset(["יום", "ימים", "ימי", "חודש", "חודשים", "שבוע", "שבועות", "אחוז", "אחוזים"])
_FEMININE_NOUNS = frozenset(["דקה", "דקות", "שעה", "שעות", "שנה", "שנים", "פעם", "פעמים", "ספרות"])
_IN_A_MONTH = frozenset(f"ב{bare(month)}" for month in MONTHS.split())
_NUMBER = re.compile(
    r"(?<![\w.,:/])(?<!\d-)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<cents>\d\d))?(?![\w:/]|[.,]\d|-\d)"
    "(?P<unit>[\\s\u00a0\u200f]*(?:₪|ש״ח)|%)?(?P<next>[\\s\u00a0]+[א-ת\u0591-\u05c7]+)?"
)


def in_words(number: int, *, feminine: bool = False) -> str:
    """A whole number from 0 to ``MOST`` in pointed words.

    Raises:
        ValueError: it is not between 0 and ``MOST``.
    """
    if not 0 <= number <= MOST:
        raise ValueError(f"{number} is not between 0 and {MOST}")
    if number <= 10:
        return (_FEMININE if feminine else _MASCULINE)[number]
    parts: list[str] = []
    thousands, rest = divmod(number, 1000)
    if thousands:
        parts.append(_THOUSANDS[thousands - 1] if thousands <= 10 else f"{in_words(thousands)} {_THOUSANDS[0]}")
    hundreds, rest = divmod(rest, 100)
    if hundreds:
        parts.append(("מֵאָה", "מָאתַ֫יִים", *(f"{count} מֵאוֹת" for count in _TEEN_FEMININE[2:]))[hundreds - 1])
    if 10 < rest < 20:
        ten = "עֶשְׂרֵה" if feminine else "עָשָׂר"
        parts.append(f"{(_TEEN_FEMININE if feminine else _TEEN_MASCULINE)[rest - 11]} {ten}")
    else:
        tens, units = divmod(rest, 10) if rest > 10 else (0, rest)
        if tens:
            parts.append(_TENS[tens - 2])
        if units:
            parts.append((_FEMININE if feminine else _MASCULINE)[units])
    *before, last = parts
    return " ".join([*before, f"וְ{last}"]) if before else last


def spelt_out(text: str) -> str:
    """A Hebrew text with its numbers in words; hours, case numbers and telephone numbers stay figures."""
    return _NUMBER.sub(_said, text)


def _said(found: re.Match[str]) -> str:
    digits = found["whole"].replace(",", "")
    number, unit, following = int(digits), (found["unit"] or "").strip("\u00a0\u200f "), found["next"] or ""
    if unit in ("₪", "ש״ח"):
        if number > MOST or (digits[0] == "0" and len(digits) > 1):
            return found.group()
        return _sum(number, int(found["cents"] or 0)) + following
    named = len(digits) == 4 and digits[:2] in ("19", "20")
    if found["cents"] or digits[0] == "0" or (len(digits) > 3 and "," not in found["whole"] and not named):
        return found.group()
    if number > MOST:
        return found.group()
    if unit == "%":
        return f"{_PERCENT} {_MASCULINE[1]}{following}" if number == 1 else f"{in_words(number)} {_PERCENT}{following}"
    counted = bare(following).strip()
    if counted.removeprefix("ה") in _MASCULINE_NOUNS | _FEMININE_NOUNS:
        counted = counted.removeprefix("ה")
        if number == 1:
            return found.group()
        if number == 2:
            return f"{'שְׁתֵּי' if counted in _FEMININE_NOUNS else 'שְׁנֵי'}{following}"
    return in_words(number, feminine=counted not in _MASCULINE_NOUNS | _IN_A_MONTH) + following


def _sum(shekels: int, agorot: int) -> str:
    if shekels == 1:
        said = f"{_SHEKEL} {_MASCULINE[1]}"
    elif shekels == 2:
        said = f"שְׁנֵי {_SHEKELS}"
    else:
        said = f"{in_words(shekels)} {_SHEKELS if shekels <= 10 else _SHEKEL}"
    if not agorot:
        return said
    small = f"{in_words(agorot, feminine=True)} {_AGOROT}"
    return f"{said} וְ{small}" if shekels else small
