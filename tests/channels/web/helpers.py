"""What the tests of the web chat do again and again."""

from __future__ import annotations

import uuid
from typing import Any

import httpx

from bot.channels.web import WebChannel
from bot.runtime.ports import Button, Document, Outgoing

from .fakes import FakeTranscript

__all__ = ["ask", "edit", "lines", "person_of", "say", "say_document", "tap"]

BUTTONS = ((Button("כן", data="1.1.0"), Button("לא", data="1.1.1")), (Button("לאתר", url="https://example.org"),))


async def say(client: httpx.AsyncClient, text: Any, update: Any = None) -> httpx.Response:
    """Write a message on the page."""
    return await client.post("/api/messages", json={"id": update or str(uuid.uuid4()), "text": text})


async def tap(
    client: httpx.AsyncClient, line: Any, row: Any = 0, column: Any = 0, update: str | None = None
) -> httpx.Response:
    """Tap a button on the page."""
    body = {"id": update or str(uuid.uuid4()), "line": line, "row": row, "column": column}
    return await client.post("/api/taps", json=body)


async def lines(client: httpx.AsyncClient, since: int = 0) -> list[dict[str, Any]]:
    """What the page is told."""
    answer = (await client.get("/api/lines", params={"since": since})).json()
    found: list[dict[str, Any]] = answer["lines"]
    return found


async def person_of(client: httpx.AsyncClient) -> str:
    """Who the server takes this browser for."""
    answer = await say(client, "מי אני?")
    line: str = answer.json()["line"]
    return line.rpartition(":")[0]


async def ask(channel: WebChannel, person: str, line: str = "e1:0", html: str = "נפתר?") -> str | None:
    """Let the coach ask something with buttons."""
    return await channel.send(Outgoing(id=line, person=person, kind="say", html=html, buttons=BUTTONS))


async def edit(channel: WebChannel, person: str, effect: str, handle: str | None, html: str) -> str | None:
    """Let the coach change a bubble."""
    return await channel.send(
        Outgoing(id=effect, person=person, kind="edit", html=html, buttons=BUTTONS, message="e1:0", handle=handle)
    )


async def say_document(channel: WebChannel, person: str, line: str = "e2:0") -> str | None:
    """Let the coach send a file."""
    document = Document("מכתב.pdf", b"%PDF-1.4 secret", "application/pdf")
    return await channel.send(Outgoing(id=line, person=person, kind="document", html="המכתב", document=document))


def kept(transcript: FakeTranscript, person: str) -> list[str]:
    """The words of the person's bubbles, in order."""
    found = sorted(transcript.people.get(person, {}).values(), key=lambda line: line.at)
    return [line.html for line in found if not line.deleted]
