"""The command line, run as its users do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def lofrayer(*arguments: str, folder: Path, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run ``python -m bot`` in a folder of its own."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder), **settings}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_check_finds_no_mistake(tmp_path: Path) -> None:
    """Our own flows and catalogs are clean."""
    done = lofrayer("check", folder=tmp_path)

    assert "no mistakes\n" == done.stdout
    assert 0 == done.returncode


def test_check_reports_the_mistakes_of_a_folder(tmp_path: Path) -> None:
    """Mistakes are printed as file:line:column with their code, and the exit status says so."""
    dialogs = tmp_path / "flows" / "dialogs"
    dialogs.mkdir(parents=True)
    (tmp_path / "flows" / "knowledge").mkdir()
    (dialogs / "home.yaml").write_text("dialog: home\nstart: menu\nnodes:\n  menu:\n    say: Hi\n    next: menuu\n")

    done = lofrayer("check", "--flows", str(tmp_path / "flows"), folder=tmp_path)

    assert "flows/dialogs/home.yaml:6:11: D001 no node 'menuu'; did you mean 'menu'?" in done.stdout
    assert 1 == done.returncode


def test_graph_draws_a_dialog(tmp_path: Path) -> None:
    """A dialog comes out as a Mermaid flowchart; an unknown one is named with those there are."""
    assert lofrayer("graph", "close", folder=tmp_path).stdout.startswith("flowchart TD\n")

    unknown = lofrayer("graph", "clos", folder=tmp_path)

    assert 2 == unknown.returncode
    assert "no dialog 'clos'" in unknown.stderr


def test_chat_and_export(tmp_path: Path) -> None:
    """The terminal chat is the same coach, and what it keeps can be exported."""
    typed = "1\nCellcom charged me twice, 89.90\n"
    done = lofrayer("chat", "--language", "en", folder=tmp_path, typed=typed)

    assert "Lo Frayer" in done.stdout
    assert "[1]" in done.stdout
    assert 0 == done.returncode

    exported = lofrayer("export", "terminal:me", folder=tmp_path)

    assert "en" == json.loads(exported.stdout)["kept"]["people"][0]["session"]["profile"]["language"]


def test_exporting_a_stranger(tmp_path: Path) -> None:
    """Somebody we know nothing of is said so in a line."""
    done = lofrayer("export", "telegram:1", folder=tmp_path)

    assert 2 == done.returncode
    assert "nothing is kept on 'telegram:1'\n" == done.stderr


@pytest.mark.parametrize("name", ["WEB_PORT", "DATABASE_URL"])
def test_a_wrong_setting_stops_the_start(tmp_path: Path, name: str) -> None:
    """One line on standard error, and exit status 2."""
    done = lofrayer("run", folder=tmp_path, **{name: "nonsense"})

    assert 2 == done.returncode
    assert done.stderr.startswith(f"{name}: found ")
    assert 1 == len(done.stderr.splitlines())


def test_version(tmp_path: Path) -> None:
    """The version is printed alone."""
    assert lofrayer("version", folder=tmp_path).stdout.strip()
