"""The terminal shows what can be read, and the name of what cannot."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from bot.channels.terminal.channel import TerminalChannel
from bot.runtime.ports import Document, Outgoing


@pytest.mark.parametrize(
    ("document", "shown"),
    [
        (Document("all.json", b'{"a": 1}', "application/json"), '{"a": 1}'),
        (Document("dates.ics", b"BEGIN:VCALENDAR", "text/calendar"), "BEGIN:VCALENDAR"),
        (Document("case.pdf", b"%PDF-\xff\x00", "application/pdf"), "[case.pdf]"),
        (Document("case.zip", b"PK\x03\x04", "application/zip"), "[case.zip]"),
        (Document("offer.png", b"\x89PNG", "image/png"), "[offer.png]"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
async def test_documents(document: Document, shown: str) -> None:
    """Data and dates are text; of a PDF, a ZIP or a picture only the name is printed."""
    target = io.StringIO()
    channel = TerminalChannel(lambda: datetime.now(UTC), source=io.StringIO(), target=target)
    await channel.send(Outgoing(id="x", person="terminal:me", kind="document", document=document))
    assert target.getvalue().strip() == shown
