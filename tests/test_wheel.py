"""The built wheel carries everything it needs."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's contents, built and installed away from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    target = folder / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return target


def run(installed: Path, folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run the installed product elsewhere, with the libraries of this environment and not the checkout."""
    libraries = sysconfig.get_paths()["purelib"]
    paths = f"sys.path[:0] = [{str(installed)!r}]; sys.path.append({libraries!r})"
    start = f"import sys; {paths}; from bot.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-S", "-c", start, *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_carries_flows_and_compiled_catalogs(installed: Path) -> None:
    """The dialogs, the knowledge and the Hebrew catalog are inside."""
    data = installed / "bot" / "data"

    assert (data / "flows" / "dialogs" / "home.yaml").is_file()
    assert (data / "locales" / "he" / "LC_MESSAGES" / "lofrayer.mo").is_file()


def test_it_talks_elsewhere(installed: Path, tmp_path: Path) -> None:
    """Installed away from the checkout, it says its first words in Hebrew."""
    done = run(installed, tmp_path, "chat", "--language", "he")

    assert "לא פראייר" in done.stdout, done.stderr
    assert 0 == done.returncode
