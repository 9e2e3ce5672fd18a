"""The web chat as the runtime sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from starlette.applications import Starlette

from bot.channels.web.app import build
from bot.channels.web.chat import Chat
from bot.channels.web.cookies import Cookies
from bot.runtime.ports import Files, Inbox, Outgoing, Refused, StoreUnavailable, Transcript, TryLater

__all__ = ["WebChannel"]


class WebChannel:
    """People who write to us on our own page.

    Args:
        transcript: where the bubbles are kept.
        files: where the photos and documents are kept that people upload.
        secret: signs the cookie that names a person; changing it makes everybody a stranger.
        clock: the present, aware and in UTC.
        default_language: for browsers that do not say theirs.
    """

    name = "web"

    def __init__(
        self,
        transcript: Transcript,
        files: Files,
        secret: str,
        clock: Callable[[], datetime],
        default_language: str = "he",
    ) -> None:
        self._chat = Chat(transcript, files, clock)
        self._files = files
        self._cookies = Cookies(secret, self.name)
        self._clock = clock
        self._language = default_language

    def app(self, inbox: Inbox) -> Starlette:
        """The site, to be served by any ASGI server. Serve it in the process that runs the sender."""
        return build(
            inbox,
            self._chat,
            self._files,
            cookies=self._cookies,
            clock=self._clock,
            default_language=self._language,
            name=self.name,
        )

    async def run(self, inbox: Inbox) -> None:
        """Wait until cancelled: the site receives. Then end the open streams, so that the server can stop."""
        try:
            await asyncio.Event().wait()
        finally:
            await self.close()

    async def send(self, message: Outgoing) -> str | None:
        """Write a message into the person's transcript and show it on their open pages."""
        return await self._chat.coach_says(message)

    async def fetch(self, person: str, file: str, limit: int) -> bytes:
        """The bytes of a file that the person uploaded."""
        try:
            content = await self._files.content(person, file)
        except StoreUnavailable as error:
            raise TryLater from error
        if content is None or len(content) > limit:
            raise Refused("there is no such file" if content is None else "too large")
        return content

    async def acknowledge(self, callback: str, text: str | None) -> None:
        """Nothing to do: the page shows by itself that a tap was taken."""

    def changed(self, person: str) -> None:
        """Another process has written to a person ("": to anybody): show it on the pages that are open here."""
        self._chat.bells.ring(person)

    async def close(self) -> None:
        """End the open streams."""
        self._chat.bells.close()
