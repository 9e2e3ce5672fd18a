"""The daily nudge: what it asks, when the next one comes, and when it stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.core.case import Case
from bot.core.coaching.triage import case_title
from bot.core.events import TimerFired
from bot.core.nudges import LAST_QUESTION, WINDOW, due_cases, next_nudge
from bot.core.step import start_aside
from bot.core.talk import Talk
from bot.core.text import Count, Day, Msg, Name, Value
from bot.core.words import Words

words = Words()

ON_THE_LINE = frozenset({"call", "hold"})
LATER = timedelta(minutes=20)
CALL_LIMIT = timedelta(hours=3)
"""A call during which nothing was tapped for so long is over, even if nobody said so."""


@words.timer("nudge")
def nudge(talk: Talk) -> None:
    """Ask how the most pressing case is going; never during a call."""
    if talk.nudging.at is not None and talk.nudging.at > talk.now:
        return  # it was asked already, or put off
    if _on_the_line(talk):
        talk.schedule("nudge", talk.now + LATER)
        talk.set_nudging(at=talk.now + LATER)
        return
    if _untimely(talk):
        talk.set_nudging(at=None)
        plan_nudge(talk, None)
        return
    cases = due_cases(talk.session)
    if not cases or talk.nudging.stopped:
        return
    previous = talk.session.case
    talk.session = replace(talk.session, case=cases[0].id)
    last = talk.nudging.ignored >= LAST_QUESTION
    talk.record("nudge", last=last or None)
    start_aside(talk, "last_question" if last else "follow_up", {"case": cases[0].id}, talk.now + WINDOW)
    talk.session = replace(talk.session, case=previous)
    talk.set_nudging(ignored=talk.nudging.ignored + 1, at=None)
    plan_nudge(talk, None)


def _on_the_line(talk: Talk) -> bool:
    """A call or a wait is in progress."""
    silent = talk.now - (talk.session.seen or talk.now)
    return silent < CALL_LIMIT and any(frame.dialog in ON_THE_LINE for frame in talk.session.stack)


def _untimely(talk: Talk) -> bool:
    """The nudge's hour is long over (the server was down), or it is Shabbat for the person: it waits for its hour."""
    late = isinstance(talk.event, TimerFired) and talk.now - talk.event.due > WINDOW
    quiet = talk.profile.keeps_shabbat and talk.book.calendar.quiet_until(talk.local_now) is not None
    return late or quiet


@words.action
def plan_nudge(talk: Talk, _: Any) -> None:
    """Set or take back the timer of the next nudge, when it has changed."""
    if not isinstance(talk.event, TimerFired):
        talk.set_nudging(ignored=0)
    elif talk.event.key != "nudge":
        return
    at = next_nudge(talk.session, talk.now, talk.book.calendar)
    if talk.nudging.at is not None and talk.nudging.at > talk.now and isinstance(talk.event, TimerFired):
        return
    if at == talk.nudging.at:
        return
    talk.set_nudging(at=at)
    if at is None:
        talk.cancel("nudge")
    else:
        talk.schedule("nudge", at)


@words.action
def pick_up(talk: Talk, _: Any) -> None:
    """Talk about the case that the nudge asked about."""
    if talk.vars.get("case"):
        talk.session = replace(talk.session, case=str(talk.vars["case"]))


@words.action
def snooze(talk: Talk, days: Any) -> None:
    """No nudge for so many days."""
    talk.set_nudging(not_before=talk.today + timedelta(days=int(days)))


@words.action
def stop_nudges(talk: Talk, _: Any) -> None:
    """No more nudges, until the person asks for them."""
    talk.set_nudging(stopped=True)


@words.action
def resume_nudges(talk: Talk, _: Any) -> None:
    """Nudge again."""
    talk.set_nudging(stopped=False, not_before=None)


@words.action
def promise_broken(talk: Talk, _: Any) -> None:
    """What was promised did not come: it is no longer awaited."""
    case = talk.the_case
    talk.set_case(due=tuple(d for d in case.due if d.kind != "promise"))
    talk.record("answer", outcome="promise_broken", text=case.promise)


@words.guard
def nudges_stopped(talk: Talk, _: Any) -> bool:
    """The person asked for no nudges."""
    return talk.nudging.stopped


@words.guard
def promise_missed(talk: Talk, _: Any) -> bool:
    """A promised day has passed."""
    return talk.case is not None and any(d.kind == "promise" and d.on < talk.today for d in talk.case.due)


@words.guard
def answer_due(talk: Talk, _: Any) -> bool:
    """A channel's time to answer is over."""
    return talk.case is not None and any(d.kind == "answer" and d.on <= talk.today for d in talk.case.due)


@words.value
def due_line(talk: Talk) -> Value | None:
    """What to ask about the case today."""
    return due_text(talk, talk.case) if talk.case is not None else None


def due_text(talk: Talk, case: Case) -> Msg:
    """The question that fits what is due, or what was last done."""
    today = talk.today
    channels = talk.book.countries[case.country].channels
    for due in sorted(case.due, key=lambda d: d.on):
        about: dict[str, Value] = {"day": Day(due.on)}
        if due.kind == "promise":
            about["promise"] = Name(due.what)
            if due.on == today:
                return Msg("Today is the day they promised: {promise}. Did it happen?", about)
            if due.on < today:
                return Msg("They promised: {promise}. The day was {day}. Did it happen?", about)
            return Msg("They promised by {day}: {promise}. Any word yet?", about)
        name = talk.msg(channels[due.what].name) if due.what in channels else Name(due.what)
        if due.on <= today:
            return Msg("We waited for {channel} until {day}. Did they answer?", {**about, "channel": name})
        return Msg("We are waiting for {channel}, until {day}. Did they answer?", {**about, "channel": name})
    if case.goal is None:
        return Msg("You began to tell me what happened. Shall we go on?")
    if case.calls:
        return Msg("You spoke to them and nothing is pending. Did anything move?")
    return Msg("We prepared, and the first step is still open. Shall we take it?")


def pending_text(talk: Talk, case: Case) -> Msg:
    """What the case waits for, as a statement."""
    due = min(case.due, key=lambda d: d.on)
    if due.kind == "promise":
        return Msg("Promised by {day}: {promise}", {"day": Day(due.on), "promise": Name(due.what)})
    channel = talk.book.countries[case.country].channels.get(due.what)
    name: Value = talk.msg(channel.name) if channel else Name(due.what)
    return Msg("Waiting for {channel}, until {day}.", {"day": Day(due.on), "channel": name})


@words.value
def next_nudge_day(talk: Talk) -> Value | None:
    """The day of the next nudge."""
    patient = replace(talk.session, nudging=replace(talk.nudging, ignored=0))
    at = next_nudge(patient, talk.now, talk.book.calendar)
    return Day(at.astimezone(talk.local_now.tzinfo).date()) if at is not None else None


@words.value
def other_cases(talk: Talk) -> Value | None:
    """How many other cases are open."""
    others = [c for c in due_cases(talk.session) if talk.case is None or c.id != talk.case.id]
    return Count(len(others)) if others else None


@words.value
def nudge_case(talk: Talk) -> Value | None:
    """The case in a few words."""
    return case_title(talk, talk.case) if talk.case else None
