"""The checked book, kept beside the flows as Python keeps its compiled modules: read anew when a file has changed."""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from bot.core.book import Book
from bot.core.words import Words

__all__ = ["compiled_book"]

log = logging.getLogger(__name__)

_CODE = Path(__file__).resolve().parents[1]
_MODELS = ("core", "authoring")
"""The packages that decide what a book is: when they change, it is read anew."""


def compiled_book(flows: Path, words: Words, languages: tuple[str, ...]) -> Book:
    """The book of a folder, which nobody else may write to, without a reader of free text. 0.1 s instead of 0.6 s.

    Raises:
        AuthoringError: with all mistakes.
    """
    path = flows / "__pycache__" / f"book.{sys.implementation.cache_tag}.pickle"
    state = _state(flows, languages)
    try:
        with path.open("rb") as file:
            if file.read(len(state)) == state:
                return _known(pickle.load(file))  # noqa: S301 - our own, beside the code
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, TypeError) as error:
        if not isinstance(error, FileNotFoundError):
            log.info("the compiled flows cannot be used: %s", type(error).__name__)
    from bot.authoring.book import read_book  # reading YAML takes 4 MB: only where it is done

    book = read_book(flows, words, languages)
    _keep(path, state + pickle.dumps(book, protocol=pickle.HIGHEST_PROTOCOL))
    return book


def _known(loaded: object) -> Book:
    if not isinstance(loaded, Book):
        raise TypeError("not a book")
    return loaded


def _keep(path: Path, content: bytes) -> None:
    """Write it whole or not at all; where nothing may be written, it is read anew at the next start."""
    mine = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        mine.write_bytes(content)
        mine.replace(path)
    except OSError as error:
        log.info("the compiled flows cannot be kept: %s", error.strerror)


def _state(flows: Path, languages: tuple[str, ...]) -> bytes:
    """What the book depends on: names, sizes and times of its files and of the code that reads them."""
    state = hashlib.sha256(repr((languages, version("pydantic"))).encode())
    for folder in (flows, *(_CODE / name for name in _MODELS)):
        for name, entry in _files(folder):
            found = entry.stat()
            state.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return state.digest()


def _files(folder: Path, inside: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            name = f"{inside}/{entry.name}"
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(Path(entry.path), name)
            elif entry.name.endswith((".yaml", ".py")):
                yield name, entry
