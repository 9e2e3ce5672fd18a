"""How vocalised Hebrew sounds, written in the reader's own letters, with the stress.

The vocalised line carries full niqqud in the full spelling. Two marks are added where the points alone do not decide:

- ``U+05AB`` (ole) on the stressed syllable where that is not the last one;
- ``U+05BD`` (meteg) on a shva that is heard where the rule would leave it silent (after the prefixes ב and כ, say).

The speech is that of Israel today: dagesh is heard in ב כ פ only, a shva is an *e* where it cannot be avoided, and
א and ע are a break between vowels. Latin marks the stress with an acute (*tluná*), Cyrillic too (*тлуна́*). Arabic
letters show it as Arabic does: the stressed vowel is long and written with ا و ي, the others are short (تلونا).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bot.language.niqqud import MONTHS, POINT, bare
from bot.language.numerals import in_words, spelt_out

__all__ = ["Syllable", "read_out", "reading", "syllables"]

_OLE, _METEG, _DAGESH, _SIN = "\u05ab", "\u05bd", "\u05bc", "\u05c2"
_SHVA, _HIRIQ, _TSERE, _SEGOL, _PATAH, _QAMATS, _HOLAM = (
    "\u05b0",
    "\u05b4",
    "\u05b5",
    "\u05b6",
    "\u05b7",
    "\u05b8",
    "\u05b9",
)
_HATAFS = {"\u05b1": "e", "\u05b2": "a", "\u05b3": "o"}
_VOWELS = {
    **_HATAFS,
    _HIRIQ: "i",
    _TSERE: "e",
    _SEGOL: "e",
    _PATAH: "a",
    _QAMATS: "a",
    _HOLAM: "o",
    "\u05ba": "o",
    "\u05bb": "u",
    "\u05c7": "o",
}
_CLUSTER = re.compile("([א-ת])([\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]*)(['׳]?)")
_WORD = re.compile(
    "[א-ת](?:[א-ת\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7'׳״]*[א-ת\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7'׳])?|₪"
)

_HARD = {"ב": "b", "כ": "k", "ך": "k", "פ": "p", "ף": "p"}
_SOUNDS = {
    "א": "'",
    "ב": "v",
    "ג": "g",
    "ד": "d",
    "ה": "h",
    "ו": "v",
    "ז": "z",
    "ח": "H",
    "ט": "t",
    "י": "y",
    "כ": "x",
    "ך": "x",
    "ל": "l",
    "מ": "m",
    "ם": "m",
    "נ": "n",
    "ן": "n",
    "ס": "s",
    "ע": "`",
    "פ": "f",
    "ף": "f",
    "צ": "c",
    "ץ": "c",
    "ק": "k",
    "ר": "r",
    "ש": "S",
    "ת": "t",
    "ג׳": "j",
    "ז׳": "Z",
    "צ׳": "C",
}
"""Letter -> its sound, one character each: H ח, x soft כ, c צ, S ש, j ג׳, Z ז׳, C צ׳, ' א, ` ע."""

_SONORANT = frozenset("ילמנרו")
"""Letters after which a shva at the beginning of a word is heard."""


@dataclass(frozen=True, slots=True)
class Syllable:
    """A consonant and the vowel after it; either may be empty. ``weak``: the vowel never carries the stress."""

    consonant: str
    vowel: str = ""
    stressed: bool = False
    weak: bool = False


@dataclass(slots=True)
class _Sound:
    letter: str
    consonant: str
    vowel: str = ""
    shva: bool = False
    marked: bool = False
    weak: bool = False
    point: str = ""


@lru_cache(maxsize=8192)
def syllables(word: str) -> tuple[Syllable, ...]:
    """A vocalised word, sound by sound."""
    clusters = [(f"{letter}׳" if geresh else letter, marks) for letter, marks, geresh in _CLUSTER.findall(word)]
    sounds: list[_Sound] = []
    for at, (letter, marks) in enumerate(clusters):
        _hear(sounds, clusters, at, letter, marks)
    full = [n for n, sound in enumerate(sounds) if sound.vowel and not sound.weak]
    marked = [n for n, sound in enumerate(sounds) if sound.marked and sound.vowel]
    stressed = marked[0] if marked else full[-1] if full else -1
    return tuple(
        Syllable(sound.consonant, sound.vowel, number == stressed, sound.weak) for number, sound in enumerate(sounds)
    )


Clusters = list[tuple[str, str]]


def _hear(sounds: list[_Sound], clusters: Clusters, at: int, letter: str, marks: str) -> None:
    """Add what one letter with its points sounds like to what was heard before it."""
    last = at == len(clusters) - 1
    vowel = next((mark for mark in marks if mark in _VOWELS), "")
    if letter == "ו" and _vav(sounds, clusters, at, marks, vowel):
        return
    if letter == "י" and not vowel and _yod(sounds, clusters, at, marks):
        return
    if letter in "אה" and not vowel and _SHVA not in marks and not _carried(clusters, at):
        return
    consonant = _consonant(letter, marks)
    if last and letter in "חעה" and vowel == _PATAH and sounds:
        sounds.append(_Sound(letter, "", "a", weak=True))  # furtive: heard before the guttural
        if letter != "ה":
            sounds.append(_Sound(letter, consonant))
        return
    sound = _Sound(letter, consonant, _VOWELS.get(vowel, ""), marked=_OLE in marks, weak=vowel in _HATAFS, point=vowel)
    if _SHVA in marks:
        sound.shva = True
        if _METEG in marks or _heard(sounds, clusters, at):
            sound.vowel, sound.weak = "e", True
    sounds.append(sound)


def _consonant(letter: str, marks: str) -> str:
    if letter == "ש" and _SIN in marks:
        return "s"
    if letter in _HARD and _DAGESH in marks:
        return _HARD[letter]
    return _SOUNDS.get(letter) or _SOUNDS[letter[0]]


def _carried(clusters: Clusters, at: int) -> bool:
    """The vowel of this letter stands on the vav after it."""
    if at + 1 == len(clusters):
        return False
    letter, marks = clusters[at + 1]
    return letter == "ו" and (_HOLAM in marks or (_DAGESH in marks and not any(m in _VOWELS for m in marks)))


def _vav(sounds: list[_Sound], clusters: Clusters, at: int, marks: str, vowel: str) -> bool:
    """Whether a vav is a vowel of the letter before it, or is written twice, and so has no sound of its own."""
    shuruk = _DAGESH in marks and not vowel and _SHVA not in marks
    before = sounds[-1] if sounds else None
    if shuruk and before is None:
        sounds.append(_Sound("ו", "", "u"))
        return True
    if (shuruk or vowel == _HOLAM) and before is not None and not before.vowel and not before.shva:
        before.vowel = "u" if shuruk else "o"
        before.marked = before.marked or _OLE in marks
        return True
    if vowel or marks or before is None:
        return False
    following = clusters[at + 1] if at + 1 < len(clusters) else ("", "")
    doubled = following[0] == "ו" and not _carried(clusters, at)
    return doubled or before.letter == "ו"


def _yod(sounds: list[_Sound], clusters: Clusters, at: int, marks: str) -> bool:
    """Whether a yod without a vowel of its own only lengthens the vowel before it, or is written twice."""
    if marks.strip(_OLE) or _carried(clusters, at) or not sounds:
        return False
    before = sounds[-1]
    before.marked = before.marked or _OLE in marks
    if clusters[at - 1][0] == "י":
        return before.letter == "י" or before.point == _HIRIQ
    following = clusters[at + 1][0] if at + 1 < len(clusters) else ""
    if before.point == _TSERE and following == "ר":
        return True  # שירות, בירור: the yod is there for the spelling only
    if following == "ו" and at + 2 == len(clusters) and before.point == _QAMATS:
        return True  # עליו, עכשיו
    return before.point in (_HIRIQ, _SEGOL)


def _heard(sounds: list[_Sound], clusters: Clusters, at: int) -> bool:
    """Whether a shva is heard."""
    letter = clusters[at][0]
    if len(clusters) == 1:
        return True
    if at + 1 == len(clusters):
        return False
    if clusters[at + 1][0] == letter != "י":
        return True
    if not sounds:
        return letter in _SONORANT or clusters[at + 1][0] in "אעה"
    before = sounds[-1]
    return before.shva and not before.vowel


# -- scripts ----------------------------------------------------------------------------------------------------------

_LATIN = {"H": "kh", "x": "kh", "c": "ts", "S": "sh", "Z": "zh", "C": "ch"}
_ACUTE = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú"}
_CYRILLIC = {
    "b": "б",
    "v": "в",
    "g": "г",
    "d": "д",
    "h": "h",
    "z": "з",
    "H": "х",
    "t": "т",
    "y": "й",
    "k": "к",
    "x": "х",
    "l": "л",
    "m": "м",
    "n": "н",
    "s": "с",
    "f": "ф",
    "p": "п",
    "c": "ц",
    "r": "р",
    "S": "ш",
    "j": "дж",
    "Z": "ж",
    "C": "ч",
}
_CYRILLIC_VOWELS = {"a": "а", "e": "е", "i": "и", "o": "о", "u": "у"}
_IOTATED = {"a": "я", "e": "е", "i": "йи", "o": "йо", "u": "ю"}
_ARABIC = {
    "b": "ب",
    "v": "ڤ",
    "g": "چ",
    "d": "د",
    "h": "ه",
    "z": "ز",
    "H": "ح",
    "t": "ت",
    "y": "ي",
    "k": "ك",
    "x": "خ",
    "l": "ل",
    "m": "م",
    "n": "ن",
    "s": "س",
    "f": "ف",
    "p": "پ",
    "c": "تس",
    "r": "ر",
    "S": "ش",
    "j": "ج",
    "Z": "ج",
    "C": "تش",
    "`": "ع",
}
_SHORT = {"a": "\u064e", "e": "\u0650", "i": "\u0650", "o": "\u064f", "u": "\u064f"}
_LONG = {"a": "ا", "e": "ي", "i": "ي", "o": "و", "u": "و"}
_ALEF = {"a": "أ", "e": "إ", "i": "إ", "o": "أ", "u": "أ"}
_HAMZA = {"a": "أ", "e": "ئ", "i": "ئ", "o": "ؤ", "u": "ؤ"}
_ACCENT = "\u0301"


def _many(word: tuple[Syllable, ...]) -> bool:
    return sum(bool(syllable.vowel) for syllable in word) > 1


def _latin(word: tuple[Syllable, ...]) -> str:
    parts: list[str] = []
    for number, it in enumerate(word):
        if it.consonant in ("'", "`"):
            inside = number > 0 and (it.vowel or number + 1 < len(word))
            parts.append("'" if inside else "")
        else:
            parts.append(_LATIN.get(it.consonant, it.consonant))
        parts.append(_ACUTE[it.vowel] if it.stressed and _many(word) else it.vowel)
    return "".join(parts)


def _cyrillic(word: tuple[Syllable, ...]) -> str:
    written = ""
    for number, it in enumerate(word):
        vowels, consonant = _CYRILLIC_VOWELS, _CYRILLIC.get(it.consonant, "")
        after_vowel = not written or written[-1] in f"аеиоуэюя{_ACCENT}"
        vowel = vowels[it.vowel] if it.vowel else ""
        if it.consonant == "y" and it.vowel:
            consonant, vowel = "" if after_vowel else "ь", _IOTATED[it.vowel]
        elif it.consonant in ("'", "`", ""):
            consonant = "" if after_vowel or not it.vowel else "'"
            vowel = "э" if it.vowel == "e" else vowel
        elif it.consonant == "l" and not it.vowel and (number + 1 == len(word) or word[number + 1].consonant != "y"):
            consonant = "ль"
        written += consonant + vowel + (_ACCENT if it.stressed and _many(word) else "")
    return written


def _arabic(word: tuple[Syllable, ...]) -> str:
    parts: list[str] = []
    for number, it in enumerate(word):
        if it.consonant == "y" and not it.vowel and number and word[number - 1].stressed and parts[-1].endswith("ي"):
            continue  # a long e is written with the same letter
        long = it.stressed and bool(it.vowel)
        ending = _LONG[it.vowel] if long else _SHORT.get(it.vowel, "")
        if it.consonant in ("'", "") and it.vowel:
            furtive = it.consonant == "" and number > 0
            seat = "" if furtive and parts else (_HAMZA if number else _ALEF)[it.vowel]
            if seat == "أ" and it.vowel == "a" and long:
                parts.append("آ")
            else:
                parts.append(seat + ending)
        else:
            parts.append(_ARABIC.get(it.consonant, "") + ending)
    return "".join(parts)


_SCRIPTS: dict[str, Callable[[tuple[Syllable, ...]], str]] = {"ru": _cyrillic, "ar": _arabic}
"""The reader's language -> its script; all others read Latin letters."""

_LETTERS = {
    "א": "אָ֫לֶף",
    "ב": "בֵּת",
    "ג": "גִּ֫ימֶל",
    "ד": "דָּ֫לֶת",
    "ה": "הֵא",
    "ו": "וָו",
    "ז": "זַ֫יִן",
    "ח": "חֵת",
    "ט": "טֵת",
    "י": "יוּד",
}
"""Letters that number the parts of a law, by their names."""
_PART_OF_A_LAW = re.compile(r"(?<!\w)(\d{1,3})([א-י])(\d{0,2})(?!\w)")

_UNITS = "יוֹם יָמִים יוֹמַ֫יִים ח֫וֹדֶשׁ חוֹדָשִׁים חוֹדְשַׁ֫יִים שָׁנָה שָׁנִים שְׁנָתַ֫יִים שָׁבוּעַ שָׁבוּעוֹת שְׁבוּעַ֫יִים שָׁעָה שָׁעוֹת שְׁעָתַ֫יִים דַּקָּה דַּקּוֹת שְׁתֵּי אֶחָד אַחַת"
_POINTED = {
    **{bare(word): word for word in f"{MONTHS} {_UNITS}".split()},
    **{f"ב{bare(word)}": f"בְּ{_METEG}{word}" for word in MONTHS.split()},
    "₪": "שֶׁ֫קֶל",
    "ש״ח": "שֶׁ֫קֶל",
}
"""Words that dates, durations and sums bring, with their points."""


def _part(found: re.Match[str]) -> str:
    number, letter, further = found.groups()
    said = f"{in_words(int(number), feminine=True)} {_LETTERS[letter]}"
    return f"{said} {in_words(int(further), feminine=True)}" if further else said


_SIGNS = str.maketrans({"״": '"', "־": "-"})
_STOPS = str.maketrans({",": "،", ";": "؛", "?": "؟"})


def read_out(word: str) -> bool:
    """Whether a word without points is read out all the same."""
    return word in _POINTED


def reading(text: str, language: str) -> str:
    """How a vocalised Hebrew text sounds, for a reader of a language.

    Numbers are said in words. Hours, case numbers, names in other letters and Hebrew words without points stand as
    they are.
    """
    spell = _SCRIPTS.get(language, _latin)
    text = spelt_out(_PART_OF_A_LAW.sub(_part, text.replace("\u200f", "")))

    def spelt(found: re.Match[str]) -> str:
        word = _POINTED.get(found.group(), found.group())
        return spell(syllables(word)) if POINT.search(word) else word

    said = _WORD.sub(spelt, text).translate(_SIGNS)
    return said.translate(_STOPS) if language == "ar" else said
