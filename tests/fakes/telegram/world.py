"""The world a test looks at: what people see, what the bot called, what goes wrong next, and waiting."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar, get_args

from tests.fakes.telegram.errors import Json, WorldError
from tests.fakes.telegram.faults import Fault, Kind, RateLimiter
from tests.fakes.telegram.model import Call, MessageView
from tests.fakes.telegram.people import People, changing, reading
from tests.support.waiting import PATIENCE

__all__ = ["World"]

_T = TypeVar("_T")


class World(People):
    """A Telegram with one bot and the people who talk to it."""

    # --- looking -----------------------------------------------------------------------------------------------------

    @reading
    def messages(self, user: int, from_bot: bool | None = None, deleted: bool = False) -> list[MessageView]:
        """The chat as the person sees it now; with ``deleted`` also what is gone."""
        return [
            MessageView.of(message)
            for message in self.chat(user).messages.values()
            if (deleted or not message.deleted) and (from_bot is None or message.from_bot == from_bot)
        ]

    @reading
    def last_message(self, user: int) -> MessageView:
        """The latest visible message of the bot."""
        for message in reversed(self.chat(user).messages.values()):
            if message.from_bot and not message.deleted:
                return MessageView.of(message)
        raise WorldError(f"user {user} sees no message of the bot")

    @reading
    def calls(self, method: str | None = None, user: int | None = None) -> list[Call]:
        """The API calls so far, in order of arrival."""
        return [
            call
            for call in self.history
            if (method is None or call.method.lower() == method.lower()) and (user is None or call.chat_id == user)
        ]

    @reading
    def stats(self) -> Json:
        """Counters: calls by method (refused ones also by code), pending updates, messages."""
        return {
            "calls": dict(self.counters),
            "pending_updates": len(self.updates),
            "next_update_id": self.updates.next_id,
            "users": len(self.chats),
            "messages": self._message_id,
            "faults_left": len(self.faults),
        }

    @reading
    def callback_answer(self, query_id: str) -> Json | None:
        """What the bot answered to a tap, or None while it has not."""
        query = self.callbacks.get(query_id)
        if query is None:
            raise WorldError(f"there is no callback query {query_id}")
        return query.answer

    @reading
    def inline_answer(self, query_id: str) -> Json | None:
        """What the bot answered to an inline query, or None while it has not."""
        query = self.inline_queries.get(query_id)
        if query is None:
            raise WorldError(f"there is no inline query {query_id}")
        return query.answer

    @reading
    def bot_profile(self) -> Json:
        """Commands, descriptions and menu buttons as the bot set them."""
        profile = self.profile
        return {
            "commands": [
                {"scope": scope, "language_code": language, "commands": commands}
                for (scope, language), commands in profile.commands.items()
            ],
            "descriptions": dict(profile.descriptions),
            "short_descriptions": dict(profile.short_descriptions),
            "menu_buttons": {str(chat): button for chat, button in profile.menu_buttons.items()},
        }

    # --- trouble -----------------------------------------------------------------------------------------------------

    @changing
    def add_fault(
        self,
        kind: Kind = "error",
        method: str | None = None,
        chat_id: int | None = None,
        times: int = 1,
        code: int = 500,
        description: str | None = None,
        retry_after: int | None = None,
        seconds: float = 0.0,
        body: str | None = None,
    ) -> None:
        """Script a misfortune for the next calls of this method (any) to this chat (any); see :class:`Fault`."""
        if kind not in get_args(Kind):
            raise WorldError(f"unknown kind of fault {kind!r}")
        self.faults.add(Fault(kind, method, chat_id, times, code, description, retry_after, seconds, body))

    @changing
    def clear_faults(self) -> None:
        """Forget the faults still to come."""
        self.faults.clear()

    @changing
    def limit_rates(self, overall: float | None = 30.0, per_chat: float = 1.0, burst: int = 3) -> None:
        """Answer 429 to a bot that sends faster than this; ``overall=None`` lifts the limits."""
        self.limiter = None if overall is None else RateLimiter(overall, per_chat, burst)

    @changing
    def expire_queries(self) -> None:
        """Make every callback and inline query so far too old to be answered."""
        for query in (*self.callbacks.values(), *self.inline_queries.values()):
            query.expired = True

    @changing
    def repeat_update(self, update: Json) -> Json:
        """Deliver an update once more, with the same number."""
        if "update_id" not in update:
            raise WorldError("only a delivered update can be repeated")
        return self.updates.inject(update)

    @changing
    def configure(self, **fields: Any) -> None:
        """Change settings; the names are those of ``Settings``."""
        for name, value in fields.items():
            if not hasattr(self.settings, name):
                raise WorldError(f"there is no setting {name!r}")
            setattr(self.settings, name, value)

    # --- waiting -----------------------------------------------------------------------------------------------------

    async def wait_for(
        self,
        predicate: Callable[[], _T],
        timeout: float = PATIENCE,
        what: str = "the condition",
        user: int | None = None,
    ) -> _T:
        """The first true value of the predicate, looked at after each change; TimeoutError with the last calls.

        With ``user`` it is not looked at after calls that are about somebody else.
        """
        deadline = time.monotonic() + timeout
        with self.bell.listen(user) as listener:
            while True:
                with self.lock:
                    value = predicate()
                if value:
                    return value
                remaining = deadline - time.monotonic()
                if remaining <= 0:
                    raise TimeoutError(f"waited {timeout} s in vain for {what}; {self._recent()}")
                await listener.wait(remaining)

    async def wait_messages(
        self, user: int, count: int = 1, timeout: float = PATIENCE, edits: bool = False
    ) -> list[MessageView]:
        """The first ``count`` messages the bot sent since the person's last action; with ``edits`` also edited ones."""
        kinds = ("sent", "edited") if edits else ("sent",)

        def found() -> list[MessageView]:
            chat = self.chat(user)
            numbers = [number for kind, number in chat.changes if kind in kinds]
            if len(numbers) < count:
                return []
            return [MessageView.of(chat.messages[number]) for number in dict.fromkeys(numbers)]

        return await self.wait_for(found, timeout, f"{count} messages to user {user}", user)

    async def wait_text(self, user: int, text: str, timeout: float = PATIENCE) -> MessageView:
        """The message sent or edited since the person's last action that contains this plain text."""

        def found() -> MessageView | None:
            chat = self.chat(user)
            for _, number in chat.changes:
                message = chat.messages[number]
                if not message.deleted and text in message.formatted.text:
                    return MessageView.of(message)
            return None

        message = await self.wait_for(found, timeout, f"{text!r} in the chat of user {user}", user)
        assert message is not None
        return message

    async def wait_calls(
        self, method: str, count: int = 1, timeout: float = PATIENCE, user: int | None = None
    ) -> list[Call]:
        """The calls of a method, once so many were answered."""

        def found() -> list[Call]:
            calls = [call for call in self.calls(method, user) if call.ok is not None]
            return calls if len(calls) >= count else []

        return await self.wait_for(found, timeout, f"{count} calls of {method}")

    async def wait_idle(self, quiet: float = 0.1, timeout: float = PATIENCE) -> None:
        """Until every update is confirmed and the bot called nothing but getUpdates for ``quiet`` seconds."""
        deadline = time.monotonic() + timeout
        while True:
            with self.lock:
                calm = time.monotonic() - self.last_activity
                if calm >= quiet and not self.in_flight and not len(self.updates):
                    return
                state = f"{len(self.updates)} updates pending, {self.in_flight} calls under way; {self._recent()}"
            if time.monotonic() > deadline:
                raise TimeoutError(f"not idle after {timeout} s: {state}")
            await asyncio.sleep(max(0.01, min(quiet - calm, quiet)))

    def _recent(self) -> str:
        calls = [call for call in self.history if call.method != "getUpdates"][-8:]
        return "last calls: " + "; ".join(f"{call.method} {'ok' if call.ok else call.description}" for call in calls)
