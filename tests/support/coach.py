"""The real coach, read once, with what it recognises in free text under a test's control."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal, cast

from bot.app import load
from bot.core.book import Book, Understanding
from bot.core.reading import Guess, Reading, Recognised
from bot.language.render import Renderer

__all__ = ["Scripted", "coach", "recognised", "scripted"]


@lru_cache(maxsize=1)
def coach() -> tuple[Book, Renderer]:
    """The flows and catalogs of the repository."""
    return load()


def recognised(found: str | Sequence[str] | None) -> Recognised:
    """A name is sure, several are to be asked about, none is none."""
    if not found:
        return Recognised()
    names = [found] if isinstance(found, str) else list(found)
    decision: Literal["sure", "ask"] = "sure" if isinstance(found, str) else "ask"
    return Recognised(decision, tuple(Guess(name, 0.9 - 0.1 * n) for n, name in enumerate(names)))


class Scripted:
    """Reads companies, sums and days as the coach does; problems and objections are what the test says they are."""

    def __init__(self, real: Understanding) -> None:
        self.real = real
        self.problem = Recognised()
        self.said = Recognised()
        self.asked: set[str] = set()
        """What was consulted since it was last cleared: ``problem``, ``objection``."""

    def read(self, text: str, language: str, today: date, *more: Any) -> Reading:
        """As the coach reads it, with the problem of the script."""
        self.asked.add("problem")
        return replace(self.real.read(text, language, today, *more), problem=self.problem)

    def objection(self, text: str, language: str, *more: Any) -> Recognised:
        """The objection of the script."""
        self.asked.add("objection")
        return self.said

    def __getattr__(self, name: str) -> Any:
        """Everything else is as the coach does it."""
        return getattr(self.real, name)


def scripted(book: Book) -> tuple[Book, Scripted]:
    """The book with a scripted reader of free text."""
    reader = Scripted(book.understanding)
    return replace(book, understanding=cast("Understanding", reader)), reader
