"""The morning's nudges: a hundred thousand people due at the same minute, through the whole coach.

    python -m benchmarks.nudges                          # 100,000 as fast as it goes, then 20 s at Telegram's pace
    python -m benchmarks.nudges --people 10000 --mode paced --seconds 60

The people stand in a SQLite file, each with one to three cases whose deadlines differ. Alarm, turns and sender are the
coach's own; the channel only counts. In ``paced`` mode the channel takes 30 messages a second, and meanwhile somebody
asks for the menu every second: their answer must not wait behind the nudges.

Printed for each mode: nudges sent, how many a second, CPU per nudge, memory at the start and at most, how often
somebody with less time left came after somebody with more, and how long the answers took.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from bot.app import load
from bot.core.case import Case, Due
from bot.core.events import Said
from bot.core.nudges import turn_among
from bot.core.session import Frame, Nudging, Profile, Session, dump
from bot.core.vocabulary import VOCABULARY
from bot.runtime.alarm import Alarm
from bot.runtime.pacing import Pace
from bot.runtime.ports import Document, Inbox, Incoming, Loaded, Outgoing, Writes
from bot.runtime.sender import Route, Sender
from bot.runtime.turns import Batch, Turns
from bot.store.engine import connect
from bot.store.sql import SqlStore

__all__ = ["Measurement", "main", "measure", "seed"]

Mode = Literal["unlimited", "paced"]
HOUR = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Jerusalem")).astimezone(UTC)
"""The hour at which everybody is due: a Monday."""
TELEGRAM = 30.0
"""Messages a second that Telegram takes from a bot."""
CHUNK = 1000
"""People written in one transaction."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured in one mode."""

    mode: Mode
    people: int
    nudges: int
    seconds: float
    nudges_per_second: float
    cpu_ms_per_nudge: float
    """CPU of the whole process, user and system: reading, deciding, writing and sending."""
    rss_start_mb: float
    rss_peak_mb: float
    out_of_order: int
    """Nudges that went out after one with a later deadline, by whole seconds of the queue."""
    answers: int
    answer_p50_ms: float
    answer_max_ms: float


@dataclass
class Counter:
    """A channel that counts, and remembers when answers came."""

    deadlines: dict[str, int]
    """Person -> days that are left."""
    name: str = "telegram"
    nudges: int = 0
    latest: int = -1
    out_of_order: int = 0
    waiting: dict[str, asyncio.Event] = field(default_factory=dict)
    """Person -> their answer has come."""

    async def run(self, inbox: Inbox) -> None:
        """Nobody writes here by themselves."""
        await asyncio.Event().wait()

    async def send(self, message: Outgoing) -> str | None:
        """Count a nudge, or tell that an answer came."""
        if message.expires is None:
            self.waiting[message.person].set()
            return "1"
        days = self.deadlines[message.person]
        self.out_of_order += days < self.latest
        self.latest = max(self.latest, days)
        self.nudges += 1
        return "1"

    async def acknowledge(self, callback: str, text: str | None) -> None:
        """Nobody taps."""

    async def close(self) -> None:
        """Nothing to let go of."""


def person_of(number: int) -> tuple[Session, int]:
    """Somebody with one to three open cases, and the days that they have left; the same for the same number."""
    chance = random.Random(number)
    today = HOUR.date()
    cases = []
    for n in range(1, chance.randint(1, 3) + 1):
        due = Due("promise", today - timedelta(days=chance.randint(0, 5)), "a call back")
        limit = Due("answer", today + timedelta(days=chance.randint(0, 50)), "il-written-complaint")
        cases.append(
            Case(
                str(n),
                HOUR - timedelta(days=9),
                problem="price_rise",
                company="pelephone",
                sector="telecom-cellular",
                goal="restore_price",
                due=(due,) if chance.random() < 0.2 else (limit,),
            )
        )
    session = Session(
        f"telegram:{number}",
        profile=Profile(language="he", gender="f"),
        stack=(Frame("home", "menu"),),
        cases=tuple(cases),
        nudging=Nudging(at=HOUR),
        seen=HOUR - timedelta(days=2),
    )
    return session, int(turn_among(session, today).total_seconds())


async def seed(path: Path, people: int) -> None:
    """Write people into a database, in no order."""
    store = SqlStore(connect(f"sqlite+aiosqlite:///{path}"))
    await store.open()
    numbers = list(range(1, people + 1))
    random.Random(7).shuffle(numbers)
    for start in range(0, people, CHUNK):
        writes = Writes()
        for number in numbers[start : start + CHUNK]:
            session, left = person_of(number)
            writes.sessions[session.person] = (dump(session).decode(), 1, HOUR - timedelta(days=2))
            writes.timers[session.person, "nudge"] = HOUR + timedelta(seconds=left)
        await store.turns((), (), (), _writing(writes))
    await store.close()


def _writing(writes: Writes) -> Callable[[Loaded], Writes]:
    return lambda _: writes


async def measure(mode: Mode, people: int, seconds: float, path: Path) -> Measurement:
    """Send the nudges of everybody in the database, or as many as go out in so many seconds."""
    book, renderer = load()
    store = SqlStore(connect(f"sqlite+aiosqlite:///{path}"))
    await store.open()
    channel = Counter({f"telegram:{n}": person_of(n)[1] for n in range(1, people + 1)})
    began = time.perf_counter()
    minute = timedelta(minutes=1)  # of the hour, over which the queue is spread: all are due

    def clock() -> datetime:
        return HOUR + minute + timedelta(seconds=time.perf_counter() - began)

    async def no_document(person: str, kind: str, args: dict[str, object], language: str) -> Document:
        raise ValueError(f"a nudge has no document '{kind}'")

    def committed(batch: Batch) -> None:
        sender.take(batch.outbox, batch.acks, batch.answers)

    turns = Turns(book, VOCABULARY, renderer, store, clock, "he", committed)
    pace = Pace(TELEGRAM, 1) if mode == "paced" else Pace(0, 0)
    sender = Sender(store, {"telegram": Route(channel, pace)}, turns, no_document, clock)
    alarm = Alarm(store, turns, clock, lambda: sender.room)
    waits: list[float] = []

    async def ask(number: int) -> None:
        person = f"telegram:{people + number}"
        answered = channel.waiting[person] = asyncio.Event()
        asked = time.perf_counter()
        event = Said(id=f"telegram:asked{number}", person=person, at=clock(), text="/start")
        await turns.accept([Incoming("telegram", f"asked{number}", event)])
        await answered.wait()
        waits.append(time.perf_counter() - asked)

    gc.collect()
    start = peak = _rss_mb()
    cpu = time.process_time()
    began = time.perf_counter()
    tasks = [asyncio.create_task(work) for work in (turns.run(), sender.run(), alarm.run())]
    asking: list[asyncio.Task[None]] = []
    while channel.nudges < people and (mode == "unlimited" or time.perf_counter() - began < seconds):
        await asyncio.sleep(0.1)
        peak = max(peak, _rss_mb())
        if mode == "paced" and time.perf_counter() - began > len(asking) + 1:
            asking.append(asyncio.create_task(ask(len(asking) + 1)))
    took, used, sent = time.perf_counter() - began, time.process_time() - cpu, channel.nudges
    await asyncio.gather(*asking)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await sender.stop()
    await store.close()
    waits.sort()
    return Measurement(
        mode=mode,
        people=people,
        nudges=sent,
        seconds=round(took, 1),
        nudges_per_second=round(sent / took, 1),
        cpu_ms_per_nudge=round(used / max(sent, 1) * 1000, 3),
        rss_start_mb=round(start, 1),
        rss_peak_mb=round(peak, 1),
        out_of_order=channel.out_of_order,
        answers=len(waits),
        answer_p50_ms=round(waits[len(waits) // 2] * 1000, 1) if waits else 0.0,
        answer_max_ms=round(waits[-1] * 1000, 1) if waits else 0.0,
    )


def _rss_mb() -> float:
    """Memory in use, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _run(mode: Mode, people: int, seconds: float) -> Measurement:
    """One mode in a process of its own, over a database that another one has filled: memory is the run's alone."""
    with tempfile.TemporaryDirectory(prefix="lofrayer-nudges-") as folder:
        path = Path(folder) / "people.db"
        command = [sys.executable, "-m", "benchmarks.nudges", "--people", str(people), "--database", str(path)]
        subprocess.run([*command, "--seed"], check=True)
        found = subprocess.run(
            [*command, "--mode", mode, "--seconds", str(seconds), "--json"], check=True, stdout=subprocess.PIPE
        )
        return Measurement(**json.loads(found.stdout)[0])


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a morning's nudges cost.")
    parser.add_argument("--mode", choices=("unlimited", "paced", "both"), default="both")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20, help="length of the paced run")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--database", type=Path, help="a file of people to run over, once")
    parser.add_argument("--seed", action="store_true", help="only fill the database")
    options = parser.parse_args(arguments)
    if options.seed:
        asyncio.run(seed(options.database, options.people))
        return
    modes: list[Mode] = ["unlimited", "paced"] if options.mode == "both" else [options.mode]
    if options.database is not None:
        found = [asyncio.run(measure(modes[0], options.people, options.seconds, options.database))]
    else:
        found = [_run(mode, options.people, options.seconds) for mode in modes]
    if options.json:
        print(json.dumps([asdict(m) for m in found], indent=2))
        return
    for measurement in found:
        for name, value in asdict(measurement).items():
            print(f"{name.replace('_', ' '):>20}  {value}")
        print()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
