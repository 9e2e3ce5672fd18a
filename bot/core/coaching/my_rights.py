"""The rights library: what fits a case, what stands on a shelf, what a search finds."""

from __future__ import annotations

from typing import Any

from bot.core.knowledge import Right
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


def _right(talk: Talk) -> Right | None:
    return talk.country.rights.get(str(talk.vars.get("right", "")))


def best_right(talk: Talk) -> Right | None:
    """The right that surely fits the case, the most useful first; never one of low confidence."""
    if talk.case is None:
        return None
    found = [r for r in fitting(talk.book, talk.country, talk.case) if r.confidence != "low" and not r.background]
    return found[0] if found else None


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
