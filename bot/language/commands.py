"""The commands with what they do, for the channels' own menus."""

from __future__ import annotations

from bot.core.model import Text
from bot.core.text import Msg
from bot.language.render import Renderer

__all__ = ["command_menu"]

_MENU = {
    "start": Text("The menu"),
    "call": Text("I'm on a call now"),
    "hold": Text("I'm waiting on the line"),
    "cases": Text("My cases"),
    "rights": Text("My rights"),
    "practice": Text("Practice a call with me"),
    "settings": Text("Language, address, reminders"),
    "help": Text("What I can do"),
    "stop": Text("No more reminders"),
    "export": Text("Everything kept on me"),
    "delete": Text("Delete everything"),
}


def command_menu(renderer: Renderer) -> dict[str, dict[str, str]]:
    """Language -> command -> its description."""
    return {
        language: {name: renderer.translate(Msg(text), language) for name, text in _MENU.items()}
        for language in renderer.catalogs.languages
    }
