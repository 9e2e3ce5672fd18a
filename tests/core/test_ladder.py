"""The next door: in order, never one that is closed, and always with its own clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.core.book import Country
from bot.core.case import Case, Due, Step
from bot.core.knowledge import Channel, Ladder, Sector
from bot.core.ladder import closes, holding, next_rung, position, rungs, serves, settled, unmet, wait_after
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


def laddered(*channels: Channel, parallel: tuple[str, ...] = ()) -> Country:
    """A country with one ladder of these doors, of which some hold nothing back."""
    land = country(*channels)
    rungs_of = [
        {"channel": c.id, "wait": {"basis": "unknown"}, "parallel": c.id in parallel} for c in land.channels.values()
    ]
    ladders = {**land.ladders, "retail": Ladder.model_validate({"id": "retail", "rungs": rungs_of})}
    return replace(land, ladders=ladders)


TODAY = date(2026, 11, 22)
SOON, LATER_ON, GONE = date(2026, 11, 25), date(2026, 12, 25), date(2026, 11, 20)


def waiting(*dues: tuple[str, date]) -> Case:
    """A case that was taken to these doors and waits for their answers until then."""
    steps = tuple(Step(name, date(2026, 11, 1)) for name, _ in dues)
    return Case("1", NOW, sector="retail", steps=steps, due=tuple(Due("answer", on, name) for name, on in dues))


def test_a_wait_holds_the_next_door_back() -> None:
    """The wait of a rung that is not parallel does, until it is over; a parallel one does not."""
    land = laddered(channel("desk"), channel("letter"), channel("court"), parallel=("letter",))
    held = holding(land, waiting(("desk", SOON)), TODAY)
    assert held == Due("answer", SOON, "desk")
    assert holding(land, waiting(("desk", GONE)), TODAY) is None
    assert holding(land, waiting(("desk", GONE), ("letter", LATER_ON)), TODAY) is None
    assert holding(land, waiting(("desk", LATER_ON), ("letter", SOON)), TODAY) == Due("answer", LATER_ON, "desk")


def test_what_the_next_door_requires_holds_it_back() -> None:
    """Even where it is parallel; and at the top of the ladder everything that runs is waited for."""
    land = laddered(channel("desk"), channel("court", requires=["desk"]), parallel=("desk",))
    assert holding(land, waiting(("desk", SOON)), TODAY) == Due("answer", SOON, "desk")
    top = laddered(channel("desk"), parallel=("desk",))
    assert holding(top, waiting(("desk", SOON)), TODAY) == Due("answer", SOON, "desk")


def test_a_promise_and_a_last_day_hold_nothing_back() -> None:
    """Only somebody's time to answer does."""
    land = laddered(channel("desk"), channel("court"))
    dues = (Due("promise", SOON, "a call"), Due("limit", SOON, "a right"))
    assert holding(land, Case("1", NOW, sector="retail", due=dues), TODAY) is None


def test_a_door_that_asks_for_another_first() -> None:
    """It is shut until one of those it names was taken; one that was skipped was not."""
    land = country(channel("desk"), channel("letter"), channel("bank", requires=["desk", "letter"]))
    assert unmet(land, case(), "bank") == ("desk", "letter")
    assert unmet(land, case(("desk", "skipped")), "bank") == ("desk", "letter")
    assert unmet(land, case(("letter", "waiting")), "bank") == ()
    assert unmet(land, case(), "desk") == ()


def test_what_a_door_closes() -> None:
    """Those on the ladder that are still ahead."""
    land = country(channel("court", bars=["ombudsman", "desk", "elsewhere"]), channel("desk"), channel("ombudsman"))
    assert closes(land, case(("desk", "refused")), "court") == ("ombudsman",)
    assert closes(land, case(), "desk") == ()


def test_the_company_answers_once() -> None:
    """Its refusal, or what came of its promise, settles all its doors; a regulator goes on, and so does a last day."""
    land = laddered(channel("desk"), channel("letter"), channel("authority", kind="regulator"))
    last_day = Due("limit", LATER_ON, "a right")
    before = waiting(("desk", SOON), ("letter", SOON), ("authority", LATER_ON))
    before = replace(before, due=(*before.due, Due("promise", SOON, "a call"), last_day))
    after = settled(land, before, before.due[0], "refused")
    assert [s.outcome for s in after.steps] == ["refused", "refused", "waiting"]
    assert after.due == (Due("answer", LATER_ON, "authority"), last_day)
    promised = settled(land, before, Due("promise", SOON, "a call"), "answered")
    assert promised.due == (Due("answer", LATER_ON, "authority"), last_day)
    body = settled(land, before, before.due[2], "answered")
    assert [s.outcome for s in body.steps] == ["waiting", "waiting", "answered"]
    assert len(body.due) == 4
    assert settled(land, before, None, "refused").due == (last_day,)


def test_whose_wait_follows_a_step() -> None:
    """The channel's own time to answer; where it has none, the ladder's advice; nothing for a door nobody knows."""
    land = country(channel("desk"), channel("letter", wait={"role": "answer", "basis": "unknown"}))
    own, advice = wait_after(land, case(), "desk"), wait_after(land, case(), "letter")
    assert own is not None
    assert (own.number, own.basis) == (3, "expected")
    assert advice is not None
    assert (advice.number, advice.basis) == (None, "unknown")
    assert wait_after(land, case(), "gone") is None
