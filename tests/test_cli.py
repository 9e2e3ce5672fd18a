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
        timeout=300,
        check=False,
    )


def test_check_finds_no_mistake(tmp_path: Path) -> None:
    """Our own flows and catalogs are clean."""
    done = lofrayer("check", folder=tmp_path)

    assert "no mistakes\n" == done.stdout
    assert 0 == done.returncode


def test_check_lists_what_is_old(tmp_path: Path) -> None:
    """With an age in months, the facts that nobody has checked for so long are listed; that is no mistake."""
    done = lofrayer("check", "--stale", "60", folder=tmp_path)

    assert "access-to-company-recordings: 2017-03-31" in done.stdout
    assert "facts were not checked for 60 months or more" in done.stderr
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


def test_backup_and_restore(tmp_path: Path) -> None:
    """A backup restored elsewhere is the same; into a database with somebody in it, it is refused in a line."""
    lofrayer("chat", "--language", "en", folder=tmp_path, typed="Cellcom charged me twice, 89.90\n")
    kept = json.loads(lofrayer("export", "terminal:me", folder=tmp_path).stdout)["kept"]
    (tmp_path / "elsewhere").mkdir()

    made = lofrayer("backup", "backup.db", folder=tmp_path)
    restored = lofrayer("restore", str(tmp_path / "backup.db"), folder=tmp_path / "elsewhere")
    there = json.loads(lofrayer("export", "terminal:me", folder=tmp_path / "elsewhere").stdout)["kept"]
    refused = lofrayer("restore", "backup.db", folder=tmp_path)

    assert made.stdout.startswith("1 people, ")
    assert made.stdout.endswith(" rows, compared one by one\n")
    assert made.stdout == restored.stdout
    assert kept == there
    assert 2 == refused.returncode
    assert refused.stderr.startswith("nothing was copied: the target is not empty: it has ")


def test_copying_to_no_database(tmp_path: Path) -> None:
    """The argument is named and what is accepted is said; the address, which may hold a password, is not shown."""
    done = lofrayer("copy-database", "sqlite+aiosqlite:///a.db", "postgresql://user:secret@host/x", folder=tmp_path)

    assert 2 == done.returncode
    assert done.stderr.startswith("TO: accepted: sqlite+aiosqlite:///path or postgresql+asyncpg://")
    assert "secret" not in done.stderr


def test_stats_count_without_naming(tmp_path: Path) -> None:
    """The operator sees how many people and cases there are, and nothing of what anybody said."""
    lofrayer("chat", "--language", "en", folder=tmp_path, typed="1\n1\nCellcom charged me twice, 89.90\n")
    counted = lofrayer("stats", folder=tmp_path)

    assert "people: 1, with a case: 1" in counted.stdout
    assert "by problem: overcharge 1" in counted.stdout
    assert "harged" not in counted.stdout.replace("overcharge", "")
    assert "terminal" not in counted.stdout


def test_exporting_a_stranger(tmp_path: Path) -> None:
    """Somebody we know nothing of is said so in a line."""
    done = lofrayer("export", "telegram:1", folder=tmp_path)

    assert 2 == done.returncode
    assert "nothing is kept on 'telegram:1'\n" == done.stderr


def test_exporting_by_half_an_id(tmp_path: Path) -> None:
    """Whoever leaves out the channel learns what an id looks like."""
    assert "for example telegram:12345" in lofrayer("export", "12345", folder=tmp_path).stderr


@pytest.mark.parametrize("command", [["run"], ["chat"], ["stats"], ["export", "telegram:1"]])
def test_a_database_that_cannot_be_used(tmp_path: Path, command: list[str]) -> None:
    """A folder instead of a file is one line on standard error and exit status 2, whatever was asked."""
    done = lofrayer(*command, folder=tmp_path, DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path}")

    assert 2 == done.returncode
    assert "the database cannot be used" in done.stderr
    assert 1 == len(done.stderr.splitlines())


def test_checking_what_is_not_there(tmp_path: Path) -> None:
    """A folder that is missing, or that holds no flows, is no clean one."""
    missing = lofrayer("check", "--flows", "nowhere", folder=tmp_path)
    empty = lofrayer("check", "--flows", str(tmp_path), folder=tmp_path)

    assert (2, 2) == (missing.returncode, empty.returncode)
    assert "nowhere" in missing.stderr
    assert f"--flows: '{tmp_path}' has neither a folder 'dialogs' nor a folder 'knowledge'\n" == empty.stderr


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
