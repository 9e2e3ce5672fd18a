"""Lines of an input as they come, without a thread that hangs on it after all the rest has ended."""

from __future__ import annotations

import asyncio
import codecs
import os
from types import TracebackType
from typing import Self, TextIO

__all__ = ["Lines"]

_SIZE = 65536


class Lines:
    """The lines of a terminal, a pipe or a file. As a context manager: it is not read on afterwards."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._watched: int | None = None
        self._came: asyncio.Queue[str] = asyncio.Queue()
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._begun = ""

    def __enter__(self) -> Self:
        try:
            place = self._source.fileno()
            asyncio.get_running_loop().add_reader(place, self._read, place)
        except (OSError, NotImplementedError):  # a file, or no file at all: it is never waited for
            return self
        self._watched = place
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._watched is not None:
            asyncio.get_running_loop().remove_reader(self._watched)

    async def next(self) -> str:
        """The next line with its end; empty when there is none any more."""
        if self._watched is None:
            return await asyncio.to_thread(self._source.readline)
        return await self._came.get()

    def _read(self, place: int) -> None:
        data = os.read(place, _SIZE)
        lines = (self._begun + self._decoder.decode(data, final=not data)).splitlines(keepends=True)
        self._begun = lines.pop() if data and lines and not lines[-1].endswith("\n") else ""
        for line in lines:
            self._came.put_nowait(line)
        if not data:
            self._came.put_nowait("")
            asyncio.get_running_loop().remove_reader(place)
