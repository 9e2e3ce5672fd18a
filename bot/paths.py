"""Where the product's data files are: beside the code in a checkout, inside the package in a wheel."""

from __future__ import annotations

from pathlib import Path

__all__ = ["FLOWS", "LOCALES"]

_HERE = Path(__file__).resolve().parent


def _find(name: str) -> Path:
    for base in (_HERE / "data", _HERE.parent):
        if (base / name).is_dir():
            return base / name
    raise FileNotFoundError(f"the folder '{name}' is missing from this installation")


FLOWS = _find("flows")
LOCALES = _find("locales")
