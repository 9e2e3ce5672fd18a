"""Uploaded files over the same database. Implements `bot.runtime.ports.Files`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select

from bot.store.rows import to_ms
from bot.store.sql import SqlStore
from bot.store.tables import files

__all__ = ["QUOTA", "SqlFiles"]

QUOTA = 100 * 1024 * 1024
"""Bytes of all files of one person."""


class SqlFiles:
    """Keeps what people upload."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    async def keep(self, person: str, file: str, name: str, mime: str, content: bytes, at: datetime) -> bool:
        """Keep a file, whole or not at all; False: it was there already."""
        row = {"name": name, "mime": mime, "size": len(content), "at": to_ms(at), "content": content}
        insert = self._store.insert(files).values(person=person, id=file, **row).on_conflict_do_nothing()
        async with self._store.transaction() as connection:
            return bool((await connection.execute(insert)).rowcount)

    async def full(self, person: str, more: int) -> bool:
        """Whether so many bytes more are too much for one person."""
        used = select(func.coalesce(func.sum(files.c.size), 0)).where(files.c.person == person)
        async with self._store.transaction() as connection:
            return int((await connection.execute(used)).scalar_one()) + more > QUOTA

    async def remove(self, person: str, file: str) -> None:
        """Drop a file."""
        async with self._store.transaction() as connection:
            await connection.execute(delete(files).where(files.c.person == person, files.c.id == file))

    async def content(self, person: str, file: str) -> bytes | None:
        """The bytes of a person's file; None if they have no such file."""
        found = select(files.c.content).where(files.c.person == person, files.c.id == file)
        async with self._store.transaction() as connection:
            content = (await connection.execute(found)).scalar()
            return bytes(content) if content is not None else None
