"""The next door: in order, never one that is closed, and always with its own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.core.book import Country
from bot.core.case import Case, Step
from bot.core.knowledge import Channel, Ladder, Sector
from bot.core.ladder import next_rung, position, rungs, serves
from tests.support.coach import coach

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def channel(name: str, **more: Any) -> Channel:
    """A door."""
    return Channel.model_validate(
        {
            "id": name,
            "name": name,
            "kind": "company",
            "why": "It helps.",
            "how": "Write.",
            "wait": {"role": "answer", "number": 3, "unit": "calendar_days", "basis": "expected"},
            "sources": [{"title": "Their site"}],
            "confidence": "high",
            **more,
        }
    )


def country(*channels: Channel, ladder: tuple[str, ...] | None = None) -> Country:
    """A country with one ladder of these doors, and one for other trades."""
    names = ladder if ladder is not None else tuple(c.id for c in channels)
    rungs_of = [{"channel": name, "wait": {"basis": "unknown"}} for name in names]
    ladders = {
        "retail": Ladder.model_validate({"id": "retail", "rungs": rungs_of}),
        "general": Ladder.model_validate({"id": "general", "rungs": rungs_of[-1:]}),
    }
    sector = Sector.model_validate({"id": "retail", "label": "Shops", "ladder": "retail"})
    return Country("il", sectors={"retail": sector}, channels={c.id: c for c in channels}, ladders=ladders)


def case(*steps: tuple[str, Any], sector: str = "retail") -> Case:
    """A case that took these steps."""
    return Case("1", NOW, sector=sector, steps=tuple(Step(name, date(2026, 11, 1), how) for name, how in steps))


def test_position_counts_what_was_taken_and_skipped() -> None:
    """The next rung is the first that was neither taken nor skipped, whatever came of the others."""
    land = country(channel("desk"), channel("letter"), channel("court"))
    assert (position(land, case()).number, position(land, case()).total) == (1, 3)
    after = position(land, case(("desk", "skipped"), ("letter", "refused")))
    assert after.rung is not None
    assert (after.rung.channel, after.number, after.total) == ("court", 3, 3)
    back = position(land, case(("letter", "answered")))
    assert back.rung is not None
    assert back.rung.channel == "desk"


def test_the_top_has_no_next_rung() -> None:
    """When every rung was taken or skipped there is none left."""
    land = country(channel("desk"), channel("letter"))
    top = position(land, case(("desk", "answered"), ("letter", "waiting")))
    assert (top.rung, top.number, top.total) == (None, 2, 2)
    assert next_rung(land, case(("desk", "answered"), ("letter", "waiting"))) is None


@pytest.mark.parametrize(("outcome", "closed"), [("waiting", True), ("refused", True), ("skipped", False)])
def test_a_step_closes_the_doors_it_bars(outcome: str, closed: bool) -> None:
    """Going to court closes the ombudsman's door; leaving the court out does not."""
    land = country(channel("court", bars=["ombudsman"]), channel("ombudsman"))
    left = [rung.channel for rung in rungs(land, case(("court", outcome)))]
    assert ("ombudsman" not in left) == closed


def test_withdrawn_and_unknown_doors_are_left_out() -> None:
    """A registry that has stopped, and a channel that is gone, are no rungs; steps taken to them do no harm."""
    land = country(channel("desk"), channel("old", withdrawn=True), ladder=("gone", "old", "desk"))
    assert [rung.channel for rung in rungs(land, case())] == ["desk"]
    assert position(land, case(("gone", "refused"), ("desk", "waiting"))).rung is None


def test_a_trade_without_a_ladder_gets_the_general_one() -> None:
    """An unknown trade still has a way."""
    land = country(channel("desk"), channel("letter"))
    assert [rung.channel for rung in rungs(land, case(sector="moon-flights"))] == ["letter"]
    assert rungs(Country("il"), case()) == ()


def test_serves() -> None:
    """A channel takes its sectors, or all if it names none; never once withdrawn."""
    assert serves(channel("any"), "retail")
    assert serves(channel("shops", sectors=["retail"]), "retail")
    assert not serves(channel("banks", sectors=["banks"]), "retail")
    assert not serves(channel("old", withdrawn=True), "retail")


def test_every_real_ladder_can_be_climbed_to_its_top() -> None:
    """In every sector, each next rung leads to the top; none comes twice, is barred, or before what it needs."""
    book, _ = coach()
    il = book.countries["il"]
    for sector in il.sectors:
        taken: list[tuple[str, str]] = []
        while (rung := next_rung(il, case(*taken, sector=sector))) is not None:
            door = il.channels[rung.channel]
            assert rung.channel not in dict(taken), f"{rung.channel} comes twice in {sector}"
            assert not any(rung.channel in il.channels[name].bars for name, _ in taken)
            assert not door.withdrawn
            assert not door.requires or set(door.requires) & set(dict(taken)), f"{rung.channel} in {sector}"
            taken.append((rung.channel, "refused"))
        assert taken, f"no ladder for {sector}"
