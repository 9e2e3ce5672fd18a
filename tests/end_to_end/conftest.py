"""The coach as a process, and a Telegram of its own to talk to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.coach import CoachProcess
from tests.fakes.telegram_api import TelegramServer, World

TOKEN = "123456:test-token"


@pytest.fixture
def world() -> World:
    """Telegram, as one bot sees it; a tap may be acknowledged however late, for the machine may be slow."""
    world = World(TOKEN)
    world.configure(query_ttl=3600.0)
    return world


@pytest.fixture
def telegram(world: World) -> Iterator[TelegramServer]:
    """The Bot API behind a real socket."""
    with TelegramServer(world) as server:
        yield server


@pytest.fixture
def database(tmp_path: Path) -> str:
    """Where the coach keeps people; modules that run on both engines have their own."""
    return f"sqlite+aiosqlite:///{tmp_path}/data/lofrayer.db"


@pytest.fixture
def coach(telegram: TelegramServer, tmp_path: Path, database: str) -> Iterator[CoachProcess]:
    """The coach, polling; started by the test."""
    process = CoachProcess(
        tmp_path,
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_API_URL=telegram.url,
        DATABASE_URL=database,
        TELEGRAM_MESSAGES_PER_SECOND="0",
        TELEGRAM_MESSAGES_PER_CHAT_PER_SECOND="0",
    )
    yield process
    process.kill()
