"""The operator's numbers: counts over everybody, without a word, a name or an id of anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.core.session import Session
from bot.core.tally import Tally

__all__ = ["Stats"]


@dataclass(slots=True)
class Stats:
    """Gathers one session after the other; holds counts only."""

    people: int = 0
    with_cases: int = 0
    turns: int = 0
    unreadable: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    asleep: int = 0
    silenced: int = 0
    """People who asked for no nudges."""
    tally: Tally = field(default_factory=Tally)

    def add(self, session: Session, turns: int) -> None:
        """Count a person."""
        self.people += 1
        self.turns += turns
        self.languages[session.profile.language] += 1
        self.asleep += session.asleep
        self.silenced += session.nudging.stopped
        before = self.tally.cases
        for case in session.cases:
            self.tally.add(case)
        self.with_cases += self.tally.cases > before

    def lines(self, entries: Mapping[str, int]) -> list[str]:
        """The counts as a text; ``entries`` are the lines of the case logs by kind."""
        tally = self.tally
        money = ", ".join(f"{amount:,.2f} {currency}" for currency, amount in sorted(tally.recovered.items())) or "0"
        return [
            f"people: {self.people}, with a case: {self.with_cases}",
            f"blocked us: {self.asleep}, want no reminders: {self.silenced}",
            f"languages: {_listed(self.languages.most_common())}",
            f"turns: {self.turns}",
            f"cases: {tally.cases}",
            f"  by status: {_listed(tally.status.most_common())}",
            f"  by sector: {_listed(tally.sector.most_common())}",
            f"  by problem: {_listed(tally.problem.most_common())}",
            f"  solved by: {_listed(tally.worked.most_common())}",
            f"money recovered: {money}",
            f"calls: {tally.calls}, minutes on hold: {tally.hold_minutes}",
            f"log entries: {_listed(sorted(entries.items(), key=lambda item: (-item[1], item[0])))}",
            *([f"sessions that could not be read: {self.unreadable}"] if self.unreadable else []),
        ]


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts) or "none"
