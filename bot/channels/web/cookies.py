"""Who a browser is: a random name in a signed cookie, and nothing else."""

from __future__ import annotations

import re
import secrets

from itsdangerous import BadSignature, TimestampSigner
from starlette.requests import HTTPConnection
from starlette.responses import Response

__all__ = ["COOKIE", "Cookies"]

COOKIE = "lofrayer"
YEAR = 365 * 24 * 3600
SHORTEST_SECRET = 16
_NAME = re.compile(r"[A-Za-z0-9_-]{22}")


class Cookies:
    """Names people and knows them again.

    Args:
        secret: at least 16 characters.
        channel: the first part of the ids of people.
    """

    def __init__(self, secret: str, channel: str) -> None:
        if len(secret) < SHORTEST_SECRET:
            raise ValueError(f"the secret of the web chat needs at least {SHORTEST_SECRET} characters")
        self._signer = TimestampSigner(secret, salt="bot.channels.web.person")
        self._channel = channel

    def person(self, connection: HTTPConnection) -> str | None:
        """Who this browser is; None for a stranger, or a cookie that is not ours."""
        cookie = connection.cookies.get(COOKIE, "")
        try:
            name = self._signer.unsign(cookie, max_age=YEAR).decode()
        except BadSignature:
            return None
        signed, _, signature = cookie.rpartition(".")
        if self._signer.get_signature(signed) != signature.encode():
            return None  # the last letter holds bits that no signature has: the same one, otherwise written
        return f"{self._channel}:{name}" if _NAME.fullmatch(name) else None

    def keep(self, response: Response, person: str | None, *, secure: bool) -> None:
        """Give the browser its name for another year; a stranger gets a new one."""
        name = person.removeprefix(f"{self._channel}:") if person is not None else secrets.token_urlsafe(16)
        response.set_cookie(
            COOKIE,
            self._signer.sign(name).decode(),
            max_age=YEAR,
            httponly=True,
            samesite="lax",
            secure=secure,
        )
