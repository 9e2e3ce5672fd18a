"""References into words: once, in the person's language, gender and time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from html import escape, unescape
from zoneinfo import ZoneInfo

from bot.core.session import Gender, Profile
from bot.core.text import (
    Bare,
    Bullets,
    Clock,
    Code,
    Count,
    Day,
    Duration,
    InLanguage,
    Joined,
    Mail,
    Moment,
    Money,
    Msg,
    Name,
    Screen,
    Sounded,
    Url,
    Value,
)
from bot.language import numbers
from bot.language.bidi import isolate, set_off, strip_isolates
from bot.language.catalog import Catalogs, vocalised
from bot.language.forms import pick, pieces
from bot.language.pronounce import reading

__all__ = ["Renderer"]

NAME_LIMIT = 300
"""Characters of somebody's own words that are shown in one place."""
_TAG = re.compile(r"</?(?:b|i|code|blockquote|a)(?: [^>]*)?>")


@dataclass(frozen=True, slots=True)
class _Voice:
    """In what words something is put: the catalog, the language of figures, that of names, and whose they are."""

    catalog: str
    figures: str
    names: str
    gender: Gender
    zone: ZoneInfo
    now: datetime


def _voice(profile: Profile, now: datetime) -> _Voice:
    language = profile.language
    return _Voice(language, language, language, profile.gender, ZoneInfo(profile.timezone), now)


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders messages from the catalogs."""

    catalogs: Catalogs

    def screen(self, screen: Screen, profile: Profile, now: datetime) -> str:
        """A whole message as HTML: its paragraphs with an empty line between them."""
        return "\n\n".join(self.html(msg, profile, now) for msg in screen)

    def html(self, msg: Msg, profile: Profile, now: datetime) -> str:
        """A message as HTML with the marks ``b i code blockquote a``; every value is escaped and isolated."""
        return self._msg(msg, _voice(profile, now))

    def plain(self, msg: Msg, profile: Profile, now: datetime) -> str:
        """A message as plain text without marks and isolates: for buttons and for pasting."""
        if not msg.args and msg.plural is None:
            return _label(self, msg.id, profile.language, profile.gender)
        return strip_isolates(plain(self._msg(msg, _voice(profile, now))))

    def text(self, msg: Msg, profile: Profile, now: datetime) -> str:
        """A message as plain text with its isolates: for a page that is typeset."""
        return plain(self._msg(msg, _voice(profile, now)))

    def translate(self, msg: Msg, language: str) -> str:
        """A message in a language, as plain text for nobody in particular."""
        return self.plain(msg, Profile(language=language), datetime.fromtimestamp(0, ZoneInfo("UTC")))

    def _msg(self, msg: Msg, voice: _Voice) -> str:
        if msg.plural is not None:
            template = self.catalogs.plural(voice.catalog, msg.id, msg.plural, msg.count)
        else:
            template = self.catalogs.text(voice.catalog, msg.id)
        parts: list[str] = []
        for piece in pieces(template):
            parts.append(piece.literal)
            if piece.name is not None:
                value = msg.args.get(piece.name)
                parts.append(self._value(value, voice) if value is not None else "…")
            elif piece.forms:
                parts.append(pick(piece.forms, voice.gender))
        return "".join(parts)

    def _value(self, value: Value, voice: _Voice) -> str:
        language = voice.figures
        match value:
            case Msg():
                return self._msg(value, voice)
            case InLanguage(line, other):
                said = self._value(line, replace(voice, catalog=other, figures=other, names=other))
                return set_off(said, other, voice.names)
            case Sounded(line, other):
                said = self._value(line, replace(voice, catalog=vocalised(other), figures=other))
                return isolate(escape(reading(strip_isolates(plain(said)), voice.names), quote=False))
            case Name(text, whole, names):
                text = names.get(voice.names, text)
                shown = text if whole or len(text) <= NAME_LIMIT else text[:NAME_LIMIT] + "…"
                return isolate(escape(shown, quote=False))
            case Money(amount, currency):
                return isolate(numbers.money(amount, currency, language))
            case Day(on, dated):
                return numbers.day(on, language, 0 if dated else voice.now.year)
            case Moment(at):
                return isolate(numbers.moment(at.astimezone(voice.zone)), ltr=True)
            case Clock(at):
                return isolate(numbers.hour(at), ltr=True)
            case Duration(length):
                return numbers.duration(length, language)
            case Count(count):
                return numbers.number(count, language)
            case Code(text):
                return isolate(escape(text, quote=False), ltr=True)
            case Url(address, title):
                label = title or re.sub(r"^https?://(www\.)?", "", address)[:60]
                return f'<a href="{escape(address)}">{isolate(escape(label, quote=False))}</a>'
            case Bullets(lines):
                return "\n".join(f"• {self._value(line, voice)}" for line in lines)
            case Joined(joined, separator):
                return separator.join(self._value(part, voice) for part in joined)
            case Bare(bare):
                return strip_isolates(self._value(bare, voice))
            case Mail(address):
                return isolate(escape(address, quote=False), ltr=True)


@lru_cache(maxsize=8192)
def _label(renderer: Renderer, msgid: str, language: str, gender: Gender) -> str:
    """A text without values: each screen has a dozen of them, and they are always the same."""
    somebody = Profile(language=language, gender=gender)
    return strip_isolates(plain(renderer.html(Msg(msgid), somebody, datetime.fromtimestamp(0, UTC))))


def plain(html: str) -> str:
    """HTML of ours as plain text."""
    return unescape(_TAG.sub("", html))
