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

__all__ = ["migrated", "store", "url"]


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


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    """A store, open and migrated."""
    store = SqlStore(connect(url))
    await store.open()
    yield store
    await store.close()
