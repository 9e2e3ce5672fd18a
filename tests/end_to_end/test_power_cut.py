"""The power goes, again and again, under traffic."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.people import all_said
from tests.fakes.coach import CoachProcess
from tests.fakes.telegram_api import World
from tests.support.databases import ENGINES, empty, query

PEOPLE = 10
KILLS = 8
SEED = 20261122
UNNOTED = 2.0
"""Seconds within which it is noted what was sent, on a machine that does much else."""


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Both engines."""
    with empty(request.param, request, tmp_path) as address:
        yield address


async def test_killed_at_random_moments(world: World, coach: CoachProcess, database: str) -> None:
    """Every note that was typed is in the log exactly once, no timer is lost, and a file is whole."""
    chance = random.Random(SEED)
    coach.start()
    for user in range(1, PEOPLE + 1):
        world.add_user(user, f"P{user}", language_code="en")
        for text in ("Pelephone charged me twice", "/start"):
            world.send_text(user, text)
            await world.wait_messages(user, 1, edits=True)
        world.tap(user, index=0)
        await world.wait_messages(user, 1, edits=True)
    sent: Counter[int] = Counter()
    stop = asyncio.Event()

    async def type_notes(user: int) -> None:
        random_pause = random.Random(user)
        while not stop.is_set():
            sent[user] += 1
            world.send_text(user, f"Pelephone owes me {sent[user]}.00 for note-{user}-{sent[user]}")
            await asyncio.sleep(random_pause.uniform(0.2, 1.2))

    killed: list[float] = []
    typing = [asyncio.create_task(type_notes(user)) for user in range(1, PEOPLE + 1)]
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.05, 0.9))
        coach.kill()
        killed.append(time.time())
        await asyncio.to_thread(coach.start)
    stop.set()
    await asyncio.gather(*typing)
    await all_said(world, coach)
    coach.stop()

    if database.startswith("sqlite"):
        assert [("ok",)] == await query(database, "PRAGMA integrity_check")
    handled = (await query(database, "SELECT count(*), count(DISTINCT update_id) FROM updates"))[0]
    failed = (await query(database, "SELECT count(*) FROM updates WHERE error IS NOT NULL"))[0][0]
    waiting = (await query(database, "SELECT count(*) FROM outbox WHERE state = 'waiting'"))[0][0]
    sessions = {p: json.loads(s) for p, s in await query(database, "SELECT person, session FROM people")}
    timers = {p for (p,) in await query(database, "SELECT person FROM timers WHERE key = 'nudge'")}
    turns = dict(await query(database, "SELECT person, version FROM people"))
    said = dict(await query(database, "SELECT person, count(*) FROM outbox WHERE kind = 'say' GROUP BY person"))
    per_person = dict(await query(database, "SELECT person, count(*) FROM updates GROUP BY person"))
    assert handled[0] == handled[1] >= sum(sent.values())
    assert 0 == failed
    assert 0 == waiting
    assert {f"telegram:{user}" for user in range(1, PEOPLE + 1)} == set(sessions)
    assert per_person == turns, "a turn for every update, and none twice"
    assert {p for p, s in sessions.items() if s.get("nudging", {}).get("at")} == timers
    for user in range(1, PEOPLE + 1):
        assert said[f"telegram:{user}"] >= sent[user], "each message was answered"
    accepted = [call for call in world.calls("sendMessage") if call.ok]
    repeated = len(accepted) - sum(said.values())
    print(f"\n{KILLS} kills, {handled[0]} updates, {len(accepted)} messages, {repeated} of them repeated")
    just_sent = sum(1 for kill in killed for call in accepted if kill - UNNOTED <= (call.done or call.time) <= kill)
    assert 0 <= repeated <= just_sent, "only what had just been sent when the power went"
