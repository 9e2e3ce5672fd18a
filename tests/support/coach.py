"""The real coach, read once, with what it recognises in free text under a test's control."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from bot.app import load
from bot.core.book import Book, Understanding
from bot.core.reading import Guess, Reading, Recognised
from bot.core.text import Msg
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


@dataclass
class Scripted:
    """Reads companies, sums and days as the coach does; problems and objections are what the test says they are."""

    real: Understanding
    problem: Recognised = Recognised()
    said: Recognised = Recognised()
    asked: set[str] = field(default_factory=set)
    """What was consulted since it was last cleared: ``problem``, ``objection``."""

    def read(self, text: str, language: str, today: date) -> Reading:
        self.asked.add("problem")
        return replace(self.real.read(text, language, today), problem=self.problem)

    def objection(self, text: str, language: str) -> Recognised:
        self.asked.add("objection")
        return self.said

    def find_rights(self, text: str, language: str, country: str) -> list[str]:
        return self.real.find_rights(text, language, country)

    def choose(self, text: str, labels: Sequence[Msg], language: str) -> int | None:
        return self.real.choose(text, labels, language)

    def command(self, text: str, language: str) -> str | None:
        return self.real.command(text, language)


def scripted(book: Book) -> tuple[Book, Scripted]:
    """The book with a scripted reader of free text."""
    reader = Scripted(book.understanding)
    return replace(book, understanding=reader), reader
