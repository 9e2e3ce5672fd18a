"""The person's own time limits: counted from the day the matter began, and only where the right surely fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.core.case import Case, Due
from bot.core.deadlines import due_date
from bot.core.knowledge import Right
from bot.core.limits import limits
from tests.support.coach import coach

IL = coach()[0].countries["il"]
TODAY = date(2026, 11, 22)
CHARGE = Case(
    "1",
    datetime(2026, 11, 22, 10, tzinfo=UTC),
    problem="unauthorised_charge",
    sector="general",
    goal="refund",
    since=date(2026, 11, 1),
    facts={"remote_charge": "yes", "charge_within_30_days": "yes"},
)


def test_a_charge_can_be_denied_for_thirty_days() -> None:
    """Both rules about a charge end on the thirtieth day after it."""
    assert limits(IL, CHARGE, TODAY) == (
        Due("limit", date(2026, 12, 1), "remote-card-charge-missing-document"),
        Due("limit", date(2026, 12, 1), "unauthorised-card-use"),
    )


@pytest.mark.parametrize(
    "change",
    [
        {"since": None},
        {"since": date(2026, 10, 22)},
        {"status": "solved"},
        {"problem": "price_rise"},
        {"limits_done": ("remote-card-charge-missing-document", "unauthorised-card-use")},
    ],
    ids=["nobody knows since when", "over", "closed", "another problem", "used"],
)
def test_no_limit(change: dict[str, object]) -> None:
    """Nothing is counted where there is nothing to count from, or nothing left to do."""
    assert limits(IL, replace(CHARGE, **change), TODAY) == ()  # type: ignore[arg-type]


def test_what_is_not_sure_is_no_limit() -> None:
    """A right that may fit, or does not, warns of nothing; the last day itself still counts."""
    doubtful = replace(CHARGE, facts={"remote_charge": "unknown"})
    assert [due.what for due in limits(IL, doubtful, TODAY)] == ["unauthorised-card-use"]
    assert limits(IL, CHARGE, date(2026, 12, 1)) != ()
    assert limits(IL, CHARGE, date(2026, 12, 2)) == ()


@pytest.mark.parametrize("right", IL.limited, ids=lambda right: right.id)
def test_every_limit_says_by_which_rule(right: Right) -> None:
    """A limit is somebody's rule and never our thumb; it counts plain days or months, and its figure is the right's."""
    assert right.limit is not None
    limit = right.limit
    assert limit.basis in ("statutory", "regulatory")
    assert limit.unit in ("calendar_days", "months")
    assert limit.number in {figure.value for figure in right.figures}
    assert due_date(TODAY, limit, lambda _: False) is not None
