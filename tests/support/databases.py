"""Looking into a database of any engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.store.engine import connect
from bot.store.sql import SqlStore
from tests.support.postgresql import Postgresql

__all__ = ["ENGINES", "empty", "query"]

ENGINES = ("sqlite", "postgresql")


@contextmanager
def empty(engine: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """The address of a database that the coach has never seen; SQLite's is where it looks by default."""
    if engine == "postgresql":
        server: Postgresql = request.getfixturevalue("postgresql")
        with server.database(migrated=False) as address:
            yield address
    else:
        yield f"sqlite+aiosqlite:///{folder}/data/lofrayer.db"


async def query(url: str, statement: str, **parameters: object) -> list[tuple[Any, ...]]:
    """The rows of a statement."""
    store = SqlStore(connect(url))
    try:
        async with store.transaction() as connection:
            return [tuple(row) for row in await connection.execute(text(statement), parameters)]
    finally:
        await store.close()
