"""A strict fake of the Telegram Bot API.

In process, on the test's own event loop::

    world = World(token)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(create_app(world)), base_url="http://telegram")

In a thread, behind a real socket::

    with TelegramServer(World(token)) as server:
        bot = telegram.Bot(token, base_url=server.base_url, base_file_url=server.base_file_url)

As a process of its own, steered through ``/control/``; its first line of output is its address::

    python -m tests.fakes.telegram_api --port 0 --token 123456789:TEST

What it refuses, it refuses in Telegram's words (taken from the server's source and from answers seen live). See
:class:`~tests.fakes.telegram.world.World` for what people can do, what a test can see and what can go wrong.
"""

from __future__ import annotations

import argparse
import re
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.fakes.telegram.api import Api
from tests.fakes.telegram.control import Control
from tests.fakes.telegram.errors import ApiError, WorldError
from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.http import BotEndpoint, FileEndpoint
from tests.fakes.telegram.model import Button, Call, MessageView
from tests.fakes.telegram.state import Settings
from tests.fakes.telegram.world import World

__all__ = [
    "ApiError",
    "Button",
    "Call",
    "Fault",
    "MessageView",
    "Settings",
    "TelegramServer",
    "World",
    "WorldError",
    "create_app",
    "main",
]


_CALL = re.compile(r"/bot(?P<token>[^/]+)/(?P<method>[^/]+)")


def create_app(world: World) -> ASGIApp:
    """The ASGI application over a world; calls of the bot take the short way."""
    api = Api(world)
    control = Control(world)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        world.updates.closed = False
        if world.updates.webhook_active:
            api.start_pusher()
        yield
        world.close()

    bot = BotEndpoint(api)
    routes = [
        Route("/bot{token}/{method}", bot),
        Route("/file/bot{token}/{path:path}", FileEndpoint(api)),
        Route("/control/", control.index),
        Route("/control/batch", control.batch, methods=["POST"]),
        Route("/control/{action}", control.act, methods=["GET", "POST"]),
    ]
    app = Starlette(routes=routes, lifespan=lifespan)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        called = _CALL.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if called:
            scope["path_params"] = called.groupdict()
            await bot(scope, receive, send)
        else:
            await app(scope, receive, send)

    return application


class _Server(uvicorn.Server):
    """Ends the long polls first, so that stopping does not wait for them."""

    def __init__(self, world: World) -> None:
        config = uvicorn.Config(
            create_app(world),
            access_log=False,
            log_config=None,
            log_level="error",
            lifespan="on",
            proxy_headers=False,
            ws="none",
            timeout_keep_alive=75,
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self._world = world

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._world.close()
        await super().shutdown(sockets)


class TelegramServer:
    """The fake behind a real socket, in a thread; stopped and started again it keeps its world and its port."""

    def __init__(self, world: World | None = None, host: str = "127.0.0.1", port: int = 0) -> None:
        self.world = world or World()
        self.host = host
        self.port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://{self.host}:{self.port}"

    @property
    def base_url(self) -> str:
        """What ``telegram.Bot`` wants as ``base_url``."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What ``telegram.Bot`` wants as ``base_file_url``."""
        return f"{self.url}/file/bot"

    def start(self) -> None:
        """Listen; connections are accepted from now on."""
        bound = _bind(self.host, self.port)
        self.port = bound.getsockname()[1]
        self._server = _Server(self.world)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [bound]}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Go away: waiting long polls end empty, later connections are refused."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(timeout=60)
        self._server = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _bind(host: str, port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((host, port))
    bound.listen(2048)
    return bound


def main(arguments: list[str] | None = None) -> None:
    """Serve until interrupted; the first line printed is the address."""
    parser = argparse.ArgumentParser(description="A strict fake of the Telegram Bot API.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--token", default="123456789:TEST-TOKEN")
    parser.add_argument("--no-calls", action="store_true", help="count calls without keeping them, for benchmarks")
    options = parser.parse_args(arguments)
    world = World(options.token, settings=Settings(keep_calls=not options.no_calls))
    bound = _bind(options.host, options.port)
    print(f"http://{options.host}:{bound.getsockname()[1]}", flush=True)
    _Server(world).run(sockets=[bound])


if __name__ == "__main__":
    main()
