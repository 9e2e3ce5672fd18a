"""What must hold for every message, in every language and form of address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import get_args

from bot.core.effects import Button, Buttons, Edit, Say
from bot.core.session import Gender, Profile
from bot.core.text import Bare, Bullets, InLanguage, Joined, Msg, Screen, Sounded, Value
from bot.language.forms import pieces
from bot.language.render import Renderer

__all__ = ["BUTTON_BYTES", "MESSAGE_UNITS", "check_message", "english", "units"]

MESSAGE_UNITS = 4096
"""The most UTF-16 units of a message after its marks, by Telegram."""
BUTTON_BYTES = 64
"""The most bytes of a button's data, by Telegram."""
GENDERS: tuple[Gender, ...] = get_args(Gender)


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def english(renderer: Renderer, screen: Screen, profile: Profile, now: datetime) -> str:
    """A message in English, without marks and isolates: what a story expects parts of."""
    shown = replace(profile, language="en")
    return "\n\n".join(renderer.plain(msg, shown, now) for msg in screen)


def check_message(
    renderer: Renderer, effect: Say | Edit, profile: Profile, now: datetime, typed: str = ""
) -> Iterator[str]:
    """Whatever is wrong with a message, in any of the languages and forms of address.

    Args:
        renderer: puts it into words.
        effect: the message.
        profile: whom it is for; language and form of address are varied.
        now: the time.
        typed: everything the person ever typed; braces in it are theirs.
    """
    if not effect.screen:
        yield "a message without a paragraph"
    yield from _check_data(effect.buttons)
    messages = (*effect.screen, *_button_texts(effect.buttons))
    for language in renderer.catalogs.languages:
        for msg in messages:
            yield from _missing(renderer, msg, language)
        for gender in GENDERS:
            shown = replace(profile, language=language, gender=gender)
            html = renderer.screen(effect.screen, shown, now)
            plain = "\n\n".join(renderer.plain(msg, shown, now) for msg in effect.screen)
            yield from (f"{what} ({language}, {gender})" for what in _check_text(html, plain, typed))
            for button in _flat(effect.buttons):
                label = renderer.plain(button.label, shown, now)
                if not label.strip() or units(label) > 256 or (not typed and "{" in label):
                    yield f"the button says {label!r} ({language}, {gender})"
                if button.copy is not None and not renderer.plain(button.copy, shown, now).strip():
                    yield f"the button {label!r} copies nothing ({language}, {gender})"


def _check_text(html: str, plain: str, typed: str) -> Iterator[str]:
    if not plain.strip():
        yield "an empty message"
    if units(plain) > MESSAGE_UNITS:
        yield f"{units(plain)} characters, at most {MESSAGE_UNITS}: {plain[:60]!r}"
    for brace in "{}":
        if brace in plain and brace not in typed:
            yield f"a brace is left over: {plain[:200]!r}"
    if "\n\n\n" in plain and "\n\n\n" not in typed:
        yield f"an empty paragraph: {plain[:200]!r}"
    depth: list[str] = []
    for tag in _tags(html):
        if not tag.startswith("/"):
            depth.append(tag)
        elif not depth or depth.pop() != tag[1:]:
            yield f"marks are not closed in order: {html[:200]!r}"
            return
    if depth:
        yield f"marks are left open: {html[:200]!r}"


def _tags(html: str) -> Iterator[str]:
    for part in html.split("<")[1:]:
        yield part.split(">")[0].split(" ")[0]


def _check_data(buttons: Buttons) -> Iterator[str]:
    seen: set[str] = set()
    for button in _flat(buttons):
        kinds = [part is not None for part in (button.data, button.url, button.copy, button.mail)]
        if sum(kinds) != 1:
            yield f"a button does {sum(kinds)} things: {button}"
        if button.data is not None:
            if not 1 <= len(button.data.encode()) <= BUTTON_BYTES:
                yield f"a button's data has {len(button.data.encode())} bytes"
            if button.data in seen:
                yield f"two buttons carry {button.data!r}"
            seen.add(button.data)
    for row in buttons:
        if not 1 <= len(row) <= 8:
            yield f"a row of {len(row)} buttons"
    if sum(len(row) for row in buttons) > 100:
        yield "more than 100 buttons"


def _flat(buttons: Buttons) -> Iterator[Button]:
    for row in buttons:
        yield from row


def _button_texts(buttons: Buttons) -> Iterator[Msg]:
    for button in _flat(buttons):
        yield button.label
        if button.copy is not None:
            yield button.copy
        if button.mail is not None:
            yield from (button.mail.subject, button.mail.body)


def _missing(renderer: Renderer, value: Value, language: str) -> Iterator[str]:
    """Placeholders of a message, or of a message within it, that have no value."""
    if isinstance(value, Bullets | Joined):
        for part in value.lines if isinstance(value, Bullets) else value.parts:
            yield from _missing(renderer, part, language)
    if isinstance(value, Bare):
        yield from _missing(renderer, value.value, language)
    if isinstance(value, InLanguage | Sounded):
        yield from _missing(renderer, value.line, value.language)
    if not isinstance(value, Msg):
        return
    if value.plural is not None:
        template = renderer.catalogs.plural(language, value.id, value.plural, value.count)
    else:
        template = renderer.catalogs.text(language, value.id)
    for piece in pieces(template):
        if piece.name is not None and piece.name not in value.args:
            yield f"no value for '{piece.name}' in {template[:80]!r} ({language})"
    for given in value.args.values():
        yield from _missing(renderer, given, language)
