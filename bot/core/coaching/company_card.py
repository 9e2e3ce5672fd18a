"""A company's card: what is known of it, since when, its ladder by product, and the rules of its trade."""

from __future__ import annotations

from typing import Any

from bot.core.case import Case
from bot.core.coaching.escalate import wait_text
from bot.core.coaching.hold import waiting_rule
from bot.core.coaching.triage import company_title
from bot.core.knowledge import Company, Wait
from bot.core.ladder import rungs
from bot.core.model import Text
from bot.core.talk import Talk
from bot.core.text import Bullets, Code, Count, Joined, Msg, Name, Url, Value
from bot.core.words import Item, Words

words = Words()

OLD = 24
"""Months after which what is known of a company is called old."""
RIGHTS_SHOWN = 5


def _company(talk: Talk) -> Company | None:
    known = talk.country.companies
    named = str(talk.vars.get("company", "")) or (talk.case.company or "" if talk.case is not None else "")
    return known.get(named)


def _sector(talk: Talk) -> str:
    """The kind of business the card is about: what was chosen, the case's, or the company's first."""
    company = _company(talk)
    if company is None:
        return "general"
    chosen = str(talk.vars.get("sector", ""))
    of_case = talk.case.sector if talk.case is not None and talk.case.company == company.id else ""
    return next((s for s in (chosen, of_case) if s in (company.sector, *company.sells)), company.sector)


@words.guard
def card_open(talk: Talk, _: Any) -> bool:
    """It is known which company the card is of."""
    return _company(talk) is not None


@words.guard
def companies_known(talk: Talk, _: Any) -> bool:
    """There are cards of companies in the person's country."""
    return bool(talk.book.countries[talk.profile.country].companies)


@words.guard
def case_has_card(talk: Talk, _: Any) -> bool:
    """The case's company is one that there is a card of."""
    return talk.case is not None and talk.case.company in talk.country.companies


@words.guard
def card_sells_several(talk: Talk, _: Any) -> bool:
    """The company is in several kinds of business."""
    company = _company(talk)
    return company is not None and bool(company.sells)


@words.guard
def card_unreachable(talk: Talk, _: Any) -> bool:
    """Neither a site nor a number of the company is attested well enough."""
    company = _company(talk)
    return company is not None and company.site is None and company.phone is None


@words.guard
def card_old(talk: Talk, _: Any) -> bool:
    """What is known of the company was not checked for long."""
    company = _company(talk)
    if company is None or company.checked is None:
        return False
    year, month = (*map(int, company.checked.split("-")), 1)[:2]
    return (talk.today.year - year) * 12 + talk.today.month - month >= OLD


@words.guard
def card_undated(talk: Talk, _: Any) -> bool:
    """Nobody knows when the company's details were last right."""
    company = _company(talk)
    return company is not None and company.checked is None


@words.action
def show_company(talk: Talk, company: Any) -> None:
    """Put a company's card on the screen."""
    talk.remember(company=str(company), sector=None)


@words.action
def card_of(talk: Talk, sector: Any) -> None:
    """Show the card for one of the things that the company sells."""
    talk.remember(sector=str(sector))


@words.reader
def known_company(talk: Talk, text: str) -> str | None:
    """A company that there is a card of, by any of its names."""
    reading = talk.book.understanding.read(text, talk.profile.language, talk.today)
    return reading.company if reading.company in talk.country.companies else None


@words.list_
def card_products(talk: Talk) -> list[Item]:
    """What the company sells."""
    company = _company(talk)
    if company is None:
        return []
    ids = dict.fromkeys((company.sector, *company.sells))
    return [Item(s, talk.msg(talk.country.sectors[s].label)) for s in ids if s in talk.country.sectors]


@words.value
def card_name(talk: Talk) -> Value | None:
    """The company's name."""
    company = _company(talk)
    return Name(company_title(talk, company)) if company is not None else None


@words.value
def card_trade(talk: Talk) -> Value | None:
    """The kind of business the card is about."""
    known = talk.country.sectors.get(_sector(talk))
    return talk.msg(known.label) if known is not None else None


@words.value
def card_others(talk: Talk) -> Value | None:
    """What else the company sells."""
    others = [item.label for item in card_products(talk) if item.value != _sector(talk)]
    return Joined(tuple(others), ", ") if others else None


@words.value
def card_site(talk: Talk) -> Value | None:
    """Its own site."""
    company = _company(talk)
    return Url(company.site) if company is not None and company.site is not None else None


@words.value
def card_phone(talk: Talk) -> Value | None:
    """Its short number, attested by two sources."""
    company = _company(talk)
    return Code(company.phone) if company is not None and company.phone is not None else None


@words.value
def card_waiting(talk: Talk) -> Value | None:
    """What the law says about waiting on the line for this kind of business."""
    return waiting_rule(talk, _sector(talk)) if _company(talk) is not None else None


@words.value
def card_ladder(talk: Talk) -> Value | None:
    """Its ladder, step by step, each with the time it takes and whose rule that is."""
    company = _company(talk)
    if company is None:
        return None
    case = Case(id="0", opened=talk.now, country=talk.country.code, sector=_sector(talk))
    lines: list[Value] = []
    for number, rung in enumerate(rungs(talk.country, case), 1):
        channel = talk.country.channels[rung.channel]
        own = channel.wait.role == "answer" and channel.wait.number is not None
        lines.append(_step(talk, number, channel.name, channel.wait if own else rung.wait))
    return Joined(tuple(lines)) if lines else None


def _step(talk: Talk, number: int, name: Text, wait: Wait) -> Msg:
    args: dict[str, Value] = {"n": Count(number), "it": talk.msg(name)}
    attested = wait.number and wait.basis not in ("coach_heuristic", "unknown")
    length = wait_text(talk, wait) if attested else None
    return Msg(Text("{n}. {it} ({wait})"), {**args, "wait": length}) if length is not None else Msg("{n}. {it}", args)


@words.value
def card_rights(talk: Talk) -> Value | None:
    """The rules that are of this trade in particular."""
    if _company(talk) is None:
        return None
    sector = _sector(talk)
    here = [
        r
        for r in talk.country.rights.values()
        if sector in r.applies.sectors and not r.withdrawn and r.confidence != "low"
    ]
    return Bullets(tuple(talk.msg(r.title) for r in here[:RIGHTS_SHOWN])) if here else None


@words.value
def card_sources(talk: Talk) -> Value | None:
    """Where its name and its numbers were read."""
    company = _company(talk)
    if company is None:
        return None
    attested: tuple[Value, ...] = tuple(Url(s.url, s.title) for s in company.attested if s.url)
    named: tuple[Value, ...] = tuple(Url(url) for url in company.sources[:2])
    return Bullets((*attested, *named)) if attested or named else None


@words.value
def card_checked(talk: Talk) -> Value | None:
    """When its details were last known to be right."""
    company = _company(talk)
    known = company.checked if company is not None else None
    return Name(".".join(reversed(known.split("-")))) if known is not None else None
