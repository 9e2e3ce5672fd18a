"""How it ended: what worked, and the person's own numbers over all their cases."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from bot.core.case import Case
from bot.core.model import Text
from bot.core.talk import Talk
from bot.core.tally import CALL, Tally, ways
from bot.core.text import Bullets, Count, Duration, Joined, Money, Msg, Value
from bot.core.words import Item, Words

words = Words()

_A_CALL = Text("A phone call")


@words.guard
def several_ways(talk: Talk, _: Any) -> bool:
    """More than one way was tried, so that it is not known which one worked."""
    return talk.case is not None and len(ways(talk.case)) > 1


@words.action
def note_only_way(talk: Talk, _: Any) -> None:
    """Where only one way was tried, that is what worked."""
    tried = ways(talk.the_case)
    talk.set_case(worked=tried[0] if len(tried) == 1 else "")


@words.action
def set_worked(talk: Talk, way: str) -> None:
    """Note which way worked."""
    if way in ways(talk.the_case):
        talk.set_case(worked=way)


@words.list_
def ways_tried(talk: Talk) -> list[Item]:
    """The ways that were tried in the case, the last one first."""
    return [Item(way, _way(talk, talk.the_case, way)) for way in reversed(ways(talk.the_case))]


def _way(talk: Talk, case: Case, way: str) -> Msg:
    channel = talk.book.countries[case.country].channels.get(way)
    return talk.msg(channel.name) if way != CALL and channel is not None else Msg(_A_CALL)


def _tally(talk: Talk) -> Tally:
    tally = Tally()
    for case in talk.session.cases:
        tally.add(case)
    return tally


@words.value
def recovered_total(talk: Talk) -> Value | None:
    """All the money that came back."""
    sums = [Money(amount, currency) for currency, amount in sorted(_tally(talk).recovered.items()) if amount]
    return Joined(tuple(sums), " + ") if sums else None


@words.value
def time_on_hold(talk: Talk) -> Value | None:
    """All the time spent on hold."""
    minutes = _tally(talk).hold_minutes
    return Duration(timedelta(minutes=minutes)) if minutes else None


@words.value
def calls_total(talk: Talk) -> Value | None:
    """All the calls."""
    calls = _tally(talk).calls
    return Count(calls) if calls else None


@words.value
def open_total(talk: Talk) -> Value:
    """How many cases are open."""
    return Count(_tally(talk).status["open"])


@words.value
def solved_total(talk: Talk) -> Value:
    """How many cases were solved, wholly or partly."""
    tally = _tally(talk)
    return Count(tally.status["solved"] + tally.status["partly"])


@words.value
def let_go_total(talk: Talk) -> Value | None:
    """How many cases were let go."""
    number = _tally(talk).status["let_go"]
    return Count(number) if number else None


@words.value
def worked_total(talk: Talk) -> Value | None:
    """What worked, how often, the most often first."""
    found: Counter[str] = _tally(talk).worked
    named = {way: case for case in talk.session.cases for way in (case.worked,) if way}
    lines = [Msg("{it}: {n}", {"it": _way(talk, named[way], way), "n": Count(n)}) for way, n in found.most_common(5)]
    return Bullets(tuple(lines)) if lines else None
