"""A case's file as a PDF: facts, dates, a drawn timeline, steps taken and photos, in any of the four scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from typst import TypstError

from bot.documents import typeset
from bot.documents.pictures import Picture, picture
from bot.language.bidi import RTL

__all__ = ["case_pdf"]

_TEMPLATE = Path(__file__).with_suffix(".typ")


def case_pdf(page: Mapping[str, Any], contents: Sequence[bytes | None], language: str, made: datetime) -> bytes:
    """The file of a case.

    About 60 ms with two photos as phones send them, the first one 50 ms more; safe in any thread.

    Args:
        page: what `bot.core.coaching.case_file` gave, its messages in words.
        contents: the bytes of the files that the page names, in its order; None for one that could not be had.
        language: of the page; it decides which side lines begin on.
        made: for the PDF's properties.

    Raises:
        KeyError: something is missing on the page.
    """
    pictures = [picture(content) if content is not None else None for content in contents]
    try:
        return _set(page, pictures, language, made)
    except TypstError:  # a photo is broken: it is looked for only then, for it takes as long as the page
        whole = [found if found is not None and typeset.drawable(found.svg) else None for found in pictures]
        if whole == pictures:
            raise
        return _set(page, whole, language, made)


def _set(page: Mapping[str, Any], pictures: Sequence[Picture | None], language: str, made: datetime) -> bytes:
    drawings: dict[str, str] = {}
    files = []
    for number, (file, found) in enumerate(zip(page["files"], pictures, strict=True), 1):
        if found is None:
            files.append({**_shown(file), "picture": ""})
            continue
        name = f"photo{number}.svg"
        drawings[name] = found.svg
        files.append({**_shown(file), "picture": name, "width": found.width, "height": found.height})
    shown = {**_shown(page), "files": files, "language": language, "rtl": language in RTL, "font": typeset.FONT}
    return typeset.pdf(_TEMPLATE, shown, made, drawings)


def _shown(words: Any) -> Any:
    if isinstance(words, str):
        return typeset.printable(words)
    if isinstance(words, Mapping):
        return {name: _shown(each) for name, each in words.items()}
    return [_shown(each) for each in words] if isinstance(words, list | tuple) else words
