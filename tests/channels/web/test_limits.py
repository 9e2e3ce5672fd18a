"""Nobody can flood us."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from bot.channels.web.app import ADDRESS_WRITES, PERSON_WRITES
from bot.channels.web.limits import BODY_LIMIT, Limiter, Rate

from .fakes import FakeClock, FakeInbox
from .helpers import say

pytestmark = pytest.mark.asyncio


async def test_person_is_slowed_down(visitor: httpx.AsyncClient, inbox: FakeInbox, clock: FakeClock) -> None:
    """After a burst the answer is a kind 429, and after the wait that it names all is well again."""
    for _ in range(PERSON_WRITES.burst):
        assert (await say(visitor, "שלום")).status_code == 200
    answer = await say(visitor, "שלום")
    assert answer.status_code == 429
    assert answer.json()["error"] == "too_many"
    assert "מהר" in answer.json()["message"]
    assert len(inbox.events) == PERSON_WRITES.burst
    clock.forward(int(answer.headers["retry-after"]))
    assert (await say(visitor, "שלום")).status_code == 200


async def test_address_is_slowed_down(browser: Callable[..., httpx.AsyncClient], clock: FakeClock) -> None:
    """Making up new people does not help a flood from one address; other addresses do not suffer."""
    client = browser(address="2001:db8::1")
    for _ in range(ADDRESS_WRITES.burst):
        await say(client, "שלום")
    assert (await say(browser(address="2001:db8::2"), "שלום")).status_code == 429
    assert (await say(browser(address="2001:db8:0:1::1"), "שלום")).status_code == 401


async def test_body_is_limited(visitor: httpx.AsyncClient, inbox: FakeInbox) -> None:
    """A body over 16 KB is refused, whether it tells its length or not."""

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 1024

    headers = {"content-type": "application/json"}
    for content in (b"x" * (BODY_LIMIT + 1), chunks()):
        answer = await visitor.post("/api/messages", content=content, headers=headers)
        assert answer.status_code == 413
        assert answer.json()["error"] == "too_long"
    assert not inbox.updates


async def test_text_is_limited(visitor: httpx.AsyncClient, inbox: FakeInbox) -> None:
    """A message longer than the coach reads is refused rather than cut."""
    assert (await say(visitor, "ש" * 2001)).status_code == 413
    assert (await say(visitor, "ש" * 2000)).status_code == 200
    assert len(inbox.events) == 1


async def test_limiter_forgets_the_idle(clock: FakeClock) -> None:
    """The memory of the limiter stays small."""
    limiter = Limiter(Rate(1, 0.1), clock, keys=2)
    assert [limiter.take(key) for key in "aab"] == [0, 10, 0]
    assert limiter.take("c") == 0
    assert limiter.take("a") == 0
