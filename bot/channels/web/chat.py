"""The bubbles of everybody's chat, and the bells that tell open pages of a change."""

from __future__ import annotations

import asyncio
import html
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.runtime.ports import Button, Files, Outgoing, Refused, StoreUnavailable, Transcript, TranscriptLine, TryLater

__all__ = ["HISTORY", "Bells", "Chat", "News"]

HISTORY = 300
"""As many bubbles are shown, and can be tapped."""
FILES = 5000
"""As far back we look for a file's name."""
TAPS = 10_000
STORE_REST = 5.0


class Bells:
    """One bell for each open page."""

    def __init__(self) -> None:
        self._bells: dict[str, set[asyncio.Event]] = {}
        self.closed = False

    @contextmanager
    def listen(self, person: str) -> Iterator[asyncio.Event]:
        """A bell that rings when the person's transcript changes."""
        bell = asyncio.Event()
        self._bells.setdefault(person, set()).add(bell)
        try:
            yield bell
        finally:
            self._bells[person].discard(bell)
            if not self._bells[person]:
                del self._bells[person]

    def open(self, person: str) -> int:
        """How many pages of the person listen."""
        return len(self._bells.get(person, ()))

    def ring(self, person: str) -> None:
        """Wake the person's open pages; everybody's when it is ""."""
        for bells in self._bells.values() if not person else (self._bells.get(person, ()),):
            for bell in bells:
                bell.set()

    def close(self) -> None:
        """Wake everybody for the last time."""
        self.closed = True
        self.ring("")


@dataclass(frozen=True, slots=True)
class News:
    """What changed since a version. ``reset``: what the page has is gone (the person had it all deleted)."""

    lines: list[TranscriptLine]
    version: int
    reset: bool
    more: bool


class Chat:
    """Reads and writes the transcript of the web chat."""

    def __init__(self, transcript: Transcript, files: Files, clock: Callable[[], datetime]) -> None:
        self.bells = Bells()
        self._transcript = transcript
        self._files = files
        self._clock = clock
        self._taps: OrderedDict[str, str] = OrderedDict()

    # -- reading ------------------------------------------------------------------------------------------------------

    async def news(self, person: str, version: int) -> News:
        """The person's lines newer than a version; all that is shown when it is 0."""
        reset = False
        lines = await self._transcript.since(person, version, HISTORY)
        if not lines and version > 0:
            newest = await self._transcript.since(person, 0, 1)
            if not newest or newest[-1].version < version:
                reset, version = True, 0
                lines = await self._transcript.since(person, 0, HISTORY)
        newest_version = max([version, *(line.version for line in lines)])
        if version == 0:
            return News([line for line in lines if not line.deleted], newest_version, reset, more=False)
        return News(lines, newest_version, reset, more=len(lines) >= HISTORY)

    async def line(self, person: str, line_id: str, within: int = HISTORY) -> TranscriptLine | None:
        """A bubble that the person can still see."""
        for line in await self._transcript.since(person, 0, within):
            if line.id == line_id and not line.deleted:
                return line
        return None

    async def file(self, person: str, line_id: str) -> tuple[str, bytes] | None:
        """The name and content of the file of a bubble."""
        line = await self.line(person, line_id, FILES)
        if line is None or line.document is None:
            return None
        kept = self._files.content if line.who == "person" else self._transcript.document
        content = await kept(person, line_id)
        return None if content is None else (line.document, content)

    # -- what the person does -----------------------------------------------------------------------------------------

    async def person_says(self, person: str, event: str, text: str, at: datetime, file: str | None = None) -> bool:
        """Keep the person's own bubble, with the name of a file that came with it. False: it was there already."""
        if await self.line(person, event) is not None:
            return False
        escaped = html.escape(text, quote=False)
        await self._transcript.put(person, TranscriptLine(event, 0, "person", escaped, [], at, document=file))
        self.bells.ring(person)
        return True

    async def person_taps(self, person: str, event: str, line: TranscriptLine, label: str, at: datetime) -> bool:
        """Keep what the person tapped as their own bubble. False: it was there already."""
        self._taps[event] = line.id
        while len(self._taps) > TAPS:
            self._taps.popitem(last=False)
        return await self.person_says(person, event, label, at)

    async def withdraw(self, person: str, event: str) -> None:
        """Take the person's bubble away again."""
        await self._transcript.remove(person, event)
        self.bells.ring(person)

    # -- what the coach does ------------------------------------------------------------------------------------------

    async def coach_says(self, message: Outgoing) -> str | None:
        """Carry out a message and return the id of its bubble."""
        try:
            line_id = await self._carry_out(message)
        except StoreUnavailable as error:
            raise TryLater(STORE_REST, everyone=True) from error
        self.bells.ring(message.person)
        return line_id

    async def _carry_out(self, message: Outgoing) -> str | None:
        person, now = message.person, self._clock()
        if message.kind == "delete":
            if message.handle is not None:
                await self._transcript.remove(person, message.handle)
            return message.handle
        line_id, at, name, content = message.id, now, None, None
        if message.kind == "edit" and message.handle is not None:
            line_id = message.handle
            old = await self.line(person, line_id)
            at = old.at if old is not None else now
            await self._answered_in_place(person, message)
        elif message.kind == "document":
            if message.document is None:
                raise Refused("a document without a file")
            name, content = message.document.name, message.document.content
        buttons = [[_kept(button) for button in row] for row in message.buttons]
        line = TranscriptLine(line_id, 0, "coach", message.html, buttons, at, document=name)
        await self._transcript.put(person, line, content)
        return line_id

    async def _answered_in_place(self, person: str, message: Outgoing) -> None:
        """Drop the bubble of a tap whose answer changes the very bubble that was tapped.

        On a live call each tap turns one screen into the next; a bubble for each would push the screen out of sight.
        """
        event = message.id.rpartition(":")[0]
        if self._taps.get(event) == message.handle:
            await self._transcript.remove(person, event)
            del self._taps[event]


def _kept(button: Button) -> dict[str, str]:
    parts = {"text": button.text, "data": button.data, "url": button.url, "copy": button.copy}
    return {name: value for name, value in parts.items() if value is not None}
