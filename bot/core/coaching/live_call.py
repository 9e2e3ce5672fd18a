"""The call itself: the stage, the one line to say now, what the representative may say next."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, islice
from typing import Any

from bot.core.book import Book
from bot.core.case import Due, Step
from bot.core.coaching.cool_down import civil_words
from bot.core.coaching.hold import case_of_wait
from bot.core.coaching.triage import take_story
from bot.core.deadlines import add
from bot.core.knowledge import Objection
from bot.core.ladder import serves
from bot.core.model import Text
from bot.core.talk import Talk
from bot.core.text import Count, Joined, Value
from bot.core.words import Item, Words

words = Words()

STAGES = ("opening", "ask", "manager", "retention", "close")
LIKELY_SAID = 0.5
"""From this score on it is asked whether they said it."""
LIKELY = 6
"""Buttons for what may be heard next; the rest is one tap away."""
CATEGORIES = (
    "manager",
    "money",
    "delay",
    "system",
    "cancel",
    "identity",
    "policy",
    "product",
    "technician",
    "behaviour",
)
"""The order of the categories on the screen of everything that may be heard."""
STAGE_NAMES = {
    "opening": Text("1 · Opening"),
    "ask": Text("2 · What you ask for"),
    "manager": Text("3 · A manager"),
    "retention": Text("4 · Retention"),
    "close": Text("5 · Closing"),
}
_TACTIC = {
    "opening": "warm_opener",
    "ask": "calibrated_question",
    "manager": "ask_for_manager",
    "retention": "retention_department",
    "close": "recap_aloud",
}
_TIPS = {
    "opening": Text("Calm voice, one sentence, then wait for the answer."),
    "ask": Text("Say it once, then be silent. Let them speak first."),
    "manager": Text("No argument about who is in charge. A name, an hour, a number."),
    "retention": Text("Say only what you would really do. Then let them make the offer."),
    "close": Text("Read it slowly and ask them to confirm each point."),
}


def _objection(talk: Talk) -> Objection | None:
    return talk.book.objections.get(str(talk.vars.get("objection", "")))


def _stage(talk: Talk) -> str:
    return str(talk.vars.get("stage", "opening"))


# -- guards -----------------------------------------------------------------------------------------------------------


@words.guard
def answering(talk: Talk, _: Any) -> bool:
    """The line on the screen answers something the representative said."""
    return _objection(talk) is not None


@words.guard
def insisting(talk: Talk, _: Any) -> bool:
    """The line on the screen is the one for when they repeat themselves."""
    return bool(talk.vars.get("again"))


@words.guard
def stage_is(talk: Talk, stage: str) -> bool:
    """The call is at this stage."""
    return _stage(talk) == stage


@words.guard
def retention_here(talk: Talk, _: Any) -> bool:
    """This kind of business fights for customers who leave, or it is not known which kind it is."""
    sector = talk.case.sector if talk.case else "general"
    desks = [c for c in talk.country.channels.values() if c.reached_at == "retention"]
    return sector == "general" or any(serves(desk, sector) for desk in desks)


@words.guard
def promise_dated(talk: Talk, _: Any) -> bool:
    """It is known by when they promised it."""
    return talk.the_case.promise_date is not None


@words.guard
def not_caught(talk: Talk, _: Any) -> bool:
    """The last thing typed was not understood."""
    return bool(talk.vars.get("puzzled"))


@words.guard
def noted(talk: Talk, _: Any) -> bool:
    """Something was just written down."""
    return bool(talk.vars.get("noted"))


@words.guard
def choosing(talk: Talk, _: Any) -> bool:
    """Several things may have been meant; they are offered."""
    return bool(talk.vars.get("heard_guesses"))


# -- actions ----------------------------------------------------------------------------------------------------------


@words.action
def case_of_call(talk: Talk, _: Any) -> None:
    """Talk about the case with the company that the person named: an open one, or a new one with what was told."""
    told = talk.vars.get("told")
    known = len(talk.session.cases)
    if told:
        case_of_wait(talk, None)
    if len(talk.session.cases) > known:
        take_story(talk, told)


@words.action
def start_call(talk: Talk, _: Any) -> None:
    """Begin a call: note when, and begin at the opening, or in the middle if they are reported to speak."""
    told = talk.vars.get("told")
    if talk.case is None:
        talk.open_case()
        if told:
            take_story(talk, told)
    said = talk.book.understanding.on_call(str(told), talk.profile.language) if told else None
    stage = "ask" if said else "opening"
    talk.remember(started=talk.now.isoformat(), stage=stage, said=[], told=None)
    _show(talk)
    if said:
        heard(talk, said_by_rep(talk, said))


def _show(talk: Talk, **changes: Any) -> None:
    """Change what the screen shows; anything passing is cleared."""
    names = ("objection", "again", "puzzled", "heard_guesses", "noted", "heated")
    cleared: dict[str, Any] = dict.fromkeys(names)
    talk.remember(**{**cleared, **changes})


@words.action
def go_to_stage(talk: Talk, stage: str) -> None:
    """Go to a stage of the call and show its line."""
    _show(talk, stage=stage, stages=[*talk.vars.get("stages", ()), stage])


@words.action
def next_stage(talk: Talk, _: Any) -> None:
    """Go one stage on; retention only comes by choice."""
    order = {"opening": "ask", "ask": "manager", "manager": "close", "retention": "close"}
    _show(talk, stage=order.get(_stage(talk), "close"))


@words.action
def heard(talk: Talk, found: Any) -> None:
    """The representative said something: a tapped objection, or what was recognised in the typed words."""
    if isinstance(found, str):
        found = {"decision": "sure", "guesses": [found]}
    known = talk.book.objections
    guesses = [g for g in found["guesses"] if g in known and heard_in(talk.country.code, known[g])]
    if found["decision"] == "sure" and guesses:
        objection = guesses[0]
        repeated = objection == talk.vars.get("objection") or objection in talk.vars.get("said", [])
        said = [*talk.vars.get("said", []), objection]
        _show(talk, objection=objection, said=said, again=repeated or None)
    elif found["decision"] == "ask" and guesses:
        _show(talk, heard_guesses=guesses[:3], objection=talk.vars.get("objection"))
    else:
        _show(talk, puzzled=True, objection=talk.vars.get("objection"))


@words.action
def repeated(talk: Talk, _: Any) -> None:
    """They said the same again."""
    _show(talk, objection=talk.vars.get("objection"), again=True)


@words.action
def note(talk: Talk, text: Any) -> None:
    """Write something down during the call."""
    talk.record("note", text=str(text))
    _show(talk, objection=talk.vars.get("objection"), again=talk.vars.get("again"), noted=True)


@words.action
def end_call(talk: Talk, _: Any) -> None:
    """The call is over: count it and write it into the log."""
    started = talk.now.fromisoformat(str(talk.vars.get("started", talk.now.isoformat())))
    minutes = max(1, round((talk.now - started).total_seconds() / 60))
    case = talk.the_case
    talk.set_case(calls=case.calls + 1, last_contact=talk.today, steps=(*case.steps, *_reached(talk)))
    lines = list(dict.fromkeys(talk.vars.get("said", [])))
    talk.record("call", minutes=minutes, heard=lines or None, stage=_stage(talk))
    talk.remember(minutes=minutes)


def _reached(talk: Talk) -> list[Step]:
    """The rungs that the call has taken: the desk that answered, and the manager or retention if it came to that."""
    stages = {"opening", _stage(talk), *talk.vars.get("stages", ())}
    taken = {step.channel for step in talk.the_case.steps}
    return [
        Step(channel.id, talk.today, "answered")
        for channel in talk.country.channels.values()
        if channel.reached_at in stages and channel.id not in taken
    ]


@words.action
def set_rep(talk: Talk, name: Any) -> None:
    """Note who the person spoke to."""
    talk.set_case(rep=talk.book.understanding.person(str(name), talk.profile.language)[:60])
    talk.record("note", rep=talk.the_case.rep)


@words.action
def set_ref(talk: Talk, number: Any) -> None:
    """Note the reference number."""
    talk.set_case(ref=str(number)[:40])
    talk.record("note", ref=talk.the_case.ref)


@words.action
def set_promise(talk: Talk, text: Any) -> None:
    """Note what was promised."""
    talk.set_case(promise=str(text)[:300], promise_date=None)


@words.action
def set_promise_day(talk: Talk, when: Any) -> None:
    """Note by when it was promised: an ISO date or so many days ahead; a nudge follows on that day."""
    text = str(when)
    if text == "3b":
        day = add(talk.today, 3, "business_days", talk.is_rest)
    else:
        day = (
            add(talk.today, int(text), "calendar_days", lambda _: False)
            if text.isdigit()
            else (talk.today.fromisoformat(text))
        )
    case = talk.the_case
    due = Due("promise", day, case.promise)
    talk.set_case(promise_date=day, due=(*(d for d in case.due if d.kind != "promise"), due))
    talk.record("promise", text=case.promise, due=day.isoformat())


@words.action
def promise_day_of_words(talk: Talk, text: Any) -> None:
    """Note by when it was promised, if the words of the promise name a day."""
    day = talk.book.understanding.read(str(text), talk.profile.language, talk.today).coming_day
    if day is not None:
        set_promise_day(talk, day.isoformat())


@words.action
def log_promise(talk: Talk, _: Any) -> None:
    """Write a promise without a date into the log."""
    case = talk.the_case
    talk.record("promise", text=case.promise)


@words.action
def promise_thanks(talk: Talk, _: Any) -> None:
    """Note that a good word was promised."""
    talk.set_case(thanks=True)


# -- readers and lists ------------------------------------------------------------------------------------------------


@words.reader
def said_by_rep(talk: Talk, text: str) -> dict[str, Any]:
    """What the representative said, as the person reports it; where nothing is sure, a likely one is asked about."""
    found = talk.book.understanding.objection(text, talk.profile.language)
    likely = found.decision == "none" and bool(found.guesses) and found.guesses[0].score >= LIKELY_SAID
    return {"decision": "ask" if likely else found.decision, "guesses": [g.id for g in found.guesses[:3]]}


@words.list_
def likely(talk: Talk) -> list[Item]:
    """What may be heard next: the guesses if something was typed, else the likeliest at this stage."""
    guesses = talk.vars.get("heard_guesses")
    if guesses:
        return [_item(talk, talk.book.objections[g]) for g in guesses]
    said, stage = set(talk.vars.get("said", ())), _stage(talk)
    apart: tuple[list[Objection], ...] = ([], [], [], [])
    for objection in _heard_here(talk):
        apart[2 * (objection.id in said) + (stage not in objection.stages)].append(objection)
    return [_item(talk, objection) for objection in islice(chain(*apart), LIKELY)]


@words.list_
def every_objection(talk: Talk) -> list[Item]:
    """Everything that may be heard in this kind of business, by category."""
    order = {category: n for n, category in enumerate(CATEGORIES)}
    return [_item(talk, o) for o in sorted(_heard_here(talk), key=lambda o: (order[o.category], o.id))]


def _heard_here(talk: Talk) -> tuple[Objection, ...]:
    case = talk.case
    sector, problem = (case.sector, case.problem) if case is not None else ("general", "")
    return _expected(talk.book, talk.country.code, sector, problem)


@lru_cache(maxsize=512)
def _expected(book: Book, country: str, sector: str, problem: str) -> tuple[Objection, ...]:
    """What may be heard in a kind of business, that which the problem leads one to expect first.

    Remembered, for every screen of a call shows some of it.
    """
    trades = book.countries[country].trades(sector)
    here = [
        o
        for o in book.objections.values()
        if heard_in(country, o) and (not o.sectors or not trades.isdisjoint(o.sectors) or sector == "general")
    ]
    named = book.problems[problem].objections if problem in book.problems else ()
    order = {objection: n for n, objection in enumerate(named)}
    return tuple(sorted(here, key=lambda o: (order.get(o.id, len(order)), problem not in o.problems)))


def heard_in(country: str, objection: Objection) -> bool:
    """Whether an objection and its answer are of a country."""
    return not objection.countries or country in objection.countries


def _item(talk: Talk, objection: Objection) -> Item:
    return Item(objection.id, talk.msg(objection.label))


# -- values -----------------------------------------------------------------------------------------------------------


@words.value
def stage(talk: Talk) -> Value:
    """The stage of the call."""
    return talk.msg(STAGE_NAMES[_stage(talk)])


@words.value
def heard_line(talk: Talk) -> Value | None:
    """What the representative said, in their usual words."""
    objection = _objection(talk)
    return talk.msg(objection.heard) if objection else None


@words.spoken
def line(talk: Talk) -> Value:
    """The one line to say now; after words in anger that answer nothing, the same in civil ones."""
    if talk.vars.get("heated"):
        return civil_words(talk, talk.vars["heated"], one_line=True)
    objection = _objection(talk)
    if objection is not None:
        return talk.line(objection.again if talk.vars.get("again") else objection.say)
    now = _stage(talk)
    if now == "ask" and (asked := talk.value("ask_line")) is not None:
        return asked
    return talk.line(talk.book.tactics[_TACTIC[now]].say)


@words.spoken
def story_now(talk: Talk) -> Value | None:
    """At the opening: the problem in one sentence, to be said after the greeting."""
    at_opening = _stage(talk) == "opening" and _objection(talk) is None and not talk.vars.get("heated")
    return talk.value("story_line") if at_opening else None


@words.value
def tip(talk: Talk) -> Value:
    """One short piece of advice for the caller's eyes."""
    objection = _objection(talk)
    if objection is None:
        return talk.msg(_TIPS[_stage(talk)])
    if talk.vars.get("again") and objection.then is not None:
        return talk.msg(objection.then)
    return talk.msg(objection.why)


@words.value
def risk(talk: Talk) -> Value | None:
    """What to be careful about with this answer."""
    objection = _objection(talk)
    if objection is None:
        return None
    known = [text for text in (objection.risk, objection.here.get(talk.country.code)) if text is not None]
    return Joined(tuple(talk.msg(text) for text in known), " ") if known else None


@words.value
def call_minutes(talk: Talk) -> Value | None:
    """How long the call took, in minutes."""
    minutes = talk.vars.get("minutes")
    return Count(int(minutes)) if minutes else None


@words.spoken
def opener(talk: Talk) -> Value:
    """The greeting that opens the call."""
    return talk.line(talk.book.tactics["warm_opener"].say)


@words.spoken
def recap(talk: Talk) -> Value:
    """What was agreed, to be read aloud at the end."""
    return talk.line(talk.book.tactics["recap_aloud"].say)


@words.spoken
def plain_ask(talk: Talk) -> Value:
    """Asking for the best they can do, with no threat to leave."""
    return talk.line(talk.book.tactics["ask_plainly"].say)
