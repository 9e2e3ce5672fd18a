"""Who is who: the cookie, and the walls between people."""

from __future__ import annotations

import string
from collections.abc import Callable

import httpx
import pytest

from bot.channels.web import WebChannel
from bot.channels.web.cookies import COOKIE
from bot.core.events import Tapped

from .fakes import FakeClock, FakeFiles, FakeInbox, FakeTranscript
from .helpers import ask, lines, person_of, say, say_document, tap

pytestmark = pytest.mark.asyncio

Browser = Callable[..., httpx.AsyncClient]


async def test_cookie_is_lasting_and_out_of_reach(browser: Browser) -> None:
    """The cookie lasts a year, hides from scripts, stays with us, and over https never travels in the clear."""
    plain = (await browser().get("/")).headers["set-cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=lax" in plain
    assert "Max-Age=31536000" in plain
    assert "Secure" not in plain
    safe = (await browser("https://chat.test").get("/")).headers["set-cookie"]
    assert "Secure" in safe


async def test_cookie_keeps_the_person(browser: Browser) -> None:
    """Coming back to the page renews the cookie of the same person."""
    client = browser()
    await client.get("/")
    first = await person_of(client)
    await client.get("/")
    assert await person_of(client) == first
    assert first.startswith("web:")


@pytest.mark.parametrize(
    "forge",
    [
        lambda good, other: "",
        lambda good, other: "AAAAAAAAAAAAAAAAAAAAAA",
        lambda good, other: ("A" if good[0] != "A" else "B") + good[1:],  # the last one may hold padding bits only
        lambda good, other: good.partition(".")[0] + "." + other.partition(".")[2],
        lambda good, other: "x" * 5000,
    ],
)
async def test_forged_cookie_is_a_stranger(browser: Browser, forge: Callable[[str, str], str]) -> None:
    """A cookie that we did not sign opens nothing, and nothing reaches the coach from it."""
    values = []
    for _ in range(2):
        client = browser()
        await client.get("/")
        values.append(client.cookies[COOKIE])
    headers = {"cookie": f"{COOKIE}={forge(*values)}"}
    stranger = browser()
    for path in ("/api/lines", "/api/events", "/api/files/e1:0"):
        assert (await stranger.get(path, headers=headers)).status_code == 401
    answer = await stranger.post("/api/messages", headers=headers, json={"id": "x", "text": "x"})
    assert answer.status_code == 401
    assert answer.json()["error"] == "stranger"


async def test_every_letter_of_the_cookie_counts(browser: Browser) -> None:
    """Not one other last letter is taken for the same signature."""
    client = browser()
    await client.get("/")
    cookie = client.cookies[COOKIE]
    stranger = browser()
    for letter in set(string.ascii_letters + string.digits + "_-") - {cookie[-1]}:
        answer = await stranger.get("/api/lines", headers={"cookie": f"{COOKIE}={cookie[:-1]}{letter}"})
        assert answer.status_code == 401, letter


async def test_cookie_of_another_secret_is_a_stranger(
    visitor: httpx.AsyncClient, transcript: FakeTranscript, clock: FakeClock, inbox: FakeInbox
) -> None:
    """A cookie signed with another secret is not believed."""
    other = WebChannel(transcript=transcript, files=FakeFiles(), secret="quite another secret", clock=clock)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(other.app(inbox)), base_url="http://chat.test", cookies=visitor.cookies
    ) as client:
        assert (await client.get("/api/lines")).status_code == 401


async def test_short_secret_is_refused(transcript: FakeTranscript, clock: FakeClock) -> None:
    """A secret that could be guessed stops the start."""
    with pytest.raises(ValueError, match="16 characters"):
        WebChannel(transcript=transcript, files=FakeFiles(), secret="short", clock=clock)


async def test_another_persons_lines_are_out_of_reach(browser: Browser, channel: WebChannel) -> None:
    """Knowing the id of somebody's bubble shows neither it nor its file."""
    dana, eve = browser(), browser()
    await dana.get("/")
    await eve.get("/")
    person = await person_of(dana)
    await ask(channel, person)
    await say_document(channel, person)
    assert (await dana.get("/api/files/e2:0")).content == b"%PDF-1.4 secret"
    assert await lines(eve) == []
    assert (await eve.get("/api/files/e2:0")).status_code == 404


async def test_another_persons_button_carries_nothing(
    browser: Browser, channel: WebChannel, inbox: FakeInbox, transcript: FakeTranscript
) -> None:
    """Tapping a button in somebody else's bubble is a tap without data, of the one who tapped."""
    dana, eve = browser(), browser()
    await dana.get("/")
    await eve.get("/")
    await ask(channel, await person_of(dana))
    eves = await person_of(eve)
    assert (await tap(eve, "e1:0")).status_code == 200
    event = inbox.events[-1]
    assert isinstance(event, Tapped)
    assert (event.person, event.data) == (eves, "")
    assert len(transcript.people[eves]) == 1


async def test_same_update_of_two_people_is_two(browser: Browser, inbox: FakeInbox) -> None:
    """Nobody can use up somebody else's update id."""
    update = "0b7ff5b8-4a07-4f2e-9d3a-0f6c1d6a2b11"
    for _ in range(2):
        client = browser()
        await client.get("/")
        await say(client, "שלום", update)
    assert len(inbox.updates) == 2
