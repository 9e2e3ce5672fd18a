"""What people do: write, tap, edit, block. Each action returns the update it made."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from tests.fakes.telegram.errors import Json, WorldError
from tests.fakes.telegram.formatting import Formatted, utf16_length
from tests.fakes.telegram.keyboards import inline_rows
from tests.fakes.telegram.model import Chat, Message, Person
from tests.fakes.telegram.state import State

__all__ = ["People", "changing", "reading"]

_F = TypeVar("_F", bound=Callable[..., Any])

_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?")
_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def reading(method: _F) -> _F:
    """Run the method under the world's lock."""

    @wraps(method)
    def run(self: State, *args: Any, **kwargs: Any) -> Any:
        with self.lock:
            return method(self, *args, **kwargs)

    return cast("_F", run)


def changing(method: _F) -> _F:
    """Run the method under the world's lock, then wake those who wait for a change."""

    @wraps(method)
    def run(self: State, *args: Any, **kwargs: Any) -> Any:
        with self.lock:
            result = method(self, *args, **kwargs)
        first = args[0] if args else kwargs.get("user")
        self.bell.ring(first if isinstance(first, int) else None)  # an action is somebody's, unless it names nobody
        return result

    return cast("_F", run)


class People(State):
    """The actions of the people on the other side of the bot."""

    @changing
    def add_user(
        self,
        id: int,  # noqa: A002 - as in the Bot API
        first_name: str = "Dana",
        language_code: str | None = "he",
        last_name: str | None = None,
        username: str | None = None,
    ) -> Json:
        """Make a person known, or change one; returns the ``User``. The bot's chat begins with their first action."""
        person = Person(id, first_name, language_code, last_name, username)
        if id in self.chats:
            self.chats[id].person = person
        else:
            self.chats[id] = Chat(person)
        return person.as_user()

    def send_text(self, user: int, text: str, reply_to: int | None = None) -> Json:
        """Write a message; commands in it are marked as such."""
        entities = [
            {"type": "bot_command", "offset": utf16_length(text[: found.start()]), "length": len(found[0])}
            for found in _COMMAND.finditer(text)
        ]
        return self.send_message(user, "text", Formatted(text, entities), reply_to=reply_to)

    def send_command(self, user: int, command: str, argument: str = "") -> Json:
        """Write ``/command argument``."""
        return self.send_text(user, f"/{command.removeprefix('/')} {argument}".strip())

    @changing
    def send_photo(self, user: int, caption: str = "", data: bytes = _PNG, album: str = "") -> Json:
        """Send a photo; Telegram offers it in several sizes, the smallest first. ``album``: it is one of several."""
        sizes = []
        for content, width, height in ((_PNG, 90, 67), (data, 1280, 960)):
            file = self.keep_file("photo", "photo.jpg", "image/jpeg", content)
            size = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": len(content)}
            sizes.append({**size, "width": width, "height": height})
        group = {"media_group_id": album} if album else {}
        return self.send_message(user, "photo", Formatted(caption), {"photo": sizes, **group})

    def send_voice(self, user: int, duration: int = 3, data: bytes = b"OggS-fake") -> Json:
        """Send a voice message."""
        return self._send_file(user, "voice", "voice.oga", "audio/ogg", data, duration=duration)

    def send_sticker(self, user: int, emoji: str = "😀", data: bytes = b"RIFF-fake") -> Json:
        """Send a sticker."""
        looks: Json = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._send_file(user, "sticker", "sticker.webp", "image/webp", data, emoji=emoji, **looks)

    def send_document(
        self,
        user: int,
        name: str = "file.pdf",
        data: bytes = b"%PDF-fake",
        caption: str = "",
        mime_type: str = "application/pdf",
    ) -> Json:
        """Send a file; its kind is what the sender's program says."""
        return self._send_file(user, "document", name, mime_type, data, caption, file_name=name)

    def send_location(self, user: int, latitude: float = 32.08, longitude: float = 34.78) -> Json:
        """Send a location."""
        content = {"location": {"latitude": latitude, "longitude": longitude}}
        return self.send_message(user, "location", content=content)

    @changing
    def _send_file(
        self, user: int, kind: str, name: str, mime_type: str, data: bytes, caption: str = "", **fields: Any
    ) -> Json:
        file = self.keep_file(kind, name, mime_type, data)
        body = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": len(data), **fields}
        if kind != "sticker":
            body["mime_type"] = mime_type
        return self.send_message(user, kind, Formatted(caption), {kind: body})

    @changing
    def send_message(
        self,
        user: int,
        kind: str,
        formatted: Formatted | None = None,
        content: Json | None = None,
        reply_to: int | None = None,
    ) -> Json:
        """Send a message of any kind: ``content`` holds the fields of the Bot API's ``Message``."""
        chat = self._acting(user)
        message = self.new_message(
            chat, from_bot=False, kind=kind, formatted=formatted or Formatted(""), content=content, reply_to=reply_to
        )
        return self.updates.add("message", self.message_json(message))

    @changing
    def edit_text(self, user: int, text: str, message_id: int | None = None) -> Json:
        """Change one's own message, by default the last."""
        chat = self._acting(user)
        own = [m for m in chat.messages.values() if not m.from_bot and m.kind == "text"]
        message = chat.messages.get(message_id) if message_id is not None else (own[-1] if own else None)
        if message is None or message.from_bot:
            raise WorldError(f"user {user} has no such message to edit")
        message.formatted = Formatted(text)
        message.edits += 1
        message.edit_date = int(self.clock())
        return self.updates.add("edited_message", self.message_json(message))

    @changing
    def tap(self, user: int, label: str | None = None, index: int | None = None, message_id: int | None = None) -> Json:
        """Tap a button by its label (or a part of it that is unique) or by its index in reading order.

        Without ``message_id`` on the latest message that has buttons. A reply keyboard's key sends its text.
        """
        chat = self._acting(user, keep_changes=True)
        message = self._with_buttons(chat, message_id)
        if message.markup and "keyboard" in message.markup:
            keys = [key for row in message.markup["keyboard"] for key in row]
            return self.send_text(user, _pick(keys, label, index)["text"])
        button = _pick([button for row in inline_rows(message.markup) for button in row], label, index)
        if "callback_data" not in button:
            raise WorldError(f"the button {button['text']!r} sends nothing to the bot: {button}")
        return self._callback(chat, self.message_json(message), button["callback_data"])

    @changing
    def forge_tap(self, user: int, data: str, message_id: int | None = None) -> Json:
        """Send any callback data, as a modified client can, from the given or the latest message of the bot.

        The message may be deleted or never have been: the query then carries an ``InaccessibleMessage``.
        """
        chat = self._acting(user, keep_changes=True)
        if message_id is None:
            message_id = max((m.message_id for m in chat.messages.values() if m.from_bot), default=1)
        message = chat.messages.get(message_id)
        if message is None or message.deleted:
            return self._callback(chat, {"chat": chat.person.as_chat(), "message_id": message_id, "date": 0}, data)
        return self._callback(chat, self.message_json(message), data)

    def _callback(self, chat: Chat, message: Json, data: str) -> Json:
        chat.changes.clear()
        query = self.new_query(self.callbacks, chat.person.id)
        payload = {
            "id": query.id,
            "from": chat.person.as_user(),
            "message": message,
            "chat_instance": f"-{chat.person.id}0001",
            "data": data,
        }
        return self.updates.add("callback_query", payload)

    @changing
    def inline_query(self, user: int, query: str, offset: str = "") -> Json:
        """Type ``@bot query`` in some chat."""
        person = self.person(user)
        asked = self.new_query(self.inline_queries, user)
        payload = {"id": asked.id, "from": person.as_user(), "query": query, "offset": offset, "chat_type": "private"}
        return self.updates.add("inline_query", payload)

    @changing
    def block(self, user: int) -> Json:
        """Block the bot: it gets ``my_chat_member``, and 403 for every message."""
        return self._change_membership(user, blocked=True)

    @changing
    def unblock(self, user: int) -> Json:
        """Let the bot in again."""
        return self._change_membership(user, blocked=False)

    def _change_membership(self, user: int, blocked: bool) -> Json:
        chat = self.chat(user)
        if chat.blocked == blocked:
            raise WorldError(f"user {user} has{'' if blocked else ' not'} blocked the bot already")
        chat.started = True
        chat.blocked = blocked
        member, kicked = {"user": self.bot, "status": "member"}, {"user": self.bot, "status": "kicked", "until_date": 0}
        payload = {
            "chat": chat.person.as_chat(),
            "from": chat.person.as_user(),
            "date": int(self.clock()),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        return self.updates.add("my_chat_member", payload)

    @changing
    def push_update(self, update: Json) -> Json:
        """Queue any update as it stands, of known or unknown kind; it gets the next number unless it brings one."""
        return self.updates.inject(update)

    @changing
    def skip_ids(self, count: int = 1) -> int:
        """Leave a gap in the update numbers; returns the next one."""
        self.updates.skip(count)
        return self.updates.next_id

    def _acting(self, user: int, keep_changes: bool = False) -> Chat:
        """The chat of a person who does something; what the bot does from now on answers this."""
        chat = self.chat(user)
        if chat.blocked:
            raise WorldError(f"user {user} blocked the bot; unblock first")
        chat.started = True
        if not keep_changes:
            chat.changes.clear()
        return chat

    def _with_buttons(self, chat: Chat, message_id: int | None) -> Message:
        if message_id is not None:
            message = chat.messages.get(message_id)
            if message is None or message.deleted:
                raise WorldError(f"there is no message {message_id} to tap on; forge_tap can")
            return message
        for message in reversed(chat.messages.values()):
            markup = message.markup or {}
            if message.from_bot and not message.deleted and ("inline_keyboard" in markup or "keyboard" in markup):
                return message
        raise WorldError(f"user {chat.person.id} sees no message with buttons")


def _pick(buttons: list[Json], label: str | None, index: int | None) -> Json:
    labels = [button["text"] for button in buttons]
    if label is not None:
        matches = [b for b in buttons if b["text"] == label] or [b for b in buttons if label in b["text"]]
        if len(matches) == 1:
            return matches[0]
    elif index is not None and -len(buttons) <= index < len(buttons):
        return buttons[index]
    wanted = repr(label) if label is not None else index
    raise WorldError(f"no single button {wanted} among {labels}")
