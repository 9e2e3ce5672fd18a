"""Keeping numbers, codes and foreign names from disturbing the order of the words around them (UAX #9)."""

from __future__ import annotations

__all__ = ["FSI", "PDI", "RTL", "isolate", "strip_isolates"]

FSI, PDI = "\u2068", "\u2069"
_LRI = "\u2066"
RTL = frozenset({"he", "ar"})
"""Languages that are written from right to left."""


def isolate(text: str, *, ltr: bool = False) -> str:
    """Wrap a text in an isolate: by its first strong letter, or left-to-right for codes and numbers."""
    return f"{_LRI if ltr else FSI}{text}{PDI}"


def strip_isolates(text: str) -> str:
    """A text without isolates, for places that show a single run (buttons) or are pasted elsewhere."""
    return text.translate(_NOTHING)


_NOTHING = dict.fromkeys(map(ord, (FSI, PDI, _LRI, "\u2067")))
