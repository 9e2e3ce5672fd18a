"""Bot API calls by name, with python-telegram-bot's transport, errors and limits.

The typed methods of PTB's `Bot` cost another 0.8 ms of CPU a call (objects, deep copies, signatures); a turn makes two
calls. See docs/decisions/0002-raw-bot-api-calls.md.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from telegram.error import NetworkError, RetryAfter
from telegram.request import BaseRequest, RequestData

__all__ = ["Api", "wait_seconds"]

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class _Parameters(RequestData):  # type: ignore[misc]  # final only for typing
    """Plain parameters and files."""

    __slots__ = ("_files", "_values")

    def __init__(self, values: dict[str, Any], files: dict[str, tuple[str, bytes, str]] | None) -> None:
        super().__init__()
        self._values = values
        self._files = files or {}
        self.contains_files = bool(files)

    @property
    def json_parameters(self) -> dict[str, str]:
        return {n: v if isinstance(v, str) else _encode(v) for n, v in self._values.items() if v is not None}

    @property
    def json_payload(self) -> bytes:
        return _encode({n: v for n, v in self._values.items() if v is not None}).encode("utf-8", "replace")

    @property
    def multipart_data(self) -> dict[str, tuple[str, bytes, str]]:  # type: ignore[override]
        return self._files


class Api:
    """The Bot API of one bot."""

    def __init__(self, base_url: str, token: str, request: BaseRequest) -> None:
        self._url = f"{base_url.rstrip('/')}/bot{token}"
        self._files = f"{base_url.rstrip('/')}/file/bot{token}"
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
            parameters: its parameters; None is left out.
            files: parameter -> (name, content, MIME type).
            timeout: seconds to wait for the answer.

        Raises:
            telegram.error.TelegramError: by kind, as PTB maps them.
        """
        data = _Parameters(parameters or {}, files)
        try:
            return await self._request.post(f"{self._url}/{method}", data, read_timeout=timeout)
        except (KeyError, TypeError) as error:  # JSON, but no answer of the Bot API
            raise NetworkError("the answer is not the Bot API's") from error

    async def file(self, path: str, *, timeout: float = 60.0) -> bytes:
        """The bytes of a file, by the path that ``getFile`` gave.

        Raises:
            telegram.error.TelegramError: as `call`.
        """
        return await self._request.retrieve(f"{self._files}/{quote(path)}", read_timeout=timeout)


def wait_seconds(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
