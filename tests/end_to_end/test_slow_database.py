"""A PostgreSQL server that is slow, or gone and back: people wait, and get everything once and in order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.conftest import TOKEN
from tests.end_to_end.people import all_said
from tests.fakes.coach import CoachProcess
from tests.fakes.telegram_api import TelegramServer, World
from tests.support.databases import query
from tests.support.postgresql import Postgresql
from tests.support.waiting import until
from tests.support.wire_between import WireBetween, wire_between

PEOPLE = range(1, 6)
NOTES = range(1, 4)
SLOW = 0.05
"""Seconds that each statement takes longer."""


@pytest.fixture
def database(postgresql: Postgresql) -> Iterator[str]:
    """The server's own address of a database with nobody in it."""
    with postgresql.database() as address:
        yield address


@pytest.fixture
async def wired(
    world: World, telegram: TelegramServer, database: str, tmp_path: Path
) -> AsyncIterator[tuple[CoachProcess, WireBetween]]:
    """A running coach, and the wire to its database."""
    async with wire_between(database) as (wire, far):
        settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram.url, "DATABASE_URL": far}
        coach = CoachProcess(tmp_path, TELEGRAM_MESSAGES_PER_CHAT_PER_SECOND="0", **settings)
        try:
            await asyncio.to_thread(coach.start)
            for user in PEOPLE:
                world.add_user(user, f"P{user}", language_code="en")
                world.send_text(user, "/start")
            for user in PEOPLE:
                await world.wait_messages(user, 1)
            await all_said(world, coach)
            yield coach, wire
        finally:
            coach.kill()


async def in_order_and_once(world: World, database: str) -> None:
    """Each person's updates were turns, one after the other; each message came once, in the order of the turns."""
    turns = dict(await query(database, "SELECT person, version FROM people"))
    updates = dict(await query(database, "SELECT person, count(*) FROM updates GROUP BY person"))
    assert updates == turns
    assert {f"telegram:{user}" for user in PEOPLE} == set(turns)
    for user in PEOPLE:
        rows = await query(
            database,
            "SELECT handle FROM outbox WHERE person = :person AND kind = 'say' ORDER BY position",
            person=f"telegram:{user}",
        )
        assert [handle for (handle,) in rows] == [str(m.message_id) for m in world.messages(user, from_bot=True)]
    assert [(0,)] == await query(database, "SELECT count(*) FROM updates WHERE error IS NOT NULL")


async def test_a_slow_database(world: World, wired: tuple[CoachProcess, WireBetween], database: str) -> None:
    """Answers come later by what the statements of a turn take; nothing else changes."""
    coach, wire = wired
    took = {}
    for delay in (0.0, SLOW):
        wire.delay = delay
        began = time.monotonic()
        world.send_command(1, "help")
        await world.wait_text(1, "What I do")
        took[delay] = time.monotonic() - began
    for note in NOTES:
        for user in PEOPLE:
            world.send_text(user, f"Pelephone owes me {note}.00 for note-{user}-{note}")
        await asyncio.sleep(0.1)
    await all_said(world, coach)
    print(f"\nan answer takes {took[0.0]:.2f} s, with {SLOW} s more for each statement {took[SLOW]:.2f} s")
    await in_order_and_once(world, database)
    assert took[SLOW] > SLOW
    assert await asyncio.to_thread(coach.stop) == 0


async def test_the_database_is_gone_and_back(
    world: World, wired: tuple[CoachProcess, WireBetween], database: str
) -> None:
    """Nothing is acknowledged meanwhile; the same process goes on when it is back, with what was written meanwhile."""
    coach, wire = wired
    for user in PEOPLE:
        world.send_text(user, f"Pelephone owes me 1.00 for note-{user}-1")
    wire.cut = True
    wire.break_off()
    for note in NOTES:
        for user in PEOPLE:
            world.send_text(user, f"Pelephone owes me {note}.00 for note-{user}-{note}")
    await until(lambda: any("updates wait for the database" in line for line in coach.log))
    assert world.stats()["pending_updates"] > 0
    wire.cut = False
    await all_said(world, coach)
    await in_order_and_once(world, database)
    assert await asyncio.to_thread(coach.stop) == 0
