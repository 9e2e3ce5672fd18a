"""By how much a price went up: "from 49 to 89", "89 instead of 49", "by 40", "40 שקל יותר"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from bot.language.understanding.amounts import currencies_in, sums_in
from bot.language.understanding.normalise import fold, tokens
from bot.language.understanding.numbers import numbers
from bot.language.understanding.wordlists import phrases, read_lists, word_set

__all__ = ["rise_in"]

NEAR = 3
"""Words after a sum among which "more" belongs to it."""


@cache
def _some(name: str) -> frozenset[str]:
    return word_set(read_lists("rises")[name])


@cache
def _between() -> frozenset[str]:
    return _some("to") | _some("beside") | frozenset(phrases(read_lists("money")["currency"]))


def rise_in(text: str) -> Decimal | None:
    """The difference between the two prices that a text names, or the one that it gives; None if it gives none.

    A single price says nothing of it: "they raised it to 89".
    """
    folded = fold(text)
    if len(currencies_in(folded)) > 1:
        return None
    prices = list(dict.fromkeys(sums_in(folded)))
    between = _from_to(folded, prices)
    if between is not None:
        return between
    if len(prices) == 2:
        return abs(prices[1] - prices[0])
    return prices[0] if len(prices) == 1 and _by_so_much(folded) else None


def _from_to(folded: str, prices: Sequence[Decimal]) -> Decimal | None:
    """The difference of two numbers with nothing but "to" or "instead of" between them; one is known to be a price."""
    row = tokens(folded)
    found = numbers(row)
    for first, second in pairwise(found):
        gap = {t.text for t in row[first.last : second.first]}
        price = first.value in prices or second.value in prices
        if price and gap & _some("to") and gap <= _between() and first.value != second.value:
            return abs(second.value - first.value)
    return None


def _by_so_much(folded: str) -> bool:
    """Whether the one price of a text is the difference itself."""
    row = tokens(folded)
    for number in numbers(row):
        before = next((t.text for t in reversed(row[: number.first]) if t.is_word), "")
        after = {t.text for t in row[number.last : number.last + NEAR]}
        if before in _some("by") or after & _some("more"):
            return True
    return False
