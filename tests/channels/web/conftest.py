"""A web chat on fakes, and browsers that visit it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from bot.channels.web import WebChannel

from .fakes import FakeClock, FakeFiles, FakeInbox, FakeTranscript

SECRET = "a secret of the tests"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def transcript() -> FakeTranscript:
    return FakeTranscript()


@pytest.fixture
def inbox() -> FakeInbox:
    return FakeInbox()


@pytest.fixture
def files() -> FakeFiles:
    return FakeFiles()


@pytest.fixture
def channel(transcript: FakeTranscript, files: FakeFiles, clock: FakeClock) -> WebChannel:
    return WebChannel(transcript=transcript, files=files, secret=SECRET, clock=clock, default_language="he")


@pytest.fixture
def app(channel: WebChannel, inbox: FakeInbox) -> Starlette:
    return channel.app(inbox)


@pytest_asyncio.fixture
async def browser(app: Starlette) -> AsyncIterator[Callable[..., httpx.AsyncClient]]:
    """Opens a browser without cookies; ``base`` and ``address`` say what it calls, and from where."""
    async with AsyncExitStack() as stack:

        def new(base: str = "http://chat.test", address: str = "192.0.2.1") -> httpx.AsyncClient:
            transport = httpx.ASGITransport(app, client=(address, 4711))
            client = httpx.AsyncClient(transport=transport, base_url=base)
            stack.push_async_callback(client.aclose)
            return client

        yield new


@pytest_asyncio.fixture
async def visitor(browser: Callable[..., httpx.AsyncClient]) -> httpx.AsyncClient:
    """A browser that has opened the page."""
    client = browser()
    await client.get("/")
    return client
