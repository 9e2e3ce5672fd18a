"""Messages -> API calls, within Telegram's limits."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape, unescape
from typing import Any

from telegram.constants import InlineKeyboardButtonLimit, MessageLimit
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError, TimedOut

from bot.channels.telegram.api import Api, wait_seconds
from bot.runtime.ports import Blocked, Button, InlineAnswer, Outgoing, Refused, TryLater

__all__ = ["attempt", "deliver", "inline_answer", "parts"]

log = logging.getLogger(__name__)

_TAG = re.compile(r"</?[a-z]+(?: [^>]*)?>")
_GONE = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")
_LIMIT: int = MessageLimit.MAX_TEXT_LENGTH
_COPIED: int = InlineKeyboardButtonLimit.MAX_COPY_TEXT


async def deliver(api: Api, message: Outgoing) -> str | None:
    """Carry a message out; returns Telegram's id of it.

    Raises:
        Blocked, Refused, TryLater: as the channel port says.
    """
    async with attempt(message.kind):
        return await _carry_out(api, message)


@asynccontextmanager
async def attempt(what: str) -> AsyncIterator[None]:
    """Telegram's errors as the channel port's."""
    try:
        yield
    except Forbidden as error:
        raise Blocked from error
    except BadRequest as error:
        if any(word in str(error).lower() for word in _GONE):
            raise Blocked from error
        raise Refused(f"{what}: {_reason(error)}") from error
    except RetryAfter as error:
        raise TryLater(wait_seconds(error)) from error
    except TimedOut as error:
        raise TryLater from error
    except TelegramError as error:  # the network, or an answer that is not the Bot API's; a token that was revoked
        raise TryLater(everyone=True) from error


async def _carry_out(api: Api, message: Outgoing) -> str | None:
    chat = message.person.partition(":")[2]
    if message.kind == "delete":
        return await _delete(api, chat, message)
    if message.kind == "document":
        return await _document(api, chat, message)
    if message.kind == "edit" and message.handle is not None:
        edited = await _edit(api, chat, message)
        if edited is not None:
            return edited
    *before, last = parts(message.html)
    for part in before:
        await _send(api, chat, part, None)
    return await _send(api, chat, last, _keyboard(message.buttons))


async def _send(api: Api, chat: str, html: str, keyboard: dict[str, Any] | None) -> str:
    parameters = {
        "chat_id": chat,
        "text": html,
        "parse_mode": "HTML",
        "reply_markup": keyboard,
        "link_preview_options": {"is_disabled": True},
    }
    try:
        sent = await api.call("sendMessage", parameters)
    except BadRequest as error:
        if "parse entities" not in str(error).lower():
            raise
        log.error("a message was not well formed; it was sent without its marks")
        sent = await api.call("sendMessage", {**parameters, "text": _plain(html), "parse_mode": None})
    return str(sent["message_id"])


async def _edit(api: Api, chat: str, message: Outgoing) -> str | None:
    """Edit in place; None if Telegram no longer lets us, and it must be sent anew."""
    parameters = {
        "chat_id": chat,
        "message_id": message.handle,
        "text": parts(message.html)[0],
        "parse_mode": "HTML",
        "reply_markup": _keyboard(message.buttons),
        "link_preview_options": {"is_disabled": True},
    }
    try:
        await api.call("editMessageText", parameters)
    except BadRequest as error:
        reason = str(error).lower()
        if "not modified" in reason:
            return message.handle
        if "message to edit not found" in reason or "can't be edited" in reason or "message_id_invalid" in reason:
            return None
        raise
    return message.handle


async def _delete(api: Api, chat: str, message: Outgoing) -> str | None:
    if message.handle is None:
        return None
    try:
        await api.call("deleteMessage", {"chat_id": chat, "message_id": message.handle})
    except BadRequest:
        log.debug("a message was gone before it was deleted")
    return message.handle


async def _document(api: Api, chat: str, message: Outgoing) -> str | None:
    assert message.document is not None
    file = (message.document.name, message.document.content, message.document.mime)
    kind = "photo" if message.document.mime == "image/png" else "document"
    sent = await api.call(f"send{kind.title()}", {"chat_id": chat}, files={kind: file}, timeout=60)
    return str(sent["message_id"])


def inline_answer(answer: InlineAnswer) -> dict[str, Any]:
    """The parameters of ``answerInlineQuery``. It is personal (language, gender), and lines may change any day."""
    results = [
        {
            "type": "article",
            "id": str(number),
            "title": line.title,
            "description": line.note,
            "input_message_content": {"message_text": line.text},
        }
        for number, line in enumerate(answer.lines)
    ]
    button = {"text": answer.invitation[:64], "start_parameter": "inline"} if answer.invitation is not None else None
    return {
        "inline_query_id": answer.query,
        "results": results,
        "cache_time": 10,
        "is_personal": True,
        "button": button,
    }


def _keyboard(buttons: tuple[tuple[Button, ...], ...]) -> dict[str, Any] | None:
    rows = [[_button(b) for b in row if _taken(b)] for row in buttons]
    return {"inline_keyboard": [row for row in rows if row]} if any(rows) else None


def _taken(button: Button) -> bool:
    """Whether Telegram takes a button: it opens no e-mail, and half a text on the clipboard is worse than none."""
    return len(button.copy or "") <= _COPIED and not (button.url or "").startswith("mailto:")


def _button(button: Button) -> dict[str, Any]:
    if button.copy is not None:
        return {"text": button.text, "copy_text": {"text": button.copy}}
    if button.url is not None:
        return {"text": button.text, "url": button.url}
    return {"text": button.text, "callback_data": button.data}


def parts(html: str) -> list[str]:
    """A text in pieces that Telegram takes: whole paragraphs, at most 4096 UTF-16 units each after its marks."""
    if _length(html) <= _LIMIT:
        return [html]
    pieces: list[str] = []
    for paragraph in html.split("\n\n"):
        piece = paragraph if _length(paragraph) <= _LIMIT else _cut(_plain(paragraph))
        if pieces and _length(pieces[-1]) + _length(piece) + 2 <= _LIMIT:
            pieces[-1] += f"\n\n{piece}"
        else:
            pieces.append(piece)
    return pieces


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")[: 2 * (_LIMIT - 1)]
    return escape(units.decode("utf-16-le", "ignore"), quote=False) + "…"


def _length(html: str) -> int:
    return len(_plain(html).encode("utf-16-le")) // 2


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))


def _reason(error: TelegramError) -> str:
    """What Telegram said, without anything it may have quoted."""
    return str(error).split(":")[0][:80]
