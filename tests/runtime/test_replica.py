"""What joins a process to the others goes on whatever happens to a part of it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

import bot.runtime.replica
from bot.runtime.replica import Replica
from tests.support.waiting import until

if TYPE_CHECKING:
    from bot.runtime.ports import Replicas
    from bot.runtime.sender import Sender


@pytest.mark.parametrize("failure", [RuntimeError("nobody thought of it"), asyncio.CancelledError()])
async def test_a_part_breaks_down(failure: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """It begins anew, everything that may have been missed is looked at, and the other parts go on."""
    monkeypatch.setattr(bot.runtime.replica, "BEAT", 0.01)
    listening, handed, beats = 0, [], 0

    async def listen(*given: Any) -> None:
        nonlocal listening
        listening += 1
        if listening < 3:
            raise failure
        await asyncio.Event().wait()

    async def hand(person: str) -> list[Any]:
        handed.append(person)
        return []

    async def beat() -> tuple[bool, bool]:
        nonlocal beats
        beats += 1
        return True, False

    replicas = cast("Replicas", SimpleNamespace(listen=listen, handed=hand, beat=beat))
    sender = cast("Sender", SimpleNamespace(pause=None, take=list))
    running = asyncio.create_task(Replica(replicas, sender, lambda: ["telegram"]).run())
    await until(lambda: listening == 3 and "" in handed)
    before = beats
    await until(lambda: beats > before)
    assert not running.done()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
