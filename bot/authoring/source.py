"""YAML read strictly, with the place of every value.

Plain scalars mean what they look like: ``no`` and ``18:00`` stay text; only whole numbers, decimals, ``true``,
``false`` and ``null`` are converted. Keys may not repeat.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.core.issues import Issue, did_you_mean

__all__ = ["Place", "Source", "read_source", "validate"]

Place = tuple[int, int]
"""Line and column, from 1."""
Path_ = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

_LOADER = getattr(yaml, "CLoader", yaml.Loader)
_INT = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "": None, "~": None}


@dataclass
class Source:
    """The values of one file and where each of them stands."""

    path: str
    data: Any = None
    places: dict[Path_, Place] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def place(self, where: Path_) -> Place:
        """The place of a value, or of the nearest value around it."""
        while where not in self.places and where:
            where = where[:-1]
        return self.places.get(where, (1, 1))

    def issue(self, where: Path_, code: str, message: str, hint: str = "") -> Issue:
        """A mistake at a value of this file."""
        return Issue(self.path, *self.place(where), code, message, hint)


def read_source(path: Path, name: str | None = None) -> Source:
    """Read a YAML file; syntax errors and repeated keys become issues, never exceptions."""
    source = Source(name or str(path))
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=_LOADER)
    except UnicodeDecodeError:
        source.issues.append(Issue(source.path, 0, 0, "Y003", "the file is not UTF-8 text"))
        return source
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        problem = getattr(error, "problem", None) or "cannot be read as YAML"
        source.issues.append(Issue(source.path, line, column, "Y001", str(problem), "check the indentation"))
        return source
    if node is not None:
        source.data = _convert(node, (), source)
    return source


def _convert(node: yaml.Node, where: Path_, source: Source) -> Any:
    source.places[where] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(child, (*where, i), source) for i, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in result:
                mark = key_node.start_mark
                source.issues.append(
                    Issue(source.path, mark.line + 1, mark.column + 1, "Y002", f"'{key}' is given twice")
                )
            result[key] = _convert(value_node, (*where, key), source)
            source.places[(*where, key, "")] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        return result
    return _scalar(node)


def _scalar(node: Any) -> Any:
    text: str = node.value
    if node.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text


def validate(model: type[M], data: Any, source: Source, where: Path_ = ()) -> M | None:
    """Build a model from a value of the file; what does not fit becomes issues on the source."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for item in error.errors(include_url=False):
            if item["type"] == "too_short" and item["input"]:
                continue  # its parts have mistakes of their own, and were left out for them
            loc = (*where, *item["loc"])
            if item["type"] == "extra_forbidden":
                key = str(item["loc"][-1])
                place = source.places.get((*loc, ""), source.place(loc))
                known = _known_keys(model, item["loc"])
                source.issues.append(
                    Issue(source.path, *place, "M001", f"unknown key '{key}'", did_you_mean(key, known))
                )
            elif item["type"] == "missing":
                source.issues.append(source.issue(loc[:-1], "M002", f"'{item['loc'][-1]}' is missing"))
            else:
                shown = repr(item["input"])[:60]
                source.issues.append(
                    source.issue(loc, "M003", f"{item['msg'].removeprefix('Value error, ')} (found {shown})")
                )
        return None


def _known_keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Every key a model and its parts know: near enough for a hint."""
    keys: set[str] = set()
    seen: set[type[BaseModel]] = set()

    def collect(m: type[BaseModel]) -> None:
        if m in seen:
            return
        seen.add(m)
        for name, info in m.model_fields.items():
            keys.add(info.alias or name)
            for part in _models_in(info.annotation):
                collect(part)

    collect(model)
    return sorted(keys)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for part in getattr(annotation, "__args__", ()) for m in _models_in(part)]
