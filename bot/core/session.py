"""Where a person stands in the conversation. Frozen; stored as JSON between turns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from pydantic import TypeAdapter

from bot.core.case import Case

__all__ = [
    "Album",
    "Aside",
    "Choice",
    "Frame",
    "Gender",
    "Live",
    "Nudging",
    "Profile",
    "Prompt",
    "Session",
    "dump",
    "load",
]

Gender = Literal["m", "f", "n"]
"""How a person is addressed and speaks: masculine, feminine, or they did not say."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the coach talks to."""

    language: str = "he"
    call_language: str = ""
    """The language of calls, when the person chose one; otherwise that of the country."""
    gender: Gender = "n"
    country: str = "il"
    """Whose companies, rules and offices the coach works with."""
    country_told: bool = False
    """The person said which country it is."""
    timezone: str = "Asia/Jerusalem"
    nudge_hour: int = 10
    keeps_shabbat: bool = True
    """No nudges from candle lighting to nightfall, on Shabbat and festivals."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A dialog in progress: its current node and what it has gathered."""

    dialog: str
    node: str
    vars: dict[str, Any] = field(default_factory=dict)
    command: bool = False
    """It was opened by a command, in the middle of something else."""
    case: str | None = None
    """With ``command``: the case the talk was about before, and is again after it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a prompt: the node's option number ``o``, a value ``v`` from its list, or a page ``p`` of it."""

    kind: Literal["o", "v", "p"]
    value: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """The question that waits for an answer."""

    number: int
    message: str
    """The effect that sent it."""
    choices: tuple[Choice, ...] = ()
    asked: datetime | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Aside:
    """A question asked beside the conversation (a nudge); answering it opens its frame."""

    prompt: Prompt
    frame: Frame


@dataclass(frozen=True, slots=True)
class Live:
    """A message that is edited in place: the call screen, the hold timer."""

    slot: str
    message: str
    buried: bool = False
    """Something else was sent after it, so an edit would not be seen."""


@dataclass(frozen=True, slots=True)
class Album:
    """Several photos or documents that were sent in one go, and what became of those that came so far."""

    id: str
    message: str = ""
    """The effect that answers it."""
    kept: int = 0
    photos: bool = True
    """All that was kept are photos."""
    noted: bool = False
    """A note stood under one of them."""
    case: str | None = None
    """Where they are kept; None while that is not known."""
    new: bool = False
    """The case was opened for them."""
    refused: Literal["", "kind", "large"] = ""
    """It was said why something in it is not kept."""
    secret: bool = False
    """It was said that a card number or a code stood under one of them."""
    dropped: bool = False
    """None of it is kept."""


@dataclass(frozen=True, slots=True)
class Nudging:
    """The state of the daily nudge."""

    at: datetime | None = None
    """When the next one is set for."""
    ignored: int = 0
    """How many in a row were not answered."""
    not_before: date | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that a step needs to know of a person."""

    person: str
    profile: Profile = Profile()
    stack: tuple[Frame, ...] = ()
    prompt: Prompt | None = None
    asides: tuple[Aside, ...] = ()
    live: Live | None = None
    prompts: int = 0
    """How many prompts were asked so far: the number of the last one."""
    cases: tuple[Case, ...] = ()
    case: str | None = None
    """The case the talk is about."""
    nudging: Nudging = Nudging()
    album: Album | None = None
    """The last one that was sent."""
    seen: datetime | None = None
    idle_asked: datetime | None = None
    """When they were asked whether to keep what is kept on them, having been away for very long."""
    asleep: bool = False
    """The person blocked the bot: nothing is sent until they come back."""


_SESSION = TypeAdapter(Session)


def dump(session: Session) -> bytes:
    """A session's stored form (JSON)."""
    return _SESSION.dump_json(session, exclude_defaults=True)


def load(stored: bytes | str) -> Session:
    """The session of a stored form.

    Raises:
        pydantic.ValidationError: it is not a session.
    """
    return _SESSION.validate_json(stored)
