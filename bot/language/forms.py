"""Gendered translations: ``{me:מבקש|מבקשת|אבקש}`` and ``{you:נסה|נסי|כדאי לנסות}``.

``me`` is the speaker of a line, ``you`` the person the coach talks to; both are the same person here. Forms are
masculine, feminine and, third, for those who did not say.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import lru_cache

from bot.core.session import Gender

__all__ = ["FORMS", "Piece", "pick", "pieces"]

FORMS = frozenset({"me", "you"})
_INDEX: dict[Gender, int] = {"m": 0, "f": 1, "n": 2}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a template: literal text, then a placeholder (``name``) or gendered forms (``forms``), or nothing."""

    literal: str
    name: str | None = None
    forms: tuple[str, ...] = ()


@lru_cache(maxsize=16384)
def pieces(template: str) -> tuple[Piece, ...]:
    """A translated text, taken apart.

    Raises:
        ValueError: it has something other than plain names and forms in its braces.
    """
    found: list[Piece] = []
    for literal, name, spec, conversion in string.Formatter().parse(template):
        if name is None:
            found.append(Piece(literal))
        elif name in FORMS and spec:
            if "{" in spec:
                raise ValueError(f"a form may not hold a placeholder: {template!r}")
            found.append(Piece(literal, forms=tuple(spec.split("|"))))
        elif name.isidentifier() and not spec and not conversion:
            found.append(Piece(literal, name=name))
        else:
            raise ValueError(f"only plain names may stand in braces: {template!r}")
    return tuple(found)


def pick(forms: tuple[str, ...], gender: Gender) -> str:
    """The form for a gender; without a third form, those who did not say get the first."""
    index = _INDEX[gender]
    return forms[index] if index < len(forms) else forms[0]
