"""What the word lists are for: buttons named in words, plain words for commands, rights found by synonyms."""

from __future__ import annotations

import pytest

from bot.app import load
from bot.core.book import Understanding
from bot.language.understanding.choose import choose
from bot.language.understanding.commands import find_command
from bot.language.understanding.corrections import corrects

THREE = ["Refund", "Repair", "Replace"]


@pytest.fixture(scope="module")
def reader() -> Understanding:
    return load()[0].understanding


@pytest.mark.parametrize(
    ("typed", "labels", "expected"),
    [
        ("3", THREE, 2),
        ("option 2", THREE, 1),
        ("אופציה שתיים", THREE, 1),
        ("השלישי", THREE, 2),
        ("вторую", THREE, 1),
        ("الاول", THREE, 0),
        ("the last one", THREE, 2),
        ("האחרון", THREE, 2),
        ("second", ["Yes", "No"], 1),
        ("one", ["Yes", "No"], None),
        ("yep", ["Yes, send it", "Not now"], 0),
        ("בטח", ["כן, לשלוח", "לא עכשיו"], 0),
        ("לאו", ["כן, לשלוח", "לא עכשיו"], 1),
        ("nope", ["Refund", "Repair"], None),
        ("לא יודעת", ["כן, תפריט", "לא, מיד מענה אנושי", "אין לי מושג"], 2),
        ("dunno", ["Yes", "No", "I don't know"], 2),
        ("не помню", ["Сегодня", "Вчера", "Не знаю"], 2),
        ("مش متأكدة", ["نعم", "لا", "لا أعرف"], 2),
        ("לא יודעת", THREE, None),
        ("לא יודעת", ["לדלג", "⏭ לדלג על שלושתן"], 0),
        ("לא נתנו לי", ["אין מספר"], 0),
        ("אישה", ["בלשון זכר", "בלשון נקבה", "בלי מגדר", "🌐 שפה"], 1),
        ("אני גבר", ["בלשון זכר", "בלשון נקבה", "בלי מגדר", "🌐 שפה"], 0),
        ("לא משנה לי", ["בלשון זכר", "בלשון נקבה", "בלי מגדר", "🌐 שפה"], 2),
        ("я женщина", ["Как к мужчине", "Как к женщине", "Нейтрально"], 1),
        ("بنت", ["بصيغة المذكر", "بصيغة المؤنث", "بلا تحديد"], 1),
        ("a man", ["As to a man", "As to a woman", "Either way is fine"], 0),
        ("כן", ["כמו שכתבת: 22 באוקטובר", "היום", "לא זכור לי"], 0),
        ("как я написал", ["Сегодня", "Как вы написали: 22 октября"], 1),
        ("כן", ["היום", "לא זכור לי"], None),
        ("מה הזכויות שלי", ["📋 להתכונן לשיחה", "איזו זכות חלה?", "✍️ עדיף בכתב"], 1),
        ("תכתבי לי מכתב", ["📋 להתכונן לשיחה", "איזו זכות חלה?", "✍️ עדיף בכתב"], 2),
        ("תכין אותי לשיחה", ["📋 להתכונן לשיחה", "איזו זכות חלה?", "✍️ עדיף בכתב"], 0),
        ("כן", ["📞 להתקשר עכשיו", "✍️ לפנות בכתב", "לחכות עד מחר"], 0),
        ("היא אומרת אותו דבר", ["זה בטיפול", "🔁 חזרו על זה", "👤 מנהל"], 1),
        ("לא הבטיחו כלום", ["✅ זה נפתר", "כלום", "סירבו"], 1),
        ("تم", ["✅ انحلّت المشكلة", "لا شيء", "رفضوا"], None),
        ("ولا شي", ["✅ انحلّت المشكلة", "لا شيء", "رفضوا"], 1),
        ("תני לי לדבר עם מנהל", ["זה בטיפול", "👤 מנהל", "⏭ הלאה"], 1),
        ("מה אני אומרת", ["זה בטיפול", "👤 מנהל", "⏭ הלאה"], 2),
        ("לא", ["חיוב שגוי", "ההחזר לא הגיע", "אף אחד מאלה"], 2),
        ("לא", ["חיוב שגוי", "לא עונים לי", "מוצר פגום", "התיקון נמרח", "המחיר עלה", "ספאם", "עוד"], None),
        ("שום דבר פחות", ["פיצוי", "בלי פשרות"], 1),
        ("לא נתן", ["אין מספר"], 0),
        ("no", ["No number"], 0),
        ("no", ["Skip", "No, thanks"], 1),
        ("не дали", ["Номера нет"], 0),
        ("ما في", ["لا يوجد رقم"], 0),
        ("9", THREE, None),
        ("my repair took three weeks", THREE, None),
    ],
)
def test_button_in_words(typed: str, labels: list[str], expected: int | None) -> None:
    """A number, an ordinal, "the last", a plain yes or an "I don't know" names a button; a sentence names none."""
    assert expected == choose(typed, labels)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("תביעות קטנות", 1),
        ("המועצה לצרכנות", 0),
        ("בית המשפט", 1),
        ("הרשות", None),
        ("כל", None),
        ("אני לא יודע מה לעשות עם זה", None),
    ],
)
def test_button_by_some_of_its_words(typed: str, expected: int | None) -> None:
    """Where nothing else can be meant, a few words name the one button that has them all."""
    labels = ["המועצה הישראלית לצרכנות", "בית המשפט לתביעות קטנות", "הרשות להגנת הצרכן", "הרשות להגנת הפרטיות"]
    assert expected == choose(typed, labels, loose=True)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("תפריט בבקשה", "start"),
        ("בהמתנה", "hold"),
        ("мои дела", "cases"),
        ("حقوقي", "rights"),
        ("stop sending", "stop"),
        ("who are you?", "help"),
        ("אתה בוט?", "help"),
        ("אחורה", "start"),
        ("go back to the old price", None),
        ("please stop charging me every month", None),
        ("please", None),
    ],
)
def test_command_in_words(typed: str, expected: str | None) -> None:
    """A message that is only a command's word is that command; a sentence with the word in it is not."""
    assert expected == find_command(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("הטכנאי הבריז", "technician-late-compensation"),
        ("мастер опоздал", "technician-late-compensation"),
        ("קנס יציאה", "telecom-no-exit-fee"),
        ("voucher expired", "gift-vouchers-five-years"),
        ("לתבוע אותם", "small-claims"),
        ("פישינג", "unauthorised-card-use"),
        ("סבתא בת 85 מחכה בתור", "phone-priority-elderly-disabled"),
        ("طيارة ملغية", "flight-cancelled-money"),
        ("ספאם", "spam-messages"),
        ("fitness club", "gym-membership"),
        ("המנהל שלהם", "manager-escalation"),
        ("отмена покупки в интернете", "distance-sale-14-days"),
    ],
)
def test_rights_by_synonyms(reader: Understanding, typed: str, expected: str) -> None:
    """A right is among the first three also when its text has none of the words that were typed."""
    assert expected in reader.find_rights(typed, "he", "il")[:3]


def test_no_right_for_other_words(reader: Understanding) -> None:
    """Words that no right is about find nothing."""
    for typed in ("שקשוקה", "the and of", "", "💥"):
        assert reader.find_rights(typed, "he", "il") == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("רגע טעיתי זה לא KSP זה באג", True),
        ("בעצם 3,190", True),
        ("sorry, I meant Partner", True),
        ("точнее 300", True),
        ("غلطت، هي هوت", True),
        ("אני רוצה את הכסף", False),
        ("רגע, " + "וזה כל הסיפור שלי " * 8, False),
    ],
)
def test_corrections(typed: str, *, expected: bool) -> None:
    """A short message with such a word puts right what was said before it."""
    assert expected == corrects(typed)
