"""What the Bot API answers when it refuses, and what the world says when a test asks for nonsense."""

from __future__ import annotations

from typing import Any

__all__ = ["ApiError", "Json", "WorldError", "bad_request", "blocked", "conflict", "stale_query", "too_many"]

Json = dict[str, Any]


class WorldError(Exception):
    """The test asked for something a person cannot do, such as tapping a button that is not there."""


class ApiError(Exception):
    """A refusal of the Bot API: ``{"ok": false, "error_code": …, "description": …, "parameters": …}``."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def envelope(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters is not None:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> ApiError:
    """400, in Telegram's spelling."""
    return ApiError(400, f"Bad Request: {reason}")


def conflict(reason: str) -> ApiError:
    """409: two receivers of updates at once."""
    return ApiError(409, f"Conflict: {reason}")


def blocked() -> ApiError:
    """403: the person blocked the bot."""
    return ApiError(403, "Forbidden: bot was blocked by the user")


def stale_query() -> ApiError:
    """400 for an unknown, expired or answered callback or inline query."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")


def too_many(retry_after: int) -> ApiError:
    """429 with the seconds to wait."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
