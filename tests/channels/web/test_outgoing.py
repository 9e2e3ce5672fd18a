"""What the coach sends becomes bubbles."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from bot.channels.web import WebChannel
from bot.runtime.ports import Button, Outgoing, Refused, TryLater

from .fakes import FakeClock, FakeTranscript
from .helpers import ask, edit, kept, lines, person_of, say, say_document

pytestmark = pytest.mark.asyncio


async def test_say_puts_a_bubble(visitor: httpx.AsyncClient, channel: WebChannel) -> None:
    """A message is a bubble under its own id; what its buttons carry never leaves the server."""
    person = await person_of(visitor)
    buttons = ((Button("כן", data="1.7.0"), Button("העתקה", copy="לכבוד")), (Button("לאתר", url="https://a.example"),))
    message = Outgoing(id="e1:0", person=person, kind="say", html="<b>נפתר?</b>", buttons=buttons)
    assert await channel.send(message) == "e1:0"
    line = (await lines(visitor))[-1]
    assert (line["id"], line["who"], line["html"]) == ("e1:0", "coach", "<b>נפתר?</b>")
    assert line["buttons"] == [
        [{"text": "כן"}, {"text": "העתקה", "copy": "לכבוד"}],
        [{"text": "לאתר", "url": "https://a.example"}],
    ]


async def test_edit_changes_the_same_bubble(
    visitor: httpx.AsyncClient, channel: WebChannel, clock: FakeClock, transcript: FakeTranscript
) -> None:
    """An edit keeps the bubble's id, place and hour, and is news to the page."""
    person = await person_of(visitor)
    handle = await ask(channel, person)
    before = (await lines(visitor))[-1]
    clock.forward(60)
    await say(visitor, "רגע")
    clock.forward(60)
    assert await edit(channel, person, "e9:0", handle, "ועכשיו?") == handle
    after = (await lines(visitor, before["version"]))[-1]
    assert (after["id"], after["at"], after["html"]) == (before["id"], before["at"], "ועכשיו?")
    assert after["version"] > before["version"]
    assert kept(transcript, person) == ["מי אני?", "ועכשיו?", "רגע"]


async def test_edit_of_an_unknown_bubble_is_a_new_one(visitor: httpx.AsyncClient, channel: WebChannel) -> None:
    """When nobody knows which bubble to change, the words still arrive."""
    person = await person_of(visitor)
    assert await edit(channel, person, "e9:0", None, "ועכשיו?") == "e9:0"
    assert (await lines(visitor))[-1]["html"] == "ועכשיו?"


async def test_delete_takes_the_bubble_away(visitor: httpx.AsyncClient, channel: WebChannel) -> None:
    """A deleted bubble is told to open pages without its words, and is not in the history."""
    person = await person_of(visitor)
    handle = await ask(channel, person)
    version = (await lines(visitor))[-1]["version"]
    await channel.send(Outgoing(id="e9:0", person=person, kind="delete", message="e1:0", handle=handle))
    (told,) = await lines(visitor, version)
    assert (told["id"], told["deleted"], told["html"], told["buttons"]) == (handle, True, "", [])
    assert [line["id"] for line in await lines(visitor) if line["who"] == "coach"] == []


async def test_document_is_a_bubble_with_a_file(visitor: httpx.AsyncClient, channel: WebChannel) -> None:
    """A file is fetched under its bubble's id, as a download with its own name, and is gone with the bubble."""
    person = await person_of(visitor)
    handle = await say_document(channel, person)
    assert (await lines(visitor))[-1]["document"] == "מכתב.pdf"
    file = await visitor.get(f"/api/files/{handle}")
    assert file.content == b"%PDF-1.4 secret"
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%D7%9E")
    assert "no-store" in file.headers["cache-control"]
    await channel.send(Outgoing(id="e9:0", person=person, kind="delete", handle=handle))
    assert (await visitor.get(f"/api/files/{handle}")).status_code == 404


async def test_document_without_a_file_is_refused(channel: WebChannel) -> None:
    """A document that has no file can never be sent."""
    with pytest.raises(Refused):
        await channel.send(Outgoing(id="e1:0", person="web:x", kind="document"))


async def test_store_failure_is_for_later(channel: WebChannel, transcript: FakeTranscript) -> None:
    """While the database is away the sender is told to try later, for everybody."""
    transcript.down = True
    with pytest.raises(TryLater) as caught:
        await ask(channel, "web:x")
    assert caught.value.everyone
    assert caught.value.after


async def test_forgotten_person_starts_afresh(
    visitor: httpx.AsyncClient, channel: WebChannel, transcript: FakeTranscript
) -> None:
    """A page that knows bubbles which the person has had deleted is told to drop them."""
    person = await person_of(visitor)
    for number in range(3):
        await ask(channel, person, f"e{number}:0")
    transcript.forget(person)
    answer = (await visitor.get("/api/lines", params={"since": 4})).json()
    assert answer == {"lines": [], "version": 0, "reset": True, "more": False}
    await ask(channel, person, "e9:0", "הכול נמחק.")
    answer = (await visitor.get("/api/lines", params={"since": 4})).json()
    assert answer["reset"]
    assert [line["html"] for line in answer["lines"]] == ["הכול נמחק."]


async def test_run_waits_until_it_is_cancelled(channel: WebChannel, inbox: object) -> None:
    """There is nothing to poll: running is waiting, and acknowledging does nothing."""
    await channel.acknowledge("x", None)
    running = asyncio.ensure_future(channel.run(inbox))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    assert not running.done()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
