"""The next door: which channel, why, how, what to prepare, the wait and whose rule it is."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from bot.core.case import Case, Due, Step
from bot.core.knowledge import Channel, Clock, Rung, Source, Wait
from bot.core.ladder import beside, closes, holding, next_rung, position, rungs, settled, unmet, wait_after, wait_over
from bot.core.model import Plural, Text
from bot.core.talk import Talk
from bot.core.text import Bullets, Code, Count, Day, Joined, Msg, Name, Url, Value
from bot.core.words import Item, Words

words = Words()

_UNITS = {
    "minutes": Plural("{n} minute", "{n} minutes"),
    "hours": Plural("{n} hour", "{n} hours"),
    "calendar_days": Plural("{n} day", "{n} days"),
    "non_rest_days": Plural("{n} day without Saturdays and holidays", "{n} days without Saturdays and holidays"),
    "business_days": Plural("{n} business day", "{n} business days"),
    "working_days": Plural("{n} working day", "{n} working days"),
    "weeks": Plural("{n} week", "{n} weeks"),
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
_WHOSE = {
    "statutory": Text("the law"),
    "regulatory": Text("the regulator's rule"),
    "official_published": Text("what they publish"),
    "contractual": Text("their terms"),
    "expected": Text("a rule of thumb they give themselves"),
    "coach_heuristic": Text("my advice, not a rule"),
    "unknown": Text("not certain"),
}
OLD = 3
"""Years after which odds are called old."""
_BESIDE = ("company", "social", "ngo")
"""The kinds of doors that are offered beside the ladder, in their order."""
_MARKS = {"waiting": "⏳", "answered": "✅", "refused": "↩️", "skipped": "⤼"}


def wait_text(talk: Talk, wait: Wait) -> Msg | None:
    """A wait and whose rule it is; None if there is nothing to wait for."""
    if wait.number is None or wait.unit == "none":
        return talk.msg(_BASIS["unknown"]) if wait.basis == "unknown" else None
    if wait.number == 0:
        return None
    return Msg(_BASIS[wait.basis], {"wait": wait_length(wait)} if "{wait}" in _BASIS[wait.basis] else {})


def wait_length(wait: Wait) -> Msg:
    """A number of days, or of another unit."""
    one, many = _UNITS[wait.unit]
    return Msg(one, {"n": Count(wait.number or 0)}, many, wait.number or 0)


def _rung(talk: Talk) -> Rung | None:
    """The rung on the screen: the door beside the ladder that was chosen, or the next one of the ladder."""
    chosen = talk.country.channels.get(str(talk.vars.get("door", "")))
    if chosen is not None:
        return Rung(channel=chosen.id, wait=chosen.wait)
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
def wait_running(talk: Talk, _: Any) -> bool:
    """The next door has to wait until somebody's time to answer is over."""
    return talk.case is not None and holding(talk.country, talk.case, talk.today) is not None


@words.guard
def door_shut(talk: Talk, _: Any) -> bool:
    """The next door asks for something to be done first that was not done."""
    rung = _rung(talk)
    return rung is not None and talk.case is not None and bool(unmet(talk.country, talk.case, rung.channel))


@words.guard
def calls_left_out(talk: Talk, _: Any) -> bool:
    """Nothing was done yet but to leave out the desks that are reached by phone."""
    steps = talk.case.steps if talk.case is not None else ()
    phones = {channel.id for channel in talk.country.channels.values() if channel.reached_at is not None}
    return bool(steps) and all(step.outcome == "skipped" and step.channel in phones for step in steps)


@words.guard
def doors_beside(talk: Talk, _: Any) -> bool:
    """Other doors than those of the ladder are open for the case."""
    return bool(_beside(talk))


@words.guard
def door_uncertain(talk: Talk, _: Any) -> bool:
    """The door on the screen is not well attested."""
    found = _channel(talk)
    return found is not None and found.confidence == "low"


@words.list_
def other_doors(talk: Talk) -> list[Item]:
    """The doors beside the ladder that are open for the case."""
    return [Item(c.id, talk.msg(c.name)) for c in _beside(talk)]


def _beside(talk: Talk) -> list[Channel]:
    """The company's doors, the networks, the voluntary bodies; offices with powers come from the ladder alone."""
    if talk.case is None:
        return []
    found = [c for c in beside(talk.country, talk.case) if c.kind in _BESIDE]
    return sorted(found, key=lambda c: (_BESIDE.index(c.kind), c.confidence == "low", c.id))


@words.action
def choose_door(talk: Talk, door: Any) -> None:
    """Put a door beside the ladder on the screen."""
    talk.remember(door=str(door))


@words.action
def take_step(talk: Talk, _: Any) -> None:
    """The person did it: its clock starts."""
    rung = _rung(talk)
    if rung is None:
        return
    step = Step(rung.channel, talk.today)
    over = wait_over(talk.country, step, rung, talk.is_rest, talk.is_holiday)
    case = talk.the_case
    due = tuple(d for d in case.due if d.kind != "answer" or (d.on > talk.today and d.what != rung.channel))
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
    """They said no to what was awaited first: its wait is over at once."""
    _settle(talk, "refused", awaited(talk.the_case))


@words.action
def step_answered(talk: Talk, _: Any) -> None:
    """They answered what was awaited first."""
    _settle(talk, "answered", awaited(talk.the_case))


@words.action
def held_refused(talk: Talk, _: Any) -> None:
    """Those whose answer holds the next door back said no: it opens at once."""
    _settle(talk, "refused", holding(talk.country, talk.the_case, talk.today))


@words.action
def held_answered(talk: Talk, _: Any) -> None:
    """Those whose answer holds the next door back have answered."""
    _settle(talk, "answered", holding(talk.country, talk.the_case, talk.today))


@words.action
def company_refused(talk: Talk, _: Any) -> None:
    """The company said no on the phone: what was asked of it in other ways need not be awaited either."""
    _settle(talk, "refused", Due("promise", talk.today))


@words.action
def reopen_step(talk: Talk, _: Any) -> None:
    """Go back to the door that the next one asks for first."""
    rung = _rung(talk)
    needed = unmet(talk.country, talk.the_case, rung.channel) if rung is not None else ()
    steps = talk.the_case.steps
    talk.set_case(steps=tuple(s for s in steps if s.outcome != "skipped" or s.channel not in needed))


def awaited(case: Case) -> Due | None:
    """What others are to do next."""
    return min((d for d in case.due if d.kind != "limit"), key=lambda due: due.on, default=None)


def _settle(talk: Talk, outcome: Literal["refused", "answered"], due: Due | None) -> None:
    case = talk.the_case
    after = settled(talk.country, case, due, outcome)
    talk.set_case(steps=after.steps, due=after.due)
    now = [s.channel for s, was in zip(after.steps, case.steps, strict=True) if s != was]
    talk.record("answer", outcome=outcome, channel=now[-1] if now else None)


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
def channel_rule(talk: Talk) -> Value | None:
    """Where the rule of the wait was read, and as of when."""
    wait, found = _wait(talk), _channel(talk)
    source = next((s for s in found.sources if wait is not None and s.title == wait.source), None) if found else None
    return source_line(source) if source is not None else None


def source_line(source: Source) -> Value:
    """A source with its address and its date, where they are known."""
    title: Value = Url(source.url, source.title) if source.url else Name(source.title, whole=True)
    return Joined((title, Name(source.date)), ", ") if source.date else title


@words.value
def channel_clocks(talk: Talk) -> Value | None:
    """The person's own time limits there, and what must pass before, each with whose rule it is."""
    found = _channel(talk)
    clocks = [c for c in found.clocks if c.role in ("user_deadline", "prior_step_wait")] if found else []
    lines = [_clock(talk, clock) for clock in clocks if clock.number and clock.starts]
    return Bullets(tuple(lines)) if lines else None


def _clock(talk: Talk, clock: Clock) -> Msg:
    args = {"starts": talk.msg(clock.starts or ""), "wait": wait_length(clock), "rule": talk.msg(_WHOSE[clock.basis])}
    if clock.note is None:
        return Msg(Text("{starts}: {wait} ({rule})"), args)
    return Msg(Text("{starts}: {wait} ({rule}). {note}"), {**args, "note": talk.msg(clock.note)})


@words.value
def channel_odds(talk: Talk) -> Value | None:
    """How often it helped, as somebody counted it."""
    found = _channel(talk)
    return talk.msg(found.odds.figure) if found and found.odds else None


@words.value
def channel_odds_source(talk: Talk) -> Value | None:
    """Who counted, and when."""
    found = _channel(talk)
    return source_line(found.odds.source) if found and found.odds else None


@words.value
def odds_age(talk: Talk) -> Value | None:
    """How many years ago it was counted."""
    found = _channel(talk)
    return Count(talk.today.year - found.odds.year) if found and found.odds else None


@words.guard
def odds_old(talk: Talk, _: Any) -> bool:
    """The odds were counted more than three years ago."""
    found = _channel(talk)
    return found is not None and found.odds is not None and talk.today.year - found.odds.year > OLD


@words.value
def channel_needs(talk: Talk) -> Value | None:
    """The doors of the ladder of which one comes before this one."""
    rung = _rung(talk)
    if rung is None or talk.case is None:
        return None
    needed = unmet(talk.country, talk.case, rung.channel)
    here = [r.channel for r in rungs(talk.country, talk.case) if r.channel in needed]
    names = [talk.msg(talk.country.channels[c].name) for c in here or needed[:3]]
    return Bullets(tuple(names)) if names else None


@words.value
def channel_closes(talk: Talk) -> Value | None:
    """The doors that this one closes."""
    rung = _rung(talk)
    barred = closes(talk.country, talk.case, rung.channel) if rung is not None and talk.case is not None else ()
    return Bullets(tuple(talk.msg(talk.country.channels[c].name) for c in barred)) if barred else None


@words.value
def held_by(talk: Talk) -> Value | None:
    """What holds the next door back."""
    due = holding(talk.country, talk.case, talk.today) if talk.case is not None else None
    return pending_line(talk, talk.case, due) if due is not None and talk.case is not None else None


def pending_line(talk: Talk, case: Case, due: Due) -> Msg:
    """What a case waits for, as a statement."""
    day: dict[str, Value] = {"day": Day(due.on)}
    if due.kind == "promise":
        return Msg("Promised by {day}: {promise}", {**day, "promise": Name(due.what)})
    if due.kind == "limit":
        right = talk.book.countries[case.country].rights.get(due.what)
        act: Value = talk.msg(right.limit.act) if right is not None and right.limit is not None else Name(due.what)
        return Msg("Your last day to {act}: {day}.", {**day, "act": act})
    channel = talk.book.countries[case.country].channels.get(due.what)
    name: Value = talk.msg(channel.name) if channel else Name(due.what)
    return Msg("Waiting for {channel}, until {day}.", {**day, "channel": name})


_RULES = {
    "promise": Text("That is their promise."),
    "letter": Text("That is the day your letter set."),
    "statutory": Text("That is the law's time."),
    "regulatory": Text("That is the regulator's rule."),
    "official_published": Text("That is the time they publish."),
    "contractual": Text("That is in their terms."),
    "expected": Text("That is a rule of thumb they give themselves."),
}
_ADVICE = Text("That is my advice, not a rule.")
_BY_LAW = Text("That is the law: {statute}.")


def rule_of(talk: Talk, case: Case, due: Due) -> Msg:
    """Whose rule a date of a case is, in a sentence."""
    country = talk.book.countries[case.country]
    right = country.rights.get(due.what) if due.kind == "limit" else None
    if right is not None:
        return Msg(_BY_LAW, {"statute": talk.msg(right.statute)})
    if due.kind == "promise":
        return Msg(_RULES["promise"])
    wait = wait_after(country, case, due.what)
    return Msg(_RULES.get(due.rule or (wait.basis if wait is not None else ""), _ADVICE))


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
    args: dict[str, Value] = {"mark": Code(mark), "n": Count(number), "it": name}
    due = next((d for d in case.due if d.kind == "answer" and d.what == rung.channel), None)
    if due is not None:
        return Msg(Text("{mark} {n}. {it} (until {day})"), {**args, "day": Day(due.on)})
    return Msg(Text("{mark} {n}. {it} (optional)") if rung.optional else Text("{mark} {n}. {it}"), args)
