"""The compiled book: the same as the one that is read, and never older than its files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bot.authoring.book import read_book
from bot.authoring.compiled import compiled_book
from bot.core.book import Book
from bot.core.issues import AuthoringError
from bot.core.vocabulary import VOCABULARY
from bot.paths import FLOWS

LANGUAGES = ("he", "en")


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    """Our own flows, in a folder that may be changed."""
    return Path(shutil.copytree(FLOWS, tmp_path / "flows", ignore=shutil.ignore_patterns("__pycache__")))


def compiled(flows: Path) -> Book:
    return compiled_book(flows, VOCABULARY, LANGUAGES)


def same(one: Book, other: Book) -> bool:
    """Equal but for the reader of free text and the calendar, which no file decides."""
    names = (n for n in Book.__slots__ if n not in ("understanding", "calendar"))
    return all(getattr(one, name) == getattr(other, name) for name in names)


def pickles(flows: Path) -> list[Path]:
    return list((flows / "__pycache__").iterdir())


def test_it_is_the_book_that_is_read(flows: Path) -> None:
    """The first time, when it is written, and the second time, when it is taken from there."""
    expected = read_book(flows, VOCABULARY, LANGUAGES)
    assert same(expected, compiled(flows))
    written = [path.stat().st_mtime_ns for path in pickles(flows)]
    assert len(written) == 1
    assert same(expected, compiled(flows))
    assert written == [path.stat().st_mtime_ns for path in pickles(flows)]


def test_a_change_is_seen(flows: Path) -> None:
    """An edited file, a new one and a removed one: the book is read anew."""
    compiled(flows)
    folder = flows / "knowledge" / "coaching" / "tactics"
    tactic = folder / "ask_plainly.yaml"
    tactic.write_text(tactic.read_text(encoding="utf-8").replace("name: ", "name: New ", 1), encoding="utf-8")
    assert str(compiled(flows).tactics["ask_plainly"].name).startswith("New ")
    shutil.copy(tactic, folder / "another.yaml")
    (folder / "another.yaml").write_text(tactic.read_text(encoding="utf-8").replace("ask_plainly", "another"))
    assert "another" in compiled(flows).tactics
    (folder / "another.yaml").unlink()
    assert "another" not in compiled(flows).tactics


def test_mistakes_are_told_each_time(flows: Path) -> None:
    """What has mistakes is not kept."""
    compiled(flows)
    (flows / "dialogs" / "broken.yaml").write_text("dialog: broken\nstart: nowhere\nnodes: {}\n")
    for _ in range(2):
        with pytest.raises(AuthoringError):
            compiled(flows)


@pytest.mark.parametrize("content", [b"", b"rubbish", None])
def test_a_damaged_file_is_read_anew(flows: Path, content: bytes | None) -> None:
    """Cut short, overwritten, or with something else inside: it does not matter."""
    compiled(flows)
    path = pickles(flows)[0]
    whole = path.read_bytes()
    path.write_bytes(whole[:32] + b"\x80\x05K\x01." if content is None else content)
    assert compiled(flows).dialogs
    assert whole[:32] == path.read_bytes()[:32]


def test_where_nothing_may_be_written(flows: Path) -> None:
    """The book is read all the same."""
    (flows / "__pycache__").write_text("a file where the folder should be")
    assert compiled(flows).dialogs
    assert not os.path.isdir(flows / "__pycache__")
