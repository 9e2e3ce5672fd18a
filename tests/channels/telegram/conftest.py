"""A Telegram to talk to, over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.channels.telegram.api import Api
from bot.channels.telegram.transport import LeanRequest
from tests.fakes.telegram_api import TelegramServer, World

TOKEN = "123456789:TEST"


@pytest.fixture(scope="module")
def server() -> Iterator[TelegramServer]:
    """The fake Bot API behind a socket."""
    with TelegramServer(World(TOKEN)) as server:
        yield server


@pytest.fixture
def world(server: TelegramServer) -> World:
    """Its world: Dana (1) and Avi (2) wrote to the bot, Noa (3) never did."""
    server.world.reset()
    for number, name in ((1, "Dana"), (2, "Avi"), (3, "Noa")):
        server.world.add_user(number, name)
    for number in (1, 2):
        server.world.send_text(number, "hi")
    return server.world


@pytest.fixture
async def api(server: TelegramServer) -> AsyncIterator[Api]:
    """The bot's calls."""
    api = Api(server.url, TOKEN, LeanRequest())
    await api.open()
    yield api
    await api.close()
