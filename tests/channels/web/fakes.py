"""What the web chat stands on, in memory: a transcript, an inbox, a clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.events import Event
from bot.runtime.ports import Incoming, StoreUnavailable, TranscriptLine

__all__ = ["FakeClock", "FakeFiles", "FakeInbox", "FakeTranscript"]


class FakeClock:
    """A time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class FakeTranscript:
    """Keeps lines as the store does; can be made to fail."""

    def __init__(self) -> None:
        self.people: dict[str, dict[str, TranscriptLine]] = {}
        self.files: dict[tuple[str, str], bytes] = {}
        self.down = False

    def _version(self, person: str) -> int:
        if self.down:
            raise StoreUnavailable
        return max((line.version for line in self.people.get(person, {}).values()), default=0) + 1

    async def put(self, person: str, line: TranscriptLine, document: bytes | None = None) -> int:
        version = self._version(person)
        self.people.setdefault(person, {})[line.id] = replace(line, version=version)
        if document is not None:
            self.files[person, line.id] = document
        return version

    async def remove(self, person: str, line_id: str) -> int:
        version = self._version(person)
        lines = self.people.get(person, {})
        if line_id not in lines:
            return version - 1
        lines[line_id] = replace(lines[line_id], version=version, html="", buttons=[], deleted=True, document=None)
        self.files.pop((person, line_id), None)
        return version

    async def since(self, person: str, version: int, limit: int = 200) -> list[TranscriptLine]:
        if self.down:
            raise StoreUnavailable
        newer = sorted(
            (line for line in self.people.get(person, {}).values() if line.version > version),
            key=lambda line: line.version,
        )
        return newer[:limit] if version else newer[-limit:]

    async def document(self, person: str, line_id: str) -> bytes | None:
        return self.files.get((person, line_id))

    def forget(self, person: str) -> None:
        """What happens when somebody has everything deleted."""
        self.people.pop(person, None)


class FakeFiles:
    """Keeps files as the store does; can be made to fail, or to be full."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}
        self.down = False
        self.room = 10**9

    async def keep(self, person: str, file: str, name: str, mime: str, content: bytes, at: datetime) -> bool:
        if self.down:
            raise StoreUnavailable
        new = (person, file) not in self.kept
        self.kept.setdefault((person, file), content)
        return new

    async def full(self, person: str, more: int) -> bool:
        return more > self.room

    async def remove(self, person: str, file: str) -> None:
        self.kept.pop((person, file), None)

    async def content(self, person: str, file: str) -> bytes | None:
        if self.down:
            raise StoreUnavailable
        return self.kept.get((person, file))


class FakeInbox:
    """Keeps an update once, as the runtime does; can be made to fail."""

    def __init__(self) -> None:
        self.updates: dict[str, Incoming] = {}
        self.error: Exception | None = None

    async def accept(self, updates: Sequence[Incoming]) -> None:
        if self.error is not None:
            raise self.error
        for update in updates:
            self.updates.setdefault(update.update, update)

    @property
    def events(self) -> list[Event]:
        return [update.event for update in self.updates.values() if update.event is not None]
