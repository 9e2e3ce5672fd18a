"""The HTTP side of the Bot API: bodies in, envelopes out, connections broken on demand."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import struct
from binascii import a2b_qp
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

import httpx
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from tests.fakes.telegram.api import Api, Reply, refusal
from tests.fakes.telegram.errors import ApiError, Json, bad_request
from tests.fakes.telegram.params import Params, Upload

__all__ = ["BotEndpoint", "FileEndpoint", "send_reply"]

_MALFORMED = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_UNAUTHORIZED = ApiError(401, "Unauthorized")


class BotEndpoint:
    """``/bot<token>/<method>`` as a bare ASGI application, for speed."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call of a method."""
        path = scope["path_params"]
        if path["token"] != self._api.world.token:
            await send_reply(send, refusal(_UNAUTHORIZED))
            return
        method: str = path["method"]
        try:
            params = await _read(scope, receive)
        except ApiError as error:
            await send_reply(send, refusal(error))
            return
        if method.lower() == "getupdates" and params.integer("timeout") > 0:
            if not (answer := await self._poll(method, params, receive)):
                return
            reply = answer[0]
        else:
            reply = await self._api.handle(method, params)
        if reply is None:
            await _break(receive)
        else:
            await send_reply(send, reply)

    async def _poll(self, method: str, params: Params, receive: Receive) -> tuple[Reply | None] | None:
        """The answer to a long poll, or nothing when the client goes away while it waits."""
        answer = asyncio.ensure_future(self._api.handle(method, params))
        gone = asyncio.ensure_future(receive())
        try:
            await asyncio.wait((answer, gone), return_when=asyncio.FIRST_COMPLETED)
            return (answer.result(),) if answer.done() else None
        finally:
            answer.cancel()
            gone.cancel()


class FileEndpoint:
    """``/file/bot<token>/<path>``: the bytes behind ``getFile``."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send one file."""
        path = scope["path_params"]
        world = self._api.world
        with world.lock:
            file = next((file for file in world.files.values() if file.path == path["path"]), None)
        if path["token"] != world.token:
            await send_reply(send, refusal(_UNAUTHORIZED))
        elif file is None:
            await send_reply(send, refusal(ApiError(404, "Not Found")))
        else:
            await send_reply(send, Reply(200, file.data, b"application/octet-stream"))


async def send_reply(send: Send, reply: Reply) -> None:
    """Send a whole answer."""
    headers = [(b"content-type", reply.content_type), (b"content-length", str(len(reply.body)).encode())]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})


async def _read(scope: Scope, receive: Receive) -> Params:
    values: Json = dict(_pairs(scope["query_string"])) if scope["query_string"] else {}
    kind = next((value for name, value in scope["headers"] if name == b"content-type"), b"").lower()
    if kind.startswith(b"multipart/form-data"):
        return await _read_multipart(scope, receive, values)
    body = await _body(receive)
    if not body:
        return Params(values)
    if kind.startswith(b"application/json"):
        values.update(_json_object(body))
    else:
        values.update(_pairs(body))
    return Params(values)


async def _body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    parts = [body]
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
    return b"".join(parts)


def _json_object(body: bytes) -> Json:
    try:
        parsed: Any = json.loads(body)
    except ValueError:
        raise bad_request("can't parse request JSON object") from None
    if not isinstance(parsed, dict):
        raise bad_request("can't parse request JSON object")
    return parsed


def _pairs(encoded: bytes) -> Iterator[tuple[str, str]]:
    """A decoder of forms that is fast with text full of escapes."""
    for field in encoded.split(b"&"):
        name, _, value = field.partition(b"=")
        if name:
            yield _unquote(name), _unquote(value)


def _unquote(escaped: bytes) -> str:
    """Undo the escapes, in C as quoted-printable, whose escapes differ only in their mark."""
    raw = escaped.replace(b"+", b" ")
    if b"%" in raw:
        raw = unquote_to_bytes(raw) if _MALFORMED.search(raw) else a2b_qp(raw.replace(b"=", b"=3D").replace(b"%", b"="))
    return raw.decode("utf-8", "surrogateescape")


async def _read_multipart(scope: Scope, receive: Receive, values: Json) -> Params:
    files: dict[str, Upload] = {}
    async with Request(scope, receive).form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                kind = value.content_type or "application/octet-stream"
                files[name] = Upload(value.filename or "file", kind, await value.read())
            else:
                values[name] = value
    return Params(values, files)


async def _break(receive: Receive) -> None:
    """Reset the connection; in process, where there is none, fail the way a reset looks to the client."""
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        raise httpx.ReadError("connection reset by the fake")
    handle = socket.socket(fileno=os.dup(transport.get_extra_info("socket").fileno()))
    with handle:
        handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
