"""HTTP as a Bot API call needs it: kept connections, whole answers, and every way in which a server can fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

import bot.channels.telegram.wire
from bot.channels.telegram.wire import Pool
from tests.support.waiting import until

Answers = Callable[[int, int], bytes | None]
"""(connection, request on it) -> what to answer; None: hang up."""


class Server:
    """Answers with bytes as they stand."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.connections = 0
        self.open = 0
        self.requests: list[bytes] = []
        self.hang = asyncio.Event()
        self.empty = asyncio.Event()
        """Nobody is connected any more."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        connection, count = self.connections, 0
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                self.requests.append(head + await reader.readexactly(length))
                count += 1
                answer = self._answers(connection, count)
                if answer is None:
                    return
                if answer == b"hang":
                    await self.hang.wait()
                    return
                writer.write(answer)
        except (EOFError, ConnectionError):
            return
        finally:
            self.open -= 1
            writer.close()
            if not self.open:
                self.empty.set()


def ok(body: bytes = b'{"ok":true}', more: bytes = b"") -> bytes:
    """A plain good answer."""
    return b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s" % (more, len(body), body)


@asynccontextmanager
async def serving(answers: Answers) -> AsyncIterator[tuple[Server, str, Pool]]:
    """A server, its address and a pool to call it with."""
    server = Server(answers)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    pool = Pool(8)
    try:
        yield server, f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/bot1:x/getMe", pool
    finally:
        pool.close()
        server.hang.set()
        listening.close()
        await until(lambda: not server.open)


async def post(pool: Pool, url: str, body: bytes = b"{}", seconds: float = 60) -> tuple[int, bytes]:
    """One call."""
    return await pool.post(url, "application/json", body, seconds)


async def test_a_call_is_a_post() -> None:
    """The address, the type and the length are told; the body comes as it is."""
    async with serving(lambda *_: ok()) as (server, url, pool):
        assert await post(pool, url, "שלום".encode()) == (200, b'{"ok":true}')
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /bot1:x/getMe HTTP/1.1"
    assert f"Host: {url.split('/')[2]}" in lines
    assert "Content-Type: application/json" in lines
    assert body == "שלום".encode()


async def test_a_connection_is_kept() -> None:
    """One after the other goes over the same connection; at the same time each has its own, up to the limit."""
    async with serving(lambda *_: ok()) as (server, url, pool):
        for _ in range(5):
            await post(pool, url)
        assert server.connections == 1
        await asyncio.gather(*(post(pool, url) for _ in range(50)))
        assert server.connections <= 8
        assert len(server.requests) == 55


@pytest.mark.parametrize("more", [b"Connection: close\r\n", b""])
async def test_a_connection_that_the_server_closes(more: bytes) -> None:
    """Announced or not, the next call finds another one, and is made once."""

    def answers(connection: int, request: int) -> bytes | None:
        return ok(more=more) if request == 1 else None

    async with serving(answers) as (server, url, pool):
        for _ in range(4):
            assert (await post(pool, url))[0] == 200
    assert server.connections == 4


async def test_a_fresh_connection_that_breaks_is_not_tried_again() -> None:
    """Only one that was kept can have died of old age."""
    async with serving(lambda *_: None) as (server, url, pool):
        with pytest.raises(OSError, match="broke off"):
            await post(pool, url)
        assert len(server.requests) == 1


async def test_an_answer_that_breaks_off_is_not_tried_again() -> None:
    """The server had begun to answer, so it had heard the call."""

    def answers(connection: int, request: int) -> bytes | None:
        return ok() if request == 1 else b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf"

    async with serving(answers) as (server, url, pool):
        await post(pool, url)
        with pytest.raises(TimeoutError):
            await post(pool, url, seconds=1)
        assert len(server.requests) == 2


async def test_answers_in_chunks_and_in_pieces() -> None:
    """However the server cuts it, the whole body comes."""
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
    async with serving(lambda *_: chunked) as (_, url, pool):
        assert await post(pool, url) == (200, b"hello world")
        assert await post(pool, url) == (200, b"hello world")
    large = b"x" * 3_000_000
    async with serving(lambda *_: ok(large)) as (_, url, pool):
        assert await post(pool, url, large) == (200, large)


@pytest.mark.parametrize("status", [204, 304, 400, 429, 502])
async def test_other_statuses(status: int) -> None:
    """They come as they are; what they mean is not decided here."""
    answer = b"HTTP/1.1 %d Whatever\r\nContent-Length: 0\r\n\r\n" % status
    async with serving(lambda *_: answer) as (server, url, pool):
        assert await post(pool, url) == (status, b"")
        assert await post(pool, url) == (status, b"")
        assert server.connections == 1


@pytest.mark.parametrize(
    "garbage", [b"SSH-2.0-OpenSSH_9.6\r\n", b"\x15\x03\x01\x00\x02\x02\x50", b"HTTP/9.9 hello\r\n\r\n"]
)
async def test_what_is_not_http(garbage: bytes) -> None:
    """Something else listens there."""
    async with serving(lambda *_: garbage) as (_, url, pool):
        with pytest.raises(OSError, match="not HTTP"):
            await post(pool, url)


async def test_more_than_was_asked_for() -> None:
    """A second answer that nobody asked for does not become the next call's."""

    def answers(connection: int, request: int) -> bytes | None:
        return ok(b"mine") + ok(b"whose?") if connection == 1 else ok(b"yours")

    async with serving(answers) as (_, url, pool):
        assert (await post(pool, url))[1] == b"mine"
        await until(lambda: not any(wire.open for free in pool._free.values() for wire in free))
        assert (await post(pool, url))[1] == b"yours"


async def test_no_answer_in_time() -> None:
    """The connection goes with it, so that a late answer is nobody's."""
    async with serving(lambda *_: b"hang") as (server, url, pool):
        with pytest.raises(TimeoutError):
            await post(pool, url, seconds=0.1)
        server.hang.set()
        await asyncio.wait_for(server.empty.wait(), 60)


async def test_a_call_that_is_given_up() -> None:
    """A cancelled long poll leaves no connection behind and takes no later call's answer."""

    def answers(connection: int, request: int) -> bytes | None:
        return b"hang" if connection == 1 else ok(b"fresh")

    async with serving(answers) as (server, url, pool):
        poll = asyncio.create_task(post(pool, url, seconds=60))
        await until(lambda: server.requests)
        poll.cancel()
        with pytest.raises(asyncio.CancelledError):
            await poll
        assert (await post(pool, url))[1] == b"fresh"


async def test_an_old_connection_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a long rest a new one is made."""
    async with serving(lambda *_: ok()) as (server, url, pool):
        await post(pool, url)
        monkeypatch.setattr(bot.channels.telegram.wire, "IDLE", 0.01)
        await asyncio.sleep(0.05)
        await post(pool, url)
        assert server.connections == 2


async def test_a_closed_pool_lets_go() -> None:
    """No connection stays open."""
    async with serving(lambda *_: ok()) as (server, url, pool):
        await asyncio.gather(*(post(pool, url) for _ in range(5)))
        pool.close()
        await asyncio.wait_for(server.empty.wait(), 60)


async def test_every_address_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """IPv4 first, and where one address does not answer, the next one does."""
    async with serving(lambda *_: ok()) as (_, url, pool):
        loop, tried = asyncio.get_running_loop(), []
        port = int(url.split(":")[2].split("/")[0])
        connect = loop.create_connection

        async def resolve(*_: object, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
            return [(10, 1, 6, "", ("::1", 1)), (2, 1, 6, "", ("127.0.0.9", 1)), (2, 1, 6, "", ("127.0.0.1", port))]

        async def noted(make: object, host: str, *rest: object, **more: object) -> object:
            tried.append(host)
            return await connect(make, host, *rest, **more)  # type: ignore[call-overload]

        monkeypatch.setattr(loop, "getaddrinfo", resolve)
        monkeypatch.setattr(loop, "create_connection", noted)
        assert (await post(pool, url))[0] == 200
        assert tried == ["127.0.0.9", "127.0.0.1"]
