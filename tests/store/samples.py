"""Updates, rows and entries to keep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.core.case import Entry
from bot.core.events import Said
from bot.runtime.ports import Incoming, Loaded, OutboxRow, Timer, Writes
from bot.store.sql import SqlStore
from bot.store.tables import METADATA

__all__ = [
    "NOW",
    "contents",
    "entry",
    "keep",
    "leave",
    "minutes",
    "row",
    "said",
    "writes",
]

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def minutes(count: float) -> datetime:
    """A time so many minutes from now."""
    return NOW + timedelta(minutes=count)


def said(update: str, person: str = "telegram:1", text: str = "hello") -> Incoming:
    """An update with words in it."""
    return Incoming("telegram", update, Said(id=f"telegram:{update}", person=person, at=NOW, text=text))


def row(id_: str = "telegram:7:1", person: str = "telegram:1", position: int = 1024, **changes: Any) -> OutboxRow:
    """A message on its way."""
    given: dict[str, Any] = {"kind": "say", "payload": '{"html": "words"}', "created": NOW, **changes}
    return OutboxRow(person=person, id=id_, position=position, **given)


def entry(case: str = "1", **details: Any) -> Entry:
    """A line of a case log."""
    return Entry(case=case, at=NOW, kind="note", details=details or {"text": "they hung up"})


def writes(*updates: Incoming, session: str = '{"person":"telegram:1"}', version: int = 1, **more: Any) -> Writes:
    """What a batch of these updates leaves: each person's session, and what else is given."""
    kept: list[tuple[Incoming, str | None]] = []
    sessions: dict[str, tuple[str, int, datetime]] = {}
    for update in updates:
        person = update.event.person if update.event is not None else None
        kept.append((update, person))
        if person is not None:
            sessions[person] = (session, version, NOW)
    return Writes(**{"updates": kept, "sessions": sessions, **more})


def leave(left: Writes) -> Callable[[Loaded], Writes | set[str]]:
    """Work that leaves this whatever it is given."""
    return lambda loaded: left


async def keep(store: SqlStore, left: Writes, timers: tuple[Timer, ...] = ()) -> None:
    """Have the store write this."""
    await store.turns([u for u, _ in left.updates], timers, sorted(left.sessions), leave(left))


async def contents(store: SqlStore) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    async with store.transaction() as connection:
        return {
            table.name: [dict(found._mapping) for found in await connection.execute(select(table))]
            for table in METADATA.sorted_tables
        }
