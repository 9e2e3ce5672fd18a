"""The case log, kept as a good log is: nothing is wiped out. A correction keeps what was written before, and a line
that is struck out stays where it was, as struck.

Both are entries of their own: ``correction`` (``entry``, ``changes``, and ``at`` where the day was wrong) and
``strike`` (``entry``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.case import Entry

__all__ = ["Line", "lines_of", "standing"]


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it reads now, with what it read before each correction, the oldest first."""

    entry: Entry
    struck: bool = False
    before: tuple[Entry, ...] = ()


def lines_of(log: Sequence[Entry]) -> tuple[Line, ...]:
    """The lines of a log, by the time at which they happened."""
    lines: dict[str, Line] = {}
    for number, entry in enumerate(log):
        line = lines.get(str(entry.details.get("entry", "")))
        if entry.kind == "strike":
            if line is not None:
                lines[line.entry.id] = replace(line, struck=True)
        elif entry.kind == "correction":
            if line is not None:
                lines[line.entry.id] = replace(
                    line, entry=_corrected(line.entry, entry), before=(*line.before, line.entry)
                )
        else:
            lines[entry.id or str(number)] = Line(entry)
    return tuple(sorted(lines.values(), key=lambda line: line.entry.at))


def standing(log: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries that count as facts: as corrected, without those that were struck out."""
    return tuple(line.entry for line in lines_of(log) if not line.struck)


def _corrected(entry: Entry, correction: Entry) -> Entry:
    at = correction.details.get("at")
    return replace(
        entry,
        at=datetime.fromisoformat(at) if at else entry.at,
        details={**entry.details, **correction.details.get("changes", {})},
    )
