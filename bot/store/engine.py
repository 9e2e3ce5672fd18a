"""Connecting to SQLite or PostgreSQL."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.runtime.ports import StoreUnavailable

__all__ = ["connect"]


def connect(url: str) -> AsyncEngine:
    """An engine for a database URL; the folder of a SQLite file is made, and the file is private.

    SQLite has one connection: one writer, transactions in order, durable through a power cut.

    Raises:
        StoreUnavailable: the file cannot be made or opened.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_async_engine(parsed, pool_size=10, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        _private(Path(parsed.database))
    engine = create_async_engine(parsed, poolclass=AsyncAdaptedQueuePool, pool_size=1, max_overflow=0)

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        try:
            cursor = connection.cursor()
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "secure_delete=ON"):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()
        except BaseException:  # not a database: nobody else would close it
            connection.close()
            raise

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _private(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreUnavailable(f"{path}: {error.strerror}") from error
