"""Two coaches over one PostgreSQL behind a balancer, and one of them dies again and again."""

from __future__ import annotations

import asyncio
import json
import random
import re
import socket
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.end_to_end.conftest import TOKEN
from tests.end_to_end.people import all_said
from tests.fakes.coach import CoachProcess
from tests.fakes.telegram_api import TelegramServer, World
from tests.support.databases import empty, query

PEOPLE = 8
KILLS = 4


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """One for both."""
    with empty("postgresql", request, tmp_path) as address:
        yield address


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def request(reader: asyncio.StreamReader) -> bytes:
    """A whole HTTP message."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    return head + (await reader.readexactly(int(length[1])) if length else b"")


@asynccontextmanager
async def balancer(port: int, ports: list[int]) -> AsyncIterator[None]:
    """Gives every request to any of the ports."""

    async def forward(message: bytes) -> bytes:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", random.choice(ports))
            try:
                writer.write(message)
                return await request(reader)
            finally:
                writer.close()
        except (OSError, asyncio.IncompleteReadError):
            return b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n"

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                writer.write(await forward(await request(reader)))
        except (OSError, asyncio.IncompleteReadError):
            """Who asked went away."""
        finally:
            writer.close()

    serving: set[asyncio.Task[None]] = set()
    """Nobody else keeps them from being collected while they wait."""

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        serving.add(task)
        task.add_done_callback(serving.discard)

    async with await asyncio.start_server(accept, "127.0.0.1", port):
        yield
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)


async def test_either_of_two_dies(world: World, telegram: TelegramServer, database: str, tmp_path: Path) -> None:
    """Every update is a turn, once; every message reaches its person; only what was being sent may come twice."""
    world.configure(require_https=False)
    chance, front, ports = random.Random(20261122), free_port(), [free_port(), free_port()]
    coaches = []
    for port in ports:
        (tmp_path / str(port)).mkdir()
        settings = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": telegram.url,
            "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{front}/hook",
            "TELEGRAM_WEBHOOK_SECRET": "s3cret",
            "TELEGRAM_MESSAGES_PER_CHAT_PER_SECOND": "0",
            "DATABASE_URL": database,
            "WEB_PORT": str(port),
        }
        coaches.append(CoachProcess(tmp_path / str(port), **settings))
    try:
        async with balancer(front, ports):
            for coach in coaches:
                await asyncio.to_thread(coach.start)
            await world.wait_calls("setWebhook", 2)
            sent = await traffic(world, coaches, chance)
            await all_said(world, coaches[0])  # after a lease what the last dead one left is sent too
        for coach in coaches:
            assert 0 == await asyncio.to_thread(coach.stop)
    finally:
        for coach in coaches:
            coach.kill()
    handled = (await query(database, "SELECT count(*), count(*) FILTER (WHERE error IS NOT NULL) FROM updates"))[0]
    turns = dict(await query(database, "SELECT person, version FROM people"))
    updates = dict(await query(database, "SELECT person, count(*) FROM updates GROUP BY person"))
    said = (await query(database, "SELECT count(*) FROM outbox WHERE kind = 'say'"))[0][0]
    states = {row[0] for row in await query(database, "SELECT DISTINCT state FROM outbox")}
    sessions = {p: json.loads(s) for p, s in await query(database, "SELECT person, session FROM people")}
    timers = {row[0] for row in await query(database, "SELECT person FROM timers WHERE key = 'nudge'")}
    assert handled[0] >= sum(sent.values())
    assert 0 == handled[1]
    assert updates == turns, "a turn for every update, and none twice"
    assert {f"telegram:{user}" for user in range(1, PEOPLE + 1)} == set(turns)
    assert {"sent"} == states
    assert {p for p, s in sessions.items() if s.get("nudging", {}).get("at")} == timers
    accepted = [call for call in world.calls("sendMessage") if call.ok]
    repeated = len(accepted) - said
    print(f"\n{KILLS} kills, {handled[0]} updates, {len(accepted)} messages, {repeated} of them repeated")
    assert 0 <= repeated <= KILLS * PEOPLE, "only what was on its way when one died"


async def traffic(world: World, coaches: list[CoachProcess], chance: random.Random) -> Counter[int]:
    """People type while one or the other is killed and starts anew; returns how much each of them typed."""
    sent: Counter[int] = Counter()
    stop = asyncio.Event()

    async def type_notes(user: int) -> None:
        pause = random.Random(user)
        world.add_user(user, f"P{user}", language_code="en")
        while not stop.is_set():
            sent[user] += 1
            world.send_text(user, f"Pelephone owes me {sent[user]}.00 for note-{user}-{sent[user]}")
            await asyncio.sleep(pause.uniform(0.1, 0.8))

    typing = [asyncio.create_task(type_notes(user)) for user in range(1, PEOPLE + 1)]
    for number in range(KILLS):
        await asyncio.sleep(chance.uniform(0.5, 2.0))
        coaches[number % 2].kill()
        await asyncio.to_thread(coaches[number % 2].start)
    stop.set()
    await asyncio.gather(*typing)
    return sent
