"""The webhook: strangers learn nothing, and Telegram hears 200 when the update is kept."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.inbound import ALLOWED_UPDATES
from bot.channels.telegram.webhook import BODY_LIMIT, CONNECTIONS, HEADER, Webhook
from bot.core.events import Said
from bot.runtime.ports import Incoming, StoreUnavailable
from tests.fakes.telegram_api import World

SECRET = "a-Secret_1"
UPDATE = {
    "update_id": 5,
    "message": {"message_id": 1, "date": 0, "from": {"id": 7}, "chat": {"id": 7, "type": "private"}, "text": "hi"},
}


class Inbox:
    """Keeps what it is given, when it may."""

    def __init__(self) -> None:
        self.given: list[Incoming] = []
        self.may = asyncio.Event()
        self.may.set()
        self.asked = asyncio.Event()
        self.down = False

    async def accept(self, updates: Sequence[Incoming]) -> None:
        self.asked.set()
        await self.may.wait()
        if self.down:
            raise StoreUnavailable("OperationalError")
        self.given.extend(updates)


@pytest.fixture
def inbox() -> Inbox:
    """An inbox that takes everything."""
    return Inbox()


@pytest.fixture
def webhook(inbox: Inbox) -> Webhook:
    """A webhook, receiving."""
    webhook = Webhook("https://example.org/telegram/hook", SECRET, lambda: datetime.now(UTC))
    webhook.inbox = inbox
    return webhook


@pytest.fixture
async def client(webhook: Webhook) -> AsyncIterator[httpx.AsyncClient]:
    """Whoever calls."""
    app = Starlette(routes=[webhook.route])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://example.org") as client:
        yield client


async def post(client: httpx.AsyncClient, content: Any = None, secret: str | None = SECRET) -> int:
    """A delivery; returns the status."""
    content = json.dumps(UPDATE).encode() if content is None else content
    headers = {HEADER: secret} if secret is not None else {}
    answer = await client.post("/telegram/hook", content=content, headers=headers)
    assert answer.content == b""
    return answer.status_code


async def test_a_delivery(client: httpx.AsyncClient, inbox: Inbox) -> None:
    """It becomes an event, and is acknowledged."""
    assert await post(client) == 200
    event = inbox.given[0].event
    assert isinstance(event, Said)
    assert (event.person, event.text) == ("telegram:7", "hi")


@pytest.mark.parametrize("secret", [None, "", "a-secret_1", SECRET + "x", "סוד"])
async def test_strangers_find_nothing(client: httpx.AsyncClient, inbox: Inbox, secret: str | None) -> None:
    """Without the secret there is no such page, and nothing is read."""
    encoded = secret.encode() if secret is not None else None
    headers = {HEADER.encode(): encoded} if encoded is not None else {}
    answer = await client.post("/telegram/hook", content=b"{", headers=headers)
    assert (answer.status_code, answer.content) == (404, b"")
    assert inbox.given == []


async def test_the_secret_is_compared_in_constant_time(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How long the answer takes tells nothing of how much of it was right."""
    compared: list[tuple[bytes, bytes]] = []

    def compare(given: bytes, right: bytes) -> bool:
        compared.append((given, right))
        return given == right

    monkeypatch.setattr(hmac, "compare_digest", compare)
    assert await post(client, secret="a-Secret_2") == 404
    assert compared == [(b"a-Secret_2", SECRET.encode())]


async def test_other_methods_and_pages(client: httpx.AsyncClient) -> None:
    """Only a POST to the very address is a delivery."""
    assert (await client.get("/telegram/hook", headers={HEADER: SECRET})).status_code == 405
    assert (await client.post("/telegram", headers={HEADER: SECRET})).status_code == 404


async def test_200_comes_after_the_commit(client: httpx.AsyncClient, inbox: Inbox) -> None:
    """Until then Telegram waits, and keeps the update."""
    inbox.may.clear()
    delivery = asyncio.create_task(post(client))
    await inbox.asked.wait()
    assert not delivery.done()
    inbox.may.set()
    assert await delivery == 200


async def test_the_database_is_down(client: httpx.AsyncClient, inbox: Inbox) -> None:
    """Telegram is told to come again, and then it is taken."""
    inbox.down = True
    assert await post(client) == 503
    inbox.down = False
    assert await post(client) == 200
    assert len(inbox.given) == 1


async def test_a_delivery_before_the_start(client: httpx.AsyncClient, webhook: Webhook) -> None:
    """The page may be there before the coach is."""
    webhook.inbox = None
    assert await post(client) == 503


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 200_000, b'{"update_id": 1' + b"0" * 5000 + b"}"])
async def test_what_is_not_json(client: httpx.AsyncClient, inbox: Inbox, content: bytes) -> None:
    """It is refused and nothing breaks."""
    assert await post(client, content) == 400
    assert inbox.given == []


@pytest.mark.parametrize("content", [b"null", b"[]", b"7", b'"x"', b"{}", b'{"update_id": 5, "message": 7}'])
async def test_json_that_is_no_update(client: httpx.AsyncClient, inbox: Inbox, content: bytes) -> None:
    """It is kept with its error and acknowledged, or Telegram would bring it for ever."""
    assert await post(client, content) == 200
    assert inbox.given[0].error is not None


async def test_bodies_have_a_limit(client: httpx.AsyncClient, inbox: Inbox) -> None:
    """Announced or not, nobody fills the memory."""
    assert await post(client, b" " * BODY_LIMIT) == 400
    assert await post(client, b" " * (BODY_LIMIT + 1)) == 413

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 65536

    assert await post(client, endless()) == 413
    assert inbox.given == []


async def test_a_caller_that_hangs_up(webhook: Webhook, inbox: Inbox) -> None:
    """Half a body is no delivery and no error."""
    messages = [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/telegram/hook",
        "headers": [(HEADER.lower().encode(), SECRET.encode())],
        "query_string": b"",
    }
    await webhook.route.app(scope, receive, send)
    assert sent[0]["status"] == 400
    assert inbox.given == []


async def test_telegram_is_told_where_to_deliver(api: Api, world: World, inbox: Inbox, webhook: Webhook) -> None:
    """The address, the secret, what we want, and how much at once; then we wait, and do not poll."""
    channel = TelegramChannel(api, lambda: datetime.now(UTC), {}, webhook)
    webhook.inbox = None
    assert [route.path for route in channel.routes] == ["/telegram/hook"]
    running = asyncio.create_task(channel.run(inbox))
    call = (await world.wait_calls("setWebhook"))[0]
    assert call.params["url"] == "https://example.org/telegram/hook"
    assert call.params["secret_token"] == SECRET
    assert call.params["allowed_updates"] == ALLOWED_UPDATES
    assert call.params["max_connections"] == CONNECTIONS
    assert webhook.inbox is inbox
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert world.calls("getUpdates") == []
