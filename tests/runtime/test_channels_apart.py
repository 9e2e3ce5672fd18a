"""Two processes over one database, each with a channel of its own: a chat in the terminal beside the running coach."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import cast

import pytest

import bot.runtime.turns
from bot.app import Coach, utc_now
from bot.core.book import Book
from bot.language.render import Renderer
from bot.store.engine import connect
from bot.store.sql import SqlStore
from tests.runtime.fakes import FakeChannel
from tests.runtime.scripted import FakeRenderer, step
from tests.store.samples import keep, row, said, writes
from tests.support.databases import query
from tests.support.waiting import until


@asynccontextmanager
async def process(url: str, name: str) -> AsyncIterator[FakeChannel]:
    """A coach that serves one channel."""
    store, channel = SqlStore(connect(url)), FakeChannel(name)
    coach = Coach(cast("Book", SimpleNamespace(languages=("he", "en"))), cast("Renderer", FakeRenderer()), store, "en")
    coach.attach(channel)
    await coach.start()
    yield channel
    await coach.stop()
    await store.close()


async def test_each_serves_its_own(url: str, store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is due or left over for people of the one channel is never fired, dropped or sent by the other process."""
    monkeypatch.setattr(bot.runtime.turns, "step", step)
    for name in ("telegram", "terminal"):
        timers = {(f"{name}:1", "say_hello"): utc_now()}
        left = [row("left over", f"{name}:1")]
        session = f'{{"person":"{name}:1"}}'
        await keep(store, writes(said(name, f"{name}:1"), session=session, outbox=left, timers=timers))
    async with process(url, "terminal") as terminal:
        await until(lambda: len(terminal.sent) >= 2)
    timers_left = await query(url, "SELECT person FROM timers")
    states = dict(await query(url, "SELECT person, state FROM outbox WHERE id = 'left over'"))
    assert [("telegram:1",)] == timers_left
    assert {"telegram:1": "waiting", "terminal:1": "sent"} == states
    async with process(url, "telegram") as telegram:
        await until(lambda: len(telegram.sent) >= 2)
    assert {"terminal:1"} == {message.person for _, message in terminal.sent}
    assert {"telegram:1"} == {message.person for _, message in telegram.sent}
    assert [] == await query(url, "SELECT person FROM timers")
    assert {("sent",)} == set(await query(url, "SELECT state FROM outbox"))
