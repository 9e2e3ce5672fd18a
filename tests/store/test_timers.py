"""Timers: set, moved, taken back, found when they are due."""

from __future__ import annotations

from datetime import timedelta

from bot.runtime.ports import Timer
from bot.store.sql import SqlStore
from tests.store.samples import NOW, keep, minutes, said, writes


async def test_due_timers_come_in_order(store: SqlStore) -> None:
    """Those that are due come the earliest first, as many as were asked for; the others stay."""
    times = {("telegram:1", "a"): minutes(-1), ("telegram:1", "b"): minutes(-3), ("telegram:2", "a"): minutes(-2)}
    await keep(store, writes(said("1"), timers={**times, ("telegram:2", "b"): minutes(1)}))
    assert await store.due_timers(NOW, 2) == [
        Timer("telegram:1", "b", minutes(-3)),
        Timer("telegram:2", "a", minutes(-2)),
    ]
    assert len(await store.due_timers(NOW, 9)) == 3


async def test_a_timer_is_due_at_its_moment(store: SqlStore) -> None:
    """It is due at the very millisecond and not before."""
    await keep(store, writes(said("1"), timers={("telegram:1", "a"): NOW}))
    assert await store.due_timers(NOW - timedelta(milliseconds=1), 9) == []
    assert await store.due_timers(NOW, 9) == [Timer("telegram:1", "a", NOW)]


async def test_a_timer_set_again_is_moved(store: SqlStore) -> None:
    """A person has one timer of a name."""
    await keep(store, writes(said("1"), timers={("telegram:1", "a"): NOW}))
    await keep(store, writes(said("2"), timers={("telegram:1", "a"): minutes(9)}))
    assert await store.due_timers(minutes(60), 9) == [Timer("telegram:1", "a", minutes(9))]


async def test_a_timer_taken_back_is_gone(store: SqlStore) -> None:
    """Only that one, and only of that person."""
    await keep(store, writes(said("1"), timers={(p, k): NOW for p in ("telegram:1", "telegram:2") for k in "ab"}))
    await keep(store, writes(said("2"), timers={("telegram:1", "a"): None, ("telegram:3", "a"): None}))
    left = {(t.person, t.key) for t in await store.due_timers(NOW, 9)}
    assert left == {("telegram:1", "b"), ("telegram:2", "a"), ("telegram:2", "b")}


async def test_when_the_next_one_is_due(store: SqlStore) -> None:
    """The earliest of all, or None while there is none."""
    assert await store.next_timer(NOW) is None
    await keep(store, writes(said("1"), timers={("telegram:1", "a"): minutes(9), ("telegram:2", "a"): minutes(4)}))
    assert await store.next_timer(NOW) == minutes(4)


async def test_timers_of_other_channels(store: SqlStore) -> None:
    """They are for the process that serves those; a channel whose name begins with ours is not ours."""
    times = {("telegram:1", "a"): minutes(-3), ("tele:1", "a"): minutes(-2), ("terminal:1", "nudge"): minutes(-1)}
    await keep(store, writes(said("1"), timers=times))
    store.serve(["tele", "web"])
    assert [t.person for t in await store.due_timers(NOW, 9)] == ["tele:1"]
    assert await store.next_timer(NOW) == minutes(-2)
    store.serve(["terminal"])
    assert [t.person for t in await store.due_timers(NOW, 9, paced=True)] == ["terminal:1"]
    assert await store.next_timer(NOW, paced=False) is None
    store.serve([])
    assert await store.due_timers(NOW, 9) == []


async def test_timers_that_may_wait_stand_apart(store: SqlStore) -> None:
    """Nudges are found by themselves, and so is everything that cannot wait."""
    times = {("telegram:1", "nudge"): minutes(-3), ("telegram:1", "hold"): minutes(-1), ("telegram:2", "idle"): NOW}
    await keep(store, writes(said("1"), timers=times))
    assert [t.key for t in await store.due_timers(NOW, 9, paced=True)] == ["nudge", "idle"]
    assert [t.key for t in await store.due_timers(NOW, 9, paced=False)] == ["hold"]
    assert await store.next_timer(NOW, paced=True) == minutes(-3)
    assert await store.next_timer(NOW, paced=False) == minutes(-1)
