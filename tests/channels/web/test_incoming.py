"""What people write and tap becomes events and bubbles."""

from __future__ import annotations

import logging

import httpx
import pytest

from bot.channels.web import WebChannel
from bot.core.events import Said, Tapped
from bot.runtime.ports import StoreUnavailable

from .fakes import FakeClock, FakeInbox, FakeTranscript
from .helpers import ask, edit, kept, lines, person_of, say, tap

pytestmark = pytest.mark.asyncio

UPDATE = "0b7ff5b8-4a07-4f2e-9d3a-0f6c1d6a2b11"


async def test_message_becomes_an_event_and_a_bubble(
    visitor: httpx.AsyncClient, inbox: FakeInbox, clock: FakeClock
) -> None:
    """What is written reaches the coach under the page's own update id, and stands in the chat."""
    visitor.headers["accept-language"] = "he-IL,he;q=0.9,en;q=0.8"
    answer = await say(visitor, "  HOT לא עונים  ", UPDATE)
    assert answer.status_code == 200
    (event,) = inbox.events
    assert isinstance(event, Said)
    assert event.text == "HOT לא עונים"
    assert event.at == clock.now
    assert event.hello.language == "he"
    assert event.id == f"{event.person}:{UPDATE}"
    assert list(inbox.updates) == [event.id.removeprefix("web:")]
    (line,) = await lines(visitor)
    assert (line["id"], line["who"], line["html"]) == (event.id, "person", "HOT לא עונים")


async def test_retry_changes_nothing(visitor: httpx.AsyncClient, inbox: FakeInbox, clock: FakeClock) -> None:
    """A message that is sent again after a lost answer is one event and one bubble, in its old place."""
    await say(visitor, "שלום", UPDATE)
    before = await lines(visitor)
    clock.forward(30)
    assert (await say(visitor, "שלום", UPDATE)).status_code == 200
    assert await lines(visitor) == before
    assert len(inbox.events) == 1


async def test_secrets_are_not_kept(
    visitor: httpx.AsyncClient, inbox: FakeInbox, transcript: FakeTranscript, caplog: pytest.LogCaptureFixture
) -> None:
    """A card number is dotted out in the transcript, while the coach still sees it and can warn."""
    caplog.set_level(logging.DEBUG)
    person = await person_of(visitor)
    await say(visitor, "הכרטיס שלי 4580 4580 4580 4580, הקוד 123456")
    assert "4580" not in str(transcript.people)
    assert "123456" not in str(transcript.people)
    assert kept(transcript, person)[-1] == "הכרטיס שלי ••••, הקוד ••••"
    event = inbox.events[-1]
    assert isinstance(event, Said)
    assert "4580" in event.text
    assert all(update.raw == "" for update in inbox.updates.values())
    assert "4580" not in caplog.text
    assert "הכרטיס" not in caplog.text


async def test_html_of_a_person_is_text(visitor: httpx.AsyncClient) -> None:
    """Tags that somebody types are shown as typed, never as markup."""
    await say(visitor, "<img src=x onerror=alert(1)> & <b>דנה</b>")
    (line,) = await lines(visitor)
    assert line["html"] == "&lt;img src=x onerror=alert(1)&gt; &amp; &lt;b&gt;דנה&lt;/b&gt;"


async def test_start_has_no_bubble(visitor: httpx.AsyncClient, inbox: FakeInbox) -> None:
    """The opening button reaches the coach without a word in the chat."""
    await say(visitor, "/start")
    assert await lines(visitor) == []
    assert [event.text for event in inbox.events if isinstance(event, Said)] == ["/start"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 10_000,
        b'{"text": "a"}',
        b'{"id": "x", "text": "a"}',
        b'{"id": "0B7FF5B8-4A07-4F2E-9D3A-0F6C1D6A2B11", "text": "a"}',
        b'{"id": "0b7ff5b8-4a07-4f2e-9d3a-0f6c1d6a2b11\\n", "text": "a"}',
        b'{"id": "0b7ff5b8-4a07-4f2e-9d3a-0f6c1d6a2b11", "text": 5}',
        b'{"id": "0b7ff5b8-4a07-4f2e-9d3a-0f6c1d6a2b11", "text": "  "}',
        b'{"id": "0b7ff5b8-4a07-4f2e-9d3a-0f6c1d6a2b11", "text": "\\ud800\\u0000"}',
        b"\xff\xfe",
    ],
)
async def test_nonsense_is_refused(visitor: httpx.AsyncClient, inbox: FakeInbox, body: bytes) -> None:
    """A request that our page would not send is refused kindly and reaches nobody."""
    answer = await visitor.post("/api/messages", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert not inbox.updates


async def test_forms_of_other_sites_are_refused(visitor: httpx.AsyncClient, inbox: FakeInbox) -> None:
    """What a foreign page can post without asking, a form or plain text, is not taken."""
    answer = await visitor.post(
        "/api/messages", content=f'{{"id": "{UPDATE}", "text": "a"}}', headers={"content-type": "text/plain"}
    )
    assert answer.status_code == 415
    assert not inbox.updates


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin", "origin": "https://coach.example"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"origin": "http://{host}"}, 200),
    ],
)
async def test_pages_of_other_sites_are_refused(
    visitor: httpx.AsyncClient, inbox: FakeInbox, headers: dict[str, str], status: int
) -> None:
    """What the browser says comes from elsewhere is not taken; behind a proxy our own name may differ."""
    host = visitor.base_url.netloc.decode()
    told = {name: value.replace("{host}", host) for name, value in headers.items()}
    answer = await visitor.post("/api/messages", json={"id": UPDATE, "text": "a"}, headers=told)
    assert answer.status_code == status
    assert bool(inbox.updates) == (status == 200)


async def test_tap_brings_the_data_of_the_transcript(
    visitor: httpx.AsyncClient, channel: WebChannel, inbox: FakeInbox, transcript: FakeTranscript
) -> None:
    """A tap carries what the button was given, and its label becomes the person's bubble."""
    person = await person_of(visitor)
    await ask(channel, person)
    assert (await tap(visitor, "e1:0", 0, 1)).status_code == 200
    event = inbox.events[-1]
    assert isinstance(event, Tapped)
    assert event.data == "1.1.1"
    assert event.callback is None
    assert kept(transcript, person)[-1] == "לא"


async def test_retried_tap_is_one(visitor: httpx.AsyncClient, channel: WebChannel, inbox: FakeInbox) -> None:
    """A tap that is sent again is one event and one bubble."""
    await ask(channel, await person_of(visitor))
    for _ in range(2):
        await tap(visitor, "e1:0", update=UPDATE)
    assert len(inbox.events) == 2
    assert [line["html"] for line in await lines(visitor)].count("כן") == 1


@pytest.mark.parametrize(("row", "column"), [(0, 2), (9, 0), (-1, 0), (0, -1), (1, 0)])
async def test_forged_tap_carries_nothing(
    visitor: httpx.AsyncClient, channel: WebChannel, inbox: FakeInbox, row: int, column: int
) -> None:
    """A tap on a button that is not there, or carries nothing, is handed on empty and leaves no bubble."""
    await ask(channel, await person_of(visitor))
    before = await lines(visitor)
    assert (await tap(visitor, "e1:0", row, column)).status_code == 200
    event = inbox.events[-1]
    assert isinstance(event, Tapped)
    assert event.data == ""
    assert await lines(visitor) == before


@pytest.mark.parametrize(("line", "row"), [("", 0), ("ש", 0), ("x" * 300, 0), (None, 0), ("e1:0", "0"), ("e1:0", True)])
async def test_nonsense_tap_is_refused(visitor: httpx.AsyncClient, inbox: FakeInbox, line: object, row: object) -> None:
    """A tap that our page would not send is refused."""
    assert (await tap(visitor, line, row)).status_code == 400
    assert not inbox.updates


async def test_tap_answered_in_place_leaves_no_bubble(
    visitor: httpx.AsyncClient, channel: WebChannel, inbox: FakeInbox, transcript: FakeTranscript
) -> None:
    """When a tap changes the very bubble it was on, as in a live call, the screen stays the last thing in the chat."""
    person = await person_of(visitor)
    handle = await ask(channel, person)
    await tap(visitor, "e1:0")
    await edit(channel, person, f"{inbox.events[-1].id}:0", handle, "השלב הבא")
    assert kept(transcript, person) == ["מי אני?", "השלב הבא"]
    await say(visitor, "עוד")
    await edit(channel, person, f"{inbox.events[-1].id}:0", handle, "שלישי")
    assert kept(transcript, person) == ["מי אני?", "שלישי", "עוד"]


async def test_store_failure_is_told_and_leaves_nothing(
    visitor: httpx.AsyncClient, channel: WebChannel, inbox: FakeInbox
) -> None:
    """What was not kept is answered with 503 and a kind word, is not shown as sent, and can be sent again."""
    await ask(channel, await person_of(visitor))
    before = await lines(visitor)
    inbox.error = StoreUnavailable()
    for answer in (await say(visitor, "שלום", UPDATE), await tap(visitor, "e1:0")):
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        assert answer.json() == {
            "error": "unavailable",
            "message": "ההודעה לא נשמרה, בגלל תקלה אצלנו. אפשר לנסות שוב בעוד רגע.",
        }
    assert await lines(visitor) == before
    inbox.error = None
    assert (await say(visitor, "שלום", UPDATE)).status_code == 200
    assert [line["html"] for line in await lines(visitor)][-1] == "שלום"


async def test_transcript_failure_is_told(
    visitor: httpx.AsyncClient, inbox: FakeInbox, transcript: FakeTranscript
) -> None:
    """When even the transcript is down, every address says 503 and nothing is handed on."""
    transcript.down = True
    assert (await say(visitor, "שלום")).status_code == 503
    for path in ("/api/lines", "/api/events", "/api/files/x"):
        assert (await visitor.get(path)).status_code == 503
    assert not inbox.updates
    assert (await visitor.get("/healthz")).text == "ok"


async def test_faults_log_no_words(
    visitor: httpx.AsyncClient, inbox: FakeInbox, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of ours is logged with its place, but never with what the person wrote."""
    inbox.error = RuntimeError("INSERT ... VALUES ('הסוד שלי')")
    answer = await say(visitor, "הסוד שלי")
    assert answer.status_code == 500
    assert answer.json()["error"] == "broken"
    assert "RuntimeError at /api/messages" in caplog.text
    assert "in accept" in caplog.text
    assert "הסוד שלי" not in caplog.text
