"""What the tests of the runtime begin with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

import bot.runtime.turns
from bot.store.sql import SqlStore
from tests.runtime.scripted import Carried, carried, step
from tests.store.fixtures import ended, migrated, store, url

__all__ = ["coach", "ended", "migrated", "store", "url"]


@pytest.fixture
async def coach(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Carried]:
    """Running turns over an empty store."""
    monkeypatch.setattr(bot.runtime.turns, "step", step)
    whole = carried(store)
    running = asyncio.create_task(whole.turns.run())
    yield whole
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
