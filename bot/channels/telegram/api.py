"""Bot API calls by name, with python-telegram-bot's transport, errors and limits.

The typed methods of PTB's `Bot` cost another 0.8 ms of CPU a call (objects, deep copies, signatures); a turn makes two
calls. See docs/decisions/0002-raw-bot-api-calls.md.
"""

from __future__ import annotations

import json
from typing import Any

from telegram.request import BaseRequest, RequestData

__all__ = ["Api"]


class _Parameters(RequestData):  # type: ignore[misc]  # final only for typing
    """Parameters that are strings already, and files."""

    __slots__ = ("_files", "_values")

    def __init__(self, values: dict[str, str], files: dict[str, tuple[str, bytes, str]]) -> None:
        super().__init__()
        self._values = values
        self._files = files
        self.contains_files = bool(files)

    @property
    def json_parameters(self) -> dict[str, str]:
        return self._values

    @property
    def multipart_data(self) -> dict[str, tuple[str, bytes, str]]:  # type: ignore[override]
        return self._files


class Api:
    """The Bot API of one bot."""

    def __init__(self, base_url: str, token: str, request: BaseRequest) -> None:
        self._url = f"{base_url.rstrip('/')}/bot{token}"
        self._request = request

    async def open(self) -> None:
        """Open the transport."""
        await self._request.initialize()

    async def close(self) -> None:
        """Close the transport."""
        await self._request.shutdown()

    async def call(
        self,
        method: str,
        parameters: dict[str, Any] | None = None,
        *,
        files: dict[str, tuple[str, bytes, str]] | None = None,
        timeout: float = 10.0,
    ) -> Any:
        """Call a method and return its result.

        Args:
            method: its name, as Telegram spells it.
            parameters: its parameters; None is left out, lists and objects are sent as JSON.
            files: parameter -> (name, content, MIME type).
            timeout: seconds to wait for the answer.

        Raises:
            telegram.error.TelegramError: by kind, as PTB maps them.
        """
        values = {
            name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for name, value in (parameters or {}).items()
            if value is not None
        }
        data = _Parameters(values, files or {})
        return await self._request.post(f"{self._url}/{method}", data, read_timeout=timeout)
