"""The world over HTTP, for tests that drive a fake in another process."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.fakes.telegram.errors import Json, WorldError
from tests.fakes.telegram.world import World

__all__ = ["Control"]

_ACTIONS = (
    *("add_user", "send_text", "send_command", "send_photo", "send_voice", "send_sticker", "send_document"),
    *("send_location", "edit_text", "tap", "forge_tap", "inline_query", "block", "unblock"),
    *("push_update", "repeat_update", "skip_ids", "add_fault", "clear_faults", "limit_rates", "expire_queries"),
    *("configure", "reset", "messages", "last_message", "calls", "stats", "callback_answer", "inline_answer"),
    *("bot_profile", "wait_messages", "wait_text", "wait_calls", "wait_idle"),
)


class Control:
    """``/control/<action>``: a POST with a JSON object, or a GET with a query, calls that method of the world."""

    def __init__(self, world: World) -> None:
        self._actions: dict[str, Callable[..., Any]] = {name: getattr(world, name) for name in _ACTIONS}

    async def index(self, request: Request) -> Response:
        """The actions and their parameters."""
        return JSONResponse({name: str(inspect.signature(action)) for name, action in self._actions.items()})

    async def act(self, request: Request) -> Response:
        """Do one action: ``{"ok": true, "result": …}``, or ``{"ok": false, "error": …}`` with 400, 404 or 408."""
        try:
            arguments = await _arguments(request)
            return _answer({"ok": True, "result": await self._do(request.path_params["action"], arguments)})
        except KeyError as error:
            return _answer({"ok": False, "error": f"unknown action {error}; see /control/"}, 404)
        except TimeoutError as error:
            return _answer({"ok": False, "error": str(error)}, 408)
        except (TypeError, ValueError, WorldError) as error:
            return _answer({"ok": False, "error": str(error)}, 400)

    async def batch(self, request: Request) -> Response:
        """Do many actions in one request: ``[[action, {arguments}], …]``; stops at the first that fails."""
        results = []
        try:
            for action, arguments in await request.json():
                results.append(await self._do(action, arguments))
        except (KeyError, TimeoutError, TypeError, ValueError, WorldError) as error:
            return _answer({"ok": False, "error": f"{action}: {error}", "result": results}, 400)
        return _answer({"ok": True, "result": results})

    async def _do(self, action: str, arguments: Json) -> Any:
        result = self._actions[action](**arguments)
        return await result if inspect.isawaitable(result) else result


async def _arguments(request: Request) -> Json:
    if request.method == "GET":
        return {name: _value(text) for name, text in request.query_params.items()}
    body = await request.body()
    arguments = json.loads(body) if body else {}
    if not isinstance(arguments, dict):
        raise WorldError("the arguments are a JSON object")
    return arguments


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _answer(content: Json, status: int = 200) -> Response:
    return Response(json.dumps(content, default=_plain), status, media_type="application/json")


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{value!r} has no JSON form")
