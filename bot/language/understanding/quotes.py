"""A quoted price: so much a month, for how long, and what comes after ("79.90 לשנה ואז 119", "free for 3 months")."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.core.reading import Quote
from bot.language.understanding.amounts import amount_in, currencies_in
from bot.language.understanding.normalise import Token, bare, fold, tokens
from bot.language.understanding.numbers import Number, numbers

__all__ = ["quote_in"]

LONGEST = 120
"""Months; more is no promotion."""


def _set(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


_SPANS = {
    **dict.fromkeys(_set("חודש חודשים חוד month months mo mth mths месяц месяца месяцев мес شهر شهور اشهر"), 1),
    **dict.fromkeys(_set("חודשיים شهرين"), 2),
    **dict.fromkeys(_set("רבעון quarter квартал"), 3),
    **dict.fromkeys(_set("полгода"), 6),
    **dict.fromkeys(_set("שנה שנים year years yr yrs год года лет سنه سنوات سنين عام"), 12),
    **dict.fromkeys(_set("שנתיים سنتين"), 24),
}
"""A span's word -> months."""
_HALF = _set("חצי half نص نصف")
_FIRST = _set("ראשון הראשון first первый اول الاول")
_OTHER = _set(
    "% אחוז אחוזים percent процентов процента بالميه gb mb mbps giga gig gigs ג גב גיגה מגה מגהביט гб мб гига "
    "דקות דקה minutes minute минут دقيقه lines line קווים קו מנויים sim sims сим линий خطوط "
    "ימים יום day days дней дня يوم ايام שעות שעה hours hour"
)
"""A number before one of these is no price."""
_THEN = _set("אחרי אחכ לאחר בהמשך then after afterwards потом затем далее после بعدين بعدها بعد ثم")
_LATER = tuple(tuple(fold(phrase).split()) for phrase in ("אחר כך", "מכאן והלאה", "משם והלאה"))
_FREE = _set("חינם free бесплатно бесплатный مجانا مجاني بلاش")
_ENDLESS = _set("לתמיד קבוע קבועה לצמיתות forever permanent permanently навсегда постоянно دائما دائم ثابت")


_PUT = _set(
    "מציע מציעה מציעים הציע הציעה הציעו הצעה ההצעה יציעו נותנים נתנו אומרים יורידו מורידים הורידו "
    "offer offers offered offering give gave предлагают предлагает предложили предложил предложила дают дали "
    "عرضوا عرضو بعرضوا بعطوني عرض بعطوا"
)
_PAYS = _set(
    "היום כיום כרגע עכשיו משלם משלמת משלמים today now currently pay paying сегодня сейчас плачу платим "
    "اليوم هلا هلق حاليا بدفع ادفع"
)
_WAS = _set(
    "היה הייתה שילמתי שילמנו במקום לפני פעם קודם was were used paid before instead было был была платил платила раньше "
    "вместо كان كانت كنت دفعت بدل"
)
_ROLES = (("offer", _PUT), ("was", _WAS), ("today", _PAYS))
"""What a price is said to be, the stronger first: "they now offer 60" is an offer."""
_PARTS = frozenset(".,;!?\n")


def quote_in(text: str) -> Quote:
    """The price, its length in months (0: no end) and the price after, as far as a text names them.

    Where it is said of several prices what each is, the price is that of the offer.
    """
    folded = fold(text)
    currencies = currencies_in(folded)
    if len(currencies) > 1:
        return Quote()  # prices that cannot be compared
    row = tokens(folded)
    found = numbers(row)
    months, used = _months(row, found)
    turn = _turn(row)
    prices = [(n.first, n.value) for n in found if n.first not in used and not _is_other(row, n)]
    prices += [(i, Decimal(0)) for i, t in enumerate(row) if _in(t.text, _FREE)]
    prices.sort()
    roles = _roles(row, [at for at, _ in prices])
    if len(set(roles.values())) < 2 and (turn is not None or len(roles) == len(prices)):
        roles = {}  # "now 79, then 119" is one offer
    today = next((value for at, value in prices if roles.get(at) == "today"), None)
    prices = [(at, value) for at, value in prices if roles.get(at) not in ("today", "was")]
    if "offer" in roles.values() and turn is None:
        prices = [(at, value) for at, value in prices if roles.get(at) == "offer"]
    before = [value for at, value in prices if turn is None or at < turn]
    later = [value for at, value in prices if turn is not None and at > turn]
    if turn is not None and not before and len(later) > 1:
        before, later = later[1:2], later[:1]
    price = _price(folded, before, later)
    after = later[0] if later and before else None
    return Quote(_cents(price), months, _cents(after), _cents(today), next(iter(currencies), None))


def _roles(row: Sequence[Token], prices: Sequence[int]) -> dict[int, str]:
    """Where a price stands -> what it is said to be, by the words before it or else after it."""
    found: dict[int, str] = {}
    for number, at in enumerate(prices):
        begin = prices[number - 1] + 1 if number else 0
        end = prices[number + 1] if number + 1 < len(prices) else len(row)
        begin = max((i + 1 for i in range(begin, at) if row[i].text in _PARTS), default=begin)
        end = min((i for i in range(at + 1, end) if row[i].text in _PARTS), default=end)
        role = _role(row[begin:at]) or _role(row[at + 1 : end])
        if role is not None:
            found[at] = role
    return found


def _role(words: Sequence[Token]) -> str | None:
    return next((role for role, names in _ROLES if any(_in(token.text, names) for token in words)), None)


def _price(folded: str, before: Sequence[Decimal], later: Sequence[Decimal]) -> Decimal | None:
    """The price that counts now: the only one, the one that is marked as a sum, or the last before "then"."""
    if len(before) == 1:
        return before[0]
    if not before:
        return later[0] if len(later) == 1 else None
    marked = amount_in(folded)
    return marked if marked in before else None if not later else before[-1]


def _months(row: Sequence[Token], found: Sequence[Number]) -> tuple[int | None, set[int]]:
    """The length in months, and where the numbers stand that it is made of."""
    used: set[int] = set()
    months: int | None = None
    for number in found:
        # "12 חודש" is a length; "120 לחודש", with its particle, is a rate.
        span = _SPANS.get(row[number.last].text) if number.last < len(row) else None
        if span is None:
            continue
        used.update((number.first, number.last))
        length = number.value * span
        if months is None and length == int(length) and 0 < length <= LONGEST:
            months = int(length)
    if used:
        return months, used
    for at, token in enumerate(row):
        if token.text in _ENDLESS:
            return 0, used
        span = _span(row, at)
        # "לחודש", "a month", "в месяц": a rate, not a length
        if span is None or (span == 1 and not _first(row, at)):
            continue
        half = at > 0 and _in(row[at - 1].text, _HALF)
        return (span // 2 if half else span), used
    return None, used


def _span(row: Sequence[Token], at: int) -> int | None:
    if at >= len(row):
        return None
    return next((_SPANS[form] for form in bare(row[at].text) if form in _SPANS), None)


def _first(row: Sequence[Token], at: int) -> bool:
    """Whether "first" stands beside a word, as in "the first month"."""
    beside = {row[i].text for i in (at - 1, at + 1) if 0 <= i < len(row)}
    return bool(beside & _FIRST)


def _turn(row: Sequence[Token]) -> int | None:
    """Where "then" stands."""
    for at, token in enumerate(row):
        after = row[at + 1].text if at + 1 < len(row) else ""
        forms = bare(token.text)
        if any(f in _THEN for f in forms) or token.text == "ואז" or any((f, after) in _LATER for f in forms):
            return at
    return None


def _is_other(row: Sequence[Token], number: Number) -> bool:
    after = row[number.last].text if number.last < len(row) else ""
    return after in _OTHER


def _in(word: str, group: frozenset[str]) -> bool:
    return any(form in group for form in bare(word))


def _cents(value: Decimal | None) -> Decimal | None:
    if value is None or not 0 <= value < 100_000_000:
        return None
    return value.quantize(Decimal(1)) if value == int(value) else value.quantize(Decimal("0.01"))
