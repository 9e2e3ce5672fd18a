"""Every mistake that the checker knows, once, with the exact line an author gets to read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.authoring.book import check_shelf, read_book, read_shelf
from bot.authoring.knowledge import KINDS
from bot.authoring.texts import shelf_texts, unique
from bot.core.issues import AuthoringError
from bot.core.vocabulary import VOCABULARY
from bot.language import po, vocalised

BROKEN = Path(__file__).parents[1] / "broken"
BOT = Path(__file__).parents[2] / "bot"
FOLDERS = sorted(path for path in BROKEN.iterdir() if path.is_dir())


def found_in(folder: Path) -> list[str]:
    """Every mistake of a fixture, as `lofrayer check` prints it."""
    shelf = read_shelf(folder)
    issues = check_shelf(shelf, VOCABULARY)
    if (folder / "locales").is_dir():
        locales, sentences = folder / "locales", unique(shelf_texts(shelf))
        translated = po.check(locales, "he", sentences, BROKEN)
        issues = sorted([*issues, *translated, *vocalised.check(locales, sentences, BROKEN)])
    return [str(issue) for issue in issues]


def expected_in(folder: Path) -> list[str]:
    """The lines of the fixture's ``.expected`` file; ``{kinds}`` in it stands for the kinds of records there are."""
    text = folder.with_suffix(".expected").read_text(encoding="utf-8")
    return text.replace("{kinds}", ", ".join(KINDS)).splitlines()


def codes_in_source() -> set[str]:
    """Every code that stands in the checkers."""
    checkers = (BOT / "language" / "po.py", BOT / "language" / "vocalised.py", BOT / "checking.py")
    sources = [*(BOT / "authoring").glob("*.py"), *checkers]
    return {code for path in sources for code in re.findall(r'"([A-Z]\d{3})"', path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_mistake_is_reported(folder: Path) -> None:
    """A broken file gets exactly the lines of its ``.expected`` file: place, code, message and hint."""
    assert found_in(folder) == expected_in(folder)


def test_every_code_has_a_fixture() -> None:
    """No check can be added without an example of the mistake it finds."""
    shown = {code for folder in FOLDERS for line in expected_in(folder) for code in re.findall(r" ([A-Z]\d{3}) ", line)}
    assert codes_in_source() == shown
    assert codes_in_source() <= {folder.name for folder in FOLDERS}


@pytest.mark.parametrize("folder", [f for f in FOLDERS if re.fullmatch(r"[A-Z]\d{3}", f.name)], ids=lambda p: p.name)
def test_fixture_shows_its_own_code(folder: Path) -> None:
    """A fixture named by a code shows that mistake, and at most what it brings with it."""
    assert any(f" {folder.name} " in line for line in expected_in(folder))


def test_all_mistakes_come_at_once_and_in_order() -> None:
    """Several mistakes in several files are reported together, sorted by file, line and column."""
    issues = check_shelf(read_shelf(BROKEN / "several"), VOCABULARY)
    assert len(issues) > 8
    assert len({issue.path for issue in issues}) == 3
    assert issues == sorted(issues)


def test_a_book_with_mistakes_is_not_loaded() -> None:
    """Loading raises one error that names every mistake."""
    with pytest.raises(AuthoringError) as caught:
        read_book(BROKEN / "several", VOCABULARY, ("en",))
    assert str(caught.value).splitlines() == expected_in(BROKEN / "several")


def test_a_sound_folder_has_no_mistakes() -> None:
    """What is right is not complained about."""
    assert found_in(BROKEN / "none") == []
