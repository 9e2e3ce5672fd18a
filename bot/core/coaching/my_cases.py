"""The person's cases: the list, a case's card, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core.coaching.escalate import pending_line, rule_of
from bot.core.coaching.timeline import STATUS
from bot.core.coaching.triage import case_title, told_sum
from bot.core.model import Text
from bot.core.nudges import due_cases
from bot.core.talk import Talk
from bot.core.text import Code, Count, Day, Joined, Money, Msg, Value
from bot.core.words import Item, Words

words = Words()

_THANKS = (
    Text("On {last_call} I spoke with {rep}, who was patient, clear and fair. Please pass on my thanks."),
    Text("{rep} helped me on the phone and was patient, clear and fair. Please pass on my thanks."),
    Text("The representative who helped me was patient, clear and fair. Please pass on my thanks."),
)
"""A good word for the representative, to be sent to the company."""
_MARKS = {"open": "🟢", "solved": "✅", "partly": "☑️", "let_go": "🕊"}


@words.guard
def has_cases(talk: Talk, _: Any) -> bool:
    """The person has a case, open or closed."""
    return any(c.begun for c in talk.session.cases)


@words.guard
def has_open_cases(talk: Talk, _: Any) -> bool:
    """A case is open of which something is known."""
    return bool(due_cases(talk.session))


@words.guard
def several_open(talk: Talk, _: Any) -> bool:
    """More than one case is open."""
    return len(due_cases(talk.session)) > 1


@words.guard
def one_open(talk: Talk, _: Any) -> bool:
    """Exactly one case is open."""
    return len(due_cases(talk.session)) == 1


@words.guard
def case_is_open(talk: Talk, _: Any) -> bool:
    """The case is open."""
    return talk.case is not None and talk.case.is_open


@words.guard
def case_described(talk: Talk, _: Any) -> bool:
    """It is known what the case is about."""
    return talk.case is not None and talk.case.goal is not None


@words.guard
def thanks_promised(talk: Talk, _: Any) -> bool:
    """A good word was promised to a representative."""
    return talk.case is not None and talk.case.thanks


@words.guard
def has_rep(talk: Talk, _: Any) -> bool:
    """The name of a representative is known."""
    return talk.case is not None and bool(talk.case.rep)


@words.action
def choose_case(talk: Talk, case: str) -> None:
    """Talk about this case."""
    if any(c.id == case for c in talk.session.cases):
        talk.session = replace(talk.session, case=case)


@words.action
def choose_open_case(talk: Talk, _: Any) -> None:
    """Talk about the only open case, or the last one that was talked about if it is open."""
    if talk.case is not None and talk.case.is_open:
        return
    waiting = due_cases(talk.session)
    talk.session = replace(talk.session, case=waiting[0].id if waiting else None)


@words.action
def no_case(talk: Talk, _: Any) -> None:
    """Talk about something new."""
    talk.session = replace(talk.session, case=None)


@words.action
def close_case(talk: Talk, status: Any) -> None:
    """End the case: ``solved``, ``partly`` or ``let_go``. Nothing more is due, and nobody goes on asking about it."""
    case = talk.the_case
    talk.let_lie(case.id)
    talk.set_case(status=status, closed=talk.now, due=())
    talk.record("closed", status=status, recovered=str(case.recovered) if case.recovered is not None else None)


@words.guard
def in_progress(talk: Talk, _: Any) -> bool:
    """A case was being taken forward when this was opened."""
    return talk.in_progress()


@words.action
def leave_off(talk: Talk, _: Any) -> None:
    """Leave what was in progress; the case stays."""
    talk.leave_off()


@words.action
def reopen_case(talk: Talk, _: Any) -> None:
    """Take a closed case up again."""
    talk.set_case(status="open", closed=None)
    talk.record("opened", again=True)


@words.action
def set_recovered(talk: Talk, amount: Any) -> None:
    """Note how much money came back."""
    talk.set_case(recovered=told_sum(talk, amount))


@words.action
def thanks_sent(talk: Talk, _: Any) -> None:
    """The good word was sent."""
    talk.set_case(thanks=False)


@words.list_
def all_cases(talk: Talk) -> list[Item]:
    """Every case, open ones first, then the latest."""
    begun = [c for c in talk.session.cases if c.begun]
    ordered = sorted(begun, key=lambda c: (not c.is_open, -int(c.id)))
    return [
        Item(c.id, Msg("{mark} {it}", {"mark": Code(_MARKS[c.status]), "it": case_title(talk, c)})) for c in ordered
    ]


@words.list_
def open_cases(talk: Talk) -> list[Item]:
    """The open cases, the latest first."""
    latest = sorted(due_cases(talk.session), key=lambda c: -int(c.id))
    return [Item(c.id, Msg("{it}", {"it": case_title(talk, c)})) for c in latest]


@words.value
def case_status(talk: Talk) -> Value | None:
    """How the case stands."""
    return talk.msg(STATUS[talk.case.status]) if talk.case else None


@words.value
def opened_on(talk: Talk) -> Value | None:
    """The day the case was opened."""
    return Day(talk.case.opened.astimezone(talk.local_now.tzinfo).date()) if talk.case else None


@words.value
def recovered(talk: Talk) -> Value | None:
    """The money that came back."""
    case = talk.case
    return Money(case.recovered, case.currency) if case and case.recovered is not None else None


@words.value
def dates(talk: Talk) -> Value | None:
    """What the case waits for, the soonest first, and whose rule each date is."""
    case = talk.case
    if case is None or not case.due:
        return None
    shown = (
        Msg("📅 {pending}\n<i>{rule}</i>", {"pending": pending_line(talk, case, d), "rule": rule_of(talk, case, d)})
        for d in sorted(case.due, key=lambda d: d.on)
    )
    return Joined(tuple(shown))


@words.value
def open_count(talk: Talk) -> Value | None:
    """How many cases are open, if any."""
    number = len(due_cases(talk.session))
    return Count(number) if number else None


@words.value
def thanks_text(talk: Talk) -> Value:
    """A good word for the representative, to be sent to the company."""
    return talk.line(_THANKS)
