"""The terminal shows what can be read, and the name of what cannot."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import pytest

from bot.channels.terminal.channel import TerminalChannel
from bot.channels.terminal.lines import Lines
from bot.core.events import Said
from bot.runtime.ports import Document, Incoming, Outgoing, Refused


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


class _Closed(io.StringIO):
    """An output that nobody reads any more."""

    def write(self, text: str) -> int:
        raise BrokenPipeError


class _Answering:
    """Answers whatever is said, with one message."""

    def __init__(self) -> None:
        self.channel: TerminalChannel | None = None
        self.accepted: list[str] = []
        self.refused = 0

    async def accept(self, batch: Sequence[Incoming]) -> None:
        """Answer at once."""
        assert self.channel is not None
        for incoming in batch:
            assert isinstance(incoming.event, Said)
            self.accepted.append(incoming.event.text)
            try:
                await self.channel.send(Outgoing(id="x", person="terminal:me", kind="say", html="Hello"))
            except Refused:
                self.refused += 1


@pytest.fixture
def pipe() -> Iterator[tuple[TextIO, int]]:
    """An input that stays open, and where to write into it."""
    reads, writes = os.pipe()
    with os.fdopen(reads, encoding="utf-8") as source:
        yield source, writes
        os.close(writes)


async def test_a_closed_output_ends_it(pipe: tuple[TextIO, int]) -> None:
    """Nobody reads any more: it ends without waiting for another line."""
    inbox = _Answering()
    inbox.channel = TerminalChannel(lambda: datetime.now(UTC), source=pipe[0], target=_Closed())
    await asyncio.wait_for(inbox.channel.run(inbox), 60)
    assert (inbox.accepted, inbox.refused) == (["/start"], 1)


async def test_lines_of_a_pipe(pipe: tuple[TextIO, int]) -> None:
    """Lines come as they are written, several at once and in pieces; the last needs no end."""
    source, writes = pipe
    with Lines(source) as lines:
        os.write(writes, "שלום\nhel".encode())
        assert await lines.next() == "שלום\n"
        half = "עוד".encode()
        os.write(writes, b"lo\n" + half[:3])
        assert await lines.next() == "hello\n"
        os.write(writes, half[3:])
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, writes)
        os.close(nothing)
        assert [await lines.next(), await lines.next()] == ["עוד", ""]


async def test_lines_of_a_file(tmp_path: Path) -> None:
    """A file is read to its end."""
    (tmp_path / "said").write_text("one\ntwo", encoding="utf-8")
    with (tmp_path / "said").open(encoding="utf-8") as source, Lines(source) as lines:
        assert [await lines.next(), await lines.next(), await lines.next()] == ["one\n", "two", ""]
