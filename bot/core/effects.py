"""What a step wants done. Effects are values; the runtime carries them out after the step.

Each has a derived id ``"{event id}:{n}"``, so that a repeated turn inserts nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.core.case import Entry
from bot.core.text import Mail, Msg, Screen

__all__ = [
    "Ack",
    "Answer",
    "Attach",
    "Button",
    "Cancel",
    "Delete",
    "Discard",
    "Edit",
    "Effect",
    "Forget",
    "Record",
    "Say",
    "Schedule",
    "Suggestion",
]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it carries ``data`` back, opens ``url`` or a prepared ``mail``, or copies ``copy``."""

    label: Msg
    data: str | None = None
    url: str | None = None
    copy: Msg | None = None
    mail: Mail | None = None


Buttons = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Send a message. ``expires``: not worth sending later than this (nudges)."""

    id: str
    screen: Screen
    buttons: Buttons = ()
    expires: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Change the message that the effect ``message`` sent."""

    id: str
    message: str
    screen: Screen
    buttons: Buttons = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """Take away the message that the effect ``message`` sent."""

    id: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """Tell the channel that a tap was received; ``text`` is shown for a moment. Never kept: it is stale at once."""

    id: str
    callback: str
    text: Msg | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line that is offered in another chat: ``title`` and ``note`` are shown in the list, ``text`` is posted.

    Without a note, the list shows the text.
    """

    title: Msg
    text: Msg
    note: Msg | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Answer an inline query. Never kept: it is stale at once. ``invitation``: a button that opens the chat with us."""

    id: str
    query: str
    suggestions: tuple[Suggestion, ...]
    invitation: Msg | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attach:
    """Make a document and send it. ``kind`` names it (``export``); ``args`` are its facts.

    A `Msg` among them, or in a tuple among them, is put into words with the turn.
    """

    id: str
    kind: str
    args: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Write an entry into the case log."""

    id: str
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Set the person's timer ``key``; an earlier one of that name is replaced."""

    id: str
    key: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """Take back the person's timer ``key``, if it is set."""

    id: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discard:
    """Drop a file that the person sent and does not want kept."""

    id: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """Delete everything that is kept on the person."""

    id: str


Effect = Say | Edit | Delete | Ack | Answer | Attach | Record | Schedule | Cancel | Discard | Forget
