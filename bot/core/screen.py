"""What stands on a screen: the paragraphs and the buttons of a node that hold now, and what a tap on one carries."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache

from bot.core.dialog import Call, Node, Option, Paragraph
from bot.core.effects import Button, Buttons
from bot.core.session import Choice
from bot.core.talk import Talk
from bot.core.text import Mail, Msg, Screen, Url
from bot.core.words import Item

__all__ = ["Row", "all_hold", "build_screen", "numbered", "option_key", "rows", "tapped"]


def all_hold(talk: Talk, guards: Sequence[Call]) -> bool:
    """Whether all of the guards hold now; most things have none."""
    known = talk.words.guards
    return not guards or all(known[guard.name](talk, guard.argument) != guard.negated for guard in guards)


def build_screen(talk: Talk, paragraphs: Sequence[Paragraph]) -> Screen:
    """The paragraphs that hold, with their values; those with a missing value are left out."""
    built: list[Msg] = []
    for paragraph in paragraphs:
        if not all_hold(talk, paragraph.when):
            continue
        if paragraph.plural is not None and paragraph.count is not None:
            count = getattr(talk.value(paragraph.count), "number", 0)
            msg = talk.msg(paragraph.text[0])
            built.append(Msg(msg.id, {**talk.msg(paragraph.plural).args, **msg.args}, paragraph.plural, count))
            continue
        complete = talk.first_complete(paragraph.text)
        if complete is not None:
            built.append(complete)
    return tuple(built)


Row = list[tuple[Button, Choice | None]]
"""A row of buttons, each with what a tap on it chooses; None: it opens or copies something."""


def rows(talk: Talk, node: Node, page: int) -> list[Row]:
    """A node's buttons as they are laid out: its list first, then its options."""
    laid_out: list[Row] = []
    if node.choices is not None:
        items = list(talk.words.lists[node.choices.of](talk))
        laid_out.extend(_listed(talk, items, node.choices.columns, node.choices.page, page))
    for option in node.options:
        if not all_hold(talk, option.when):
            continue
        button: tuple[Button, Choice | None]
        if option.copies is not None:
            value = talk.value(option.copies)
            if value is None:
                continue
            text = value if isinstance(value, Msg) else Msg("{it}", {"it": value})
            button = (Button(talk.msg(option.label), copy=text), None)
        elif option.opens is not None:
            opened = talk.value(option.opens)
            if isinstance(opened, Mail):
                button = (Button(talk.msg(option.label), mail=opened), None)
            elif isinstance(opened, Url):
                button = (Button(talk.msg(option.label), url=opened.address), None)
            else:
                continue
        else:
            button = (Button(talk.msg(option.label)), Choice("o", option_key(option)))
        if option.row and laid_out:
            laid_out[-1].append(button)
        else:
            laid_out.append([button])
    return laid_out


def _listed(talk: Talk, items: Sequence[Item], columns: int, size: int, page: int) -> list[Row]:
    pages = max(1, -(-len(items) // size))
    page = min(max(page, 0), pages - 1)
    shown = items[page * size : (page + 1) * size]
    buttons: Row = [(Button(item.label), Choice("v", item.value)) for item in shown]
    laid_out = [buttons[i : i + columns] for i in range(0, len(buttons), columns)]
    turn: Row = []
    if page > 0:
        turn.append((Button(talk.msg("Back")), Choice("p", str(page - 1))))
    if page < pages - 1:
        turn.append((Button(talk.msg("More")), Choice("p", str(page + 1))))
    if turn:
        laid_out.append(turn)
    return laid_out


def numbered(laid_out: list[Row], prompt: int) -> Buttons:
    """Give each button that can be tapped its data: format, prompt and index; at most 24 bytes."""
    numbered: list[tuple[Button, ...]] = []
    index = 0
    for row in laid_out:
        cells: list[Button] = []
        for button, choice in row:
            cells.append(button if choice is None else Button(button.label, data=f"1.{prompt}.{index}"))
            index += choice is not None
        numbered.append(tuple(cells))
    return tuple(numbered)


def tapped(data: str) -> tuple[int, int]:
    """Prompt and index of a button's data; (0, -1) for anything we did not make."""
    parts = data.split(".")
    if len(parts) == 3 and parts[0] == "1" and all(p.isascii() and p.isdigit() and len(p) < 10 for p in parts[1:]):
        return int(parts[1]), int(parts[2])
    return 0, -1


@lru_cache(maxsize=1024)
def _key(label: str) -> str:
    return f"{zlib.crc32(label.encode()):08x}"


def option_key(option: Option) -> str:
    """A name for an option that survives reordering: the checksum of its label."""
    return _key(str(option.label))
