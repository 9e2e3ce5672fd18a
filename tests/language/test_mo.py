"""Compiling catalogs: nothing unfinished gets into a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.language.mo import MO, compile_all

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
WHOLE = 'msgid "Hold"\nmsgstr "להמתין"\n\n'


def catalog(folder: Path, text: str) -> Path:
    """A Hebrew catalog with this in it."""
    path = folder / "he" / "LC_MESSAGES" / "words.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def test_a_whole_catalog_is_compiled(tmp_path: Path) -> None:
    """Into one file beside it."""
    path = catalog(tmp_path, WHOLE)
    assert [path.with_name(MO)] == compile_all(tmp_path)
    assert "להמתין".encode() in path.with_name(MO).read_bytes()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('msgid "Call"\nmsgstr ""\n', "not translated"),
        ('#, fuzzy\nmsgid "Call"\nmsgstr "שיחה"\n', "fuzzy"),
        ('msgid "a call"\nmsgid_plural "{n} calls"\nmsgstr[0] "שיחה"\nmsgstr[1] ""\n', "not translated"),
    ],
)
def test_what_is_unfinished_is_refused(tmp_path: Path, text: str, why: str) -> None:
    """With the place and the reason, and nothing is written."""
    path = catalog(tmp_path, WHOLE + text)
    with pytest.raises(ValueError, match=rf"words\.po:\d+: {why}"):
        compile_all(tmp_path)
    assert not path.with_name(MO).exists()
