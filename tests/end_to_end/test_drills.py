"""Faults of the machine under traffic: a full disk, a database that others hold, a mountain of updates at the start."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import time
from pathlib import Path

from tests.end_to_end.people import all_said, open_case, refused
from tests.fakes.coach import CoachProcess
from tests.fakes.telegram_api import Call, World
from tests.support.waiting import until

WAITING = 10_000
CROWD = 100


def database(folder: Path) -> Path:
    """The coach's SQLite file."""
    return folder / "data" / "lofrayer.db"


def turns(folder: Path) -> dict[str, tuple[int, int]]:
    """For each person: their turns, and their updates."""
    with sqlite3.connect(database(folder)) as open_database:
        rows = open_database.execute(
            "SELECT person, version, (SELECT count(*) FROM updates WHERE updates.person = people.person) FROM people"
        ).fetchall()
    open_database.close()
    return {person: (version, updates) for person, version, updates in rows}


def peak_mb(pid: int) -> float:
    """The most memory that a process had so far, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def fetches(world: World) -> list[Call]:
    """The polls that brought the coach something."""
    return [call for call in world.calls("getUpdates") if call.result]


async def test_ten_thousand_updates_wait_at_the_start(world: World, coach: CoachProcess, tmp_path: Path) -> None:
    """Each is handled once and in its order, everybody is answered, and memory does not grow with the mountain."""
    for user in range(1, CROWD + 1):
        world.add_user(user, f"P{user}", language_code="en")
    for number in range(WAITING // CROWD):
        for user in range(1, CROWD + 1):
            world.send_text(user, "/start" if number == 0 else f"they owe me {number}")
    began = time.monotonic()
    coach.start()
    await all_said(world, coach, patience=1200)
    seconds = time.monotonic() - began
    peak = peak_mb(coach.pid)
    assert coach.stop() == 0
    found = turns(tmp_path)
    print(f"\n{WAITING} updates in {seconds:.0f} s, {peak:.0f} MB at most")
    assert found == {f"telegram:{user}": (WAITING // CROWD, WAITING // CROWD) for user in range(1, CROWD + 1)}
    assert all(world.messages(user, from_bot=True) for user in range(1, CROWD + 1))
    assert refused(world) == []
    assert peak < 250


async def test_the_disk_is_full(world: World, coach: CoachProcess, tmp_path: Path) -> None:
    """Nothing is acknowledged that could not be written; when there is room again, everybody is answered, once."""
    coach.start()
    await open_case(world, 1)
    await all_said(world, coach)
    size = max(file.stat().st_size for file in database(tmp_path).parent.iterdir())
    resource.prlimit(coach.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    before = len(world.messages(1, from_bot=True))
    for number in range(60):
        world.send_text(1, f"they still owe me money, note {number} " + "x" * 1000)
    await until(lambda: any("updates wait for the database" in line for line in coach.log))
    assert len(world.messages(1, from_bot=True)) < before + 60, "the disk was full"
    resource.prlimit(coach.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await all_said(world, coach)
    assert len(world.messages(1, from_bot=True)) >= before + 60
    assert coach.stop() == 0
    assert turns(tmp_path)["telegram:1"][0] == turns(tmp_path)["telegram:1"][1]
    with sqlite3.connect(database(tmp_path)) as whole:
        assert whole.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    whole.close()


async def test_somebody_holds_the_database(world: World, coach: CoachProcess, tmp_path: Path) -> None:
    """Who writes meanwhile waits, and is answered once it is free."""
    coach.start()
    await open_case(world, 1)
    await all_said(world, coach)
    other = sqlite3.connect(database(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    fetched = len(fetches(world))
    world.send_command(1, "help")
    await until(lambda: len(fetches(world)) > fetched)
    await asyncio.sleep(1)
    assert "What I do" not in world.last_message(1).text
    other.execute("ROLLBACK")
    other.close()
    await world.wait_text(1, "What I do")
    assert coach.stop() == 0
