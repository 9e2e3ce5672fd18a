"""One spelling for many: folds what people type in Hebrew, English, Arabic and Russian, and cuts it into tokens."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Token", "bare", "fold", "one_form", "script", "tokens", "words"]

_HEBREW_FINALS = {"ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ"}
_ARABIC = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ئ": "ي",
    "ؤ": "و",
    "ة": "ه",
    "گ": "ك",
    "ک": "ك",
    "چ": "ج",
    "پ": "ب",
    "ڤ": "ف",
    "٫": ".",
    "٬": ",",
    "،": ",",
    "؛": ";",
    "؟": "?",
    "٪": "%",
}
_MARKS = {
    "׳": "'",
    "’": "'",
    "‘": "'",
    "`": "'",
    "´": "'",
    "ʼ": "'",
    "״": '"',
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "־": "-",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "ё": "е",
    "Ё": "е",
}
_GONE = [
    *range(0x0591, 0x05BE),
    *range(0x05BF, 0x05C0),
    *range(0x05C1, 0x05C8),
    *range(0x0610, 0x061B),
    *range(0x064B, 0x0660),
    0x0640,
    0x0670,
    0x061C,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
]
_TABLE: dict[str, str] = dict.fromkeys(map(chr, _GONE), "")
_TABLE.update({**_HEBREW_FINALS, **_ARABIC, **_MARKS})
_TABLE.update({chr(0x0660 + n): str(n) for n in range(10)})
_TABLE.update({chr(0x06F0 + n): str(n) for n in range(10)})
_OTHER_FORM = re.compile(f"[{''.join(_TABLE)}]")

_TOKEN = re.compile(r"\d+(?:[.,']\d+)*|[^\W\d_]+(?:['\"][^\W\d_]+)*'?|[^\w\s]|_")
_REPEAT = re.compile(r"([^\W\d_])\1{2,}")


class Token(NamedTuple):
    """A word, a number or a sign, and where it stands in the folded text."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.text[0].isalpha()

    @property
    def is_number(self) -> bool:
        """Whether it is made of digits."""
        return self.text[0].isdigit()


def fold(text: str) -> str:
    """The text with one form for each letter, digit and mark, in lower case; letters typed three times become two."""
    return _REPEAT.sub(r"\1\1", one_form(text))


def one_form(text: str) -> str:
    """The text with one form for each letter, digit and mark, in lower case."""
    if not text.isascii():
        text = _OTHER_FORM.sub(_replace, text)
        if not unicodedata.is_normalized("NFKC", text):
            text = _OTHER_FORM.sub(_replace, unicodedata.normalize("NFKC", text))
    return text.lower()


def _replace(match: re.Match[str]) -> str:
    return _TABLE[match[0]]


@lru_cache(maxsize=4)
def tokens(folded: str) -> tuple[Token, ...]:
    """The tokens of a folded text; quotes inside a word are dropped (``ש"ח`` is ``שח``).

    Readers that each look at the same message share what is found.
    """
    found = []
    for match in _TOKEN.finditer(folded):
        piece = match.group()
        if piece[0].isalpha():
            piece = piece.replace('"', "").replace("'", "")
        found.append(Token(piece, match.start(), match.end()))
    return tuple(found)


def words(text: str) -> list[str]:
    """The words and numbers of a text as typed, folded."""
    return [t.text for t in tokens(fold(text)) if t.is_word or t.is_number]


def script(word: str) -> str:
    """``he``, ``ar``, ``ru`` or ``en``: the script of a word's first letter; empty for others."""
    for char in word:
        code = ord(char)
        if 0x05D0 <= code <= 0x05EA:
            return "he"
        if 0x0620 <= code <= 0x06FF:
            return "ar"
        if 0x0400 <= code <= 0x04FF:
            return "ru"
        if char.isascii() and char.isalpha():
            return "en"
    return ""


_HEBREW_PREFIX = re.compile(r"^(?:ו)?(?:לכש|מש|כש|ש)?(?:מה|[בלכהמ])?")
_ARABIC_PREFIX = re.compile(r"^(?:[وف])?(?:[بلك])?(?:ال|ل)?")


@lru_cache(maxsize=4096)
def bare(word: str) -> tuple[str, ...]:
    """The word, and what is left of it without the particles that Hebrew and Arabic write together with it."""
    kind = script(word)
    if kind == "he":
        longest = _HEBREW_PREFIX.match(word)
    elif kind == "ar":
        longest = _ARABIC_PREFIX.match(word)
    else:
        return (word,)
    assert longest is not None
    forms = [word]
    for cut in range(1, longest.end() + 1):
        rest = word[cut:]
        if len(rest) >= 2 and (kind == "he" or _ARABIC_PREFIX.fullmatch(word[:cut])):
            forms.append(rest)
    return tuple(forms)
