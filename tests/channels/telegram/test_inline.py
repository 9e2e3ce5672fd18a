"""Inline mode, end to end in one process: the fake Bot API, the channel, the turns and the store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from bot.app import Coach
from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.inbound import incoming
from bot.channels.telegram.transport import LeanRequest
from bot.core.book import Understanding
from bot.core.events import Asked, Event, Hello
from bot.store.engine import connect
from bot.store.sql import SqlStore
from tests.fakes.telegram_api import TelegramServer, World
from tests.support.coach import Scripted, recognised, scripted
from tests.support.coach import coach as authored

DANA = 4711


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    """A Telegram, behind a real socket."""
    with TelegramServer(World()) as server:
        yield server


@pytest.fixture
def telegram(server: TelegramServer) -> World:
    """The people on it, and our bot."""
    return server.world


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    """An empty store."""
    store = SqlStore(connect(f"sqlite+aiosqlite:///{tmp_path}/people.db"))
    await store.open()
    yield store
    await store.close()


@pytest.fixture
def reader() -> Scripted:
    """What is recognised in what people type; nothing, unless a test says so."""
    return scripted(authored()[0])[1]


@pytest.fixture
async def running(server: TelegramServer, store: SqlStore, reader: Scripted) -> AsyncIterator[Coach]:
    """The coach on that Telegram."""
    book, renderer = authored()
    book = replace(book, understanding=cast("Understanding", reader))
    coach = Coach(book, renderer, store, "he")
    api = Api(server.url, server.world.token, LeanRequest())
    channel = TelegramChannel(api, lambda: datetime.now(UTC), {})
    coach.attach(channel)
    await coach.start()
    receiving = asyncio.create_task(channel.run(coach.turns))
    yield coach
    receiving.cancel()
    with suppress(asyncio.CancelledError):
        await receiving
    await coach.stop()


async def answered(world: World, query: dict[str, Any]) -> dict[str, Any]:
    """The bot's answer to an inline query."""
    number = query["inline_query"]["id"]
    found = await world.wait_for(lambda: world.inline_answer(number), what="the answer to an inline query")
    assert found is not None
    return found


def posted(answer: dict[str, Any]) -> list[str]:
    return [result["input_message_content"]["message_text"] for result in answer["results"]]


async def test_a_stranger_gets_lines_and_leaves_no_trace(
    telegram: World, running: Coach, store: SqlStore, reader: Scripted
) -> None:
    """The lines come in the language of their Telegram; no session, no update, nothing is kept of them."""
    reader.said = recognised(["no_manager_here", "its_policy", "call_tomorrow"])
    telegram.add_user(DANA, "Dana", language_code="en")
    answer = await answered(telegram, telegram.inline_query(DANA, "there is no manager here"))
    assert len(answer["results"]) == 5
    assert all(result["type"] == "article" and result["description"] for result in answer["results"])
    assert answer["results"][0]["title"] == "No manager here"
    assert posted(answer)[0] == authored()[0].objections["no_manager_here"].say[-1]
    assert answer["is_personal"] is True
    assert answer["cache_time"] <= 30
    kept = await store.export(f"telegram:{DANA}")
    assert not any(kept.values()), kept
    assert await store.waiting(10) == []


async def test_someone_we_know_gets_their_language_and_gender(
    telegram: World, running: Coach, reader: Scripted
) -> None:
    """What they told us wins over what their Telegram says, and asking changes nothing in the talk."""
    telegram.add_user(DANA, "Dana", language_code="he")
    telegram.send_text(DANA, "/start")
    await telegram.wait_for(lambda: telegram.messages(DANA, from_bot=True))
    telegram.tap(DANA, "בלשון נקבה")
    await telegram.wait_for(lambda: len(telegram.messages(DANA, from_bot=True)) == 2)
    telegram.add_user(DANA, "Dana", language_code="en")
    before = (await running.store.export(f"telegram:{DANA}"))["people"]
    reader.said = recognised("freeze_instead")
    answer = await answered(telegram, telegram.inline_query(DANA, "they want to freeze it"))
    assert "אני מבטלת" in posted(answer)[0]
    assert (await running.store.export(f"telegram:{DANA}"))["people"] == before
    assert len(telegram.messages(DANA, from_bot=True)) == 2


@pytest.mark.parametrize("text", ["", "שלום מה שלומך", "<b>&", "\u202e🙂", "א" * 256])
async def test_what_is_not_understood_invites(telegram: World, running: Coach, text: str) -> None:
    """A result that says how to ask, for words also a line that always fits, and a button into our chat."""
    telegram.add_user(DANA, "Dana")
    answer = await answered(telegram, telegram.inline_query(DANA, text))
    assert len(answer["results"]) == (2 if text else 1)
    assert answer["button"]["start_parameter"]


async def test_an_answer_that_comes_too_late_is_dropped(telegram: World, running: Coach) -> None:
    """A query that Telegram no longer knows is not retried, and the talk goes on."""
    telegram.add_user(DANA, "Dana")
    query = telegram.inline_query(DANA, "אין פה מנהל")
    telegram.expire_queries()
    telegram.send_text(DANA, "/start")
    await telegram.wait_for(lambda: telegram.messages(DANA, from_bot=True))
    assert len(telegram.calls("answerInlineQuery")) <= 1
    assert query["inline_query"]["id"]


def test_updates_become_events() -> None:
    """A person's inline query is an event; a bot's, or one for a further page, is none; a broken one is an error."""
    now = datetime(2026, 11, 22, tzinfo=UTC)
    user = {"id": 5, "language_code": "ru"}
    query = {"id": "9", "from": user, "query": "x", "offset": ""}

    def event(**changed: Any) -> Event | None:
        return incoming({"update_id": 1, "inline_query": {**query, **changed}}, lambda: now).event

    hello = Hello(language="ru")
    assert event() == Asked(id="telegram:1", person="telegram:5", at=now, hello=hello, query="9", text="x")
    assert event(offset="5") is None
    assert event(**{"from": {**user, "is_bot": True}}) is None
    assert incoming({"update_id": 3, "inline_query": {"id": "9"}}, lambda: now).error
