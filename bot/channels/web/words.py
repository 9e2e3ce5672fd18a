"""What the site itself says when something goes wrong, and which language a browser prefers."""

from __future__ import annotations

import re

__all__ = ["RIGHT_TO_LEFT", "apology", "preferred", "title"]

RIGHT_TO_LEFT = frozenset({"he", "ar", "fa", "ur", "yi"})

_RANGE = re.compile(r"\s*([a-z]{2,3})(?:-[a-z0-9-]*)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*", re.IGNORECASE)
_OLD_NAMES = {"iw": "he", "ji": "yi", "in": "id"}

_TITLES = {"he": "לא פראייר", "ar": "لو فراير", "ru": "Ло Фраер"}
_APOLOGIES = {
    "stranger": {
        "he": "הדפדפן לא זוהה. כדאי לרענן את הדף ולוודא שעוגיות מותרות בו.",
        "en": "We don't recognise this browser. Please reload the page, and check that cookies are allowed.",
        "ar": "لم نتعرّف على هذا المتصفّح. يُفضّل إعادة تحميل الصفحة والتأكّد أنّ ملفات تعريف الارتباط مسموحة.",
        "ru": "Мы не узнали этот браузер. Обновите страницу и проверьте, что cookie разрешены.",
    },
    "too_many": {
        "he": "זה קצת מהר מדי בשבילנו. עוד רגע אפשר להמשיך.",
        "en": "That's a little too fast for us. You can go on in a moment.",
        "ar": "هذا أسرع قليلًا ممّا نستطيع. يمكن المتابعة بعد لحظة.",
        "ru": "Это чуть быстрее, чем мы успеваем. Через минуту можно продолжить.",
    },
    "too_long": {
        "he": "ההודעה ארוכה מדי. אפשר לחלק אותה לכמה הודעות.",
        "en": "The message is too long. You can split it into a few.",
        "ar": "الرسالة طويلة جدًا. يمكن تقسيمها إلى عدّة رسائل.",
        "ru": "Сообщение слишком длинное. Его можно разделить на несколько.",
    },
    "too_large": {
        "he": "הקובץ גדול מדי: עד 5 מגה. גם צילום של הדף מספיק.",
        "en": "That file is too large: at most 5 MB. A photo of the page is enough.",
        "ar": "الملف كبير جدًا: حتى 5 ميغابايت. صورة للصفحة تكفي.",
        "ru": "Файл слишком большой: до 5 МБ. Хватит и фотографии страницы.",
    },
    "wrong_kind": {
        "he": "אפשר לצרף תמונות (JPEG, PNG, WebP) וקובצי PDF.",
        "en": "You can attach photos (JPEG, PNG, WebP) and PDF files.",
        "ar": "يمكن إرفاق صور (JPEG, PNG, WebP) وملفات PDF.",
        "ru": "Можно приложить фотографии (JPEG, PNG, WebP) и файлы PDF.",
    },
    "full": {
        "he": "אין יותר מקום לקבצים. התיק עם כל מה שנשלח מחכה ב'התיקים שלי'.",
        "en": "There is no more room for files. The case with all that you sent is in 'My cases'.",
        "ar": "لا مكان لملفات إضافية. كل ما أُرسل محفوظ في الملف ضمن قائمة الملفات.",
        "ru": "Для файлов больше нет места. Всё присланное лежит в деле, в списке дел.",
    },
    "unavailable": {
        "he": "ההודעה לא נשמרה, בגלל תקלה אצלנו. אפשר לנסות שוב בעוד רגע.",
        "en": "Your message wasn't saved, because of a fault on our side. Please try again in a moment.",
        "ar": "لم تُحفظ الرسالة بسبب خلل عندنا. يمكن المحاولة مرّة أخرى بعد لحظة.",
        "ru": "Сообщение не сохранилось: сбой на нашей стороне. Попробуйте ещё раз через минуту.",
    },
    "bad_request": {
        "he": "הבקשה לא הובנה. כדאי לרענן את הדף ולנסות שוב.",
        "en": "We couldn't read that. Please reload the page and try again.",
        "ar": "لم نفهم الطلب. يُفضّل إعادة تحميل الصفحة والمحاولة مرّة أخرى.",
        "ru": "Не удалось прочитать запрос. Обновите страницу и попробуйте ещё раз.",
    },
    "not_found": {
        "he": "לא מצאנו את זה.",
        "en": "We couldn't find that.",
        "ar": "لم نجد ذلك.",
        "ru": "Мы этого не нашли.",
    },
    "broken": {
        "he": "משהו השתבש אצלנו. אפשר לנסות שוב בעוד רגע.",
        "en": "Something went wrong on our side. Please try again in a moment.",
        "ar": "حدث خلل عندنا. يمكن المحاولة مرّة أخرى بعد لحظة.",
        "ru": "У нас что-то сломалось. Попробуйте ещё раз через минуту.",
    },
}


def apology(code: str, language: str) -> str:
    """A kind sentence for a failure."""
    texts = _APOLOGIES[code]
    return texts.get(language, texts["en"])


def title(language: str) -> str:
    """The name of the product, as it is written in a language."""
    return _TITLES.get(language, "Lo Frayer")


def preferred(header: str | None, default: str) -> str:
    """The primary language tag that an Accept-Language header likes best, for example ``he``."""
    best, weight = default, 0.0
    for part in (header or "")[:500].split(","):
        match = _RANGE.fullmatch(part)
        if match is None:
            continue
        q = float(match[2]) if match[2] else 1.0
        if q > weight:
            tag = match[1].lower()
            best, weight = _OLD_NAMES.get(tag, tag), q
    return best
