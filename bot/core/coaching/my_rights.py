"""The rights library: what fits a case, what stands on a shelf, what a search finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.core.knowledge import Channel, Right
from bot.core.model import Text
from bot.core.rights import fitting
from bot.core.talk import Talk
from bot.core.text import Bullets, Count, Joined, Msg, Name, Url, Value
from bot.core.words import Item, Words

words = Words()

TOPICS = {
    "phone": Text("Waiting and phone service"),
    "subscription": Text("Subscriptions and leaving"),
    "cancel": Text("Cancelling a purchase"),
    "money": Text("Charges and refunds"),
    "warranty": Text("Faults and warranty"),
    "technician": Text("Technician visits"),
    "delivery": Text("Deliveries"),
    "bank_card_insurance": Text("Banks, cards, insurance"),
    "fairness": Text("Misleading and pressure"),
    "evidence": Text("Recordings and proof"),
    "travel": Text("Flights and travel"),
    "utilities_health": Text("Water, power, health"),
    "privacy_access": Text("Spam, privacy, access"),
    "court_regulator": Text("Regulators and court"),
}
SOURCES_SHOWN = 2
ANSWERS = 6
"""Rights that are offered as the answer to a question, at most."""
ADVISERS = 3
"""Offices and organisations that are named where no right is known, at most."""


def _right(talk: Talk) -> Right | None:
    return talk.country.rights.get(str(talk.vars.get("right", "")))


def best_right(talk: Talk) -> Right | None:
    """The right that surely fits the case, the most useful first; never one of low confidence."""
    if talk.case is None:
        return None
    found = [r for r in fitting(talk.book, talk.country, talk.case) if r.confidence != "low" and not r.background]
    return found[0] if found else None


def answers(talk: Talk, question: str) -> list[str]:
    """The ids of the rights that a question may be about: those of its problem first, none that binds others only."""
    language, country = talk.profile.language, talk.country
    reading = talk.book.understanding.read(question, language, talk.today)
    problem = talk.book.problems.get(reading.problem.best or "") if reading.problem.decision == "sure" else None
    named = [r for r in (problem.rights if problem is not None else ()) if r in country.rights]
    found = talk.book.understanding.find_rights(question, language, country.code)
    sector = _sector_of(talk, reading.sector if reading.company in country.companies else None)
    kept = [r for r in found or named if sector is None or _binds(country.rights[r], sector)]
    return sorted(kept, key=lambda r: named.index(r) if r in named else len(named))[:ANSWERS]


def _sector_of(talk: Talk, named: str | None) -> str | None:
    """The kind of business that a question is about: the one it names, or that of the case."""
    here = talk.country.sector_like(named) if named is not None else None
    if here is None and talk.case is not None and talk.case.sector != "general":
        here = talk.case.sector
    return here


def _binds(right: Right, sector: str) -> bool:
    applies = right.applies
    return sector not in applies.except_sectors and (not applies.sectors or sector in applies.sectors)


@words.guard
def right_fits(talk: Talk, _: Any) -> bool:
    """A right surely fits the case."""
    return best_right(talk) is not None


@words.guard
def rights_to_show(talk: Talk, _: Any) -> bool:
    """There are rights that fit the case or may fit it."""
    return bool(talk.words.lists["case_rights"](talk))


@words.guard
def found_rights(talk: Talk, _: Any) -> bool:
    """The search found something."""
    return bool(talk.vars.get("found"))


@words.guard
def asked(talk: Talk, text: str | None) -> bool:
    """A text, or else the story, asks what holds; how something is done only where a rule or nothing else tells."""
    text = text or str(talk.vars.get("story", ""))
    kind = talk.book.understanding.question(text, talk.profile.language)
    told = talk.book.understanding.read(text, talk.profile.language, talk.today).problem
    problem = talk.book.problems.get(told.best or "") if told.decision == "sure" else None
    if kind == "way" and problem is not None:
        return not set(answers(talk, text)).isdisjoint(problem.rights)
    return kind is not None


@words.guard
def right_uncertain(talk: Talk, _: Any) -> bool:
    """The right on the screen is not well attested."""
    right = _right(talk)
    return right is not None and right.confidence == "low"


@words.action
def show_right(talk: Talk, right: str) -> None:
    """Put a right on the screen."""
    talk.remember(right=right)


@words.action
def show_best_right(talk: Talk, _: Any) -> None:
    """Put the right that fits the case on the screen."""
    right = best_right(talk)
    talk.remember(right=right.id if right else None)


@words.action
def show_topic(talk: Talk, topic: str) -> None:
    """Open a shelf."""
    talk.remember(topic=topic, found=None)


@words.action
def show_found(talk: Talk, found: Any) -> None:
    """Show what a search found."""
    talk.remember(found=list(found), topic=None)


@words.action
def question_of_story(talk: Talk, _: Any) -> None:
    """What was told at the beginning is a question."""
    talk.remember(question=talk.vars.get("story"), story=None)


@words.action
def look_up(talk: Talk, _: Any) -> None:
    """Find the rights that the question may be about."""
    talk.remember(found=answers(talk, str(talk.vars.get("question", ""))) or None, topic=None)


@words.action
def story_of_question(talk: Talk, _: Any) -> None:
    """The question begins a new case."""
    talk.remember(story=talk.vars.get("question"))
    talk.session = replace(talk.session, case=None)


@words.reader
def rights_query(talk: Talk, text: str) -> list[str] | None:
    """The rights that a few words are about; None if there are none."""
    return talk.book.understanding.find_rights(text, talk.profile.language, talk.country.code)[:8] or None


@words.list_
def topics(talk: Talk) -> list[Item]:
    """The shelves that are not empty."""
    used = {r.topic for r in talk.country.rights.values() if not r.withdrawn}
    return [Item(topic, talk.msg(label)) for topic, label in TOPICS.items() if topic in used]


@words.list_
def rights_here(talk: Talk) -> list[Item]:
    """The rights on the open shelf, or those that were found."""
    if talk.vars.get("found"):
        shown = [talk.country.rights[r] for r in talk.vars["found"] if r in talk.country.rights]
    else:
        shown = [r for r in talk.country.rights.values() if r.topic == talk.vars.get("topic") and not r.withdrawn]
    return [Item(r.id, talk.msg(r.title)) for r in shown]


@words.list_
def case_rights(talk: Talk) -> list[Item]:
    """The rights that fit the case, then those that may."""
    if talk.case is None:
        return []
    found = fitting(talk.book, talk.country, talk.case, ("yes", "maybe"))
    sure = fitting(talk.book, talk.country, talk.case)
    ordered = [*sure, *(r for r in found if r not in sure)]
    return [Item(r.id, talk.msg(r.title)) for r in ordered[:8]]


@words.value
def topic(talk: Talk) -> Value | None:
    """The open shelf."""
    name = TOPICS.get(str(talk.vars.get("topic", "")))
    return talk.msg(name) if name else None


@words.value
def right_title(talk: Talk) -> Value | None:
    """The right's name."""
    right = _right(talk)
    return talk.msg(right.title) if right else None


@words.value
def right_claim(talk: Talk) -> Value | None:
    """What it says, in plain words."""
    right = _right(talk)
    return talk.msg(right.claim) if right else None


@words.value
def right_limits(talk: Talk) -> Value | None:
    """What it does not cover."""
    right = _right(talk)
    return talk.msg(right.limits) if right else None


@words.value
def right_caveats(talk: Talk) -> Value | None:
    """What else to know."""
    right = _right(talk)
    return talk.msg(right.caveats) if right and right.caveats else None


@words.value
def right_statute(talk: Talk) -> Value | None:
    """The section of the law."""
    right = _right(talk)
    return talk.msg(right.statute) if right else None


@words.spoken
def right_say(talk: Talk) -> Value | None:
    """The line that uses it on a call."""
    right = _right(talk)
    return talk.line(right.say) if right else None


@words.value
def right_checked(talk: Talk) -> Value | None:
    """The last day on which it is known to have been valid."""
    right = _right(talk)
    return Name(".".join(reversed(right.checked.split("-")))) if right and right.checked else None


@words.value
def right_sources(talk: Talk) -> Value | None:
    """Where it was read: at most two sources with an address."""
    right = _right(talk)
    if right is None:
        return None
    linked = [s for s in right.sources if s.url][:SOURCES_SHOWN]
    return Bullets(tuple(Url(s.url or "", s.title) for s in linked)) if linked else None


@words.value
def right_conditions(talk: Talk) -> Value | None:
    """The conditions under which it holds, as questions to check."""
    right = _right(talk)
    if right is None:
        return None
    answered = talk.case.facts if talk.case else {}
    asked = [f for f in right.applies.facts if f in talk.country.facts and answered.get(f) != "yes"]
    return Bullets(tuple(talk.msg(talk.country.facts[f].question) for f in asked)) if asked else None


@words.value
def rights_count(talk: Talk) -> Value:
    """How many rights the library holds."""
    return Count(sum(not r.withdrawn for r in talk.country.rights.values()))


@words.value
def right_sectors(talk: Talk) -> Value | None:
    """The kinds of business it binds, where it does not bind all."""
    right = _right(talk)
    if right is None or not right.applies.sectors:
        return None
    labels: list[Msg] = [
        talk.msg(talk.country.sectors[s].label) for s in right.applies.sectors if s in talk.country.sectors
    ]
    return Joined(tuple(labels), ", ")


def _advisers(talk: Talk) -> list[Channel]:
    """Whom to ask in the business that the question is about: organisations first, then those who supervise it."""
    country, question = talk.country, str(talk.vars.get("question", ""))
    reading = talk.book.understanding.read(question, talk.profile.language, talk.today)
    sector = country.sectors.get(_sector_of(talk, reading.sector) or "general")
    ladder = country.ladders.get(sector.ladder) if sector is not None else None
    rungs = [country.channels[rung.channel] for rung in ladder.rungs] if ladder is not None else []
    known = [c for c in rungs if c.kind in ("ngo", "regulator") and not c.withdrawn and c.confidence != "low"]
    return sorted(known, key=lambda c: c.kind != "ngo")[:ADVISERS]


@words.value
def who_knows(talk: Talk) -> Value | None:
    """Whom to ask where no right is known: name, what they do, and where."""
    return channel_lines(talk, _advisers(talk))


def channel_lines(talk: Talk, channels: Iterable[Channel]) -> Bullets | None:
    """A line of each: name, what they do, and where; None if there are none."""
    lines: list[Msg] = []
    for channel in channels:
        link = next((link.url for link in channel.links if link.checked), None)
        known: dict[str, Value] = {"name": talk.msg(channel.name), "why": talk.msg(channel.why)}
        lines.append(Msg("{name}: {why} {link}", {**known, "link": Url(link)}) if link else Msg("{name}: {why}", known))
    return Bullets(tuple(lines)) if lines else None
