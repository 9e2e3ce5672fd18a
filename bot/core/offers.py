"""What an offer comes to over a year and over two, against today's price and against a rival's. Pure arithmetic.

Sums are in one currency, prices are per month. Nothing is guessed: where a price is not known, neither is the total.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any, Literal

__all__ = ["LONG", "SHORT", "SPANS", "Comparison", "Offer", "Verdict", "offer_of", "terms_of"]

SHORT, LONG = 12, 24
SPANS = (SHORT, LONG)
"""The months over which offers are compared."""

Verdict = Literal["good", "same", "turns", "dearer", "no_better", "rival", "unclear", "alone"]
"""What an offer is worth over two years.

``good``: less than today, and no rival is cheaper. ``same``: as much as today. ``turns``: less over a year, more over
two. ``dearer``: more than today. ``no_better``: the price after is not known, and the first one is not below today's.
``unclear``: it hangs on a price after that is not known. ``rival``: a rival is cheaper than it, and than today.
``alone``: there is nothing to compare it with.
"""

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Offer:
    """A price: ``now`` a month for so many ``months``, then ``after`` a month; ``one_off`` is paid once.

    ``months`` is None when no end is set. ``after`` is None when it is not known, or when there is no end.
    """

    now: Decimal
    months: int | None = None
    after: Decimal | None = None
    one_off: Decimal = Decimal(0)

    def known_months(self, over: int) -> int:
        """For how many of the first ``over`` months the price is known."""
        return over if self.months is None or self.after is not None else min(self.months, over)

    def so_far(self, over: int) -> Decimal:
        """What the months whose price is known come to, with what is paid once."""
        first = over if self.months is None else min(self.months, over)
        later = self.known_months(over) - first
        return self.one_off + first * self.now + later * (self.after or Decimal(0))

    def total(self, over: int) -> Decimal | None:
        """What it comes to over so many months, with what is paid once; None: it hangs on an unknown price."""
        return self.so_far(over) if self.known_months(over) == over else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """An offer beside what is paid ``today`` (a month, as if it stayed so) and beside a ``rival``'s offer."""

    offer: Offer
    today: Decimal | None = None
    rival: Offer | None = None

    def today_total(self, over: int) -> Decimal | None:
        """What today's price comes to over so many months."""
        return None if self.today is None else self.today * over

    def against_today(self, over: int) -> Decimal | None:
        """How much more than today's price the offer comes to; below zero: less; None: not known."""
        return _difference(self.offer.total(over), self.today_total(over))

    def against_rival(self, over: int) -> Decimal | None:
        """How much more than the rival's offer it comes to; below zero: less; None: not known."""
        return _difference(self.offer.total(over), self.rival.total(over) if self.rival is not None else None)

    @property
    def rival_span(self) -> int | None:
        """The longest span over which both the offer and the rival's are known."""
        return next((over for over in reversed(SPANS) if self.against_rival(over) is not None), None)

    @property
    def verdict(self) -> Verdict:
        """What the offer is worth."""
        if self.offer.total(LONG) is None:
            return "no_better" if self.today is not None and self.offer.now >= self.today else "unclear"
        if self._rival_wins():
            return "rival"
        short, long = self.against_today(SHORT), self.against_today(LONG)
        if short is None or long is None:
            return "alone" if self.rival_span is None else "good"
        if long > 0:
            return "turns" if short < 0 else "dearer"
        return "good" if long < 0 else "same"

    def _rival_wins(self) -> bool:
        """The rival is cheaper than the offer, and than today if that is known."""
        span = self.rival_span
        if span is None or self.rival is None:
            return False
        theirs, more = self.rival.total(span), self.against_rival(span)
        today = self.today_total(span)
        return theirs is not None and more is not None and more > 0 and (today is None or theirs < today)

    @property
    def bearable(self) -> Decimal | None:
        """The price after at which the offer comes to as much as today over two years; below it, to less.

        None when it does not matter, when today's price is not known, or when no price is low enough. Rounded down to
        the hundredth.
        """
        months = self.offer.months
        if self.today is None or months is None or self.offer.total(LONG) is not None:
            return None
        left = self.today * LONG - self.offer.so_far(LONG)
        return (left / (LONG - months)).quantize(_CENT, ROUND_DOWN) if left > 0 else None

    @property
    def pays_from(self) -> int | None:
        """The first month from which on the offer stays below today's price in sum, if it is within two years."""
        if self.today is None or self.offer.total(LONG) is None:
            return None
        behind = [over for over in range(1, LONG + 1) if self.offer.so_far(over) >= self.today * over]
        first = behind[-1] + 1 if behind else 1
        return first if first <= LONG else None


def _difference(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def offer_of(terms: Mapping[str, Any]) -> Offer:
    """The offer of its plain form: ``{"now": "79.90", "months": 12, "after": "119", "one_off": "49"}``.

    Missing ``months`` or 0: no end; missing ``after``: not known; missing ``one_off``: none.

    Raises:
        KeyError: it has no price.
        decimal.InvalidOperation: a sum is no number.
    """
    months, after = int(terms.get("months") or 0), terms.get("after")
    return Offer(
        Decimal(str(terms["now"])),
        months or None,
        Decimal(str(after)) if months and after is not None else None,
        Decimal(str(terms.get("one_off") or 0)),
    )


def terms_of(offer: Offer) -> dict[str, Any]:
    """The plain form of an offer, for JSON; what `offer_of` reads."""
    terms = {"now": str(offer.now), "months": offer.months or 0, "one_off": str(offer.one_off)}
    return terms if offer.after is None else {**terms, "after": str(offer.after)}
