"""Updates -> events. Anything may arrive; nothing raises."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from bot.core.events import Asked, Attachment, Blocked, Event, Hello, Said, Sent, Tapped, Unblocked
from bot.core.redact import redact
from bot.runtime.ports import Incoming

__all__ = ["ALLOWED_UPDATES", "CHANNEL", "incoming"]

CHANNEL = "telegram"

ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member", "inline_query"]
"""The kinds of update that mean something to us."""

_MEDIA = (
    "photo",
    "voice",
    "audio",
    "video",
    "video_note",
    "document",
    "sticker",
    "animation",
    "location",
    "contact",
    "poll",
    "dice",
    "venue",
    "story",
)


def incoming(raw: Any, clock: Callable[[], datetime]) -> Incoming:
    """An update as the runtime takes it; one that cannot be read is kept with what is wrong with it."""
    kept = ""
    try:
        if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
            kept = _kept(raw)
            name = f"unreadable:{sha256(kept.encode()).hexdigest()[:32]}"
            return Incoming(CHANNEL, name, raw=kept, error="no update id")
        update = str(raw["update_id"])
        try:
            return Incoming(CHANNEL, update, _event(raw, f"{CHANNEL}:{update}", clock()))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            reason = f"unreadable: {type(error).__name__}"
            return Incoming(CHANNEL, update, raw=_kept(raw), error=reason, person=_sender(raw))
    except RecursionError:
        return Incoming(CHANNEL, "unreadable:deep", error="too deep")


def _event(raw: dict[str, Any], event_id: str, now: datetime) -> Event | None:
    if "message" in raw:
        return _message(raw["message"], event_id, now)
    if "callback_query" in raw:
        return _tap(raw["callback_query"], event_id, now)
    if "inline_query" in raw:
        return _query(raw["inline_query"], event_id, now)
    if "my_chat_member" in raw:
        return _membership(raw["my_chat_member"], event_id, now)
    return None


def _person(user: dict[str, Any]) -> str:
    return f"{CHANNEL}:{int(user['id'])}"


def _sender(raw: dict[str, Any]) -> str | None:
    """Whose an update is that cannot be read, as far as it can be told: it is exported and deleted with them."""
    for content in raw.values():
        user = content.get("from") if isinstance(content, dict) else None
        if isinstance(user, dict) and isinstance(user.get("id"), int):
            return _person(user)
    return None


def _hello(user: dict[str, Any]) -> Hello:
    language = user.get("language_code")
    return Hello(language=language if isinstance(language, str) else None)


def _message(message: dict[str, Any], event_id: str, now: datetime) -> Event | None:
    user, chat = message.get("from"), message["chat"]
    if chat.get("type") != "private" or user is None or user.get("is_bot"):
        return None
    person, hello = _person(user), _hello(user)
    if "text" in message:
        if not isinstance(message["text"], str):
            raise TypeError("a text that is none")
        return Said(id=event_id, person=person, at=now, hello=hello, text=message["text"])
    for kind in _MEDIA:
        if kind in message:
            caption = redact(str(message.get("caption", "")))
            return Sent(
                id=event_id,
                person=person,
                at=now,
                hello=hello,
                kind=kind,
                caption=caption.text,
                secret=caption.found,
                attachment=_attachment(kind, message[kind]),
                album=str(message.get("media_group_id", "")),
            )
    return None


def _attachment(kind: str, content: Any) -> Attachment | None:
    """A document, or a photo in its largest size; photos have no name and are always JPEG."""
    if kind == "photo" and isinstance(content, list):
        sizes = [size for size in content if isinstance(size, dict) and size.get("file_id")]
        content = max(sizes, key=lambda s: int(s.get("width", 0)) * int(s.get("height", 0)), default=None)
    if kind not in ("photo", "document") or not isinstance(content, dict) or not content.get("file_id"):
        return None
    mime = "image/jpeg" if kind == "photo" else str(content.get("mime_type", ""))
    name = redact(str(content.get("file_name", ""))).text
    return Attachment(str(content["file_id"]), mime, int(content.get("file_size", 0)), name)


def _tap(query: dict[str, Any], event_id: str, now: datetime) -> Event | None:
    user = query["from"]
    chat = (query.get("message") or {}).get("chat")
    if chat is not None and chat.get("type") != "private":
        return None
    data = query.get("data")
    return Tapped(
        id=event_id,
        person=_person(user),
        at=now,
        hello=_hello(user),
        data=data if isinstance(data, str) else "",
        callback=str(query["id"]),
    )


def _query(query: dict[str, Any], event_id: str, now: datetime) -> Event | None:
    user = query["from"]
    if user.get("is_bot") or query.get("offset"):
        return None
    return Asked(
        id=event_id,
        person=_person(user),
        at=now,
        hello=_hello(user),
        query=str(query["id"]),
        text=str(query.get("query", "")),
    )


def _membership(change: dict[str, Any], event_id: str, now: datetime) -> Event | None:
    if change["chat"].get("type") != "private":
        return None
    person = _person(change["from"])
    if change["new_chat_member"]["status"] in ("kicked", "left"):
        return Blocked(id=event_id, person=person, at=now)
    return Unblocked(id=event_id, person=person, at=now)


def _kept(raw: Any) -> str:
    return redact(json.dumps(raw, ensure_ascii=False, default=str)[:4000]).text
