"""Every sentence of the authored files and of the core, for translators: what, where, and how long it may be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.authoring.book import Shelf
from bot.authoring.source import Source
from bot.core.dialog import Dialog, Paragraph
from bot.core.knowledge import Goal, Letter, Objection, Problem, Sector
from bot.core.model import Text

__all__ = ["SourceText", "code_texts", "domain_of", "shelf_texts"]

LABEL_LIMITS: dict[type[BaseModel], int] = {Problem: 28, Objection: 22, Goal: 28, Sector: 28, Letter: 28}
"""The longest label of each kind of record, in characters, in any language."""
BUTTON_LIMIT = 40


@dataclass(frozen=True)
class SourceText:
    """A sentence to translate. ``limit``: the most characters it may have; ``plural``: its form for many."""

    text: str
    path: str
    line: int
    domain: str
    plural: str | None = None
    limit: int | None = None
    spoken: bool = False
    """It is said aloud on the phone, or what stands in quotation in it is."""


def domain_of(shelf: str, kind: str) -> str:
    """The catalog that a kind of record is translated in."""
    if shelf == "coaching":
        return {"goals": "problems", "weak_answers": "objections"}.get(kind, kind)
    joined = {"facts": "rights", "helplines": "channels"}
    joined |= dict.fromkeys(("sectors", "companies", "country"), "ladders")
    return f"{shelf}_{joined.get(kind, kind)}"


def shelf_texts(shelf: Shelf) -> Iterator[SourceText]:
    """The sentences of ``flows/``, in file order."""
    for read in shelf.dialogs:
        yield from _texts(read.dialog, read.source, "dialogs")
    for record in shelf.records:
        data = record.source.data
        part = data if not record.where else data[record.where[0]]
        yield from _texts(record.value, record.source, domain_of(record.shelf, record.kind), part, record.where)


def _texts(
    model: BaseModel, source: Source, domain: str, data: Any = None, where: tuple[str | int, ...] = ()
) -> Iterator[SourceText]:
    lines = _lines(source, source.data if data is None else data, where)
    for text, plural, limit, spoken in _found(model):
        yield SourceText(text, source.path, lines.get(text, 1), domain, plural, limit, spoken)


def _lines(source: Source, data: Any, where: tuple[str | int, ...]) -> dict[str, int]:
    """Each string of a file -> the line it stands on."""
    found: dict[str, int] = {}

    def walk(value: Any, at: tuple[str | int, ...]) -> None:
        if isinstance(value, str):
            found.setdefault(value.strip(), source.place(at)[0])
        elif isinstance(value, dict):
            for key, item in value.items():
                walk(item, (*at, key))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                walk(item, (*at, index))

    walk(data, where)
    return found


def _found(
    value: Any, name: str = "", owner: BaseModel | None = None
) -> Iterator[tuple[str, str | None, int | None, bool]]:
    if isinstance(value, Paragraph) and value.plural is not None:
        yield str(value.text[0]), str(value.plural), None, False
    elif isinstance(value, Text):
        yield str(value), None, _limit(name, owner), _is_said(value, name, owner)
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from _found(getattr(value, field), field, value)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _found(item, name, owner)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _found(item, name, owner)


def _is_said(text: Text, name: str, owner: BaseModel | None) -> bool:
    """Whether a person says it: the lines of a record, and words quoted on a screen."""
    if isinstance(owner, Paragraph):
        quoted = re.search(r"<blockquote>(.*)</blockquote>", text, re.DOTALL)
        return quoted is not None and any(c.isalpha() for c in _bare(re.sub(r"</?\w+>", "", quoted[1])))
    return name in ("say", "again", "story", "ask") and not isinstance(owner, Dialog)


def _limit(name: str, owner: BaseModel | None) -> int | None:
    if name != "label" or owner is None:
        return None
    return LABEL_LIMITS.get(type(owner), BUTTON_LIMIT)


def code_texts(folder: Path, root: Path) -> Iterator[SourceText]:
    """The sentences in Python: arguments of ``Text``, ``Line``, ``Plural``, ``Msg`` and ``msg`` that are literals."""
    for path in sorted(folder.rglob("*.py")):
        name = str(path.relative_to(root))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            literals = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if called in ("Text", "Line", "Msg", "msg") and literals and isinstance(node.args[0], ast.Constant):
                if any(c.isalpha() for c in _bare(literals[0])):
                    yield SourceText(literals[0], name, node.lineno, "dialogs", spoken=called == "Line")
            elif called == "Plural" and len(literals) == 2:
                yield SourceText(literals[0], name, node.lineno, "dialogs", literals[1])
            elif called in ("Msg", "msg"):
                yield from _choices(node.args[0], name)


def _choices(node: ast.expr, name: str) -> Iterator[SourceText]:
    """The literals of ``a if x else b`` as a first argument."""
    if isinstance(node, ast.IfExp):
        for part in (node.body, node.orelse):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield SourceText(part.value, name, part.lineno, "dialogs")


def _bare(text: str) -> str:
    """A text without its placeholders."""
    depth, kept = 0, []
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth == 0:
            kept.append(character)
    return "".join(kept)


def unique(texts: Iterable[SourceText]) -> dict[str, SourceText]:
    """The texts by their wording; the first place wins, the strictest limit holds."""
    found: dict[str, SourceText] = {}
    for text in texts:
        found.setdefault(text.text, text)
    return found
