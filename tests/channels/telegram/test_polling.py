"""Polling: an update is acknowledged when it is kept, and not before."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

import pytest

import bot.channels.telegram.channel
from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.inbound import ALLOWED_UPDATES
from bot.channels.telegram.transport import LeanRequest
from bot.core.events import Said
from bot.runtime.ports import Incoming, StoreUnavailable, TokenRefused
from tests.fakes.telegram_api import TelegramServer, World
from tests.support.waiting import until

COMMANDS = {"en": {"start": "the menu"}, "he": {"start": "התפריט"}}


def utc() -> datetime:
    """The time."""
    return datetime.now(UTC)


class Inbox:
    """Keeps what it is given, when it may."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.texts: list[str] = []
        self.may = asyncio.Event()
        self.may.set()
        self.failures = 0
        self.asked = 0

    async def accept(self, updates: Sequence[Incoming]) -> None:
        self.asked += 1
        await self.may.wait()
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable("OperationalError")
        self.batches.append([u.update for u in updates])
        self.texts.extend(u.event.text for u in updates if isinstance(u.event, Said))


@pytest.fixture
def inbox(monkeypatch: pytest.MonkeyPatch) -> Inbox:
    """An inbox; pauses are short."""
    monkeypatch.setattr(bot.channels.telegram.channel, "PAUSES", (0.01, 0.02))
    return Inbox()


@pytest.fixture
async def channel(api: Api, world: World, inbox: Inbox) -> AsyncIterator[TelegramChannel]:
    """The channel, polling."""
    channel = TelegramChannel(api, utc, COMMANDS)
    running = asyncio.create_task(channel.run(inbox))
    yield channel
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_the_bot_introduces_itself(channel: TelegramChannel, world: World) -> None:
    """The token is checked, each language gets its menu of commands, a webhook of before is taken back."""
    await until(lambda: world.calls("getUpdates"))
    methods = [call.method for call in world.calls()]
    assert methods[:5] == ["getMe", "setMyCommands", "setMyCommands", "deleteWebhook", "getUpdates"]
    profile = world.bot_profile()["commands"]
    assert {c["language_code"]: c["commands"][0]["description"] for c in profile} == {"": "the menu", "he": "התפריט"}
    assert world.calls("getUpdates")[0].params["allowed_updates"] == ALLOWED_UPDATES


async def test_what_waited_is_fetched_first(channel: TelegramChannel, world: World, inbox: Inbox) -> None:
    """What people wrote while we were away comes, in order, and then what they write now."""
    await until(lambda: inbox.texts == ["hi", "hi"])
    world.send_text(1, "one")
    await until(lambda: "one" in inbox.texts)
    for text in ("two", "three"):
        world.send_text(2, text)
    await world.wait_idle()
    assert inbox.texts == ["hi", "hi", "one", "two", "three"]


async def test_nothing_is_acknowledged_before_it_is_kept(channel: TelegramChannel, world: World, inbox: Inbox) -> None:
    """While the inbox works, Telegram still has the updates; after it, it has none."""
    await world.wait_idle()
    inbox.may.clear()
    inbox.asked = 0
    world.send_text(1, "one")
    await until(lambda: inbox.asked)
    assert world.stats()["pending_updates"] == 1
    inbox.may.set()
    await until(lambda: world.stats()["pending_updates"] == 0)
    assert inbox.texts[-1] == "one"


async def test_the_database_is_down(channel: TelegramChannel, world: World, inbox: Inbox) -> None:
    """The same updates are offered until they are kept; not one is lost and none is acknowledged early."""
    await world.wait_idle()
    inbox.failures = 3
    world.send_text(1, "one")
    await until(lambda: "one" in inbox.texts)
    world.send_text(1, "two")
    await until(lambda: "two" in inbox.texts)
    assert inbox.texts[-2:] == ["one", "two"]


async def test_stopped_before_it_was_kept(api: Api, world: World, inbox: Inbox) -> None:
    """The next process gets what this one did not finish."""
    inbox.may.clear()
    running = asyncio.create_task(TelegramChannel(api, utc, {}).run(inbox))
    await until(lambda: inbox.asked)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert world.stats()["pending_updates"] == 2
    inbox.may.set()
    again = asyncio.create_task(TelegramChannel(api, utc, {}).run(inbox))
    await until(lambda: inbox.texts == ["hi", "hi"])
    again.cancel()
    await asyncio.gather(again, return_exceptions=True)


async def test_another_process_polls(
    channel: TelegramChannel, world: World, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said plainly, and we go on trying."""
    world.add_fault(method="getUpdates", code=409, description="Conflict: terminated by other getUpdates request")
    world.send_text(1, "one")
    await until(lambda: "one" in inbox.texts)
    world.send_text(1, "two")
    await until(lambda: "two" in inbox.texts)
    assert "another process polls with this token" in caplog.text


@pytest.mark.parametrize(
    "fault",
    [
        {"code": 500},
        {"code": 502, "body": "<html>Bad Gateway</html>"},
        {"code": 429, "retry_after": 1},
        {"code": 401},
        {"code": 200, "body": "<html>Welcome to the hotel's network</html>"},
        {"code": 200, "body": '{"ok": true}'},
        {"code": 200, "body": '{"ok": true, "result": null}'},
        {"code": 200, "body": '{"ok": true, "result": [7, null, "x"]}'},
        {"kind": "reset_before", "times": 2},
        {"kind": "reset_after", "times": 2},
    ],
)
async def test_polling_goes_on_after_trouble(
    channel: TelegramChannel, world: World, inbox: Inbox, fault: dict[str, object]
) -> None:
    """Whatever comes instead of updates, they come in the end, each of them once acknowledged."""
    await world.wait_idle()
    world.add_fault(method="getUpdates", **fault)  # type: ignore[arg-type]
    for text in ("one", "two"):
        world.send_text(1, text)
        await until(lambda t=text: t in inbox.texts)  # type: ignore[misc]
    await until(lambda: world.stats()["pending_updates"] == 0)


async def test_broken_updates_do_not_hold_up_the_others(channel: TelegramChannel, world: World, inbox: Inbox) -> None:
    """They are handed on, to be kept with their error, and acknowledged."""
    await world.wait_idle()
    world.push_update({"message": None})
    world.push_update({"what": "is this"})
    world.send_text(1, "one")
    await until(lambda: "one" in inbox.texts)
    await until(lambda: world.stats()["pending_updates"] == 0)
    assert sum(len(batch) for batch in inbox.batches) == 5


async def test_a_token_that_telegram_does_not_know(server: TelegramServer, world: World, inbox: Inbox) -> None:
    """The start ends with that, and does not try for ever."""
    api = Api(server.url, "987:WRONG", LeanRequest())
    with pytest.raises(TokenRefused):
        await TelegramChannel(api, utc, COMMANDS).run(inbox)
    await api.close()


async def test_telegram_is_away_at_the_start(
    api: Api, world: World, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    """We wait for it; a menu that cannot be set is no reason not to work."""
    world.add_fault(method="getMe", code=502, times=3)
    world.add_fault(method="setMyCommands", code=500, times=2)
    world.add_fault(method="deleteWebhook", code=429, retry_after=1)
    running = asyncio.create_task(TelegramChannel(api, utc, COMMANDS).run(inbox))
    await until(lambda: inbox.texts == ["hi", "hi"])
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert "not reachable (getMe)" in caplog.text
    assert "menu of commands" in caplog.text
