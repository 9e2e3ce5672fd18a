"""The sum of money that a message is about: of several, the one in dispute.

Every number that may be a sum gets a score, by its currency, by the way it is written and by the words around it. What
was taken weighs more than what was paid or promised ("שילמתי 50 וחייבו 89.90" is about 89.90); of equals the largest
counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from bot.language.understanding.matcher import Matcher
from bot.language.understanding.normalise import Token, bare, fold, script, tokens
from bot.language.understanding.numbers import Number, numbers
from bot.language.understanding.spelling import slip
from bot.language.understanding.wordlists import phrases, read_lists

__all__ = ["amount_in", "currencies_in", "find_amount", "sum_in", "sums_in"]

_LARGEST = Decimal(100_000_000)
_LISTS = (
    "currency",
    "cents",
    "taken",
    "paid",
    "extra",
    "instead",
    "reference",
    "unit",
    "since",
    "each",
    "rise",
    "to",
    "about",
    "ends",
    "data",
    "more",
    "now",
)
(
    _CURRENCY,
    _CENTS,
    _TAKEN,
    _PAID,
    _EXTRA,
    _INSTEAD,
    _REFERENCE,
    _UNIT,
    _SINCE,
    _EACH,
    _RISE,
    _TO,
    _ABOUT,
    _ENDS,
    _DATA,
    _MORE,
    _NOW,
) = (1 << n for n in range(len(_LISTS)))

_CLOCK = re.compile(r"(?<![\d.])\d{1,2}:\d{2}(?!\d)")
_DATE = re.compile(
    r"(?<![\d.,])(?:\d{1,2}([./-])\d{1,2}\1\d{2,4}|\d{4}-\d{1,2}-\d{1,2})(?!\d)"
    r"|(?<![\d.,])\d{1,2}/\d{1,2}(?![\d/])"
)
_LONG = re.compile(
    r"(?<![\d.,])(?:\+\d[\d -]{7,}\d"  # a number in international form
    r"|0\d{1,2}[- ]?\d{3}[- ]?\d{2,4}(?:[- ]?\d{2})?|0\d{2,}"  # a number in local form
    r"|1[- ]?[78]00(?:[- ]?\d{2,3}){2,3}|\*\d{3,5}"  # a service number
    r"|\d{3,}(?:-\d+)+(?!\d*\s*[₪שn])|\d{8,})(?!\d)"  # a reference
)
_CODE = re.compile(r"(?<![a-z])[a-z]{1,4}-?\d{2,}(?![\d.,]*\s*(?:nis|ils|₪))|(?<![\w.])\d+[a-z]{1,3}\d[a-z\d]*")
"""A flight, a model, a case: letters and digits in one."""
_ONE_AND_A_HALF = re.compile(r"(?<!\w)(?:שקל וחצי|shekel and a half|полтора шекеля|شيكل ونص)(?!\w)")
_PLAIN_COIN = Decimal("1.5")
_SIGNS = {"₪": "ILS", "$": "USD", "€": "EUR", "£": "GBP"}
_CODES = ("ILS", "USD", "EUR", "GBP", "RUB")
"""ISO 4217: the currencies that are told apart."""
_HIDDEN = "~"


def find_amount(text: str) -> Decimal | None:
    """The sum that a message names; None if it names none."""
    return amount_in(fold(text))


def amount_in(folded: str, row: Sequence[Token] | None = None) -> Decimal | None:
    """The sum that a folded text names; ``row``: its tokens, if they are at hand."""
    return sum_in(folded, row)[0]


def sum_in(folded: str, row: Sequence[Token] | None = None) -> tuple[Decimal | None, str | None]:
    """The sum that a folded text names, and its currency (ISO 4217) if that is named too; None: it is not."""
    message = _message(folded, row)
    if not message.found:
        return (_PLAIN_COIN, None) if _ONE_AND_A_HALF.search(folded) else (None, None)
    best = message.alone() or max(message.sums(), key=lambda s: (s.score, s.value), default=None)
    return (_plain(best.value), best.currency) if best is not None and best.score > 0 else (None, None)


def currencies_in(folded: str) -> set[str]:
    """The currencies of the sums that a folded text names (ISO 4217), as far as they are named."""
    return {found.currency for found in _message(folded).sums() if found.currency is not None}


def sums_in(folded: str) -> list[Decimal]:
    """Every sum that a folded text names, from left to right."""
    return [_plain(found.value) for found in _message(folded).sums()]


def _message(folded: str, row: Sequence[Token] | None = None) -> _Message:
    hidden = folded
    if any(map(str.isdigit, folded)):
        for pattern in (_CLOCK, _DATE, _LONG, _CODE):
            hidden = pattern.sub(_hide, hidden)
    if row is None or hidden != folded:
        row = tokens(hidden)
    return _Message(row, hidden, numbers(row))


def _hide(match: re.Match[str]) -> str:
    money = match[0].startswith(("nis", "ils", "usd", "eur", "shek"))
    return match[0] if money else _HIDDEN * len(match[0])


@cache
def _matcher() -> Matcher:
    lists = read_lists("money")
    return Matcher(((p, 1 << n) for n, name in enumerate(_LISTS) for p in phrases(lists[name])), folded=True)


@cache
def _answers() -> frozenset[str]:
    return frozenset(phrases(read_lists("money")["answer"]))


@cache
def _currencies() -> tuple[str, ...]:
    return tuple(w for w in phrases(read_lists("money")["currency"]) if w.isalpha() and len(w) >= 4)


@lru_cache(maxsize=4096)
def _misspelt_currency(word: str) -> bool:
    return any(slip(word, currency) for currency in _currencies())


@cache
def _codes() -> Matcher:
    lists = read_lists("money")
    return Matcher(((p, n) for n, code in enumerate(_CODES) for p in phrases(lists[code])), folded=True)


@lru_cache(maxsize=4096)
def _code(word: str) -> str | None:
    hit = next(iter(_codes().find([word])), None) if word else None
    return _CODES[hit.label] if hit is not None else None


@dataclass(frozen=True, slots=True)
class _Sum:
    value: Decimal
    score: int
    currency: str | None = None


class _Message:
    """The tokens of a message with its numbers, and what its words may mean."""

    def __init__(self, row: Sequence[Token], text: str, found: Sequence[Number]) -> None:
        self.row = row
        self.text = text
        self.found = found
        self.tags = [0] * len(row)
        for hit in _matcher().find([t.text for t in row]):
            for at in range(hit.first, hit.last):
                self.tags[at] |= hit.label
        self.data = any(self.tag(n.last) & _DATA for n in found)

    def tag(self, at: int) -> int:
        return self.tags[at] if 0 <= at < len(self.tags) else 0

    def word(self, at: int) -> str:
        return self.row[at].text if 0 <= at < len(self.row) else ""

    def alone(self) -> _Sum | None:
        """The number, when the message has hardly anything else: the answer to "how much?"."""
        if len(self.found) != 1 or any(t.text in "~%#*№" for t in self.row):
            return None
        number = self.found[0]
        value, last = number.value, number.last
        if self._currency(last):
            value, last = self._cents(last + 1, value), len(self.row)
        rest = [t.text for i, t in enumerate(self.row) if t.text[0].isalnum() and not number.first <= i < last]
        if len(rest) > 4 or not all(not _answers().isdisjoint(bare(w)) or w in ("nis", "שח") for w in rest):
            return None
        return _Sum(value, 1, self._named_currency(number)) if 0 < value < _LARGEST else None

    def sums(self) -> list[_Sum]:
        """Every number that may be a sum, with its score."""
        found = []
        for number in self.found:
            value, last = number.value, number.last
            if self._currency(last):
                value = self._cents(last + 1, value)
            elif self.tag(last) & _CENTS and value < 100:
                value /= 100
            if self._coin_before(number):
                value = 1 + value / 100
            if not 0 < value < _LARGEST or self._part_of_another(number):
                continue
            score = self._score(number)
            if score > 0:
                found.append(_Sum(value, score, self._named_currency(number)))
        return found

    # -- the number itself ------------------------------------------------------------------------------------------

    def _currency(self, at: int) -> bool:
        """Whether the token at a place is a currency, perhaps misspelt."""
        word = self.word(at)
        if self.tag(at) & _CURRENCY:
            return not self.tag(at) & _UNIT
        return len(word) >= 4 and word.isalpha() and not self.tag(at) and _misspelt_currency(word)

    def _named_currency(self, number: Number) -> str | None:
        """The currency beside a number: behind it, also after a hyphen, or before it."""
        behind, before = self.word(number.last + (self.word(number.last) == "-")), self.word(number.first - 1)
        code = _SIGNS.get(behind) or _code(behind)
        return code or (_SIGNS.get(before) or _code(before) if self._sign_before(number.first) else None)

    def _cents(self, at: int, value: Decimal) -> Decimal:
        """The sum with the hundredths after its currency: "49 shekels and 90 agorot", "חמישים שקל וחצי"."""
        if value != int(value):
            return value
        if self.word(at) in ("וחצי", "ونص", "ونصف"):
            return value + Decimal("0.5")
        for place in range(at, min(at + 4, len(self.row))):
            if self.tag(place) & _CENTS and place > at:
                bared = [Token(bare(t.text)[-1] if t.is_word else t.text, t.start, t.end) for t in self.row[at:place]]
                inner = numbers(self.row[at:place]) or numbers(bared)
                return value + inner[0].value / 100 if inner and inner[0].value < 100 else value
        inner = numbers(self.row[at : at + 3])
        if (
            inner
            and inner[0].first == 0
            and inner[0].spoken
            and self.word(at)[0] in "וو"
            and 10 <= inner[0].value < 100
        ):
            return value + inner[0].value / 100
        return value

    def _coin_before(self, number: Number) -> bool:
        """Whether it is the hundredths of a single coin: "שקל שישים", "shekel ninety"."""
        coin = number.first - 1
        tens = number.spoken and 10 <= number.value < 100 and not self._currency(number.last)
        return tens and self.word(coin) in _COINS and not any(n.last == coin for n in self.found)

    def _part_of_another(self, number: Number) -> bool:
        """Whether these are the hundredths of the sum before."""
        return self.tag(number.last) & _CENTS > 0 and any(
            self._currency(n.last) and n.last < number.first <= n.last + 3 for n in self.found
        )

    # -- its score --------------------------------------------------------------------------------------------------

    def _score(self, number: Number) -> int:
        """How likely the number is the sum in dispute; 0: it is no sum."""
        form = self._form(number)
        return form + self._role(number) if form else 0

    def _form(self, number: Number) -> int:
        """How surely it is a sum at all, from 0 to 10."""
        value, at, last = number.value, number.first, number.last
        before, after = self.tag(at - 1), self.tag(last)
        if self._currency(last) or self.tag(last) & _CENTS:
            return 10
        if self._sign_before(at) or self._coin_before(number):
            return 10
        if self._tied(number) or (after & (_UNIT | _DATA) and not after & _EACH) or self.word(last) == "%":
            return 0
        if self.word(at - 1) in ("#", "*", "№", "/") or self.word(at - 1)[-1:] == _HIDDEN:
            return 0
        digits = "" if number.spoken else self.word(at)
        price = re.fullmatch(r"\d{1,3}(?:,\d{3})*[.,]\d{2}|\d{4,}[.,]\d{2}", digits) is not None
        if price and not self._date(digits, at) and not before & _REFERENCE:
            return 7
        if self._named(at) or (self.tag(at - 1) & _INSTEAD and self.tag(at - 2) & _UNIT):
            return 0
        if self._date(digits, at) or self._year(digits, at) or self._day(number):
            return 0
        if number.spoken and value != int(value):
            return 6
        if after & _CURRENCY or (self.word(last) == "-" and self._currency(last + 2)):
            return 7
        if after & _EACH and not self._small(number):
            return 6
        if after & _EXTRA and value >= 10:
            return 5
        if self._small(number):
            return 0
        if self._to(number) and (self._rising(number) or (self._after_from(at) and self._clause(at) & _PAID)):
            return 5
        near = self.tag(at - 1) | self.tag(at - 2) | self.tag(at - 3)
        if near & (_TAKEN | _PAID) or self.tag(last) & _TAKEN or (self.tag(last + 1) & _TAKEN and after & _ENDS):
            return 5
        if re.fullmatch(r"\d{1,3}(?:[,.]\d{3})+", digits):
            return 5
        if self.data or self._between(at):
            return 0
        if number.spoken and value >= 100 and value % 10 == 0 and self._bare(number):
            return 3
        if self._bare(number) and (self._clause(at) & (_TAKEN | _PAID) or before & _ABOUT):
            return 4
        return 2 if digits and self._bare(number) and value >= 20 and not self._listed(number) else 0

    def _role(self, number: Number) -> int:
        """What the words around make of it: taken, paid, promised, somebody else's."""
        at, last = number.first, number.last + self._currency(number.last)
        score = 0
        near = [i for i in range(max(0, at - 5), at) if not self._parted(i, at)]
        taken = [i for i in near if self.tags[i] & _TAKEN]
        paid = [i for i in near if self.tags[i] & _PAID]
        instead = [i for i in near[-3:] if self.tags[i] & _INSTEAD]
        if instead and (not taken or max(taken) < max(instead)):
            score -= 4
        elif taken:
            score += 3
        elif paid:
            score += 1
        after = self.tag(last) if not self._parted(last - 1, last + 1) else 0
        if after & _TAKEN and not instead:
            score += 2
        if self.tag(at - 1) & (_MORE | _NOW):
            score += 3
        if after & _EXTRA or (self.tag(last + 1) & _EXTRA and after & _ABOUT) or self.tag(at - 1) & _EXTRA:
            score += 4
        if after & _INSTEAD and self.word(last) in _RATHER:
            score += 3
        return score + self._rise(number)

    def _rise(self, number: Number) -> int:
        """From 79 to 119: the later one; and the clause of a sum that grew."""
        to = self._to(number)
        others = [n for n in self.found if n is not number]
        rising = self._rising(number)
        if to and rising:
            return 5
        later = next((n for n in others if 0 < n.first - number.last <= 5), None)
        if later is not None and rising:
            return -12 if self._to(later) else 0
        if later is not None and (self._prefixed(number.first, "מ") or self.word(number.first - 1) in _FROM):
            return -12 if self._to(later) else 0
        return 0

    def _to(self, number: Number) -> bool:
        return self._prefixed(number.first, "ל", "ل") or self.tag(number.first - 1) & _TO > 0

    def _after_from(self, at: int) -> bool:
        """Whether "from" and another number stand shortly before: "from 79 to 119"."""
        return any(self.word(n.first - 1) in _FROM for n in self.found if 0 < at - n.last <= 2)

    def _rising(self, number: Number) -> bool:
        """Whether something near rose or grew."""
        return any(self.tag(i) & _RISE for i in range(number.first - 9, number.last + 5))

    def _prefixed(self, at: int, *letters: str) -> bool:
        """Whether a particle stands before a number: "ל-900", "לאלף"."""
        back = at - 1
        if self.word(back) == "-":
            back -= 1
        if self.word(back) in letters:
            return True
        word = self.word(at)
        return len(word) > 2 and word[0] in letters and script(word) in ("he", "ar") and word[0] != bare(word)[-1][:1]

    # -- what is no sum ---------------------------------------------------------------------------------------------

    def _sign_before(self, at: int) -> bool:
        return self.word(at - 1) in _SIGNS or (self.word(at - 1) in ("nis", "ils", "שח", "usd", "eur") and at > 0)

    def _tied(self, number: Number) -> bool:
        """Whether a hyphen, slash or colon ties it to something else: a range of hours, a date, a code."""
        last = number.last
        if self.word(last) in ("-", "/", ":", "–") and last + 1 < len(self.row):
            touching = self.row[last].start == self.row[last - 1].end and self.row[last + 1].start == self.row[last].end
            if touching and self.word(last) != "-":
                return True
            if touching and (self.row[last + 1].is_word or self.word(last + 1)[0] == _HIDDEN):
                return not self._currency(last + 1)
            if touching and self.row[last + 1].is_number:
                return not self._currency(last + 2)
        if last < len(self.row) and self.row[last].is_word and self.row[last].start == self.row[last - 1].end:
            return not (number.spoken or self._currency(last))
        back = number.first - 1
        if self.word(back) == "-" and back and self.row[back - 1].is_number and self._touching(back):
            return not self._currency(last)
        return False

    def _touching(self, at: int) -> bool:
        return self.row[at].start == self.row[at - 1].end

    def _named(self, at: int) -> bool:
        """Whether what stands before says that it is a number of something: an order, a house, an age."""
        back = at - 1
        while back >= 0 and (
            self.word(back) in ("-", ":", "'", '"', ".", "(", "ה", "ב", "ל", "מ", "the", "is", "הוא")
            or self.tags[back] & _ABOUT
        ):
            back -= 1
        if back < 0:
            return False
        tag = self.tags[back]
        if any(f in _STREETS for f in bare(self.word(back - 1))):
            return True
        if self.word(back - 1) in _NUMBER_WORDS and len(self.word(at)) > 3 and not tag & (_TAKEN | _PAID):
            return True
        if tag & _REFERENCE and not tag & (_TAKEN | _PAID):
            return True
        paid = tag & (_TAKEN | _PAID)
        return bool(tag & _REFERENCE and paid and self.word(back) in _ALWAYS) or (
            bool(self.tag(back - 1) & _REFERENCE) and self.word(back) in _NUMBER_WORDS
        )

    def _small(self, number: Number) -> bool:
        """Whether it is too small to be a sum without a currency."""
        if number.spoken:
            return number.value < 20 or (number.last - number.first == 1 and number.value < 30)
        return number.value < 10 and number.value == int(number.value)

    def _date(self, digits: str, at: int) -> bool:
        """Whether digits may be a day and a month ("9.12") rather than a price."""
        match = re.fullmatch(r"(\d{1,2})[.](\d{1,2})", digits)
        if match is None or not (1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12):
            return False
        return not (len(match[2]) == 2 and self.tag(at - 1) & (_TAKEN | _PAID))

    def _year(self, digits: str, at: int) -> bool:
        if not re.fullmatch(r"(?:19[89]\d|20[0-4]\d)", digits):
            return False
        return not self.tag(at - 1) & (_TAKEN | _PAID) or bool(self.tag(at - 1) & _SINCE)

    def _day(self, number: Number) -> bool:
        """Whether it is a day of the month: "ב-2 לחודש", "עד ה-10", "14 באוגוסט", "August 14"."""
        if number.value > 31 or number.value != int(number.value):
            return False
        words = (self.word(number.last), self.word(number.last + 1), self.word(number.first - 1))
        if (
            "לחודש" in words[:1]
            or (number.value <= 12 and words[2] in _MONTH_WORDS)
            or any(form in _MONTHS for w in words if len(w) > 2 for form in bare(w))
        ):
            return True
        return self._prefixed(number.first, "ה") and not self.tag(number.last) & _CURRENCY

    def _listed(self, number: Number) -> bool:
        """Whether it is one of several small numbers: "between 8 and 12", "from 10 to 40"."""
        if self._rising(number):
            return False
        return any(n is not number and abs(n.first - number.last) <= 2 for n in self.found)

    def _between(self, at: int) -> bool:
        """Whether it is one of two bounds: "between 8 and 12"."""
        return any(self.word(i) in _BETWEEN for i in range(max(0, at - 5), at)) and len(self.found) > 1

    def _bare(self, number: Number) -> bool:
        """Whether nothing is counted by it: the clause ends with it, or goes on with another part of speech."""
        last = number.last
        if last >= len(self.row) or not self.row[last].is_word:
            return self.word(last) not in ("%", "°")
        if last == len(self.row) - 1 and not self.row[last].text.endswith(("ימ", "ות", "s")):
            return True
        return self.tags[last] & (_ENDS | _TAKEN | _PAID | _EACH | _INSTEAD | _EXTRA) > 0 or self.word(last)[0] in "וو"

    def _clause(self, at: int) -> int:
        """What the words before and after a place in its sentence may be."""
        found = 0
        for step in (-1, 1):
            place = at + step
            while 0 <= place < len(self.row) and self.row[place].text not in ".!?;":
                found |= self.tags[place]
                place += step
        return found

    def _parted(self, a: int, b: int) -> bool:
        """Whether a sentence or clause ends between two places."""
        return any(self.row[i].text in ".!?;,:" for i in range(max(a, 0), min(b, len(self.row))))


_MONTH_WORDS = frozenset(("חודש", "בחודש", "month", "месяц", "شهر"))
_NUMBER_WORDS = frozenset(("מספר", "מס", "number", "no", "order", "номер", "رقم"))
_STREETS = frozenset(("רחוב", "רח", "שדרות", "улица", "улице", "ул", "شارع"))
_BETWEEN = frozenset(("בינ", "between", "между", "بين"))
_RATHER = frozenset(("במקומ", "instead", "вместо", "بدل", "rather"))
_COINS = frozenset(("שקל", "shekel", "шекель", "شيكل", "دولار", "dollar"))
_FROM = frozenset(("from", "с", "со", "من", "מ"))
_ALWAYS = frozenset(("case", "תיק", "account", "كرت", "كود", "قسيمه"))
_MONTHS = frozenset(word for line in read_lists("days")["months"].splitlines() for word in line.split())


def _plain(value: Decimal) -> Decimal:
    """The sum without needless zeros, to the hundredth."""
    value = value.quantize(Decimal("0.01"))
    return value.quantize(Decimal(1)) if value == int(value) else value
