"""Who may import whom: the table of the design, enforced."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

BOT = Path(__file__).resolve().parents[1] / "bot"

ALLOWED: dict[str, tuple[str, ...]] = {
    "core": ("core",),
    "authoring": ("authoring", "core"),
    "language.training": ("language", "core", "paths", "app"),  # the authors' tools: phrases in, the whole reader out
    "language": ("language", "core"),
    "calendars": ("calendars", "core"),
    "documents": ("documents", "core", "language"),
    "runtime": ("runtime", "core", "language", "unbroken"),
    "store": ("store", "core", "runtime.ports", "unbroken"),
    "channels.telegram": ("channels.telegram", "core", "runtime.ports"),
    "channels.web": ("channels.web", "core", "runtime.ports"),
    "channels.terminal": ("channels.terminal", "core", "runtime.ports"),
}
"""Package -> what of ours it may import. Modules directly in ``bot`` (app, cli, settings…) may import everything.

``unbroken`` is how asyncio is used, whatever for.
"""

CORE_LIBRARIES = frozenset({"pydantic", "pydantic_core"})


def modules() -> list[tuple[str, Path]]:
    """Every module with its dotted name below ``bot``."""
    return [(".".join(p.relative_to(BOT).with_suffix("").parts), p) for p in sorted(BOT.rglob("*.py"))]


def imports(path: Path) -> set[str]:
    """The full names of the modules that a file imports, wherever the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
    return found


def within(name: str, package: str) -> bool:
    """Whether a module is a package or stands in it."""
    return name == package or name.startswith(f"{package}.")


def package_of(name: str) -> str | None:
    """The row of the table that a module falls under."""
    return next((p for p in ALLOWED if within(name, p)), None)  # the narrower rows stand first


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_imports_only_what_it_may(package: str) -> None:
    """No module imports one of ours that its layer may not know."""
    wrong = [
        f"{name} imports {imported}"
        for name, path in modules()
        if package_of(name) == package
        for imported in sorted(imports(path))
        if within(imported, "bot")
        and not any(within(imported.removeprefix("bot."), allowed) for allowed in ALLOWED[package])
    ]

    assert [] == wrong


def test_the_core_knows_only_the_standard_library_and_pydantic() -> None:
    """The core is pure: nothing from outside but pydantic."""
    known = sys.stdlib_module_names | CORE_LIBRARIES | {"bot"}
    wrong = [
        f"{name} imports {imported}"
        for name, path in modules()
        if within(name, "core")
        for imported in sorted(imports(path))
        if imported.split(".")[0] not in known
    ]

    assert [] == wrong


def test_every_package_has_its_row() -> None:
    """A new package cannot slip past the table."""
    rows = {row.split(".")[0] for row in ALLOWED}
    packages = {p.parent.name for p in BOT.glob("*/__init__.py")} - {"data"}

    assert set() == packages - rows - {"channels"}
    assert {f"channels.{p.parent.name}" for p in BOT.glob("channels/*/__init__.py")} <= set(ALLOWED)
