"""Everything from one database into another, of either engine, and a look at every row of both afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary, Table, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.runtime.ports import StoreUnavailable
from bot.store.engine import connect, snapshot
from bot.store.migrate import HEAD
from bot.store.sql import SqlStore
from bot.store.tables import METADATA, pace, replicas

__all__ = ["CopyRefused", "backup", "copy_database", "restore"]

MOMENTARY = (replicas, pace)
"""What running processes arrange; it means nothing elsewhere."""
ROWS = 500
"""Rows at a time."""
FILES = 8
"""Rows at a time where they hold files."""


class CopyRefused(Exception):
    """Nothing was copied; the message says why."""


async def copy_database(source: str, target: str) -> dict[str, int]:
    """Copy all rows of one database into another, empty one, and compare them there; returns how many, by table.

    Both are addresses as ``DATABASE_URL`` takes them. The source may be in use: it is read as it is at one moment. The
    target gets everything or nothing.

    Raises:
        CopyRefused: the source is of another release, the target has something in it, or what arrived differs.
        StoreUnavailable: one of them cannot be used.
    """
    async with _reading(source) as reading:
        store = SqlStore(connect(target))
        try:
            await store.open()
            async with store.transaction() as writing:
                return await _copy(reading, writing)
        finally:
            await store.close()


async def backup(source: str, file: Path) -> dict[str, int]:
    """Copy a database that may be in use into a new SQLite file; it appears when it is whole.

    Raises:
        CopyRefused, StoreUnavailable: as for `copy_database`; also if there is such a file.
    """
    with _appearing(file) as part:
        return await copy_database(source, _file_url(part))


async def restore(file: Path, target: str) -> dict[str, int]:
    """Copy a backup, of this release or an older one, into an empty database.

    Raises:
        CopyRefused, StoreUnavailable: as for `copy_database`.
    """
    _find(file)
    with tempfile.TemporaryDirectory(prefix="lofrayer-") as folder:
        copy = Path(folder) / "backup.db"  # an older one is brought up to date; the backup itself stays as it is
        shutil.copyfile(file, copy)
        store = SqlStore(connect(_file_url(copy)))
        try:
            await store.open()
        finally:
            await store.close()
        return await copy_database(_file_url(copy), target)


@contextmanager
def _appearing(file: Path) -> Iterator[Path]:
    """A place for a file that gets its name when it is whole."""
    if file.exists():
        raise CopyRefused(f"{file} is there already")
    part = file.with_name(f"{file.name}.part")
    pieces = [part, *(part.with_name(part.name + end) for end in ("-wal", "-shm"))]
    for left in pieces:
        left.unlink(missing_ok=True)
    try:
        yield part
        part.replace(file)
    finally:
        for left in pieces:
            left.unlink(missing_ok=True)


def _find(file: Path) -> None:
    if not file.is_file():
        raise CopyRefused(f"there is no file {file}")


def _file_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


@asynccontextmanager
async def _reading(url: str) -> AsyncIterator[AsyncConnection]:
    """A database as it is at one moment."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _find(Path(parsed.database or ""))
    engine = snapshot(url)
    try:
        async with engine.connect() as connection:
            found = await _version(connection)
            if found != HEAD:
                raise CopyRefused(f"it is at version {found}, this release has {HEAD}; start the coach on it once")
            yield connection
    except (SQLAlchemyError, OSError) as error:
        raise StoreUnavailable(type(error).__name__) from error
    finally:
        await engine.dispose()


async def _version(connection: AsyncConnection) -> str | None:
    if not await connection.run_sync(lambda c: c.dialect.has_table(c, "alembic_version")):
        return None
    found: str | None = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


async def _copy(reading: AsyncConnection, writing: AsyncConnection) -> dict[str, int]:
    tables = [table for table in METADATA.sorted_tables if table not in MOMENTARY]
    for table in tables:
        if (await writing.execute(select(table.primary_key.columns[0]).limit(1))).first() is not None:
            raise CopyRefused(f"the target is not empty: it has {table.name}")
    copied: dict[str, int] = {}
    for table in tables:
        copied[table.name] = 0
        async for rows in _rows(reading, table):
            await writing.execute(table.insert(), rows)
            copied[table.name] += len(rows)
    for table in tables:
        await _compare(reading, writing, table)
    return copied


async def _rows(connection: AsyncConnection, table: Table) -> AsyncIterator[list[dict[str, Any]]]:
    """The rows of a table in the order of their keys, the same on every engine, some at a time."""
    size = FILES if any(isinstance(column.type, LargeBinary) for column in table.c) else ROWS
    bytewise = "C" if connection.dialect.name == "postgresql" else "BINARY"
    order = [column.collate(bytewise) for column in table.primary_key.columns]
    result = await connection.stream(select(table).order_by(*order), execution_options={"yield_per": size})
    async for rows in result.mappings().partitions():
        yield [dict(row) for row in rows]


async def _compare(reading: AsyncConnection, writing: AsyncConnection, table: Table) -> None:
    here, there = _rows(reading, table), _rows(writing, table)
    sent: list[dict[str, Any]] | None = []
    while sent is not None:
        sent, arrived = await anext(here, None), await anext(there, None)
        if sent != arrived:
            raise CopyRefused(f"what arrived in {table.name} is not what was sent; nothing was kept")
