"""Stopping and starting again: nothing half done, nothing lost, nothing said twice."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.end_to_end.people import add_note, all_said, answer, open_card, open_case, refused
from tests.fakes.coach import CoachProcess
from tests.fakes.telegram_api import TelegramServer, World
from tests.support.waiting import until

OVERDUE = "SELECT count(*) FROM timers WHERE due_at <= 1000 * unixepoch()"
ASLEEP = "SELECT count(*) FROM updates WHERE channel = 'sender' AND person = 'telegram:1'"


def query(folder: Path, statement: str) -> list[tuple[object, ...]]:
    """Ask the coach's database."""
    with sqlite3.connect(folder / "data" / "lofrayer.db") as database:
        found = database.execute(statement).fetchall()
    database.close()
    return found


def change(folder: Path, statement: str) -> None:
    """Change the coach's database while it does not run."""
    with sqlite3.connect(folder / "data" / "lofrayer.db") as database:
        database.execute(statement)
    database.close()


def make_due(folder: Path) -> None:
    """Everybody's nudge is a minute late and it is noon where they are, whatever day and hour it is here."""
    now = datetime.now(UTC)
    late, noon = now - timedelta(minutes=1), f"Etc/GMT{now.hour - 12:+d}"  # the signs of these zones are turned around
    change(folder, f"UPDATE timers SET due_at = {int(late.timestamp() * 1000)}")
    nudging = f"'$.nudging.at', '{late.isoformat()}', '$.profile.timezone', '{noon}'"
    rest = "'$.profile.keeps_shabbat', json('false')"
    change(folder, f"UPDATE people SET session = json_set(session, {nudging}, {rest})")


async def test_asked_to_stop_in_the_middle_of_everything(world: World, coach: CoachProcess, tmp_path: Path) -> None:
    """Each time it ends well; in the end each update had one turn, and nobody heard anything twice."""
    users = range(1, 6)
    coach.start()
    await asyncio.gather(*(open_case(world, user) for user in users))
    cards = dict(zip(users, await asyncio.gather(*(open_card(world, user) for user in users)), strict=True))
    stop = asyncio.Event()
    written: Counter[int] = Counter()

    async def write(user: int) -> None:
        while not stop.is_set():
            written[user] += 1
            cards[user] = await add_note(world, user, cards[user], f"note-{user}-{written[user]}")

    writing = [asyncio.create_task(write(user)) for user in users]
    for pause in (0.5, 0.13, 0.31):
        await asyncio.sleep(pause)
        assert await asyncio.to_thread(coach.stop) == 0
        await asyncio.to_thread(coach.start)
    stop.set()
    await asyncio.gather(*writing)
    await all_said(world, coach)
    assert coach.stop() == 0

    turns = query(tmp_path, "SELECT person, version FROM people ORDER BY person")
    assert turns == query(tmp_path, "SELECT person, count(*) FROM updates GROUP BY person ORDER BY person")
    notes = Counter(str(row[0]) for row in query(tmp_path, "SELECT details FROM entries WHERE kind = 'note'"))
    assert set(notes.values()) == {1}
    assert len(notes) == sum(written.values())
    assert query(tmp_path, "SELECT count(*) FROM outbox WHERE state != 'sent'") == [(0,)]
    said = query(tmp_path, "SELECT count(*) FROM outbox WHERE kind = 'say'")[0][0]
    assert len([c for c in world.calls("sendMessage") if c.ok]) == said
    assert refused(world) == []


async def test_telegram_is_away(telegram: TelegramServer, coach: CoachProcess, tmp_path: Path) -> None:
    """What could not be sent waits, stopping does not wait for it, and the next start sends it, once."""
    world = telegram.world
    coach.start()
    world.add_user(1, "Dana", language_code="en")
    world.send_command(1, "start")
    await answer(world, coach, 1)
    world.add_fault(method="sendMessage", code=500, times=1000)
    world.tap(1, "As to a woman")
    await world.wait_calls("sendMessage", 2)
    assert await asyncio.to_thread(coach.stop) == 0
    assert query(tmp_path, "SELECT count(*) FROM outbox WHERE state = 'waiting'") == [(1,)]
    telegram.stop()
    world.clear_faults()
    coach.start()
    await until(lambda: any("Telegram is not reachable" in line for line in coach.log))
    telegram.start()
    await world.wait_text(1, "Which country")
    await all_said(world, coach)
    assert len([m for m in world.messages(1, from_bot=True) if "Which country" in m.text]) == 1
    assert coach.stop() == 0
    assert query(tmp_path, "SELECT count(*) FROM outbox WHERE state = 'waiting'") == [(0,)]


async def test_a_nudge_that_came_due_while_we_were_away(world: World, coach: CoachProcess, tmp_path: Path) -> None:
    """It comes at the next start, once; the one after it is set; and it opens where it should."""
    coach.start()
    await open_case(world, 1)
    await all_said(world, coach)
    coach.stop()
    assert query(tmp_path, "SELECT key FROM timers") == [("nudge",)]
    make_due(tmp_path)
    coach.start()
    await world.wait_text(1, "🔔")
    coach.stop()
    nudges = [m for m in world.messages(1, from_bot=True) if "🔔" in m.text]
    assert len(nudges) == 1
    due = query(tmp_path, "SELECT due_at FROM timers WHERE key = 'nudge'")[0][0]
    assert isinstance(due, int)
    assert due > time.time() * 1000
    coach.start()
    world.tap(1, "Stop asking", message_id=nudges[0].message_id)
    await world.wait_text(1, "I won't ask any more")
    await all_said(world, coach)
    assert len([m for m in world.messages(1, from_bot=True) if "🔔" in m.text]) <= 1, "it came once"
    coach.stop()
    assert query(tmp_path, "SELECT count(*) FROM timers") == [(0,)]


async def test_who_blocks_the_bot(world: World, coach: CoachProcess, tmp_path: Path) -> None:
    """They are left alone, with everything kept; when they write again, the coach goes on where they were."""
    coach.start()
    await open_case(world, 1)
    world.block(1)
    await all_said(world, coach)
    coach.stop()
    make_due(tmp_path)
    before = len(world.calls("sendMessage"))
    coach.start()
    await until(lambda: query(tmp_path, OVERDUE) == [(0,)])
    await all_said(world, coach)
    assert len(world.calls("sendMessage")) == before, "nobody who blocked us is nudged"
    world.unblock(1)
    card = await open_card(world, 1)
    assert "✍️ Add a note" in card.labels
    coach.stop()
    assert query(tmp_path, "SELECT count(*) FROM timers WHERE key = 'nudge'") == [(1,)]


async def test_a_block_that_we_learn_from_a_refusal(world: World, coach: CoachProcess, tmp_path: Path) -> None:
    """Telegram may only say so when we send: then too they are put to sleep, and a word wakes them."""
    coach.start()
    world.add_user(1, "Dana", language_code="en")
    world.send_command(1, "start")
    await answer(world, coach, 1)
    world.add_fault(method="sendMessage", chat_id=1, code=403, description="Forbidden: bot was blocked by the user")
    world.tap(1, "As to a woman")
    await world.wait_calls("sendMessage", 2)
    await until(lambda: query(tmp_path, ASLEEP) == [(1,)])
    world.send_command(1, "help")
    await world.wait_text(1, "What I do")
    await all_said(world, coach)
    assert coach.stop() == 0
    rows = query(tmp_path, "SELECT state, count(*) FROM outbox GROUP BY state")
    states = {row[0]: row[1] for row in rows}
    assert states == {"sent": 2, "dropped": 1}
    assert query(tmp_path, ASLEEP) == [(1,)]


async def test_an_answer_to_a_slow_telegram(world: World, coach: CoachProcess) -> None:
    """Telegram asks one chat to wait, breaks another's call off, and everybody is answered in the end."""
    coach.start()
    for user in (1, 2, 3):
        world.add_user(user, f"P{user}", language_code="en")
    world.add_fault(method="sendMessage", chat_id=1, code=429, retry_after=1)
    world.add_fault(method="sendMessage", chat_id=2, kind="reset_before", times=2)
    world.add_fault(method="sendMessage", chat_id=3, kind="delay", seconds=0.5)
    for user in (1, 2, 3):
        world.send_command(user, "start")
    for user in (1, 2, 3):
        await world.wait_text(user, "How shall I speak to you?")
        assert len(world.messages(user, from_bot=True)) == 1


@pytest.mark.parametrize("signal", ["stop", "kill"])
async def test_started_twice_on_one_token(
    world: World, telegram: TelegramServer, coach: CoachProcess, tmp_path: Path, signal: str
) -> None:
    """A second process says that only one may poll; when the first is gone it takes over."""
    coach.start()
    other = CoachProcess(tmp_path / "other", **{k: v for k, v in coach.settings.items() if k != "WEB_PORT"})
    (tmp_path / "other").mkdir()
    try:
        other.start()
        await until(lambda: any("only one may" in line for line in [*coach.log, *other.log]))
        getattr(coach, signal)()
        world.add_user(1, "Dana", language_code="en")
        world.send_command(1, "start")
        await world.wait_text(1, "Lo Frayer")
    finally:
        other.kill()
