"""Files that people sent come back through the Bot API, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.inbound import incoming
from bot.core.events import Attachment, Sent
from bot.runtime.ports import Keeping, Refused, TryLater
from tests.fakes.telegram_api import World

BYTES = bytes(range(256)) * 700
DANA = "telegram:1"


@pytest.fixture
def channel(api: Api) -> TelegramChannel:
    """The channel."""
    return TelegramChannel(api, lambda: datetime.now(UTC), {})


def attachment(update: dict[str, Any]) -> Attachment:
    """What the coach is told of a file."""
    event = incoming(update, lambda: datetime.now(UTC)).event
    assert isinstance(event, Sent)
    assert event.attachment is not None
    return event.attachment


async def test_a_photo_comes_back_in_full(channel: TelegramChannel, world: World) -> None:
    """The largest size, byte for byte, by the id that came with the message."""
    kept = attachment(world.send_photo(1, data=BYTES))
    assert isinstance(channel, Keeping)
    assert await channel.fetch(DANA, kept.file, 10**6) == BYTES
    assert kept.size == len(BYTES)


async def test_a_document_comes_back(channel: TelegramChannel, world: World) -> None:
    """With a name in Hebrew, and spaces in it."""
    kept = attachment(world.send_document(1, "חשבונית יולי.pdf", BYTES))
    assert (kept.name, kept.mime) == ("חשבונית יולי.pdf", "application/pdf")
    assert await channel.fetch(DANA, kept.file, 10**6) == BYTES


async def test_what_is_too_large_is_not_fetched(channel: TelegramChannel, world: World) -> None:
    """Its size is asked for first, and no byte of it is read."""
    kept = attachment(world.send_photo(1, data=BYTES))
    with pytest.raises(Refused, match="too large"):
        await channel.fetch(DANA, kept.file, len(BYTES) - 1)


async def test_a_file_that_is_gone(channel: TelegramChannel) -> None:
    """Telegram does not know it any more, and will not tomorrow."""
    with pytest.raises(Refused, match="getFile"):
        await channel.fetch(DANA, "no-such-file", 10**6)


@pytest.mark.parametrize("code", [429, 500])
async def test_a_file_that_has_to_wait(channel: TelegramChannel, world: World, code: int) -> None:
    """Telegram is busy or broken: the same file may come later."""
    kept = attachment(world.send_photo(1, data=BYTES))
    world.add_fault("error", method="getFile", code=code)
    with pytest.raises(TryLater):
        await channel.fetch(DANA, kept.file, 10**6)
    assert await channel.fetch(DANA, kept.file, 10**6) == BYTES
