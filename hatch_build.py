"""Build hook: the wheel carries compiled catalogs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogHook(BuildHookInterface):
    """Compiles the catalogs and puts them into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the wheel is packed."""
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from bot.language.mo import compile_all
        finally:
            sys.path.pop(0)
        for path in compile_all(root / "locales"):
            build_data["force_include"][str(path)] = f"bot/data/{path.relative_to(root)}"
