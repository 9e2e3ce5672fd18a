"""Letters: which of them fit a case, what they still need to know, and how they read.

A draft is as little as can be: the letter's id, what was told for it alone, what follows, and the person's own wording
of its paragraphs. All of that lives in the vars of the dialog in progress; the rest is composed anew each time.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Literal

from bot.core.book import Book, Country
from bot.core.case import Case
from bot.core.deadlines import due_date
from bot.core.knowledge import Ask, Letter, Right
from bot.core.ladder import rungs, serves
from bot.core.model import Text
from bot.core.rights import Fit, fit, named_rights
from bot.core.screen import all_hold, build_screen
from bot.core.talk import Talk
from bot.core.text import Day, Joined, Msg, Name, Value

__all__ = [
    "CASE_FACTS",
    "DETAILS",
    "FACTS",
    "PAGE",
    "Draft",
    "Part",
    "ahead",
    "channel_of",
    "chosen",
    "cited",
    "compose",
    "due_on",
    "follow_text",
    "follows_of",
    "missing",
    "offered",
    "open_fact",
    "own_words",
    "part_key",
    "ruled_on",
    "spoken_for",
    "told",
    "wanted",
]

Kind = Literal["text", "day", "sum", "company"]

FACTS: Final[dict[str, Kind]] = {
    "company": "company",
    "amount": "sum",
    "since": "day",
    "last_call": "day",
    "rep": "text",
    "promise": "text",
    "product": "text",
    "bought_on": "day",
    "agreed_on": "day",
    "visit": "text",
    "issuer": "text",
    "details": "text",
}
"""What a letter may ask for, and how it is read."""

CASE_FACTS: Final = frozenset({"company", "amount", "since", "last_call", "rep", "promise"})
"""Facts that belong to the case and are kept in it; the others are kept in the draft alone."""

DETAILS: Final = ("name", "number", "contact", "to")
"""About the person and the address: asked for last, all of them optional, kept in the draft alone."""

PAGE: Final = 1500
"""Characters of the person's own wording in a letter: more would not stay on a page, nor in one message."""

_FACTS_ASKED = 2
"""Conditions of a right asked about for one letter."""
_RIGHTS = 2
_FOLLOWS = 4
_ATTESTED = frozenset({"statutory", "regulatory", "official_published", "contractual"})


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of a draft. ``key`` names it as long as its first wording stays; ``own``: the person rewrote it."""

    key: str
    text: Msg
    own: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as it reads now."""

    letter: Letter
    date: Msg
    recipient: tuple[Msg, ...]
    about: tuple[Msg, ...]
    """Customer and reference numbers."""
    subject: Msg
    greeting: Msg
    parts: tuple[Part, ...]
    closing: Msg
    signature: tuple[Msg, ...]
    """The name and how to reach the person; nothing that was not given."""

    @property
    def body(self) -> Joined:
        """From the greeting to the name: what an e-mail holds."""
        signed = Joined((self.closing, *self.signature))
        return Joined((self.greeting, *(part.text for part in self.parts), signed), "\n\n")

    @property
    def whole(self) -> Joined:
        """The letter from the date to the name."""
        heads: list[Value] = [self.date]
        if self.recipient:
            heads.append(Joined((Msg(_TO), *self.recipient)))
        heads.append(Joined((Msg(_SUBJECT, {"subject": self.subject}), *self.about)))
        return Joined((*heads, self.body), "\n\n")

    def facts(self) -> dict[str, Any]:
        """What the page needs: messages, and tuples of them."""
        return {
            "letter": self.letter.id,
            "date": self.date,
            "to": Msg(_TO),
            "recipient": self.recipient,
            "subject": Msg(_SUBJECT, {"subject": self.subject}),
            "about": self.about,
            "greeting": self.greeting,
            "body": tuple(part.text for part in self.parts),
            "closing": self.closing,
            "signature": self.signature,
        }


_TO = Text("To:")
_SUBJECT = Text("Re: {subject}")
_GREETING = Text("Hello,")
_CLOSING = Text("Sincerely,")
_NUMBER = Text("Customer or order number: {letter_number}")
_REFERENCE = Text("Reference: {ref}")
_TURN = Text("If the matter is not settled by {letter_due}, I will turn to {body}.")
_CLAIM = Text("If the matter is not settled by {letter_due}, I will file a claim in the small-claims court.")


# -- where a letter goes ----------------------------------------------------------------------------------------------


def ahead(country: Country, case: Case) -> list[str]:
    """The channels that are still ahead on a case's ladder, in its order."""
    done = {step.channel for step in case.steps}
    return [rung.channel for rung in rungs(country, case) if rung.channel not in done]


def channel_of(country: Country, case: Case, letter: Letter) -> str | None:
    """The channel that a letter goes to now, or None if no door of its kind is open."""
    waiting = ahead(country, case)
    if letter.kinds:
        must = {rung.channel for rung in rungs(country, case) if not rung.optional} | set(waiting[:1])
        bodies = (c for c in waiting if c in must and country.channels[c].kind in letter.kinds)
        return next((c for c in bodies if _open(country, case, c)), None)
    known = [c for c in letter.channels if c in country.channels]
    return next((c for c in waiting if c in known), known[-1] if known else None)


def _open(country: Country, case: Case, channel: str) -> bool:
    """Whether what a channel requires was done."""
    needed, taken = country.channels[channel].requires, {s.channel for s in case.steps if s.outcome != "skipped"}
    return serves(country.channels[channel], case.sector) and (not needed or bool(taken & set(needed)))


def doors(country: Country, case: Case) -> list[str]:
    """The doors the person stands at: the next one, and the first that is neither optional nor reached by phone."""
    done = {step.channel for step in case.steps}
    waiting = [rung for rung in rungs(country, case) if rung.channel not in done]
    written = (r.channel for r in waiting if not r.optional and country.channels[r.channel].reached_at is None)
    return list(dict.fromkeys([*(r.channel for r in waiting[:1]), *list(written)[:1]]))


def due_on(talk: Talk, letter: Letter) -> date | None:
    """The day by which a letter asks for an answer: the channel's own time where a rule sets one, else the letter's."""
    if letter.days is None:
        return None
    return ruled_on(talk, letter) or talk.today + timedelta(days=letter.days)


def ruled_on(talk: Talk, letter: Letter) -> date | None:
    """The day by which a rule gives the channel time to answer a letter, if there is one and it is to come."""
    channel = talk.country.channels.get(channel_of(talk.country, talk.the_case, letter) or "")
    if channel is None or channel.wait.role != "answer" or channel.wait.basis not in _ATTESTED:
        return None
    ruled = due_date(talk.today, channel.wait, talk.is_rest, talk.is_holiday)
    return ruled if ruled is not None and ruled > talk.today else None


# -- which letters fit ------------------------------------------------------------------------------------------------


def offered(talk: Talk) -> list[Letter]:
    """The letters that fit the case: those for the door it stands at first, then those for its problem."""
    case = talk.case
    if case is None:
        return []
    here = doors(talk.country, case)

    def rank(letter: Letter) -> tuple[bool, bool, int]:
        specific = case.problem in letter.problems or case.goal in letter.goals
        return (channel_of(talk.country, case, letter) not in here, not specific, letter.order)

    return sorted((letter for letter in talk.book.letters.values() if _fits(talk, case, letter)), key=rank)


def _fits(talk: Talk, case: Case, letter: Letter) -> bool:
    trades = talk.country.trades(case.sector)
    if letter.countries and talk.country.code not in letter.countries:
        return False
    if trades & set(letter.except_sectors) or (letter.sectors and not trades & set(letter.sectors)):
        return False
    if letter.problems and case.problem not in letter.problems and case.goal not in letter.goals:
        return False
    if letter.kinds and channel_of(talk.country, case, letter) is None:
        return False
    return all_hold(talk, letter.when)


def spoken_for(talk: Talk) -> bool:
    """Whether there is a letter for the next door."""
    case = talk.case
    if case is None:
        return False
    waiting = ahead(talk.country, case)
    goes_to = (channel_of(talk.country, case, letter) for letter in offered(talk))
    return bool(waiting) and waiting[0] in goes_to


def cited(book: Book, country: Country, case: Case, letter: Letter) -> list[Right]:
    """The rights that a letter quotes: those that surely fit, are well attested and have a sentence for letters."""
    if not letter.cites:
        return []
    sure = [right for right in _candidates(book, country, case, letter) if _fit(right, case, letter) == "yes"]
    return sure[: _RIGHTS if letter.rights else 1]


def _fit(right: Right, case: Case, letter: Letter) -> Fit:
    if letter.any_problem and right.applies.problems and case.problem not in right.applies.problems:
        case = replace(case, problem=right.applies.problems[0])
    return fit(right, case)


def _candidates(book: Book, country: Country, case: Case, letter: Letter) -> list[Right]:
    named = [right for right in letter.rights if right in country.rights] or named_rights(book, country, case)
    found = [country.rights[right] for right in named]
    return [r for r in found if r.written and not (r.withdrawn or r.background) and r.confidence != "low"]


# -- what a letter still wants ----------------------------------------------------------------------------------------


def chosen(talk: Talk) -> Letter | None:
    """The letter that is being written."""
    return talk.book.letters.get(str(talk.vars.get("letter", ""))) if talk.case is not None else None


def told(talk: Talk) -> dict[str, str]:
    """What was told for this draft alone: fact or detail -> the person's words, or an ISO date."""
    return dict(talk.vars.get("told", {}))


def _asked(talk: Talk) -> set[str]:
    return set(talk.vars.get("asked", ()))


def wanted(talk: Talk) -> str:
    """What to ask for next: ``fact``, an `Ask`'s kind, ``follow``, one of `DETAILS`, or ``nothing``."""
    letter = chosen(talk)
    if letter is None:
        return "nothing"
    if open_fact(talk, letter) is not None:
        return "fact"
    ask = missing(talk, letter)
    if ask is not None:
        return FACTS[ask.fact]
    if letter.follows != "never" and "follow" not in talk.vars and follows_of(talk, letter):
        return "follow"
    asked = _asked(talk)
    useless = {"to"} if letter.kinds else set()
    useless |= set() if letter.numbers else {"number"}
    return next((d for d in DETAILS if d not in asked and d not in useless), "nothing")


def open_fact(talk: Talk, letter: Letter) -> str | None:
    """A condition that decides whether a right can be quoted that is better than those that surely fit."""
    case = talk.the_case
    if not letter.cites or int(talk.vars.get("facts_asked", 0)) >= _FACTS_ASKED:
        return None
    for right in _candidates(talk.book, talk.country, case, letter):
        fits = _fit(right, case, letter)
        if fits == "yes":
            return None
        if fits == "maybe":
            for fact in (*right.applies.facts, *right.applies.not_facts):
                if fact not in case.facts and fact in talk.country.facts and talk.country.facts[fact].asked:
                    return fact
    return None


def missing(talk: Talk, letter: Letter) -> Ask | None:
    """The first fact that the letter wants, and that nobody has told or skipped."""
    asked = _asked(talk)
    return next((ask for ask in letter.asks if ask.fact not in asked and not _known(talk, ask.fact)), None)


def _known(talk: Talk, fact: str) -> bool:
    if fact in CASE_FACTS:
        return talk.value(fact) is not None
    return bool(told(talk).get(fact))


def follows_of(talk: Talk, letter: Letter) -> list[str]:
    """What the person may do if nothing comes of the letter: the doors after it that can be announced in it."""
    here = channel_of(talk.country, talk.the_case, letter)
    done = {step.channel for step in talk.the_case.steps}
    after = [r for r in rungs(talk.country, talk.the_case) if r.channel not in done and r.channel != here]
    bodies = [
        r.channel
        for r in after
        if r.channel in letter.may_follow
        or (
            talk.country.channels[r.channel].kind in ("regulator", "ngo")
            and not r.optional
            and letter.follows != "must"
        )
    ]
    return bodies[:_FOLLOWS]


# -- how it reads -----------------------------------------------------------------------------------------------------


def own_words(text: str) -> Msg:
    """What a person wrote, in full, line by line."""
    return Msg("{it}", {"it": Joined(tuple(Name(line, whole=True) for line in text.splitlines() if line.strip()))})


def part_key(text: str) -> str:
    """A name for a paragraph that survives reordering: the checksum of its first wording."""
    return f"{zlib.crc32(text.encode()):08x}"


def follow_text(talk: Talk, letter: Letter) -> Msg | None:
    """What follows if nothing comes of the letter; None unless the person said that they mean it."""
    channel = talk.country.channels.get(str(talk.vars.get("follow", "")))
    on = due_on(talk, letter)
    if channel is None or on is None or channel.id not in follows_of(talk, letter):
        return None
    when: dict[str, Value] = {"letter_due": Day(on)}
    if channel.kind == "court":
        return Msg(_CLAIM, when)
    return Msg(_TURN, {**when, "body": talk.msg(channel.called or channel.name)})


def compose(talk: Talk, letter: Letter) -> Draft:
    """The letter as it reads now, with the person's own wording in place of ours."""
    given, edits = told(talk), dict(talk.vars.get("edits", {}))
    parts: list[Part] = []
    for paragraph in letter.paragraphs:
        key = part_key(paragraph.text[0])
        if key in edits:
            if edits[key]:
                parts.append(Part(key, own_words(edits[key]), own=True))
            continue
        parts.extend(Part(key, text) for text in build_screen(talk, (paragraph,)))
    return Draft(
        letter=letter,
        date=Msg("{it}", {"it": Day(talk.today, dated=True)}),
        recipient=(*build_screen(talk, letter.recipient), *_address(given.get("to", ""))),
        about=_numbers(talk) if letter.numbers else (),
        subject=talk.line(letter.subject),
        greeting=Msg(_GREETING),
        parts=tuple(parts),
        closing=Msg(_CLOSING),
        signature=tuple(own_words(given[d]) for d in ("name", "contact") if given.get(d)),
    )


def _numbers(talk: Talk) -> tuple[Msg, ...]:
    lines = (talk.first_complete([text]) for text in (_NUMBER, _REFERENCE))
    return tuple(line for line in lines if line is not None)


def _address(text: str) -> Sequence[Msg]:
    return (own_words(text),) if text else ()
