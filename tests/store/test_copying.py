"""From one database into another: every row, or nothing."""

from __future__ import annotations

import asyncio
import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from bot.runtime.ports import Loaded, TranscriptLine, Writes
from bot.store.copying import MOMENTARY, ROWS, CopyRefused, backup, copy_database, restore
from bot.store.engine import connect
from bot.store.files import SqlFiles
from bot.store.sql import SqlStore
from bot.store.tables import METADATA, replicas
from bot.store.transcripts import SqlTranscript
from tests.store.samples import NOW, contents, entry, keep, leave, minutes, row, said, writes
from tests.support.databases import ENGINES, empty, query

NAMES = ("Z", "a", "é", "א", "я", "_", "~", "1", "10", "2")
"""In an order that differs from language to language."""


async def fill(store: SqlStore, people: int = 12) -> None:
    """Somebody in every table, and more rows than are copied at a time where there are many people."""
    named = [f"telegram:{number}{NAMES[number % len(NAMES)]}" for number in range(people)]
    left = writes(
        *(said(str(number), person) for number, person in enumerate(named)),
        session=json.dumps({"note": "שלום \0 'quoted' \\ 🎈"}),
        outbox=[row(id_, person, position, last=True) for person in named for position, id_ in enumerate("ab")],
        entries=[(person, "e", 1, entry(text="я\n'); DROP TABLE people; --")) for person in named],
        timers={(person, key): minutes(60) for person in named for key in ("nudge", "hold")},
    )
    await keep(store, left)
    for person in named[:12]:
        line = TranscriptLine("x", 0, "coach", "<b>hi</b>", [[{"text": "ok"}]], NOW, document="a.pdf")
        await SqlTranscript(store).put(person, line, bytes(range(256)))
        await SqlFiles(store).keep(person, "f", "photo.jpg", "image/jpeg", b"\xff\xd8\0" * 100, NOW)
    await store.secret("cookies")


def lasting(kept: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """The rows that a copy holds, in one order."""
    momentary = {table.name for table in MOMENTARY}
    return {table: sorted(map(repr, rows)) for table, rows in kept.items() if table not in momentary}


def named(folder: Path, pattern: str) -> list[str]:
    """The files of such names."""
    return sorted(path.name for path in folder.glob(pattern))


@pytest.fixture(params=ENGINES)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that is not there yet, or has no tables."""
    with empty(request.param, request, tmp_path / "target") as address:
        yield address


async def test_every_row_arrives(store: SqlStore, url: str, target: str) -> None:
    """From each engine to each: the same rows in every table, and a coach that can use them."""
    await fill(store, people=ROWS + 100)
    async with store.transaction() as connection:
        await connection.execute(insert(replicas), {"id": "r", "until": 1})
    copied = await copy_database(url, target)
    arrived = SqlStore(connect(target))
    await arrived.open()
    there = await contents(arrived)
    assert lasting(await contents(store)) == lasting(there)
    assert copied == {name: len(rows) for name, rows in there.items() if name in copied}
    assert all(copied.values()), "a row in every table"
    assert [] == there["replicas"]
    assert 2 * (ROWS + 100) == len(await arrived.waiting(5000))
    await arrived.close()


async def test_there_and_back(store: SqlStore, url: str, target: str, tmp_path: Path) -> None:
    """Back again it is what it was."""
    await fill(store)
    await copy_database(url, target)
    await copy_database(target, f"sqlite+aiosqlite:///{tmp_path}/back.db")
    back = SqlStore(connect(f"sqlite+aiosqlite:///{tmp_path}/back.db"))
    assert lasting(await contents(store)) == lasting(await contents(back))
    await back.close()


async def test_a_target_with_somebody_in_it(store: SqlStore, url: str, tmp_path: Path) -> None:
    """It is refused and left as it is."""
    source = SqlStore(connect(f"sqlite+aiosqlite:///{tmp_path}/source.db"))
    await source.open()
    await fill(source)
    await source.close()
    await keep(store, writes(said("1")))
    before = await contents(store)
    with pytest.raises(CopyRefused, match="not empty: it has"):
        await copy_database(f"sqlite+aiosqlite:///{tmp_path}/source.db", url)
    assert before == await contents(store)


async def test_what_arrives_differently(store: SqlStore, url: str, tmp_path: Path) -> None:
    """A target that changes what it is given is found out, and nothing stays there."""
    await fill(store)
    target = SqlStore(connect(f"sqlite+aiosqlite:///{tmp_path}/target.db"))
    await target.open()
    trigger = "CREATE TRIGGER spoil AFTER INSERT ON entries BEGIN UPDATE entries SET details = '{}'; END"
    async with target.transaction() as connection:
        await connection.exec_driver_sql(trigger)
    with pytest.raises(CopyRefused, match="entries is not what was sent"):
        await copy_database(url, f"sqlite+aiosqlite:///{tmp_path}/target.db")
    assert not any((await contents(target)).values())
    await target.close()


async def test_a_source_of_another_release(store: SqlStore, url: str, target: str) -> None:
    """It is refused, and what to do is said."""
    await query(url, "UPDATE alembic_version SET version_num = '0001' RETURNING 1")
    with pytest.raises(CopyRefused, match=r"version 0001, this release has \d{4}; start the coach on it once"):
        await copy_database(url, target)


async def test_a_source_that_is_not_there(target: str, tmp_path: Path) -> None:
    """It is not made."""
    with pytest.raises(CopyRefused, match="there is no file"):
        await copy_database(f"sqlite+aiosqlite:///{tmp_path}/nothing.db", target)
    assert not (tmp_path / "nothing.db").exists()


async def test_a_backup_under_traffic(store: SqlStore, url: str, tmp_path: Path) -> None:
    """Turns go on while it is made, and it holds one moment: of each turn everything or nothing."""
    people, going, turns, some = [f"telegram:{n}" for n in range(5)], True, 0, asyncio.Event()

    def turn(number: int) -> Any:
        def work(loaded: Loaded) -> Writes:
            made = Writes()
            for person in people:
                version = loaded.versions.get(person, 0) + 1
                made.sessions[person] = (json.dumps({"prompts": version}), version, NOW)
                made.entries.append((person, f"e{version}", version, entry(text=str(number))))
                made.updates.append((said(f"{number}-{person}", person), person))
                made.outbox.append(row(f"m{version}", person, version))
            return made

        return work

    async def traffic() -> None:
        nonlocal turns
        while going:
            await store.turns([], (), people, turn(turns))
            turns += 1
            if turns == 20:
                some.set()

    talking = asyncio.create_task(traffic())
    await asyncio.wait_for(some.wait(), 120)
    before = turns
    await backup(url, tmp_path / "backup.db")
    during = turns - before
    going = False
    await talking
    assert during >= 2, "nobody waited for the backup"
    copy = SqlStore(connect(f"sqlite+aiosqlite:///{tmp_path}/backup.db"))
    kept = await contents(copy)
    await copy.close()
    versions = {found["person"]: found["version"] for found in kept["people"]}
    assert len(set(versions.values())) == 1
    moment = versions[people[0]]
    assert before <= moment <= before + during + 1
    assert [moment * 5] * 3 == [len(kept[name]) for name in ("entries", "updates", "outbox")]
    assert stat.S_IMODE((tmp_path / "backup.db").stat().st_mode) == 0o600
    assert ["backup.db"] == named(tmp_path, "backup*")


async def test_a_backup_is_restored(store: SqlStore, url: str, target: str, tmp_path: Path) -> None:
    """Into an empty database of either engine: everybody is back, and the backup is as it was."""
    await fill(store)
    await backup(url, tmp_path / "backup.db")
    before = (tmp_path / "backup.db").read_bytes()
    await restore(tmp_path / "backup.db", target)
    back = SqlStore(connect(target))
    assert lasting(await contents(store)) == lasting(await contents(back))
    await back.close()
    assert before == (tmp_path / "backup.db").read_bytes()
    with pytest.raises(CopyRefused, match="not empty"):
        await restore(tmp_path / "backup.db", target)


async def test_a_backup_does_not_replace_a_file(store: SqlStore, url: str, tmp_path: Path) -> None:
    """Yesterday's backup is not lost to today's."""
    (tmp_path / "backup.db").write_text("yesterday")
    with pytest.raises(CopyRefused, match="is there already"):
        await backup(url, tmp_path / "backup.db")
    assert "yesterday" == (tmp_path / "backup.db").read_text()


async def test_a_backup_that_cannot_be_made(tmp_path: Path, target: str) -> None:
    """No half of it stays."""
    with pytest.raises(CopyRefused):
        await backup(f"sqlite+aiosqlite:///{tmp_path}/nothing.db", tmp_path / "backup.db")
    assert [] == named(tmp_path, "backup*")


async def test_restoring_what_is_not_there(target: str, tmp_path: Path) -> None:
    """It is said in a line."""
    with pytest.raises(CopyRefused, match="there is no file"):
        await restore(tmp_path / "backup.db", target)


async def test_every_table_is_copied(store: SqlStore, url: str, target: str) -> None:
    """A new table is copied, or named as momentary on purpose."""
    assert {"replicas", "pace"} == {table.name for table in MOMENTARY}
    await keep(store, writes(said("1"), outbox=[row()]))
    await store.turns([], (), ["telegram:1"], leave(Writes()))
    assert set(METADATA.tables) - {"replicas", "pace"} == set(await copy_database(url, target))
