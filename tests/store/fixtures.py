"""An empty store on every engine there is: SQLite, and PostgreSQL where ``TEST_POSTGRESQL_URL`` names one."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.engine import connect
from bot.store.sql import SqlStore
from bot.store.tables import METADATA

__all__ = ["migrated", "store", "url"]

POSTGRESQL = os.environ.get("TEST_POSTGRESQL_URL", "")


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


@pytest.fixture(params=["sqlite", *(["postgresql"] if POSTGRESQL else [])])
def url(request: pytest.FixtureRequest, tmp_path: Path, migrated: Path) -> str:
    """The address of a database with nobody in it."""
    if request.param == "postgresql":
        return POSTGRESQL
    shutil.copy(migrated, tmp_path / "people.db")
    return f"sqlite+aiosqlite:///{tmp_path}/people.db"


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    """A store, open and migrated."""
    store = SqlStore(connect(url))
    await store.open()
    yield store
    if not url.startswith("sqlite"):
        async with store.transaction() as connection:
            await connection.run_sync(METADATA.drop_all)
            await connection.execute(text("DROP TABLE alembic_version"))
    await store.close()
