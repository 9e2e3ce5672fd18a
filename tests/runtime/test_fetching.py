"""A file comes back from its channel, or the document is made without it; nobody waits for ever."""

from __future__ import annotations

import pytest

import bot.runtime.fetching
from bot.runtime.fetching import fetched
from bot.runtime.ports import Refused, TryLater


class Shelf:
    """Gives what it is told to, in order. Implements `bot.runtime.ports.Keeping`."""

    def __init__(self, *outcomes: bytes | Exception) -> None:
        self.outcomes = list(outcomes)
        self.asked: list[tuple[str, str, int]] = []

    async def fetch(self, person: str, file: str, limit: int) -> bytes:
        self.asked.append((person, file, limit))
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.runtime.fetching, "PAUSES", (0.0, 0.0, 0.01))


async def take(shelf: Shelf) -> bytes | None:
    return await fetched(shelf, "desk:1", "f", 99)


async def test_it_comes() -> None:
    """At the first try, by person, name and limit."""
    shelf = Shelf(b"photo")
    assert await take(shelf) == b"photo"
    assert shelf.asked == [("desk:1", "f", 99)]


async def test_a_channel_that_is_busy_is_asked_again() -> None:
    """A few times, and then the document is made without it."""
    assert await take(Shelf(TryLater(), TryLater(0.001), b"photo")) == b"photo"
    shelf = Shelf(*[TryLater()] * 9)
    assert await take(shelf) is None
    assert len(shelf.asked) == 4


async def test_nobody_waits_for_minutes() -> None:
    """A channel that wants to be left alone for long is not waited for."""
    shelf = Shelf(TryLater(600), b"photo")
    assert await take(shelf) is None
    assert len(shelf.asked) == 1


@pytest.mark.parametrize("error", [Refused("gone"), RuntimeError("a bug, with words of the person")])
async def test_what_will_never_come(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    """One try, a line in the log, and none of a person's words in it."""
    assert await take(Shelf(error)) is None
    assert caplog.records
    assert "words of the person" not in caplog.text
