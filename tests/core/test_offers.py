"""The arithmetic of offers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.offers import LONG, SHORT, Comparison, Offer, Verdict, offer_of, terms_of

D = Decimal


def offer(now: str, months: int | None = None, after: str | None = None, once: str = "0") -> Offer:
    return Offer(D(now), months, D(after) if after is not None else None, D(once))


@pytest.mark.parametrize(
    ("terms", "year", "two_years"),
    [
        (offer("80"), "960", "1920"),
        (offer("80", once="49"), "1009", "1969"),
        (offer("79.90", 12, "119"), "958.80", "2386.80"),
        (offer("80", 6, "120"), "1200", "2640"),
        (offer("80", 18, "120"), "960", "2160"),
        (offer("80", 24), "960", "1920"),
        (offer("80", 36, "120"), "960", "1920"),
        (offer("80", 12), "960", None),
        (offer("80", 6), None, None),
        (offer("0", 3, "50", "12"), "462", "1062"),
        (offer("90", 12, "60"), "1080", "1800"),
    ],
)
def test_totals(terms: Offer, year: str | None, two_years: str | None) -> None:
    """Shorter and longer than the span, free months, one-off costs; a total that hangs on an unknown price is none."""
    assert terms.total(SHORT) == (None if year is None else D(year))
    assert terms.total(LONG) == (None if two_years is None else D(two_years))


def test_what_is_known_of_an_open_offer() -> None:
    """The months whose price was said are counted, the others are not."""
    terms = offer("80", 6, once="50")
    assert terms.known_months(SHORT) == 6
    assert terms.so_far(SHORT) == terms.so_far(LONG) == D(530)


@pytest.mark.parametrize(
    ("verdict", "comparison"),
    [
        ("good", Comparison(offer("80"), D(120))),
        ("good", Comparison(offer("80", 12, "119"), D(120))),
        ("good", Comparison(offer("119.99", once="0.23"), D(120))),
        ("good", Comparison(offer("80"), None, offer("90"))),
        ("good", Comparison(offer("80"), None, offer("80"))),
        ("good", Comparison(offer("80"), D(120), offer("80"))),
        ("good", Comparison(offer("80", 24), D(120), offer("70", 6))),
        ("same", Comparison(offer("120"), D(120))),
        ("same", Comparison(offer("100", 12, "140"), D(120))),
        ("turns", Comparison(offer("80", 12, "170"), D(120))),
        ("dearer", Comparison(offer("125"), D(120))),
        ("dearer", Comparison(offer("110", 6, "150"), D(120))),
        ("dearer", Comparison(offer("120", once="1"), D(120))),
        ("dearer", Comparison(offer("130"), D(100), offer("110"))),
        ("no_better", Comparison(offer("120", 12), D(120))),
        ("no_better", Comparison(offer("130", 6), D(120), offer("100"))),
        ("unclear", Comparison(offer("80", 12), D(120))),
        ("unclear", Comparison(offer("80", 6))),
        ("rival", Comparison(offer("90"), D(120), offer("80"))),
        ("rival", Comparison(offer("90"), D(120), offer("80", 12))),
        ("rival", Comparison(offer("130"), D(120), offer("80"))),
        ("rival", Comparison(offer("90"), None, offer("89.99"))),
        ("alone", Comparison(offer("80"))),
        ("alone", Comparison(offer("80"), None, offer("70", 6))),
    ],
)
def test_verdicts(verdict: Verdict, comparison: Comparison) -> None:
    """Cheaper, dearer, equal, cheaper at first, beaten, open, and with nothing beside it."""
    assert comparison.verdict == verdict


def test_a_rival_is_compared_over_the_span_that_is_known() -> None:
    """A rival whose price after a year is not known is compared over that year only."""
    comparison = Comparison(offer("90"), D(120), offer("80", 12))
    assert comparison.rival_span == SHORT
    assert comparison.against_rival(SHORT) == D(120)
    assert comparison.against_rival(LONG) is None


def test_how_high_the_price_after_may_be() -> None:
    """At that price two years come to as much as today; it is rounded down, so that it is never too high."""
    open_offer = Comparison(offer("79.90", 6, once="1"), D(120))
    assert open_offer.bearable == D("133.31")
    closed = Comparison(offer("79.90", 6, str(open_offer.bearable), "1"), D(120)).against_today(LONG)
    assert closed is not None
    assert -D("0.18") < closed <= 0
    assert Comparison(offer("80", 12, "90"), D(120)).bearable is None
    assert Comparison(offer("80", 12)).bearable is None
    assert Comparison(offer("80", 12, once="2000"), D(120)).bearable is None


def test_when_it_begins_to_pay() -> None:
    """The month from which on the sum stays below today's, with what is paid once; none within two years is none."""
    assert Comparison(offer("100"), D(120)).pays_from == 1
    assert Comparison(offer("100", once="100"), D(120)).pays_from == 6
    assert Comparison(offer("100", once="481"), D(120)).pays_from is None
    assert Comparison(offer("100", 12), D(120)).pays_from is None
    assert Comparison(offer("100")).pays_from is None


def test_the_plain_form() -> None:
    """An offer survives JSON; what is missing means: no end, not known, nothing once."""
    for terms in (offer("80"), offer("79.90", 12), offer("0", 3, "50", "12.50")):
        assert offer_of(terms_of(terms)) == terms
    assert offer_of({"now": "80", "months": 0, "after": "90"}) == offer("80")


sums = st.decimals(min_value=0, max_value=5000, places=2)
offers = st.builds(Offer, now=sums, months=st.none() | st.integers(1, 60), after=st.none() | sums, one_off=sums)


@given(offers, st.integers(1, 60))
def test_a_total_is_the_sum_of_its_months(terms: Offer, over: int) -> None:
    """Counted month by month it comes to the same, and one unknown month makes the total unknown."""
    months = [terms.now if terms.months is None or month < terms.months else terms.after for month in range(over)]
    known = [price for price in months if price is not None]
    expected = None if len(known) < over else terms.one_off + sum(known)
    assert terms.total(over) == expected
    assert terms.so_far(over) == terms.one_off + sum(known)


@given(offers, st.none() | sums, st.none() | offers)
def test_a_verdict_is_true(terms: Offer, today: Decimal | None, rival: Offer | None) -> None:
    """Whatever the figures are, what the verdict claims holds."""
    comparison = Comparison(terms, today, rival)
    short, long = comparison.against_today(SHORT), comparison.against_today(LONG)
    match comparison.verdict:
        case "good":
            assert long < 0 if long is not None else comparison.against_rival(comparison.rival_span or 0) <= 0  # type: ignore[operator]
        case "same":
            assert long == 0
        case "turns":
            assert short is not None
            assert long is not None
            assert short < 0 < long
        case "dearer":
            assert long is not None
            assert long > 0
        case "no_better":
            assert today is not None
            assert terms.now >= today
        case "rival":
            span = comparison.rival_span
            assert span is not None
            assert comparison.against_rival(span) > 0  # type: ignore[operator]
        case "unclear":
            assert terms.total(LONG) is None
        case "alone":
            assert long is None
            assert comparison.rival_span is None
