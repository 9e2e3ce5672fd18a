"""A lean HTTP transport for the Bot API, behind python-telegram-bot's `BaseRequest`.

See docs/decisions/0002-raw-bot-api-calls.md for what others cost.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.wire import Pool

__all__ = ["LeanRequest"]

DEFAULT_READ = 10.0


class LeanRequest(BaseRequest):
    """Calls the Bot API over a pool of kept-alive connections."""

    def __init__(self, connections: int = 64) -> None:
        self._pool = Pool(connections)

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer, where a call does not say."""
        return DEFAULT_READ

    async def initialize(self) -> None:
        """Nothing to open: connections are made when they are needed."""

    async def shutdown(self) -> None:
        """Close the pool."""
        self._pool.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request (a POST, as the Bot API takes every call; a GET for a file) and return its status and body.

        Raises:
            telegram.error.TimedOut: no answer in time; the request may have been carried out.
            telegram.error.NetworkError: the server could not be reached or broke off.
        """
        seconds = read_timeout if isinstance(read_timeout, int | float) else DEFAULT_READ
        if request_data is None:
            kind, body = "application/json", b"{}"
        elif request_data.contains_files:
            kind, body = multipart(request_data.json_parameters, request_data.multipart_data)
        else:
            kind, body = "application/json", request_data.json_payload
        try:
            if method == "GET":
                return await self._pool.get(url, seconds)
            return await self._pool.post(url, kind, body, seconds)
        except TimeoutError as error:
            raise TimedOut from error
        except OSError as error:
            raise NetworkError(type(error).__name__) from error


def multipart(fields: Mapping[str, str], files: Mapping[str, Any]) -> tuple[str, bytes]:
    """A form with files (name -> file name, content, MIME type) as its content type and body."""
    boundary = secrets.token_hex(16)
    body = bytearray()
    for name, text in fields.items():
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
    for name, (filename, content, mime) in files.items():
        shown = filename.translate({ord('"'): "%22", ord("\r"): "%0D", ord("\n"): "%0A"})
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{shown}"\r\n'
        body += f"{head}Content-Type: {mime}\r\n\r\n".encode()
        body += content + b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    return f"multipart/form-data; boundary={boundary}", bytes(body)
