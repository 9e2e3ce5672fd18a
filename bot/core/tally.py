"""Counting cases: for a person over their own, for the operator over everybody's, without a word of anybody's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from bot.core.case import Case

__all__ = ["CALL", "Tally", "ways"]

CALL = "call"
"""The way of a case in which nothing but calls was tried."""


def ways(case: Case) -> tuple[str, ...]:
    """What was tried in a case, in order: channels, and `CALL` for calls that count as none."""
    channels = dict.fromkeys(step.channel for step in case.steps if step.outcome != "skipped")
    return tuple(channels) or ((CALL,) if case.calls else ())


@dataclass(slots=True)
class Tally:
    """Counts over cases that something is known of; sums of money by currency."""

    cases: int = 0
    status: Counter[str] = field(default_factory=Counter)
    sector: Counter[str] = field(default_factory=Counter)
    problem: Counter[str] = field(default_factory=Counter)
    worked: Counter[str] = field(default_factory=Counter)
    """Way -> cases that it has solved."""
    recovered: dict[str, Decimal] = field(default_factory=dict)
    calls: int = 0
    hold_minutes: int = 0

    def add(self, case: Case) -> None:
        """Count a case; an empty form is none."""
        if not case.begun:
            return
        self.cases += 1
        self.status[case.status] += 1
        self.sector[case.sector] += 1
        self.problem[case.problem] += 1
        self.calls += case.calls
        self.hold_minutes += case.hold_minutes
        if case.worked and case.status in ("solved", "partly"):
            self.worked[case.worked] += 1
        if case.recovered is not None:
            self.recovered[case.currency] = self.recovered.get(case.currency, Decimal(0)) + case.recovered
