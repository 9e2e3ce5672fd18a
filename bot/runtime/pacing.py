"""How fast messages may go out."""

from __future__ import annotations

import asyncio
import time
from collections import deque

from bot.runtime.ports import Replicas

__all__ = ["Bucket", "Pace", "Quota"]

TOGETHER = 10
"""Moments asked for at once at most, where processes share a channel."""
STALE = 0.5
"""Seconds after which a moment that nobody used is let go."""


class Bucket:
    """A token bucket: ``rate`` a second, ``burst`` at once. A rate of 0 means no limit. Time is given, in seconds."""

    __slots__ = ("_at", "_tokens", "burst", "rate")

    def __init__(self, rate: float, burst: float) -> None:
        self.rate = rate
        self.burst = burst
        self._tokens = burst
        self._at = 0.0

    def reserve(self, now: float) -> float:
        """Take a token and return how long to wait for it, in seconds."""
        if self.rate <= 0:
            return 0.0
        self._tokens = min(self.burst, self._tokens + (now - self._at) * self.rate) if self._at else self.burst
        self._at = now
        self._tokens -= 1
        return max(0.0, -self._tokens / self.rate)

    def spare(self, now: float) -> float:
        """How long until a token is free that nobody has reserved, in seconds. Takes none."""
        if self.rate <= 0 or not self._at:
            return 0.0
        return max(0.0, (1 - self._tokens) / self.rate - (now - self._at))

    def full(self, now: float) -> bool:
        """Whether nothing was taken for so long that the bucket need not be remembered."""
        return self.rate <= 0 or self._tokens + (now - self._at) * self.rate >= self.burst


class Pace:
    """The limits of a channel: over all people, and for each of them."""

    def __init__(self, overall: float, each: float, burst: float = 5) -> None:
        self._overall = Bucket(overall, max(overall, 1))
        self._rate_each = each
        self._burst = burst
        self._each: dict[str, Bucket] = {}

    def spare(self, now: float) -> float:
        """How long until a message could go that takes nobody's turn, in seconds."""
        return self._overall.spare(now)

    def reserve(self, person: str, now: float) -> float:
        """Take a turn for a message to a person and return how long to wait before sending it, in seconds."""
        if self._rate_each > 0:
            bucket = self._each.get(person)
            if bucket is None:
                if len(self._each) > 10_000:
                    self._each = {p: b for p, b in self._each.items() if not b.full(now)}
                bucket = self._each[person] = Bucket(self._rate_each, self._burst)
            own = bucket.reserve(now)
        else:
            own = 0.0
        return max(own, self._overall.reserve(now))


class Quota:
    """The limit of a channel over all processes that share it: moments are given out by the store, a few at a time."""

    def __init__(self, replicas: Replicas, channel: str, rate: float) -> None:
        self._replicas = replicas
        self._channel = channel
        self._rate = rate
        self._burst = max(rate, 1.0)
        self._moments: deque[float] = deque()
        self._wanted = 0
        self._asking = asyncio.Lock()

    async def take(self) -> float:
        """The moment (monotonic seconds) at which one more message may go.

        Raises:
            StoreUnavailable: nobody knows.
        """
        self._wanted += 1
        try:
            async with self._asking:
                while self._moments and self._moments[0] < time.monotonic() - STALE:
                    self._moments.popleft()
                if not self._moments:
                    count = min(self._wanted, TOGETHER)
                    waits = await self._replicas.reserve(self._channel, self._rate, self._burst, count)
                    now = time.monotonic()  # a slow store makes us late, never too fast
                    self._moments.extend(now + wait for wait in waits)
                return self._moments.popleft()
        finally:
            self._wanted -= 1

    async def spare(self) -> float:
        """Take a moment if one is free now (0), or say in how many seconds one may be.

        Raises:
            StoreUnavailable: nobody knows.
        """
        return await self._replicas.spare(self._channel, self._rate, self._burst)
