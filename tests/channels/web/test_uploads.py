"""Photos and documents through the page: judged by their content, kept for one person, given back to nobody else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from bot.channels.web import WebChannel
from bot.channels.web.app import PERSON_UPLOADS, UPLOAD_LIMIT
from bot.core.events import Attachment, Sent
from bot.runtime.ports import Keeping, Refused, StoreUnavailable, TryLater

from .fakes import FakeClock, FakeFiles, FakeInbox, FakeTranscript
from .helpers import lines

pytestmark = pytest.mark.asyncio

UPDATE = "0b7ff5b8-4a07-4f2e-9d3a-0f6c1d6a2b11"
PNG = b"\x89PNG\r\n\x1a\n" + b"pixels" * 99
JPEG = b"\xff\xd8\xff\xe0" + b"light" * 99
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 " + b"w" * 99
PDF = b"%PDF-1.7\n" + b"words" * 99


async def upload(
    client: httpx.AsyncClient,
    content: bytes = PNG,
    name: str = "bill.png",
    caption: str = "",
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    """Attach a file on the page."""
    given = {
        "content-type": "application/octet-stream",
        "x-update": UPDATE,
        "x-name": quote(name),
        "x-caption": quote(caption),
        **(headers or {}),
    }
    return await client.post("/api/uploads", content=content, headers=given)


async def test_a_photo_becomes_an_event_a_bubble_and_a_file(
    visitor: httpx.AsyncClient, inbox: FakeInbox, channel: WebChannel
) -> None:
    """The coach hears of it, the person sees it in the chat, and its bytes come back as they were, for both."""
    answer = await upload(visitor, PNG, "חשבון יולי.png", "חויבתי פעמיים")
    assert answer.status_code == 200
    (event,) = inbox.events
    assert isinstance(event, Sent)
    assert (event.kind, event.caption, event.secret) == ("photo", "חויבתי פעמיים", False)
    assert event.attachment == Attachment(event.id, "image/png", len(PNG), "חשבון יולי.png")
    (line,) = await lines(visitor)
    assert (line["id"], line["who"], line["html"], line["document"]) == (
        event.id,
        "person",
        "חויבתי פעמיים",
        "חשבון יולי.png",
    )
    shown = await visitor.get(f"/api/files/{event.id}")
    assert (shown.content, shown.headers["content-type"]) == (PNG, "image/png")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert isinstance(channel, Keeping)
    assert await channel.fetch(event.person, event.id, UPLOAD_LIMIT) == PNG


async def test_files_sent_in_one_go_are_an_album(visitor: httpx.AsyncClient, inbox: FakeInbox) -> None:
    """The page says which files were chosen together; a name that is too long is cut."""
    await upload(visitor, headers={"x-album": "a" * 99})
    (event,) = inbox.events
    assert isinstance(event, Sent)
    assert event.album == "a" * 64


async def test_another_person_cannot_fetch_it(
    visitor: httpx.AsyncClient, browser: Callable[..., httpx.AsyncClient], inbox: FakeInbox, channel: WebChannel
) -> None:
    """Who knows the address of somebody's photo gets nothing, over the page and over the channel."""
    await upload(visitor)
    (event,) = inbox.events
    eve, stranger = browser(address="192.0.2.7"), browser(address="192.0.2.8")
    await eve.get("/")
    assert (await eve.get(f"/api/files/{event.id}")).status_code == 404
    assert (await stranger.get(f"/api/files/{event.id}")).status_code == 401
    with pytest.raises(Refused):
        await channel.fetch("web:eve", event.id, UPLOAD_LIMIT)


@pytest.mark.parametrize(
    ("content", "kind", "mime", "name"),
    [
        (JPEG, "photo", "image/jpeg", "evil.jpg"),
        (WEBP, "photo", "image/webp", "evil.webp"),
        (PDF, "document", "application/pdf", "evil.pdf"),
    ],
)
async def test_a_file_is_what_stands_in_it(
    visitor: httpx.AsyncClient, inbox: FakeInbox, content: bytes, kind: str, mime: str, name: str
) -> None:
    """Whatever its name ends with, it is shown and kept as what it is."""
    await upload(visitor, content, "evil.html")
    (event,) = inbox.events
    assert isinstance(event, Sent)
    assert event.attachment is not None
    assert (event.kind, event.attachment.mime, event.attachment.name) == (kind, mime, name)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG", b"<html><script>alert(1)</script>", b"<svg onload=alert(1)>", b"GIF89a", b"PK\x03\x04", b"MZ"],
)
async def test_other_kinds_are_refused(
    visitor: httpx.AsyncClient, inbox: FakeInbox, files: FakeFiles, content: bytes
) -> None:
    """A page, a program, an archive under the name of a picture: refused with a kind word, and not kept."""
    answer = await upload(visitor, content, "photo.png")
    assert answer.status_code == 415
    assert "PDF" in answer.json()["message"]
    assert not inbox.updates
    assert not files.kept


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("../../etc/passwd", "file.png"),
        ("a\nb\r\nc: d.png", "a b c d.png"),
        ("", "file.png"),
        (".png", "file.png"),
        ("x" * 500 + ".png", "x" * 100 + ".png"),
        ("card 4580 4580 4580 4580.png", "card ••••.png"),
        ("\u202egnp.exe", "gnp.png"),
    ],
)
async def test_names_are_cleaned(visitor: httpx.AsyncClient, inbox: FakeInbox, told: str, kept: str) -> None:
    """No path, no line, no mark of direction and no card number stays in a file's name."""
    await upload(visitor, PNG, told)
    (event,) = inbox.events
    assert isinstance(event, Sent)
    assert event.attachment is not None
    assert event.attachment.name == kept


async def test_what_is_too_large_is_refused(visitor: httpx.AsyncClient, inbox: FakeInbox, files: FakeFiles) -> None:
    """Five megabytes are taken, a byte more is not, whatever length it claims."""
    room = UPLOAD_LIMIT - len(PNG)
    answer = await upload(visitor, PNG + b"x" * (room + 1))
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")
    assert not inbox.updates

    async def endless() -> Any:
        while True:
            yield b"\x89PNG\r\n\x1a\n" + bytes(10**6)

    headers = {"content-type": "application/octet-stream", "x-update": UPDATE}
    assert (await visitor.post("/api/uploads", content=endless(), headers=headers)).status_code == 413
    assert not files.kept
    assert (await upload(visitor, PNG + b"x" * room)).status_code == 200


async def test_one_person_cannot_fill_the_disk(
    visitor: httpx.AsyncClient, inbox: FakeInbox, files: FakeFiles, clock: FakeClock
) -> None:
    """Neither with many files nor with many at once."""
    files.room = 5
    assert (await upload(visitor)).json()["error"] == "full"
    files.room = 10**9
    for _ in range(PERSON_UPLOADS.burst - 1):
        assert (await upload(visitor)).status_code == 200
    assert (await upload(visitor)).status_code == 429
    clock.forward(6)
    assert (await upload(visitor)).status_code == 200
    assert len(inbox.events) == 1


async def test_a_retry_changes_nothing(visitor: httpx.AsyncClient, inbox: FakeInbox, files: FakeFiles) -> None:
    """A file that is sent again after a lost answer is one event, one bubble and one file."""
    await upload(visitor, caption="a")
    before = await lines(visitor)
    assert (await upload(visitor, caption="a")).status_code == 200
    assert await lines(visitor) == before
    assert (len(inbox.events), len(files.kept)) == (1, 1)


async def test_a_secret_under_it_is_not_kept(
    visitor: httpx.AsyncClient, inbox: FakeInbox, transcript: FakeTranscript, caplog: pytest.LogCaptureFixture
) -> None:
    """A card number written under a photo stands nowhere, and the coach is told that there was one."""
    caplog.set_level(logging.DEBUG)
    await upload(visitor, caption="הכרטיס 4580 4580 4580 4580")
    (event,) = inbox.events
    assert isinstance(event, Sent)
    assert (event.caption, event.secret) == ("הכרטיס ••••", True)
    assert "4580" not in f"{transcript.people}{inbox.updates}{caplog.text}"
    assert "bill" not in caplog.text


async def test_forms_of_other_sites_are_refused(visitor: httpx.AsyncClient, inbox: FakeInbox) -> None:
    """What a foreign page can send without asking is not taken."""
    for foreign in ("text/plain", "multipart/form-data; boundary=x", "image/png"):
        answer = await upload(visitor, headers={"content-type": foreign})
        assert answer.status_code == 415
    assert (await upload(visitor, headers={"x-update": "nonsense"})).status_code == 400
    assert not inbox.updates


async def test_a_failure_leaves_nothing(
    visitor: httpx.AsyncClient, channel: WebChannel, inbox: FakeInbox, files: FakeFiles
) -> None:
    """What was not taken is neither shown nor kept, and can be sent again; so it is while the files are down."""
    inbox.error = StoreUnavailable()
    assert (await upload(visitor)).status_code == 503
    assert (await lines(visitor), files.kept) == ([], {})
    inbox.error, files.down = None, True
    assert (await upload(visitor)).status_code == 503
    assert await lines(visitor) == []
    with pytest.raises(TryLater):
        await channel.fetch("web:x", "y", 1)
    files.down = False
    assert (await upload(visitor)).status_code == 200
    assert len(await lines(visitor)) == 1
