"""Photos and documents: into which case they go, and what is said of it."""

from __future__ import annotations

from typing import Any

from bot.core.coaching.triage import case_title
from bot.core.effects import Discard
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
    """Write the files into the case's log, and say what was kept."""
    files = _files(talk)
    for file in files:
        talk.record("file", **file)
    if files:
        talk.notices.append(_kept(talk, files))
    if any(file.get("text") for file in files):
        talk.notices.append(Msg(_WITH_NOTE))
    talk.remember(files=None)


def _kept(talk: Talk, files: list[dict[str, Any]]) -> Msg:
    count = len(files)
    if not talk.the_case.begun:
        return Msg(_KEPT_NEW.one, {"n": Count(count)}, _KEPT_NEW.many, count)
    given: dict[str, Value] = {"title": case_title(talk, talk.the_case)}
    if count > 1:
        return Msg(_KEPT.one, {**given, "n": Count(count)}, _KEPT.many, count)
    name = str(files[0].get("name", ""))
    if files[0].get("type") == "photo":
        return Msg(_KEPT_PHOTO, given)
    return Msg(_KEPT_NAMED, {**given, "name": Name(name)}) if name else Msg(_KEPT_DOCUMENT, given)


@words.action
def discard_files(talk: Talk, _: Any) -> None:
    """Keep none of the files."""
    for file in _files(talk):
        talk.add(Discard(id=talk.next_id(), file=file["file"]))
    talk.remember(files=None)


@words.action
def story_from_note(talk: Talk, _: Any) -> None:
    """What was written under the file tells what the new case is about."""
    notes = [file["text"] for file in _files(talk) if file.get("text")]
    talk.remember(story=notes[0] if notes else None)
