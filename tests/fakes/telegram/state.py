"""The server's memory and the few operations that keep it consistent."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from tests.fakes.telegram.bell import NOBODY, Bell
from tests.fakes.telegram.errors import ApiError, Json, WorldError
from tests.fakes.telegram.faults import FaultQueue, RateLimiter
from tests.fakes.telegram.formatting import Formatted
from tests.fakes.telegram.model import Call, Chat, Message, Person, Query, StoredFile
from tests.fakes.telegram.params import Params
from tests.fakes.telegram.updates import UpdateQueue, Victim
from tests.fakes.telegram.webhook import Pusher, WebhookState

__all__ = ["Profile", "Settings", "State"]


@dataclass(slots=True)
class Settings:
    """How strict and how patient the fake is."""

    lint: bool = True
    """Also refuse what Telegram swallows in silence: unknown HTML entities, empty rows, buttons with two actions."""
    keep_calls: bool = True
    """Keep every API call; a load benchmark turns it off and reads the counters."""
    require_https: bool = False
    """Refuse a webhook without TLS, as the public server does."""
    query_ttl: float = 60.0
    """Seconds until a callback or inline query is too old to be answered."""
    poll_conflict: Victim = "waiting"
    """Who gets 409 when two poll at once."""
    webhook_retry: float = 0.05
    """The first pause before an update is posted again; doubled up to 40 times this."""


class Profile:
    """What the bot says about itself: commands, descriptions, menu buttons."""

    def __init__(self) -> None:
        self.commands: dict[tuple[str, str], list[Json]] = {}
        """By scope (JSON) and language."""
        self.descriptions: dict[str, str] = {}
        self.short_descriptions: dict[str, str] = {}
        self.menu_buttons: dict[int | None, Json] = {}


class State:
    """Everything the fake knows. One lock guards it, so that tests may use it from any thread."""

    def __init__(
        self,
        token: str = "123456789:TEST-TOKEN",
        *,
        username: str = "fake_bot",
        settings: Settings | None = None,
        first_update_id: int = 1000,
        clock: Callable[[], float] = time.time,
        webhook_transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        bot_id = token.partition(":")[0]
        self.token = token
        self.bot: Json = {"id": int(bot_id) if bot_id.isdigit() else 1, "is_bot": True, "first_name": "Fake"}
        self.bot["username"] = username
        self.settings = settings or Settings()
        self.clock = clock
        self.webhook_transport = webhook_transport
        self.lock = threading.RLock()
        self.bell = Bell()
        self.pusher: Pusher | None = None
        self._first_update_id = first_update_id
        self._start_afresh()

    def _start_afresh(self) -> None:
        self.updates = UpdateQueue(self._first_update_id, self.lock)
        self.webhook = WebhookState()
        self.profile = Profile()
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.callbacks: dict[str, Query] = {}
        self.inline_queries: dict[str, Query] = {}
        self.history: list[Call] = []
        self.counters: Counter[str] = Counter()
        """Calls by method; refused ones also as ``method:code``."""
        self.faults = FaultQueue()
        self.limiter: RateLimiter | None = None
        self.last_activity = time.monotonic()
        self.in_flight = 0
        self._call_number = 0
        self._message_id = 0
        self._query_number = 0
        self._file_number = 0

    def reset(self) -> None:
        """Forget everything but the token and the settings; a waiting getUpdates ends empty."""
        with self.lock:
            self.updates.close()
            self.stop_webhook()
            self._start_afresh()
            self.bell.ring()

    def close(self) -> None:
        """End what waits: long polls and webhook delivery."""
        self.updates.close()
        self.stop_webhook()

    def stop_webhook(self) -> None:
        """End webhook delivery."""
        if self.pusher is not None:
            self.pusher.stop()
            self.pusher = None

    def chat(self, user: int) -> Chat:
        """The chat with a person who was added."""
        chat = self.chats.get(user)
        if chat is None:
            raise WorldError(f"there is no user {user}; add_user first")
        return chat

    def person(self, user: int) -> Person:
        """A person who was added."""
        return self.chat(user).person

    def new_message(
        self,
        chat: Chat,
        *,
        from_bot: bool,
        kind: str,
        formatted: Formatted,
        content: Json | None = None,
        markup: Json | None = None,
        reply_to: int | None = None,
    ) -> Message:
        """Store a message; its number is the next of the whole bot, as in private chats."""
        self._message_id += 1
        message = Message(
            self._message_id,
            chat.person.id,
            from_bot,
            int(self.clock()),
            kind,
            formatted,
            content or {},
            markup,
            reply_to,
        )
        chat.messages[message.message_id] = message
        if from_bot:
            chat.changes.append(("sent", message.message_id))
        return message

    def message_json(self, message: Message, with_reply: bool = True) -> Json:
        """The Bot API's ``Message``."""
        chat = self.chats[message.chat_id]
        data: Json = {
            "message_id": message.message_id,
            "from": self.bot if message.from_bot else chat.person.as_user(),
            "chat": chat.person.as_chat(),
            "date": message.date,
        }
        if message.edit_date is not None:
            data["edit_date"] = message.edit_date
        if with_reply and message.reply_to in chat.messages:
            data["reply_to_message"] = self.message_json(chat.messages[message.reply_to], with_reply=False)
        data.update(message.body())
        if message.markup is not None and "inline_keyboard" in message.markup:
            data["reply_markup"] = message.markup
        return data

    def keep_file(self, kind: str, name: str, mime_type: str, data: bytes) -> StoredFile:
        """Store a file under a new id."""
        self._file_number += 1
        number = self._file_number
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        path = f"{kind}s/file_{number}.{suffix}"
        file = StoredFile(f"fake-{kind}-{number}", f"u{number}", kind, name, mime_type, data, path)
        self.files[file.file_id] = file
        return file

    def new_query(self, store: dict[str, Query], user: int) -> Query:
        """A query that waits for its answer."""
        self._query_number += 1
        query = Query(f"48{self._query_number:016d}", user, self.clock())
        store[query.id] = query
        return query

    def is_open(self, query: Query | None) -> bool:
        """Whether the query may still be answered."""
        if query is None or query.expired or query.answer is not None:
            return False
        return self.clock() - query.created <= self.settings.query_ttl

    def open_call(self, method: str, params: Params, via: str) -> Call:
        """Note that a call arrived."""
        self._call_number += 1
        call = Call(self._call_number, self.clock(), method, params.record(), self._chat_of(params), via=via)
        if self.settings.keep_calls:
            self.history.append(call)
        self.counters[method] += 1
        if method != "getUpdates":
            self.in_flight += 1
            self.last_activity = time.monotonic()
        self.bell.ring(call.chat_id or NOBODY)
        return call

    def close_call(self, call: Call, result: object = None, error: ApiError | None = None) -> None:
        """Note how a call ended."""
        call.done = self.clock()
        call.ok = error is None
        call.result = result
        if error is not None:
            call.error_code, call.description = error.code, error.description
            self.counters[f"{call.method}:{error.code}"] += 1
        if call.method != "getUpdates":
            self.in_flight = max(0, self.in_flight - 1)  # a reset may have come in between
            self.last_activity = time.monotonic()
        self.bell.ring(call.chat_id or NOBODY)

    def _chat_of(self, params: Params) -> int | None:
        if "chat_id" in params:
            return params.integer("chat_id") or None
        query = self.callbacks.get(params.text("callback_query_id"))
        return query.user_id if query else None
