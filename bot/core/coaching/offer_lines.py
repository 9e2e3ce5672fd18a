"""An offer in words: its terms, what it is worth, and the one sentence to answer with. Only what is known is said."""

from __future__ import annotations

from bot.core.model import Line, Plural, Text
from bot.core.offers import LONG, SHORT, Comparison, Offer, Verdict
from bot.core.text import Bullets, Count, Money, Msg, Value

__all__ = ["HOW_LONG", "IN_WRITING", "MARKS", "PRICE_AFTER", "answer", "headline", "in_months", "rows", "terms", "tip"]

MARKS: dict[Verdict, str] = {
    "good": "👍",
    "same": "😐",
    "turns": "⚠️",
    "dearer": "👎",
    "no_better": "👎",
    "rival": "👀",
    "unclear": "❓",
    "alone": "🧾",
}

SOON = 3
"""Months within which a one-off cost is earned back without a word about it."""
_MONTHS = Plural("{n} month", "{n} months")
_OVER = {SHORT: Line("over a year"), LONG: Line("over two years")}

_HEADS: dict[Verdict, Text] = {
    "good": Text("Over two years it's {difference} less than today"),
    "same": Text("Over two years it comes to the same as today"),
    "turns": Text("Less than today over a year, but {difference} more over two years"),
    "dearer": Text("Over two years it's {difference} more than today"),
    "no_better": Text("It starts no lower than what you pay today"),
    "rival": Text("The rival's offer comes to {difference} less {over}"),
    "unclear": Text("It all hangs on the price after {months}"),
    "alone": Text("This is what it comes to"),
}
_HOLDS = Text("It's no dearer than the rival's offer {over}")
"""Of a good offer, when it is not known what is paid today."""

HOW_LONG = Line("For how many months is that price, and what comes after?")
PRICE_AFTER = Line("What will the price be after that, all in?")
IN_WRITING = Line(
    "Please send me the offer in writing: the price, for how long, and what comes after. Then I'll answer."
)

_LINES: dict[Verdict, Line] = {
    "same": Line("Thank you. Over two years that comes to what I pay today. What is the best you can do?"),
    "turns": Line("Thank you. It's cheaper for a year and dearer over two. Can you keep {now} a month for two years?"),
    "dearer": Line(
        "Thank you, but over two years that's {difference} more than today. Can you go below {today} a month, all in?"
    ),
    "no_better": Line(
        "Thank you, but today I pay {today} a month. Can you go below that, all in, and put it in writing?"
    ),
    "rival": Line(
        "I have an offer from another company that comes to {difference} less {over}, all in. Can you match it?"
    ),
    "unclear": Line("Before I decide: what is the price after {months}, all in? Please send me that in writing too."),
    "alone": Line(
        "Thank you. Please send me that in writing, with the price after and every cost, and I'll give you an answer."
    ),
}
_GOOD = {
    "then": Line(
        "Good. Before I agree, please send it in writing: {now} a month for {months}, "
        "then {after}, and every other cost."
    ),
    "until": Line(
        "Good. Before I agree, please send it in writing: {now} a month for {months}, "
        "the price after, and every other cost."
    ),
    "endless": Line(
        "Good. Before I agree, please send it in writing: {now} a month with no end date, and every other cost."
    ),
}
"""The sentence for a good offer, by what was said of its end."""


def in_months(number: int) -> Msg:
    """A number of months."""
    return Msg(_MONTHS.one, {"n": Count(number)}, plural=_MONTHS.many, count=number)


def terms(offer: Offer, currency: str) -> Msg:
    """An offer in a few words: its price, for how long, what comes after, what is paid once."""
    given: dict[str, Value] = {"now": Money(offer.now, currency)}
    text = Text("{now} a month")
    if offer.months is not None:
        given["months"] = in_months(offer.months)
        text = Text("{now} a month for {months}")
    if offer.months is not None and offer.after is not None:
        given["after"] = Money(offer.after, currency)
        text = Text("{now} a month for {months}, then {after}")
    monthly = Msg(text, given)
    if not offer.one_off:
        return monthly
    return Msg("{terms}, and {once} once", {"terms": monthly, "once": Money(offer.one_off, currency)})


def headline(comparison: Comparison, currency: str) -> Msg:
    """What the offer is worth, in a few words without a full stop."""
    holds = comparison.verdict == "good" and comparison.against_today(LONG) is None
    return Msg(_HOLDS if holds else _HEADS[comparison.verdict], _figures(comparison, currency))


def answer(comparison: Comparison, currency: str) -> Msg:
    """The sentence to answer the offer with."""
    figures = _figures(comparison, currency)
    if comparison.verdict != "good":
        return Msg(_LINES[comparison.verdict], figures)
    offer = comparison.offer
    end = "endless" if offer.months is None else "until" if offer.after is None else "then"
    return Msg(_GOOD[end], figures)


def _figures(comparison: Comparison, currency: str) -> dict[str, Value]:
    """The figures that a sentence may name."""
    offer = comparison.offer
    span = comparison.rival_span or LONG
    more = comparison.against_rival(span) if comparison.verdict == "rival" else comparison.against_today(LONG)
    sums = {
        "now": offer.now,
        "after": offer.after,
        "today": comparison.today,
        "difference": abs(more) if more is not None else None,
    }
    known: dict[str, Value] = {name: Money(it, currency) for name, it in sums.items() if it is not None}
    if offer.months is not None:
        known["months"] = in_months(offer.months)
    return {**known, "over": Msg(_OVER[span])}


def rows(comparison: Comparison, over: int, currency: str) -> Bullets:
    """What today's price, the offer and the rival's come to over so many months, with the differences."""
    lines = [_offer_row(comparison, over, currency)]
    today = comparison.today_total(over)
    if today is not None:
        lines.insert(0, Msg("Today: {sum}", {"sum": Money(today, currency)}))
    if comparison.rival is not None:
        lines.append(_rival_row(comparison, comparison.rival, over, currency))
    return Bullets(tuple(lines))


def _offer_row(comparison: Comparison, over: int, currency: str) -> Msg:
    offer, more = comparison.offer, comparison.against_today(over)
    given: dict[str, Value] = {"sum": Money(offer.so_far(over), currency)}
    if offer.total(over) is None:
        given["months"] = in_months(offer.known_months(over))
        return Msg("The offer: {sum} for {months}, the rest is not known", given)
    if more is None:
        return Msg("The offer: {sum}", given)
    if more == 0:
        return Msg("The offer: {sum}, the same as today", given)
    given["difference"] = Money(abs(more), currency)
    if more < 0:
        return Msg("The offer: {sum}, <b>{difference} less</b> than today", given)
    return Msg("The offer: {sum}, <b>{difference} more</b> than today", given)


def _rival_row(comparison: Comparison, rival: Offer, over: int, currency: str) -> Msg:
    offer_more = comparison.against_rival(over)
    given: dict[str, Value] = {"sum": Money(rival.so_far(over), currency)}
    if rival.total(over) is None:
        given["months"] = in_months(rival.known_months(over))
        return Msg("The rival: {sum} for {months}, the rest is not known", given)
    if offer_more is None:
        return Msg("The rival: {sum}", given)
    if offer_more == 0:
        return Msg("The rival: {sum}, the same as the offer", given)
    given["difference"] = Money(abs(offer_more), currency)
    if offer_more > 0:
        return Msg("The rival: {sum}, <b>{difference} less</b> than the offer", given)
    return Msg("The rival: {sum}, <b>{difference} more</b> than the offer", given)


def tip(comparison: Comparison, currency: str) -> Msg | None:
    """The one thing to know besides: how low the price after must be, when it begins to pay, or that it will rise."""
    offer = comparison.offer
    if comparison.verdict == "unclear" and comparison.bearable is not None:
        limit = Money(comparison.bearable, currency)
        return Msg(
            "To be worth it over two years, the price after has to stay below {limit} a month.", {"limit": limit}
        )
    if comparison.verdict == "good" and offer.one_off and (month := comparison.pays_from or 1) > SOON:
        return Msg("Because of the one-off cost you save only from month number {month} on.", {"month": Count(month)})
    if offer.months is not None and offer.after is not None and offer.after > offer.now:
        given = {"months": in_months(offer.months)}
        return Msg("After {months} the price goes up. Note that day, and call two weeks before.", given)
    return None
