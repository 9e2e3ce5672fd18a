"""``lofrayer chat``: the same coach, with numbered buttons, on standard input and output."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import TextIO

from bot.channels.terminal.lines import Lines
from bot.core.events import Event, Hello, Said, Tapped
from bot.runtime.ports import Button, Inbox, Incoming, Outgoing, Refused

__all__ = ["TerminalChannel"]

_READABLE = frozenset({"application/json", "text/calendar"})
"""Documents that a terminal can show; of others it shows the name."""
_TAG = re.compile(r"</?(?:b|i|code|a)(?: [^>]*)?>")


class TerminalChannel:
    """One person at a keyboard. Implements `bot.runtime.ports.Channel`."""

    name = "terminal"

    def __init__(
        self,
        clock: Callable[[], datetime],
        language: str | None = None,
        source: TextIO = sys.stdin,
        target: TextIO = sys.stdout,
    ) -> None:
        self._clock = clock
        self._language = language
        self._source = source
        self._target = target
        self._buttons: list[Button] = []
        self._answered = asyncio.Event()
        self._gone = asyncio.Event()
        """Nobody reads what is printed any more."""
        self._person = "terminal:me"

    async def run(self, inbox: Inbox) -> None:
        """Read lines until the input ends or the output is closed: a number taps a button, anything else is said."""
        started = self._clock().timestamp()
        await self._hand(inbox, self._said("/start", f"{started}:0"))
        with Lines(self._source) as lines:
            for number in itertools.count(1):
                line = await self._next(lines)
                if not line:
                    return
                text = line.strip()
                if text:
                    await self._hand(inbox, self._event(text, f"{started}:{number}"))

    async def _next(self, lines: Lines) -> str:
        """The next line; empty when the input has ended, or nobody reads what is printed."""
        reading, gone = asyncio.ensure_future(lines.next()), asyncio.ensure_future(self._gone.wait())
        await asyncio.wait((reading, gone), return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if self._gone.is_set():
            reading.cancel()
            return ""
        return await reading

    async def _hand(self, inbox: Inbox, event: Event) -> None:
        self._answered.clear()
        await inbox.accept([Incoming(self.name, event.id, event)])
        try:
            await asyncio.wait_for(self._answered.wait(), 2)
        except TimeoutError:
            return
        await asyncio.sleep(0.05)

    def _event(self, text: str, update: str) -> Event:
        if text.isdigit() and 1 <= int(text) <= len(self._buttons):
            button = self._buttons[int(text) - 1]
            return Tapped(id=f"terminal:{update}", person=self._person, at=self._clock(), data=button.data or "")
        return self._said(text, update)

    def _said(self, text: str, update: str) -> Said:
        hello = Hello(language=self._language)
        return Said(id=f"terminal:{update}", person=self._person, at=self._clock(), hello=hello, text=text)

    async def send(self, message: Outgoing) -> str | None:
        """Print a message and its buttons.

        Raises:
            Refused: the output is closed.
        """
        if message.kind == "delete":
            return message.handle
        text = unescape(_TAG.sub("", message.html))
        text = re.sub(r"<blockquote>(.*?)</blockquote>", lambda m: "\n" + _quoted(m[1]) + "\n", text, flags=re.DOTALL)
        self._print(f"\n{text.strip()}")
        if message.document is not None and message.document.mime in _READABLE:
            self._print(message.document.content.decode(errors="replace"))
        elif message.document is not None:
            self._print(f"[{message.document.name}]")
        tappable = [b for row in message.buttons for b in row if b.data is not None]
        if message.buttons:
            self._buttons = tappable
        for number, button in enumerate(tappable, 1):
            self._print(f"  [{number}] {button.text}")
        self._answered.set()
        return message.id

    def _print(self, text: str) -> None:
        try:
            print(text, file=self._target, flush=True)
        except BrokenPipeError as error:
            self._gone.set()
            self._answered.set()
            with suppress(OSError), Path(os.devnull).open("wb") as nothing:
                os.dup2(nothing.fileno(), self._target.fileno())  # else the rest of the buffer is tried at the end
            raise Refused("the output is closed") from error

    async def acknowledge(self, callback: str, text: str | None) -> None:
        """Nothing spins in a terminal."""

    async def close(self) -> None:
        """Nothing to let go of."""


def _quoted(text: str) -> str:
    return "\n".join(f"  ┃ {line}" for line in text.strip().splitlines())
