"""Building blocks that every authored model shares."""

from __future__ import annotations

import re
import string
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Date", "Id", "Line", "Model", "Plural", "Text", "Variants"]


class Text(str):
    """A sentence people read: an English gettext msgid, found by the extractor through this type.

    It may hold ``{placeholders}`` (names from the closed vocabulary of values) and the inline marks
    ``<b> <i> <code> <blockquote>``.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> object:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(
            _sound,
            core_schema.str_schema(min_length=1, strip_whitespace=True),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )


class Line(Text):
    """A sentence in code that a person says aloud, in the language of the call; its length and tone are checked."""

    __slots__ = ()


_TAG = re.compile(r"<(/?)([a-z]*)[^<>]*>")
_MARKS = frozenset({"b", "i", "code", "blockquote"})


def _sound(text: str) -> Text:
    """A text whose braces hold plain names and whose marks are closed in order; anything else is a mistake."""
    for _, name, spec, conversion in string.Formatter().parse(text) if "{" in text or "}" in text else ():
        if name is not None and (not name.isidentifier() or spec or conversion):
            raise ValueError(f"only plain names may stand in braces, not '{{{name}}}'")
    open_marks: list[str] = []
    for closing, mark in _TAG.findall(text) if "<" in text else ():
        if mark not in _MARKS:
            raise ValueError(f"no mark <{mark}>: only {', '.join(sorted(_MARKS))}")
        if not closing:
            open_marks.append(mark)
        elif not open_marks or open_marks.pop() != mark:
            raise ValueError(f"</{mark}> closes what is not open")
    if open_marks:
        raise ValueError(f"<{open_marks[-1]}> is not closed")
    return Text(text)


class Plural(NamedTuple):
    """The English forms of a counted message, for one and for many; the extractor finds them through this type."""

    one: str
    many: str


Id = Annotated[str, Field(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=60)]
"""A stable name: lower case, digits, ``_`` or ``-`` between words."""

Date = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""A calendar date as far as it is known: ``2026``, ``2026-09`` or ``2026-09-30``."""

Variants = Annotated[tuple[Text, ...], Field(min_length=1)]
"""Wordings of one line, the most specific first; the first whose placeholders are all known is used.

The last one has no placeholder, so there is always something to say.
"""


class Model(BaseModel):
    """An authored, immutable record; unknown keys are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)  # a compiled book needs no validators
