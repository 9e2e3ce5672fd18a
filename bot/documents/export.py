"""Everything that is kept on a person, as one JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

__all__ = ["FORMAT", "export_json"]

FORMAT = 1
"""The version of the export's layout."""


def export_json(person: str, kept: Mapping[str, Any], now: datetime) -> bytes:
    """The export, UTF-8 and indented: what the tables hold, by table, times in ISO 8601 UTC."""
    whole = {"format": FORMAT, "person": person, "exported": now.isoformat(timespec="seconds"), "kept": kept}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()
