"""Keeping numbers, codes and foreign names from disturbing the order of the words around them (UAX #9)."""

from __future__ import annotations

__all__ = ["FSI", "PDI", "RTL", "isolate", "set_off", "strip_isolates"]

FSI, PDI = "\u2068", "\u2069"
_LRI = "\u2066"
_MARKS = {False: "\u200e", True: "\u200f"}
RTL = frozenset({"he", "ar"})
"""Languages that are written from right to left."""


def isolate(text: str, *, ltr: bool = False) -> str:
    """Wrap a text in an isolate: by its first strong letter, or left-to-right for codes and numbers."""
    return f"{_LRI if ltr else FSI}{text}{PDI}"


def set_off(text: str, language: str, screen: str) -> str:
    """A line of one language on the screen of another, in an isolate; where the languages run in different
    directions, a mark before it turns the paragraph that it begins.
    """
    mark = _MARKS[language in RTL] if (language in RTL) != (screen in RTL) else ""
    return f"{mark}{isolate(text)}"


def strip_isolates(text: str) -> str:
    """A text without isolates, for places that show a single run (buttons) or are pasted elsewhere."""
    for mark in _MARKS.values():
        text = text.replace(f"{mark}{FSI}", "")
    return text.translate(_NOTHING)


_NOTHING = dict.fromkeys(map(ord, (FSI, PDI, _LRI, "\u2067")))
