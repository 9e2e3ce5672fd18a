"""The power goes, again and again, under traffic."""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
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
SECONDS = float(os.environ.get("DRILL_SECONDS", "0"))
"""How long to go on killing, at least; the few of every day are enough for a change."""
SEED = 20261122


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Both engines."""
    with empty(request.param, request, tmp_path) as address:
        yield address


async def unnoted(world: World, database: str, folder: Path) -> Counter[str]:
    """How many messages to each person were sent, as far as their words tell, and not noted when the power went."""
    if database.startswith("sqlite"):  # a copy: the coach shall find the file as it was left
        shutil.copytree(folder / "data", folder / "look", dirs_exist_ok=True)
        database = f"sqlite+aiosqlite:///{folder}/look/lofrayer.db"
    rows = await query(database, "SELECT person, payload FROM outbox WHERE state = 'waiting' AND kind = 'say'")
    shutil.rmtree(folder / "look", ignore_errors=True)
    sent = {(f"telegram:{call.chat_id}", call.params["text"]) for call in world.calls("sendMessage") if call.ok}
    return Counter(person for person, payload in rows if (person, json.loads(payload)["html"]) in sent)


async def test_killed_at_random_moments(world: World, coach: CoachProcess, database: str, tmp_path: Path) -> None:
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

    may_repeat: Counter[str] = Counter()
    kills, began = 0, time.monotonic()
    typing = [asyncio.create_task(type_notes(user)) for user in range(1, PEOPLE + 1)]
    while kills < KILLS or time.monotonic() - began < SECONDS:
        await asyncio.sleep(chance.uniform(0.05, 0.9))
        coach.kill()
        kills += 1
        may_repeat += await unnoted(world, database, tmp_path)
        if kills % 4 == 0:  # this one is still starting when it is killed
            coach.launch()
            await asyncio.sleep(chance.uniform(0.0, 2.0))
            coach.kill()
            kills += 1
            may_repeat += await unnoted(world, database, tmp_path)
        await asyncio.to_thread(coach.start)
    seconds = time.monotonic() - began
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
    accepted = Counter(f"telegram:{call.chat_id}" for call in world.calls("sendMessage") if call.ok)
    repeated = {person: accepted[person] - said[person] for person in said}
    print(
        f"\n{kills} kills in {seconds:.0f} s, {handled[0]} updates, {sum(turns.values())} turns,"
        f" {accepted.total()} messages, {sum(repeated.values())} of them repeated, {waiting} lost"
    )
    assert handled[0] == handled[1] >= sum(sent.values())
    assert 0 == failed
    assert 0 == waiting
    assert {f"telegram:{user}" for user in range(1, PEOPLE + 1)} == set(sessions)
    assert per_person == turns, "a turn for every update, and none twice"
    assert {p for p, s in sessions.items() if s.get("nudging", {}).get("at")} == timers
    for user in range(1, PEOPLE + 1):
        assert said[f"telegram:{user}"] >= sent[user], "each message was answered"
    assert all(0 <= n <= may_repeat[person] for person, n in repeated.items()), "only what was sent and not noted"
