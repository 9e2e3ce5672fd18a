"""The closed vocabulary of the flow language: named functions that dialogs may use.

Each module of ``bot.core.coaching`` collects its own words; ``bot.core.vocabulary`` joins them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from bot.core.text import Msg, Value

if TYPE_CHECKING:
    from bot.core.talk import Talk

__all__ = ["Item", "Words"]

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list to choose from."""

    value: str
    label: Msg


@dataclass(slots=True)
class Words:
    """Functions by name. A function's name is its word, without a trailing underscore."""

    guards: dict[str, Callable[[Talk, Any], bool]] = field(default_factory=dict)
    """(talk, argument) -> does it hold?"""
    actions: dict[str, Callable[[Talk, Any], None]] = field(default_factory=dict)
    """(talk, argument or what was chosen or read) -> None; may change the talk."""
    values: dict[str, Callable[[Talk], Value | None]] = field(default_factory=dict)
    """talk -> what a placeholder stands for; None when it is not known."""
    readers: dict[str, Callable[[Talk, str], Any]] = field(default_factory=dict)
    """(talk, text) -> what it means here; None when it was not understood."""
    lists: dict[str, Callable[[Talk], Sequence[Item]]] = field(default_factory=dict)
    """talk -> the choices, in order."""
    timers: dict[str, Callable[[Talk], None]] = field(default_factory=dict)
    """What happens when the timer of that name is due."""

    def guard(self, function: F) -> F:
        """Add a guard."""
        return _add(self.guards, function)

    def action(self, function: F) -> F:
        """Add an action."""
        return _add(self.actions, function)

    def value(self, function: F) -> F:
        """Add a value."""
        return _add(self.values, function)

    def spoken(self, function: F) -> F:
        """Add a value that is said aloud on the phone, and what is shown of it, each with an ending of its own.

        ``_aloud`` is the line in the language of the call; ``_below`` what helps with it where that is not the
        language of the screen: what it means, or how it sounds.
        """
        name = function.__name__

        def aloud(talk: Talk) -> Value | None:
            line = function(talk)
            return talk.aloud(line) if line is not None else None

        def below(talk: Talk) -> Value | None:
            line = function(talk)
            return talk.below(line) if line is not None else None

        _put(self.values, f"{name}_aloud", aloud)
        _put(self.values, f"{name}_below", below)
        return _add(self.values, function)

    def reader(self, function: F) -> F:
        """Add a reader of free text."""
        return _add(self.readers, function)

    def list_(self, function: F) -> F:
        """Add a list of choices."""
        return _add(self.lists, function)

    def timer(self, key: str) -> Callable[[F], F]:
        """Add what the timers of a key do."""

        def add(function: F) -> F:
            _put(self.timers, key, function)
            return function

        return add

    @classmethod
    def joined(cls, *parts: Words) -> Words:
        """All words of the parts.

        Raises:
            ValueError: two parts use one word.
        """
        whole = cls()
        for part in parts:
            for table in ("guards", "actions", "values", "readers", "lists", "timers"):
                for name, function in getattr(part, table).items():
                    _put(getattr(whole, table), name, function)
        return whole


def _add(table: dict[str, Any], function: F) -> F:
    _put(table, function.__name__.rstrip("_"), function)
    return function


def _put(table: dict[str, Any], name: str, function: Any) -> None:
    if name in table:
        raise ValueError(f"the word '{name}' is taken")
    table[name] = function
