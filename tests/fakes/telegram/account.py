"""The methods about the bot itself, its queries, its files and its webhook."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.telegram.errors import Json, bad_request, stale_query
from tests.fakes.telegram.formatting import utf16_length
from tests.fakes.telegram.keyboards import check_markup
from tests.fakes.telegram.messaging import read_formatted
from tests.fakes.telegram.params import Params
from tests.fakes.telegram.webhook import WebhookState
from tests.fakes.telegram.world import World

__all__ = ["ACCOUNT"]

DOWNLOAD_LIMIT = 20 * 1024 * 1024
_COMMAND = re.compile("[a-z0-9_]{1,32}")
_SECRET = re.compile("[A-Za-z0-9_-]*")


def get_me(world: World, params: Params) -> Json:
    """``getMe``."""
    abilities = {"can_join_groups": False, "can_read_all_group_messages": False, "supports_inline_queries": True}
    return {**world.bot, **abilities, "can_connect_to_business": False, "has_main_web_app": False}


def set_my_commands(world: World, params: Params) -> bool:
    """``setMyCommands``."""
    commands = params.structure("commands", "commands JSON object")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict) or not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= utf16_length(str(command.get("description", "")).strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    scope = json.dumps(params.structure("scope", "BotCommandScope JSON object") or {"type": "default"}, sort_keys=True)
    world.profile.commands[scope, params.text("language_code")] = commands
    return True


def set_my_description(world: World, params: Params) -> bool:
    """``setMyDescription``."""
    if utf16_length(params.text("description")) > 512:
        raise bad_request("DESCRIPTION_TOO_LONG")
    world.profile.descriptions[params.text("language_code")] = params.text("description")
    return True


def set_my_short_description(world: World, params: Params) -> bool:
    """``setMyShortDescription``."""
    if utf16_length(params.text("short_description")) > 120:
        raise bad_request("ABOUT_TOO_LONG")
    world.profile.short_descriptions[params.text("language_code")] = params.text("short_description")
    return True


def set_chat_menu_button(world: World, params: Params) -> bool:
    """``setChatMenuButton``."""
    button = params.structure("menu_button", "menu button JSON object") or {"type": "default"}
    if not isinstance(button, dict):
        raise bad_request("can't parse menu button: MenuButton must be an Object")
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    chat_id = params.integer("chat_id") if "chat_id" in params else None
    if chat_id is not None and chat_id not in world.chats:
        raise bad_request("chat not found")
    world.profile.menu_buttons[chat_id] = button
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    """``answerCallbackQuery``."""
    query = world.callbacks.get(params.text("callback_query_id"))
    if query is None or not world.is_open(query):
        raise stale_query()
    if utf16_length(params.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    if params.text("url") and not params.text("url").startswith("https://t.me/"):
        raise bad_request("URL_INVALID")
    query.answer = {"text": params.text("text"), "show_alert": params.flag("show_alert"), "url": params.text("url")}
    return True


def answer_inline_query(world: World, params: Params) -> bool:
    """``answerInlineQuery``."""
    results = params.structure("results", "inline query results JSON array")
    if not isinstance(results, list):
        raise bad_request("expected an Array of InlineQueryResult")
    for result in results:
        _check_inline_result(world, result)
    if len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({result["id"] for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    query = world.inline_queries.get(params.text("inline_query_id"))
    if query is None or not world.is_open(query):
        raise stale_query()
    query.answer = {
        "results": results,
        "cache_time": params.integer("cache_time", 300),
        "is_personal": params.flag("is_personal"),
        "next_offset": params.text("next_offset"),
        "button": params.structure("button", "inline query results button JSON object"),
    }
    return True


def _check_inline_result(world: World, result: Any) -> None:
    if not isinstance(result, dict):
        raise bad_request("can't parse inline query result: Inline query result must be an object")
    if not isinstance(result.get("id"), str) or not 1 <= len(result["id"].encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    content = result.get("input_message_content")
    if isinstance(content, dict) and "message_text" in content:
        formatted = read_formatted(Params(content), "message_text", "entities", world.settings.lint)
        if formatted.is_blank:
            raise bad_request("message text is empty")
        if utf16_length(formatted.text) > 4096:
            raise bad_request("message is too long")
    if result.get("reply_markup") is not None:
        check_markup(result["reply_markup"], world.settings.lint)


def get_file(world: World, params: Params) -> Json:
    """``getFile``."""
    file = world.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    described = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": len(file.data)}
    return {**described, "file_path": file.path}


def set_webhook(world: World, params: Params) -> bool:
    """``setWebhook``; without a url it deletes the webhook."""
    url = params.text("url").strip()
    if not url:
        return delete_webhook(world, params)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if world.settings.require_https and parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _prepare_webhook(world, params)
    world.updates.end_poll("terminated by setWebhook request")
    world.webhook = WebhookState(url, secret, params.within("max_connections", 40, 1, 100))
    world.updates.webhook_active = True
    return True


def delete_webhook(world: World, params: Params) -> bool:
    """``deleteWebhook``."""
    _prepare_webhook(world, params)
    world.webhook = WebhookState()
    world.updates.webhook_active = False
    return True


def _prepare_webhook(world: World, params: Params) -> None:
    world.stop_webhook()
    world.updates.allow(params.structure("allowed_updates", "allowed updates"))
    if params.flag("drop_pending_updates"):
        world.updates.drop_all()


def get_webhook_info(world: World, params: Params) -> Json:
    """``getWebhookInfo``."""
    hook = world.webhook
    info: Json = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": len(world.updates)}
    if hook.url:
        info["max_connections"] = hook.max_connections
    if hook.last_error_date:
        info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message}
    if world.updates.allowed is not None:
        info["allowed_updates"] = world.updates.allowed
    return info


ACCOUNT: dict[str, Callable[[World, Params], Any]] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "setMyDescription": set_my_description,
    "setMyShortDescription": set_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "getFile": get_file,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
