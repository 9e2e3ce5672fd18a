"""The Telegram channel: polling or webhook in, paced calls out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from starlette.routing import Route
from telegram.error import Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.api import Api, wait_seconds
from bot.channels.telegram.inbound import ALLOWED_UPDATES, CHANNEL, incoming
from bot.channels.telegram.outbound import attempt, deliver, inline_answer
from bot.channels.telegram.webhook import Webhook
from bot.runtime.ports import Inbox, InlineAnswer, Outgoing, Refused, StoreUnavailable, TokenRefused

__all__ = ["TelegramChannel"]

log = logging.getLogger(__name__)

LONG_POLL = 25
"""Seconds that Telegram holds a poll open."""
PORTION = 16
"""Updates handled together: what some of them are answered is on its way while the next are handled."""
PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


class TelegramChannel:
    """Reaches people on Telegram. Implements `bot.runtime.ports.Channel`."""

    name = CHANNEL

    def __init__(
        self,
        api: Api,
        clock: Callable[[], datetime],
        commands: Mapping[str, Mapping[str, str]],
        webhook: Webhook | None = None,
    ) -> None:
        """
        Args:
            api: the Bot API.
            clock: the time, in UTC.
            commands: language -> command -> what it does, for Telegram's own menu.
            webhook: where Telegram delivers; None: we poll.
        """
        self._api = api
        self._clock = clock
        self._commands = commands
        self._webhook = webhook

    @property
    def routes(self) -> list[Route]:
        """The web routes that Telegram delivers to, if it does."""
        return [self._webhook.route] if self._webhook is not None else []

    async def run(self, inbox: Inbox) -> None:
        """Receive until cancelled. An update is acknowledged only when it is durable.

        Raises:
            TokenRefused: at the start, when Telegram does not know the token.
        """
        await self._api.open()
        await self._introduce()
        if self._webhook is not None:
            self._webhook.inbox = inbox
            await self._persist("setWebhook", self._webhook.registration(ALLOWED_UPDATES))
            await asyncio.Event().wait()
        await self._persist("deleteWebhook", {"drop_pending_updates": False})
        await self._poll(inbox)

    async def _introduce(self) -> None:
        await self._persist("getMe", {})
        for language, commands in self._commands.items():
            listed = [{"command": name, "description": text} for name, text in commands.items()]
            code = None if language == "en" else language
            try:
                await self._api.call("setMyCommands", {"commands": listed, "language_code": code})
            except TelegramError as error:
                log.warning("the menu of commands could not be set: %s", type(error).__name__)

    async def _persist(self, method: str, parameters: dict[str, Any]) -> None:
        """Call until it works; only a refused token ends it."""
        tries = 0
        while True:
            try:
                await self._api.call(method, parameters)
                return
            except (InvalidToken, Forbidden) as error:
                raise TokenRefused("Telegram does not know this token") from error
            except TelegramError as error:
                log.warning("Telegram is not reachable (%s): %s", method, type(error).__name__)
                await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
                tries += 1

    async def _poll(self, inbox: Inbox) -> None:
        offset: int | None = None
        tries = 0
        while True:
            parameters = {"offset": offset, "timeout": LONG_POLL, "allowed_updates": ALLOWED_UPDATES, "limit": 100}
            try:
                updates = await self._api.call("getUpdates", parameters, timeout=LONG_POLL + 10)
                tries = 0
            except RetryAfter as error:
                await asyncio.sleep(wait_seconds(error))
                continue
            except TelegramError as error:
                if isinstance(error, Conflict):
                    log.warning("another process polls with this token; only one may")
                else:
                    log.warning("polling failed: %s", type(error).__name__)
                await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
                tries += 1
                continue
            if not isinstance(updates, list) or not updates:
                continue
            for start in range(0, len(updates), PORTION):
                await self._accept(inbox, updates[start : start + PORTION])
            known = [u["update_id"] for u in updates if isinstance(u, dict) and isinstance(u.get("update_id"), int)]
            if known:
                offset = max(known) + 1
            else:
                await asyncio.sleep(PAUSES[1])  # nothing to acknowledge: the same would come at once

    async def _accept(self, inbox: Inbox, updates: list[Any]) -> None:
        batch = [incoming(raw, self._clock) for raw in updates]
        tries = 0
        while True:
            try:
                await inbox.accept(batch)
                return
            except StoreUnavailable as error:
                log.warning("updates wait for the database: %s", error)
                await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
                tries += 1

    async def send(self, message: Outgoing) -> str | None:
        """Send one message; returns Telegram's id of it."""
        return await deliver(self._api, message)

    async def fetch(self, person: str, file: str, limit: int) -> bytes:
        """The bytes of a file that somebody sent to the bot; its id is a secret between them and us."""
        async with attempt("getFile"):
            found = await self._api.call("getFile", {"file_id": file})
            if int(found.get("file_size", 0)) > limit or not found.get("file_path"):
                raise Refused("getFile: too large")
            content = await self._api.file(str(found["file_path"]))
        if len(content) > limit:
            raise Refused("getFile: too large")
        return content

    async def acknowledge(self, callback: str, text: str | None) -> None:
        """Stop the button's spinner."""
        try:
            await self._api.call("answerCallbackQuery", {"callback_query_id": callback, "text": text})
        except TelegramError as error:
            log.debug("a tap could not be acknowledged: %s", type(error).__name__)

    async def answer(self, answer: InlineAnswer) -> None:
        """Offer lines for an inline query."""
        try:
            await self._api.call("answerInlineQuery", inline_answer(answer))
        except TelegramError as error:
            log.debug("an inline query could not be answered: %s", type(error).__name__)

    async def close(self) -> None:
        """Close the transport."""
        await self._api.close()
