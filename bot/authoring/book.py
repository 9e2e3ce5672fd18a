"""``flows/`` -> a `Book`, or every mistake in it at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.authoring.dialogs import Read, check_dialogs, read_dialogs
from bot.authoring.figures import check_figures, check_links, check_numbers, check_sureness
from bot.authoring.knowledge import Record, read_records
from bot.authoring.letters import check_letters
from bot.authoring.references import check_records
from bot.core.book import Book, Country, Silent
from bot.core.issues import AuthoringError, Issue
from bot.core.words import Words

__all__ = ["Shelf", "build_book", "check_shelf", "read_book", "read_shelf"]


class Shelf:
    """What was read from ``flows/``, with the places it was read from."""

    def __init__(self, dialogs: list[Read], records: list[Record], issues: list[Issue]) -> None:
        self.dialogs = dialogs
        self.records = records
        self.issues = issues

    def table(self, shelf: str, kind: str) -> dict[str, Any]:
        """The records of a kind by id, in file order."""
        return {r.value.id: r.value for r in self.records if r.shelf == shelf and r.kind == kind}  # type: ignore[attr-defined]


def read_shelf(flows: Path) -> Shelf:
    """Read all files; nothing is checked but their form."""
    root = flows.parent
    dialogs, issues = read_dialogs(flows / "dialogs", root)
    records, more = read_records(flows / "knowledge", root)
    return Shelf(dialogs, records, [*issues, *more])


def check_shelf(shelf: Shelf, words: Words) -> list[Issue]:
    """Every mistake in what was read."""
    dialogs, records = check_dialogs(shelf.dialogs, words), check_records(shelf.records)
    checks = (check_sureness, check_links, check_figures, check_numbers)
    facts = [issue for check in checks for issue in check(shelf.records)]
    return sorted({*shelf.issues, *dialogs, *records, *facts, *check_letters(shelf.records, words)})


def read_book(flows: Path, words: Words, languages: tuple[str, ...]) -> Book:
    """Read and check the authored files.

    Args:
        flows: the folder.
        words: the vocabulary that dialogs may use.
        languages: the languages there are catalogs for.

    Returns:
        The book, without a reader of free text.

    Raises:
        AuthoringError: with all mistakes.
    """
    shelf = read_shelf(flows)
    issues = check_shelf(shelf, words)
    if issues:
        raise AuthoringError(issues)
    return build_book(shelf, languages)


def build_book(shelf: Shelf, languages: tuple[str, ...]) -> Book:
    """The book of files that have no mistakes, without a reader of free text."""
    countries = {r.shelf for r in shelf.records if r.shelf != "coaching"}
    problems = shelf.table("coaching", "problems")
    return Book(
        dialogs={read.dialog.id: read.dialog for read in shelf.dialogs},
        problems=dict(sorted(problems.items(), key=lambda item: item[1].order)),
        goals=shelf.table("coaching", "goals"),
        objections=shelf.table("coaching", "objections"),
        tactics=shelf.table("coaching", "tactics"),
        weak_answers=shelf.table("coaching", "weak_answers"),
        countries={
            code: Country(
                code=code,
                place=shelf.table(code, "country").get(code),
                sectors=shelf.table(code, "sectors"),
                facts=shelf.table(code, "facts"),
                rights=shelf.table(code, "rights"),
                channels=shelf.table(code, "channels"),
                ladders=shelf.table(code, "ladders"),
                companies=shelf.table(code, "companies"),
                helplines=shelf.table(code, "helplines"),
            )
            for code in sorted(countries)
        },
        languages=languages,
        understanding=Silent(),
        letters=dict(sorted(shelf.table("coaching", "letters").items(), key=lambda item: item[1].order)),
    )
