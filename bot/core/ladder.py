"""Which door comes next: the rungs of a case's ladder that still stand before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.core.book import Country
from bot.core.case import Case, Step
from bot.core.deadlines import due_date
from bot.core.knowledge import Channel, Ladder, Rung

__all__ = ["Position", "ladder_of", "next_rung", "position", "serves", "wait_over"]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a case stands: the next rung, its number from 1, and how many there are."""

    rung: Rung | None
    number: int
    total: int


def ladder_of(country: Country, case: Case) -> Ladder | None:
    """The ladder of a case's sector, or the general one."""
    sector = country.sectors.get(case.sector)
    return country.ladders.get(sector.ladder if sector else "general") or country.ladders.get("general")


def serves(channel: Channel, sector: str) -> bool:
    """Whether a channel takes cases of a sector."""
    return not channel.withdrawn and (not channel.sectors or sector in channel.sectors)


def rungs(country: Country, case: Case) -> tuple[Rung, ...]:
    """The rungs of a case's ladder that serve it and are not barred by a step it took."""
    ladder = ladder_of(country, case)
    if ladder is None:
        return ()
    barred = {
        b
        for s in case.steps
        if s.outcome != "skipped" and s.channel in country.channels
        for b in country.channels[s.channel].bars
    }
    return tuple(
        rung
        for rung in ladder.rungs
        if rung.channel in country.channels
        and not country.channels[rung.channel].withdrawn
        and rung.channel not in barred
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


def wait_over(country: Country, step: Step, rung: Rung, is_rest: Callable[[date], bool]) -> date | None:
    """When the wait after a step is over, or None if no figure is known."""
    channel = country.channels[step.channel]
    wait = channel.wait if channel.wait.role == "answer" and channel.wait.number is not None else rung.wait
    return due_date(step.on, wait, is_rest)
