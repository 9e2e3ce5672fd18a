"""The country whose companies, rules and offices the coach works with, and its time zone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core.coaching.people import ZONES
from bot.core.knowledge import Place
from bot.core.talk import Talk
from bot.core.text import Value
from bot.core.words import Item, Words

words = Words()


def _place(talk: Talk) -> Place | None:
    return talk.book.countries[talk.profile.country].place


@words.guard
def country_open(talk: Talk, _: Any) -> bool:
    """It is worth asking which country it is: nobody said it, and the language does not tell."""
    if talk.profile.country_told or any(case.begun for case in talk.session.cases):
        return False
    places = [country.place for country in talk.book.countries.values() if country.place is not None]
    return len(places) > 1 and not any(talk.profile.language in place.languages for place in places)


@words.guard
def country_is(talk: Talk, country: str) -> bool:
    """The talk is about this country: the case's, or the person's."""
    return talk.country.code == country


@words.guard
def rules_known(talk: Talk, _: Any) -> bool:
    """The coach knows laws of the country that the talk is about."""
    return bool(talk.country.rights)


@words.guard
def home_rules_known(talk: Talk, _: Any) -> bool:
    """The coach knows laws of the person's own country, wherever the case is."""
    return bool(talk.book.countries[talk.profile.country].rights)


@words.guard
def several_zones(talk: Talk, _: Any) -> bool:
    """The person's country has more than one time zone."""
    place = _place(talk)
    return place is not None and len(place.zones) > 1


@words.action
def set_country(talk: Talk, country: str) -> None:
    """Set the country. Cases of which nothing is known move with the person; the others stay where they are."""
    known = talk.book.countries.get(country)
    if known is None or known.place is None:
        return
    place, moved = known.place, country != talk.profile.country
    talk.set_profile(country=country, country_told=True)
    if not moved:
        return
    if talk.profile.timezone not in place.zones:
        talk.set_profile(timezone=place.zones[0])
    talk.set_profile(keeps_shabbat="he" in (talk.profile.language, *place.languages))
    cases = tuple(
        replace(c, country=country, currency=place.currency, sector="general", company=None, facts={})
        if c.is_open and not c.begun
        else c
        for c in talk.session.cases
    )
    talk.session = replace(talk.session, cases=cases)


@words.list_
def countries(talk: Talk) -> list[Item]:
    """The countries whose rules the coach knows, and then everywhere else."""
    ordered = sorted(talk.book.countries.values(), key=lambda country: not country.rights)
    known = [country.place for country in ordered if country.place is not None]
    return [Item(place.id, talk.msg(place.name)) for place in known]


@words.list_
def country_zones(talk: Talk) -> list[Item]:
    """The time zones of the person's country, by their places."""
    place = _place(talk)
    return [Item(zone, talk.msg(ZONES[zone])) for zone in place.zones] if place is not None else []


@words.value
def country_name(talk: Talk) -> Value | None:
    """The person's country."""
    place = _place(talk)
    return talk.msg(place.name) if place is not None else None
