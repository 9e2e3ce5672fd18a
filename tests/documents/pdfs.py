"""Looking at a PDF as people do: its pages, its text, how it is drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pypdfium2

__all__ = ["drawn", "lines_of", "pages", "plain", "text_of"]


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """The PDF, closed in the end."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def pages(pdf: bytes) -> list[tuple[float, float]]:
    """The size of each page, in points."""
    with opened(pdf) as document:
        return [document.get_page_size(number) for number in range(len(document))]


def text_of(pdf: bytes) -> str:
    """What a reader copies out of it, page by page, without marks of direction."""
    with opened(pdf) as document:
        found = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            found.append(text.get_text_range())
            text.close()
            page.close()
    return plain("\n".join(found))


def plain(text: str) -> str:
    """A text in its usual characters, line by line, without marks of direction and soft hyphens."""
    usual = unicodedata.normalize("NFKC", text.replace("\r\n", "\n"))
    return "".join(c for c in usual if c == "\n" or unicodedata.category(c) not in ("Cf", "Cc", "Co"))


def lines_of(pdf: bytes, number: int = 0) -> list[str]:
    """The lines of a page as they stand there, each from left to right: Hebrew reads backwards, a number must not."""
    with opened(pdf) as document:
        page = document[number]
        text = page.get_textpage()
        placed = []
        for index in range(text.count_chars()):
            left, bottom, _, top = text.get_charbox(index)
            char = text.get_text_range(index, 1)
            if char not in "\r\n":  # the reader's own
                placed.append((round((bottom + top) / 2), left, char))
        text.close()
        page.close()
    lines: list[tuple[int, list[tuple[float, str]]]] = []
    for height, left, char in sorted(placed, key=lambda p: -p[0]):
        if not lines or lines[-1][0] - height > 5:
            lines.append((height, []))
        lines[-1][1].append((left, char))
    return [plain("".join(char for _, char in sorted(line))) for _, line in lines]


def drawn(pdf: bytes, number: int = 0, scale: float = 1.0) -> np.ndarray[Any, Any]:
    """A page as a picture: rows of pixels, each blue, green, red."""
    with opened(pdf) as document:
        page = document[number]
        picture = page.render(scale=scale).to_numpy().copy()
        page.close()
    return np.asarray(picture)
