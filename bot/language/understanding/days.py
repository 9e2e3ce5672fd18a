"""The day that a message names: "אתמול", "3.11", "до четверга", "two weeks ago", "قبل يومين"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.language.understanding.normalise import Token, bare, fold, tokens
from bot.language.understanding.numbers import numbers
from bot.language.understanding.wordlists import read_lists, word_set

__all__ = ["find_day"]


_LISTS = read_lists("days")


def _numbered(name: str, start: int) -> dict[str, int]:
    """The words of each line of a list -> the number of the line."""
    return {word: number for number, line in enumerate(_LISTS[name].splitlines(), start) for word in line.split()}


def _words_of(name: str) -> frozenset[str]:
    return word_set(_LISTS[name])


_RELATIVE = _numbered("relative", -2)
_WEEKDAYS = _numbered("weekdays", 0)  # Monday is 0, as in `datetime`
_MONTHS = _numbered("months", 1)
_UNITS: dict[str, tuple[str, int]] = {
    word: (unit, int(count))
    for name, line in _LISTS.items()
    if (unit := name.partition(" ")[0]) in ("hour", "day", "week", "month", "year")
    and (count := name.partition(" ")[2])
    for word in line.split()
}
_LETTER_DAYS = {"א": 6, "ב": 0, "ג": 1, "ד": 2, "ה": 3, "ו": 4}
_UNSURE_WEEKDAYS = _words_of("unsure weekdays")
_RISKY_MONTHS = _words_of("unsure months")
_DAY = _words_of("day")
_AGO_BEFORE = _words_of("ago before")
_AGO_AFTER = _words_of("ago after")
_AHEAD = _words_of("ahead")
_BUSINESS = _words_of("business")
_FUTURE = _words_of("future")
_PAST = _words_of("past")
_MONTH_START = _words_of("start")
_MONTH_MIDDLE = _words_of("middle")
_MONTH_END = _words_of("end")
_NEXT = _words_of("next")
_LAST = _words_of("last")
_UNTIL = _words_of("until")
_BETWEEN = _words_of("between")
_FEW = _words_of("few")
_COUPLE = _words_of("couple")
_ABOUT = _words_of("about")
_THIS = _words_of("this")
_GOING_ON = {word: unit for unit in ("week", "month") for word in _words_of(f"this {unit}")}
_ONE = _words_of("one")
_EACH = _words_of("each")
_HALF = _words_of("half")
_AND_A_HALF = _words_of("and a half")
_SINCE = _words_of("since")
_TENURE = _words_of("tenure")
_SINGLE_DAY = frozenset(word for word, unit in _UNITS.items() if unit == ("day", 1))
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


def day_in(folded: str, today: date, ahead: bool | None = None) -> date | None:
    """The day that a folded text names. ``ahead``: only one from today on, or (False) only one until today, which also
    settles what "Thursday" and "in January" mean; None: as the words suggest."""
    row = [t for t in tokens(folded) if t.is_word or t.is_number]
    if not row:
        return None
    cues = {form for t in row for form in (t.text, *bare(t.text))}
    view = _View(row, folded, today, cues, ahead)
    for find in _FINDERS:
        day = find(view)
        if day is not None and (ahead is None or day == today or (day > today) is ahead):
            return day
    return None


@dataclass(frozen=True)
class _View:
    row: Sequence[Token]
    folded: str
    today: date
    cues: set[str]
    ahead: bool | None

    def nearest(self, month: int, number: int) -> date | None:
        """The day of that month which is nearest to today; what is far ahead was more likely last year."""
        found = [d for y in (-1, 0, 1) if (d := _day(self.today.year + y, month, number))]
        if self.ahead is not None:
            found = [d for d in found if d == self.today or (d > self.today) is self.ahead]
        return min(found, key=lambda d: abs((d - self.today).days) * (4 if d > self.today else 1), default=None)

    def future(self, at: int) -> bool | None:
        """Whether the words speak of what is to come, those beside the mention first; None when they do not say."""
        if self.ahead is not None:
            return self.ahead
        near = {f for t in self.row[max(0, at - 2) : at + 3] for f in (t.text, *bare(t.text))}
        for cues in (near, self.cues):
            ahead, back = bool(cues & _FUTURE), bool(cues & _PAST)
            if ahead != back:
                return ahead
        return None


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
            day = view.nearest(month, number)
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
        while back >= 0 and row[back].text in _BETWEEN:
            back -= 1
        near = [j for j in (back, i + width) if 0 <= j < len(row)]
        for j in near:
            digits = re.fullmatch(r"\d{1,2}", row[j].text)
            if not digits or not 1 <= int(digits[0]) <= 31:
                continue
            after = row[i + width].text if i + width < len(row) and j != i + width else ""
            if j == i + width and j + 1 < len(row):
                after = (
                    row[j + 1].text if row[j + 1].text not in _BETWEEN else row[j + 2].text if j + 2 < len(row) else ""
                )
            if re.fullmatch(r"20\d\d", after):
                return _day(int(after), month, int(digits[0]))
            return view.nearest(month, int(digits[0]))
        before = {f for t in row[max(0, i - 2) : i + 1] for f in (t.text, *bare(t.text))}
        if token.text in _RISKY_MONTHS and not before & _SINCE:
            continue
        year = row[i + width].text if i + width < len(row) else ""
        if re.fullmatch(r"20\d\d", year):
            return _day(int(year), month, 1)
        first = view.nearest(month, 1)
        if first is None:
            continue
        if before & _UNTIL and first <= view.today:
            first = _day(first.year + 1, month, 1) or first
        if first > view.today and i + width < len(row) and row[i + width].text in _LAST:
            first = _day(first.year - 1, month, 1) or first
        return _within(first, before)
    return None


def _within(first: date, words: set[str]) -> date:
    """The day of a month that "the middle" or "the end" before its name means; else its first."""
    if words & _MONTH_MIDDLE:
        return first.replace(day=15)
    if words & _MONTH_END:
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first


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
        unit = _unit(token.text) if token.text not in _RELATIVE else None
        if unit is None or (unit == ("day", 1) and i + 1 < len(row) and _WEEKDAYS.keys() & set(bare(row[i + 1].text))):
            continue
        name, count = unit
        end = i - 1 if i and row[i - 1].text in _BUSINESS else i
        number = counts.get(end)
        first = i
        before_unit = [t.text for t in row[max(0, i - 2) : i]]
        after = [t.text for t in row[i + 1 : i + 3]]
        if set(before_unit) & _HALF and name in ("month", "year"):
            name, count, first = ("month", 6, i - 1) if name == "year" else ("day", 15, i - 1)
            first -= before_unit[-1] not in _HALF
        elif number is not None and token.text[0] == "ל" and _UNITS.get(token.text) is None:
            continue  # so much a month
        elif number is not None and number.value <= 400:
            count, first = max(1, round(float(number.value) * count)), number.first
        elif before_unit and before_unit[-1] in _FEW:
            count, first = 3, i - 1
        elif set(before_unit) & _COUPLE and before_unit[-1] in _COUPLE | _BETWEEN:
            count, first = 2, i - (1 if before_unit[-1] in _COUPLE else 2)
        elif before_unit and before_unit[-1] in _ONE:
            first = i - 1
        before = [t.text for t in row[max(0, first - 2) : first]]
        beside = {f for w in before[-1:] for f in (w, *bare(w))}
        if name == "year" and _TENURE & {t.text for t in row[max(0, first - 6) : i + 4]}:
            continue
        if set(after[:1]) & _AND_A_HALF or set(before_unit[-1:]) & _AND_A_HALF:
            name, count = {"year": ("month", 18), "month": ("day", 46), "week": ("day", 11)}.get(name, (name, count))
            after = after[1:] if set(after[:1]) & _AND_A_HALF else after
            beside |= {f for w in before_unit[:1] for f in (w, *bare(w))}
        if name == "hour":
            if beside & _SINCE or set(after) & _AGO_AFTER:
                return view.today
            continue
        if beside & _AHEAD and not set(after[:1]) & _AGO_AFTER:
            business = bool(set(after[:1]) & _BUSINESS) or end != i
            return _business(view.today, count) if business else _shift(view.today, name, count)
        if any(w in _NEXT for w in (*before[-1:], *after[:1])) and number is None:
            return _shift(view.today, name, 1)
        if any(w in _LAST for w in (*before[-1:], *after[:1])) and number is None:
            return _shift(view.today, name, -1)
        counted = token.text not in _SINGLE_DAY or number is not None or not _FEW.isdisjoint(before_unit[-1:])
        alone = counted and all(t.text in _ABOUT for n, t in enumerate(row) if not first <= n <= i)
        this = token.text not in _UNITS and token.text[0] == "ה"
        if beside & _AGO_BEFORE or set(after) & _AGO_AFTER or (alone and not this):
            return _shift(view.today, name, -count)
    return None


def _unit(word: str) -> tuple[str, int] | None:
    return _UNITS.get(word) or next((_UNITS[f] for f in bare(word)[1:] if len(f) > 2 and f in _UNITS), None)


def _going_on(view: _View) -> date | None:
    """ "This week", of what lies behind: it began with the week, at the earliest."""
    if view.ahead is not False or view.cues & _FUTURE:
        return None
    row = view.row
    for i, token in enumerate(row):
        unit = _GOING_ON.get(token.text)
        if unit is None and i and row[i - 1].text in _THIS:
            unit, count = _UNITS.get(token.text) or _unit(token.text) or ("", 0)
            unit = unit if count == 1 else ""
        if unit == "week":
            return view.today - timedelta(days=(view.today.weekday() + 1) % 7)
        if unit == "month":
            return view.today.replace(day=1)
    return None


def _month_edges(view: _View) -> date | None:
    texts = [t.text for t in view.row]
    for i in range(len(texts) - 1):
        unit = next((_UNITS[f] for f in bare(texts[i + 1]) if f in _UNITS), None)
        if texts[i + 1] in ("of", "the") and i + 2 < len(texts):
            unit = next((_UNITS[t] for t in texts[i + 2 : i + 4] if t in _UNITS), None)
        if unit is None or unit[0] != "month":
            continue
        forms = set(bare(texts[i]))
        if forms & (_MONTH_START | _MONTH_MIDDLE | _MONTH_END):
            return _within(view.today.replace(day=1), forms)
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
    found = [d for step in (-1, 0, 1) if (d := _add(view.today, step, number))]
    ahead = view.future(0)
    if ahead is not None:
        found = [d for d in found if (d >= view.today) is ahead]
    return min(found, key=lambda d: abs((d - view.today).days), default=None)


def _month_numbers(view: _View) -> date | None:
    """ "בחודש 11"."""
    match = re.search(r"(?<!\w)ב?חודש (1[0-2]|[1-9])(?![\d.,/])", view.folded)
    return view.nearest(int(match[1]), 1) if match else None


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
        if view.future(i) is not False:
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
        if form in _UNSURE_WEEKDAYS and not named and len(row) > 1 and not (word[0] == "ב" and word != form):
            if at and row[at - 1].text in _UNTIL:
                return _WEEKDAYS[form]
            return None
        return _WEEKDAYS[form]
    return None


def _days_gone(view: _View) -> date | None:
    """ "Yesterday" says more than a span beside it; "today" and "tomorrow" less."""
    found = _words(view)
    return found if found is not None and found < view.today else None


def _words(view: _View) -> date | None:
    row = view.row
    best: int | None = None
    for i, token in enumerate(row):
        offset = next((_RELATIVE[f] for f in bare(token.text) if f in _RELATIVE), None)
        if offset is None:
            continue
        if offset == 0 and (token.text[0] in "כל" or (i and row[i - 1].text in _UNTIL | _EACH)):
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
        if offset and view.ahead is not None and (offset > 0) is not view.ahead:
            continue
        if best is None or best == 0:
            best = offset
    return view.today + timedelta(days=best) if best is not None else None


_FINDERS: tuple[Callable[[_View], date | None], ...] = (
    _figures,
    _month_names,
    _days_gone,
    _spans,
    _month_edges,
    _day_of_month,
    _month_numbers,
    _weekdays,
    _words,
    _going_on,
)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


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
