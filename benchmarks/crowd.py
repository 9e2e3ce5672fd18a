"""What a turn costs among few people and among very many.

    python -m benchmarks.crowd                         # 1,000 people and 1,000,000
    python -m benchmarks.crowd --stored 1000 100000

One database is filled for each crowd: somebody has the conversation of `benchmarks.turns`, and the rows that it left
are written again for everybody, in other names. Then 50 others talk in both, in turn, a few rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.turns import Measurement, measure, table

__all__ = ["fill", "main"]

COLUMNS = {
    "people": "session, version, seen_at",
    "timers": "key, due_at, paced, held_until",
    "entries": 'id, "case", at, position, kind, details',
    "outbox": "id, position, kind, payload, state, handle, created_at, expires_at, last, replica",
}
"""What is written again for everybody, besides the updates."""
LAST = 3
"""Messages and updates of each that are kept; older ones would have been cleared away."""
SOMEBODY = "telegram:1"
FIRST = 1_000_000_000
"""The number of the first of the crowd."""


@dataclass(frozen=True, slots=True)
class Row:
    """A turn among so many people, the middle of all rounds."""

    people_stored: int
    cpu_ms_per_turn: float
    p50_ms: float
    p99_ms: float
    start_s: float
    database_mb: float


def fill(path: Path, people: int) -> None:
    """Let so many people have had the conversation of ``SOMEBODY``."""
    numbers = f"WITH RECURSIVE n(i) AS (SELECT {FIRST} UNION ALL SELECT i + 1 FROM n WHERE i < {FIRST + people - 1})"
    with sqlite3.connect(path) as database:
        database.execute(
            "DELETE FROM outbox WHERE person = ? AND id NOT IN"
            " (SELECT id FROM outbox WHERE person = ? ORDER BY position DESC LIMIT ?)",
            (SOMEBODY, SOMEBODY, LAST),
        )
        for name, columns in COLUMNS.items():
            database.execute(
                f"{numbers} INSERT INTO {name} (person, {columns})"
                f" SELECT 'telegram:' || i, {columns} FROM n, {name} WHERE person = ?",
                (SOMEBODY,),
            )
        database.execute(
            f"{numbers} INSERT INTO updates (channel, update_id, person, at)"
            " SELECT channel, i || '-' || update_id, 'telegram:' || i, at FROM n,"
            " (SELECT * FROM updates WHERE person = ? ORDER BY at DESC LIMIT ?)",
            (SOMEBODY, LAST),
        )
    database.close()


def forget(path: Path) -> None:
    """Forget who talked, for the next fake Telegram begins its numbers anew."""
    with sqlite3.connect(path) as database:
        for name in (*COLUMNS, "updates"):
            database.execute(f"DELETE FROM {name} WHERE length(person) < 19")
    database.close()


async def prepared(folder: Path, people: int) -> Path:
    """A database with so many people in it."""
    path = folder / f"{people}.sqlite3"
    await measure("polling", people=1, waves=1, database=address(path))
    await asyncio.to_thread(fill, path, people)
    await asyncio.to_thread(forget, path)
    return path


def address(path: Path) -> str:
    """The setting for a file."""
    return f"sqlite+aiosqlite:///{path}"


async def compare(folder: Path, stored: Sequence[int], people: int, rounds: int) -> list[Row]:
    """Each crowd in turn, several times; what is measured first is not always the same."""
    paths = {count: await prepared(folder, count) for count in stored}
    found: dict[int, list[Measurement]] = {count: [] for count in stored}
    for number in range(rounds):
        for count in stored if number % 2 == 0 else reversed(stored):
            found[count].append(await measure("polling", people, waves=2, database=address(paths[count])))
            await asyncio.to_thread(forget, paths[count])
    return [
        Row(
            people_stored=count,
            cpu_ms_per_turn=round(statistics.median(m.cpu_ms_per_turn for m in measured), 3),
            p50_ms=round(statistics.median(m.p50_ms for m in measured), 1),
            p99_ms=round(statistics.median(m.p99_ms for m in measured), 1),
            start_s=round(statistics.median(m.start_s for m in measured), 2),
            database_mb=round(paths[count].stat().st_size / 2**20, 1),
        )
        for count, measured in found.items()
    ]


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a turn costs among few people and among very many.")
    parser.add_argument("--stored", type=int, nargs="+", default=[1_000, 1_000_000], help="people in the database")
    parser.add_argument("--people", type=int, default=50, help="people who talk at once")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="lofrayer-crowd-") as folder:
        print(table(asyncio.run(compare(Path(folder), options.stored, options.people, options.rounds))))


if __name__ == "__main__":
    main()
