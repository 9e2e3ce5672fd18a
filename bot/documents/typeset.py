"""Typst: a template of ours and what it shows, to PDF or PNG, in one font that has all four scripts.

What is shown goes in as data (JSON), never as markup: whatever a person wrote stays text. The template reads it with
``json(bytes(sys.inputs.data))``. System fonts are left out, so that a page looks the same everywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import fontpkg
import typst

__all__ = ["FONT", "drawable", "pdf", "png", "printable"]

FONT = "Rubik"
"""Latin, Cyrillic, Hebrew and Arabic letters in every weight (SIL Open Font License)."""


_NO_GLYPHS = re.compile("[\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff]")
"""Pictographs: no font for letters has them, and they would stand there as boxes."""


def printable(words: str) -> str:
    """Words as they can be printed: without pictographs."""
    return _NO_GLYPHS.sub("", words).strip()


def pdf(
    template: Path, data: Mapping[str, Any], made: datetime, drawings: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """A PDF; ``made`` is the date in its properties, ``drawings`` are SVGs by the names that the template uses.

    About 25 ms, the first one 50 ms more. Safe in any thread.

    Raises:
        typst.TypstError: the template has a mistake, or misses something in the data.
    """
    sources: Any = {"main.typ": template.read_bytes(), **{name: svg.encode() for name, svg in drawings.items()}}
    page = _compiler().compile(sources, format="pdf", sys_inputs=_inputs(data), timestamp=made.replace(microsecond=0))
    assert isinstance(page, bytes)
    return page


def drawable(svg: str) -> bool:
    """Whether a drawing can be drawn: a photo in it may be broken, and one that is makes every page fail."""
    sources: Any = {"main.typ": b'#image("drawing.svg", width: 1cm)', "drawing.svg": svg.encode()}
    try:
        _compiler().compile(sources, format="pdf")
    except typst.TypstError:
        return False
    return True


def png(template: Path, data: Mapping[str, Any], pixels_per_inch: int) -> bytes:
    """A PNG of a template of one page. As fast, and as safe, as `pdf`.

    Raises:
        typst.TypstError: the template has a mistake, or misses something in the data.
    """
    picture = _compiler().compile(template.read_bytes(), format="png", ppi=pixels_per_inch, sys_inputs=_inputs(data))
    assert isinstance(picture, bytes)
    return picture


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(data, ensure_ascii=False)}


def _compiler() -> typst.Compiler:
    """A compiler of its own for every document: one compiler does not work in two threads at once."""
    return typst.Compiler(font_paths=_fonts())


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folder = fontpkg.path(FONT).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
