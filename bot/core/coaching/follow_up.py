"""The daily nudge: what it asks, when the next one comes, and when it stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.core.case import Case, Due
from bot.core.coaching.escalate import awaited, pending_line, wait_length
from bot.core.coaching.triage import case_title
from bot.core.deadlines import due_date
from bot.core.events import TimerFired
from bot.core.ladder import wait_after
from bot.core.limits import limits
from bot.core.nudges import (
    LAST_QUESTION,
    WINDOW,
    cases_to_ask,
    due_cases,
    next_hour,
    next_nudge,
    open_until,
    turn_among,
)
from bot.core.step import start_aside
from bot.core.talk import Talk
from bot.core.text import Count, Day, Joined, Msg, Name, Value
from bot.core.words import Item, Words

words = Words()

ON_THE_LINE = frozenset({"call", "hold"})
LATER = timedelta(minutes=20)
AT_ONCE = 6
"""Cases in one message at most; each has its button."""
CALL_LIMIT = timedelta(hours=3)
"""A call during which nothing was tapped for so long is over, even if nobody said so."""


@words.timer("nudge")
def nudge(talk: Talk) -> None:
    """Ask how the cases that are due are going, all in one message; never during a call."""
    if talk.nudging.at is not None and talk.nudging.at > talk.now:
        return  # it was asked already, or put off
    if _on_the_line(talk):
        _put_off(talk, talk.now + LATER)
        return
    late = isinstance(talk.event, TimerFired) and talk.now - talk.event.due > WINDOW
    until = open_until(talk.profile, talk.now, talk.book.calendar)
    if late or until is None:  # the server was down, a call was long, or they rest
        _put_off(talk, next_hour(talk.profile, talk.now, talk.book.calendar))
        return
    if talk.nudging.stopped:
        return
    _renew_limits(talk)
    cases = cases_to_ask(talk.session, talk.today)
    if not cases:
        talk.set_nudging(at=None)
        plan_nudge(talk, None)
        return
    last = talk.nudging.ignored >= LAST_QUESTION
    asked = cases[:1] if last else cases[:AT_ONCE]
    previous = talk.session.case
    for case in asked:
        talk.session = replace(talk.session, case=case.id)
        talk.record("nudge", last=last or None)
    talk.session = replace(talk.session, case=asked[0].id)
    if len(asked) > 1:
        start_aside(talk, "several", {"cases": [case.id for case in asked]}, until)
    else:
        start_aside(talk, "last_question" if last else "follow_up", {"case": asked[0].id}, until)
    talk.session = replace(talk.session, case=previous)
    talk.set_nudging(ignored=talk.nudging.ignored + 1, at=None)
    plan_nudge(talk, None)


def _put_off(talk: Talk, at: datetime) -> None:
    talk.schedule("nudge", at)
    talk.set_nudging(at=at)


def _on_the_line(talk: Talk) -> bool:
    """A call or a wait is in progress."""
    silent = talk.now - (talk.session.seen or talk.now)
    return silent < CALL_LIMIT and any(frame.dialog in ON_THE_LINE for frame in talk.session.stack)


@words.action
def plan_nudge(talk: Talk, _: Any) -> None:
    """Set or take back the timer of the next nudge, when it has changed."""
    if not isinstance(talk.event, TimerFired):
        if talk.nudging.ignored:
            talk.set_nudging(ignored=0)
        _renew_limits(talk)
    elif talk.event.key != "nudge":
        return
    at = next_nudge(talk.session, talk.now, talk.book.calendar)
    if talk.nudging.at is not None and talk.nudging.at > talk.now and isinstance(talk.event, TimerFired):
        return
    if at is not None:
        at += turn_among(talk.session, at.date())
    if at == talk.nudging.at:
        return
    talk.set_nudging(at=at)
    if at is None:
        talk.cancel("nudge")
    else:
        talk.schedule("nudge", at)


def _renew_limits(talk: Talk) -> None:
    """Count the person's own time limits anew: what is known of a case may have changed, and limits run out."""
    cases = tuple(_limited(talk, case) for case in talk.session.cases)
    if cases != talk.session.cases:
        talk.session = replace(talk.session, cases=cases)


def _limited(talk: Talk, case: Case) -> Case:
    kept = tuple(due for due in case.due if due.kind != "limit")
    due = (*kept, *limits(talk.book.countries[case.country], case, talk.today))
    return replace(case, due=due) if due != case.due else case


@words.action
def pick_up(talk: Talk, _: Any) -> None:
    """Talk about the case that the nudge asked about."""
    if talk.vars.get("case"):
        talk.session = replace(talk.session, case=str(talk.vars["case"]))


@words.action
def snooze(talk: Talk, days: Any) -> None:
    """No nudge about the case for so many days."""
    talk.set_case(not_before=talk.today + timedelta(days=int(days)))


@words.action
def snooze_all(talk: Talk, days: Any) -> None:
    """No nudge at all for so many days."""
    talk.set_nudging(not_before=talk.today + timedelta(days=int(days)))


@words.action
def limit_met(talk: Talk, _: Any) -> None:
    """The person has used the right whose time runs out: no more warnings of it."""
    due = _limit(talk.case)
    if due is not None:
        limit_waived(talk, None)
        talk.record("note", right=due.what)


@words.action
def limit_waived(talk: Talk, _: Any) -> None:
    """The person does not mean to use the right whose time runs out, nor another that ends on its day."""
    due = _limit(talk.case)
    if due is not None:
        case = talk.the_case
        past = [d for d in case.due if d.kind == "limit" and d.on == due.on]
        done = (*case.limits_done, *(d.what for d in past))
        talk.set_case(limits_done=done, due=tuple(d for d in case.due if d not in past))


@words.action
def case_settled(talk: Talk, _: Any) -> None:
    """The case was talked about: the others of the message remain."""
    talk.remember(cases=[name for name in talk.vars.get("cases", ()) if name != talk.session.case])


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


@words.guard
def limit_asked(talk: Talk, _: Any) -> bool:
    """The question is about the person's own time limit."""
    return talk.case is not None and question_of(talk, talk.case) == _limit(talk.case) is not None


@words.guard
def nothing_asked(talk: Talk, _: Any) -> bool:
    """Nobody was turned to yet: the question is whether to go on, not what the others did."""
    return talk.case is not None and question_of(talk, talk.case) is None and not talk.case.calls


@words.guard
def half_told(talk: Talk, _: Any) -> bool:
    """The person broke off while telling: there was nobody yet who could answer."""
    return nothing_asked(talk, None) and talk.the_case.goal is None


@words.guard
def more_asked(talk: Talk, _: Any) -> bool:
    """Not all cases of the message were talked about."""
    return bool(_asked(talk))


@words.guard
def summed_up(talk: Talk, _: Any) -> bool:
    """The case is one of several in a message."""
    return any(frame.dialog == "several" for frame in talk.session.stack)


@words.list_
def asked_cases(talk: Talk) -> list[Item]:
    """The cases of the message that were not talked about yet, the soonest deadline first."""
    return [Item(case.id, Msg("{it}", {"it": case_title(talk, case)})) for case in _asked(talk)]


def _asked(talk: Talk) -> list[Case]:
    names = talk.vars.get("cases", ())
    return [case for case in due_cases(talk.session) if case.id in names]


def _limit(case: Case | None) -> Due | None:
    """The person's own time limit that ends first."""
    limits_ahead = (due for due in case.due if due.kind == "limit") if case is not None else ()
    return min(limits_ahead, key=lambda due: due.on, default=None)


def question_of(talk: Talk, case: Case) -> Due | None:
    """What the case is asked about: a last day that is today or tomorrow, else what others are to do first."""
    limit = _limit(case)
    if limit is not None and limit.on <= talk.today + timedelta(days=1):
        return limit
    return awaited(case) or limit


@words.value
def due_line(talk: Talk) -> Value | None:
    """What to ask about the case today."""
    return due_text(talk, talk.case) if talk.case is not None else None


@words.value
def due_lines(talk: Talk) -> Value | None:
    """The cases of a message, each with its question."""
    lines = tuple(
        Msg("<b>{case}</b>\n{question}", {"case": case_title(talk, case), "question": due_text(talk, case)})
        for case in _asked(talk)
    )
    return Joined(lines, "\n\n") if lines else None


def due_text(talk: Talk, case: Case) -> Msg:
    """The question that fits what is due, or what was last done."""
    due = question_of(talk, case)
    if due is not None:
        return {"promise": _promise_text, "answer": _answer_text, "limit": _limit_text}[due.kind](talk, case, due)
    if case.goal is None:
        return Msg("You began to tell me what happened. Shall we go on?")
    if case.calls:
        return Msg("You spoke to them and nothing is pending. Did anything move?")
    return Msg("We prepared, and the first step is still open. Shall we take it?")


def _promise_text(talk: Talk, case: Case, due: Due) -> Msg:
    about: dict[str, Value] = {"day": Day(due.on), "promise": Name(due.what)}
    if due.on == talk.today:
        return Msg("Today is the day they promised: {promise}. Did it happen?", about)
    if due.on < talk.today:
        return Msg("They promised: {promise}. The day was {day}. Did it happen?", about)
    return Msg("They promised by {day}: {promise}. Any word yet?", about)


def _answer_text(talk: Talk, case: Case, due: Due) -> Msg:
    channel = talk.book.countries[case.country].channels.get(due.what)
    about: dict[str, Value] = {"day": Day(due.on), "channel": talk.msg(channel.name) if channel else Name(due.what)}
    if due.on <= talk.today:
        return Msg("We waited for {channel} until {day}. Did they answer?", about)
    passed = _passed(talk, case, due)
    if passed is None:
        return Msg("We are waiting for {channel}, until {day}. Did they answer?", about)
    number, total, business = passed
    counted = {**about, "n": Count(number), "total": Count(total)}
    if business:
        return Msg("Business day {n} of {total} of the wait for {channel}. Did they answer?", counted)
    return Msg("Day {n} of {total} of the wait for {channel}. Did they answer?", counted)


def _passed(talk: Talk, case: Case, due: Due) -> tuple[int, int, bool] | None:
    """Which day of how many it is since the channel was turned to, and whether only business days count."""
    step = next((s for s in reversed(case.steps) if s.channel == due.what and s.on < due.on), None)
    if step is None or step.on >= talk.today:
        return None
    country = talk.book.countries[case.country]
    wait = wait_after(country, case, due.what)

    def rests(day: date) -> bool:
        return talk.book.calendar.is_rest(country.code, day)

    if wait is not None and wait.unit in ("business_days", "working_days") and due_date(step.on, wait, rests) == due.on:
        passed = sum(not rests(step.on + timedelta(days=n + 1)) for n in range((talk.today - step.on).days))
        return (passed, wait.number or 0, True) if passed else None
    return (talk.today - step.on).days, (due.on - step.on).days, False


def _limit_text(talk: Talk, case: Case, due: Due) -> Msg:
    right = talk.book.countries[case.country].rights[due.what]
    assert right.limit is not None
    about: dict[str, Value] = {"day": Day(due.on), "act": talk.msg(right.limit.act)}
    if due.on == talk.today:
        return Msg("Today is the last day to {act}. Was it done?", about)
    if due.on == talk.today + timedelta(days=1):
        return Msg("Tomorrow is the last day to {act}. Was it done?", about)
    return Msg("You have until {day} to {act}. Was it done?", about)


@words.value
def limit_rule(talk: Talk) -> Value | None:
    """By which rule the person's time limit was counted, from what day, and where it is written."""
    due = _limit(talk.case)
    right = talk.country.rights.get(due.what) if due is not None else None
    if talk.case is None or talk.case.since is None or right is None or right.limit is None:
        return None
    return Msg(
        "{statute}: {length} from {starts}. I counted from {since}, to be on the safe side.",
        {
            "statute": talk.msg(right.statute),
            "length": wait_length(right.limit),
            "starts": talk.msg(right.limit.starts),
            "since": Day(talk.case.since),
        },
    )


@words.value
def limit_line(talk: Talk) -> Value | None:
    """The person's own time limit, where the question is about something else."""
    due = _limit(talk.case)
    if talk.case is None or due is None or question_of(talk, talk.case) == due:
        return None
    return pending_line(talk, talk.case, due)


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
