"""Deliveries from Telegram: 200 only after the update is durable."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.channels.telegram.inbound import incoming
from bot.runtime.ports import Inbox, StoreUnavailable

__all__ = ["Webhook"]

HEADER = "X-Telegram-Bot-Api-Secret-Token"
_HEADER = HEADER.lower().encode()
BODY_LIMIT = 1 << 20
CONNECTIONS = 40
"""Deliveries at once; they gather into one transaction."""


class Webhook:
    """The address that Telegram delivers to, as a bare ASGI application: it is called for every tap."""

    def __init__(self, url: str, secret: str, clock: Callable[[], datetime]) -> None:
        self._url = url
        self._secret = secret
        self._clock = clock
        self.inbox: Inbox | None = None

    @property
    def route(self) -> Route:
        """The route to serve."""
        return Route(urlsplit(self._url).path or "/", self, methods=["POST"])

    def registration(self, allowed: list[str]) -> dict[str, Any]:
        """What to tell Telegram."""
        return {
            "url": self._url,
            "secret_token": self._secret,
            "allowed_updates": allowed,
            "max_connections": CONNECTIONS,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a delivery with a status and nothing else."""
        status = await self._status(scope, receive)
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    async def _status(self, scope: Scope, receive: Receive) -> int:
        given = next((value for name, value in scope["headers"] if name == _HEADER), b"")
        if not hmac.compare_digest(given, self._secret.encode()):
            return 404
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return 400
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > BODY_LIMIT:
                return 413
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        if self.inbox is None:
            return 503
        try:
            await self.inbox.accept([incoming(raw, self._clock)])
        except StoreUnavailable:
            return 503
        return 200
