"""A start that cannot be: one clear line that names the setting, and exit status 2."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.end_to_end.conftest import TOKEN
from tests.fakes.coach import ROOT
from tests.fakes.telegram_api import TelegramServer
from tests.support.waiting import PATIENCE

CASES = {
    "a token that Telegram does not know": "TELEGRAM_BOT_TOKEN: Telegram does not know this token",
    "a port that is taken": "WEB_HOST, WEB_PORT: cannot listen on 127.0.0.1:",
    "a host that is not ours": "WEB_HOST, WEB_PORT: cannot listen on 203.0.113.7:0",
    "a database that is a folder": "DATABASE_URL: the database cannot be used",
    "a database that is something else": "DATABASE_URL: the database cannot be used",
    "a database of a later release": "DATABASE_URL: the database cannot be used (it is at version 9999.9999",
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[int, str]]]:
    """Exit status and what was printed, for each case; they start at the same time."""
    folder = tmp_path_factory.mktemp("start")
    (folder / "letter.txt").write_text("Dear landlord, " * 500)
    with sqlite3.connect(folder / "later.db") as later:
        later.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        later.execute("INSERT INTO alembic_version VALUES ('9999.9999')")
    later.close()
    with ExitStack() as stack:
        telegram = stack.enter_context(TelegramServer())
        taken = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        wrong = {
            "a token that Telegram does not know": {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram.url},
            "a port that is taken": {"WEB_PORT": str(taken.getsockname()[1])},
            "a host that is not ours": {"WEB_HOST": "203.0.113.7"},
            "a database that is a folder": {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}"},
            "a database that is something else": {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/letter.txt"},
            "a database of a later release": {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/later.db"},
        }
        processes = {case: started(folder, number, wrong[case]) for number, case in enumerate(wrong)}
        yield {
            case: (process.communicate(timeout=PATIENCE)[1], process.returncode)[::-1]
            for case, process in processes.items()
        }


def started(folder: Path, number: int, wrong: dict[str, str]) -> subprocess.Popen[str]:
    """A coach with its own folder and a wrong setting."""
    own = folder / str(number)
    own.mkdir()
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=own,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(own), "WEB_PORT": "0", **wrong},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("case", CASES)
def test_a_start_that_cannot_be(outcomes: dict[str, tuple[int, str]], case: str) -> None:
    """It ends at once, says which setting is wrong and why, and nothing else."""
    status, printed = outcomes[case]
    assert printed.startswith(CASES[case]), printed
    assert len(printed.splitlines()) == 1, printed
    assert status == 2
