"""What happens to a conversation. Channels and the clock make events; only ``step`` decides what they mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["Asked", "Attachment", "Blocked", "Event", "Hello", "Said", "Sent", "Tapped", "TimerFired", "Unblocked"]


@dataclass(frozen=True, slots=True)
class Hello:
    """What a channel knows of a person before the first word."""

    language: str | None = None
    """IETF tag of the person's own program, for example ``he`` or ``en-GB``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    id: str
    """Unique over all channels: ``"{channel}:{update id}"``."""
    person: str
    at: datetime
    """When it happened, in UTC; the only clock that a step reads."""
    hello: Hello = field(default_factory=Hello)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(_Event):
    """The person typed something, a command included."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tapped(_Event):
    """The person tapped a button. ``data`` is what the button carried; anything may stand in it."""

    data: str
    callback: str | None = None
    """The channel's handle for acknowledging the tap."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or document. ``mime`` is what the sender's program says; ``size`` is in bytes, 0 when it is not known."""

    file: str
    """The name by which its channel gives the bytes back."""
    mime: str
    size: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent(_Event):
    """The person sent something that is not text: ``photo``, ``voice``, ``sticker``, ``location``…"""

    kind: str
    caption: str = ""
    """Without card numbers and codes; ``secret``: there were some."""
    secret: bool = False
    attachment: Attachment | None = None
    """Of a photo or a document."""
    album: str = ""
    """The same for all that was sent in one go: it gets one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired(_Event):
    """A timer came due. ``due`` is when it should have fired."""

    key: str
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked(_Event):
    """The person blocked the bot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unblocked(_Event):
    """The person let the bot in again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(_Event):
    """The person looks for a line from another chat (``@bot text``). It is answered beside the conversation."""

    query: str
    """The channel's handle for answering."""
    text: str


Event = Said | Tapped | Sent | TimerFired | Blocked | Unblocked | Asked
