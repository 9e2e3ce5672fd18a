"""Several processes over one PostgreSQL: nothing twice, nothing lost, nothing out of order, and one pace for all."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_hex
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

import bot.runtime.replica
import bot.runtime.turns
import bot.store.replicas
import bot.store.sql
from bot.app import Coach, utc_now
from bot.core.book import Book
from bot.language.render import Renderer
from bot.runtime.ports import (
    Inbox,
    Incoming,
    OutboxRow,
    Outgoing,
    StoreUnavailable,
    Timer,
    TranscriptLine,
    TryLater,
    Writes,
)
from bot.runtime.sender import Route
from bot.store.engine import connect
from bot.store.sql import SqlStore
from bot.store.transcripts import SqlTranscript
from tests.runtime.scripted import FakeRenderer, said, step
from tests.store.samples import NOW, keep, row, writes
from tests.support.databases import query
from tests.support.postgresql import Postgresql
from tests.support.waiting import until, until_so

SHORT = {"LEASE": 3.0, "MARGIN": 1.0}
"""Leases that run out while one watches."""
LONG = 600.0
"""A lease that no machine is too slow to renew: only who is buried is taken for dead."""


@dataclass
class Telegram:
    """What people got, from whichever process, in order."""

    takes: tuple[float, float] = (0.0, 0.02)
    """Seconds that a call takes, from and to."""
    sent: list[tuple[float, str, str]] = field(default_factory=list)
    """When, person, words."""
    by: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    """Process -> person and words of what came from it."""
    trouble: list[TryLater] = field(default_factory=list)
    """What happens to the next calls."""
    under_way: Counter[str] = field(default_factory=Counter)
    overlaps: int = 0

    def words(self, person: str) -> list[str]:
        """What somebody got."""
        return [words for _, to, words in self.sent if to == person]

    @property
    def repeated(self) -> dict[tuple[str, str], int]:
        """Person and words of what came more than once, and how often."""
        return {key: n for key, n in Counter((person, words) for _, person, words in self.sent).items() if n > 1}


class Line:
    """A process's way to Telegram."""

    name = "telegram"

    def __init__(self, telegram: Telegram, process: str) -> None:
        self._telegram = telegram
        self._process = process

    async def run(self, inbox: Inbox) -> None:
        await asyncio.Event().wait()

    async def send(self, message: Outgoing) -> str | None:
        telegram, person = self._telegram, message.person
        telegram.overlaps += telegram.under_way[person]
        telegram.under_way[person] += 1
        try:
            await asyncio.sleep(random.uniform(*telegram.takes))
        finally:
            telegram.under_way[person] -= 1
        if telegram.trouble:
            raise telegram.trouble.pop()
        words = message.html.removeprefix("en:")
        telegram.sent.append((time.monotonic(), person, words))
        telegram.by[self._process].add((person, words))
        return f"h-{message.id}"

    async def acknowledge(self, callback: str, text: str | None) -> None:
        """Nothing to see."""

    async def close(self) -> None:
        """Nothing to let go of."""


class Process:
    """A coach of the scripted kind; can be killed as by SIGKILL."""

    def __init__(self, url: str, telegram: Telegram, overall: float = 0) -> None:
        self.store = SqlStore(connect(url))
        book = cast("Book", SimpleNamespace(languages=("he", "en")))
        self.coach = Coach(book, cast("Renderer", FakeRenderer()), self.store, "en")
        self.name = token_hex(4)
        self.coach.attach(Line(telegram, self.name), overall)
        self.dead = False

    async def start(self) -> None:
        await self.store.open()
        await self.coach.start()

    async def tell(self, *updates: Incoming) -> None:
        """Deliver, as a webhook does: a process that dies meanwhile has not taken it."""
        if self.dead:
            raise StoreUnavailable("dead")
        accepting = asyncio.ensure_future(self.coach.turns.accept(updates))
        while not accepting.done():
            await asyncio.wait({accepting}, timeout=0.05)
            if self.dead and not accepting.done():
                accepting.cancel()
                raise StoreUnavailable("dead")
        accepting.result()

    async def kill(self) -> None:
        """Nothing more happens: what was to be sent is not sent, what was to be noted is not noted."""
        self.dead = True
        sender = self.coach.sender
        sender._stopping = True
        tasks = [*self.coach._tasks, *sender._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.store.close()

    async def stop(self) -> None:
        """As SIGTERM stops it."""
        if not self.dead:
            self.dead = True
            await self.coach.stop()
            await self.store.close()


Start = Callable[..., Awaitable[list[Process]]]


@pytest.fixture
def url(postgresql: Postgresql) -> Iterator[str]:
    """A database with nobody in it."""
    with postgresql.database() as address:
        yield address


@pytest.fixture
def telegram() -> Telegram:
    """One for all processes."""
    return Telegram()


@pytest.fixture
async def start(url: str, telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Start]:
    """Starts so many processes."""
    monkeypatch.setattr(bot.runtime.turns, "step", step)
    monkeypatch.setattr(bot.store.replicas, "LEASE", LONG)
    async with AsyncExitStack() as stack:

        async def started(count: int, overall: float = 0) -> list[Process]:
            processes = [Process(url, telegram, overall) for _ in range(count)]
            for process in processes:
                await process.start()
                stack.push_async_callback(process.stop)
            return processes

        yield started


@pytest.fixture
def short(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who cannot say that it lives is taken for dead soon."""
    for name, seconds in SHORT.items():
        monkeypatch.setattr(bot.store.replicas, name, seconds)


@pytest.fixture(autouse=True)
def _watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who died is noticed soon."""
    monkeypatch.setattr(bot.runtime.replica, "BEAT", 0.3)


async def settled(url: str) -> None:
    """Wait until no message waits."""

    async def none_waits() -> bool:
        return not await waiting(url)

    await until_so(none_waits)


async def waiting(url: str, replica: str = "%") -> set[tuple[str, str]]:
    """Person and words of the messages that are not noted as sent, of one process or of all."""
    rows = await query(
        url,
        "SELECT person, payload FROM outbox WHERE state = 'waiting' AND coalesce(replica, '') LIKE :replica",
        replica=replica,
    )
    return {(person, json.loads(payload)["html"].removeprefix("en:")) for person, payload in rows}


async def bury(url: str, process: Process) -> None:
    """Let the lease of a dead process run out."""
    replicas = process.store.replicas
    assert replicas is not None
    store = SqlStore(connect(url))
    async with store.transaction() as connection:
        await connection.execute(text("UPDATE replicas SET until = 0 WHERE id = :id"), {"id": replicas.id})
    await store.close()


async def conversation(processes: list[Process], person: str, count: int, dice: random.Random) -> None:
    """Somebody's updates one after the other, each to any process and some to two; until it is taken, again."""
    number = int(person.partition(":")[2]) * 1000
    for turn in range(count):
        update = said(number + turn, f"say {turn}a\nsay {turn}b", person)
        while True:
            chosen = dice.sample([p for p in processes if not p.dead], 2)[: dice.choice((1, 1, 2))]
            answers = await asyncio.gather(*(p.tell(update) for p in chosen), return_exceptions=True)
            if None in answers:
                break
        if dice.random() < 0.5:
            await asyncio.sleep(dice.random() * 0.03)


def in_order(count: int) -> list[str]:
    """What somebody should have got."""
    return [f"{turn}{part}" for turn in range(count) for part in "ab"]


async def test_any_update_to_any_process(start: Start, url: str, telegram: Telegram) -> None:
    """Each turn is taken once, each message sent once and in order, and never two at a time to one person."""
    processes, dice = await start(3), random.Random(6)
    people = [f"telegram:{n}" for n in range(1, 13)]
    await asyncio.gather(*(conversation(processes, person, 15, dice) for person in people))
    await settled(url)
    assert {person: in_order(15) for person in people} == {person: telegram.words(person) for person in people}
    assert 0 == telegram.overlaps
    versions = await query(url, "SELECT person, version FROM people")
    assert dict.fromkeys(people, 15) == dict(versions)
    assert [(180,)] == await query(url, "SELECT count(*) FROM updates")


async def test_strangers_at_every_door(start: Start, url: str, telegram: Telegram) -> None:
    """Somebody's first updates, at the same moment to three processes, are turns one after the other."""
    processes = await start(3)
    for person in (f"telegram:{n}" for n in range(1, 11)):
        number = int(person.partition(":")[2]) * 10
        await asyncio.gather(*(p.tell(said(number + n, f"say {n}", person)) for n, p in enumerate(processes)))
    await settled(url)
    assert {3} == {row[0] for row in await query(url, "SELECT version FROM people")}
    assert [["0", "1", "2"]] * 10 == [sorted(telegram.words(f"telegram:{n}")) for n in range(1, 11)]


async def test_a_process_is_killed(start: Start, url: str, telegram: Telegram) -> None:
    """Others finish what it left: nothing is lost or out of order, and only what it had not noted comes twice."""
    processes, dice = await start(3), random.Random(7)
    people = [f"telegram:{n}" for n in range(1, 13)]
    talking = asyncio.gather(*(conversation(processes, person, 20, dice) for person in people))
    dead, replicas = processes[0], processes[0].store.replicas
    assert replicas is not None
    await until(lambda: len(telegram.by[dead.name]) >= 40)
    await dead.kill()
    assert not talking.done()
    unnoted = telegram.by[dead.name] & await waiting(url, str(replicas.id))
    later = len(telegram.sent) + 40
    await until(lambda: talking.done() or len(telegram.sent) >= later)
    await bury(url, dead)
    await talking
    await settled(url)
    for person in people:
        first_times = list(dict.fromkeys(telegram.words(person)))
        assert in_order(20) == first_times
    assert telegram.repeated.keys() <= unnoted
    assert set(telegram.repeated.values()) <= {2}
    assert {20} == {row[0] for row in await query(url, "SELECT version FROM people")}


async def test_a_process_that_stops_leaves_its_messages(start: Start, url: str, telegram: Telegram) -> None:
    """What it had no time for is sent by another one, and nothing twice."""
    first, second = await start(2)
    telegram.takes = (0.3, 0.3)
    await first.tell(said(1, "say a\nsay b\nsay c\nsay d"))
    await until(lambda: telegram.under_way["telegram:1"])
    await first.stop()
    telegram.takes = (0.0, 0.0)
    await settled(url)
    assert ["a", "b", "c", "d"] == telegram.words("telegram:1")
    assert telegram.by[second.name]


async def test_a_process_that_was_taken_for_dead(start: Start, url: str, telegram: Telegram, short: None) -> None:
    """It stops by itself when it cannot say that it lives, sends nothing that others send now, and begins anew."""
    first, second = await start(2)
    replicas, others = first.store.replicas, second.store.replicas
    assert replicas is not None
    assert others is not None
    reachable, beat, before = asyncio.Event(), replicas.beat, replicas.id
    take_over, taken = others.take_over, set[tuple[str, str]]()

    async def cut_off() -> tuple[bool, bool]:
        await reachable.wait()
        return await beat()

    async def noted(limit: int, after: tuple[str, int]) -> list[OutboxRow]:
        rows = await take_over(limit, after)
        taken.update((row.person, json.loads(row.payload)["html"].removeprefix("en:")) for row in rows)
        return rows

    replicas.beat = cut_off  # type: ignore[method-assign]
    others.take_over = noted  # type: ignore[method-assign]
    telegram.takes = (0.4, 0.4)
    await first.tell(said(1, "\n".join(f"say {n}" for n in range(20))))
    await settled(url)
    assert [str(n) for n in range(20)] == list(dict.fromkeys(telegram.words("telegram:1")))
    assert telegram.repeated.keys() <= taken, "only what was not noted may come twice"
    assert set(telegram.repeated.values()) <= {2}
    assert len(taken - telegram.by[first.name]) > 1, "it left some to the other one"
    assert replicas.id == before
    reachable.set()
    await until(lambda: replicas.id != before)
    telegram.takes = (0.0, 0.0)
    await first.tell(said(2, "say later"))
    await settled(url)
    assert "later" == telegram.words("telegram:1")[-1]
    assert not second.dead


async def test_each_timer_fires_once(start: Start, url: str, telegram: Telegram) -> None:
    """Every process sees what is due, and one of them fires it."""
    processes = await start(3)
    people = [f"telegram:{n}" for n in range(1, 151)]
    await processes[0].tell(*(said(n, "later 0 say_now", person) for n, person in enumerate(people)))
    await until(lambda: len(telegram.sent) >= len(people))
    await settled(url)
    assert [(0,)] == await query(url, "SELECT count(*) FROM timers")
    assert [(150,)] == await query(url, "SELECT count(*) FROM outbox")
    assert Counter(dict.fromkeys(people, 1)) == Counter(person for _, person, _ in telegram.sent)


async def test_timers_of_a_killed_process(
    start: Start, url: str, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it held when it died is fired by another one, once."""
    monkeypatch.setattr(bot.store.sql, "HOLD", timedelta(seconds=1))
    monkeypatch.setattr("bot.runtime.alarm.LONGEST", 0.2)
    (first,) = await start(1)
    await first.tell(said(1, "later 0.005 say_now"))
    first.coach._tasks[2].cancel()  # the alarm: this process dies with the timers in its hands
    held: list[Timer] = []

    async def due() -> bool:
        held.extend(await first.store.due_timers(utc_now(), 9))
        return bool(held)

    await until_so(due)
    assert ["say_now"] == [timer.key for timer in held]
    await first.kill()
    await start(2)
    await until(lambda: telegram.sent)
    await settled(url)
    assert [(0,)] == await query(url, "SELECT count(*) FROM timers")
    assert [(1,)] == await query(url, "SELECT count(*) FROM outbox")
    assert ["now"] == telegram.words("telegram:1")


async def test_one_pace_for_all(start: Start, url: str, telegram: Telegram) -> None:
    """A burst and then so many a second at most, however many processes send."""
    telegram.takes = (0.0, 0.0)
    processes = await start(3, overall=20)
    began = time.monotonic()
    for number in range(60):
        await processes[number % 3].tell(said(number, "say hello", f"telegram:{number}"))
    await settled(url)
    times = sorted(at - began for at, _, _ in telegram.sent)
    assert 60 == len(times)
    early = [(number, at) for number, at in enumerate(times) if at < (number - 19) / 20 - 0.01]
    assert [] == early, "the first twenty at once, each other one a twentieth of a second after the one before"


async def test_a_pause_is_for_all(start: Start, url: str, telegram: Telegram) -> None:
    """When Telegram asks one process to leave everybody alone, the others do too, and those that start meanwhile."""
    first, second = await start(2, overall=20)
    await first.tell(said(1, "say hello", "telegram:1"))
    await settled(url)
    telegram.trouble = [TryLater(3600, everyone=True)]
    await first.tell(said(2, "say early", "telegram:2"))
    route = second.coach.routes["telegram"]
    await until(lambda: route.resume > time.monotonic() + 3000)
    await second.tell(said(3, "say later", "telegram:3"))
    (third,) = await start(1, overall=20)
    quota = third.coach.routes["telegram"].quota
    assert quota is not None
    assert await quota.take() > time.monotonic() + 3000
    assert {("telegram:2", "early"), ("telegram:3", "later")} == await waiting(url)
    assert ["hello"] == [words for _, _, words in telegram.sent]


async def test_an_answer_overtakes_a_nudge_of_another_process(
    start: Start, url: str, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A nudge that waits in one process is dropped when its person talks to another one."""
    first, second = await start(2)

    async def always(route: Route) -> float:
        return 0.05

    monkeypatch.setattr(first.coach.sender, "_busy", always)
    await first.tell(said(1, "expire 60 nudge"))
    await second.tell(said(2, "say answer"))
    await settled(url)
    assert ["answer"] == telegram.words("telegram:1")
    states = await query(url, "SELECT id, state FROM outbox ORDER BY position")
    assert [("telegram:1:1", "dropped"), ("telegram:2:1", "sent")] == states


async def test_many_people_meet_in_batches(start: Start, url: str, telegram: Telegram) -> None:
    """Batches of the same people in any order, at the same moment, wait for each other and never forever."""
    processes, dice = await start(3), random.Random(8)
    people = [f"telegram:{n}" for n in range(1, 41)]
    rounds = 6

    async def wave(process: Process, own: int) -> None:
        for turn in range(rounds):
            order = dice.sample(people, len(people))
            await process.tell(*(said(own * 100_000 + turn * 1000 + n, "say x", p) for n, p in enumerate(order)))

    await asyncio.gather(*(wave(process, own) for own, process in enumerate(processes)))
    await settled(url)
    sent: dict[str, int] = defaultdict(int)
    for _, person, _ in telegram.sent:
        sent[person] += 1
    assert dict.fromkeys(people, rounds * 3) == sent
    assert {rounds * 3} == {row[0] for row in await query(url, "SELECT version FROM people")}


async def test_handed_before_its_own_turn_is_heard_of(
    start: Start, url: str, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process hands somebody's messages over between the commit of a turn here and its end: each goes once."""
    (process,) = await start(1)
    turns, replicas = process.store.turns, process.store.replicas
    assert replicas is not None

    async def handed_meanwhile(*given: Any) -> Writes:
        written = await turns(*given)
        process.coach.sender.take(await replicas.handed("telegram:1"))
        return written

    monkeypatch.setattr(process.store, "turns", handed_meanwhile)
    await process.tell(said(1, "say a\nsay b"))
    await settled(url)
    await process.stop()
    assert ["a", "b"] == telegram.words("telegram:1")


async def test_the_database_hangs_up(start: Start, url: str, telegram: Telegram) -> None:
    """All connections break again and again: nothing is lost, doubled or out of order, and all are made anew."""
    processes, dice = await start(3), random.Random(9)
    people = [f"telegram:{n}" for n in range(1, 9)]
    talking = asyncio.gather(*(conversation(processes, person, 25, dice) for person in people))
    for _ in range(4):
        await asyncio.sleep(0.4)
        await query(url, HANG_UP)
    await talking
    await settled(url)
    assert {person: in_order(25) for person in people} == {person: telegram.words(person) for person in people}
    assert {25} == {row[0] for row in await query(url, "SELECT version FROM people")}


HANG_UP = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


async def test_a_commit_that_nobody_heard_of(
    start: Start, url: str, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection breaks between the commit and its confirmation: the turn is not repeated, its message is sent."""
    (process,) = await start(1)
    whole, broken = process.store.transaction, [True]

    @asynccontextmanager
    async def breaking() -> AsyncIterator[AsyncConnection]:
        async with whole() as connection:
            yield connection
            turned = await connection.scalar(text("SELECT count(*) FROM updates"))
        if turned and broken:
            broken.pop()
            raise StoreUnavailable("hung up")

    monkeypatch.setattr(process.store, "transaction", breaking)
    with pytest.raises(StoreUnavailable):
        await process.tell(said(1, "say a"))
    monkeypatch.undo()
    monkeypatch.setattr(bot.runtime.turns, "step", step)
    await process.tell(said(1, "say a"))
    await settled(url)
    assert ["a"] == telegram.words("telegram:1")
    assert [(1,)] == await query(url, "SELECT version FROM people")


async def test_a_process_serves_its_channels_only(start: Start, url: str, telegram: Telegram) -> None:
    """What waits for people of a channel that it does not serve, messages and timers, is left to who serves it."""
    stranger = SqlStore(connect(url))
    await stranger.open()
    assert stranger.replicas is not None
    stranger.serve(["web"])
    await stranger.replicas.join(["web"])
    left = writes(said(1, "", "telegram:1"), outbox=[row("m")], timers={("telegram:1", "say_hello"): utc_now()})
    await keep(stranger, left)
    await stranger.replicas.leave()
    await stranger.replicas.join(["web"])
    assert [] == await stranger.waiting(9)
    assert [] == await stranger.due_timers(utc_now(), 9)
    assert await stranger.next_timer(utc_now()) is None
    await start(1)
    await settled(url)
    await until(lambda: len(telegram.sent) >= 2)
    assert ["he:hello", "words"] == sorted(telegram.words("telegram:1"))
    await stranger.close()


async def test_pages_are_told_of_what_others_write(url: str) -> None:
    """A line that one process writes is heard of by the other, and not by the writer, who knows."""
    stores = [SqlStore(connect(url)) for _ in range(2)]
    heard: list[tuple[int, str]] = []
    listening = []
    for number, store in enumerate(stores):
        assert store.replicas is not None
        await store.replicas.join(["web"])

        def changed(person: str, who: int = number) -> None:
            heard.append((who, person))

        listening.append(asyncio.create_task(store.replicas.listen(lambda _: None, changed, lambda *_: None)))
    await until(lambda: len(heard) >= 2)
    assert {(0, ""), (1, "")} == set(heard), "what was missed before is looked for at the start"
    await SqlTranscript(stores[0]).put("web:a", TranscriptLine("x", 0, "coach", "hi", [], NOW))
    await SqlTranscript(stores[1]).put("web:b", TranscriptLine("x", 0, "coach", "hi", [], NOW))
    await until(lambda: (0, "web:b") in heard and len(heard) >= 4)
    assert {(1, "web:a"), (0, "web:b")} == set(heard[2:])
    assert 4 == len(heard), "each is told to everybody in the order of the commits"
    for task, store in zip(listening, stores, strict=True):
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await store.close()
