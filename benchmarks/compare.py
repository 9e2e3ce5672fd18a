"""Lo Frayer beside the usual stacks, in one run: the same people, the same fake Bot API, twelve turns each.

    make compare

Ours is the whole coach, and every turn is durable before it is answered. python-telegram-bot keeps people in a pickle
that it writes once a minute, aiogram keeps them in Redis; both only echo a screen. Redis is Debian's, started here;
where it is missing, aiogram is left out and that is said.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.turns import (
    TOKEN,
    People,
    coach,
    cpu_seconds,
    fake_telegram,
    free_port,
    percentile,
    rss_mb,
    script,
    table,
)

__all__ = ["Result", "main"]

ROOT = Path(__file__).resolve().parents[1]

OURS: tuple[tuple[str, str | int], ...] = (
    ("say", "/start"),
    ("tap", "As to a woman"),
    ("tap", "📞 I'm on a call now"),
    ("tap", 0),
    ("tap", 1),
    ("tap", "🔁 They said it again"),
    ("tap", "👤 Manager"),
    ("tap", 0),
    ("tap", "⏭ Next step"),
    ("tap", 0),
    ("tap", "🚪 Retention"),
    ("tap", 0),
)
"""Three messages and nine edits of the call's screen. Labels are msgids."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured of one stack."""

    stack: str
    durable: str
    turns: int
    turns_per_second: float
    cpu_ms_per_turn: float
    """CPU of the bot's process; Redis, where there is one, is beside it."""
    store_cpu_ms_per_turn: float
    p50_ms: float
    p99_ms: float
    rss_mb: float


@contextmanager
def redis_server(folder: Path) -> Iterator[tuple[str, int]]:
    """A Redis of our own; yields its address and process id."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        time.sleep(0.5)
        yield f"redis://127.0.0.1:{port}/0", process.pid
    finally:
        process.terminate()
        process.wait()


@contextmanager
def peer(python: str, module: str, *arguments: str) -> Iterator[int]:
    """A peer as a process of its own; yields its id."""
    process = subprocess.Popen(
        [python, "-m", f"benchmarks.peers.{module}", *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


async def measure(
    stack: str,
    durable: str,
    address: str,
    pid: int,
    actions: list[tuple[str, dict[str, Any]]],
    people: int,
    waves: int,
    store: int | None = None,
) -> Result:
    """Let people talk to what runs already; the first wave only warms up."""
    crowd = People(address, people, "he", actions)
    used = stored = began = 0.0
    first = 1
    for wave in range(waves + 1):
        if wave == 1:
            crowd.waits.clear()
            used, stored, began = cpu_seconds(pid), cpu_seconds(store) if store else 0.0, time.perf_counter()
        await asyncio.gather(*(crowd.talk(person) for person in range(first, first + people)))
        first += people
    seconds = time.perf_counter() - began
    turns = len(crowd.waits)
    return Result(
        stack=stack,
        durable=durable,
        turns=turns,
        turns_per_second=round(turns / seconds, 1),
        cpu_ms_per_turn=round((cpu_seconds(pid) - used) / turns * 1000, 2),
        store_cpu_ms_per_turn=round((cpu_seconds(store) - stored) / turns * 1000, 2) if store else 0.0,
        p50_ms=round(percentile(crowd.waits, 0.5) * 1000, 1),
        p99_ms=round(percentile(crowd.waits, 0.99) * 1000, 1),
        rss_mb=round(rss_mb(pid), 1),
    )


async def ours(people: int, waves: int) -> Result:
    """The whole coach, polling."""
    async with fake_telegram() as telegram:
        process = coach(Path(tempfile.mkdtemp(prefix="lofrayer-compare-")), telegram, "polling")
        process.start()
        try:
            actions = script("he", OURS)
            return await measure("Lo Frayer", "every turn (SQLite)", telegram, process.pid, actions, people, waves)
        finally:
            process.stop()


async def theirs(python: str, module: str, people: int, waves: int) -> Result:
    """A peer, polling."""
    actions: list[tuple[str, dict[str, Any]]] = [("send_text", {"text": "/start"})]
    actions += [("tap", {"index": 0})] * (len(OURS) - 1)
    folder = Path(tempfile.mkdtemp(prefix="lofrayer-compare-"))
    async with fake_telegram() as telegram:
        if module == "ptb":
            with peer(python, module, telegram, TOKEN, str(folder)) as pid:
                await asyncio.sleep(3)
                stack = "python-telegram-bot, ConversationHandler + PicklePersistence"
                return await measure(stack, "once a minute", telegram, pid, actions, people, waves)
        with redis_server(folder) as (address, store), peer(python, module, telegram, TOKEN, address) as pid:
            await asyncio.sleep(3)
            stack = "aiogram 3, FSM + RedisStorage"
            return await measure(stack, "in Redis's memory", telegram, pid, actions, people, waves, store)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a turn costs, beside the usual stacks.")
    parser.add_argument("--people", type=int, default=50, help="people who talk at once")
    parser.add_argument("--waves", type=int, default=4, help="conversations of each, after one to warm up")
    parser.add_argument("--peers", default=sys.executable, help="the Python that has the peers installed")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    found = [asyncio.run(ours(options.people, options.waves))]
    found.append(asyncio.run(theirs(options.peers, "ptb", options.people, options.waves)))
    if shutil.which("redis-server"):
        found.append(asyncio.run(theirs(options.peers, "aiogram", options.people, options.waves)))
    else:
        print("redis-server is not installed: aiogram is left out", file=sys.stderr)
    print(json.dumps([asdict(r) for r in found], indent=2) if options.json else table(found))


if __name__ == "__main__":
    main()
