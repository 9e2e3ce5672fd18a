"""The person's own time limits: the last day on which a right that fits their case can be used."""

from __future__ import annotations

from datetime import date

from bot.core.book import Country
from bot.core.case import Case, Due
from bot.core.deadlines import due_date
from bot.core.rights import fit

__all__ = ["limits"]


def limits(country: Country, case: Case, today: date) -> tuple[Due, ...]:
    """The limits of the rights that surely fit a case, counted from the day it began, that are not over, soonest first.

    Counted from the earliest day that the law could mean, so that what is warned of is never too late.
    """
    if case.since is None or not case.is_open:
        return ()
    found: list[Due] = []
    for right in country.limited:
        if right.id in case.limits_done or right.limit is None or fit(right, case) != "yes":
            continue
        last = due_date(case.since, right.limit, lambda _: False)
        if last is not None and last >= today:
            found.append(Due("limit", last, right.id))
    return tuple(sorted(found, key=lambda due: (due.on, due.what)))
