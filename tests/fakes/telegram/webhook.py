"""Delivery of updates to the bot's own address."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import httpx

from tests.fakes.telegram.errors import Json
from tests.fakes.telegram.updates import Entry, UpdateQueue
from tests.fakes.telegram.wire import Wire

__all__ = ["Pusher", "WebhookState"]

_NOT_IN_A_REPLY = ("setwebhook", "deletewebhook", "close", "logout")


@dataclass(slots=True)
class WebhookState:
    """What the bot asked for with setWebhook, and how delivery goes."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


class Pusher:
    """Posts each update until it is answered 2xx, in order within a chat, several chats at once."""

    def __init__(
        self,
        state: WebhookState,
        queue: UpdateQueue,
        call: Callable[[str, Json], object],
        changed: Callable[[], object],
        *,
        retry: float,
        transport: httpx.AsyncBaseTransport | None,
    ) -> None:
        self._state = state
        self._queue = queue
        self._call = call
        self._changed = changed
        self._retry = retry
        self._transport = transport
        self._slots = asyncio.Semaphore(state.max_connections)
        self._free: list[Wire | _Client] = []
        self._lanes: dict[tuple[str, int], deque[Entry]] = {}
        self._task = asyncio.get_running_loop().create_task(self._run())

    def stop(self) -> None:
        """End delivery; what was not accepted stays pending."""
        loop = self._task.get_loop()
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._task.cancel)

    async def _run(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                with self._queue.bell.listen() as listener:
                    seen = 0
                    while True:
                        fresh, seen = self._queue.since(seen)
                        for entry in fresh:
                            if (lane := self._lanes.get(entry.lane)) is not None:
                                lane.append(entry)
                                continue
                            self._lanes[entry.lane] = deque((entry,))
                            group.create_task(self._drain(entry.lane))
                        await listener.wait()
        finally:
            for wire in self._free:
                await wire.aclose()

    async def _drain(self, key: tuple[str, int]) -> None:
        lane = self._lanes[key]
        while lane:
            await self._deliver(lane[0])
            self._queue.remove(lane.popleft())
            self._changed()
        del self._lanes[key]

    async def _deliver(self, entry: Entry) -> None:
        content = json.dumps(entry.update).encode()
        delay = self._retry
        while True:
            pause = delay
            try:
                response = await self._post(content)
            except httpx.HTTPError as error:
                self._failed(f"Connection failed: {error!r}")
            else:
                if response.is_success:
                    self._obey(response)
                    return
                self._failed(f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}")
                if response.headers.get("retry-after", "").isdigit():
                    pause = float(response.headers["retry-after"])
            await asyncio.sleep(pause)
            delay = min(delay * 2, 40 * self._retry)

    async def _post(self, content: bytes) -> httpx.Response:
        """One attempt, over one of the connections."""
        async with self._slots:
            wire = self._free.pop() if self._free else self._new_wire()
            try:
                return await wire.post(content)
            finally:
                self._free.append(wire)

    def _new_wire(self) -> Wire | _Client:
        headers = {"Content-Type": "application/json"}
        if self._state.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._state.secret
        plain = self._transport is None and self._state.url.startswith("http://")
        return Wire(self._state.url, headers) if plain else _Client(self._state.url, headers, self._transport)

    def _failed(self, reason: str) -> None:
        self._state.last_error_date = int(time.time())
        self._state.last_error_message = reason
        self._changed()

    def _obey(self, response: httpx.Response) -> None:
        """Do what the bot asks for in its reply; it never learns the outcome."""
        body = _reply(response)
        method = str(body.pop("method", ""))
        if method and method.lower() not in _NOT_IN_A_REPLY and not method.lower().startswith("get"):
            self._call(method, body)


class _Client:
    """Posts by TLS (unverified: test certificates sign themselves) or through a transport in process."""

    def __init__(self, url: str, headers: dict[str, str], transport: httpx.AsyncBaseTransport | None) -> None:
        self._url = url
        self._client = httpx.AsyncClient(headers=headers, timeout=30, transport=transport, verify=False)

    async def post(self, content: bytes) -> httpx.Response:
        """Post and read the whole answer."""
        return await self._client.post(self._url, content=content)

    async def aclose(self) -> None:
        """Give up the connection."""
        await self._client.aclose()


def _reply(response: httpx.Response) -> Json:
    if not response.content:
        return {}
    try:
        if "json" in response.headers.get("content-type", ""):
            body: Any = response.json()
            return body if isinstance(body, dict) else {}
        return dict(parse_qsl(response.text, keep_blank_values=True))
    except ValueError:
        return {}
