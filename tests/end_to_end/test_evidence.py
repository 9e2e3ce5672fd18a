"""Photos and documents, from the chat to the case's file and out again, over real HTTP."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import uuid
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import httpx

from tests.documents.pdfs import text_of
from tests.documents.samples import JPEG, PNG
from tests.end_to_end.people import all_said, answer, open_card, open_case, refused
from tests.fakes.coach import CoachProcess
from tests.fakes.telegram_api import World
from tests.support.waiting import until

NOA = 7
CARD = "4580 4580 4580 4580"


async def sent_file(world: World, coach: CoachProcess, number: int) -> bytes:
    """The file that the coach sent as its message of this number among documents."""
    await world.wait_calls("sendDocument", number)
    await all_said(world, coach)
    documents = [m for m in world.messages(NOA, from_bot=True) if m.kind == "document"]
    return world.files[documents[number - 1].content["document"]["file_id"]].data


async def test_a_photo_through_telegram(world: World, coach: CoachProcess, tmp_path: Path) -> None:
    """Kept by its id in the case, without the card number under it; fetched for the PDF and the ZIP; then deleted."""
    coach.start()
    await open_case(world, NOA)
    world.send_command(NOA, "start")
    await answer(world, coach, NOA)
    world.send_photo(NOA, f"charged twice, card {CARD}", JPEG)
    said = await answer(world, coach, NOA)
    assert "The photo is kept in your case" in said.text
    assert "card number" in said.text
    world.send_document(NOA, "answer.pdf", b"%PDF-1.7 their answer")
    assert "answer.pdf" in (await answer(world, coach, NOA)).text
    world.send_voice(NOA)
    assert "photos and PDF files" in (await answer(world, coach, NOA)).text

    card = await open_card(world, NOA)
    assert "a photo" in card.text
    assert "charged twice, card ••••" in card.text
    world.tap(NOA, "The case's file", message_id=card.message_id)
    await answer(world, coach, NOA)
    assert [] == world.calls("getFile"), "nothing is fetched before a document needs it"
    world.tap(NOA, "The case as a PDF")
    shown = text_of(await sent_file(world, coach, 1))
    assert "charged twice" in shown
    assert "answer.pdf" in shown
    world.tap(NOA, "Another file")
    await answer(world, coach, NOA)
    world.add_fault("error", method="getFile", code=500)
    world.tap(NOA, "Everything")
    with ZipFile(BytesIO(await sent_file(world, coach, 2))) as archive:
        assert {"case.pdf", "case.json", "files/1-photo.jpg", "files/2-document.pdf"} <= set(archive.namelist())
        assert archive.read("files/1-photo.jpg") == JPEG
        assert "4580" not in archive.read("case.json").decode()

    assert [] == [line for line in refused(world) if "getFile" not in line]
    world.send_command(NOA, "delete")
    await answer(world, coach, NOA)
    world.tap(NOA, "Yes, delete everything")
    await world.wait_text(NOA, "Everything is deleted")
    coach.stop()
    coach.start()
    coach.stop()
    stored = b"".join(p.read_bytes() for p in (tmp_path / "data").iterdir())
    assert CARD.encode() not in stored
    assert b"answer.pdf" not in stored
    log = "\n".join(coach.log)
    assert "charged twice" not in log
    assert "answer.pdf" not in log


class Page:
    """The web chat in a browser, as far as the coach can tell."""

    def __init__(self, address: str) -> None:
        self.http = httpx.AsyncClient(base_url=address, headers={"accept-language": "en"}, timeout=60)

    async def lines(self) -> list[dict[str, Any]]:
        """What stands in the chat."""
        found: list[dict[str, Any]] = (await self.http.get("/api/lines")).json()["lines"]
        return found

    async def until(self, words: str) -> dict[str, Any]:
        """Wait for the coach to say this among its last."""
        for _ in range(200):
            coach: list[dict[str, Any]] = [line for line in await self.lines() if line["who"] == "coach"]
            said: dict[str, Any] | None = next((line for line in reversed(coach[-3:]) if words in line["html"]), None)
            if said is not None:
                return said
            await asyncio.sleep(0.6)  # as fast as one page may ask
        raise AssertionError(f"'{words}' did not come: {(await self.lines())[-3:]}")

    async def say(self, text: str) -> None:
        """Write something."""
        body = {"id": str(uuid.uuid4()), "text": text}
        assert (await self.http.post("/api/messages", json=body)).status_code == 200

    async def tap(self, line: dict[str, Any], label: str) -> None:
        """Tap a button of a bubble."""
        places = [(r, c) for r, row in enumerate(line["buttons"]) for c, b in enumerate(row) if label in b["text"]]
        body = {"id": str(uuid.uuid4()), "line": line["id"], "row": places[0][0], "column": places[0][1]}
        assert (await self.http.post("/api/taps", json=body)).status_code == 200

    async def upload(self, content: bytes, name: str, caption: str = "") -> httpx.Response:
        """Attach a file."""
        headers = {
            "content-type": "application/octet-stream",
            "x-update": str(uuid.uuid4()),
            "x-name": quote(name),
            "x-caption": quote(caption),
        }
        return await self.http.post("/api/uploads", content=content, headers=headers)


async def test_an_album_through_telegram(world: World, coach: CoachProcess) -> None:
    """Four photos sent in one go get one answer, which counts them all in the end."""
    coach.start()
    await open_case(world, NOA)
    world.send_command(NOA, "start")
    await answer(world, coach, NOA)
    before = len(world.messages(NOA, from_bot=True))
    for number in range(4):
        world.send_photo(NOA, "" if number else "charged twice", JPEG, album="13579")
    await until(lambda: "4 photos are kept in your case" in world.last_message(NOA).text)
    await all_said(world, coach)
    said = world.messages(NOA, from_bot=True)[before:]
    assert 1 == len(said)
    assert "Your note stands beside it." in said[0].text
    assert said[0].labels, "the question that stood is asked under it"
    card = await open_card(world, NOA)
    assert 4 == card.text.count("a photo")


async def test_an_upload_through_the_page(coach: CoachProcess, tmp_path: Path) -> None:
    """Kept in the database, shown in the chat, in the ZIP byte for byte, out of anybody else's reach, and deleted."""
    coach.start()
    page, eve = Page(coach.address), Page(coach.address)
    await page.http.get("/")
    await eve.http.get("/")
    await page.say("/start")
    await page.tap(await page.until("How shall I speak to you"), "As to a woman")
    await page.tap(await page.until("Which country"), "Israel")
    await page.until("What do you need now")
    assert (await page.upload(b"MZ a program", "photo.png")).status_code == 415
    answered = await page.upload(PNG, "הקבלה.png", "they charged me twice")
    assert answered.status_code == 200
    file = answered.json()["line"]
    await page.tap(await page.until("you have none open"), "Open a case for it")
    await page.until("kept in a new case")
    assert (await page.http.get(f"/api/files/{file}")).content == PNG
    assert (await eve.http.get(f"/api/files/{file}")).status_code == 404

    with sqlite3.connect(tmp_path / "data" / "lofrayer.db") as database:
        kept = database.execute("SELECT id, mime, size FROM files").fetchall()
        details = [json.loads(d) for (d,) in database.execute("SELECT details FROM entries WHERE kind = 'file'")]
    assert kept == [(file, "image/png", len(PNG))]
    assert [d["text"] for d in details] == ["they charged me twice"]

    await page.say("/export")
    await page.until("everything I keep on you")
    await page.say("/delete")
    await page.tap(await page.until("Shall I delete it all"), "Yes, delete everything")

    def none_kept() -> bool:
        with sqlite3.connect(tmp_path / "data" / "lofrayer.db") as database:
            return bool(database.execute("SELECT count(*) FROM files").fetchone()[0] == 0)

    await until(none_kept)
    assert (await page.http.get(f"/api/files/{file}")).status_code == 404
    assert 0 == coach.stop()
    assert [] == [line for line in coach.log if "charged me twice" in line or "הקבלה" in line]
    await page.http.aclose()
    await eve.http.aclose()
