"""One API call from its parameters to its answer: faults, limits, the method, the log."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fakes.telegram.account import ACCOUNT
from tests.fakes.telegram.errors import ApiError, Json
from tests.fakes.telegram.messaging import MESSAGING
from tests.fakes.telegram.model import Call
from tests.fakes.telegram.params import Params
from tests.fakes.telegram.webhook import Pusher
from tests.fakes.telegram.world import World

__all__ = ["Api", "Reply", "refusal"]

_METHODS: dict[str, tuple[str, Callable[[World, Params], Any]]] = {
    name.lower(): (name, method) for name, method in (MESSAGING | ACCOUNT).items()
}
_LIMITED = frozenset(name for name in MESSAGING if name.startswith(("send", "edit")) and name != "sendChatAction")
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_RESET = ApiError(0, "connection reset by a fault")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer ready to be sent."""

    status: int
    body: bytes
    content_type: bytes = b"application/json"


def refusal(error: ApiError) -> Reply:
    """The answer for a refused call."""
    return Reply(error.code, json.dumps(error.envelope()).encode())


class Api:
    """The methods of the Bot API over one world."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def handle(self, method: str, params: Params) -> Reply | None:
        """Answer one call, or None to break the connection."""
        world = self.world
        name, work = _METHODS.get(method.lower(), (method, None))
        if method.lower() == "getupdates":
            name = "getUpdates"
        with world.lock:
            call = world.open_call(name, params, "http")
            fault = world.faults.next(name, call.chat_id)
        try:
            if fault is not None:
                call.fault = fault.kind
                if fault.kind == "error":
                    return self._spoiled(call, fault.error(), fault.body)
                if fault.kind == "reset_before":
                    world.close_call(call, error=_RESET)
                    return None
                if fault.kind == "delay":
                    await asyncio.sleep(fault.seconds)
            result = await self._get_updates(params) if name == "getUpdates" else self._run(call, work, params)
        except ApiError as error:
            world.close_call(call, error=error)
            return refusal(error)
        except BaseException as error:
            world.close_call(call, error=ApiError(500, repr(error)))
            raise
        world.close_call(call, result)
        if fault is not None and fault.kind == "reset_after":
            return None
        return Reply(200, _encode({"ok": True, "result": result}).encode())

    def obey(self, method: str, values: Json) -> None:
        """Do what a webhook's reply asks for; the outcome is only logged."""
        name, work = _METHODS.get(method.lower(), (method, None))
        params = Params(values)
        with self.world.lock:
            call = self.world.open_call(name, params, "webhook")
            try:
                self.world.close_call(call, self._run(call, work, params))
            except ApiError as error:
                self.world.close_call(call, error=error)

    def start_pusher(self) -> None:
        """Begin webhook delivery in the running event loop."""
        world = self.world
        world.stop_webhook()
        world.pusher = Pusher(
            world.webhook,
            world.updates,
            self.obey,
            world.bell.ring,
            retry=world.settings.webhook_retry,
            transport=world.webhook_transport,
        )

    def _run(self, call: Call, work: Callable[[World, Params], Any] | None, params: Params) -> Any:
        if work is None:
            raise ApiError(404, "Not Found: method not found")
        world = self.world
        with world.lock:
            if world.limiter is not None and call.chat_id is not None and call.method in _LIMITED:
                world.limiter.check(call.chat_id, world.clock())
            result = work(world, params)
            if call.method == "setWebhook" and world.updates.webhook_active:
                self.start_pusher()
        return result

    async def _get_updates(self, params: Params) -> list[Json]:
        queue = self.world.updates
        with self.world.lock:
            if not queue.webhook_active:
                queue.allow(params.structure("allowed_updates", "allowed updates"))
        return await queue.poll(
            params.integer("offset"),
            params.within("limit", 100, 1, 100),
            params.within("timeout", 0, 0, 50),
            self.world.settings.poll_conflict,
        )

    def _spoiled(self, call: Call, error: ApiError, body: str | None) -> Reply:
        self.world.close_call(call, error=error)
        return refusal(error) if body is None else Reply(error.code, body.encode(), b"text/html")
