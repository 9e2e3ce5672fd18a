"""Plain words that stand for a command; the whole message must be that word."""

from __future__ import annotations

from bot.language.understanding.normalise import bare, words

__all__ = ["find_command"]

_WORDS = {
    "start": """start, menu, main menu, home, begin, back to menu, restart
        תפריט, לתפריט, תפריט ראשי, התחל, להתחיל, התחלה, התחל מחדש, מסך הבית, לתפריט הראשי, סטארט
        меню, главное меню, в меню, старт, начать, начало, домой, сначала
        القائمه, قائمه, القائمه الرئيسيه, ابدا, ابدأ, بدايه, الرئيسيه, ستارت, منيو""",
    "call": """call, live call, i am on a call, im on a call, on a call, on the phone, im on the phone
        שיחה, בשיחה, אני בשיחה, מתקשר, מתקשרת, אני על הקו, שיחה חיה, אני בטלפון
        звонок, звоню, я на линии, на линии, я звоню, разговор, я на звонке
        مكالمه, اتصال, انا على الخط, انا بالمكالمه, عم بحكي, عالخط""",
    "hold": """hold, on hold, waiting, im on hold, i am on hold
        המתנה, בהמתנה, אני בהמתנה, ממתין, ממתינה, מחכה על הקו
        ожидание, жду, на удержании, жду на линии, ожидаю
        انتظار, بالانتظار, عم بستنى, بستنى, على الانتظار, ناطر""",
    "cases": """cases, my cases, case, list
        תיקים, התיקים שלי, המקרים שלי, מקרים, פניות, הפניות שלי, תיק
        дела, мои дела, обращения, мои обращения, случаи
        القضايا, قضاياي, قضايا, ملفاتي, الملفات, الحالات, حالاتي""",
    "rights": """rights, my rights, law, the law
        זכויות, הזכויות שלי, זכויותיי, מה הזכויות שלי, חוק, החוק, זכות
        права, мои права, закон
        حقوق, حقوقي, حقي, القانون, الحقوق""",
    "practice": """practice, practise, training, rehearse, role play, practice call, practice first
        תרגול, לתרגל, אימון, להתאמן, תרגול שיחה, בוא נתרגל, רוצה לתרגל
        тренировка, потренироваться, практика, репетиция
        تدريب, تمرين, اتدرب, بدي اتدرب, تدريب مكالمه""",
    "settings": """settings, setting, preferences, options, language, change language
        הגדרות, הגדרה, שפה, שינוי שפה, החלפת שפה
        настройки, настройка, язык, сменить язык
        اعدادات, الاعدادات, ضبط, لغه, اللغه, تغيير اللغه""",
    "help": """help, what can you do, how does it work
        עזרה, עזרא, הסבר, מה אפשר לעשות פה, איך זה עובד, מה זה, הלפ
        помощь, справка, как это работает, что ты умеешь
        مساعده, المساعده, شو بتعمل, كيف بشتغل""",
    "stop": """stop, unsubscribe, stop it, no more messages, stop messages, stop sending, stop reminders
        עצור, עצרי, סטופ, הסר, להסיר, תפסיק, תפסיקי, די, הפסק, מספיק, תפסיק לשלוח, תפסיקו לשלוח, הפסיקו, בלי תזכורות
        стоп, остановить, хватит, отписаться, прекрати, не пиши, перестань, отписка
        توقف, وقف, بكفي, الغاء الاشتراك, ستوب, خلص, يكفي, كفايه""",
    "delete": """delete, erase, forget me, delete me, delete everything, delete my data, erase everything, delete all
        מחק, למחוק, מחיקה, תמחק, תמחקי, תמחק הכל, מחק הכל, למחוק הכל, תשכח ממני, מחיקת מידע, למחוק את המידע שלי, מחק אותי, תמחק אותי
        удалить, удали, удали все, удалить все, забудь меня, стереть, удалить данные, удали мои данные, удаление
        حذف, امسح, احذف, احذف كل شي, امسح كل شي, انساني, محو, حذف بياناتي""",
    "export": """export, download, my data, export my data, download my data, pdf, case file
        ייצוא, יצוא, הורדה, ייצא, לייצא, המידע שלי, הורדת המידע, ייצוא נתונים, תיק מקרה
        экспорт, выгрузить, скачать, мои данные, скачать данные, выгрузка
        تصدير, تنزيل, بياناتي, تحميل, نزل بياناتي""",
}
_TABLE = {
    "".join(words(phrase)): command
    for command, lines in _WORDS.items()
    for line in lines.splitlines()
    for phrase in line.split(",")
    if phrase.strip()
}
_POLITE = frozenset({"please", "בבקשה", "пожалуйста", "لو", "سمحت", "pls"})


def find_command(text: str) -> str | None:
    """The command that the whole message stands for, without its slash, or None."""
    if len(text) > 60:
        return None
    row = [w for w in words(text) if w not in _POLITE]
    if not row or len(row) > 6:
        return None
    found = _TABLE.get("".join(row))
    if found is None and len(row) == 1:
        found = next((_TABLE[form] for form in bare(row[0])[1:] if len(form) > 3 and form in _TABLE), None)
    return found
