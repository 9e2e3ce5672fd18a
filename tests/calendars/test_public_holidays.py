"""The days that are kept are the library's, and a damaged file does no harm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import holidays
import pytest

from bot.calendars import public_holidays as kept
from bot.calendars.public_holidays import COUNTRIES, public_holidays

NOW = datetime.now(UTC).year


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of our own to keep them in, and nothing remembered."""
    monkeypatch.setattr(kept, "KEPT", tmp_path / "kept")
    forget()
    yield tmp_path / "kept"
    forget()


def forget() -> None:
    public_holidays.cache_clear()
    kept._kept.cache_clear()


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("year", [NOW, NOW + 3, 2045])
def test_the_days_are_those_of_the_library(country: str, year: int) -> None:
    """Also in a year that is not kept, also when they were read from the file, also when it is damaged."""
    code, part = COUNTRIES[country]
    expected = set(holidays.country_holidays(code, subdiv=part, years=year))
    assert expected == public_holidays(country, year)
    forget()
    assert expected == public_holidays(country, year)
    forget()
    for file in kept.KEPT.iterdir():
        file.write_text("{", "utf-8")
    assert expected == public_holidays(country, year)


def test_where_nothing_may_be_written(folder: Path) -> None:
    """They are looked up in the library."""
    folder.write_text("a file where the folder should be")
    assert public_holidays("il", NOW)
