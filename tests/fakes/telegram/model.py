"""What the fake remembers: people, messages, files, calls."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram.errors import Json
from tests.fakes.telegram.formatting import Formatted, to_html
from tests.fakes.telegram.keyboards import ACTIONS, inline_rows

__all__ = ["Button", "Call", "Chat", "Message", "MessageView", "Person", "Query", "StoredFile"]


@dataclass(slots=True)
class Person:
    """A Telegram user."""

    id: int
    first_name: str
    language_code: str | None
    last_name: str | None = None
    username: str | None = None

    def as_user(self) -> Json:
        """The Bot API's ``User``."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if value := getattr(self, name):
                user[name] = value
        return user

    def as_chat(self) -> Json:
        """The Bot API's ``Chat`` of the private chat with this person."""
        chat: Json = {"id": self.id, "first_name": self.first_name}
        for name in ("last_name", "username"):
            if value := getattr(self, name):
                chat[name] = value
        return {**chat, "type": "private"}


@dataclass(slots=True)
class Message:
    """One message as the server keeps it."""

    message_id: int
    chat_id: int
    from_bot: bool
    date: int
    kind: str
    formatted: Formatted
    content: Json = field(default_factory=dict)
    markup: Json | None = None
    reply_to: int | None = None
    edits: int = 0
    edit_date: int | None = None
    deleted: bool = False

    def body(self) -> Json:
        """The fields that carry the content."""
        if self.kind == "text":
            fields: Json = {"text": self.formatted.text}
            if self.formatted.entities:
                fields["entities"] = self.formatted.entities
            return fields
        fields = dict(self.content)
        if self.formatted.text:
            fields["caption"] = self.formatted.text
            if self.formatted.entities:
                fields["caption_entities"] = self.formatted.entities
        return fields


@dataclass(slots=True)
class Chat:
    """The private chat with one person; it exists for the bot once the person has started it."""

    person: Person
    started: bool = False
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    changes: list[tuple[str, int]] = field(default_factory=list)
    """What the bot did since the person's last action: ``sent``, ``edited`` or ``deleted``, and which message."""


@dataclass(slots=True)
class Query:
    """A callback or inline query that waits for its answer."""

    id: str
    user_id: int
    created: float
    expired: bool = False
    answer: Json | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was uploaded by the bot or sent by a person."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    data: bytes
    path: str


@dataclass(slots=True)
class Call:
    """One API call: ``ok`` is None while it is being answered."""

    number: int
    time: float
    method: str
    params: Json
    chat_id: int | None = None
    ok: bool | None = None
    error_code: int | None = None
    description: str | None = None
    result: Any = None
    fault: str | None = None
    via: str = "http"
    """``webhook`` when it came in the reply to an update."""
    done: float | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: its label, the kind of action, and the data, address or text of that action."""

    text: str
    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as the person sees it now."""

    message_id: int
    chat_id: int
    from_bot: bool
    date: int
    kind: str
    text: str
    """The plain text or caption."""
    html: str
    buttons: list[list[Button]]
    keyboard: list[list[str]]
    """The labels of a reply keyboard."""
    edits: int
    deleted: bool
    reply_to: int | None
    content: Json
    """The media of the message as the Bot API words them, for instance ``{"document": {...}}``."""

    @property
    def labels(self) -> list[str]:
        """The labels of all inline buttons, in reading order."""
        return [button.text for row in self.buttons for button in row]

    @classmethod
    def of(cls, message: Message) -> MessageView:
        """The view of a stored message."""
        return cls(
            message.message_id,
            message.chat_id,
            message.from_bot,
            message.date,
            message.kind,
            message.formatted.text,
            to_html(message.formatted),
            [[_button(raw) for raw in row] for row in inline_rows(message.markup)],
            [[key["text"] for key in row] for row in (message.markup or {}).get("keyboard", [])],
            message.edits,
            message.deleted,
            message.reply_to,
            message.content,
        )


def _button(raw: Json) -> Button:
    kind = next(name for name in ACTIONS if name in raw)
    value = raw[kind]
    return Button(raw["text"], kind, value["text"] if kind == "copy_text" else value)
