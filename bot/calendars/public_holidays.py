"""Public holidays of the countries that the coach serves, by the library `holidays`.

The library takes 10 MB and a quarter of a second to load, for some dates that do not change. So the years around now
are kept beside this file, as Python keeps its compiled modules, for each version of the library.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

__all__ = ["public_holidays"]

log = logging.getLogger(__name__)

COUNTRIES = {"il": ("IL", None), "us": ("US", None), "uk": ("GB", "ENG")}
"""Country -> its code in the library and the part of it whose holidays count. Of other countries none are known."""
KEPT = Path(__file__).parent / "__pycache__"
BEHIND, AHEAD = 2, 6
"""Years around the present one that are kept."""


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The days on which offices of a country are closed in a year, weekends aside."""
    kept = _kept().get(f"{country} {year}")
    return frozenset(map(date.fromisoformat, kept)) if kept is not None else frozenset(_looked_up(country, [year]))


@cache
def _kept() -> dict[str, list[str]]:
    now = datetime.now(UTC).year
    path = KEPT / f"holidays.{version('holidays')}.{now}.json"
    try:
        found: dict[str, list[str]] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        found = {
            f"{country} {year}": sorted(day.isoformat() for day in _looked_up(country, [year]))
            for country in COUNTRIES
            for year in range(now - BEHIND, now + AHEAD + 1)
        }
        _keep(path, json.dumps(found))
    return found


def _looked_up(country: str, years: Iterable[int]) -> Iterable[date]:
    import holidays

    if country not in COUNTRIES:
        return ()
    code, part = COUNTRIES[country]
    return holidays.country_holidays(code, subdiv=part, years=years)


def _keep(path: Path, text: str) -> None:
    mine = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        mine.write_text(text, "utf-8")
        mine.replace(path)
    except OSError as error:
        log.info("the holidays cannot be kept: %s", error.strerror)
