"""What a turn costs: many people at once through the fake Bot API, the whole coach as its users meet it.

    python -m benchmarks.turns                     # polling and webhook, 50 people at once, a table
    python -m benchmarks.turns --json --mode polling --waves 10
    python -m benchmarks.turns --postgresql
    python -m benchmarks.turns --pause 1           # people who read what they got: the latency of an ordinary day

The fake Telegram, the coach and the people are three processes, so the coach's CPU and memory are its own. Everybody
taps as soon as the answer is there, so the coach is loaded as far as it goes and the latency is that of a full house;
with a pause they read the answer first, each for another while.
Pacing is off: it is Telegram's limit, not ours.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from bot.channels.telegram.wire import Pool
from bot.core.session import Profile
from bot.core.text import Msg
from bot.language.catalog import Catalogs
from bot.language.render import Renderer
from bot.paths import LOCALES
from tests.fakes.coach import CoachProcess

__all__ = ["Measurement", "main", "measure"]

Mode = Literal["polling", "webhook"]
TOKEN = "123456789:BENCHMARK"
PATIENCE = 30.0
"""Seconds that a person waits for an answer."""

SCRIPT: tuple[tuple[str, str | int], ...] = (
    ("say", "/start"),
    ("tap", "As to a woman"),
    ("tap", "Something went wrong"),
    ("tap", 0),
    ("say", "סלקום"),
    ("tap", 0),
    ("tap", 0),
    ("tap", "Nothing less"),
    ("tap", "I don't know"),
    ("tap", "Today"),
    ("tap", 0),
    ("tap", "📋 Prepare me for the call"),
    ("tap", "📞 Start the call"),
    ("tap", 0),
    ("tap", 1),
    ("tap", "🔁 They said it again"),
    ("tap", "👤 Manager"),
    ("tap", 0),
    ("tap", "⏭ Next step"),
    ("tap", "🏁 End the call"),
    ("tap", "📞 Back to the call"),
)
"""A wrong charge and the call about it: from ``📞 Start the call`` on, answers are edits. Labels are msgids."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured in one mode. A turn is one update and its answer."""

    mode: Mode
    people: int
    turns: int
    seconds: float
    turns_per_second: float
    cpu_ms_per_turn: float
    """CPU of the coach, user and system, all its threads."""
    p50_ms: float
    """From the tap until the answer is visible."""
    p99_ms: float
    rss_mb: float
    start_s: float
    """From the start of the process until it listens."""


class People:
    """The people on the other side, through the fake's control."""

    def __init__(
        self,
        address: str,
        people: int,
        language: str,
        actions: list[tuple[str, dict[str, Any]]] | None = None,
        pause: float = 0.0,
    ) -> None:
        self._pool = Pool(people)
        self._address = address
        self._language = language
        self._script = actions or script(language)
        self._pause = pause
        """Seconds that they read an answer, on average."""
        self.waits: list[float] = []

    async def control(self, *actions: tuple[str, dict[str, Any]]) -> list[Any]:
        """Do actions, one after the other."""
        body = json.dumps(actions).encode()
        answer = await self._pool.post(f"{self._address}/control/batch", "application/json", body, 2 * PATIENCE)
        content = json.loads(answer.body)
        if not content["ok"]:
            raise RuntimeError(content["error"])
        results: list[Any] = content["result"]
        return results

    async def talk(self, person: int) -> None:
        """One person's whole conversation."""
        await self.control(("add_user", {"id": person, "language_code": self._language}))
        for action in self._script:
            await asyncio.sleep(random.uniform(0, 2 * self._pause))
            began = time.perf_counter()
            await self.control(
                (action[0], {"user": person, **action[1]}),
                ("wait_messages", {"user": person, "edits": True, "timeout": PATIENCE}),
            )
            self.waits.append(time.perf_counter() - began)


def script(language: str, steps: tuple[tuple[str, str | int], ...] = SCRIPT) -> list[tuple[str, dict[str, Any]]]:
    """The conversation as actions of the fake, in a language."""
    renderer = Renderer(Catalogs(LOCALES))
    profile = Profile(language=language)
    actions: list[tuple[str, dict[str, Any]]] = []
    for kind, what in steps:
        if kind == "say":
            actions.append(("send_text", {"text": what}))
        elif isinstance(what, int):
            actions.append(("tap", {"index": what}))
        else:
            actions.append(("tap", {"label": renderer.plain(Msg(what), profile, datetime.now(UTC))}))
            if what == SCRIPT[1][1]:
                profile = replace(profile, gender="f")
    return actions


@asynccontextmanager
async def fake_telegram() -> AsyncIterator[str]:
    """The fake Bot API as a process of its own; yields its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fakes.telegram_api", "--port", "0", "--token", TOKEN, "--no-calls"),
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


def coach(folder: Path, telegram: str, mode: Mode, **settings: str) -> CoachProcess:
    """The coach, not started yet."""
    if mode == "webhook":
        port = free_port()
        settings |= {
            "WEB_PORT": str(port),
            "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
            "TELEGRAM_WEBHOOK_SECRET": "benchmark",
        }
    return CoachProcess(
        folder,
        TELEGRAM_BOT_TOKEN=TOKEN,
        TELEGRAM_API_URL=telegram,
        TELEGRAM_MESSAGES_PER_SECOND="0",
        TELEGRAM_MESSAGES_PER_CHAT_PER_SECOND="0",
        LOG_LEVEL="WARNING",
        **settings,
    )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def cpu_seconds(pid: int) -> float:
    """CPU that a process has used, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rss_mb(pid: int) -> float:
    """Memory that a process has used at most, in MB."""
    line = next(x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


async def measure(
    mode: Mode,
    people: int = 50,
    waves: int = 4,
    language: str = "he",
    database: str | None = None,
    pause: float = 0.0,
) -> Measurement:
    """Run conversations of many people at once, in waves of new people; the first wave only warms up."""
    async with fake_telegram() as telegram:
        settings = {"DATABASE_URL": database} if database is not None else {}
        process = coach(Path(tempfile.mkdtemp(prefix="lofrayer-benchmark-")), telegram, mode, **settings)
        start = process.start()
        try:
            crowd = People(telegram, people, language, pause=pause)
            first = 1
            for wave in range(waves + 1):
                if wave == 1:
                    crowd.waits.clear()
                    used, began = cpu_seconds(process.pid), time.perf_counter()
                await asyncio.gather(*(crowd.talk(person) for person in range(first, first + people)))
                first += people
            seconds = time.perf_counter() - began
            used = cpu_seconds(process.pid) - used
            memory = rss_mb(process.pid)
        finally:
            process.stop()
    turns = len(crowd.waits)
    return Measurement(
        mode=mode,
        people=people,
        turns=turns,
        seconds=round(seconds, 2),
        turns_per_second=round(turns / seconds, 1),
        cpu_ms_per_turn=round(used / turns * 1000, 3),
        p50_ms=round(percentile(crowd.waits, 0.5) * 1000, 1),
        p99_ms=round(percentile(crowd.waits, 0.99) * 1000, 1),
        rss_mb=round(memory, 1),
        start_s=round(start, 2),
    )


def table(measurements: Sequence[Any]) -> str:
    """The measurements, which are dataclasses, one a row."""
    names = list(asdict(measurements[0]))
    cells = [names, *([str(value) for value in asdict(m).values()] for m in measurements)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(names))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in cells)


def measured(mode: Mode, options: argparse.Namespace) -> Measurement:
    """Measure over the database that was asked for, empty and durable."""
    with ExitStack() as stack:
        database = None
        if options.postgresql:
            from tests.support.postgresql import running

            database = stack.enter_context(stack.enter_context(running(durable=True)).database())
        return asyncio.run(measure(mode, options.people, options.waves, options.language, database, options.pause))


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a turn of the coach costs.")
    parser.add_argument("--mode", choices=("polling", "webhook", "both"), default="both")
    parser.add_argument("--people", type=int, default=50, help="people who talk at once")
    parser.add_argument("--waves", type=int, default=4, help="conversations of each, after one to warm up")
    parser.add_argument("--language", choices=("he", "en"), default="he")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds that people read an answer, on average")
    parser.add_argument("--postgresql", action="store_true", help="over a PostgreSQL that is started for it")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    modes: list[Mode] = ["polling", "webhook"] if options.mode == "both" else [options.mode]
    found = [measured(mode, options) for mode in modes]
    print(json.dumps([asdict(m) for m in found], indent=2) if options.json else table(found))


if __name__ == "__main__":
    main()
