"""Writing a letter: choosing it, what is asked for it, changing its paragraphs, handing it over, and having sent it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from bot.core.case import Due, Entry, Step
from bot.core.coaching.escalate import skip_step, take_step
from bot.core.coaching.live_call import set_promise, set_rep
from bot.core.coaching.triage import set_amount, set_since, take_company
from bot.core.effects import Attach
from bot.core.ladder import next_rung
from bot.core.letters import (
    CASE_FACTS,
    DETAILS,
    PAGE,
    Draft,
    ahead,
    channel_of,
    chosen,
    cited,
    compose,
    due_on,
    follow_text,
    follows_of,
    missing,
    offered,
    open_fact,
    own_words,
    ruled_on,
    spoken_for,
    told,
    wanted,
)
from bot.core.model import Text
from bot.core.talk import Talk, placeholders
from bot.core.text import Bare, Count, Day, Joined, Mail, Msg, Name, Value
from bot.core.words import Item, Words

words = Words()

EVENTS = 5
"""Lines from the log in a letter: it has to stay on one page."""
PROMISE_SHOWN = 100
"""Characters of a promise in such a line."""
PART_LIMIT = 900
"""Characters of a paragraph of the person's own."""
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")


def _draft(talk: Talk) -> Draft | None:
    letter = chosen(talk)
    return compose(talk, letter) if letter is not None else None


# -- guards -----------------------------------------------------------------------------------------------------------


@words.guard
def letter_for_door(talk: Talk, _: Any) -> bool:
    """There is a letter for the next door."""
    return spoken_for(talk)


@words.guard
def letter_possible(talk: Talk, _: Any) -> bool:
    """Some letter fits the case."""
    return bool(offered(talk))


@words.guard
def letter_fits(talk: Talk, name: str) -> bool:
    """This letter fits the case."""
    return name in [letter.id for letter in offered(talk)]


@words.guard
def letter_chosen(talk: Talk, _: Any) -> bool:
    """A letter is being written."""
    return chosen(talk) is not None


@words.guard
def letter_is(talk: Talk, name: str) -> bool:
    """This letter is being written."""
    letter = chosen(talk)
    return letter is not None and letter.id == name


@words.guard
def letter_wants(talk: Talk, what: str) -> bool:
    """This is to be asked next: ``fact``, ``company``, ``sum``, ``day``, ``text``, ``follow`` or a detail."""
    return wanted(talk) == what


@words.guard
def letter_can_skip(talk: Talk, _: Any) -> bool:
    """What is asked about can be left out."""
    ask = _asked_now(talk)
    return ask is not None and not ask.required


@words.guard
def letter_story_offered(talk: Talk, _: Any) -> bool:
    """What happened is asked about, and the person has told it before."""
    ask = _asked_now(talk)
    return ask is not None and ask.fact == "details" and talk.case is not None and bool(talk.case.story)


@words.guard
def letter_must_follow(talk: Talk, _: Any) -> bool:
    """The letter makes no sense without what follows."""
    letter = chosen(talk)
    return letter is not None and letter.follows == "must"


@words.guard
def letter_may_warn(talk: Talk, _: Any) -> bool:
    """What follows can be written into the letter."""
    letter = chosen(talk)
    return letter is not None and letter.follows == "asked" and bool(follows_of(talk, letter))


@words.guard
def letter_cut(talk: Talk, _: Any) -> bool:
    """A paragraph was left out."""
    return "" in talk.vars.get("edits", {}).values()


@words.guard
def letter_part_changed(talk: Talk, _: Any) -> bool:
    """The paragraph on the screen is the person's own."""
    return str(talk.vars.get("part", "")) in talk.vars.get("edits", {})


@words.guard
def court_ahead(talk: Talk, _: Any) -> bool:
    """A court is still ahead of the case."""
    channels = talk.country.channels
    return talk.case is not None and any(channels[c].kind == "court" for c in ahead(talk.country, talk.case))


@words.guard
def letter_goes_to(talk: Talk, channel: str) -> bool:
    """The letter goes to this channel."""
    letter = chosen(talk)
    return letter is not None and channel_of(talk.country, talk.the_case, letter) == channel


@words.guard
def problem_is(talk: Talk, problem: str) -> bool:
    """The case is about this problem."""
    return talk.case is not None and talk.case.problem == problem


@words.guard
def fact_is(talk: Talk, fact: str) -> bool:
    """A condition was answered with yes."""
    return talk.case is not None and talk.case.facts.get(fact) == "yes"


@words.guard
def letter_quotes(talk: Talk, right: str) -> bool:
    """The letter quotes this right."""
    return right in [r.id for r in _rights(talk)]


@words.guard
def asked_before(talk: Talk, _: Any) -> bool:
    """They were asked before: on the phone or in writing."""
    case = talk.case
    return case is not None and (case.calls > 0 or any(s.outcome != "skipped" for s in case.steps))


@words.guard
def has_called(talk: Talk, _: Any) -> bool:
    """There was a call."""
    return talk.case is not None and talk.case.calls > 0


# -- choosing and asking ----------------------------------------------------------------------------------------------


@words.action
def choose_letter(talk: Talk, letter: str) -> None:
    """Begin a letter. What was told about the person stays."""
    if letter in talk.book.letters:
        about = {name: text for name, text in told(talk).items() if name in DETAILS}
        asked = [name for name in talk.vars.get("asked", ()) if name in DETAILS]
        talk.remember(letter=letter, told=about or None, asked=asked or None)
        talk.remember(edits=None, part=None, follow=None, facts_asked=None, step=None, over=None)


def _asked_now(talk: Talk) -> Any:
    letter = chosen(talk)
    return missing(talk, letter) if letter is not None else None


def _tell(talk: Talk, name: str, text: str | None) -> None:
    """Keep something in the draft, or that nothing was told; either way it is not asked again."""
    asked = list(dict.fromkeys([*talk.vars.get("asked", ()), name]))
    known = {**told(talk), name: text} if text is not None else told(talk)
    talk.remember(told=known or None, asked=asked)


@words.action
def answer_letter_fact(talk: Talk, answer: str) -> None:
    """Note the answer to the condition of a right: ``yes``, ``no`` or ``unknown``."""
    letter = chosen(talk)
    fact = open_fact(talk, letter) if letter is not None else None
    if fact is not None:
        settled = dict.fromkeys(talk.country.facts[fact].excludes, "no") if answer == "yes" else {}
        talk.set_case(facts={**talk.the_case.facts, **settled, fact: answer})
        talk.remember(facts_asked=int(talk.vars.get("facts_asked", 0)) + 1)


@words.action
def tell_letter(talk: Talk, found: Any) -> None:
    """Take the fact that was asked about, into the case where it belongs there."""
    ask = _asked_now(talk)
    if ask is None:
        return
    if ask.fact not in CASE_FACTS:
        _tell(talk, ask.fact, str(found))
    elif ask.fact == "company":
        take_company(talk, found)
    elif ask.fact == "last_call":
        talk.set_case(last_contact=date.fromisoformat(str(found)))
    else:
        _SETTERS[ask.fact](talk, found)


_SETTERS: dict[str, Callable[[Talk, Any], None]] = {
    "amount": set_amount,
    "since": set_since,
    "rep": set_rep,
    "promise": set_promise,
}


@words.action
def tell_letter_story(talk: Talk, _: Any) -> None:
    """Put what the person told at the beginning into the letter."""
    _tell(talk, "details", talk.the_case.story)


@words.action
def skip_letter_ask(talk: Talk, _: Any) -> None:
    """Leave out what was asked about."""
    ask = _asked_now(talk)
    if ask is not None and not ask.required:
        _tell(talk, ask.fact, None)


@words.action
def set_follow(talk: Talk, channel: Any) -> None:
    """What the person means to do if nothing comes of it: a channel, or ``none``."""
    talk.remember(follow=str(channel or "none"))


@words.action
def ask_follow_again(talk: Talk, _: Any) -> None:
    """Ask once more what follows."""
    talk.remember(follow=None)


@words.action
def tell_letter_detail(talk: Talk, text: Any) -> None:
    """Take the name, the number, how to reach the person, or the address."""
    detail = wanted(talk)
    if detail in DETAILS:
        _tell(talk, detail, str(text)[:200])


@words.action
def skip_letter_detail(talk: Talk, _: Any) -> None:
    """Leave it out."""
    detail = wanted(talk)
    if detail in DETAILS:
        _tell(talk, detail, None)


@words.action
def skip_letter_details(talk: Talk, _: Any) -> None:
    """Leave out this one and the following."""
    while wanted(talk) in DETAILS:
        skip_letter_detail(talk, None)


@words.action
def ask_details_again(talk: Talk, _: Any) -> None:
    """Ask once more for the name and the other details."""
    kept = {name: text for name, text in told(talk).items() if name not in DETAILS}
    asked = [name for name in talk.vars.get("asked", ()) if name not in DETAILS]
    talk.remember(told=kept or None, asked=asked or None)


# -- changing ---------------------------------------------------------------------------------------------------------


@words.action
def choose_part(talk: Talk, key: str) -> None:
    """Open a paragraph."""
    talk.remember(part=key)


def _edit(talk: Talk, text: str | None) -> None:
    key, edits = str(talk.vars.get("part", "")), dict(talk.vars.get("edits", {}))
    if text is None:
        edits.pop(key, None)
    else:
        edits[key] = text
    talk.remember(edits=edits or None, part=None)


@words.action
def write_part(talk: Talk, text: Any) -> None:
    """The paragraph reads as the person wrote it."""
    _edit(talk, str(text))


@words.action
def cut_part(talk: Talk, _: Any) -> None:
    """Leave the paragraph out."""
    _edit(talk, "")


@words.action
def reset_part(talk: Talk, _: Any) -> None:
    """The paragraph reads as it did."""
    _edit(talk, None)


@words.action
def uncut_parts(talk: Talk, _: Any) -> None:
    """Bring back every paragraph that was left out."""
    talk.remember(edits={key: text for key, text in talk.vars.get("edits", {}).items() if text} or None)


@words.reader
def letter_words(talk: Talk, text: str) -> str | None:
    """A paragraph; None if it says nothing, or if the letter would no longer fit on a page."""
    edits = {key: words for key, words in talk.vars.get("edits", {}).items() if key != talk.vars.get("part")}
    room = PAGE - sum(len(words) for words in edits.values())
    fits = len(text) <= min(PART_LIMIT, room)
    return text if fits and any(c.isalnum() for c in text) else None


# -- handing over -----------------------------------------------------------------------------------------------------


@words.action
def letter_pdf(talk: Talk, _: Any) -> None:
    """Send the letter as a PDF."""
    draft = _draft(talk)
    if draft is not None:
        talk.add(Attach(id=talk.next_id(), kind="letter", args=draft.facts()))


@words.action
def letter_sent(talk: Talk, _: Any) -> None:
    """The person sent it: the step is taken where it is the next one, and what it asks for is awaited."""
    letter = chosen(talk)
    channel = channel_of(talk.country, talk.the_case, letter) if letter is not None else None
    if letter is None:
        return
    if channel is None:
        talk.record("step", letter=letter.id)
        return
    if not letter.demands or not talk.the_case.is_open:
        talk.record("step", channel=channel, letter=letter.id)
        talk.remember(step=channel, over=None)
        return
    due, ruled = due_on(talk, letter), ruled_on(talk, letter)
    if letter.acts:
        case = talk.the_case
        used = [d.what for d in case.due if d.kind == "limit" and d.what in letter.rights]
        talk.set_case(limits_done=(*case.limits_done, *used), due=tuple(d for d in case.due if d.what not in used))
    _skip_to(talk, channel)
    rung = next_rung(talk.country, talk.the_case)
    if rung is not None and rung.channel == channel:
        take_step(talk, None)
    else:
        case = talk.the_case
        talk.set_case(steps=(*case.steps, Step(channel, talk.today)), last_contact=talk.today)
        talk.record("step", channel=channel, letter=letter.id, due=due.isoformat() if due else None)
        talk.remember(step=channel, over=None)
    case = talk.the_case
    if due is not None and not any(d.kind == "answer" and d.what == channel for d in case.due):
        talk.set_case(due=(*case.due, Due("answer", due, channel, "" if due == ruled else "letter")))
        talk.remember(over=due.isoformat())
    if not letter.kinds:
        talk.set_case(facts={**case.facts, "asked_in_writing": "yes"})


def _skip_to(talk: Talk, channel: str) -> None:
    """Skip the phone desks and optional doors before a channel: the person has gone past them."""
    if channel not in ahead(talk.country, talk.the_case):
        return
    while (rung := next_rung(talk.country, talk.the_case)) is not None and rung.channel != channel:
        if not rung.optional and talk.country.channels[rung.channel].reached_at is None:
            return
        skip_step(talk, None)


# -- lists ------------------------------------------------------------------------------------------------------------


@words.list_
def letters_here(talk: Talk) -> list[Item]:
    """The letters that fit the case, the best first."""
    return [Item(letter.id, talk.msg(letter.label)) for letter in offered(talk)]


@words.list_
def letter_follows(talk: Talk) -> list[Item]:
    """What the person may do if nothing comes of the letter."""
    letter = chosen(talk)
    if letter is None:
        return []
    channels = talk.country.channels
    return [Item(c, talk.msg(channels[c].name)) for c in follows_of(talk, letter)]


@words.list_
def letter_fact_answers(talk: Talk) -> list[Item]:
    """The answers to the condition that is asked about."""
    letter = chosen(talk)
    fact = talk.country.facts.get((open_fact(talk, letter) if letter is not None else None) or "")
    if fact is None:
        return []
    return [Item("yes", talk.msg(fact.yes)), Item("no", talk.msg(fact.no)), Item("unknown", talk.msg("I don't know"))]


@words.list_
def letter_parts(talk: Talk) -> list[Item]:
    """The numbers of the paragraphs."""
    draft = _draft(talk)
    parts = draft.parts if draft is not None else ()
    return [Item(part.key, Msg("{n}", {"n": Count(n)})) for n, part in enumerate(parts, 1)]


# -- values: the draft ------------------------------------------------------------------------------------------------


@words.value
def letter_label(talk: Talk) -> Value | None:
    """The letter's name."""
    letter = chosen(talk)
    return talk.msg(letter.label) if letter is not None else None


@words.value
def letter_about(talk: Talk) -> Value | None:
    """What it is good for."""
    letter = chosen(talk)
    return talk.msg(letter.about) if letter is not None else None


@words.value
def letter_tip(talk: Talk) -> Value | None:
    """What to know before sending it."""
    letter = chosen(talk)
    if letter is None:
        return None
    known = [text for text in (letter.tip, letter.here.get(talk.country.code)) if text is not None]
    return Joined(tuple(talk.msg(text) for text in known), " ") if known else None


@words.value
def letter_question(talk: Talk) -> Value | None:
    """The fact that is asked about."""
    ask = _asked_now(talk)
    return talk.msg(ask.question) if ask is not None else None


@words.value
def letter_fact_question(talk: Talk) -> Value | None:
    """The condition that is asked about."""
    letter = chosen(talk)
    fact = talk.country.facts.get((open_fact(talk, letter) if letter is not None else None) or "")
    return talk.msg(fact.question) if fact is not None else None


@words.value
def letter_preview(talk: Talk) -> Value | None:
    """The whole letter, as it reads."""
    draft = _draft(talk)
    return draft.whole if draft is not None else None


@words.value
def letter_text(talk: Talk) -> Value | None:
    """From the greeting to the name, to be pasted elsewhere."""
    draft = _draft(talk)
    return Bare(draft.body) if draft is not None else None


@words.value
def letter_subject(talk: Talk) -> Value | None:
    """The subject, to be pasted elsewhere."""
    draft = _draft(talk)
    return Bare(draft.subject) if draft is not None else None


@words.value
def letter_address(talk: Talk) -> Value | None:
    """The address to send it to, to be pasted elsewhere."""
    text = told(talk).get("to", "")
    return Bare(own_words(text)) if text else None


@words.value
def letter_mail(talk: Talk) -> Value | None:
    """The letter as an e-mail that is ready to be sent."""
    draft = _draft(talk)
    if draft is None:
        return None
    found = _ADDRESS.search(told(talk).get("to", ""))
    return Mail(found.group() if found else "", draft.subject, Msg("{it}", {"it": draft.body}))


@words.value
def letter_numbered(talk: Talk) -> Value | None:
    """The paragraphs with their numbers."""
    draft = _draft(talk)
    if draft is None or not draft.parts:
        return None
    shown = [Msg("<b>{n}.</b> {it}", {"n": Count(n), "it": part.text}) for n, part in enumerate(draft.parts, 1)]
    return Joined(tuple(shown), "\n\n")


@words.value
def letter_part(talk: Talk) -> Value | None:
    """The paragraph that is being changed, to be copied and written anew."""
    draft = _draft(talk)
    part = next((p for p in draft.parts if p.key == talk.vars.get("part")), None) if draft is not None else None
    return Bare(part.text) if part is not None else None


@words.value
def letter_how(talk: Talk) -> Value | None:
    """How a request reaches where it goes."""
    letter = chosen(talk)
    if letter is None or not letter.demands:
        return None
    channel = talk.country.channels.get(channel_of(talk.country, talk.the_case, letter) or "")
    return talk.msg(channel.how) if channel is not None else None


@words.value
def letter_limits(talk: Talk) -> Value | None:
    """What the body that it goes to does not take."""
    letter = chosen(talk)
    if letter is None or not letter.kinds:
        return None
    channel = talk.country.channels.get(channel_of(talk.country, talk.the_case, letter) or "")
    return talk.msg(channel.excludes) if channel is not None and channel.excludes is not None else None


# -- values: what stands in letters -----------------------------------------------------------------------------------


@words.value
def letter_date(talk: Talk) -> Value:
    """Today, with its year."""
    return Day(talk.today, dated=True)


@words.value
def letter_due(talk: Talk) -> Value | None:
    """The day by which the letter asks for an answer."""
    letter = chosen(talk)
    on = due_on(talk, letter) if letter is not None else None
    return Day(on) if on is not None else None


@words.value
def letter_addressee(talk: Talk) -> Value | None:
    """The body that the letter goes to, by its name."""
    letter = chosen(talk)
    channel = talk.country.channels.get((channel_of(talk.country, talk.the_case, letter) if letter else None) or "")
    return talk.msg(channel.name) if channel is not None else None


@words.value
def letter_matter(talk: Talk) -> Value | None:
    """What the case is about, in a few written words."""
    problem = talk.book.problems.get(talk.case.problem) if talk.case is not None else None
    return talk.msg(problem.matter) if problem is not None and problem.matter is not None else None


@words.value
def letter_story(talk: Talk) -> Value | None:
    """What went wrong, in one written sentence."""
    problem = talk.book.problems.get(talk.case.problem) if talk.case is not None else None
    return talk.line(problem.written) if problem is not None and problem.written else None


@words.value
def letter_ask(talk: Talk) -> Value | None:
    """The request, in one written sentence."""
    goal = talk.book.goals.get(talk.case.goal or "") if talk.case is not None else None
    return talk.line(goal.written) if goal is not None and goal.written else None


def _rights(talk: Talk) -> list[Any]:
    letter = chosen(talk)
    return cited(talk.book, talk.country, talk.the_case, letter) if letter is not None else []


@words.value
def letter_rights(talk: Talk) -> Value | None:
    """The rights that surely fit, each with its section."""
    quoted = [
        Msg("{rule} ({section}).", {"rule": talk.msg(right.written), "section": talk.msg(right.statute)})
        for right in _rights(talk)
    ]
    return Joined(tuple(quoted), "\n") if quoted else None


@words.value
def letter_follow(talk: Talk) -> Value | None:
    """What follows if nothing comes of it; only if the person means it."""
    letter = chosen(talk)
    return follow_text(talk, letter) if letter is not None else None


def _own(talk: Talk, fact: str) -> Value | None:
    text = told(talk).get(fact)
    return own_words(text) if text else None


def _day(talk: Talk, fact: str) -> Value | None:
    text = told(talk).get(fact)
    return Day(date.fromisoformat(text)) if text else None


@words.value
def letter_details(talk: Talk) -> Value | None:
    """What happened, in the person's own words."""
    return _own(talk, "details")


@words.value
def letter_product(talk: Talk) -> Value | None:
    """The product or service it is about."""
    return _own(talk, "product")


@words.value
def letter_visit(talk: Talk) -> Value | None:
    """How the technician's visit went."""
    return _own(talk, "visit")


@words.value
def letter_issuer(talk: Talk) -> Value | None:
    """The company that issued the card."""
    return _own(talk, "issuer")


@words.value
def letter_number(talk: Talk) -> Value | None:
    """The customer or order number."""
    text = told(talk).get("number")
    return Name(text) if text else None


@words.value
def letter_bought(talk: Talk) -> Value | None:
    """When it was bought."""
    return _day(talk, "bought_on")


@words.value
def letter_agreed(talk: Talk) -> Value | None:
    """When it was to be supplied."""
    return _day(talk, "agreed_on")


# -- the log as it stands in a letter ---------------------------------------------------------------------------------

_CALL = (
    Text("{day}: a phone call with {rep}, reference {ref}"),
    Text("{day}: a phone call with {rep}"),
    Text("{day}: a phone call, reference {ref}"),
    Text("{day}: a phone call to customer service"),
)
_PROMISED = (Text("{day}: promised by {due}: {promise}"), Text("{day}: promised: {promise}"))
_WAITED = Text("{day}: on hold, {n} min")
_WROTE = Text("{day}: a written request")
_TURNED = Text("{day}: a complaint to {body}")
_ANSWERS = {
    "refused": Text("{day}: the request was refused"),
    "promise_broken": Text("{day}: the promise was not kept"),
}


@words.value
def letter_events(talk: Talk) -> Value | None:
    """What happened so far, by date: the latest entries of the log that matter to others."""
    lines = [line for n, entry in enumerate(talk.log) if (line := _line(talk, entry, talk.log[n + 1 :])) is not None]
    return Joined(tuple(lines[-EVENTS:])) if lines else None


def _line(talk: Talk, entry: Entry, later: tuple[Entry, ...]) -> Msg | None:
    details = entry.details
    given: dict[str, Value] = {"day": Day(entry.at.astimezone(talk.local_now.tzinfo).date())}
    if entry.kind == "call":
        return _complete(_CALL, {**given, **_about_call(later)})
    if entry.kind == "hold":
        return Msg(_WAITED, {**given, "n": Count(int(details.get("minutes", 1)))})
    if entry.kind == "promise":
        text = str(details.get("text", ""))
        given["promise"] = Name(text if len(text) <= PROMISE_SHOWN else f"{text[:PROMISE_SHOWN]}…")
        if "due" in details:
            given["due"] = Day(date.fromisoformat(details["due"]))
        return _complete(_PROMISED, given) if text else None
    if entry.kind == "step":
        channel = talk.country.channels.get(str(details.get("channel", "")))
        letter = talk.book.letters.get(str(details.get("letter", "")))
        if channel is None or (letter is not None and not letter.demands):
            return None
        if channel.kind in ("regulator", "ngo"):
            return Msg(_TURNED, {**given, "body": talk.msg(channel.called or channel.name)})
        return Msg(_WROTE, given) if channel.in_writing else None
    if entry.kind == "answer" and details.get("outcome") in _ANSWERS:
        return Msg(_ANSWERS[details["outcome"]], given)
    return None


def _about_call(later: tuple[Entry, ...]) -> dict[str, Value]:
    """Who was spoken to and the reference number, as noted after a call and before the next."""
    found: dict[str, Value] = {}
    for entry in later:
        if entry.kind == "call":
            break
        for name in ("rep", "ref"):
            if entry.details.get(name):
                found.setdefault(name, Name(str(entry.details[name])))
    return found


def _complete(variants: tuple[Text, ...], given: dict[str, Value]) -> Msg | None:
    for text in variants:
        names = placeholders(text)
        if all(name in given for name in names):
            return Msg(text, {name: given[name] for name in names})
    return None
