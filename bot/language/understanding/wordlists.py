"""The word lists of this package, in ``words/*.yaml``: a mapping of names to words, or to phrases between commas."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from bot.language.understanding.normalise import one_form

__all__ = ["phrases", "read_lists", "unfolded", "word_set"]

_FOLDER = Path(__file__).resolve().parent / "words"


@cache
def unfolded(name: str) -> Mapping[str, str]:
    """The lists of one file as they are written."""
    text = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    lists = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  a safe loader, in C
    return {str(key): str(value) for key, value in lists.items()}


@cache
def read_lists(name: str) -> Mapping[str, str]:
    """The lists of one file, folded."""
    return {key: one_form(value) for key, value in unfolded(name).items()}


def word_set(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


def phrases(text: str) -> list[str]:
    """The phrases of a list, in its order."""
    return [phrase for part in text.replace("\n", ",").split(",") if (phrase := part.strip())]
