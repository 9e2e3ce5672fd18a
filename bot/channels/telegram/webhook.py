"""Deliveries from Telegram: 200 only after the update is durable."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.telegram.inbound import incoming
from bot.runtime.ports import Inbox, StoreUnavailable

__all__ = ["Webhook"]

HEADER = "X-Telegram-Bot-Api-Secret-Token"
BODY_LIMIT = 1 << 20
CONNECTIONS = 40
"""Deliveries at once; they gather into one transaction."""


class Webhook:
    """The address that Telegram delivers to."""

    def __init__(self, url: str, secret: str, clock: Callable[[], datetime]) -> None:
        self._url = url
        self._secret = secret
        self._clock = clock
        self.inbox: Inbox | None = None

    @property
    def route(self) -> Route:
        """The route to serve."""
        return Route(urlsplit(self._url).path or "/", self._receive, methods=["POST"])

    def registration(self, allowed: list[str]) -> dict[str, Any]:
        """What to tell Telegram."""
        return {
            "url": self._url,
            "secret_token": self._secret,
            "allowed_updates": allowed,
            "max_connections": CONNECTIONS,
        }

    async def _receive(self, request: Request) -> Response:
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return Response(status_code=404)
        body = bytearray()
        try:
            async for part in request.stream():
                body += part
                if len(body) > BODY_LIMIT:
                    return Response(status_code=413)
            raw = json.loads(body)
        except (ValueError, RecursionError, ClientDisconnect):
            return Response(status_code=400)
        if self.inbox is None:
            return Response(status_code=503)
        try:
            await self.inbox.accept([incoming(raw, self._clock)])
        except StoreUnavailable:
            return Response(status_code=503)
        return Response(status_code=200)
