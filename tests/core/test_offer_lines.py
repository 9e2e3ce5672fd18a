"""The sentence to answer an offer with: short enough to say, and true."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.coaching.offer_lines import MARKS, answer, headline, rows, terms, tip
from bot.core.offers import LONG, SPANS, Comparison, Offer, Verdict
from bot.core.session import Gender, Profile
from bot.core.text import Msg
from bot.language.catalog import Catalogs
from bot.language.render import Renderer
from bot.paths import LOCALES

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WORDS = 23
D = Decimal

CASES: dict[Verdict, Comparison] = {
    "good": Comparison(Offer(D("79.90"), 12, D("119.90"), D("49.90")), D("129.90")),
    "same": Comparison(Offer(D(120)), D(120)),
    "turns": Comparison(Offer(D("79.90"), 12, D("189.90")), D("129.90")),
    "dearer": Comparison(Offer(D("129.90"), 12, D("179.90")), D("119.90")),
    "no_better": Comparison(Offer(D("129.90"), 11), D("119.90")),
    "rival": Comparison(Offer(D("99.90")), D("129.90"), Offer(D("89.90"), 12)),
    "unclear": Comparison(Offer(D("79.90"), 11), D("129.90")),
    "alone": Comparison(Offer(D("79.90"), 12, D("119.90"))),
}


@lru_cache(maxsize=1)
def renderer() -> Renderer:
    return Renderer(Catalogs(LOCALES))


def said(msg: Msg, language: str, gender: Gender = "n") -> str:
    return renderer().plain(msg, Profile(language=language, gender=gender), NOW)


def numbers(text: str) -> set[Decimal]:
    return {D(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_every_verdict_has_its_case(verdict: Verdict) -> None:
    """The cases below cover every verdict."""
    assert CASES[verdict].verdict == verdict
    assert MARKS[verdict]


@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_the_line_is_short_enough_to_say(verdict: Verdict, language: str) -> None:
    """At most 23 words in every language and form of address, with all its values."""
    for gender in get_args(Gender):
        line = said(answer(CASES[verdict], "ILS"), language, gender)
        assert len(line.split()) <= WORDS, line
        assert "…" not in line
        assert "{" not in line


@pytest.mark.parametrize(
    "offer", [Offer(D("79.90")), Offer(D("79.90"), 24), Offer(D("79.90"), 12, D("119.90"), D("149.90"))]
)
def test_a_good_offer_is_asked_for_in_writing(offer: Offer) -> None:
    """With what was said of its end: the price after, that it was not said, or that there is none."""
    line = said(answer(Comparison(offer, D(200)), "ILS"), "en")
    assert "in writing" in line
    assert "79.90" in line
    assert ("119.90" in line) == (offer.after is not None)
    assert ("no end" in line) == (offer.months is None)
    assert len(line.split()) <= WORDS


def test_a_rival_is_named_without_bluff() -> None:
    """The difference is the true one over the span that is known, and nothing is threatened."""
    line = said(answer(CASES["rival"], "ILS"), "en")
    assert "₪120 less over a year" in line
    assert "leave" not in line
    assert said(headline(CASES["rival"], "ILS"), "en") == "The rival's offer comes to ₪120 less over a year"


def test_what_to_know_besides() -> None:
    """How low the price after must be, when a one-off cost is earned back, that the price will rise; or nothing."""
    unclear = tip(CASES["unclear"], "ILS")
    assert unclear is not None
    assert "below ₪172.20 a month" in said(unclear, "en")
    late = tip(Comparison(Offer(D(100), one_off=D(100)), D(120)), "ILS")
    assert late is not None
    assert "month number 6" in said(late, "en")
    rising = tip(CASES["turns"], "ILS")
    assert rising is not None
    assert said(rising, "en").startswith("After 12 months the price goes up")
    assert tip(CASES["same"], "ILS") is None


def test_the_rows_name_the_differences() -> None:
    """Today, the offer against today, the rival against the offer; a sum that is not known is not made up."""
    comparison = Comparison(Offer(D(100), 12), D(120), Offer(D(90)))
    year, two_years = (said(Msg("{it}", {"it": rows(comparison, over, "ILS")}), "en") for over in SPANS)
    assert year.splitlines() == [
        "• Today: ₪1,440",
        "• The offer: ₪1,200, ₪240 less than today",
        "• The rival: ₪1,080, ₪120 less than the offer",
    ]
    assert two_years.splitlines() == [
        "• Today: ₪2,880",
        "• The offer: ₪1,200 for 12 months, the rest is not known",
        "• The rival: ₪2,160",
    ]


prices = st.decimals(min_value=0, max_value=2000, places=2)
offers = st.builds(Offer, now=prices, months=st.none() | st.integers(1, 36), after=st.none() | prices, one_off=prices)


@settings(deadline=None)
@given(offers, st.none() | prices.filter(bool), st.none() | offers, st.sampled_from(["en", "he"]))
def test_only_true_figures_are_said(offer: Offer, today: Decimal | None, rival: Offer | None, language: str) -> None:
    """Whatever the offer, every number in the sentence is a price of it, today's, a length, or a true difference."""
    comparison = Comparison(offer, today, rival)
    line = said(answer(comparison, "ILS"), language)
    differences = [comparison.against_today(LONG), *(comparison.against_rival(over) for over in SPANS)]
    true = {offer.now, offer.after, today, D(offer.months or 0), *(abs(d) for d in differences if d is not None)}
    assert numbers(line) <= {t for t in true if t is not None}, line
    assert len(line.split()) <= WORDS
    for shown in (line, said(headline(comparison, "ILS"), language), said(terms(offer, "ILS"), language)):
        assert "…" not in shown
