"""Waiting on the line: how long, what the law says about it for this business and subject, what to use it for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.core.coaching.triage import set_company, take_story
from bot.core.model import Text
from bot.core.nudges import due_cases
from bot.core.session import Frame
from bot.core.talk import Talk
from bot.core.text import Count, Msg, Value
from bot.core.words import Words

words = Words()

MARKS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120)
"""Minutes at which the running message is updated; never closer than 15 seconds."""

WAITING = "no_answer"
"""The problem that nobody answers."""

_SUBJECTS = frozenset(
    {"service_fault", "technician", "overcharge", "price_rise", "debt_collection", "bank_fees", "cancel_service"}
)
"""Problems that are a fault, a bill to clarify or the end of a contract: the subjects of the six-minute rule."""

_RULES = {
    "statute": Text(
        "By law (section 18B of the Consumer Protection Law) this kind of company must put you through to a "
        "person within six minutes of the start of the call, for a fault, a bill or ending the contract. It holds "
        "where an automatic menu answers, and regulators may permit deviations."
    ),
    "parallel": Text(
        "Banks, card companies and insurers have a similar six-minute duty in laws of their own, for the "
        "subjects these laws name; deviations are permitted."
    ),
    "other_subject": Text(
        "For your subject there is no six-minute duty. If the wait is expected to pass three minutes "
        "they must say so, let you leave a message, and call back within three hours; there are exceptions, such as "
        "the last minutes before closing or an announced outage."
    ),
    "none": Text(
        "For this kind of business I know of no legal limit on waiting. You can leave a message, write, or call "
        "at a quieter hour."
    ),
    "abroad": Text(
        "I know of no law in this country on how long you may be kept waiting, so don't quote one. Note the time you "
        "waited."
    ),
    "unknown": Text(
        "I don't know of a waiting limit that surely holds here, so don't quote one. Note the time you waited."
    ),
}
_TIPS = (
    Text("Speaker on, pen in hand. Note when you began to wait."),
    Text("Use the wait: say your one sentence aloud once, and what you ask for."),
    Text("Have ready: customer number, the bill, the date of the last call."),
    Text("Breathe out slowly. Whoever answers did not make you wait."),
    Text("If you hang up, the wait is saved in your case. It can serve as evidence."),
)


def waited(talk: Talk, frame: Frame | None = None) -> timedelta:
    """How long the person has been waiting."""
    gathered = talk.vars if frame is None else frame.vars
    return talk.now - talk.now.fromisoformat(str(gathered.get("since", talk.now.isoformat())))


@words.action
def case_of_wait(talk: Talk, _: Any) -> None:
    """Talk about the case with the company that the person named: an open one, or a new one."""
    told = str(talk.vars.get("told", ""))
    named = talk.book.understanding.read(told, talk.profile.language, talk.today).company if told else None
    if named not in talk.book.countries[talk.profile.country].companies:
        return
    waiting = [case for case in due_cases(talk.session) if case.company == named]
    if talk.session.case in {case.id for case in waiting}:
        return
    talk.session = replace(talk.session, case=waiting[0].id if len(waiting) == 1 else None)
    if not waiting:
        _open_for(talk, told)


def _open_for(talk: Talk, told: str) -> None:
    """Open a case about what was told. The wait itself is not what the call is about."""
    talk.open_case()
    reading = talk.book.understanding.read(told, talk.profile.language, talk.today)
    if reading.problem.decision == "sure" and reading.problem.best != WAITING:
        take_story(talk, told)
    else:
        set_company(talk, reading.company or "")


@words.action
def start_hold(talk: Talk, _: Any) -> None:
    """Start the clock; what the person has waited already counts."""
    if talk.case is None:
        talk.open_case()
    told = talk.vars.get("told")
    minutes = talk.book.understanding.on_hold(str(told), talk.profile.language) if told else None
    talk.remember(since=(talk.now - timedelta(minutes=minutes or 0)).isoformat(), told=None)
    _next_mark(talk)


@words.action
def stop_hold(talk: Talk, _: Any) -> None:
    """Stop the clock and log the wait."""
    minutes = max(1, round(waited(talk).total_seconds() / 60))
    case = talk.the_case
    talk.set_case(hold_minutes=case.hold_minutes + minutes, last_contact=talk.today)
    talk.record("hold", minutes=minutes)
    talk.remember(minutes=minutes)
    talk.cancel("hold")


def _next_mark(talk: Talk, frame: Frame | None = None) -> None:
    passed = waited(talk, frame)
    for minutes in MARKS:
        ahead = timedelta(minutes=minutes) - passed
        if ahead > timedelta(seconds=15):
            talk.schedule("hold", talk.now + ahead)
            return


@words.timer("hold")
def tick(talk: Talk) -> None:
    """Update the running message, if the person is still on hold and not looking at something else."""
    held = [frame for frame in talk.session.stack if frame.dialog == "hold"]
    waiting = [frame for frame in held if frame.vars.get("since") and not frame.vars.get("minutes")]
    if waiting:
        talk.refresh = waiting[-1] is talk.frame
        _next_mark(talk, waiting[-1])


@words.guard
def a_minute_passed(talk: Talk, _: Any) -> bool:
    """The wait has passed a minute."""
    return waited(talk) >= timedelta(minutes=1)


@words.guard
def six_minutes_passed(talk: Talk, _: Any) -> bool:
    """The wait has passed six minutes."""
    return waited(talk) >= timedelta(minutes=6)


@words.guard
def hold_rule_unseen(talk: Talk, _: Any) -> bool:
    """What the law says about the wait does not stand on the screen already."""
    return talk.country.code != "il" or not six_minutes_passed(talk, None)


@words.value
def hold_minutes(talk: Talk) -> Value | None:
    """Whole minutes of waiting so far, from the first on."""
    minutes = int(waited(talk).total_seconds() // 60)
    return Count(minutes) if minutes else None


def _rule(talk: Talk, sector: str) -> str:
    """The key of what the law says about waiting in a kind of business."""
    known = talk.country.sectors.get(sector)
    if talk.country.code != "il":
        return "abroad"
    return known.six_minutes if known is not None else "unknown"


def waiting_rule(talk: Talk, sector: str) -> Msg:
    """What the law says about waiting in a kind of business, whatever the call is about."""
    return talk.msg(_RULES[_rule(talk, sector)])


@words.value
def hold_rule(talk: Talk) -> Value:
    """What the law says about waiting, for this business and this subject."""
    case = talk.the_case
    rule = _rule(talk, case.sector)
    if case.sector == "general" and case.company is None and rule != "abroad":
        rule = "unknown"
    told = case.problem != "other" or case.goal is not None
    if rule == "statute" and told and case.problem not in _SUBJECTS:  # untold: the statute names its subjects
        rule = "other_subject"
    return talk.msg(_RULES[rule])


@words.spoken
def hold_line(talk: Talk) -> Value | None:
    """The sentence for whoever answers after six minutes, where the rule holds."""
    right = talk.country.rights.get("phone-six-minute-human-answer")
    sector = talk.country.sectors.get(talk.the_case.sector)
    holds = sector is not None and sector.six_minutes == "statute" and talk.the_case.problem in _SUBJECTS
    return talk.line(right.say) if right is not None and holds and six_minutes_passed(talk, None) else None


@words.value
def hold_tip(talk: Talk) -> Value:
    """What to use the wait for."""
    return talk.msg(_TIPS[int(waited(talk).total_seconds() // 120) % len(_TIPS)])


@words.value
def held_minutes(talk: Talk) -> Value | None:
    """The wait that has just ended, in minutes."""
    minutes = talk.vars.get("minutes")
    return Count(int(minutes)) if minutes else None
