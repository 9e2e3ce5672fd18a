"""Everything about a case in one ZIP: the PDF, photos and documents, the data, the dates."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bot.core.files import KINDS, kind_of
from bot.documents.calendar import dates_ics
from bot.documents.case_file import case_pdf

__all__ = ["FORMAT", "case_zip"]

FORMAT = 1
"""The version of the layout of ``case.json``."""


def case_zip(args: Mapping[str, Any], contents: Sequence[bytes | None], language: str, made: datetime) -> bytes:
    """``case.pdf``, ``case.json``, ``dates.ics`` if there are any, and ``files/1-photo.jpg``…

    Args:
        args: ``page files data dates``, as `bot.core.coaching.case_file` gave them, messages in words.
        contents: the bytes of the files, in their order; None for one that could not be had: ``case.json`` names it,
            without a path.
        language: of the PDF.
        made: stands on every file in it.
    """
    names = [_name(n, file, content) for n, (file, content) in enumerate(zip(args["files"], contents, strict=True), 1)]
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:

        def put(name: str, content: bytes, how: int = ZIP_DEFLATED) -> None:
            info = ZipInfo(name, made.timetuple()[:6])
            info.compress_type = how
            archive.writestr(info, content)

        put("case.pdf", case_pdf(args["page"], contents, language, made))
        put("case.json", _data(args, names, made))
        if args["dates"]["events"]:
            put("dates.ics", dates_ics(args["dates"], made))
        for name, content in zip(names, contents, strict=True):
            if name is not None and content is not None:
                put(name, content, ZIP_STORED)  # photos are as small as they get
    return buffer.getvalue()


def _name(number: int, file: Mapping[str, Any], content: bytes | None) -> str | None:
    """A file's path: by its number in the PDF and its content; a name that somebody gave it is in the data."""
    kind = kind_of(content) if content is not None else None
    if content is None:
        return None
    return f"files/{number}-{file['type']}.{KINDS[kind] if kind is not None else 'bin'}"


def _data(args: Mapping[str, Any], names: Sequence[str | None], made: datetime) -> bytes:
    files = [
        {"entry": file["entry"], "path": name, "name": file["name"], "mime": file["mime"]}
        for file, name in zip(args["files"], names, strict=True)
    ]
    whole = {"format": FORMAT, "made": made.isoformat(timespec="seconds"), **args["data"], "files": files}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()
