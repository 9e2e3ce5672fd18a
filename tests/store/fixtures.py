"""An empty store on every engine there is."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store.engine import connect
from bot.store.sql import SqlStore
from tests.support.postgresql import Postgresql
from tests.support.waiting import until

__all__ = ["ended", "migrated", "store", "url"]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables, to copy: migrating costs more than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "people.db"

    async def make() -> None:
        store = SqlStore(connect(f"sqlite+aiosqlite:///{path}"))
        await store.open()
        await store.close()

    asyncio.run(make())
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nobody in it."""
    if request.param == "postgresql":
        server: Postgresql = request.getfixturevalue("postgresql")
        with server.database() as address:
            yield address
    else:
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "people.db")
        yield f"sqlite+aiosqlite:///{tmp_path}/people.db"


@pytest.fixture(autouse=True)
async def ended() -> AsyncIterator[None]:
    """What a test has begun comes to its end before its loop does.

    A transaction that is broken off ends in the background, and asyncpg's connections take it ill if they cannot.
    """
    before = asyncio.all_tasks()
    yield
    this = asyncio.current_task()
    await until(lambda: not {task for task in asyncio.all_tasks() - before if task is not this})


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    """A store, open and migrated."""
    store = SqlStore(connect(url))
    await store.open()
    yield store
    await store.close()
