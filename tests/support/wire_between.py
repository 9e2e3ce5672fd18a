"""A wire between the coach and a PostgreSQL server that can be made slow, or cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import make_url

__all__ = ["WireBetween", "wire_between"]


class WireBetween:
    """Forwards connections to a server that listens in a folder."""

    def __init__(self, folder: str) -> None:
        self._server = next(path for path in Path(folder).glob(".s.PGSQL.*") if path.suffix != ".lock")
        self._open: set[asyncio.Task[None]] = set()
        self.delay = 0.0
        """Seconds that whatever is asked takes longer: every statement, and BEGIN and COMMIT too."""
        self.cut = False
        """Nobody gets through any more."""

    def break_off(self) -> None:
        """End all connections."""
        for task in self._open:
            task.cancel()

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Forward a connection, as a task that somebody keeps."""
        task = asyncio.create_task(self._forward(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def close(self) -> None:
        """End all connections, and wait until they have ended."""
        self.break_off()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self.cut:
                return
            answers, asked = await asyncio.open_unix_connection(str(self._server))
            try:
                ways = {
                    asyncio.create_task(self._pass_on(reader, asked, slow=True)),
                    asyncio.create_task(self._pass_on(answers, writer, slow=False)),
                }
                try:
                    await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for way in ways:
                        way.cancel()
                    await asyncio.gather(*ways, return_exceptions=True)
            finally:
                asked.close()
        finally:
            writer.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slow: bool) -> None:
        while said := await reader.read(65536):
            if slow and self.delay:
                await asyncio.sleep(self.delay)
            writer.write(said)
            await writer.drain()


@asynccontextmanager
async def wire_between(url: str) -> AsyncIterator[tuple[WireBetween, str]]:
    """A wire to the server of a database URL, and the URL of the same database at its other end."""
    parsed = make_url(url)
    wire = WireBetween(str(parsed.query["host"]))
    async with await asyncio.start_server(wire.accept, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        far = parsed.set(host="127.0.0.1", port=port, query={})
        yield wire, far.render_as_string(hide_password=False)
        await wire.close()
