"""A letter on its way: from the button to the file, the e-mail and the clipboard."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.app import Coach
from bot.core.case import Case
from bot.core.events import Event, Tapped
from bot.core.session import Frame, Profile, Prompt, Session, dump
from bot.runtime.ports import Button, Inbox, Incoming, Outgoing
from bot.store.sql import SqlStore
from tests.store.fixtures import ended, migrated, store, url
from tests.support.coach import coach

__all__ = ["ended", "migrated", "store", "url"]

P = "desk:1"
TOLD = {"details": "חויבתי פעמיים על Cellcom tv & more.", "name": "נועה לוי", "to": "service@cellcom.example"}


class Desk:
    """A channel that keeps what it is given. Implements `bot.runtime.ports.Channel`."""

    name = "desk"

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []
        self.arrived = asyncio.Event()

    async def run(self, inbox: Inbox) -> None:
        """Nothing comes in by itself."""

    async def send(self, message: Outgoing) -> str | None:
        self.sent.append(message)
        self.arrived.set()
        return message.id

    async def acknowledge(self, callback: str, text: str | None) -> None:
        """Nothing spins."""

    async def close(self) -> None:
        """Nothing is open."""

    async def wait_for(self, kind: str) -> Outgoing:
        """The first message of a kind since this was last asked."""
        while True:
            self.arrived.clear()
            for number, message in enumerate(self.sent):
                if message.kind == kind:
                    del self.sent[: number + 1]
                    return message
            await asyncio.wait_for(self.arrived.wait(), 120)


@pytest.fixture
async def desk(store: SqlStore) -> AsyncIterator[tuple[Coach, Desk]]:
    """The real coach with a person who reads their letter."""
    book, renderer = coach()
    whole, channel = Coach(book, renderer, store, "he"), Desk()
    whole.attach(channel)
    await whole.start()
    yield whole, channel
    with suppress(asyncio.CancelledError):
        await whole.stop()


_NUMBERS = itertools.count(1)


async def tap(whole: Coach, message: Outgoing, label: str) -> None:
    """Tap a button by its label."""
    button = next(b for b in labelled(message) if label in b.text)
    number = next(_NUMBERS)
    event: Event = Tapped(id=f"desk:{number}", person=P, at=datetime.now(UTC), data=button.data or "")
    await whole.turns.accept([Incoming("desk", str(number), event)])


def labelled(message: Outgoing) -> list[Button]:
    """All buttons of a message."""
    return [button for row in message.buttons for button in row]


async def read_letter(whole: Coach, channel: Desk) -> Outgoing:
    """Put the person before their finished letter."""
    case = Case(
        "1",
        datetime.now(UTC),
        problem="overcharge",
        company="cellcom",
        sector="telecom-cellular",
        goal="refund",
        amount=Decimal("89.90"),
    )
    asked = ["details", "name", "number", "contact", "to"]
    gathered = {"letter": "complaint", "told": TOLD, "asked": asked, "follow": "none", "facts_asked": 2}
    stack = (Frame("home", "menu"), Frame("letters", "preview", gathered))
    session = Session(
        P, profile=Profile(language="he"), stack=stack, prompt=Prompt(1, "m"), prompts=1, cases=(case,), case="1"
    )
    await keep(whole, session)
    number = next(_NUMBERS)
    event = Tapped(id=f"desk:{number}", person=P, at=datetime.now(UTC), data="0")
    await whole.turns.accept([Incoming("desk", str(number), event)])
    return await channel.wait_for("say")


async def keep(whole: Coach, session: Session) -> None:
    """Store a session as if a turn had left it."""
    from bot.runtime.ports import Loaded, Writes

    def work(_: Loaded) -> Writes | set[str]:
        return Writes(sessions={P: (dump(session).decode(), 1, datetime.now(UTC))})

    await whole.store.turns([], [], [P], work)


async def test_the_pdf_arrives(desk: tuple[Coach, Desk]) -> None:
    """A tap, and the letter comes as a PDF with a name that says what it is."""
    whole, channel = desk
    shown = await read_letter(whole, channel)
    assert "חויבתי פעמיים" in shown.html
    await tap(whole, shown, "PDF")
    message = await channel.wait_for("document")
    assert message.document is not None
    assert message.document.content.startswith(b"%PDF-")
    assert message.document.mime == "application/pdf"
    assert message.document.name.startswith("complaint-20")


async def test_the_text_is_ready_to_be_pasted_and_sent(desk: tuple[Coach, Desk]) -> None:
    """The whole letter is on the copy button and in the e-mail, without invisible marks, percent-encoded."""
    whole, channel = desk
    await tap(whole, await read_letter(whole, channel), "טקסט")
    shown = await channel.wait_for("say")
    copied = next(b.copy for b in labelled(shown) if b.copy)
    link = next(b.url for b in labelled(shown) if b.url)
    assert len(copied) > 256
    assert copied.startswith("שלום רב,")
    assert "חויבתי פעמיים על Cellcom tv & more." in copied
    assert not set("\u2066\u2067\u2068\u2069") & set(copied + shown.html)
    parts = urlsplit(link)
    assert (parts.scheme, parts.path) == ("mailto", "service@cellcom.example")
    assert link.isascii()
    found = parse_qs(parts.query)
    assert found["subject"] == ["תלונה – חיוב שגוי"]
    assert found["body"][0].replace("\r\n", "\n") == copied
    assert "<code>service@cellcom.example</code>" in shown.html
