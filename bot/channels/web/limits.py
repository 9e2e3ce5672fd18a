"""How much one may ask of us: so many requests, of such a size."""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

__all__ = ["BODY_LIMIT", "Limiter", "Rate", "TooLarge", "TooLargeFile", "address", "read_body"]

BODY_LIMIT = 16 * 1024


@dataclass(frozen=True, slots=True)
class Rate:
    """``burst`` at once, and ``per_second`` from then on."""

    burst: int
    per_second: float


class Limiter:
    """A token bucket for each key, in memory. When there are too many keys, those idle longest start afresh."""

    def __init__(self, rate: Rate, clock: Callable[[], datetime], keys: int = 20_000) -> None:
        self._rate = rate
        self._clock = clock
        self._keys = keys
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> int:
        """Ask for one: 0 when it is granted, else the seconds to wait."""
        now = self._clock().timestamp()
        left, then = self._buckets.get(key, (float(self._rate.burst), now))
        left = min(float(self._rate.burst), left + max(0.0, now - then) * self._rate.per_second)
        granted = left >= 1
        self._buckets[key] = (left - 1 if granted else left, now)
        self._buckets.move_to_end(key)
        while len(self._buckets) > self._keys:
            self._buckets.popitem(last=False)
        return 0 if granted else math.ceil((1 - left) / self._rate.per_second)


class TooLarge(Exception):
    """The body is over the limit."""


class TooLargeFile(TooLarge):
    """It is a file that is over the limit."""


async def read_body(request: Request, limit: int = BODY_LIMIT, error: type[TooLarge] = TooLarge) -> bytes:
    """The body, read no further than the limit, whatever length it claims.

    Raises:
        error: there is more of it.
    """
    claimed = request.headers.get("content-length", "")
    if claimed.isdigit() and int(claimed) > limit:
        raise error
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise error
    return bytes(body)


def address(request: Request) -> str:
    """The caller's address; for IPv6 the network, of which one person has many addresses."""
    host = request.client.host if request.client is not None else ""
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return host
    return host if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))
