"""What the documents say is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from bot.cli import app
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def table(heading: str) -> list[str]:
    """The rows of the table under a heading of the README."""
    section = README.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [line for line in section.splitlines() if line.startswith("| `")]


def test_the_settings_table_is_the_settings() -> None:
    """Every setting stands in the README with its default and its description, and nothing else does."""
    expected = [
        f"| `{name.upper()}` | {'' if field.default is None else f'`{field.default}`'} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]

    assert expected == table("Settings")


def test_the_command_table_is_the_command_line() -> None:
    """Every command stands in the README with the first line of its help, and nothing else does."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    expected = {name: (command.help or "").splitlines()[0] for name, command in commands.items()}
    rows = [re.match(r"\| `lofrayer ([a-z-]+)[^`]*` \| (.*) \|", row) for row in table("Commands")]

    assert expected == {row[1]: row[2] for row in rows if row is not None}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_linked_file_exists(document: Path) -> None:
    """No document points to a file that is not there."""
    text = document.read_text(encoding="utf-8")
    links = [*re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text), *re.findall(r'src="(?!https?:)([^"]+)"', text)]

    assert [] == [link for link in links if not (document.parent / link).exists()]


def test_the_drawn_dialog_is_the_dialog() -> None:
    """The flowchart in the authors' guide is what ``lofrayer graph`` draws."""
    from bot.authoring.book import read_shelf
    from bot.authoring.graph import mermaid
    from bot.paths import FLOWS

    guide = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
    drawn = re.search(r"```mermaid\n(.*?)```", guide, re.DOTALL)
    dialogs = {read.dialog.id: read.dialog for read in read_shelf(FLOWS).dialogs}

    assert drawn is not None
    assert mermaid(dialogs["close"]) == drawn[1]
