"""The flow language: dialogs of nodes with a closed vocabulary.

Guards, actions, inputs and lists are named Python functions; there is no expression language.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from bot.core.model import Id, Model, Text

__all__ = ["Branch", "Call", "Choices", "Dialog", "Input", "Node", "Option", "Paragraph"]

Argument = str | int | bool | None


class Call(Model):
    """A named function with at most one argument: ``open_case`` or ``{set_goal: refund}``."""

    name: str
    argument: Argument = None
    negated: bool = False


def _call(value: Any) -> Any:
    if isinstance(value, str):
        negated = value.startswith("not ")
        return {"name": value.removeprefix("not "), "negated": negated}
    if isinstance(value, dict) and len(value) == 1 and "name" not in value:
        name, argument = next(iter(value.items()))
        return {"name": name.removeprefix("not "), "argument": argument, "negated": name.startswith("not ")}
    return value


def _many(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


Guard = Annotated[Call, BeforeValidator(_call)]
Action = Annotated[Call, BeforeValidator(_call)]
Actions = Annotated[tuple[Action, ...], BeforeValidator(_many)]
Guards = Annotated[tuple[Guard, ...], BeforeValidator(_many)]
"""All must hold."""


class Paragraph(Model):
    """A paragraph of a message.

    ``text`` are wordings, the most specific first: the first whose values are all known is used; when none is, the
    paragraph is left out. ``plural`` and ``count`` (a value's name) make it a gettext plural.
    """

    text: Annotated[tuple[Text, ...], BeforeValidator(_many), Field(min_length=1)]
    plural: Text | None = None
    count: str | None = None
    when: Guards = ()


def _paragraph(value: Any) -> Any:
    return value if isinstance(value, dict | Paragraph) else {"text": value}


def _paragraphs(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_paragraph(v) for v in value]
    return [_paragraph(value)]


Paragraphs = Annotated[tuple[Paragraph, ...], BeforeValidator(_paragraphs), Field(min_length=1)]


class Branch(Model):
    """Where to go, if the guards hold."""

    to: Id
    when: Guards = ()


def _branches(value: Any) -> Any:
    return [{"to": v} if isinstance(v, str) else v for v in _many(value)]


Next = Annotated[tuple[Branch, ...], BeforeValidator(_branches), Field(min_length=1)]
"""The first branch whose guards hold; the last has none."""


class Option(Model):
    """A button. Without ``next`` the same node is shown again."""

    label: Text
    when: Guards = ()
    do: Actions = ()
    next: Next | None = None
    copies: str | None = Field(default=None, alias="copy")
    """The name of a value that the button puts on the clipboard, in place of going anywhere."""
    opens: str | None = Field(default=None, alias="open")
    """The name of a value, a link or a prepared e-mail, that the button opens, in place of going anywhere."""
    row: bool = False
    """Stands beside the option before it."""


class Choices(Model):
    """Buttons from a list that a registered function makes; what was chosen is the actions' value."""

    of: str
    do: Actions = ()
    next: Next | None = None
    columns: int = Field(default=1, ge=1, le=3)
    page: int = Field(default=8, ge=2, le=90)


class Input(Model):
    """What free text means here: a registered reader turns it into the actions' value, or does not understand it."""

    read: str
    do: Actions = ()
    next: Next | None = None
    retry: Text | None = None
    """What is said when it was not understood."""


class Node(Model):
    """A place in a dialog.

    ``say`` sends and goes on, ``ask`` sends and waits, ``call`` runs another dialog and comes back, ``end`` returns.
    ``do`` comes first. With ``live`` the message is one that is edited in place; the value names it.
    """

    do: Actions = ()
    say: Paragraphs | None = None
    ask: Paragraphs | None = None
    live: Id | None = None
    options: tuple[Option, ...] = ()
    choices: Choices | None = None
    input: Input | None = None
    call: Id | None = None
    give: Annotated[tuple[str, ...], BeforeValidator(_many)] = ()
    """What the called dialog begins with, of what this one has gathered."""
    next: Next | None = None
    end: bool = False

    @model_validator(mode="after")
    def _one_way_on(self) -> Node:
        waits = self.ask is not None
        if waits and not (self.options or self.choices or self.input):
            raise ValueError("a node that asks needs options, choices or an input")
        if not waits and (self.options or self.choices or self.input):
            raise ValueError("options, choices and input need an 'ask'")
        if waits and (self.say or self.call or self.end or self.next):
            raise ValueError("a node that asks goes on through its options; it has no say, call, next or end")
        if not waits and self.end == (self.next is not None):
            raise ValueError("a node that does not ask has either 'next' or 'end: true'")
        return self


class Dialog(Model):
    """A conversation about one thing. ``resume_at`` is where a person lands whose node is gone."""

    id: Id = Field(alias="dialog")
    start: Id
    resume_at: Id | None = None
    open_case: bool = False
    """It takes a case forward: once its case is closed, nobody comes back to it."""
    moved: dict[str, Id] = Field(default_factory=dict)
    """Nodes that were released and are gone -> where a person who stood there goes on."""
    nodes: dict[Id, Node] = Field(min_length=1)
