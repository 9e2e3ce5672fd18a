"""Checking an offer: what is asked about it, what it comes to, and the one sentence to answer with."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.core.coaching import offer_lines
from bot.core.effects import Attach
from bot.core.offers import LONG, SHORT, Comparison, offer_of, terms_of
from bot.core.reading import Quote
from bot.core.talk import Talk
from bot.core.text import Money, Msg, Name, Value
from bot.core.words import Item, Words

words = Words()

LENGTHS = (6, 12, 24)
"""Months that offers usually last: the buttons."""

# -- what is known so far ---------------------------------------------------------------------------------------------


def _subject(talk: Talk) -> str:
    """Whose terms are being asked about: ``offer`` or ``rival``."""
    return str(talk.vars.get("subject", "offer"))


def _terms(talk: Talk) -> dict[str, Any]:
    return dict(talk.vars.get(_subject(talk), {}))


def _learn(talk: Talk, **terms: Any) -> None:
    talk.remember(**{_subject(talk): {**_terms(talk), **terms}})


def _today(talk: Talk) -> Decimal | None:
    known = talk.vars.get("today")
    return Decimal(known) if known is not None else None


def _comparison(talk: Talk) -> Comparison | None:
    offer, rival = talk.vars.get("offer", {}), talk.vars.get("rival", {})
    if "now" not in offer:
        return None
    return Comparison(offer_of(offer), _today(talk), offer_of(rival) if "now" in rival else None)


def _currency(talk: Talk) -> str:
    return str(talk.vars.get("currency", talk.currency))


def _unlike(talk: Talk, quote: Quote) -> bool:
    """Whether a quote is in another currency than the prices that are known: they cannot be compared."""
    known = any(talk.vars.get(name) for name in ("today", "offer", "rival"))
    return known and quote.currency not in (None, _currency(talk))


def _money(talk: Talk, amount: Decimal) -> Money:
    return Money(amount, _currency(talk))


# -- guards -----------------------------------------------------------------------------------------------------------


@words.guard
def during_call(talk: Talk, _: Any) -> bool:
    """A call is going on: nothing but its screen may be sent."""
    return any(frame.dialog == "call" and not frame.vars.get("minutes") for frame in talk.session.stack)


@words.guard
def today_known(talk: Talk, _: Any) -> bool:
    """It is known what is paid today."""
    return talk.vars.get("today") is not None


@words.guard
def offer_named(talk: Talk, _: Any) -> bool:
    """The offered price is known."""
    return "now" in _terms(talk)


@words.guard
def about_rival(talk: Talk, _: Any) -> bool:
    """The questions are about the rival's offer."""
    return _subject(talk) == "rival"


@words.guard
def length_known(talk: Talk, _: Any) -> bool:
    """It is known for how long the price holds."""
    return "months" in _terms(talk)


@words.guard
def after_settled(talk: Talk, _: Any) -> bool:
    """The price after is known, or there is none within two years to ask about."""
    terms = _terms(talk)
    return "after" in terms or ("months" in terms and not 0 < int(terms["months"]) < LONG)


@words.guard
def once_known(talk: Talk, _: Any) -> bool:
    """It is known what is to be paid once."""
    return "one_off" in _terms(talk)


@words.guard
def rival_settled(talk: Talk, _: Any) -> bool:
    """It is known whether there is a rival's offer, and which."""
    return "rival" in talk.vars


@words.guard
def has_rival(talk: Talk, _: Any) -> bool:
    """There is a rival's offer to compare with."""
    return "now" in talk.vars.get("rival", {})


@words.guard
def after_missing(talk: Talk, _: Any) -> bool:
    """The offer's price after matters and is not known."""
    comparison = _comparison(talk)
    return comparison is not None and comparison.offer.total(LONG) is None


# -- actions ----------------------------------------------------------------------------------------------------------


@words.action
def recall_offer(talk: Talk, _: Any) -> None:
    """Begin with what earlier checks in this case have shown: today's price, and the rival's offer.

    Outside a call the questions get a message of their own; during one they take the place of its screen.
    """
    if not during_call(talk, None):
        talk.session = replace(talk.session, live=None)
    case = talk.case
    if case is not None and case.monthly is not None:
        talk.remember(today=str(case.monthly))
    if case is not None and case.rival is not None:
        talk.remember(rival=terms_of(case.rival))


@words.action
def set_today(talk: Talk, given: Any) -> None:
    """Settle what is paid today, a month, and what is offered if that was said with it; None: it is not known."""
    told = given or {}
    talk.remember(today=told.get("today"), currency=told.get("currency") or talk.vars.get("currency"))
    if told.get("offer"):
        set_quote(talk, told["offer"])


@words.action
def new_offer(talk: Talk, _: Any) -> None:
    """Ask about an offer from the start."""
    talk.remember(subject="offer", offer={})


@words.action
def begin_rival(talk: Talk, _: Any) -> None:
    """Ask about a rival's offer."""
    talk.remember(subject="rival", rival={})


@words.action
def no_rival(talk: Talk, _: Any) -> None:
    """There is no rival's offer."""
    talk.remember(subject="offer", rival={})


@words.action
def drop_rival(talk: Talk, _: Any) -> None:
    """Leave out a rival's offer that cannot be compared, and say so."""
    no_rival(talk, None)
    talk.notices.append(talk.msg("Without knowing for how long, the rival's price can't be compared. I left it out."))


@words.action
def set_quote(talk: Talk, quote: Any) -> None:
    """Take a price, and what was said along with it: its length, the price after, and what is paid today."""
    terms = {k: v for k, v in quote.items() if v is not None}
    for name in ("today", "currency"):
        if (told := terms.pop(name, None)) is not None:
            talk.remember(**{name: told})
    talk.remember(**{_subject(talk): terms})


@words.action
def set_length(talk: Talk, months: Any) -> None:
    """Settle for how many months the price holds; 0: no end is set."""
    _learn(talk, months=int(months))


@words.action
def ask_after(talk: Talk, _: Any) -> None:
    """Go back to the offer's price after."""
    talk.remember(subject="offer")


@words.action
def set_after(talk: Talk, amount: Any) -> None:
    """Settle the price after."""
    _learn(talk, after=str(amount))


@words.action
def set_once(talk: Talk, amount: Any) -> None:
    """Settle what is to be paid once."""
    _learn(talk, one_off=str(amount))


@words.action
def conclude_offer(talk: Talk, _: Any) -> None:
    """Keep what the next check can begin with; outside a call, draw the picture."""
    comparison = _comparison(talk)
    if comparison is None:
        return
    if talk.case is not None:
        if _currency(talk) == talk.the_case.currency:
            talk.set_case(monthly=comparison.today, rival=comparison.rival)
        talk.record("note", offer=terms_of(comparison.offer), currency=_currency(talk))
    if not during_call(talk, None):
        draw_offer(talk, None)


@words.action
def draw_offer(talk: Talk, _: Any) -> None:
    """Send the picture; what is edited in place comes after it anew, so that it stays the last thing on the screen."""
    comparison = _comparison(talk)
    if comparison is None:
        return
    figures: dict[str, Any] = {
        "currency": _currency(talk),
        "offer": terms_of(comparison.offer),
        "today": str(comparison.today) if comparison.today is not None else None,
        "rival": terms_of(comparison.rival) if comparison.rival is not None else None,
    }
    talk.add(Attach(id=talk.next_id(), kind="offer", args=figures))
    if talk.session.live is not None:
        talk.session = replace(talk.session, live=replace(talk.session.live, buried=True))


# -- readers and lists ------------------------------------------------------------------------------------------------


@words.reader
def price_today(talk: Talk, text: str) -> dict[str, Any] | None:
    """A price above zero, and the offer if it is named too."""
    quote = talk.book.understanding.quote(text)
    today = quote.today or quote.price
    compared = any(talk.vars.get(name) for name in ("offer", "rival"))
    if not today or (compared and _unlike(talk, quote)):
        return None
    offer = _quoted(quote) if quote.today is not None and quote.price is not None else None
    return {"today": str(today), "offer": offer, "currency": quote.currency}


@words.reader
def quoted(talk: Talk, text: str) -> dict[str, Any] | None:
    """A price, and what is said along with it."""
    quote = talk.book.understanding.quote(text)
    if quote.price is None or _unlike(talk, quote):
        return None
    today = str(quote.today) if quote.today and not about_rival(talk, None) else None
    return {**_quoted(quote), "today": today, "currency": quote.currency}


def _quoted(quote: Quote) -> dict[str, Any]:
    after = str(quote.after) if quote.after is not None and quote.months else None
    return {"now": str(quote.price), "months": quote.months, "after": after}


@words.reader
def length(talk: Talk, text: str) -> int | None:
    """A length in months; 0: no end."""
    quote = talk.book.understanding.quote(text)
    if quote.months is not None:
        return quote.months
    bare = quote.price
    return int(bare) if bare is not None and bare == int(bare) and 1 <= bare <= 60 else None


@words.reader
def price(talk: Talk, text: str) -> str | None:
    """A price; nothing, too."""
    quote = talk.book.understanding.quote(text)
    return str(quote.price) if quote.price is not None and not _unlike(talk, quote) else None


@words.list_
def offer_lengths(talk: Talk) -> list[Item]:
    """How long offers usually last."""
    return [Item(str(months), offer_lines.in_months(months)) for months in LENGTHS]


# -- values -----------------------------------------------------------------------------------------------------------


@words.value
def today_price(talk: Talk) -> Value | None:
    """What is paid today, a month."""
    today = _today(talk)
    return _money(talk, today) if today is not None else None


@words.value
def asked_price(talk: Talk) -> Value | None:
    """The price that is being asked about."""
    now = _terms(talk).get("now")
    return _money(talk, Decimal(now)) if now is not None else None


@words.value
def asked_length(talk: Talk) -> Value | None:
    """For how long the price holds that is being asked about."""
    months = _terms(talk).get("months")
    return offer_lines.in_months(int(months)) if months else None


@words.value
def offer_terms(talk: Talk) -> Value | None:
    """The offer in a few words."""
    comparison = _comparison(talk)
    return offer_lines.terms(comparison.offer, _currency(talk)) if comparison is not None else None


@words.value
def offer_head(talk: Talk) -> Value | None:
    """What the offer is worth, in one line."""
    comparison = _comparison(talk)
    if comparison is None:
        return None
    mark = Name(offer_lines.MARKS[comparison.verdict])
    return Msg("{mark} {it}.", {"mark": mark, "it": offer_lines.headline(comparison, _currency(talk))})


@words.spoken
def offer_line(talk: Talk) -> Value | None:
    """The sentence to answer with."""
    comparison = _comparison(talk)
    return offer_lines.answer(comparison, _currency(talk)) if comparison is not None else None


@words.spoken
def length_question(talk: Talk) -> Value:
    """The question for how long a price holds."""
    return talk.msg(offer_lines.HOW_LONG)


@words.spoken
def after_question(talk: Talk) -> Value:
    """The question what it costs after that."""
    return talk.msg(offer_lines.PRICE_AFTER)


@words.spoken
def writing_request(talk: Talk) -> Value:
    """The request to have an offer in writing whose length they won't say."""
    return talk.msg(offer_lines.IN_WRITING)


@words.value
def year_rows(talk: Talk) -> Value | None:
    """What everything comes to over a year."""
    comparison = _comparison(talk)
    return offer_lines.rows(comparison, SHORT, _currency(talk)) if comparison is not None else None


@words.value
def two_year_rows(talk: Talk) -> Value | None:
    """What everything comes to over two years."""
    comparison = _comparison(talk)
    return offer_lines.rows(comparison, LONG, _currency(talk)) if comparison is not None else None


@words.value
def offer_tip(talk: Talk) -> Value | None:
    """The one thing to know besides."""
    comparison = _comparison(talk)
    return offer_lines.tip(comparison, _currency(talk)) if comparison is not None else None
