"""The methods that send, edit and delete messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes.telegram.errors import ApiError, Json, bad_request, blocked
from tests.fakes.telegram.formatting import Formatted, check_entities, has_surrogates, parse_html, plain, utf16_length
from tests.fakes.telegram.keyboards import read_inline_markup, read_markup
from tests.fakes.telegram.model import Chat, Message, StoredFile
from tests.fakes.telegram.params import Params
from tests.fakes.telegram.world import World

__all__ = ["MESSAGING", "read_formatted"]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
TWO_DAYS = 48 * 3600
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_CHAT_ACTIONS = frozenset(
    (
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    )
)
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")


def read_formatted(params: Params, field: str, entities: str, lint: bool) -> Formatted:
    """A text parameter with its ``parse_mode`` or its entities."""
    text = params.text(field)
    if has_surrogates(text):
        raise bad_request("strings must be encoded in UTF-8")
    mode = params.text("parse_mode").lower()
    if mode == "html":
        return parse_html(text, lint)
    if mode in ("markdown", "markdownv2"):
        raise ApiError(501, f"Not Implemented: the fake reads parse_mode HTML, not {mode}")
    if mode not in ("", "none"):
        raise bad_request("unsupported parse_mode")
    given = params.structure(entities, "entities JSON object")
    return check_entities(text, given) if given else plain(text)


def send_message(world: World, params: Params) -> Json:
    """``sendMessage``."""
    formatted, markup = _read_text(world, params, read_markup)
    chat = _chat(world, params)
    formatted = _fit(formatted, "message is too long")
    return _send(world, params, chat, "text", formatted, markup)


def send_document(world: World, params: Params) -> Json:
    """``sendDocument``."""

    def describe(file: StoredFile) -> Json:
        document = {"file_name": file.name, "mime_type": file.mime_type, "file_id": file.file_id}
        return {"document": {**document, "file_unique_id": file.unique_id, "file_size": len(file.data)}}

    return _send_media(world, params, "document", describe)


def send_photo(world: World, params: Params) -> Json:
    """``sendPhoto``."""

    def describe(file: StoredFile) -> Json:
        if not file.data.startswith(_IMAGES):
            raise bad_request("IMAGE_PROCESS_FAILED")
        size = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": len(file.data)}
        return {"photo": [{**size, "width": 90, "height": 90}]}

    return _send_media(world, params, "photo", describe)


def edit_message_text(world: World, params: Params) -> Json:
    """``editMessageText``."""
    formatted, markup = _read_text(world, params, read_inline_markup)
    chat = _chat(world, params)
    message = _editable(chat, params)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _edit(world, chat, message, _fit(formatted, "MESSAGE_TOO_LONG"), markup)


def edit_message_reply_markup(world: World, params: Params) -> Json:
    """``editMessageReplyMarkup``."""
    markup = read_inline_markup(params, world.settings.lint)
    chat = _chat(world, params)
    message = _editable(chat, params)
    return _edit(world, chat, message, message.formatted, markup)


def delete_message(world: World, params: Params) -> bool:
    """``deleteMessage``."""
    chat = _chat(world, params)
    message = chat.messages.get(_message_id(params))
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    if world.clock() - message.date > TWO_DAYS:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    chat.changes.append(("deleted", message.message_id))
    return True


def send_chat_action(world: World, params: Params) -> bool:
    """``sendChatAction``."""
    if params.text("action") not in _CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    if _chat(world, params).blocked:
        raise blocked()
    return True


def _read_text(
    world: World, params: Params, read: Callable[[Params, bool], Json | None]
) -> tuple[Formatted, Json | None]:
    lint = world.settings.lint
    if not params.text("text"):
        raise bad_request("message text is empty")
    return read_formatted(params, "text", "entities", lint), read(params, lint)


def _fit(formatted: Formatted, too_long: str) -> Formatted:
    formatted = formatted.trimmed()
    if formatted.is_blank:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > TEXT_LIMIT:
        raise bad_request(too_long)
    return formatted


def _chat(world: World, params: Params) -> Chat:
    if not params.text("chat_id"):
        raise bad_request("chat_id is empty")
    chat = world.chats.get(params.integer("chat_id"))
    if chat is None or not chat.started:
        raise bad_request("chat not found")
    return chat


def _message_id(params: Params) -> int:
    if not params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    return params.integer("message_id")


def _editable(chat: Chat, params: Params) -> Message:
    message = chat.messages.get(_message_id(params))
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if not message.from_bot or (message.markup is not None and "inline_keyboard" not in message.markup):
        raise bad_request("message can't be edited")
    if chat.blocked:
        raise blocked()
    return message


def _edit(world: World, chat: Chat, message: Message, formatted: Formatted, markup: Json | None) -> Json:
    if message.formatted == formatted and message.markup == markup:
        raise bad_request(_NOT_MODIFIED)
    message.formatted = formatted
    message.markup = markup
    message.edits += 1
    message.edit_date = int(world.clock())
    chat.changes.append(("edited", message.message_id))
    return world.message_json(message)


def _reply_to(chat: Chat, params: Params) -> int | None:
    reply: Any = params.structure("reply_parameters", "reply parameters JSON object")
    if reply:
        if not isinstance(reply, dict) or "message_id" not in reply:
            raise bad_request('can\'t find field "message_id"')
        number, optional = int(reply["message_id"]), bool(reply.get("allow_sending_without_reply"))
    else:
        number, optional = params.integer("reply_to_message_id"), params.flag("allow_sending_without_reply")
    if not number:
        return None
    message = chat.messages.get(number)
    if message is not None and not message.deleted:
        return number
    if optional:
        return None
    raise bad_request("message to be replied not found")


def _send(
    world: World,
    params: Params,
    chat: Chat,
    kind: str,
    formatted: Formatted,
    markup: Json | None,
    content: Json | None = None,
) -> Json:
    reply_to = _reply_to(chat, params)
    if chat.blocked:
        raise blocked()
    message = world.new_message(
        chat, from_bot=True, kind=kind, formatted=formatted, content=content, markup=markup, reply_to=reply_to
    )
    return world.message_json(message)


def _send_media(world: World, params: Params, kind: str, describe: Callable[[StoredFile], Json]) -> Json:
    file = _file(world, params, kind)
    lint = world.settings.lint
    caption = read_formatted(params, "caption", "caption_entities", lint).trimmed()
    markup = read_markup(params, lint)
    chat = _chat(world, params)
    if utf16_length(caption.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return _send(world, params, chat, kind, caption, markup, describe(file))


def _file(world: World, params: Params, kind: str) -> StoredFile:
    value = params.text(kind).strip()
    upload = params.files.get(value.removeprefix("attach://") if value.startswith("attach://") else kind)
    if upload is not None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > UPLOAD_LIMIT:
            raise ApiError(413, "Request Entity Too Large")
        return world.keep_file(kind, upload.filename, upload.content_type, upload.data)
    if not value or value.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = world.files.get(value)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return file


MESSAGING: dict[str, Callable[[World, Params], Any]] = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "sendChatAction": send_chat_action,
}
