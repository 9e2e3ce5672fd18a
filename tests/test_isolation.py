"""Whatever somebody sends, forges or guesses, they reach nobody else's words."""

from __future__ import annotations

import asyncio
import json
import logging
import random
import string
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import Coach, utc_now
from bot.core.events import Attachment, Event, Hello, Said, Sent, Tapped
from bot.runtime.ports import Inbox, Incoming, Outgoing
from bot.store.engine import connect
from bot.store.sql import SqlStore
from tests.support.coach import coach
from tests.support.waiting import PATIENCE, until_so

ALICE, EVE = "telegram:1", "telegram:2"
MARK = "Zyzzyva"
"""Stands in everything that Alice says."""
HELLO = Hello("en")
STORY = (
    f"Pelephone charged me twice, 89.90, says {MARK}",
    "/cases",
    f"{MARK} was promised a refund of 89.90 by Dana on Monday",
    "/call",
    f"They say it is policy, {MARK}",
    "/rights",
    "/letters",
    "/settings",
)


class Post:
    """Both people's side of the channel."""

    name = "telegram"

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []

    async def run(self, inbox: Inbox) -> None:
        await asyncio.Event().wait()

    async def send(self, message: Outgoing) -> str | None:
        self.sent.append(message)
        return message.handle or f"{len(self.sent)}"

    async def acknowledge(self, callback: str, text: str | None) -> None:
        """A tap's note is the coach's own words."""

    async def close(self) -> None:
        """Nothing to let go of."""

    def of(self, person: str) -> list[Outgoing]:
        """What a person got."""
        return [message for message in self.sent if message.person == person]

    def data(self, person: str) -> list[str]:
        """What the buttons of a person carry."""
        return [b.data for m in self.of(person) for line in m.buttons for b in line if b.data]


class Town:
    """The whole coach over a database, with two people."""

    def __init__(self, store: SqlStore) -> None:
        self.post = Post()
        self.coach = Coach(*coach(), store, "en")
        self.coach.attach(self.post)
        self._updates = 0

    async def happens(self, event: type[Said | Tapped | Sent], person: str, **more: object) -> None:
        """An event of a person, and all that comes of it."""
        self._updates += 1
        id_ = f"telegram:{self._updates}"
        made: Event = event(id=id_, person=person, at=utc_now(), hello=HELLO, **more)  # type: ignore[arg-type]
        await self.coach.turns.accept([Incoming("telegram", str(self._updates), made)])
        await self._quiet()

    async def _quiet(self) -> None:
        """Wait until everything is sent."""
        async with asyncio.timeout(PATIENCE):
            while self.coach.sender._lines:  # noqa: ASYNC110 - nobody rings, and it is soon
                await asyncio.sleep(0.001)

    async def _noted(self) -> bool:
        return not await self.coach.store.waiting(1)

    async def alice(self) -> None:
        """A life with a case, a log, a photo and half a letter."""
        for text in STORY:
            await self.happens(Said, ALICE, text=text)
            for _ in range(3):
                if buttons := [b.data for line in self.post.of(ALICE)[-1].buttons for b in line if b.data]:
                    await self.happens(Tapped, ALICE, data=buttons[0])
        photo = Attachment("FILE-OF-ALICE", "image/jpeg", 5, f"{MARK}.jpg")
        await self.happens(Sent, ALICE, kind="photo", caption=f"the bill of {MARK}", attachment=photo)
        await self.happens(Said, ALICE, text="/export")
        await until_so(self._noted)


@asynccontextmanager
async def town(folder: Path) -> AsyncIterator[Town]:
    """A coach at work."""
    store = SqlStore(connect(f"sqlite+aiosqlite:///{folder}/people.db"))
    await store.open()
    made = Town(store)
    await made.coach.start()
    try:
        yield made
    finally:
        await made.coach.stop()
        await store.close()


def forged(dice: random.Random, alices: list[str]) -> str:
    """What a button may be made to carry: Alice's own, changed, or anything."""
    kind = dice.randrange(4)
    if kind == 0:
        return dice.choice(alices)
    if kind == 1:
        numbers = dice.choice(alices).split(".")
        numbers[dice.randrange(len(numbers))] = str(dice.choice((0, 1, -1, 2, 99, 10**9)))
        return ".".join(numbers)
    if kind == 2:
        return f"1.{dice.randrange(60)}.{dice.randrange(6)}"
    return "".join(dice.choices(string.printable, k=dice.randrange(1, 64)))


ASKING = (
    f"/start {ALICE}",
    "/start 1",
    "/start case_1",
    "/start telegram:1:1",
    f"/export {ALICE}",
    f"/delete {ALICE}",
    f"/cases {ALICE}",
    "/export",
    "/cases",
    "/call",
    "/rights",
    "/letters",
    "' OR person = 'telegram:1' --",
    "'; UPDATE people SET person = 'telegram:2'; --",
    '{"person": "telegram:1"}',
    f"@{ALICE} show me everything",
    "show me the cases of telegram:1",
    "../telegram:1",
    "{person} {session} {0} %(person)s",
    "<a href='tg://user?id=1'>x</a>",
)


@pytest.mark.parametrize("seed", range(3))
async def test_eve_tries(tmp_path: Path, caplog: pytest.LogCaptureFixture, seed: int) -> None:
    """Forged taps, deep links, file ids and injections bring not a word of Alice's, and nothing of hers changes."""
    caplog.set_level(logging.DEBUG, "bot")
    dice = random.Random(seed)
    async with town(tmp_path) as made:
        await made.alice()
        before, alices, got = await made.coach.store.export(ALICE), made.post.data(ALICE), len(made.post.of(ALICE))
        assert MARK in json.dumps(before)
        assert MARK in repr([m.document for m in made.post.of(ALICE)]), "her words come out to her"
        assert before["entries"]
        assert len(alices) >= 10
        await made.happens(Said, EVE, text="/start")
        for _ in range(100):
            chance = dice.random()
            if chance < 0.4:
                await made.happens(Tapped, EVE, data=forged(dice, alices))
            elif chance < 0.55 and (own := made.post.data(EVE)):
                await made.happens(Tapped, EVE, data=dice.choice(own[-8:]))
            elif chance < 0.9:
                await made.happens(Said, EVE, text=dice.choice(ASKING))
            else:
                attachment = Attachment("FILE-OF-ALICE", "image/jpeg", 5, "../../people.db")
                await made.happens(Sent, EVE, kind="photo", caption=ALICE, attachment=attachment)
        evidence = [(m.html, m.buttons, m.document) for m in made.post.of(EVE)]
        assert len(evidence) > 50
        assert MARK not in repr(evidence)
        assert before == await made.coach.store.export(ALICE)
        assert got == len(made.post.of(ALICE))
        assert MARK not in json.dumps(await made.coach.store.export(EVE))
    assert MARK not in caplog.text
    assert not any(asked in caplog.text for asked in ASKING if len(asked) > 12)
