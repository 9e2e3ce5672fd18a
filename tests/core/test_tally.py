"""Counting cases, for their person and for the operator: right sums, and not a word of anybody's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from bot.core.case import Case, Step
from bot.core.session import Nudging, Profile, Session
from bot.core.stats import Stats
from bot.core.tally import CALL, Tally, ways

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
SOLVED = Case(
    "1",
    NOW,
    problem="overcharge",
    story="My secret story",
    company_name="Secret Company",
    sector="retail",
    goal="refund",
    status="solved",
    recovered=Decimal("120.50"),
    worked="il-written-complaint",
    calls=2,
    hold_minutes=35,
    rep="Secret Avi",
)


def test_what_was_tried() -> None:
    """The channels that were taken, each once, in order; calls alone count as one way; what was skipped is none."""
    on = date(2026, 11, 1)
    steps = (Step("desk", on, "skipped"), Step("letter", on, "refused"), Step("court", on), Step("letter", on))
    assert ways(replace(SOLVED, steps=steps)) == ("letter", "court")
    assert ways(SOLVED) == (CALL,)
    assert ways(replace(SOLVED, calls=0)) == ()


def test_a_tally_counts_what_was_begun() -> None:
    """Sums by currency; an empty form is no case, and what an open case says to have worked is not counted yet."""
    tally = Tally()
    for case in (
        SOLVED,
        replace(SOLVED, id="2", recovered=Decimal("9.50"), status="partly"),
        replace(SOLVED, id="3", recovered=Decimal(5), currency="USD", status="open"),
        Case("4", NOW),
    ):
        tally.add(case)
    assert (tally.cases, tally.calls, tally.hold_minutes) == (3, 6, 105)
    assert tally.recovered == {"ILS": Decimal("130.00"), "USD": Decimal(5)}
    assert dict(tally.status) == {"solved": 1, "partly": 1, "open": 1}
    assert dict(tally.worked) == {"il-written-complaint": 2}


def test_the_operators_counts_name_nobody() -> None:
    """People, turns, cases and sums are there; no id, name, story or company is."""
    stats = Stats()
    stats.add(Session("telegram:4711", cases=(SOLVED,), nudging=Nudging(stopped=True)), 12)
    stats.add(Session("web:abc", profile=Profile(language="en"), asleep=True), 3)
    text = "\n".join(stats.lines({"call": 4, "note": 9}))
    assert "people: 2, with a case: 1\nblocked us: 1, want no reminders: 1" in text
    assert "turns: 15" in text
    assert "by sector: retail 1" in text
    assert "money recovered: 120.50 ILS" in text
    assert "log entries: note 9, call 4" in text
    assert not any(word in text for word in ("4711", "abc", "Secret", "secret"))
