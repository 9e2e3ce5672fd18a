"""The web chat's history over the same database. Implements `bot.runtime.ports.Transcript`."""

from __future__ import annotations

import json
from html import escape

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.runtime.ports import TranscriptLine
from bot.store.rows import from_ms, to_ms
from bot.store.sql import SqlStore
from bot.store.tables import transcript

__all__ = ["ROOM", "SqlTranscript"]

ROOM = 60 * 1024 * 1024
"""Bytes of the documents that one person's chat keeps; the oldest give way, and can be made again."""


class SqlTranscript:
    """Keeps what was said in the web chat."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    async def put(self, person: str, line: TranscriptLine, document: bytes | None = None) -> int:
        """Write or replace a line; returns its version."""
        async with self._store.transaction() as connection:
            version = await self._next(connection, person)
            insert = self._store.insert(transcript).values(
                person=person,
                line=line.id,
                version=version,
                who=line.who,
                html=line.html.replace("\0", ""),  # which PostgreSQL does not take
                buttons=json.dumps(line.buttons, ensure_ascii=False),
                at=to_ms(line.at),
                deleted=line.deleted,
                document=line.document,
                content=document,
            )
            changed = {n: insert.excluded[n] for n in ("version", "html", "buttons", "deleted")}
            await connection.execute(
                insert.on_conflict_do_update(index_elements=[transcript.c.person, transcript.c.line], set_=changed)
            )
            if document is not None:
                await self._make_room(connection, person)
            return version

    async def _make_room(self, connection: AsyncConnection, person: str) -> None:
        """Of documents that are too many together, only the names are kept."""
        sizes = (
            select(transcript.c.line, transcript.c.document, func.length(transcript.c.content).label("size"))
            .where(transcript.c.person == person, transcript.c.content.is_not(None))
            .order_by(transcript.c.version.desc())
        )
        taken = 0
        for row in (await connection.execute(sizes)).all():
            taken += row.size
            if taken > ROOM:
                gone = update(transcript).where(transcript.c.person == person, transcript.c.line == row.line)
                named = escape(row.document or "", quote=False)
                await connection.execute(gone.values(content=None, document=None, html=named))

    async def remove(self, person: str, line_id: str) -> int:
        """Mark a line as deleted and drop what it said."""
        async with self._store.transaction() as connection:
            version = await self._next(connection, person)
            await connection.execute(
                update(transcript)
                .where(transcript.c.person == person, transcript.c.line == line_id)
                .values(version=version, deleted=True, html="", buttons="[]", document=None, content=None)
            )
            return version

    async def since(self, person: str, version: int, limit: int = 200) -> list[TranscriptLine]:
        """The person's lines newer than a version, oldest change first."""
        statement = (
            select(transcript)
            .where(transcript.c.person == person, transcript.c.version > version)
            .order_by(transcript.c.version.desc() if version == 0 else transcript.c.version)
            .limit(limit)
        )
        async with self._store.transaction() as connection:
            lines = [
                TranscriptLine(
                    id=row.line,
                    version=row.version,
                    who=row.who,
                    html=row.html,
                    buttons=json.loads(row.buttons),
                    at=from_ms(row.at),
                    deleted=row.deleted,
                    document=row.document,
                )
                for row in await connection.execute(statement)
            ]
        return lines[::-1] if version == 0 else lines

    async def document(self, person: str, line_id: str) -> bytes | None:
        """The file of a line."""
        statement = select(transcript.c.content).where(transcript.c.person == person, transcript.c.line == line_id)
        async with self._store.transaction() as connection:
            content = (await connection.execute(statement)).scalar()
            return bytes(content) if content is not None else None

    async def _next(self, connection: AsyncConnection, person: str) -> int:
        if self._store.replicas is not None:
            await connection.execute(_ONE_AT_A_TIME, {"person": person})
            await connection.run_sync(self._store.replicas.tell, person)
        newest = select(func.max(transcript.c.version)).where(transcript.c.person == person)
        return int((await connection.execute(newest)).scalar() or 0) + 1


_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended(:person, 0))")
"""Lines of a person get their versions in the order in which they are there to be read."""
