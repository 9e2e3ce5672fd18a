"""The day that a message names: "אתמול", "3.11", "до четверга", "two weeks ago", "قبل يومين"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.language.understanding.normalise import Token, bare, fold, tokens
from bot.language.understanding.numbers import numbers

__all__ = ["find_day"]


def _names(*lines: str, start: int = 0) -> dict[str, int]:
    return {fold(word): n for n, line in enumerate(lines, start) for word in line.split()}


_RELATIVE = _names(
    "שלשום позавчера امبارحالاول",
    "אתמול אמש yesterday вчера امبارح مبارح امس مبارحه",
    "היום today сегодня اليوم",
    "מחר tomorrow tmrw tomorow завтра بكرا بكره غدا بكرة",
    "מחרתיים послезавтра",
    start=-2,
)
_WEEKDAYS = _names(  # Monday is 0, as in `datetime`
    "שני monday mon понедельник понедельника понедельнику понедельником الاثنين الاتنين اتنين الثنين",
    "שלישי tuesday tue tues вторник вторника вторнику الثلاثاء الثلاثا التلاتا التلات ثلاثا",
    "רביעי wednesday wed среда среду среды среде الاربعاء الاربعا اربعا",
    "חמישי thursday thu thur thurs четверг четверга четвергу الخميس خميس",
    "שישי friday fri пятница пятницу пятницы пятнице الجمعه جمعه",
    "שבת saturday sat суббота субботу субботы субботе السبت سبت",
    "ראשון sunday sun воскресенье воскресенья воскресенью الاحد احد",
)
_LETTER_DAYS = {"א": 6, "ב": 0, "ג": 1, "ד": 2, "ה": 3, "ו": 4}
_DAY = frozenset(fold("יום ביום ליום מיום כיום שביום day on в во ко يوم بيوم ليوم نهار").split())
_MONTHS = _names(
    "ינואר january jan январь января январе كانونالثاني يناير",
    "פברואר february feb февраль февраля феврале شباط فبراير",
    "מרץ מרס march mar март марта марте اذار مارس",
    "אפריל april apr апрель апреля апреле نيسان ابريل",
    "מאי may май мая мае ايار مايو",
    "יוני june jun июнь июня июне حزيران يونيو",
    "יולי july jul июль июля июле تموز يوليو",
    "אוגוסט august aug август августа августе اب اغسطس",
    "ספטמבר september sept sep сентябрь сентября сентябре ايلول سبتمبر",
    "אוקטובר october oct октябрь октября октябре تشرينالاول اكتوبر",
    "נובמבר november nov ноябрь ноября ноябре تشرينالثاني نوفمبر",
    "דצמבר december dec декабрь декабря декабре كانونالاول ديسمبر",
    start=1,
)
_RISKY_MONTHS = frozenset({"may", "mar", "march", "jan", "jun", "dec", "sun", "sat", "mon", "اب", "мая", "мае", "wed"})
_UNITS: dict[str, tuple[str, int]] = {
    fold(word): (unit, count)
    for unit, count, line in (
        ("day", 1, "יום ימים ימי day days день дня дней يوم ايام"),
        ("day", 2, "יומיים يومين"),
        ("week", 1, "שבוע שבועות week weeks wk wks неделя недели неделю недель اسبوع اسابيع جمعه"),
        ("week", 2, "שבועיים اسبوعين جمعتين fortnight"),
        ("month", 1, "חודש חודשים חודשי month months месяц месяца месяцев شهر اشهر شهور"),
        ("month", 2, "חודשיים شهرين"),
        ("year", 1, "שנה שנים year years год года лет سنه سنين سنوات عام"),
        ("year", 2, "שנתיים سنتين عامين"),
        ("month", 6, "полгода"),
    )
    for word in line.split()
}
_AGO_BEFORE = frozenset(
    fold(
        "לפני מלפני כבר מזה זה קרוב before for past last уже قبل من صارلي الي صار منذ مند الهم بقالي over nearly almost"
    ).split()
)
_AGO_AFTER = frozenset(fold("ago back назад already כבר ראשון").split())
_AHEAD = frozenset(fold("בעוד עוד תוך תוכ within in through через за بعد خلال كمان").split())
_BUSINESS = frozenset(fold("עסקים עבודה business working рабочих рабочий عمل").split())
_FUTURE = frozenset(
    fold(
        "עד הבא הבאה הקרוב הקרובה יחזרו יתקשרו יגיע יגיעו יבוא יבואו יטפלו תחזור תתקשר יסדרו הבטיחו until till by next coming will upcoming "
        "до следующий следующую следующего следующей ближайший ближайшую перезвонят обещали к будет приедет القادم الجاي الجايه لحد حتي رح سوف لغايه"
    ).split()
)
_PAST = frozenset(
    fold(
        "שעבר שעברה האחרון האחרונה הקודם הקודמת מאז החל חייבו גבו הזמנתי קניתי התקשרתי פניתי ביטלתי קיבלתי דיברתי ניתקו אמרו היה היתה קרה "
        "ירד הגיע הגיעה שלחתי הפסיק הפסיקה נפל last since from past previous charged ordered bought called cancelled canceled was happened "
        "прошлый прошлую прошлого прошлой прошлом последний с со купил купила заказал заказала звонил звонила списали отменил был была сняли "
        "الماضي الماضيه الفايت اللي فات من منذ اتصلت اشتريت طلبت خصموا كان حكيت"
    ).split()
)
_MONTH_START = frozenset(fold("תחילת ראשית начала начале beginning start اول بدايه").split())
_MONTH_END = frozenset(fold("סוף конца конце end اخر نهايه").split())
_NEXT = frozenset(fold("הבא הבאה next следующей следующем следующий الجاي القادم").split())
_LAST = frozenset(fold("שעבר שעברה last прошлой прошлом прошлый الماضي الفايت האחרון").split())
_UNTIL = frozenset(fold("עד until till by до حتي لحد").split())
_ORDINAL = frozenset({"of", "the", "th", "st", "nd", "rd", "ב", "ל"})
_SINGLE_DAY = frozenset(fold("יום day день يوم").split())
_DATE = re.compile(r"(?<![\d.,/:])(\d{1,2})([./])(\d{1,2})(?:\2(\d{2}|\d{4}))?(?![\d/:]|[.,]\d)")
_DASHED = re.compile(r"(?<![\d-])(\d{1,2})-(\d{1,2})-(\d{2}|\d{4})(?![\d-])")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NOT_A_DATE = re.compile(
    r"\s*(?:₪|\$|€|%|שח|ש\"ח|שק|אלפ|מיליונ|גיגה|ג'יגה|מגה|gb|nis|ils|shek|шек|тыс|млн|شيكل|شيقل|الف|אחוז|k\b|מ\"ר|ק\"ג|кг|kg)"
)
_PRICED = re.compile(r"(?:₪|\$|€|nis|ils)\s*$")


def find_day(text: str, today: date) -> date | None:
    """The day that a message names, the most exact mention first; None if it names none."""
    return day_in(fold(text), today)


def day_in(folded: str, today: date) -> date | None:
    """The day that a folded text names."""
    row = [t for t in tokens(folded) if t.is_word or t.is_number]
    if not row:
        return None
    cues = {form for t in row for form in (t.text, *bare(t.text))}
    view = _View(row, folded, today, cues)
    for find in _FINDERS:
        day = find(view)
        if day is not None:
            return day
    return None


@dataclass(frozen=True)
class _View:
    row: Sequence[Token]
    folded: str
    today: date
    cues: set[str]

    def future(self, at: int) -> bool:
        """Whether the words speak of what is to come; those beside the mention first."""
        near = {f for t in self.row[max(0, at - 2) : at + 3] for f in (t.text, *bare(t.text))}
        for cues in (near, self.cues):
            ahead, back = bool(cues & _FUTURE), bool(cues & _PAST)
            if ahead != back:
                return ahead
        return True


def _figures(view: _View) -> date | None:
    match = _ISO.search(view.folded)
    if match:
        day = _day(int(match[1]), int(match[2]), int(match[3]))
        if day:
            return day
    match = _DASHED.search(view.folded)
    if match:
        day = _day(_year(match[3]), int(match[2]), int(match[1]))
        if day:
            return day
    for match in _DATE.finditer(view.folded):
        if _NOT_A_DATE.match(view.folded, match.end()) or _PRICED.search(view.folded[: match.start()]):
            continue
        number, month, year = int(match[1]), int(match[3]), match[4]
        if year:
            day = _day(_year(year), month, number)
        elif match[0] == "24/7" or (
            match[2] == "." and len(match[3]) == 1 and number < 10 and _counts(view.folded, match.end())
        ):
            continue
        else:
            day = _nearest(view.today, month, number)
        if day:
            return day
    return None


def _counts(folded: str, at: int) -> bool:
    """Whether a unit of time or another count follows, so that "2.5" is not a day."""
    rest = tokens(folded[at : at + 20])
    return bool(rest) and rest[0].text in _UNITS


def _month_names(view: _View) -> date | None:
    row = view.row
    for i, token in enumerate(row):
        month, width = _month(row, i)
        if month is None:
            continue
        back = i - 1
        while back >= 0 and row[back].text in _ORDINAL:
            back -= 1
        near = [j for j in (back, i + width) if 0 <= j < len(row)]
        for j in near:
            digits = re.fullmatch(r"\d{1,2}", row[j].text)
            if not digits or not 1 <= int(digits[0]) <= 31:
                continue
            after = row[i + width].text if i + width < len(row) and j != i + width else ""
            if j == i + width and j + 1 < len(row):
                after = (
                    row[j + 1].text if row[j + 1].text not in _ORDINAL else row[j + 2].text if j + 2 < len(row) else ""
                )
            if re.fullmatch(r"20\d\d", after):
                return _day(int(after), month, int(digits[0]))
            return _nearest(view.today, month, int(digits[0]))
        if token.text in _RISKY_MONTHS:
            continue
        year = row[i + width].text if i + width < len(row) else ""
        if re.fullmatch(r"20\d\d", year):
            return _day(int(year), month, 1)
        first = _day(view.today.year, month, 1)
        if first is None:
            continue
        before = {f for t in row[max(0, i - 2) : i + 1] for f in (t.text, *bare(t.text))}
        if before & _UNTIL and first <= view.today:
            return _day(view.today.year + 1, month, 1)
        return first if first <= view.today or before & _FUTURE else _day(view.today.year - 1, month, 1)
    return None


def _month(row: Sequence[Token], at: int) -> tuple[int | None, int]:
    pair = row[at].text + row[at + 1].text if at + 1 < len(row) else ""
    if pair in _MONTHS:
        return _MONTHS[pair], 2
    word = row[at].text
    for form in (word, *bare(word)):
        if len(form) >= 2 and form in _MONTHS:
            return _MONTHS[form], 1
    return None, 1


def _spans(view: _View) -> date | None:
    """ "לפני שלושה שבועות", "in 3 days", "уже месяц"."""
    row = view.row
    counts = {n.last: n for n in numbers(row)}
    for i, token in enumerate(row):
        if token.text in _RELATIVE:
            continue
        unit = _UNITS.get(token.text) or next(
            (_UNITS[f] for f in bare(token.text)[1:] if len(f) > 2 and f in _UNITS), None
        )
        if unit is None:
            continue
        number = counts.get(i)
        count = unit[1]
        first = i
        if number is not None and number.value <= 400:
            count, first = max(1, round(float(number.value) * unit[1])), number.first
        elif i and row[i - 1].text in ("כמה", "few", "couple", "несколько", "пару", "كم"):
            count, first = 3 if row[i - 1].text not in ("couple", "пару") else 2, i - 1
        elif i and row[i - 1].text in ("a", "an", "one", "the"):
            first = i - 1
        before = [t.text for t in row[max(0, first - 2) : first]]
        prefixes = {f for w in before[-1:] for f in (w, *bare(w))}
        after = [t.text for t in row[i + 1 : i + 3]]
        business = bool(set(after[:1]) & _BUSINESS) or (i > 0 and row[i - 1].text in _BUSINESS)
        if prefixes & _AHEAD and not set(after[:1]) & _AGO_AFTER:
            return _business(view.today, count) if business else _shift(view.today, unit[0], count)
        if any(w in _NEXT for w in (*before[-1:], *after[:1])) and number is None:
            return _shift(view.today, unit[0], 1)
        if any(w in _LAST for w in (*before[-1:], *after[:1])) and number is None:
            return _shift(view.today, unit[0], -1)
        alone = len(row) - (i + 1 - first) == 0 and (token.text not in _SINGLE_DAY or number is not None)
        if prefixes & _AGO_BEFORE or set(after) & _AGO_AFTER or alone:
            return _shift(view.today, unit[0], -count)
    return None


def _month_edges(view: _View) -> date | None:
    texts = [t.text for t in view.row]
    for i in range(len(texts) - 1):
        unit = next((_UNITS[f] for f in bare(texts[i + 1]) if f in _UNITS), None)
        if texts[i + 1] in ("of", "the") and i + 2 < len(texts):
            unit = next((_UNITS[t] for t in texts[i + 2 : i + 4] if t in _UNITS), None)
        if unit is None or unit[0] != "month":
            continue
        forms = bare(texts[i])
        if set(forms) & _MONTH_START:
            return view.today.replace(day=1)
        if set(forms) & _MONTH_END:
            return view.today.replace(day=monthrange(view.today.year, view.today.month)[1])
    return None


def _day_of_month(view: _View) -> date | None:
    match = re.search(r"(?<![\d.,/:])(\d{1,2})[ -]*(?:ל|ב)(?:חודש)(?!\w)", view.folded) or re.search(
        r"(?<!\w)(?:the|on the|числа)\s+(\d{1,2})(?:st|nd|rd|th)(?!\w)|(?<![\d.,])(\d{1,2})(?:-?го)? числа", view.folded
    )
    if not match:
        return None
    number = int(next(g for g in match.groups() if g))
    if re.search(r"\d\s+לחודש", match[0]) and not re.search(r"[בהמל]-?\s*\d{1,2}\s*לחודש", view.folded):
        return None
    return min(
        (d for d in (_add(view.today, step, number) for step in (-1, 0, 1)) if d),
        key=lambda d: abs((d - view.today).days),
        default=None,
    )


def _add(today: date, months: int, number: int) -> date | None:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return _day(year, month + 1, number)


def _weekdays(view: _View) -> date | None:
    row = view.row
    for i, _token in enumerate(row):
        weekday = _weekday(view, i)
        if weekday is None:
            continue
        ahead = (weekday - view.today.weekday()) % 7
        if view.future(i):
            return view.today + timedelta(days=ahead or 7)
        return view.today - timedelta(days=(7 - ahead) % 7 or 7)
    return None


def _weekday(view: _View, at: int) -> int | None:
    row = view.row
    word = row[at].text
    named = at > 0 and row[at - 1].text in _DAY
    if named and word in _LETTER_DAYS and len(word) == 1 and row[at - 1].text.endswith("יומ"):
        return _LETTER_DAYS[word]
    for form in bare(word):
        if form not in _WEEKDAYS or len(form) < 3:
            continue
        if form in _RISKY_MONTHS and not named and len(row) > 2:
            return None
        if form in ("שני", fold("ראשון"), "שישי") and not named and len(row) > 2:
            return None
        if form in ("احد", "اتنين", "جمعه", "سبت", "خميس", "اربعا") and not named and len(row) > 2:
            return None
        return _WEEKDAYS[form]
    return None


def _words(view: _View) -> date | None:
    row = view.row
    best: int | None = None
    for i, token in enumerate(row):
        offset = next((_RELATIVE[f] for f in bare(token.text) if f in _RELATIVE), None)
        if offset is None:
            continue
        if offset == 0 and (token.text[0] in "כל" or (i and row[i - 1].text in _UNTIL | {"כל"})):
            continue
        if (i > 1 and row[i - 1].text == "before" and offset == -1) or (
            i + 1 < len(row) and offset == -1 and row[i + 1].text in ("שלפני", "الاول", "اول")
        ):
            offset = -2
        if i > 1 and row[i - 1].text == "after" and offset == 1:
            offset = 2
        if i and row[i - 1].text == "بعد" and offset == 1:
            offset = 2
        if i and row[i - 1].text == "اول" and offset == -1:
            offset = -2
        if best is None or best == 0:
            best = offset
    return view.today + timedelta(days=best) if best is not None else None


_FINDERS: tuple[Callable[[_View], date | None], ...] = (
    _figures,
    _month_names,
    _spans,
    _month_edges,
    _day_of_month,
    _weekdays,
    _words,
)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _nearest(today: date, month: int, number: int) -> date | None:
    """The day of that month which is nearest to today; what is far ahead was more likely last year."""
    found = [d for y in (-1, 0, 1) if (d := _day(today.year + y, month, number))]
    return min(found, key=lambda d: abs((d - today).days) + (30 if d > today else 0), default=None)


def _shift(today: date, unit: str, count: int) -> date:
    if unit in ("day", "week"):
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    months = count * (12 if unit == "year" else 1)
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _business(today: date, count: int) -> date:
    """So many working days ahead, Friday and Saturday resting."""
    day = today
    while count:
        day += timedelta(days=1)
        if day.weekday() not in (4, 5):
            count -= 1
    return day
