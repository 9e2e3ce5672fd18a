"""Connections: what they leave behind."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.runtime.ports import StoreUnavailable
from bot.store.engine import connect
from bot.store.sql import SqlStore

ROWS = "SELECT 1 UNION SELECT 2"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """SQLite's locks are a file's, and end with the last statement of whoever holds them."""
    return f"sqlite+aiosqlite:///{tmp_path}/people.db"


async def test_a_query_broken_off_locks_nobody_out(url: str) -> None:
    """Its connection is given up between two rows, while its cursor lives on in some traceback."""
    engine, other = connect(url), connect(url)
    async with engine.connect() as connection:
        await connection.begin()
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        cursor = await raw.cursor()
        await cursor.execute(ROWS)
        await cursor.fetchone()
        await connection.invalidate()
        async with asyncio.timeout(10), other.begin() as writing:
            await writing.execute(text("CREATE TABLE free (id INTEGER)"))
    del cursor
    await engine.dispose()
    await other.dispose()


async def test_wherever_a_query_is_broken_off(store: SqlStore) -> None:
    """Cancelled at one moment after the other of its way, it is over at once."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    while loop.time() < begun + 1:
        reading = asyncio.create_task(_read(store))
        await asyncio.sleep((loop.time() - begun) / 500)
        reading.cancel()
        await asyncio.wait({reading})
        try:
            async with asyncio.timeout(10):
                assert await _read(store) == 2
        except StoreUnavailable as error:
            pytest.fail(str(error))


class InternalClientError(Exception):
    """As asyncpg's, which SQLAlchemy lets through."""

    __module__ = "asyncpg.exceptions._base"


@pytest.mark.parametrize("error", [InternalClientError("between two messages"), OSError("gone")])
async def test_whatever_a_driver_raises_is_the_database(store: SqlStore, error: Exception) -> None:
    with pytest.raises(StoreUnavailable, match=type(error).__name__):
        async with store.transaction():
            raise error


async def test_a_mistake_of_ours_is_none_of_the_database(store: SqlStore) -> None:
    with pytest.raises(KeyError):
        async with store.transaction():
            raise KeyError("ours")


async def _read(store: SqlStore) -> int:
    async with store.transaction() as connection:
        return len((await connection.execute(text(ROWS))).all())
