"""The sum of money that a message is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.language.understanding.normalise import Token, bare, fold, tokens
from bot.language.understanding.numbers import Number, numbers

__all__ = ["find_amount"]


def _set(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


_CURRENCY = _set(
    "₪ $ € £ שח שקל שקלים שקלימ שקלם שקלין שקליום שק ₪. nis ils shekel shekels sheqel sheqels sheqalim shekalim shkalim shek "
    "shekles sheckels bucks dollar dollars usd euro euros eur שקלי שקלון דולר דולרים יורו אירו "
    "шекель шекеля шекелей шекели шекелях шек шекл шэкелей шекилей шекеле шекалим ила нис "
    "доллар доллара долларов евро баксов "
    "شيكل شيقل شيكلات شواقل شواكل شيقلات شاقل شاقلا شيكلا شيقلا شيكلين دولار يورو ش"
)
_CENTS = _set("אגורות אגורה אג agorot agora cents агорот агор агора агоры копеек اغوره اغورات اغوروت")
_PAID = _set(
    "חייבו חויבתי חיוב חיובים מחייבים מחייב מחויב מחויבת חייב גבו גבה גבתה גובים גביה גבייה הורידו ירדו ירד יורד יורדים לקחו לוקחים "
    "לקח שילמתי שלמתי משלם משלמת לשלם תשלום שילמנו עולה עלה עלתה עולים מחיר במחיר בסכום סכום סך סהכ סה החזר זיכוי לזכות חוב קנס פיצוי "
    "חשבון חשבונית דורשים מבקשים רוצים הבטיחו הנחה עמלה עמלות דמי קניתי קנינו העלו קפץ התייקר תעריף הציעו מציעים "
    "charged charge charges charging paid pay pays paying payment cost costs price bill billed debited took taken take refund "
    "owe owed fee fees fine total amount sum deducted withdrew demand demanding worth invoice debt bought "
    "списали списывают списание сняли снимают снял взяли берут заплатил заплатила заплатили плачу платил платить оплатил оплатила "
    "стоит стоил стоило стоила цена цену сумма сумму сумме возврат вернуть долг штраф счет счета содрали требуют купил купила за на "
    "комиссия комиссию начислили выставили переплатил "
    "دفعت دفعنا دفع ادفع بدفع خصموا خصمو خصم سحبوا سحبو سحب حسبوا حاسبوني حاسبوا اخدوا اخذوا اخذو سعر السعر سعره مبلغ المبلغ فاتوره الفاتوره "
    "دين غرامه عموله رسوم استرجاع ترجيع كلفني كلف تكلفه بيطلبوا طالبين شحنوا قيمه قيمته بقيمه حق حقه"
)
_INSTEAD = _set("במקום instead вместо بدل במקומ הבטיחו אמרו סיכמנו promised agreed обещали وعدوني مفروض rather")
_REFERENCE = _set(
    "פניה פנייה מספר מס אסמכתא הזמנה לקוח תז זהות קריאה תיק טלפון נייד שלוחה קוד מנוי חשבונית רכב טיסה דגם "
    "reference ref number no case ticket order phone mobile id extension ext code account # № model flight "
    "номер заказ обращение обращения телефон код клиент договор рейс "
    "رقم طلب تلفون هاتف كود هويه بلاغ"
)
_NOT_MONEY = _set(
    "ימים יום ימי ימי-עסקים דקות דקה דק שעות שעה שעתיים שניות שבועות שבוע חודשים חודש חודשי שנים שנה שנות פעמים פעם אחוז אחוזים % "
    "מגה ג גיגה גב מגהביט גיגהביט נציגים אנשים מנהלים טכנאים שורות קווים ערוצים הודעות שיחות מיילים מוצרים חבילות תשלומים יחידות קילו קג מטר קמ ליטר "
    "בבוקר בערב בצהריים בלילה עמודים כרטיסים נוסעים ילדים "
    "days day minutes minute mins min hours hour hrs hr h seconds weeks week months month years year times time x percent gb mb mbps g giga "
    "people agents reps calls emails messages channels lines items units payments installments kg km am pm o'clock oclock pages tickets "
    "дней дня день минут минуты минуту мин часов часа час секунд недель недели неделю месяцев месяца месяц лет года год раз раза процентов процента "
    "гб мб мегабит гигов человек людей звонков платежей кг км "
    "يوم ايام دقيقه دقايق دقائق ساعه ساعات اسبوع اسابيع شهر اشهر شهور سنه سنين سنوات مره مرات بالميه بالمايه جيجا ميجا اشخاص موظفين مكالمات"
)
_TO = frozenset({"ל", "עד", "to", "до", "الي", "ل"})
_EACH = [
    fold(line).split()
    for line in (
        "בחודש",
        "לחודש",
        "לשנה",
        "לחודשיים",
        "a month",
        "per month",
        "monthly",
        "a year",
        "в месяц",
        "بالشهر",
        "شهريا",
    )
]
_CLOCK = re.compile(r"(?<![\d.])\d{1,2}:\d{2}(?!\d)")
_DATE = re.compile(r"(?<![\d.,])\d{1,2}([./-])\d{1,2}(?:\1\d{2,4})(?!\d)|(?<![\d.,])\d{1,2}/\d{1,2}(?![\d/])")
_LONG = re.compile(
    r"(?<![\d.,])(?:\+\d[\d -]{7,}\d|0\d{1,2}[- ]?\d{3}[- ]?\d{2,4}(?:[- ]?\d{2})?|0\d{2,}|1[- ]?[78]00(?:[- ]?\d{2,3}){2,3}|\*\d{3,5}|\d{3,}(?:-\d+)+|\d{8,})(?!\d)"
)


def find_amount(text: str) -> Decimal | None:
    """The sum that a message names; None if it names none."""
    return amount_in(fold(text))


def amount_in(folded: str) -> Decimal | None:
    """The sum that a folded text names."""
    hidden = folded
    for pattern in (_CLOCK, _DATE, _LONG):
        hidden = pattern.sub(lambda m: "~" * len(m.group()), hidden)
    row = tokens(hidden)
    found = numbers(row)
    if not found:
        return None
    alone = _alone(row, found)
    if alone is not None:
        return alone
    best: tuple[int, int] | None = None
    value: Decimal | None = None
    for number in found:
        score, worth = _judge(row, number)
        if score <= 0 or not 0 < worth < 100_000_000:
            continue
        rank = (score, -number.first)
        if best is None or rank > best:
            best, value = rank, worth
    return _plain(value) if value is not None else None


def _alone(row: Sequence[Token], found: Sequence[Number]) -> Decimal | None:
    """The number, when the message has hardly anything else."""
    if len(found) != 1:
        return None
    number = found[0]
    rest = [t.text for i, t in enumerate(row) if not number.first <= i < number.last and t.text[0].isalnum()]
    if any(t.text == "~" for t in row):
        return None
    if not rest and not any(row[i].text in "%#*" for i in range(len(row))):
        return _plain(number.value) if 0 < number.value < 100_000_000 else None
    return None


def _judge(row: Sequence[Token], number: Number) -> tuple[int, Decimal]:
    """How likely the number is the sum (0: not at all), and the sum with its hundredths."""
    value, last = number.value, number.last
    after = row[last].text if last < len(row) else ""
    before = [t.text for t in row[max(0, number.first - 5) : number.first]]
    score = 0
    if _is(after, _CENTS) and value < 100:
        return (8, value / 100)
    if after == "%" or (after in _NOT_MONEY and after not in _CURRENCY):
        return (0, value)
    if (
        after in "-/:"
        and after
        and last + 1 < len(row)
        and row[last + 1].text[0] in "~0123456789"
        and _touch(row, last)
    ):
        later = row[last + 1].text
        if not (after == "-" and later.isdigit() and _money_after(row, last + 2)):
            return (0, value)
    if number.first and row[number.first - 1].text in "#*№":
        return (0, value)
    if _is(after, _CURRENCY):
        score, last = 10, last + 1
        value = _with_cents(row, last, value)
    elif before and before[-1] in ("₪", "$", "€", "£", "nis", "ils", "שח"):
        score = 10
    elif after in ("-", "–") and _money_after(row, last + 2):
        score = 7
    else:
        digits = row[number.first].text
        priced = not number.spoken and re.fullmatch(r"\d{1,3}(?:,\d{3})*[.,]\d{2}", digits) is not None
        if priced and not _datelike(digits):
            score = 6
        elif re.fullmatch(r"\d{1,3}(?:,\d{3})+", digits) or _monthly(row, last):
            score = 4
        near = [w for w in before if len(w) > 1 and w not in ("של", "על", "את", "the", "me", "לי", "אותי")][-3:]
        later = [t.text for t in row[last : last + 3]]
        verb = any(_is(w, _PAID) for w in near) or any(_is(w, _PAID - {"за", "на"}) for w in later[:2])
        if verb and not any(_is(w, _REFERENCE) for w in before[-2:]):
            small = value < 10 and value == int(value)
            single = number.spoken and number.last - number.first == 1 and value < 20
            year = not number.spoken and 1990 <= value <= 2040 and "." not in digits and "," not in digits
            if not small and not single and not year and not _datelike(digits):
                score = max(score, 5 if any(_is(w, _PAID) for w in near) else 3)
    if score and [w for w in before if w != "-"][-1:] and [w for w in before if w != "-"][-1] in _TO:
        score += 1
    if score and any(_is(w, _INSTEAD) for w in before[-2:]):
        score -= 2
    if score >= 10 and any(_is(w, _PAID) for w in before):
        score += 1
    return (score, value)


def _monthly(row: Sequence[Token], at: int) -> bool:
    rest = [t.text for t in row[at : at + 2]]
    return rest[:1] in _EACH or rest in _EACH


def _money_after(row: Sequence[Token], at: int) -> bool:
    return at < len(row) and _is(row[at].text, _CURRENCY)


def _with_cents(row: Sequence[Token], at: int, value: Decimal) -> Decimal:
    """The sum with the hundredths that follow its currency: "49 shekels and 90 agorot", "חמישים שקל וחצי"."""
    rest = row[at : at + 4]
    if rest and rest[0].text in ("וחצי", "ونص", "ونصف") and value == int(value):
        return value + Decimal("0.5")
    for i, token in enumerate(rest):
        if _is(token.text, _CENTS) and i:
            inner = numbers(row[at : at + i])
            if len(inner) == 1 and inner[0].value < 100:
                return value + inner[0].value / 100
            spoken = numbers(
                [Token(bare(t.text)[-1] if t.is_word else t.text, t.start, t.end) for t in row[at : at + i]]
            )
            if len(spoken) == 1 and spoken[0].value < 100:
                return value + spoken[0].value / 100
        if not (token.is_number or token.is_word or token.text == "-"):
            break
    return value


def _datelike(digits: str) -> bool:
    match = re.fullmatch(r"(\d{1,2})[.](\d{1,2})", digits)
    return bool(match) and 1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12


def _touch(row: Sequence[Token], at: int) -> bool:
    return row[at].start == row[at - 1].end


def _is(word: str, group: frozenset[str]) -> bool:
    return word in group or any(form in group for form in bare(word)[1:] if len(form) > 1)


def _plain(value: Decimal) -> Decimal:
    """The sum without needless zeros, to the hundredth."""
    value = value.quantize(Decimal("0.01"))
    return value.quantize(Decimal(1)) if value == int(value) else value
