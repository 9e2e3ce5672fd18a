"""The next door: which channel, why, how, what to prepare, the wait and whose rule it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.core.case import Case, Due, Step
from bot.core.knowledge import Channel, Rung, Wait
from bot.core.ladder import next_rung, position, rungs, wait_over
from bot.core.model import Plural, Text
from bot.core.talk import Talk
from bot.core.text import Bullets, Code, Count, Day, Joined, Msg, Name, Url, Value
from bot.core.words import Words

words = Words()

_UNITS = {
    "minutes": Plural("{n} minute", "{n} minutes"),
    "hours": Plural("{n} hour", "{n} hours"),
    "calendar_days": Plural("{n} day", "{n} days"),
    "business_days": Plural("{n} business day", "{n} business days"),
    "working_days": Plural("{n} working day", "{n} working days"),
    "months": Plural("{n} month", "{n} months"),
}
_BASIS = {
    "statutory": Text("{wait}. That is the law's time."),
    "regulatory": Text("{wait}. That is the regulator's rule."),
    "official_published": Text("{wait}. That is the time they publish."),
    "contractual": Text("{wait}. That is in their terms."),
    "expected": Text("About {wait}, as a rule of thumb they give themselves."),
    "coach_heuristic": Text("{wait}. That is my advice, not a rule."),
    "unknown": Text("I found no set time."),
}
_MARKS = {"waiting": "⏳", "answered": "✅", "refused": "↩️", "skipped": "⤼"}


def wait_text(talk: Talk, wait: Wait) -> Msg | None:
    """A wait and whose rule it is; None if there is nothing to wait for."""
    if wait.number is None or wait.unit == "none":
        return talk.msg(_BASIS["unknown"]) if wait.basis == "unknown" else None
    if wait.number == 0:
        return None
    one, many = _UNITS[wait.unit]
    length = Msg(one, {"n": Count(wait.number)}, many, wait.number)
    return Msg(_BASIS[wait.basis], {"wait": length} if "{wait}" in _BASIS[wait.basis] else {})


def _rung(talk: Talk) -> Rung | None:
    return next_rung(talk.country, talk.case) if talk.case is not None else None


def _channel(talk: Talk) -> Channel | None:
    rung = _rung(talk)
    return talk.country.channels[rung.channel] if rung is not None else None


def _wait(talk: Talk) -> Wait | None:
    """The wait that counts at the next rung: the channel's own time to answer, or the ladder's advice."""
    rung, channel = _rung(talk), _channel(talk)
    if rung is None or channel is None:
        return None
    own = channel.wait
    return own if own.role == "answer" and own.number is not None else rung.wait


@words.guard
def rung_left(talk: Talk, _: Any) -> bool:
    """There is another rung on the ladder."""
    return _rung(talk) is not None


@words.guard
def rung_optional(talk: Talk, _: Any) -> bool:
    """The next rung may be left out."""
    rung = _rung(talk)
    return rung is not None and rung.optional


@words.guard
def waiting_for_answer(talk: Talk, _: Any) -> bool:
    """A channel was approached and its answer is awaited."""
    return talk.case is not None and any(s.outcome == "waiting" for s in talk.case.steps)


@words.guard
def wait_running(talk: Talk, _: Any) -> bool:
    """The time of the last channel to answer is not over."""
    return talk.case is not None and any(d.kind == "answer" and d.on > talk.today for d in talk.case.due)


@words.guard
def channel_linked(talk: Talk, _: Any) -> bool:
    """The channel has an address to show."""
    return talk.value("channel_links") is not None


@words.action
def take_step(talk: Talk, _: Any) -> None:
    """The person did it: its clock starts."""
    rung = _rung(talk)
    if rung is None:
        return
    step = Step(rung.channel, talk.today)
    over = wait_over(talk.country, step, rung, talk.is_rest)
    case = talk.the_case
    due = tuple(d for d in case.due if d.kind != "answer")
    if over is not None and over > talk.today:
        due = (*due, Due("answer", over, rung.channel))
    facts = {**case.facts, "asked_in_writing": "yes"} if talk.country.channels[rung.channel].in_writing else case.facts
    talk.set_case(steps=(*case.steps, step), due=due, last_contact=talk.today, facts=facts)
    talk.record("step", channel=rung.channel, due=over.isoformat() if over and over > talk.today else None)
    talk.remember(step=rung.channel, over=over.isoformat() if over and over > talk.today else None)


@words.action
def skip_step(talk: Talk, _: Any) -> None:
    """Leave this rung out."""
    rung = _rung(talk)
    if rung is not None:
        talk.set_case(steps=(*talk.the_case.steps, Step(rung.channel, talk.today, "skipped")))


@words.action
def skip_calls(talk: Talk, _: Any) -> None:
    """Leave out the desks that are reached by phone: the person wants it in writing."""
    while (channel := _channel(talk)) is not None and channel.reached_at is not None:
        skip_step(talk, None)


@words.action
def step_refused(talk: Talk, _: Any) -> None:
    """The last channel said no: its wait is over at once."""
    _settle(talk, "refused")


@words.action
def step_answered(talk: Talk, _: Any) -> None:
    """The last channel answered."""
    _settle(talk, "answered")


def _settle(talk: Talk, outcome: Any) -> None:
    case = talk.the_case
    steps = tuple(replace(s, outcome=outcome) if s.outcome == "waiting" else s for s in case.steps)
    talk.set_case(steps=steps, due=())
    waiting = [s.channel for s in case.steps if s.outcome == "waiting"]
    talk.record("answer", outcome=outcome, channel=waiting[-1] if waiting else None)


# -- values -----------------------------------------------------------------------------------------------------------


@words.value
def channel(talk: Talk) -> Value | None:
    """The next channel's name."""
    found = _channel(talk)
    return talk.msg(found.name) if found else None


@words.value
def channel_why(talk: Talk) -> Value | None:
    """What it can do."""
    found = _channel(talk)
    return talk.msg(found.why) if found else None


@words.value
def channel_how(talk: Talk) -> Value | None:
    """How to reach it."""
    found = _channel(talk)
    return talk.msg(found.how) if found else None


@words.value
def channel_prepare(talk: Talk) -> Value | None:
    """What to have ready."""
    found = _channel(talk)
    return Bullets(tuple(talk.msg(p) for p in found.prepare)) if found and found.prepare else None


@words.value
def channel_first(talk: Talk) -> Value | None:
    """What must come before."""
    found = _channel(talk)
    return Bullets(tuple(talk.msg(f) for f in found.first)) if found and found.first else None


@words.value
def channel_excludes(talk: Talk) -> Value | None:
    """What it does not take."""
    found = _channel(talk)
    return talk.msg(found.excludes) if found and found.excludes else None


@words.value
def channel_cost(talk: Talk) -> Value | None:
    """What it costs."""
    found = _channel(talk)
    return talk.msg(found.cost) if found and found.cost else None


@words.value
def channel_caveats(talk: Talk) -> Value | None:
    """What is not certain about it."""
    found = _channel(talk)
    return talk.msg(found.caveats[0]) if found and found.caveats else None


@words.value
def channel_links(talk: Talk) -> Value | None:
    """Its addresses and numbers."""
    found = _channel(talk)
    if found is None:
        return None
    lines: tuple[Value, ...] = (
        *(Url(link.url) for link in found.links if link.checked),
        *(Code(p) for p in found.phones),
    )
    return Bullets(lines) if lines else None


@words.value
def channel_checked(talk: Talk) -> Value | None:
    """When its details were last seen to hold."""
    found = _channel(talk)
    return Name(".".join(reversed(found.checked.split("-")))) if found and found.checked else None


@words.value
def channel_wait(talk: Talk) -> Value | None:
    """How long to wait for it, and whose rule that is."""
    wait = _wait(talk)
    return wait_text(talk, wait) if wait is not None else None


@words.value
def channel_wait_note(talk: Talk) -> Value | None:
    """What to know about the wait."""
    wait = _wait(talk)
    return talk.msg(wait.note) if wait is not None and wait.note else None


@words.value
def over_on(talk: Talk) -> Value | None:
    """The day on which the step just taken is due to be answered."""
    over = talk.vars.get("over")
    return Day(date.fromisoformat(over)) if over else None


@words.value
def step_name(talk: Talk) -> Value | None:
    """The channel of the step just taken."""
    found = talk.country.channels.get(str(talk.vars.get("step", "")))
    return talk.msg(found.name) if found else None


@words.value
def rung_number(talk: Talk) -> Value | None:
    """The number of the next rung."""
    return Count(position(talk.country, talk.case).number) if talk.case else None


@words.value
def rung_total(talk: Talk) -> Value | None:
    """How many rungs the ladder has."""
    return Count(position(talk.country, talk.case).total) if talk.case else None


@words.value
def ladder_map(talk: Talk) -> Value | None:
    """The whole ladder: what was done, where the case stands, what remains."""
    if talk.case is None:
        return None
    case, now = talk.case, position(talk.country, talk.case).number
    lines = [_drawn(talk, case, rung, n, now) for n, rung in enumerate(rungs(talk.country, case), 1)]
    return Joined(tuple(lines)) if lines else None


def _drawn(talk: Talk, case: Case, rung: Rung, number: int, now: int) -> Msg:
    step = next((s for s in case.steps if s.channel == rung.channel), None)
    mark = _MARKS[step.outcome] if step is not None else ("👉" if number == now else "▫️")
    name = talk.msg(talk.country.channels[rung.channel].name)
    text = Text("{mark} {n}. {it} (optional)") if rung.optional else Text("{mark} {n}. {it}")
    return Msg(text, {"mark": Code(mark), "n": Count(number), "it": name})
