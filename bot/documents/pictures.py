"""Photos for a page: upright, without where and with what they were taken, and drawn from memory alone.

Typst takes only text besides its template. An SVG is text, and may hold a photo whole.
"""

from __future__ import annotations

import struct
from base64 import b64encode
from dataclasses import dataclass

from bot.core.files import PICTURES, kind_of

__all__ = ["Picture", "picture"]

PIXELS = 50_000_000
"""More would take too much memory to unpack."""
_LEFT_OUT = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE})
"""JPEG segments that no page needs: where it was taken, with what, a thumbnail, comments."""
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TURNS = {
    2: "-1 0 0 1 {w} 0",
    3: "-1 0 0 -1 {w} {h}",
    4: "1 0 0 -1 0 {h}",
    5: "0 1 1 0 0 0",
    6: "0 1 -1 0 {h} 0",
    7: "0 -1 -1 0 {h} {w}",
    8: "0 -1 1 0 0 {w}",
}
"""Orientation in EXIF -> the matrix that turns it upright."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as an SVG, and its size in pixels when it is upright."""

    svg: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Raw:
    content: bytes
    width: int
    height: int
    orientation: int = 1


def picture(content: bytes) -> Picture | None:
    """A photo of any kind that is taken; None for what is no photo, is cut off in its head, or is too large to draw."""
    mime = kind_of(content)
    if mime not in PICTURES:
        return None
    try:
        raw = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}[mime](content)
    except (IndexError, struct.error):
        return None
    if raw is None or not 0 < raw.width * raw.height <= PIXELS:
        return None
    matrix = _TURNS.get(raw.orientation, "1 0 0 1 0 0").format(w=raw.width, h=raw.height)
    width, height = (raw.height, raw.width) if raw.orientation >= 5 else (raw.width, raw.height)
    data = b64encode(raw.content).decode()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{raw.width}" height="{raw.height}" transform="matrix({matrix})" '
        f'href="data:{mime};base64,{data}"/></svg>'
    )
    return Picture(svg, width, height)


def _png(content: bytes) -> _Raw:
    return _Raw(content, *struct.unpack(">II", content[16:24]))


def _webp(content: bytes) -> _Raw | None:
    kind = content[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
        if len(content) < 30:
            return None
    elif kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", content[26:30]))
    else:
        return None
    return _Raw(content, width, height)


def _jpeg(content: bytes) -> _Raw | None:
    """The photo without what no page needs, segment by segment up to the pixels."""
    kept, at, width, height, orientation = bytearray(content[:2]), 2, 0, 0, 1
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == 0xDA:  # the pixels
            return _Raw(bytes(kept + content[at:]), width, height, orientation)
        segment = content[at : at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")]
        if marker in _SIZES:
            height, width = struct.unpack(">HH", segment[5:9])
        elif segment[:10].endswith(b"Exif\0\0"):
            orientation = _orientation(segment[10:])
        if marker not in _LEFT_OUT:
            kept += segment
        at += len(segment)
    return None


def _orientation(tiff: bytes) -> int:
    """Which way up a photo was taken, by the first directory of its EXIF; 1 where that is not said."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    start = struct.unpack(f"{order}I", tiff[4:8])[0]
    for number in range(struct.unpack(f"{order}H", tiff[start : start + 2])[0]):
        tag, _, _, value = struct.unpack(f"{order}HHIH", tiff[start + 2 + 12 * number : start + 12 + 12 * number])
        if tag == 0x0112:
            return int(value)
    return 1
