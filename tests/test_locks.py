"""The locked dependencies: each is one version with its hashes, and they are the ones that are asked for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def locked(name: str) -> dict[str, tuple[Requirement, list[str]]]:
    """Package -> what is required of it, and the hashes of the files that may be installed."""
    found: dict[str, tuple[Requirement, list[str]]] = {}
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        wanted, *hashes = re.split(r"\s+--hash=", line.partition("#")[0].strip())
        if wanted:
            requirement = Requirement(wanted)
            found[canonicalize_name(requirement.name)] = (requirement, hashes)
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_each_is_one_version_with_its_hashes(name: str) -> None:
    """Nothing else can be installed than what was there when it was locked."""
    found = locked(name)
    assert len(found) > 20
    for requirement, hashes in found.values():
        assert re.fullmatch(r"==[\w.+!-]+", str(requirement.specifier)), requirement
        assert requirement.url is None, requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), requirement


def test_the_tests_run_with_what_the_product_runs_with() -> None:
    """Whatever is in both files is the same version with the same hashes."""
    product, tests = (locked(name) for name in LOCKS)
    assert product.keys() <= tests.keys()
    assert {n: (str(r), h) for n, (r, h) in product.items()} == {n: (str(tests[n][0]), tests[n][1]) for n in product}


def test_what_is_asked_for_is_locked() -> None:
    """Every dependency of pyproject.toml is in the lock, in a version that it allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for name, wanted in (
        (LOCKS[0], [*project["dependencies"], *extras["build"]]),
        (LOCKS[1], [*project["dependencies"], *extras["build"], *extras["dev"]]),
    ):
        found = locked(name)
        for requirement in map(Requirement, wanted):
            version = str(found[canonicalize_name(requirement.name)][0].specifier).removeprefix("==")
            assert requirement.specifier.contains(version, prereleases=True), (name, requirement, version)


@pytest.mark.parametrize("name", LOCKS)
def test_no_address_stands_in_a_lock(name: str) -> None:
    """Where packages come from is the machine's to say."""
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")
