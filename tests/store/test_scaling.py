"""The tables can be split by person: a turn touches one part of each, and what is due is found by index.

The tables are split here as a distributed PostgreSQL would split them: by the hash of the person, and the ids of
updates, which are looked for before anything is known of a person, by their own.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from sqlalchemy import event

from bot.runtime.ports import Loaded, Timer, TranscriptLine, Writes
from bot.store.engine import connect
from bot.store.files import SqlFiles
from bot.store.sql import SqlStore
from bot.store.tables import METADATA
from bot.store.transcripts import SqlTranscript
from tests.store.samples import NOW, entry, keep, leave, minutes, row, said, writes
from tests.support.databases import query
from tests.support.postgresql import Postgresql

PARTS = 8
P = "telegram:1"
SPLIT = {table.name: "person" for table in METADATA.sorted_tables if "person" in table.c} | {"updates": "update_id"}
CROWD = (
    "INSERT INTO people SELECT 'telegram:' || n, '{}', 1, 0 FROM generate_series(1000, 20999) n",
    "INSERT INTO updates SELECT 'telegram', 'u' || n, 'telegram:' || n, 0 FROM generate_series(1000, 20999) n",
    "INSERT INTO timers SELECT 'telegram:' || n, 'nudge', 1000 * n, true FROM generate_series(1000, 20999) n",
    "INSERT INTO timers SELECT 'telegram:' || n, 'hold', 1000 * n, false FROM generate_series(1000, 20999) n",
    "INSERT INTO entries SELECT 'telegram:' || n, 'e', '1', 0, 1, 'note', '{}' FROM generate_series(1000, 20999) n",
    (
        "INSERT INTO outbox (person, id, position, kind, payload, state, created_at)"
        " SELECT 'telegram:' || n, 'm', 1, 'say', '', 'sent', 0 FROM generate_series(1000, 20999) n"
    ),
    "ANALYZE",
)


@pytest.fixture
def url(postgresql: Postgresql) -> Iterator[str]:
    """A database with nobody in it."""
    with postgresql.database() as address:
        yield address


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    """A store, a replica among others, over tables in parts, with twenty thousand people in them."""
    store = SqlStore(connect(url))
    async with store.transaction() as connection:
        for table, column in SPLIT.items():
            await connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO whole_{table}")
            await connection.exec_driver_sql(
                f"CREATE TABLE {table} (LIKE whole_{table} INCLUDING ALL) PARTITION BY HASH ({column})"
            )
            await connection.exec_driver_sql(f"DROP TABLE whole_{table}")
            for part in range(PARTS):
                await connection.exec_driver_sql(
                    f"CREATE TABLE {table}_part{part} PARTITION OF {table}"
                    f" FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})"
                )
        for statement in CROWD:
            await connection.exec_driver_sql(statement)
    assert store.replicas is not None
    await store.replicas.join(["telegram", "web"])
    yield store
    await store.close()


class Plans:
    """What PostgreSQL would do for each statement that was executed."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self._statements: list[tuple[str, Any]] = []
        event.listen(store._engine.sync_engine, "before_cursor_execute", self._executed)

    def _executed(self, connection: Any, cursor: Any, statement: str, given: Any, context: Any, many: bool) -> None:
        one = given[0] if many else given
        if statement.split(" ", 1)[0] in ("SELECT", "INSERT", "UPDATE", "DELETE") and (statement, one) not in (
            self._statements
        ):
            self._statements.append((statement, one))

    async def explained(self) -> dict[str, dict[str, set[str]]]:
        """Execution -> table -> the parts that it touches, and ``"*"`` if one of them is read from end to end."""
        statements, self._statements = self._statements, []
        found: dict[str, dict[str, set[str]]] = {}
        async with self._store._engine.connect() as connection:
            for number, (statement, given) in enumerate(statements):
                result = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", tuple(given))
                plan = result.scalar_one()
                whole = plan if isinstance(plan, list) else json.loads(plan)
                touched = found.setdefault(f"{number}: {statement}", {})
                for node in nodes(whole[0]["Plan"]):
                    table, _, part = node.get("Relation Name", "").partition("_part")
                    if part:
                        touched.setdefault(table, set()).add(part)
                    if part and node["Node Type"] == "Seq Scan":
                        touched[table].add("*")
        self._statements.clear()
        return found


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A plan and all that is under it."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


async def test_a_turn_touches_one_part(store: SqlStore) -> None:
    """Whatever a turn, the sending of its messages and the web chat ask for, it is in one part of each table."""
    await keep(store, writes(said("u1"), timers={(P, "hold"): NOW}, outbox=[row("old", position=1)]))
    plans = Plans(store)

    def work(loaded: Loaded) -> Writes | set[str]:
        if not loaded.logs:
            return {P}
        return writes(
            said("u2"),
            version=2,
            outbox=[row("new", position=2)],
            entries=[(P, "e", 1, entry())],
            timers={(P, "hold"): None, (P, "nudge"): minutes(5)},
            discarded=[(P, "f")],
        )

    await store.turns([said("u2")], [Timer(P, "hold", NOW)], [P], work)
    await store.turns([said("s1", "telegram:stranger")], (), ["telegram:stranger"], leave(Writes()))
    await store.settle([(P, "old", "sent", "5"), (P, "new", "sent", "6")])
    await store.handles([(P, "new")])
    assert store.replicas is not None
    await store.replicas.handed(P)
    await SqlTranscript(store).put(P, TranscriptLine("x", 0, "coach", "hi", [], NOW), b"file")
    await SqlTranscript(store).since(P, 1)
    await SqlTranscript(store).document(P, "x")
    await SqlFiles(store).full(P, 1)
    await SqlFiles(store).content(P, "f")
    explained = await plans.explained()

    reading = {statement: tables for statement, tables in explained.items() if tables}
    assert len(reading) >= 15, "they were seen"
    assert {} == {s: t for s, t in reading.items() if any(len(parts - {"*"}) != 1 for parts in t.values())}
    assert set(SPLIT) <= {table for tables in reading.values() for table in tables}


async def test_a_batch_touches_its_peoples_parts(store: SqlStore) -> None:
    """A batch of three people touches three parts at most, and finds them by their keys."""
    people = ["telegram:5001", "telegram:5002", "telegram:5003"]
    plans = Plans(store)
    await keep(store, writes(*(said(f"n{p}", p) for p in people), version=2, outbox=[row("m1", p) for p in people]))
    explained = await plans.explained()
    touched = [parts for tables in explained.values() for parts in tables.values()]
    assert touched
    assert max(len(parts) for parts in touched) <= 4, "three people, padded to four"
    assert not any("*" in parts for parts in touched), "none is read from end to end"


async def test_what_is_due_is_found_by_index(store: SqlStore) -> None:
    """The earliest timers come from the index of each part, however many people there are."""
    plans = Plans(store)
    await store.due_timers(NOW, 50, paced=True)
    await store.next_timer(NOW)
    explained = await plans.explained()
    assert 2 == len(explained)
    assert [] == [s for s, tables in explained.items() if "*" in tables["timers"]]


async def test_turns_on_tables_in_parts(store: SqlStore, url: str) -> None:
    """They do what they do on whole tables: once, in order, and forgotten when it is asked for."""
    for number in range(3):
        left = writes(said(f"u{number}"), version=number + 1, outbox=[row(f"m{number}", position=number)])
        await keep(store, left)
        await keep(store, left)
    assert [(3,)] == await query(url, "SELECT version FROM people WHERE person = :p", p=P)
    assert [("m0",), ("m1",), ("m2",)] == await query(
        url, "SELECT id FROM outbox WHERE person = :p ORDER BY position", p=P
    )
    await store.turns([said("bye")], (), [P], leave(Writes(updates=[(said("bye"), P)], forgotten={P})))
    assert not any((await store.export(P)).values())
