"""Scripted misfortune: errors, delays, broken connections and rate limits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from tests.fakes.telegram.errors import ApiError, too_many

__all__ = ["Fault", "FaultQueue", "Kind", "RateLimiter"]

Kind = Literal["error", "delay", "reset_before", "reset_after"]


@dataclass(slots=True)
class Fault:
    """One scripted misfortune, for the next ``times`` calls that match.

    ``error`` answers ``code`` instead of doing the work; ``delay`` waits ``seconds``, then works; ``reset_before``
    breaks the connection without doing the work; ``reset_after`` does the work, then breaks the connection.
    """

    kind: Kind = "error"
    method: str | None = None
    chat_id: int | None = None
    times: int = 1
    code: int = 500
    description: str | None = None
    retry_after: int | None = None
    seconds: float = 0.0
    body: str | None = None
    """Sent as it stands instead of the envelope, for instance the page of a proxy."""

    def matches(self, method: str, chat_id: int | None) -> bool:
        """Whether this call is one to spoil."""
        if self.method is not None and self.method.lower() != method.lower():
            return False
        return self.chat_id is None or self.chat_id == chat_id

    def error(self) -> ApiError:
        """The refusal that an ``error`` fault answers."""
        if self.code == 429:
            return too_many(self.retry_after if self.retry_after is not None else 1)
        return ApiError(self.code, self.description or _phrase(self.code))


def _phrase(code: int) -> str:
    return {500: "Internal Server Error", 502: "Bad Gateway", 400: "Bad Request: scripted"}.get(
        code, HTTPStatus(code).phrase
    )


class FaultQueue:
    """The faults still to come, in order."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Script one more."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """Forget those that did not happen."""
        self._waiting.clear()

    def __len__(self) -> int:
        return sum(fault.times for fault in self._waiting)

    def next(self, method: str, chat_id: int | None) -> Fault | None:
        """The first fault that matches this call, used up."""
        if not self._waiting:
            return None
        for index, fault in enumerate(self._waiting):
            if fault.matches(method, chat_id):
                fault.times -= 1
                if fault.times <= 0:
                    del self._waiting[index]
                return fault
        return None


class RateLimiter:
    """Token buckets: ``overall`` messages a second to all, ``per_chat`` a second to each after ``burst`` at once."""

    def __init__(self, overall: float = 30.0, per_chat: float = 1.0, burst: int = 3) -> None:
        self._overall = overall
        self._per_chat = per_chat
        self._burst = burst
        self._all = _Bucket(max(1.0, overall))
        self._chats: dict[int, _Bucket] = {}

    def check(self, chat_id: int, now: float) -> None:
        """Count one message to the chat at this time, or refuse it with 429."""
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = _Bucket(float(self._burst))
        wait = max(self._all.wait(self._overall, now), chat.wait(self._per_chat, now))
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        self._all.level -= 1
        chat.level -= 1


class _Bucket:
    __slots__ = ("at", "level", "size")

    def __init__(self, size: float) -> None:
        self.size = size
        self.level = size
        self.at: float | None = None

    def wait(self, rate: float, now: float) -> float:
        """Refill, and say how long until one more fits."""
        if self.at is not None:
            self.level = min(self.size, self.level + (now - self.at) * rate)
        self.at = now
        return 0.0 if self.level >= 1 - 1e-9 else (1 - self.level) / rate
