"""The guides for authors and translators, followed step by step in a copy of the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code, the flows and the translations, to be changed."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("bot", "flows", "locales"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def steps(guide: str) -> Iterator[tuple[str, list[str], str]]:
    """Kind, arguments and content of each block that is to be followed."""
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    for kind, arguments, content in BLOCK.findall(text):
        if kind in ("sh", "po") or arguments:
            yield kind, arguments.split(maxsplit=2), content


def follow(copy: Path, guide: str) -> list[str]:
    """Do what a guide says; returns what ``lofrayer check`` printed each time."""
    checked = []
    for kind, arguments, content in steps(guide):
        if kind == "sh":
            for line in content.splitlines():
                printed = run(copy, line)
                if line == "lofrayer check":
                    checked.append(printed)
        elif kind == "po":
            translate(copy / arguments[0], content)
        elif arguments[0] == "write":
            (copy / arguments[1]).write_text(content, encoding="utf-8")
        elif arguments[0] == "append":
            with (copy / arguments[1]).open("a", encoding="utf-8") as file:
                file.write(content)
        else:
            path, anchor = copy / arguments[1], arguments[2]
            text = path.read_text(encoding="utf-8")
            assert text.count(anchor) == 1, f"{anchor!r} in {arguments[1]}"
            path.write_text(text.replace(anchor, f"{anchor}\n{content.rstrip()}"), encoding="utf-8")
    return checked


def run(copy: Path, line: str) -> str:
    """A line of a shell, with this checkout's ``lofrayer``."""
    words = line.split()
    command = [sys.executable, "-m", "bot", *words[1:]] if words[0] == "lofrayer" else words
    done = subprocess.run(
        command,
        cwd=copy,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(copy), "HOME": str(copy)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def translate(path: Path, content: str) -> None:
    """Fill in or change translations, as a translator would in an editor."""
    text = path.read_text(encoding="utf-8")
    for msgid, msgstr in re.findall(r'msgid "(.*)"\nmsgstr "(.*)"', content):
        old = re.compile(rf'msgid "{re.escape(msgid)}"\nmsgstr "[^"\n]*"')
        assert len(old.findall(text)) == 1, f"{msgid!r} in {path.name}"
        text = old.sub(lambda _, new=f'msgid "{msgid}"\nmsgstr "{msgstr}"': new, text)  # type: ignore[misc]
    path.write_text(text, encoding="utf-8")


def test_the_authors_guide(copy: Path) -> None:
    """A company needs nothing else; of a right and an objection only what was not translated is missing."""
    company, right, objection = follow(copy, "authors.md")

    assert company.splitlines() == ["no mistakes"]
    for printed, hebrew in ((right, 0), (objection, 6)):
        lines = printed.splitlines()
        assert lines
        assert all(": T001 " in line for line in lines), printed
        assert sum("locales/he/" in line for line in lines) == hebrew, printed


def test_the_translators_guide(copy: Path) -> None:
    """A line that is changed is checked and compiled; a new language has all sentences, to be translated."""
    (checked,) = follow(copy, "translators.md")

    assert all(": T001 " in line for line in checked.splitlines() if line != "no mistakes")
    assert "מה מבקשים מהם?" in (copy / "locales/he/LC_MESSAGES/dialogs.po").read_text(encoding="utf-8")
    files = {path.name for path in (copy / "locales/fr/LC_MESSAGES").glob("*.po")}
    assert files == {path.name for path in (copy / "locales/he/LC_MESSAGES").glob("*.po")}
    assert 'msgid "What do you want from them?"\nmsgstr ""' in (copy / "locales/fr/LC_MESSAGES/dialogs.po").read_text()
