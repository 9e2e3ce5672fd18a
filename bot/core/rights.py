"""Which rights fit a case. A right is offered only where jurisdiction, sector, problem and conditions fit."""

from __future__ import annotations

from typing import Literal

from bot.core.book import Book, Country
from bot.core.case import Case
from bot.core.knowledge import Fact, Right

__all__ = ["Fit", "fit", "fitting", "missing_facts", "named_rights"]

Fit = Literal["yes", "maybe", "no"]
"""``maybe``: it would fit if a condition that nobody has asked about holds."""


def fit(right: Right, case: Case) -> Fit:
    """Whether a right fits a case."""
    applies = right.applies
    if right.withdrawn or case.sector in applies.except_sectors:
        return "no"
    if applies.sectors and case.sector not in applies.sectors:
        return "no"
    if applies.problems and case.problem not in applies.problems:
        return "no"
    answers = [case.facts.get(fact) for fact in applies.facts]
    opposite = [case.facts.get(fact) for fact in applies.not_facts]
    if "no" in answers or "yes" in opposite:
        return "no"
    if all(a == "yes" for a in answers) and all(a == "no" for a in opposite):
        return "yes"
    return "maybe"


def fitting(book: Book, country: Country, case: Case, wanted: tuple[Fit, ...] = ("yes",)) -> list[Right]:
    """The rights that fit a case: those the problem names first, in its order; then the surer ones."""
    problem = book.problems.get(case.problem)
    order = {right: n for n, right in enumerate(problem.rights)} if problem else {}
    grades = {"high": 0, "medium": 1, "low": 2}
    about = [r for r in country.rights.values() if r.id in order or case.problem in r.applies.problems]
    found = [r for r in about if fit(r, case) in wanted]
    return sorted(found, key=lambda r: (order.get(r.id, len(order)), grades[r.confidence], r.id))


def named_rights(book: Book, country: Country, case: Case) -> list[str]:
    """The rights that the problem names, in its order; where it names none of this country, those that may fit."""
    problem = book.problems.get(case.problem)
    named = problem.rights if problem is not None else ()
    here = [right for right in named if right in country.rights]
    return here if here or not named else [right.id for right in fitting(book, country, case, ("yes", "maybe"))]


def missing_facts(book: Book, country: Country, case: Case) -> list[str]:
    """The conditions worth asking about: those that decide the rights the problem names, in order."""
    asked: dict[str, None] = {}
    for name in named_rights(book, country, case):
        right = country.rights[name]
        if fit(right, case) != "maybe":
            continue
        for fact in (*right.applies.facts, *right.applies.not_facts):
            if fact not in case.facts and fact in country.facts and _worth_asking(country.facts[fact], case):
                asked.setdefault(fact)
    return list(asked)


def _worth_asking(fact: Fact, case: Case) -> bool:
    return fact.asked and (not fact.problems or case.problem in fact.problems)
