"""The parameters of one API call, whichever way they were encoded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.fakes.telegram.errors import Json, bad_request

__all__ = ["Params", "Upload"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent in a multipart body."""

    filename: str
    content_type: str
    data: bytes


class Params:
    """Reads parameters as leniently as Telegram does: numbers may be strings, structures may be JSON strings."""

    __slots__ = ("files", "values")

    def __init__(self, values: Json, files: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        """The parameter as a string; empty when absent."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """The parameter as a number; unreadable numbers count as 0, as in Telegram."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            return 0

    def within(self, name: str, default: int, low: int, high: int) -> int:
        """The parameter as a number, moved into its range, as Telegram does instead of refusing it."""
        return max(low, min(high, self.integer(name, default)))

    def flag(self, name: str) -> bool:
        """The parameter as a truth value."""
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def structure(self, name: str, what: str) -> Any:
        """The parameter as JSON, or None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what}") from None

    def record(self) -> Json:
        """The parameters as the log of calls keeps them: files by name and size."""
        if not self.files:
            return self.values
        files = {name: f"<file {file.filename}, {len(file.data)} bytes>" for name, file in self.files.items()}
        return {**self.values, **files}
