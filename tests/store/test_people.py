"""What is kept on a person: shown whole, deleted whole."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Integer, LargeBinary, Table, event, insert

import bot.store.sql
from bot.runtime.ports import Incoming, TranscriptLine, Writes
from bot.store.engine import connect
from bot.store.sql import KEEP_SENT, KEEP_UPDATES, SqlStore
from bot.store.tables import METADATA
from bot.store.transcripts import SqlTranscript
from tests.store.samples import NOW, contents, entry, keep, leave, minutes, row, said, writes

P, Q = "telegram:1", "telegram:2"
PERSONAL = [table for table in METADATA.sorted_tables if "person" in table.c]


def filled(table: Table, person: str) -> dict[str, Any]:
    """A row of any table with this person's words in every column that can hold them."""
    values: dict[str, Any] = {}
    for column in table.c:
        if column.name == "person":
            values[column.name] = person
        elif isinstance(column.type, Boolean):
            values[column.name] = False
        elif isinstance(column.type, Integer):
            values[column.name] = 1
        elif isinstance(column.type, LargeBinary):
            values[column.name] = f"words of {person}".encode()
        elif column.primary_key:
            values[column.name] = f"k{person[-1]}"
        else:
            length = getattr(column.type, "length", None) or 99
            values[column.name] = json.dumps(f"words of {person}")[:length]
    return values


@pytest.fixture
async def crowded(store: SqlStore) -> SqlStore:
    """Two people have a row in every table of people."""
    async with store.transaction() as connection:
        for table in PERSONAL:
            await connection.execute(insert(table), [filled(table, person) for person in (P, Q)])
    return store


def traces(kept: dict[str, list[dict[str, Any]]], person: str) -> list[str]:
    """The places in which the person's id or words stand."""
    return [
        f"{table}.{column}"
        for table, rows in kept.items()
        for found in rows
        for column, value in found.items()
        if person in (value.decode() if isinstance(value, bytes) else str(value))
    ]


def test_what_does_not_belong_to_a_person() -> None:
    """A new table belongs to a person, or is named here on purpose."""
    assert {t.name for t in METADATA.sorted_tables if t not in PERSONAL} == {"meta", "pace", "replicas"}


async def test_a_forgotten_person_is_gone_from_every_table(crowded: SqlStore) -> None:
    """Neither the id nor a word is left anywhere, and nobody else loses anything."""
    before = await contents(crowded)
    assert len(traces(before, P)) >= len(PERSONAL)
    await crowded.turns([], (), [P], leave(Writes(forgotten={P})))
    after = await contents(crowded)
    assert traces(after, P) == []
    assert traces(after, Q) == traces(before, Q)


async def test_the_update_that_forgets_is_anonymous(store: SqlStore) -> None:
    """It is remembered, so that a second delivery changes nothing, but not who sent it."""
    await keep(store, writes(said("1")))
    await store.turns([said("2")], (), [P], leave(Writes(updates=[(said("2"), P)], forgotten={P})))
    updates = (await contents(store))["updates"]
    assert [(u["update_id"], u["person"]) for u in updates] == [("1", None), ("2", None)]


async def test_the_last_words_are_kept_until_they_are_said(store: SqlStore) -> None:
    """Only this batch's messages are left of a forgotten person, and then they go too."""
    await keep(store, writes(said("1"), outbox=[row("a")], entries=[(P, "e", 1, entry())], timers={(P, "t"): NOW}))
    left = Writes(updates=[(said("2"), P)], outbox=[row("bye", last=True)], forgotten={P})
    await store.turns([said("2")], (), [P], leave(left))
    assert [(r.id, r.last) for r in await store.waiting(9)] == [("bye", True)]
    assert {name for name, rows in (await contents(store)).items() if rows} == {"updates", "outbox"}
    await store.settle([(P, "bye", "sent", "9")])
    await store.forget_leftovers(P)
    assert traces(await contents(store), P) == []


async def test_who_forgets_and_comes_back_starts_anew(store: SqlStore) -> None:
    """What is written together with the forgetting is kept: it is the new life."""
    await keep(store, writes(said("1"), version=7, entries=[(P, "old", 1, entry())]))
    left = writes(said("3"), version=1, entries=[(P, "new", 1, entry())], timers={(P, "t"): NOW}, forgotten={P})
    await keep(store, left)
    kept = await contents(store)
    assert [(p["person"], p["version"]) for p in kept["people"]] == [(P, 1)]
    assert [e["id"] for e in kept["entries"]] == ["new"]
    assert len(kept["timers"]) == 1


async def test_leftovers_of_somebody_who_is_back_stay(crowded: SqlStore) -> None:
    """A person who wrote again meanwhile keeps everything."""
    before = await contents(crowded)
    await crowded.forget_leftovers(P)
    assert await contents(crowded) == before


async def test_the_export_is_complete(store: SqlStore, transcript: SqlTranscript) -> None:
    """Every table's rows of the person, readable: documents as such, times in ISO 8601."""
    session = '{"person":"telegram:1","prompts":3}'
    left = writes(
        said("7"),
        session=session,
        entries=[(P, "e", 1, entry(text="שלום"))],
        timers={(P, "nudge"): minutes(60)},
        outbox=[row("a", expires=minutes(5))],
    )
    await keep(store, left)
    await transcript.put(P, TranscriptLine("x", 0, "coach", "<b>hi</b>", [[{"text": "ok"}]], NOW), b"file")
    kept = await store.export(P)
    assert set(kept) == {table.name for table in PERSONAL}
    assert kept["people"][0]["session"] == json.loads(session)
    assert kept["entries"][0]["details"] == {"text": "שלום"}
    assert kept["timers"][0]["due_at"] == minutes(60).isoformat()
    assert kept["outbox"][0]["expires_at"] == minutes(5).isoformat()
    assert kept["transcript"][0]["buttons"] == [[{"text": "ok"}]]
    assert json.dumps(kept)


async def test_the_export_is_nobody_elses(crowded: SqlStore) -> None:
    """It holds the person's rows and no others."""
    async with crowded.transaction() as connection:
        for table in PERSONAL:
            assert len(list(await connection.execute(table.select()))) == 2
    kept = await crowded.export(Q)
    assert all(len(rows) == 1 and rows[0]["person"] == Q for rows in kept.values())


async def test_nothing_is_kept_on_a_stranger(store: SqlStore) -> None:
    """Their export names the tables and is empty."""
    assert not any((await store.export("telegram:9")).values())


async def test_tidying_drops_what_is_old(store: SqlStore) -> None:
    """Update ids and sent messages go after their time; what waits and what is new stays."""
    await keep(store, writes(said("1"), outbox=[row("sent"), row("waits", position=2), row("new", position=3)]))
    await store.settle([(P, "sent", "sent", "1"), (P, "new", "sent", "2")])
    today = datetime.now(UTC)
    await store.tidy(NOW + KEEP_SENT - timedelta(minutes=1))
    assert len((await contents(store))["outbox"]) == 3
    await store.tidy(NOW + KEEP_SENT + timedelta(minutes=1))
    assert [r["id"] for r in (await contents(store))["outbox"]] == ["waits"]
    await store.tidy(today + KEEP_UPDATES - timedelta(minutes=5))
    assert len((await contents(store))["updates"]) == 1
    await store.tidy(today + KEEP_UPDATES + timedelta(minutes=5))
    kept = await contents(store)
    assert kept["updates"] == []
    assert len(kept["people"]) == 1


async def test_housekeeping_goes_in_slices(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many rows there are, each transaction looks at a few, and none is left over."""
    monkeypatch.setattr(bot.store.sql, "SLICE", 3)
    for number in range(10):
        person = f"telegram:{number}"
        await keep(store, writes(said(str(number), person), outbox=[row(f"m{number}", person)]))
        await store.settle([(person, f"m{number}", "sent", "1")])
    long_after = datetime.now(UTC) + KEEP_UPDATES + timedelta(days=1)
    assert await store.wake_idle(long_after, NOW) == 10
    await store.tidy(long_after)
    kept = await contents(store)
    assert (kept["updates"], kept["outbox"], len(kept["people"])) == ([], [], 10)


async def test_a_start_and_housekeeping_walk_indices(tmp_path: Path) -> None:
    """Among many messages, those that wait, that are old and that say good-bye are found without reading all.

    On SQLite, for PostgreSQL plans by how much there is; the statements are the same.
    """
    store = SqlStore(connect(f"sqlite+aiosqlite:///{tmp_path}/people.sqlite3"))
    await store.open()
    said_to_it: list[tuple[str, Any]] = []
    listener = lambda _c, _cursor, statement, given, *_: said_to_it.append((statement, given))  # noqa: E731
    event.listen(store._engine.sync_engine, "before_cursor_execute", listener)
    await store.waiting(9)
    await store.tidy(NOW)
    event.remove(store._engine.sync_engine, "before_cursor_execute", listener)
    asked = [(statement, given) for statement, given in said_to_it if statement != "BEGIN IMMEDIATE"]
    assert len(asked) == 4
    async with store.transaction() as connection:
        for statement, given in asked:
            plan = str((await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)).all())
            assert "INDEX" in plan
            assert not re.search(r"SCAN (outbox|updates)(?! USING (COVERING )?INDEX)", plan), plan
    await store.close()


async def test_tidying_drops_broken_updates(store: SqlStore) -> None:
    """What could not be read may hold somebody's words, so it does not stay either."""
    await keep(store, writes(Incoming("telegram", "7", raw="{}", error="unreadable")))
    await store.tidy(datetime.now(UTC) + KEEP_UPDATES + timedelta(minutes=5))
    assert (await contents(store))["updates"] == []


async def test_tidying_finishes_a_farewell(store: SqlStore) -> None:
    """What a crash left of a forgotten person goes at the next start, once the last words are out."""
    await store.turns([], (), [P], leave(Writes(outbox=[row("bye", last=True)], forgotten={P})))
    await store.tidy(NOW)
    assert traces(await contents(store), P) != []
    await store.settle([(P, "bye", "failed", None)])
    await store.tidy(NOW)
    assert traces(await contents(store), P) == []


async def test_secrets_are_made_once(store: SqlStore) -> None:
    """A value of the installation stays the same; another name has another one."""
    first = await store.secret("cookies")
    assert len(first) >= 32
    assert await store.secret("cookies") == first
    assert await store.secret("other") != first


async def test_who_has_been_away_is_woken_once(store: SqlStore) -> None:
    """Everybody last seen before a day gets the timer; who has it, and who was seen since, is left alone."""
    for update, person, seen in (("1", "telegram:1", -90), ("2", "telegram:2", -60), ("3", "telegram:3", -10)):
        left = writes(said(update, person))
        left.sessions[person] = ("{}", 1, minutes(seen))
        await keep(store, left)
    await keep(store, writes(said("4", "telegram:9"), timers={("telegram:1", "idle"): minutes(99)}))
    assert await store.wake_idle(minutes(-30), NOW) == 1
    assert await store.wake_idle(minutes(-30), minutes(5)) == 0
    woken = {t.person: t.due for t in await store.due_timers(minutes(999), 9, paced=True)}
    assert woken == {"telegram:2": NOW, "telegram:1": minutes(99)}


async def test_sessions_in_pages(store: SqlStore) -> None:
    """Everybody comes once, in order of their ids, with the number of their turns; the log is counted by kind."""
    for n in range(1, 6):
        person = f"telegram:{n}"
        await keep(store, writes(said(str(n), person), version=n, entries=[(person, "e", 1, entry())]))
    first = await store.sessions("", 3)
    rest = await store.sessions(first[-1][0], 3)
    assert [(person, turns) for person, _, turns in [*first, *rest]] == [(f"telegram:{n}", n) for n in range(1, 6)]
    assert await store.sessions(rest[-1][0]) == []
    assert await store.count_entries() == {"note": 5}
