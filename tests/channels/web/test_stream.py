"""The stream: first the history, then what comes. Over a real server, because it never ends by itself."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from typing import Any, Self

import httpx
import pytest
import pytest_asyncio
import uvicorn
from starlette.applications import Starlette

from bot.channels.web import WebChannel, stream
from bot.channels.web.app import PAGES
from tests.support.waiting import until

from .fakes import FakeTranscript
from .helpers import ask, edit, person_of, say, tap

pytestmark = pytest.mark.asyncio

Told = tuple[str, dict[str, Any]]


@pytest_asyncio.fixture
async def page(app: Starlette, channel: WebChannel) -> AsyncIterator[httpx.AsyncClient]:
    """A browser with the page open, on a server that listens."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    serving = asyncio.ensure_future(server.serve(sockets=[listener]))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=60) as client:
        while not server.started:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await client.get("/")
        yield client
        await channel.close()
    server.should_exit = True
    await serving


class Stream:
    """Reads the events of one open page."""

    def __init__(self, client: httpx.AsyncClient, since: int = 0, last: str | None = None) -> None:
        headers = {"last-event-id": last} if last is not None else {}
        self._opening = client.stream("GET", "/api/events", params={"since": since}, headers=headers)

    async def __aenter__(self) -> Self:
        self.response = await self._opening.__aenter__()
        self._lines = self.response.aiter_lines()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._opening.__aexit__(None, None, None)

    async def raw(self) -> list[str]:
        """The lines up to the next empty one."""
        block: list[str] = []
        async with asyncio.timeout(60):
            while line := await anext(self._lines):
                block.append(line)
        return block

    async def next(self) -> Told:
        """The next event and what it says."""
        while True:
            fields = dict(line.split(": ", 1) for line in await self.raw())
            if "event" in fields:
                return fields["event"], json.loads(fields["data"])

    async def until_ready(self) -> list[Told]:
        told: list[Told] = []
        while not told or told[-1][0] != "ready":
            told.append(await self.next())
        return told


async def test_history_then_live(page: httpx.AsyncClient, channel: WebChannel) -> None:
    """A page that opens gets what was said, is told that this was all, and then gets each change as it comes."""
    person = await person_of(page)
    await ask(channel, person)
    async with Stream(page) as events:
        assert events.response.headers["content-type"].startswith("text/event-stream")
        told = await events.until_ready()
        assert [(name, data.get("html")) for name, data in told] == [
            ("line", "מי אני?"),
            ("line", "נפתר?"),
            ("ready", None),
        ]
        await say(page, "עדיין לא")
        assert (await events.next())[1]["html"] == "עדיין לא"
        await edit(channel, person, "e9:0", "e1:0", "ועכשיו?")
        name, data = await events.next()
        assert (name, data["id"], data["html"]) == ("line", "e1:0", "ועכשיו?")


async def test_stream_goes_on_where_it_broke_off(page: httpx.AsyncClient, channel: WebChannel) -> None:
    """A page that comes back gets only what it missed, by its own word or by the browser's Last-Event-ID."""
    person = await person_of(page)
    await ask(channel, person)
    for since, last in ((1, None), (0, "1")):
        async with Stream(page, since, last) as events:
            told = await events.until_ready()
            assert [data.get("id") for _, data in told] == ["e1:0", None]
            assert told[-1][1]["version"] == 2


async def test_streams_are_private(page: httpx.AsyncClient, channel: WebChannel) -> None:
    """What is said to one person wakes every page of theirs and nobody else's."""
    person = await person_of(page)
    async with httpx.AsyncClient(base_url=page.base_url) as other:
        await other.get("/")
        async with Stream(page) as first, Stream(page) as second, Stream(other) as foreign:
            for events in (first, second, foreign):
                await events.until_ready()
            await ask(channel, person)
            assert (await first.next())[1] == (await second.next())[1]
            await ask(channel, await person_of(other), "e5:0", "שלך")
            assert [(await foreign.next())[1]["html"] for _ in range(2)] == ["מי אני?", "שלך"]


async def test_heartbeat(page: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A silent stream shows that it lives, so that no proxy cuts it off."""
    monkeypatch.setattr(stream, "HEARTBEAT", 0.05)
    async with Stream(page) as events:
        await events.until_ready()
        assert await events.raw() == [": still here"]


async def test_reset_reaches_open_pages(
    page: httpx.AsyncClient, channel: WebChannel, transcript: FakeTranscript
) -> None:
    """When a person has everything deleted, their open pages drop what they show."""
    person = await person_of(page)
    await ask(channel, person)
    async with Stream(page) as events:
        await events.until_ready()
        transcript.forget(person)
        await ask(channel, person, "e9:0", "הכול נמחק.")
        assert (await events.next())[0] == "reset"
        assert (await events.next())[1]["html"] == "הכול נמחק."


async def test_bubble_of_an_answered_tap_is_withdrawn(page: httpx.AsyncClient, channel: WebChannel) -> None:
    """The page hears that the tap's bubble is gone before it hears of the changed screen."""
    person = await person_of(page)
    await ask(channel, person)
    async with Stream(page) as events:
        await events.until_ready()
        event = (await tap(page, "e1:0")).json()["line"]
        assert (await events.next())[1]["id"] == event
        await edit(channel, person, f"{event}:0", "e1:0", "הלאה")
        gone, changed = (await events.next())[1], (await events.next())[1]
        assert (gone["id"], gone["deleted"], changed["html"]) == (event, True, "הלאה")


async def test_pages_of_one_person_are_limited(page: httpx.AsyncClient, channel: WebChannel) -> None:
    """Open streams of one person are counted, and closed ones make room."""
    person = await person_of(page)
    streams = [Stream(page) for _ in range(PAGES)]
    for events in streams:
        await events.__aenter__()
        await events.until_ready()
    assert (await page.get("/api/events")).status_code == 429
    await streams[0].__aexit__()
    await until(lambda: channel._chat.bells.open(person) < PAGES)
    async with Stream(page) as events:
        await events.until_ready()
    for events in streams[1:]:
        await events.__aexit__()


async def test_closing_ends_the_streams(page: httpx.AsyncClient, channel: WebChannel) -> None:
    """A server that stops is not held up by open pages."""
    async with Stream(page) as events:
        await events.until_ready()
        await channel.close()
        with pytest.raises(StopAsyncIteration):
            await events.raw()


async def test_store_failure_breaks_the_stream_off(
    page: httpx.AsyncClient, channel: WebChannel, transcript: FakeTranscript, caplog: pytest.LogCaptureFixture
) -> None:
    """When the database goes away the stream ends quietly, and the page comes back by itself."""
    person = await person_of(page)
    async with Stream(page) as events:
        await events.until_ready()
        transcript.down = True
        channel._chat.bells.ring(person)
        with pytest.raises((StopAsyncIteration, httpx.RemoteProtocolError)):
            await events.raw()
    assert "Traceback" not in caplog.text
