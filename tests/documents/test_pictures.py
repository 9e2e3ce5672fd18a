"""Photos on a page: every kind that is taken, upright, and nothing in them that tells more than the picture."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.documents import typeset
from bot.documents.case_file import case_pdf
from bot.documents.pictures import PIXELS, picture
from tests.documents.pdfs import drawn, pages, text_of
from tests.documents.samples import JPEG, MADE, PDF, PNG, WEBP, args_of

RED, BLUE = (200, 30, 30), (20, 40, 200)


def on_page(content: bytes, folder: Path) -> Callable[[float, float], tuple[int, ...]]:
    """The colour at a place of a photo (0 to 1 from the left and from the top), as it is printed."""
    found = picture(content)
    assert found is not None
    template = folder / "page.typ"
    size = f"width: {10 * found.width}pt, height: {10 * found.height}pt"
    template.write_text(f'#set page({size}, margin: 0pt)\n#image("photo.svg", {size})')
    page = drawn(typeset.pdf(template, {}, MADE, {"photo.svg": found.svg}))
    assert page.shape[:2] == (10 * found.height, 10 * found.width)
    return lambda x, y: tuple(int(c) for c in page[int(y * page.shape[0]), int(x * page.shape[1])][::-1])


def near(colour: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    return bool(np.abs(np.subtract(colour, wanted)).max() < 40)


@pytest.mark.parametrize("content", [PNG, WEBP], ids=["png", "webp"])
def test_a_picture_is_drawn(content: bytes, tmp_path: Path) -> None:
    """Blue on the left, red on the right, to the edges."""
    at = on_page(content, tmp_path)
    assert near(at(0.1, 0.5), BLUE)
    assert near(at(0.9, 0.5), RED)


def test_a_photo_taken_sideways_is_upright(tmp_path: Path) -> None:
    """What phones note in EXIF is obeyed: turned a quarter clockwise, the left half is on top."""
    at = on_page(JPEG, tmp_path)
    assert near(at(0.5, 0.1), BLUE)
    assert near(at(0.5, 0.9), RED)


@pytest.mark.parametrize(
    ("orientation", "top_left", "bottom_right"),
    [(1, BLUE, RED), (2, RED, BLUE), (3, RED, BLUE), (4, BLUE, RED), (5, BLUE, RED), (7, RED, BLUE), (8, RED, BLUE)],
)
def test_every_way_up(
    orientation: int, top_left: tuple[int, int, int], bottom_right: tuple[int, int, int], tmp_path: Path
) -> None:
    """Each of the eight ways in which a camera can be held or a picture mirrored."""
    content = JPEG.replace(
        b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06", b"\x01\x12\x00\x03\x00\x00\x00\x01\x00" + bytes([orientation])
    )
    at = on_page(content, tmp_path)
    assert near(at(0.1, 0.1), top_left)
    assert near(at(0.9, 0.9), bottom_right)


def test_what_else_stands_in_a_photo_is_left_out(tmp_path: Path) -> None:
    """With what and where it was taken is nobody's business; the pixels stay."""
    assert b"SecretCam" in JPEG
    found = picture(JPEG)
    assert found is not None
    template = tmp_path / "page.typ"
    template.write_text('#image("photo.svg")')
    assert b"SecretCam" not in typeset.pdf(template, {}, MADE, {"photo.svg": found.svg})


def png_of(width: int, height: int) -> bytes:
    """The head of a picture that claims to be so large."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\0\0\0" + bytes(99)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        PDF,
        b"GIF89a" + bytes(50),
        JPEG[:3],
        JPEG[:40],
        JPEG[:120],
        b"\xff\xd8\xff\xe1\xff\xff" + b"Exif\0\0MM" + bytes(20),
        PNG[:20],
        b"RIFF\0\0\0\0WEBPVP8X\0\0",
        b"RIFF\0\0\0\0WEBPjunk" + bytes(40),
        png_of(0, 5),
        png_of(100_000, PIXELS // 100_000 + 1),
    ],
    ids=lambda content: ascii(content[:12]),
)
def test_what_cannot_be_drawn(content: bytes) -> None:
    """No picture, one that is cut off in its head, or one that would take all memory: left out, and no error."""
    assert picture(content) is None


@pytest.mark.parametrize(
    "content", [JPEG[:200], PNG[:-30], WEBP[:-9], png_of(4, 4)], ids=["jpg", "png", "webp", "head"]
)
def test_a_broken_picture_breaks_no_page(content: bytes) -> None:
    """Cut off in the middle, or a head alone: the page is made, with a word in its place; the others are drawn."""
    page = args_of("case_pdf", "en")["page"]
    whole = case_pdf(page, [PNG, PDF, None], "en", MADE)
    out = case_pdf(page, [PNG, PDF, content], "en", MADE)
    assert len(pages(out)) == len(pages(whole))
    assert "not shown here" in text_of(out)
    last = drawn(out, len(pages(out)) - 1)
    assert (np.abs(last.astype(int) - np.array(BLUE[::-1])).max(axis=2) < 40).sum() > 50
