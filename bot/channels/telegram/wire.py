"""HTTP/1.1 over a pool of kept-alive connections: as little as a Bot API call needs, parsed in C."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import deque
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httptools

__all__ = ["Answer", "Pool"]

CONNECT = 5.0
"""Seconds to reach one address of the server."""
IDLE = 50.0
"""Seconds after which an unused connection is not trusted any more; servers drop them soon after."""


class Answer(NamedTuple):
    """A whole answer."""

    status: int
    body: bytes


class _Wire(asyncio.Protocol):
    """One connection; one exchange at a time."""

    def __init__(self) -> None:
        self.open = False
        self.since = 0.0
        """When it was last used, on the loop's clock."""
        self.silent = True
        """Nothing was heard since the request was written."""
        self._transport: asyncio.Transport
        self._parser = httptools.HttpResponseParser(self)
        self._body: list[bytes] = []
        self._answer: asyncio.Future[Answer] | None = None

    def ask(self, request: bytes, loop: asyncio.AbstractEventLoop) -> asyncio.Future[Answer]:
        """Write a request; the answer or what went wrong comes with the future."""
        self._answer = loop.create_future()
        self._body.clear()
        self.silent = True
        self._transport.write(request)
        return self._answer

    def fail(self, error: BaseException) -> None:
        """Give the exchange up, and the connection with it."""
        self.open = False
        self._transport.abort()
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self.open = True

    def data_received(self, data: bytes) -> None:
        self.silent = False
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self.fail(ConnectionError(f"not HTTP: {type(error).__name__}"))

    def connection_lost(self, exc: Exception | None) -> None:
        self.fail(ConnectionResetError("the server broke off"))

    def on_body(self, part: bytes) -> None:
        self._body.append(part)

    def on_message_complete(self) -> None:
        if not self._parser.should_keep_alive():
            self.open = False
        if self._answer is None or self._answer.done():
            self.open = False  # nobody asked
        else:
            self._answer.set_result(Answer(self._parser.get_status_code(), b"".join(self._body)))


class Pool:
    """Posts to servers over connections that are kept."""

    def __init__(self, connections: int) -> None:
        self._free: dict[str, deque[_Wire]] = {}
        self._turn = asyncio.Semaphore(connections)
        self._tls: ssl.SSLContext | None = None

    async def get(self, url: str, seconds: float) -> Answer:
        """Fetch, as `post` posts."""
        return await self._ask(url, "GET", "", b"", seconds)

    async def post(self, url: str, content_type: str, body: bytes, seconds: float) -> Answer:
        """Post and read the whole answer.

        A kept connection that turns out to be gone before anything was heard on it is replaced once; the server had
        closed it while it was idle.

        Args:
            url: ``http://`` or ``https://``.
            content_type: of the body.
            body: the request's.
            seconds: to wait for the answer, once connected.

        Raises:
            TimeoutError: no answer in time; the server may have done what was asked.
            OSError: the server cannot be reached, or broke off.
        """
        head = f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n"
        return await self._ask(url, "POST", head, body, seconds)

    async def _ask(self, url: str, method: str, head: str, body: bytes, seconds: float) -> Answer:
        parts = urlsplit(url)
        request = f"{method} {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{head}\r\n".encode("ascii") + body
        server = f"{parts.scheme}://{parts.netloc}"
        async with self._turn:
            wire = self._kept(server)
            if wire is not None:
                try:
                    return await self._exchange(server, wire, request, seconds)
                except TimeoutError:
                    raise
                except OSError:
                    if not wire.silent:
                        raise
            return await self._exchange(server, await self._connect(server), request, seconds)

    async def _exchange(self, server: str, wire: _Wire, request: bytes, seconds: float) -> Answer:
        loop = asyncio.get_running_loop()
        answer = wire.ask(request, loop)
        patience = loop.call_later(seconds, wire.fail, TimeoutError("no answer in time"))
        try:
            return await answer
        finally:
            patience.cancel()
            if wire.open and answer.done() and not answer.cancelled():
                wire.since = loop.time()
                self._free.setdefault(server, deque()).append(wire)
            else:
                wire.fail(ConnectionAbortedError("given up"))

    def _kept(self, server: str) -> _Wire | None:
        free = self._free.get(server)
        oldest = asyncio.get_running_loop().time() - IDLE
        while free:
            wire = free.pop()
            if wire.open and wire.since > oldest:
                return wire
            wire.fail(ConnectionAbortedError("idle for too long"))
        return None

    async def _connect(self, server: str) -> _Wire:
        parts = urlsplit(server)
        host, tls = parts.hostname or "", parts.scheme == "https"
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, parts.port or (443 if tls else 80), type=socket.SOCK_STREAM)
        trouble: OSError = OSError("the server has no address")
        # IPv4 first: where IPv6 is set up but broken, nobody has to wait for it.
        for _, _, _, _, address in sorted(found, key=lambda info: info[0] != socket.AF_INET):
            try:
                async with asyncio.timeout(CONNECT):
                    _, wire = await loop.create_connection(
                        _Wire,
                        str(address[0]),
                        int(address[1]),
                        ssl=self._context() if tls else None,
                        server_hostname=host if tls else None,
                    )
                return wire
            except TimeoutError:
                trouble = OSError("the server does not answer")
            except OSError as error:
                trouble = error
        raise trouble

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
        return self._tls

    def close(self) -> None:
        """Close the connections that nobody uses."""
        for free in self._free.values():
            for wire in free:
                wire.fail(ConnectionAbortedError("closed"))
        self._free.clear()
