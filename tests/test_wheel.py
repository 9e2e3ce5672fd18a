"""The built wheel carries everything it needs."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tomllib
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
        timeout=300,
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


def test_it_says_its_version_elsewhere(installed: Path, tmp_path: Path) -> None:
    """The version is the one of the wheel, which pip knows too."""
    done = run(installed, tmp_path, "version")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert project["version"] == done.stdout.strip(), done.stderr
    assert (installed / f"lofrayer-{project['version']}.dist-info").is_dir()


def test_it_uses_nothing_of_the_checkout(installed: Path, tmp_path: Path) -> None:
    """Code, flows and catalogs are those that were installed, and they load."""
    libraries = sysconfig.get_paths()["purelib"]
    program = (
        f"import sys; sys.path[:0] = [{str(installed)!r}]; sys.path.append({libraries!r}); "
        "import bot.app, bot.paths; book, renderer = bot.app.load(); "
        "print(bot.app.__file__, bot.paths.FLOWS, bot.paths.LOCALES, len(book.dialogs), *renderer.catalogs.languages)"
    )
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert 0 == done.returncode, done.stderr
    *files, dialogs, first, second = done.stdout.split()[:6]

    assert all(Path(file).is_relative_to(installed) for file in files), files
    assert int(dialogs) > 10
    assert ("he", "en") == (first, second)
