"""Which door comes next: the rungs of a case's ladder that still stand before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.core.book import Country
from bot.core.case import Case, Due, Step
from bot.core.deadlines import due_date
from bot.core.knowledge import Channel, Ladder, Rung, Wait

__all__ = [
    "Position",
    "beside",
    "closes",
    "holding",
    "ladder_of",
    "next_rung",
    "position",
    "rungs",
    "serves",
    "settled",
    "unmet",
    "wait_after",
    "wait_over",
]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a case stands: the next rung, its number from 1, and how many there are."""

    rung: Rung | None
    number: int
    total: int


def ladder_of(country: Country, case: Case) -> Ladder | None:
    """The ladder of a case's sector, or the general one."""
    sector = country.sectors.get(case.sector) or country.sectors.get("general")
    return country.ladders.get(sector.ladder if sector else "general") or country.ladders.get("general")


def serves(channel: Channel, sector: str) -> bool:
    """Whether a channel takes cases of a sector."""
    return not channel.withdrawn and (not channel.sectors or sector in channel.sectors)


def rungs(country: Country, case: Case) -> tuple[Rung, ...]:
    """The rungs of a case's ladder that serve it and are not barred by a step it took."""
    ladder = ladder_of(country, case)
    if ladder is None:
        return ()
    barred = _barred(country, case)
    return tuple(
        rung
        for rung in ladder.rungs
        if rung.channel in country.channels
        and not country.channels[rung.channel].withdrawn
        and rung.channel not in barred
    )


def _barred(country: Country, case: Case) -> set[str]:
    """The channels that the steps taken have closed."""
    taken = (s.channel for s in case.steps if s.outcome != "skipped" and s.channel in country.channels)
    return {barred for channel in taken for barred in country.channels[channel].bars}


def beside(country: Country, case: Case) -> tuple[Channel, ...]:
    """The channels that serve a case, stand not on its ladder, and are open to it: nothing is to be done first."""
    ladder = ladder_of(country, case)
    on_it = {rung.channel for rung in ladder.rungs} if ladder is not None else set()
    done = {step.channel for step in case.steps if step.outcome != "skipped"}
    closed = on_it | done | _barred(country, case)
    return tuple(
        channel
        for channel in country.channels.values()
        if channel.id not in closed
        and channel.reached_at is None
        and serves(channel, case.sector)
        and not unmet(country, case, channel.id)
    )


def position(country: Country, case: Case) -> Position:
    """The first rung that was neither taken nor skipped."""
    ladder = rungs(country, case)
    done = {step.channel for step in case.steps}
    for number, rung in enumerate(ladder, 1):
        if rung.channel not in done:
            return Position(rung, number, len(ladder))
    return Position(None, len(ladder), len(ladder))


def next_rung(country: Country, case: Case) -> Rung | None:
    """The next rung, or None at the top of the ladder."""
    return position(country, case).rung


def unmet(country: Country, case: Case, channel: str) -> tuple[str, ...]:
    """What a channel asks to be done first, one of these channels, or nothing if that was done."""
    needed = country.channels[channel].requires
    return () if any(s.channel in needed and s.outcome != "skipped" for s in case.steps) else needed


def closes(country: Country, case: Case, channel: str) -> tuple[str, ...]:
    """The channels still ahead on the ladder that turning to a channel closes."""
    done = {step.channel for step in case.steps}
    barred = country.channels[channel].bars
    return tuple(r.channel for r in rungs(country, case) if r.channel in barred and r.channel not in done)


def holding(country: Country, case: Case, today: date) -> Due | None:
    """The running wait that has to end before the next rung, the soonest to end; None if it can be taken now.

    A rung that is parallel holds nothing back, unless it is what the next one requires.
    """
    rung = next_rung(country, case)
    needed = country.channels[rung.channel].requires if rung is not None else ()
    parallel = {r.channel for r in rungs(country, case) if r.parallel} - set(needed) if rung is not None else set()
    running = [d for d in case.due if d.kind == "answer" and d.on > today and d.what not in parallel]
    return min(running, key=lambda due: due.on, default=None)


def settled(country: Country, case: Case, due: Due | None, outcome: Literal["refused", "answered"]) -> Case:
    """The case after an answer to what was due.

    The company is one: its answer, or a promise of its people, settles all that was asked of it, through whatever
    door. Of the others each answers for itself. With nothing due it is an answer to whatever waits. The person's own
    time limits stay.
    """
    known = country.channels.get(due.what) if due is not None and due.kind == "answer" else None
    company = known is None or known.kind == "company"

    def concerned(channel: str) -> bool:
        found = country.channels.get(channel)
        if due is None or found is None:
            return True
        return found.kind == "company" if company else found is known

    steps = tuple(
        replace(s, outcome=outcome) if s.outcome == "waiting" and concerned(s.channel) else s for s in case.steps
    )
    left = tuple(
        d for d in case.due if d.kind == "limit" or not (company if d.kind == "promise" else concerned(d.what))
    )
    return replace(case, steps=steps, due=left)


def wait_after(country: Country, case: Case, channel: str) -> Wait | None:
    """The wait that follows a step: the channel's own time to answer, or the ladder's advice."""
    found = country.channels.get(channel)
    if found is None:
        return None
    if found.wait.role == "answer" and found.wait.number is not None:
        return found.wait
    ladder = ladder_of(country, case)
    return next((r.wait for r in ladder.rungs if r.channel == channel), None) if ladder is not None else None


def wait_over(
    country: Country,
    step: Step,
    rung: Rung,
    is_rest: Callable[[date], bool],
    is_holiday: Callable[[date], bool] = lambda _: False,
) -> date | None:
    """When the wait after a step is over, or None if no figure is known."""
    channel = country.channels[step.channel]
    wait = channel.wait if channel.wait.role == "answer" and channel.wait.number is not None else rung.wait
    return due_date(step.on, wait, is_rest, is_holiday)
