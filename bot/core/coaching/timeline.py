"""The timeline of a case: what happened line by line, and how a line is corrected or struck out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.core.case import Case, Due, Entry, Step
from bot.core.coaching.offer_lines import terms
from bot.core.deadlines import due_date
from bot.core.ladder import wait_after
from bot.core.log import Line
from bot.core.model import Plural, Text
from bot.core.offers import offer_of
from bot.core.talk import Talk
from bot.core.text import Bullets, Code, Count, Day, Joined, Moment, Money, Msg, Name, Value
from bot.core.words import Item, Words

__all__ = ["STATUS", "told", "words"]

words = Words()

TIMELINE = 12
"""Lines shown in the chat; the case's file has all of them."""
SHOWN = 120
"""Characters of somebody's words shown in a line there: all of the lines must fit into one message."""
SHOWN_BEFORE = 3
"""Earlier wordings of a line that are shown in the chat."""

STATUS = {"open": Text("open"), "solved": Text("solved"), "partly": Text("partly solved"), "let_go": Text("let go")}

FIELDS: dict[str, tuple[str, ...]] = {
    "note": ("text", "rep", "ref", "sum", "day"),
    "promise": ("text", "due", "rep", "ref", "sum", "day"),
    "file": ("text", "ref", "sum", "day"),
    "call": ("rep", "ref", "day"),
    "step": ("ref", "day"),
    "answer": ("ref", "day"),
    "hold": ("day",),
}
"""Kind of entry -> what of it can be corrected. What is not here (that a case was opened) cannot be struck either."""

_ANSWERED = {
    "refused": Text("they said no"),
    "answered": Text("they answered"),
    "promise_broken": Text("the promise was not kept"),
}
_MINUTES = {
    "call": Plural("a call, {n} minute", "a call, {n} minutes"),
    "hold": Plural("on hold, {n} minute", "on hold, {n} minutes"),
}


# -- what a line says -------------------------------------------------------------------------------------------------


def told(talk: Talk, entry: Entry, shown: int | None = SHOWN) -> Msg | None:
    """What an entry tells, without its time; None for what is nobody's business.

    ``shown``: characters of somebody's own words; None: all of them.
    """
    parts = [*_happened(talk, entry, shown), *_noted(entry)]
    return Msg("{it}", {"it": Joined(tuple(parts), " · ")}) if parts else None


def _happened(talk: Talk, entry: Entry, shown: int | None) -> list[Value]:
    """What happened, by the kind of the entry."""
    details = entry.details
    if entry.kind in _MINUTES:
        one, many = _MINUTES[entry.kind]
        minutes = int(details.get("minutes", 1))
        return [Msg(one, {"n": Count(minutes)}, many, minutes)]
    if entry.kind == "promise":
        promise: dict[str, Value] = {"promise": _words(details, shown)}
        if not details.get("due"):
            return [Msg("promised: {promise}", promise)]
        return [Msg("promised by {day}: {promise}", {**promise, "day": Day(date.fromisoformat(details["due"]))})]
    if entry.kind == "step":
        channel = talk.country.channels.get(details.get("channel", ""))
        letter = talk.book.letters.get(details.get("letter", ""))
        if not details.get("channel"):
            return [
                Msg("sent: {it}", {"it": talk.msg(letter.label) if letter is not None else Name(details["letter"])})
            ]
        return [
            Msg("turned to {channel}", {"channel": talk.msg(channel.name) if channel else Name(details["channel"])})
        ]
    if entry.kind == "answer":
        return [Msg(_ANSWERED.get(details.get("outcome", ""), _ANSWERED["answered"]))]
    if entry.kind == "file":
        return _file(details, shown)
    if entry.kind == "opened":
        return [Msg("case opened again" if details.get("again") else "case opened")]
    if entry.kind == "closed":
        return [Msg("case closed: {status}", {"status": Msg(STATUS[details["status"]])})]
    if entry.kind == "note" and "offer" in details:
        offer = terms(offer_of(details["offer"]), str(details.get("currency", "ILS")))
        return [Msg("they offered {offer}", {"offer": offer})]
    if entry.kind == "note" and details.get("right") in talk.country.rights:
        return [talk.msg(talk.country.rights[details["right"]].title)]
    if entry.kind == "note" and details.get("text"):
        return [Msg("note: {it}", {"it": _words(details, shown)})]
    return []


def _file(details: dict[str, Any], shown: int | None) -> list[Value]:
    name = str(details.get("name", ""))
    if details.get("type") == "photo":
        what = Msg("a photo")
    else:
        what = Msg("a document: {name}", {"name": Name(name[:SHOWN])}) if name else Msg("a document")
    return [what, _words(details, shown)] if details.get("text") else [what]


def _noted(entry: Entry) -> list[Value]:
    """Who it was with, the reference number, the sum."""
    details = entry.details
    noted: list[Value] = []
    if details.get("rep"):
        noted.append(Msg("spoke to {rep}", {"rep": Name(str(details["rep"]))}))
    if details.get("ref"):
        noted.append(Msg("reference {ref}", {"ref": Code(str(details["ref"]))}))
    if details.get("sum"):
        noted.append(Msg("{it}", {"it": Money(Decimal(str(details["sum"])), str(details.get("currency", "ILS")))}))
    return noted


def _words(details: dict[str, Any], shown: int | None) -> Name:
    text = str(details.get("text", ""))
    if shown is None:
        return Name(text, whole=True)
    return Name(text if len(text) <= shown else f"{text[:shown].rstrip()}…")


def _shown(talk: Talk, line: Line) -> Msg | None:
    """A line of the chat: when, what, and whether it was corrected or struck out."""
    what = told(talk, line.entry)
    if what is None:
        return None
    given: dict[str, Value] = {"at": Moment(line.entry.at), "what": what}
    if line.struck:
        return Msg("{at} · ✖ struck out: {what}", given)
    return Msg("{at} · {what} (corrected)" if line.before else "{at} · {what}", given)


@words.value
def timeline(talk: Talk) -> Value | None:
    """The last lines of the case, the oldest first."""
    shown = [text for line in talk.lines if (text := _shown(talk, line)) is not None]
    return Joined(tuple(shown[-TIMELINE:])) if shown else None


# -- one line ---------------------------------------------------------------------------------------------------------


def _line(talk: Talk) -> Line | None:
    """The line that was picked."""
    return next((line for line in talk.lines if line.entry.id == talk.vars.get("entry")), None)


@words.guard
def can_correct_log(talk: Talk, _: Any) -> bool:
    """There is a line that can be corrected."""
    return bool(log_lines(talk))


@words.guard
def line_stands(talk: Talk, _: Any) -> bool:
    """A line was picked, and it was not struck out."""
    line = _line(talk)
    return line is not None and not line.struck


@words.guard
def can_correct(talk: Talk, name: str) -> bool:
    """The line that was picked stands, and has this to correct."""
    line = _line(talk)
    if line is None or line.struck:
        return False
    return name in (("day",) if "offer" in line.entry.details else FIELDS.get(line.entry.kind, ()))


@words.list_
def log_lines(talk: Talk) -> list[Item]:
    """The lines that can be corrected or looked at, the latest first."""
    found = [
        Item(line.entry.id, shown)
        for line in talk.lines
        if line.entry.kind in FIELDS and line.entry.id and (shown := _labelled(talk, line)) is not None
    ]
    return found[::-1]


def _labelled(talk: Talk, line: Line) -> Msg | None:
    """A line on a button."""
    what = told(talk, line.entry, 24)
    if what is None:
        return None
    day = Day(line.entry.at.astimezone(talk.local_now.tzinfo).date())
    return Msg("✖ {day} · {what}" if line.struck else "{day} · {what}", {"day": day, "what": what})


@words.value
def line_shown(talk: Talk) -> Value | None:
    """The line that was picked."""
    line = _line(talk)
    return _shown(talk, line) if line is not None else None


@words.value
def line_before(talk: Talk) -> Value | None:
    """What it said before it was corrected."""
    line = _line(talk)
    if line is None or not line.before:
        return None
    earlier = (Msg("{at} · {what}", {"at": Moment(e.at), "what": told(talk, e) or Msg("…")}) for e in line.before)
    return Bullets(tuple(earlier)[-SHOWN_BEFORE:])


@words.action
def choose_line(talk: Talk, entry: str) -> None:
    """Pick a line."""
    talk.remember(entry=entry)


@words.reader
def any_day(talk: Talk, text: str) -> str | None:
    """A day, past or to come."""
    day = talk.book.understanding.read(text, talk.profile.language, talk.today).day
    return day.isoformat() if day is not None else None


# -- correcting and striking out --------------------------------------------------------------------------------------


def _correct(talk: Talk, at: datetime | None = None, **changes: Any) -> None:
    """Write a correction into the log, and bring the case up to date with what stands there now."""
    line = _line(talk)
    if line is None or line.struck:
        return
    talk.record("correction", entry=line.entry.id, changes=changes or None, at=at.isoformat() if at else None)
    after = _line(talk)
    assert after is not None
    _bring_up_to_date(talk, line.entry, after.entry)


@words.action
def correct_text(talk: Talk, text: Any) -> None:
    """The line's words are these."""
    _correct(talk, text=str(text))


@words.action
def correct_rep(talk: Talk, name: Any) -> None:
    """It was this person they spoke to."""
    _correct(talk, rep=str(name)[:60])


@words.action
def correct_ref(talk: Talk, number: Any) -> None:
    """This is the reference number."""
    _correct(talk, ref=str(number)[:40])


@words.action
def correct_sum(talk: Talk, amount: Any) -> None:
    """This is the sum."""
    number, _, currency = str(amount).partition(" ")
    _correct(talk, sum=number, currency=currency or talk.the_case.currency)


@words.action
def correct_due(talk: Talk, day: Any) -> None:
    """It was promised by this day."""
    _correct(talk, due=str(day))


@words.action
def correct_day(talk: Talk, day: Any) -> None:
    """It happened on this day, at the hour at which it was noted."""
    line = _line(talk)
    if line is not None:
        local = line.entry.at.astimezone(talk.local_now.tzinfo)
        moved = datetime.combine(date.fromisoformat(str(day)), local.time(), local.tzinfo)
        _correct(talk, at=min(moved.astimezone(talk.now.tzinfo), talk.now))


@words.action
def strike(talk: Talk, _: Any) -> None:
    """Strike the line out: it stays visible, and counts for nothing."""
    line = _line(talk)
    if line is not None and not line.struck:
        talk.record("strike", entry=line.entry.id)
        _bring_up_to_date(talk, line.entry, None)


def _bring_up_to_date(talk: Talk, before: Entry, after: Entry | None) -> None:
    """What the case knows from a line that was corrected or struck out (None)."""
    touched = {**before.details, **(after.details if after is not None else {})}
    case = talk.the_case
    for name in ("rep", "ref"):
        if touched.get(name):
            last = str(next((e.details[name] for e in reversed(talk.log) if e.details.get(name)), ""))
            case = replace(case, rep=last) if name == "rep" else replace(case, ref=last)
    if before.kind == "promise":
        case = _promise(talk, case)
    elif before.kind == "step":
        case = _step(talk, case, before, after)
    elif after is None and before.kind == "answer":
        case = _unanswered(talk, case, before)
    elif after is None and before.kind == "call":
        case = replace(case, calls=max(0, case.calls - 1))
    elif after is None and before.kind == "hold":
        case = replace(case, hold_minutes=max(0, case.hold_minutes - int(before.details.get("minutes", 0))))
    if before.kind in ("call", "step"):
        case = replace(case, last_contact=_last_contact(talk))
    talk.set_case(**{name: getattr(case, name) for name in Case.__dataclass_fields__})


def _promise(talk: Talk, case: Case) -> Case:
    """The last promise that stands, still awaited if one was."""
    last = next((e.details for e in reversed(talk.log) if e.kind == "promise"), {})
    text = str(last.get("text", ""))
    on = date.fromisoformat(last["due"]) if last.get("due") else None
    awaited = any(due.kind == "promise" for due in case.due)
    due = tuple(d for d in case.due if d.kind != "promise")
    if awaited and on is not None:
        due = (*due, Due("promise", on, text))
    return replace(case, promise=text, promise_date=on, due=due)


def _step(talk: Talk, case: Case, before: Entry, after: Entry | None) -> Case:
    """A step that was not taken, or on another day: its clock goes with it."""
    channel = str(before.details.get("channel", ""))
    step = next((s for s in case.steps if s.channel == channel), None)
    if step is None:
        return case
    if after is None:
        steps = tuple(s for s in case.steps if s is not step)
        due = tuple(d for d in case.due if not (d.kind == "answer" and d.what == channel))
        known = talk.country.channels
        written = any(s.channel in known and known[s.channel].in_writing for s in steps)
        facts = {k: v for k, v in case.facts.items() if written or k != "asked_in_writing"}
        return replace(case, steps=steps, due=due, facts=facts)
    moved = replace(step, on=after.at.astimezone(talk.local_now.tzinfo).date())
    was, now = _over(talk, case, step), _over(talk, case, moved)

    def shifted(due: Due) -> Due:
        if due.kind != "answer" or due.what != channel:
            return due
        return replace(due, on=now if now is not None and was == due.on else due.on + (moved.on - step.on))

    return replace(
        case,
        steps=tuple(moved if s is step else s for s in case.steps),
        due=tuple(shifted(due) for due in case.due),
    )


def _unanswered(talk: Talk, case: Case, before: Entry) -> Case:
    """An answer that did not come: it is awaited again, as long as its time runs."""
    channel = str(before.details.get("channel", ""))
    step = next((s for s in case.steps if s.channel == channel), None)
    if step is None:
        return case
    over = _over(talk, case, step)
    due = (*case.due, Due("answer", over, channel)) if over is not None and over > talk.today else case.due
    steps = tuple(replace(s, outcome="waiting") if s is step else s for s in case.steps)
    return replace(case, steps=steps, due=due)


def _over(talk: Talk, case: Case, step: Step) -> date | None:
    """The day until which a step has time to be answered, as far as the case's ladder knows."""
    wait = wait_after(talk.country, case, step.channel)
    return due_date(step.on, wait, talk.is_rest, talk.is_holiday) if wait is not None else None


def _last_contact(talk: Talk) -> date | None:
    zone = talk.local_now.tzinfo
    return max((e.at.astimezone(zone).date() for e in talk.log if e.kind in ("call", "step")), default=None)
