"""Connecting to SQLite or PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal
from weakref import WeakSet

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, NullPool

from bot.runtime.ports import StoreUnavailable

__all__ = ["connect", "of_database", "snapshot"]

CONNECTIONS = 10
"""To PostgreSQL, of one process; its batches of turns need one, the sender and the pages the others."""
CONNECT = 10.0
"""Seconds that connecting to PostgreSQL may take."""
STATEMENT = 30.0
"""Seconds that a statement may take there."""


def connect(url: str) -> AsyncEngine:
    """An engine for a database URL; the folder of a SQLite file is made, and the file is private.

    SQLite has one connection: one writer, transactions in order, durable through a power cut. On PostgreSQL what is
    read after a lock is what the one before it left.

    Raises:
        StoreUnavailable: the file cannot be made or opened.
    """
    parsed = make_url(url)
    return _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed, "READ COMMITTED")


def snapshot(url: str) -> AsyncEngine:
    """An engine whose transactions only read, see one moment, and keep nobody from writing."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return _postgresql(parsed, "REPEATABLE READ")
    engine = create_async_engine(parsed, poolclass=NullPool)

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        _pragmas(connection, "busy_timeout=30000", "query_only=ON")

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def of_database(error: Exception) -> bool:
    """Whether an error is of the database or the way to it.

    SQLAlchemy lets some of asyncpg's through as they are, among them that of a connection which broke between two
    messages (``InternalClientError``); asyncpg itself is loaded only where it is used.
    """
    return isinstance(error, SQLAlchemyError | OSError) or type(error).__module__.partition(".")[0] == "asyncpg"


def _postgresql(url: URL, isolation: Literal["READ COMMITTED", "REPEATABLE READ"]) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,  # a database that was away is there again with the next transaction
        isolation_level=isolation,
        connect_args={"async_creator_fn": _connection, "timeout": CONNECT, "command_timeout": STATEMENT},
    )


async def _connection(*given: Any, **more: Any) -> Any:
    import asyncpg  # where it is not used, it is not loaded

    try:
        return await asyncpg.connect(*given, **more)
    except Exception as error:
        if not of_database(error):
            raise
        raise StoreUnavailable(type(error).__name__) from error


def _sqlite(url: URL) -> AsyncEngine:
    if url.database and url.database != ":memory:":
        _private(Path(url.database))
    engine = create_async_engine(
        url, poolclass=AsyncAdaptedQueuePool, pool_size=1, max_overflow=0, connect_args={"factory": _Connection}
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        _pragmas(connection, "journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "secure_delete=ON")
        _pragmas(connection, "cache_size=-512")  # kB: the system keeps the file's pages anyway

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class _Connection(sqlite3.Connection):
    """Closing it ends its transaction, also while somebody still holds a cursor with rows to give.

    Without that, a task that is cancelled in the middle of a query keeps the file locked until its traceback is
    collected: SQLite closes a connection only after its last statement.
    """

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, *given: Any, **more: Any) -> Any:
        cursor = super().cursor(*given, **more)
        self._cursors.add(cursor)
        return cursor

    def close(self) -> None:
        for cursor in tuple(self._cursors):
            with suppress(sqlite3.Error):
                cursor.close()
        super().close()


def _pragmas(connection: Any, *pragmas: str) -> None:
    try:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
    except BaseException:  # not a database: nobody else would close it
        connection.close()
        raise


def _private(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreUnavailable(f"{path}: {error.strerror}") from error
