"""What an answer to a representative does, by plain rules: does it ask, does it pin down, does it give ground?

The words are those of Hebrew, English, Arabic and Russian; a question mark and a figure count in any language.
"""

from __future__ import annotations

from functools import lru_cache

from bot.core.reading import Traits
from bot.language.understanding.normalise import fold, words
from bot.language.understanding.word_patterns import WordPatterns, clauses

__all__ = ["traits_of"]

_ASKS = """
מבקש|מבקשת|מבקשים|אבקש|נבקש|אשמח|נשמח|אודה|דורש|דורשת|מצפה
רוצה|רוצים|צריך|צריכה|צריכים|חשוב לקבל|לדבר|לדעת|לבטל|לראות|לשמוע|לברר|שתרשמו|שתשלחו|שיירשם|שיהיה|את|לי|זיכוי|
    החזר|אישור|מנהל*|לתקן|לקבוע
האם|אפשר|תוכל|תוכלי|תוכלו|אוכל
חשוב|חשובה לי
בקשה שלי|שלנו
תשלח|תשלחי|תשלחו|שלחו|שלח|שלחי|תרשום|תרשמי|תרשמו|רשמו|תעביר|תעבירי|תעבירו|העבירו|תבדוק|תבדקי|תבדקו|בדקו|תגיד|
    תגידי|תגידו
תן|תני|תנו|תתן|תתני|תתנו|תכתוב|תכתבי|תכתבו|כתבו|תקריא|תקריאי|תקריאו|תחזיר|תחזירי|תחזירו|תבטל|תבטלי|תבטלו|תמצא|
    תמצאי|תמצאו
תפתח|תפתחי|תפתחו|תאשר|תאשרי|תאשרו|תסביר|תסבירי|תסבירו|תעדכן|תעדכני|תעדכנו|תראה|תראי|תראו|תקבע|תקבעי|תקבעו
בבקשה
please|could|can|would|will|may you|i|we|someone|somebody
please|kindly
i .. want|need|ask|asking|request|requesting|expect|insist|prefer
id .. like|rather|prefer|need
im asking
matters|important to me
send|give|note|transfer|put|read|write|tell|show|cancel|check|refund|credit|connect|confirm|explain|book|email|
    text|open|look|find me|us|it|the|a|this|that|my|down|through|out|back
let me|us speak|talk|know|see|have
بدي|اريد|اطلب|بطلب|ارجو|ممكن|لو|بقدر|فيك|فيكم|فضلك
هل
ابعت*|ارسل*|اعط*|عطيني|سجل*|حول*|اكتب*|شوف*|الغي|رجع*
прошу|хочу|хотел|хотела|требую|пожалуйста|нужно|нужен|нужна
можно|можете|могли
пришлите|дайте|скажите|запишите|соедините|переведите|проверьте|отмените|верните|объясните|напишите|покажите|
    назовите|подтвердите
"""
"""A request, in any place."""
_QUESTIONS = """
מה|מי|מתי|איך|כמה|איפה|למה|מדוע|איזה|איזו|באיזה|לאיזה|עד
who|when|what|which|how|where|why|whose|is|are|do|does|did|by
مين|متى|ايمتى|كيف|كم|وين|اين|ليش|لماذا|شو|ماذا
кто|когда|что|какой|какая|какое|как|сколько|где|почему|куда
"""
"""Words that make a question at its beginning, or with a question mark."""
_WHO_AND_WHEN = """
מתי|מי|כמה
when|who|whom|many|long|soon
متى|ايمتى|مين|كم
когда|кто|кем|сколько
"""
"""Questions that ask for a name, a time or a number: they pin down as well."""
_PINS = """
שם|שמך|שמכם|מספר|אסמכתא|תאריך|שעה|היום|מחר|מחרתיים|עכשיו|כתב|מייל|דואר|מסרון|סמס|הודעה|הודעת|קישור|סעיף|נוסח|
    הקלטה|תיעוד|עותק
ראשון|שני|שלישי|רביעי|חמישי|שישי|שבוע|יום|ימי|ימים|שעות|דקות|דקה|חודש|סכום|שקל|שח|שקלים|מועד|זיכוי|החזר|מנהל*|
    אחראי*
רשום|רשומה|כתוב|כתובה|לרשום|לכתוב|תרשמו|תרשום|תרשמי|רשמו|מסמך|אישור|פנייה|פניה
name|named|number|reference|ref|date|dates|hour|time|oclock|today|tomorrow|tonight|now|writing|written|email|
    mail|text|sms|link|clause|copy|recording
monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|day|days|hours|minutes|month|amount|shekel*|
    refund|credit|manager|supervisor|note|noted|notes|record|file|confirmation
اسم|رقم|تاريخ|ساعه|اليوم|بكرا|بكره|غدا|هلا|خطي|مكتوب|ايميل|رساله|نسخه|بند|تسجيل|يوم|اسبوع|دقيقه|مبلغ|مدير|مسوول
имя|фамили*|номер|дата|дату|дате|час|время|сегодня|завтра|сейчас|письменно|письмо|почт*|смс|сообщени*|ссылк*|
    пункт|копи*|запис*|недел*|день|дня|часов|минут*|сумм*|шекел*|возврат|менеджер*|руководител*|подтвержден*
"""
_YIELDS = """
לא משנה|נורא|חשוב // למה|מה
עזוב|עזבי|עזבו|תעזוב|תעזבי|תעזבו|נעזוב|תשכח|תשכחי|תשכחו|שכח|שכחו|מילא
נו|אז|טוב|אוקיי|בסדר שיהיה
מוותר|מוותרת|אוותר|נוותר|לוותר|ויתרתי // לא|אינני
אם ככה|כך אז? .. בסדר|טוב|תודה|שיהיה
אחכה|נחכה|אנסה .. כמה|קצת|ונראה|בהזדמנות|פעם|שוב // קו
סליחה .. הפרעתי|הטרדתי|ההפרעה|ההטרדה|שהפרעתי|שהטרדתי
סומך|סומכת|סומכים עליך|עליכם|עלייך
forget it|about
never mind
nevermind|whatever
let it go
ill let it|this go|slide
thanks anyway
thank you anyway
give|giving up
leave it
skip it
sorry to bother|trouble
sorry for bothering|troubling
i guess|suppose so
if you say so
ill wait .. see|bit|then
some other time
counting on you
خلص ماشي|بسيطه|معلش|انسى|مش
انسى|انسوا|معلش|مش مشكله
ولا يهمك|يهمكم
ما في|عندي .. حل|خيار
ладно забудьте|тогда|проехали|не
забудьте|проехали|неважно
ну ладно|хорошо
ничего страшного
"""
_SOFT = """
אין ברירה
no choice
нет выбора
בסדר|טוב|אוקיי|אוקי|סבבה|יופי|מצוין
אין בעיה
תודה
ok|okay|fine|alright|sure|great|right
thats fine|ok|okay|all
ماشي|تمام|طيب|اوكي
ладно|хорошо|окей|ясно|понятно
"""


_BLAMES = """
אתה|את|אתם משקר|משקרת|משקרים|שקרן|שקרנית|שקרנים|לא|בכלל|אף|פשוט מבין|מבינה|מבינים|מקשיב|מקשיבה|מקשיבים|עוזר|
    עוזרת|עוזרים|פעם|שווים
אתה|את|אתם .. משקר|משקרת|משקרים|מזלזל|מזלזלת|מזלזלים|עובד|עובדים|מרמים עליי|עלי|בי|אותי
איזה|איזו|מה .. מין? שירות זה|הזה|אצלכם // לבטל|שירותים
בושה|ביזיון|חרפה|תתביישו|תתבייש|תתביישי
אף אחד .. אצלכם|שם .. לא
youre|you are|were? lying|useless|incompetent|clueless|rude
you people|lot
you .. never|always|dont listen|lie|understand|help|care|answer|know|anything
are|were you even|deaf|stupid|kidding|listening
what kind of .. service|company|people
nobody|no one .. there|here .. knows|does|works
shame|disgrace|joke
انت|انتو|انتم .. كذاب|كذابين|بتكذب|بتكذبوا|ما بتفهم|بتفهموا
عيب عليك|عليكم
вы|ты .. врете|врешь|обманываете|ничего|никогда|вообще не|понимаете|слушаете
что за .. сервис|обслуживание|компания
позор|стыд
"""


_WHOLE = frozenset(map(fold, ["שמתי", "שמי", "שלמה", "כמו", "המי", "אמא", "אמה"]))
"""Words that no particle is stripped from: what is left would be a question."""


@lru_cache(maxsize=1)
def _patterns() -> WordPatterns:
    return WordPatterns(
        {
            "asks": _ASKS,
            "questions": _QUESTIONS,
            "fixes": _WHO_AND_WHEN,
            "pins": _PINS,
            "yields": _YIELDS,
            "soft": _SOFT,
            "blames": _BLAMES,
        }
    )


def traits_of(text: str) -> Traits:
    """What an answer does. Agreeing ("fine") gives ground only where nothing is asked or pinned down."""
    found: set[str] = set()
    asks = False
    for clause, asked in clauses(text, _WHOLE):
        hits = _patterns().find(clause)
        found |= set(hits) - {"fixes"}
        asks |= asked or any(hit.start <= 1 for hit in hits.get("questions", ()))
        found |= {"pins"} if any(asked or hit.start <= 1 for hit in hits.get("fixes", ())) else set()
    asks |= "asks" in found
    pins = "pins" in found or any(c.isdigit() for c in text)
    yields = "yields" in found or ("soft" in found and not (asks or pins))
    return Traits(asks=asks, pins=pins, yields=yields, blames="blames" in found, words=len(words(text)))
