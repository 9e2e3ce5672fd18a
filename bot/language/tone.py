"""The tone of a line said aloud: civil, with no threat that is not a step, short enough for one breath."""

from __future__ import annotations

import re

from bot.language.understanding.mood import mood_of

__all__ = ["SPOKEN_WORDS", "aloud", "uncivil", "words_said"]

SPOKEN_WORDS = 23
"""The most words of a line that is said in one breath, in any language; a placeholder counts as one."""

_MARKS = re.compile(r"</?[a-z]+>")
_QUOTED = re.compile(r"<blockquote>(.*?)</blockquote>", re.DOTALL)
_SHARP_WORDS = {
    "en": (
        r"you'?re lying|you people|don'?t understand a thing|disgrace|pay you to|knows how to do their job",
        r"my lawyer|post this everywhere|whole country|or i'?m leaving|i'?ll sue\b",
    ),
    "he": (
        r"משקר|לא מבינים כלום|בושה|משלמים לכם|יודע לעבוד|חוצפה",
        r"עורך הדין שלי|עורכת הדין שלי|אפרסם את זה|כל המדינה|או שאעזוב|אתבע",
    ),
    "ar": (r"بتكذبوا|مش فاهمين إشي|عيب عليكم|بيدفعوا لكم|بيعرف يشتغل", r"المحامي تبعي|رح أنشرها|كل البلد|بترككم"),
    "ru": (
        r"вр[её]те|ничего не понимаете|позор|вам платят|работать не умеет",
        r"моего адвоката|мой адвокат|вся страна|везде опубликую|или я ухожу",
    ),
}
"""Language -> calling somebody a liar, a fool or not worth the pay; threats with nothing behind them.

Milder than what `mood_of` takes for anger in a person, and still wrong in a line that the coach puts in a mouth.
"""
_SHARP = re.compile("|".join(part for parts in _SHARP_WORDS.values() for part in parts), re.IGNORECASE)


def aloud(text: str) -> str:
    """What is said of a text: the part in quotation if there is one, without marks."""
    quoted = _QUOTED.search(text)
    return _MARKS.sub("", quoted[1] if quoted else text)


def words_said(line: str) -> int:
    """How many words a line has when it is said; dashes and signs are none."""
    return sum(any(c.isalnum() or c == "{" for c in word) for word in line.split())


def uncivil(line: str) -> str | None:
    """The part of a line that insults or threatens, or None if it can be said to anybody."""
    if (sharp := _SHARP.search(line)) is not None:
        return sharp[0]
    return line if mood_of(line) != "calm" else None
