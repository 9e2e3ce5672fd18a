"""``flows/knowledge`` -> the core's records.

A folder says what its files are: ``coaching/objections/*.yaml`` are objections, ``il/rights/*.yaml`` are Israeli
rights. A file holds one record, named by its id, or a list of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.authoring.source import Source, read_source, validate
from bot.core import knowledge as k
from bot.core.issues import Issue
from bot.core.model import Model

__all__ = ["KINDS", "Record", "read_records"]

KINDS: dict[str, type[Model]] = {
    "problems": k.Problem,
    "goals": k.Goal,
    "objections": k.Objection,
    "tactics": k.Tactic,
    "weak_answers": k.WeakAnswer,
    "helplines": k.Helpline,
    "facts": k.Fact,
    "rights": k.Right,
    "channels": k.Channel,
    "ladders": k.Ladder,
    "sectors": k.Sector,
    "companies": k.Company,
    "country": k.Place,
    "letters": k.Letter,
}
"""Folder or file name -> what is in it."""


@dataclass(frozen=True)
class Record:
    """A record with the file and place it came from."""

    shelf: str
    """``coaching`` or a country's code."""
    kind: str
    value: Model
    source: Source = field(repr=False)
    where: tuple[str | int, ...] = ()


def read_records(folder: Path, root: Path) -> tuple[list[Record], list[Issue]]:
    """Read every record below ``folder``; paths in issues are relative to ``root``."""
    records: list[Record] = []
    issues: list[Issue] = []
    for path in sorted(folder.rglob("*.yaml")):
        if path.name.endswith(".phrases.yaml"):
            continue
        shelf, *rest = path.relative_to(folder).with_suffix("").parts
        name = str(path.relative_to(root))
        if not rest or rest[0] not in KINDS:
            issues.append(Issue(name, 0, 0, "K001", "no kind of record lives here", f"folders: {', '.join(KINDS)}"))
            continue
        source = read_source(path, name)
        records.extend(_records(source, shelf, rest[0], path.stem if len(rest) > 1 else None))
        issues.extend(source.issues)
    return records, issues


def _records(source: Source, shelf: str, kind: str, stem: str | None) -> Iterator[Record]:
    if source.data is None:
        if not source.issues:
            source.issues.append(Issue(source.path, 0, 0, "K002", "the file is empty"))
        return
    single = not isinstance(source.data, list)
    for index, item in enumerate([source.data] if single else source.data):
        where: tuple[str | int, ...] = () if single else (index,)
        value = validate(KINDS[kind], item, source, where)
        if value is None:
            continue
        record_id = getattr(value, "id", None)
        if single and stem is not None and record_id != stem:
            source.issues.append(source.issue(("id",), "K003", f"id '{record_id}' is not the file's name '{stem}'"))
        yield Record(shelf, kind, value, source, where)
