"""Reply markup: what Telegram accepts under a message, and its refusals."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from tests.fakes.telegram.errors import Json, bad_request
from tests.fakes.telegram.formatting import utf16_length
from tests.fakes.telegram.params import Params

__all__ = ["ACTIONS", "check_markup", "inline_rows", "read_inline_markup", "read_markup"]

MAX_BUTTONS = 100
_TEXT_ACTIONS = ("url", "callback_data")  # an empty string counts as absent
ACTIONS = (
    *_TEXT_ACTIONS,
    "copy_text",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "web_app",
    "login_url",
    "callback_game",
    "pay",
)
_FLAGS = ("remove_keyboard", "force_reply", "selective", "resize_keyboard", "one_time_keyboard", "is_persistent")


def inline_rows(markup: Json | None) -> list[list[Json]]:
    """The rows of inline buttons of a checked markup."""
    rows: list[list[Json]] = (markup or {}).get("inline_keyboard", [])
    return rows


def read_inline_markup(params: Params, lint: bool) -> Json | None:
    """The markup of an edit, which has to be an inline keyboard."""
    markup = read_markup(params, lint)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def read_markup(params: Params, lint: bool) -> Json | None:
    """The checked ``reply_markup``, or None when there is none.

    With ``lint`` empty rows and buttons with two actions are refused as well; Telegram drops the row and the second
    action in silence.
    """
    markup = params.structure("reply_markup", "reply keyboard markup JSON object")
    return None if markup is None else check_markup(markup, lint)


def check_markup(markup: Any, lint: bool) -> Json | None:
    """Check a parsed markup; an empty one is None."""
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    for name in ("keyboard", "inline_keyboard"):
        if name in markup and not isinstance(markup[name], list):
            raise bad_request(f'field "{name}" must be of type Array')
    for name in _FLAGS:
        if name in markup and not isinstance(markup[name], bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    if keyboard := markup.get("keyboard"):
        return {**markup, "keyboard": [[_check_key(button) for button in _row(row, "keyboard")] for row in keyboard]}
    if inline := markup.get("inline_keyboard"):
        rows = [[_check_button(button, lint) for button in _row(row, "inline_keyboard")] for row in inline]
        if lint and not all(rows):
            raise bad_request("inline keyboard has an empty row")
        if sum(map(len, rows)) > MAX_BUTTONS:
            raise bad_request("reply markup is too long")
        return {"inline_keyboard": [row for row in rows if row]}
    return markup if markup.get("remove_keyboard") or markup.get("force_reply") else None


def _row(row: Any, name: str) -> list[Any]:
    if not isinstance(row, list):
        owner = "" if name == "keyboard" else " of the InlineKeyboardMarkup"
        raise bad_request(f'field "{name}"{owner} must be an Array of Arrays')
    return row


def _check_key(key: Any) -> Json:
    if isinstance(key, str):
        return {"text": key}
    if not isinstance(key, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if not isinstance(key.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not key["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    return key


def _check_button(button: Any, lint: bool) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    given = {name: value for name, value in button.items() if value or name not in _TEXT_ACTIONS}
    actions = [name for name in ACTIONS if given.get(name) is not None]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if lint and len(actions) > 1:
        raise bad_request(f"can't parse inline keyboard button: Exactly one action is allowed, found {actions}")
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    _check_action(actions[0], given[actions[0]])
    return {name: value for name, value in given.items() if name == actions[0] or name not in ACTIONS}


def _check_action(name: str, value: Any) -> None:
    if name in ("copy_text", "web_app", "login_url"):
        if not isinstance(value, dict):
            raise bad_request(f'can\'t parse inline keyboard button: Field "{name}" must be of type Object')
        inner = "text" if name == "copy_text" else "url"
        if not isinstance(value.get(inner), str):
            raise bad_request(f"can't parse inline keyboard button: Can't find field \"{inner}\"")
    elif name not in ("pay", "callback_game", "switch_inline_query_chosen_chat") and not isinstance(value, str):
        raise bad_request(f'can\'t parse inline keyboard button: Field "{name}" must be of type String')
    if name == "callback_data" and len(value.encode()) > 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if name == "copy_text" and not 1 <= utf16_length(value["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if name in ("pay", "callback_game"):
        raise bad_request("BUTTON_TYPE_INVALID")
    if name == "url":
        _check_url(value)
    if name == "web_app" and not value["url"].startswith("https://"):
        url = value["url"]
        raise bad_request(f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")


def _check_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    reason = None
    if parts.scheme not in ("http", "https", "tg", "ton"):
        reason = "Unsupported URL protocol"
    elif parts.scheme in ("http", "https") and "." not in parts.netloc:
        reason = "Wrong HTTP URL"
    if reason:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {reason}")
