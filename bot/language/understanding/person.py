"""The name in an answer to "who did you speak to?": "I think her name was Michal" tells Michal."""

from __future__ import annotations

import re

__all__ = ["person_in"]

_DOUBT = re.compile(r"^(?:אני חושבת? ש|נראה לי ש?|i think (?:that )?|кажется,? )", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?:"
    r"(?:קוראים|קראו) (?:לו|לה|לנציגה?|לבחורה?)|(?:ה?שם|שמו|שמה)(?: (?:שלו|שלה|היה|הוא|היא))*|"
    r"דיברתי (?:עם|מול)|עם|זה|זו|זאת|(?:(?:ה?נציגה?|ה?בחורה?|מישהו|מישהי|אחד|אחת) )?בשם|"
    r"(?:his|her|their) name (?:is|was)|(?:he|she) (?:is|was) called|it was|i (?:spoke|talked) (?:to|with)|"
    r"(?:someone|somebody|a (?:man|woman|guy|lady)) (?:called|named)|"
    r"(?:(?:его|ее|её) )?(?:зовут|звали)|(?:я )?говорила? со?|"
    r"اسمه|اسمها|اسمو|حكيت مع|(?:بفكر|اظن) (?:اسمه|اسمها)"
    r")(?=[\s:,-])[\s:,-]*",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s,.(-]+(?:נראה לי|אני חושבת?|כמדומני|אולי|משהו כזה|i think|i guess|maybe|or something|кажется|вроде|наверное|بفكر|اظن|يمكن)[).!]*$",
    re.IGNORECASE,
)


def person_in(text: str) -> str:
    """A name without the words around it; the text itself where nothing else would be left."""
    left = " ".join(text.split())
    left = _AFTER.sub("", _BEFORE.sub("", _DOUBT.sub("", left))).strip(" .,!")
    return left or text.strip()
