"""Rows of tables as the runtime knows them, and times as they are stored."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.runtime.ports import OutboxRow

__all__ = ["from_ms", "outbox_row", "to_ms"]


def to_ms(at: datetime) -> int:
    """A time as it is stored."""
    return round(at.timestamp() * 1000)


def from_ms(stored: int) -> datetime:
    """A stored time, in UTC."""
    return datetime.fromtimestamp(stored / 1000, UTC)


def outbox_row(row: Any) -> OutboxRow:
    """A row of the outbox that waits."""
    return OutboxRow(
        person=row.person,
        id=row.id,
        position=row.position,
        kind=row.kind,
        payload=row.payload,
        created=from_ms(row.created_at),
        expires=from_ms(row.expires_at) if row.expires_at is not None else None,
        last=row.last,
    )
