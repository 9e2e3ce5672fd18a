"""Files on their way out: a picture is shown as one, anything else is a file."""

from __future__ import annotations

import base64

import pytest

from bot.channels.telegram.api import Api
from bot.channels.telegram.outbound import deliver
from bot.channels.telegram.transport import LeanRequest
from bot.runtime.ports import Document, Outgoing
from tests.fakes.telegram_api import TelegramServer, World

DANA = 4711
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.mark.parametrize(
    ("document", "kind", "method"),
    [
        (Document("offer.png", PIXEL, "image/png"), "photo", "sendPhoto"),
        (Document("all.json", b"{}", "application/json"), "document", "sendDocument"),
    ],
)
async def test_a_picture_is_shown_and_a_file_is_sent(document: Document, kind: str, method: str) -> None:
    """Telegram takes it, and the person sees it in the form that fits it."""
    with TelegramServer(World()) as server:
        world = server.world
        world.add_user(DANA, "Dana")
        world.send_text(DANA, "/start")
        api = Api(server.url, world.token, LeanRequest())
        await api.open()
        handle = await deliver(api, Outgoing("t:1", f"telegram:{DANA}", "document", document=document))
        await api.close()
        assert handle == str(world.last_message(DANA).message_id)
        assert world.last_message(DANA).kind == kind
        assert [call.method for call in world.calls(user=DANA)] == [method]
