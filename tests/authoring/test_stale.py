"""Facts that nobody has looked at for long."""

from __future__ import annotations

from datetime import date

import pytest

from bot.authoring.book import read_shelf
from bot.authoring.stale import age_in_months, stale
from bot.paths import FLOWS

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("checked", "months"),
    [("2026-11-22", 0), ("2026-10-23", 0), ("2026-10-22", 1), ("2026-10", 1), ("2026", 10), ("2025-11-22", 12)],
)
def test_age(checked: str, months: int) -> None:
    """Whole months count; of what is not known of a date, the earliest."""
    assert months == age_in_months(checked, TODAY)


def test_the_old_ones_come_oldest_first() -> None:
    """What is as old as asked for is listed, what has no date before all, what is withdrawn not at all."""
    shelf = read_shelf(FLOWS)
    old = stale(shelf.records, TODAY, 24)
    dated = [fact.months for fact in old if fact.months is not None]
    assert dated == sorted(dated, reverse=True)
    assert min(dated) >= 24
    names = [fact.name for fact in old]
    assert {"us-card-billing-error", "access-to-company-recordings", "uk-resolver"} <= set(names)
    assert (
        names.index("us-card-billing-error") < names.index("access-to-company-recordings") < names.index("uk-resolver")
    )
    assert "il-do-not-call" not in names
    assert len(stale(shelf.records, TODAY, 0)) > len(old)
