"""Photos and documents: into which case they go, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core.coaching.triage import case_title
from bot.core.effects import Discard
from bot.core.events import Sent
from bot.core.model import Plural, Text
from bot.core.talk import Talk
from bot.core.text import Count, Msg, Name, Value
from bot.core.words import Words

words = Words()

ABOUT_A_CASE = frozenset(
    {"call", "call_sheet", "case_rights", "close", "escalate", "follow_up", "hold", "letters", "log", "offer", "triage"}
)
"""Dialogs in which the talk is about one case, so that what is sent there belongs to it."""

_KEPT_PHOTO = Text("📎 The photo is kept in your case: {title}.")
_KEPT_DOCUMENT = Text("📎 The document is kept in your case: {title}.")
_KEPT_NAMED = Text("📎 The document {name} is kept in your case: {title}.")
_KEPT = Plural("📎 {n} file is kept in your case: {title}.", "📎 {n} files are kept in your case: {title}.")
_KEPT_PHOTOS = Plural("📎 {n} photo is kept in your case: {title}.", "📎 {n} photos are kept in your case: {title}.")
_KEPT_NEW_PHOTOS = Plural("📎 {n} photo is kept in a new case.", "📎 {n} photos are kept in a new case.")
_KEPT_NEW = Plural("📎 {n} file is kept in a new case.", "📎 {n} files are kept in a new case.")
_WITH_NOTE = Text("Your note stands beside it.")


def _files(talk: Talk) -> list[dict[str, Any]]:
    return list(talk.vars.get("files", ()))


@words.guard
def about_a_case(talk: Talk, _: Any) -> bool:
    """What was in progress when the file came is about one case."""
    if talk.case is None or len(talk.session.stack) < 2:
        return False
    before = talk.session.stack[-2]
    return before.dialog in ABOUT_A_CASE or (before.dialog == "cases" and before.node in ("card", "note"))


@words.action
def keep_files(talk: Talk, _: Any) -> None:
    """Write the files into the case's log, and say what was kept, with what came before of the same album."""
    files = _files(talk)
    for file in files:
        talk.record("file", **file)
    _count(talk, files)
    if files:
        _say(talk, files)
    talk.remember(files=None)


@words.action
def say_kept(talk: Talk, _: Any) -> None:
    """Say again what was kept of the album."""
    _say(talk, [])


def _count(talk: Talk, files: list[dict[str, Any]]) -> None:
    """Count what is kept of the last album: files of it, and those for which a case was chosen just now."""
    album = talk.session.album
    settled = album is not None and (album.case is not None or isinstance(talk.event, Sent))
    if album is None or not files or (settled and not _in_album(talk)):
        return
    kept = replace(
        album,
        kept=album.kept + len(files),
        photos=album.photos and all(file.get("type") == "photo" for file in files),
        noted=album.noted or any(file.get("text") for file in files),
        new=album.new or not talk.the_case.begun,
        case=talk.the_case.id,
    )
    talk.session = replace(talk.session, album=kept)


def _in_album(talk: Talk) -> bool:
    """What came now is of the last album."""
    album = talk.session.album
    return album is not None and isinstance(talk.event, Sent) and talk.event.album == album.id


def _say(talk: Talk, files: list[dict[str, Any]]) -> None:
    album = talk.session.album if _in_album(talk) else None
    count = album.kept if album is not None else len(files)
    if not count:
        return
    photos = album.photos if album is not None else all(file.get("type") == "photo" for file in files)
    new = album.new if album is not None else not talk.the_case.begun
    talk.notices.append(_kept(talk, files, count, photos=photos, new=new))
    if album.noted if album is not None else any(file.get("text") for file in files):
        talk.notices.append(Msg(_WITH_NOTE))


def _kept(talk: Talk, files: list[dict[str, Any]], count: int, *, photos: bool, new: bool) -> Msg:
    if new:
        one, many = _KEPT_NEW_PHOTOS if photos else _KEPT_NEW
        return Msg(one, {"n": Count(count)}, many, count)
    given: dict[str, Value] = {"title": case_title(talk, talk.the_case)}
    if count > 1 or not files:
        one, many = _KEPT_PHOTOS if photos else _KEPT
        return Msg(one, {**given, "n": Count(count)}, many, count)
    name = str(files[0].get("name", ""))
    if photos:
        return Msg(_KEPT_PHOTO, given)
    return Msg(_KEPT_NAMED, {**given, "name": Name(name)}) if name else Msg(_KEPT_DOCUMENT, given)


@words.action
def discard_files(talk: Talk, _: Any) -> None:
    """Keep none of the files."""
    for file in _files(talk):
        talk.add(Discard(id=talk.next_id(), file=file["file"]))
    talk.remember(files=None)
    album = talk.session.album
    if album is not None and album.case is None:
        talk.session = replace(talk.session, album=replace(album, dropped=True))


@words.action
def story_from_note(talk: Talk, _: Any) -> None:
    """What was written under the file tells what the new case is about."""
    notes = [file["text"] for file in _files(talk) if file.get("text")]
    talk.remember(story=notes[0] if notes else None)
