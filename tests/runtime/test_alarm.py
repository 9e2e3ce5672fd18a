"""Timers fire when they are due: not before, not much later, and through trouble."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from bot.runtime.alarm import HELD, LONGEST, PACED_PAGE, PAGE, Alarm
from bot.runtime.ports import Store, StoreUnavailable, Timer
from bot.runtime.turns import Turns
from tests.runtime.fakes import START
from tests.runtime.virtual import virtual


@dataclass
class Wall:
    """Timers in memory, a wall clock that can be set, and the firing of them."""

    timers: dict[str, datetime] = field(default_factory=dict)
    fired: list[tuple[float, list[str]]] = field(default_factory=list)
    ahead: float = 0
    down: bool = False
    looks: int = 0
    room: int = 1_000_000
    """How many nudges may be fired until the sender has no room."""

    def __post_init__(self) -> None:
        self.alarm = Alarm(cast("Store", self), cast("Turns", self), self.now, lambda: self.room > 0)
        self.running = asyncio.create_task(self.alarm.run())

    def now(self) -> datetime:
        return START + timedelta(seconds=asyncio.get_running_loop().time() + self.ahead)

    async def due_timers(self, now: datetime, limit: int, paced: bool | None = None) -> list[Timer]:
        self.looks += 1
        if self.down:
            raise StoreUnavailable
        due = sorted((due, key) for key, due in self._of(paced).items() if due <= now)
        return [Timer("telegram:1", key, at) for at, key in due[:limit]]

    async def next_timer(self, now: datetime, paced: bool | None = None) -> datetime | None:
        if self.down:
            raise StoreUnavailable
        return min(self._of(paced).values(), default=None)

    def _of(self, paced: bool | None) -> dict[str, datetime]:
        return {k: due for k, due in self.timers.items() if paced is None or paced == k.startswith("nudge")}

    async def fire(self, due: list[Timer]) -> None:
        if self.down:
            raise StoreUnavailable
        self.fired.append((round(asyncio.get_running_loop().time(), 1), [t.key for t in due]))
        for timer in due:
            del self.timers[timer.key]
            self.room -= timer.key.startswith("nudge")

    async def stop(self) -> None:
        self.running.cancel()
        await asyncio.gather(self.running, return_exceptions=True)


def walled(**seconds: float) -> Wall:
    """A wall with timers that are there from the start, due so many seconds from it."""
    return Wall({key: START + timedelta(seconds=due) for key, due in seconds.items()})


@virtual
async def test_timers_fire_when_they_are_due() -> None:
    """Each at its moment; those of one moment together."""
    wall = walled(a=5, b=12, c=12, d=-3)
    await asyncio.sleep(30)
    assert wall.fired == [(0.0, ["d"]), (5.0, ["a"]), (12.0, ["b", "c"])]
    await wall.stop()


@virtual
async def test_a_timer_that_is_set_meanwhile() -> None:
    """Somebody who is due before the one that is waited for does not wait for it."""
    wall = walled(late=50)
    await asyncio.sleep(10)
    wall.timers["soon"] = START + timedelta(seconds=11)
    wall.alarm.look(wall.timers["soon"])
    await asyncio.sleep(90)
    assert wall.fired == [(11.0, ["soon"]), (50.0, ["late"])]
    await wall.stop()


@virtual
async def test_a_timer_that_is_set_for_later() -> None:
    """Nobody looks into the table for it before its time; most turns move a nudge of tomorrow."""
    wall = walled(first=30)
    await asyncio.sleep(10)
    looks = wall.looks
    for number in range(50):
        wall.timers[f"later{number}"] = START + timedelta(seconds=40)
        wall.alarm.look(wall.timers[f"later{number}"])
        await asyncio.sleep(0.01)
    assert wall.looks == looks
    await asyncio.sleep(60)
    assert [(at, len(keys)) for at, keys in wall.fired] == [(30.0, 1), (40.0, 50)]
    await wall.stop()


@virtual
async def test_a_clock_that_is_set() -> None:
    """Summer time or a wrong clock: the timers are looked at again within a minute."""
    wall = walled(a=7200)
    await asyncio.sleep(10)
    wall.ahead = 7200
    await asyncio.sleep(LONGEST)
    assert [keys for _, keys in wall.fired] == [["a"]]
    await wall.stop()


@virtual
async def test_waiting_costs_nothing() -> None:
    """With nothing due, the store is asked once a minute: for what is urgent and for nudges."""
    wall = Wall()
    await asyncio.sleep(600)
    assert wall.looks <= 24
    await wall.stop()


@virtual
async def test_many_timers_at_once() -> None:
    """Those of one moment go in pages, all of them."""
    wall = walled(**{f"t{n}": 10.0 for n in range(2 * PAGE + 1)})
    await asyncio.sleep(20)
    assert [len(keys) for _, keys in wall.fired] == [PAGE, PAGE, 1]
    await wall.stop()


@virtual
async def test_nudges_wait_for_room() -> None:
    """The morning's nudges stay in the table until the sender has room; a timer that cannot wait fires meanwhile."""
    wall = walled(**{f"nudge{n:03}": 10.0 for n in range(2 * PACED_PAGE)}, hold=20.0)
    wall.room = 1
    await asyncio.sleep(25)
    assert [len(keys) for _, keys in wall.fired] == [PACED_PAGE, 1]
    assert wall.fired[1] == (20.0, ["hold"])
    wall.room = 1
    await asyncio.sleep(2 * HELD)
    assert [len(keys) for _, keys in wall.fired] == [PACED_PAGE, 1, PACED_PAGE]
    assert wall.timers == {}
    await wall.stop()


@virtual
async def test_what_cannot_wait_fires_before_the_nudges() -> None:
    """A hundred thousand nudges that were due earlier do not keep anybody's hold timer waiting."""
    wall = walled(**{f"nudge{n:03}": 5.0 for n in range(PACED_PAGE)}, hold=6.0)
    wall.down = True
    await asyncio.sleep(8)
    wall.down = False
    await asyncio.sleep(2)
    assert [keys[0] for _, keys in wall.fired] == ["hold", "nudge000"]
    await wall.stop()


@virtual
async def test_no_timer_is_lost_while_the_database_is_down() -> None:
    """It fires as soon as the database is back, and only then."""
    wall = walled(a=5)
    await asyncio.sleep(4)
    wall.down = True
    await asyncio.sleep(20)
    assert wall.fired == []
    wall.down = False
    await asyncio.sleep(3)
    assert [keys for _, keys in wall.fired] == [["a"]]
    await wall.stop()
