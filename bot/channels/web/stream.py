"""The transcript as Server-Sent Events: first what there is, then what comes."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.channels.web.chat import Chat, News
from bot.runtime.ports import StoreUnavailable, TranscriptLine

__all__ = ["HEARTBEAT", "EventStream", "shown"]

HEARTBEAT = 20.0
"""Seconds. Proxies drop a silent connection; it is also when we look for what another process wrote."""


def shown(line: TranscriptLine) -> dict[str, Any]:
    """A line as the page gets it. What buttons carry stays with us."""
    return {
        "id": line.id,
        "version": line.version,
        "who": line.who,
        "html": line.html,
        "buttons": [[{k: v for k, v in b.items() if k != "data"} for b in row] for row in line.buttons],
        "at": line.at.isoformat(timespec="microseconds"),
        "deleted": line.deleted,
        "document": line.document,
    }


class EventStream(Response):
    """The events ``reset``, ``line`` and, when all that was there is told, ``ready``. Ends when the page goes away."""

    media_type = "text/event-stream"

    def __init__(self, chat: Chat, person: str, news: News) -> None:
        self._chat = chat
        self._person = person
        self._news = news
        self.status_code = 200
        self.background = None
        self.init_headers({"cache-control": "no-store", "x-accel-buffering": "no"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tell the page until it goes away."""
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            with self._chat.bells.listen(self._person) as bell:
                await self._tell(bell, gone, send)
            if not gone.done():
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        except (OSError, StoreUnavailable):
            pass  # The page notices that the stream broke off, and comes back.
        finally:
            gone.cancel()

    async def _tell(self, bell: asyncio.Event, gone: asyncio.Future[None], send: Send) -> None:
        news, ready = self._news, False
        bell.set()  # Something may have been written since the news were read.
        while True:
            body = _events(news)
            if not ready and not news.more:
                ready = True
                body += _event("ready", {"version": news.version}, news.version)
            if body:
                await send({"type": "http.response.body", "body": body.encode(), "more_body": True})
            if not news.more and not await _rings(bell, gone):
                await send({"type": "http.response.body", "body": b": still here\n\n", "more_body": True})
            if gone.done() or self._chat.bells.closed:
                return
            bell.clear()
            news = await self._chat.news(self._person, news.version)


def _events(news: News) -> str:
    head = _event("reset", {}, 0) if news.reset else ""
    return head + "".join(_event("line", shown(line), line.version) for line in news.lines)


def _event(name: str, data: dict[str, Any], version: int) -> str:
    return f"id: {version}\nevent: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


async def _rings(bell: asyncio.Event, gone: asyncio.Future[None]) -> bool:
    """Whether the bell rang, or the page left, before the next heartbeat is due."""
    ring = asyncio.ensure_future(bell.wait())
    either: set[asyncio.Future[Any]] = {ring, gone}
    try:
        done, _ = await asyncio.wait(either, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
    finally:
        ring.cancel()
    return bool(done)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
