"""The person: language, form of address, hour of the nudge, their data."""

from __future__ import annotations

from datetime import time
from typing import Any

from bot.core.effects import Attach, Forget
from bot.core.model import Text
from bot.core.session import Session
from bot.core.talk import SOUNDED, Talk
from bot.core.text import Clock, Msg, Name, Value
from bot.core.words import Item, Words

words = Words()

LANGUAGE_NAMES = {"he": "עברית", "en": "English", "ar": "العربية", "ru": "Русский"}
GENDERS = {"m": Text("as to a man"), "f": Text("as to a woman"), "n": Text("neutrally")}
HOURS = tuple(range(7, 23))
ZONES = {
    "Asia/Jerusalem": Text("Israel"),
    "Europe/London": Text("London"),
    "Europe/Paris": Text("Paris, Berlin"),
    "Europe/Athens": Text("Athens, Cyprus"),
    "Europe/Kyiv": Text("Kyiv"),
    "Europe/Moscow": Text("Moscow"),
    "Asia/Tbilisi": Text("Tbilisi"),
    "Asia/Dubai": Text("Dubai"),
    "Asia/Kolkata": Text("India"),
    "Asia/Bangkok": Text("Thailand"),
    "Asia/Tokyo": Text("Japan"),
    "Australia/Sydney": Text("Sydney"),
    "America/New_York": Text("New York"),
    "America/Chicago": Text("Chicago"),
    "America/Denver": Text("Denver"),
    "America/Los_Angeles": Text("Los Angeles"),
    "America/Anchorage": Text("Anchorage"),
    "Pacific/Honolulu": Text("Honolulu"),
    "America/Argentina/Buenos_Aires": Text("Buenos Aires"),
}
"""Time zones of the places to which Israelis travel and move most, by the name of a place."""


@words.guard
def interrupted(talk: Talk, _: Any) -> bool:
    """Something was in progress when this dialog was opened."""
    return talk.frame.command and len(talk.session.stack) > 2


@words.guard
def has(talk: Talk, name: str) -> bool:
    """The dialog in progress has gathered this."""
    return bool(talk.vars.get(name))


@words.action
def set_gender(talk: Talk, gender: str) -> None:
    """Set how the person is addressed and speaks: ``m``, ``f`` or ``n``."""
    talk.set_profile(gender=gender)


@words.action
def set_language(talk: Talk, language: str) -> None:
    """Set the language of the screen."""
    if language in talk.book.languages:
        talk.set_profile(language=language)


@words.action
def set_call_language(talk: Talk, language: str) -> None:
    """Set the language the person speaks on the phone."""
    if language in talk.book.languages:
        talk.set_profile(call_language=language)


@words.guard
def can_sound(talk: Talk, line: str) -> bool:
    """This line is in another language than the screen, and can be shown as it sounds."""
    return talk.speaks_another and talk.call_language in SOUNDED and talk.value(line) is not None


@words.guard
def sounding(talk: Talk, line: str | None) -> bool:
    """This line, or any that there is, is shown as it sounds, in place of what it means."""
    return talk.sounding and (line is None or talk.value(line) is not None)


@words.action
def sound(talk: Talk, shown: bool) -> None:
    """Show how lines sound, or again what they mean; it holds for what is opened from here."""
    talk.remember(sounding=shown)


@words.reader
def hour(talk: Talk, text: str) -> int | None:
    """One of the hours that a nudge may come at."""
    named = talk.book.understanding.hour(text, talk.profile.language)
    return named if named in HOURS else None


@words.action
def set_nudge_hour(talk: Talk, hour: Any) -> None:
    """Set the hour of the daily nudge, 0 to 23."""
    talk.set_profile(nudge_hour=int(hour))


@words.action
def set_zone(talk: Talk, name: str) -> None:
    """Set the person's time zone, an IANA name."""
    if name in ZONES:
        talk.set_profile(timezone=name)


@words.action
def flag(talk: Talk, name: str) -> None:
    """Note something that a called dialog should know."""
    talk.remember(**{name: True})


@words.action
def set_shabbat(talk: Talk, keeps: bool) -> None:
    """Set whether nudges rest on Shabbat and festivals."""
    talk.set_profile(keeps_shabbat=keeps)


@words.guard
def keeps_shabbat(talk: Talk, _: Any) -> bool:
    """Nudges rest on Shabbat and festivals."""
    return talk.profile.keeps_shabbat


@words.action
def forget(talk: Talk, name: str) -> None:
    """Drop something the dialog in progress has gathered."""
    talk.remember(**{name: None})


@words.action
def keep(talk: Talk, text: Any) -> None:
    """Keep what was typed as the story to begin with, after what was told before."""
    told = talk.vars.get("story")
    talk.remember(story=f"{told} / {text}" if told else text)


@words.action
def export_data(talk: Talk, _: Any) -> None:
    """Send the person one file with everything that is kept on them."""
    talk.add(Attach(id=talk.next_id(), kind="export"))


@words.action
def forget_everything(talk: Talk, _: Any) -> None:
    """Delete everything that is kept on the person, and begin as strangers."""
    talk.add(Forget(id=talk.next_id()))
    talk.session = Session(talk.session.person, profile=talk.profile, stack=talk.session.stack)


@words.reader
def any_text(talk: Talk, text: str) -> str | None:
    """Anything written, up to 500 characters."""
    return text[:500] if any(c.isalnum() for c in text) else None


@words.list_
def languages(talk: Talk) -> list[Item]:
    """The languages the coach speaks, each in its own name."""
    return [Item(code, Msg("{it}", {"it": Name(LANGUAGE_NAMES.get(code, code))})) for code in talk.book.languages]


@words.list_
def hours(talk: Talk) -> list[Item]:
    """The hours a nudge may come at."""
    return [Item(str(hour), Msg("{it}", {"it": Clock(time(hour))})) for hour in HOURS]


@words.list_
def zones(talk: Talk) -> list[Item]:
    """The time zones, by their places."""
    return [Item(name, talk.msg(place)) for name, place in ZONES.items()]


@words.value
def zone_name(talk: Talk) -> Value:
    """The place of the person's time zone."""
    place = ZONES.get(talk.profile.timezone)
    return talk.msg(place) if place is not None else Name(talk.profile.timezone)


@words.value
def zone_time(talk: Talk) -> Value:
    """What their clock shows now."""
    return Clock(talk.local_now.time().replace(second=0, microsecond=0))


@words.value
def language_name(talk: Talk) -> Value:
    """The language of the screen, in its own name."""
    return Name(LANGUAGE_NAMES.get(talk.profile.language, talk.profile.language))


@words.value
def call_language_name(talk: Talk) -> Value:
    """The language of calls, in its own name."""
    return Name(LANGUAGE_NAMES.get(talk.call_language, talk.call_language))


@words.value
def address(talk: Talk) -> Value:
    """How the person is addressed."""
    return talk.msg(GENDERS[talk.profile.gender])


@words.value
def nudge_hour(talk: Talk) -> Value:
    """The hour of the daily nudge."""
    return Clock(time(talk.profile.nudge_hour))
