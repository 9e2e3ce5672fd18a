"""A cancellation waits for the work that has begun."""

from __future__ import annotations

import asyncio

import pytest

from bot.unbroken import unbroken


class Work:
    def __init__(self, error: Exception | None = None) -> None:
        self.begun = asyncio.Event()
        self.go_on = asyncio.Event()
        self.done = False
        self._error = error

    async def __call__(self) -> str:
        self.begun.set()
        await self.go_on.wait()
        self.done = True
        if self._error is not None:
            raise self._error
        return "done"


async def test_what_it_gives_is_given_on() -> None:
    work = Work()
    work.go_on.set()
    assert await unbroken(work()) == "done"


async def test_its_error_is_given_on() -> None:
    work = Work(ValueError("no"))
    work.go_on.set()
    with pytest.raises(ValueError, match="no"):
        await unbroken(work())


@pytest.mark.parametrize("error", [None, ValueError("nobody asks for it")])
async def test_cancelled_in_the_middle_it_is_finished_first(error: Exception | None) -> None:
    work = Work(error)
    doing = asyncio.create_task(unbroken(work()))
    await work.begun.wait()
    doing.cancel()
    done, _ = await asyncio.wait({doing}, timeout=0.05)
    assert not done
    work.go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await doing
    assert work.done
