"""A right is offered only where it fits; what is not known is asked about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.book import Book, Country, Silent
from bot.core.case import Case
from bot.core.knowledge import Fact, Problem, Right
from bot.core.rights import fit, fitting, missing_facts
from tests.support.coach import coach

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def right(name: str = "r", *, withdrawn: bool = False, confidence: str = "high", **applies: Any) -> Right:
    """A right with these conditions."""
    return Right.model_validate(
        {
            "id": name,
            "title": name,
            "claim": "It holds.",
            "limits": "Not always.",
            "say": ["It holds."],
            "applies": applies,
            "statute": "Section 1",
            "sources": [{"title": "The law"}],
            "confidence": confidence,
            "checked": "2026-09",
            "topic": "money",
            "withdrawn": withdrawn,
        }
    )


def case(problem: str = "overcharge", sector: str = "retail", **facts: str) -> Case:
    """A case of which this is known."""
    return Case("1", NOW, problem=problem, sector=sector, facts=facts)


def fact(name: str, *, asked: bool = True, excludes: tuple[str, ...] = ()) -> Fact:
    """A condition."""
    return Fact.model_validate(
        {"id": name, "question": f"{name}?", "yes": "Yes", "no": "No", "asked": asked, "excludes": excludes}
    )


def country_of(*rights: Right, facts: tuple[Fact, ...] = ()) -> Country:
    """A country with these rights."""
    return Country("il", rights={r.id: r for r in rights}, facts={f.id: f for f in facts})


def book_of(*rights: str) -> Book:
    """A book whose problem names these rights."""
    problem = Problem.model_validate(
        {
            "id": "overcharge",
            "label": "A wrong charge",
            "description": "Too much was taken.",
            "story": ["Too much was taken."],
            "goals": ["refund"],
            "rights": rights,
        }
    )
    return Book({}, {"overcharge": problem}, {}, {}, {}, {}, ("en",), Silent())


@pytest.mark.parametrize(
    ("applies", "facts", "expected"),
    [
        ({}, {}, "yes"),
        ({"sectors": ["retail", "banks"]}, {}, "yes"),
        ({"sectors": ["banks"]}, {}, "no"),
        ({"except_sectors": ["retail"]}, {}, "no"),
        ({"except_sectors": ["banks"]}, {}, "yes"),
        ({"problems": ["overcharge"]}, {}, "yes"),
        ({"problems": ["technician"]}, {}, "no"),
        ({"facts": ["remote"]}, {}, "maybe"),
        ({"facts": ["remote"]}, {"remote": "yes"}, "yes"),
        ({"facts": ["remote"]}, {"remote": "no"}, "no"),
        ({"facts": ["remote"]}, {"remote": "unknown"}, "maybe"),
        ({"facts": ["remote", "young"]}, {"remote": "yes"}, "maybe"),
        ({"facts": ["remote", "young"]}, {"remote": "unknown", "young": "no"}, "no"),
        ({"not_facts": ["shop"]}, {}, "maybe"),
        ({"not_facts": ["shop"]}, {"shop": "no"}, "yes"),
        ({"not_facts": ["shop"]}, {"shop": "yes"}, "no"),
        ({"not_facts": ["shop"]}, {"shop": "unknown"}, "maybe"),
        ({"facts": ["remote"], "not_facts": ["shop"]}, {"remote": "yes", "shop": "no"}, "yes"),
        ({"facts": ["remote"], "not_facts": ["shop"]}, {"remote": "yes"}, "maybe"),
        ({"sectors": ["banks"], "facts": ["remote"]}, {"remote": "yes"}, "no"),
    ],
)
def test_fit(applies: dict[str, Any], facts: dict[str, str], expected: str) -> None:
    """A right fits when sector, problem and every condition do; what nobody answered leaves it open."""
    assert fit(right(**applies), case(**facts)) == expected


def test_a_withdrawn_right_never_fits() -> None:
    """What has lapsed is kept for the record and never offered."""
    assert fit(right(withdrawn=True), case()) == "no"


@given(
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["yes", "no", "unknown"])),
    st.sets(st.sampled_from("abcd"), max_size=3),
    st.sets(st.sampled_from("abcd"), max_size=2),
)
def test_an_open_right_can_still_turn_either_way(facts: dict[str, str], needed: set[str], barred: set[str]) -> None:
    """`maybe` means that answers exist which make it a yes; yes and no stay what they are when more is learnt."""
    rule = right(facts=sorted(needed), not_facts=sorted(barred))
    now = fit(rule, case(**facts))
    still_open = {f for f in needed | barred if facts.get(f) not in ("yes", "no")}
    best = fit(rule, case(**{**facts, **{f: "yes" if f in needed else "no" for f in still_open}}))
    if now == "maybe":
        assert still_open
        assert best == ("yes" if not needed & barred & still_open else "no")
    else:
        assert best == now


def test_the_problems_own_rights_come_first_in_its_order() -> None:
    """What the problem names leads, then the surer ones; a rule about no problem in particular is not pushed."""
    rights = (
        right("z_low", confidence="low", problems=["overcharge"]),
        right("a_high", problems=["overcharge"]),
        right("first"),
        right("second", confidence="low"),
        right("general"),
    )
    found = fitting(book_of("first", "second"), country_of(*rights), case())
    assert [r.id for r in found] == ["first", "second", "a_high", "z_low"]


def test_what_may_fit_is_found_only_when_asked_for() -> None:
    """An unanswered condition keeps a right out of the sure ones."""
    rights = (right("open", facts=["remote"]), right("sure"))
    book, country = book_of("open", "sure"), country_of(*rights)
    assert [r.id for r in fitting(book, country, case())] == ["sure"]
    assert [r.id for r in fitting(book, country, case(), ("yes", "maybe"))] == ["open", "sure"]


def test_missing_facts_are_those_that_decide() -> None:
    """Only unanswered conditions of open rights that the problem names are asked about, each once, in order."""
    facts = (fact("remote"), fact("young"), fact("shop"), fact("later", asked=False))
    rights = (
        right("one", facts=["remote", "young"]),
        right("two", facts=["young", "later"], not_facts=["shop"]),
        right("elsewhere", sectors=["banks"], facts=["shop"]),
        right("unnamed", facts=["shop"]),
    )
    country = country_of(*rights, facts=facts)
    book = book_of("one", "two", "elsewhere", "gone")
    assert missing_facts(book, country, case()) == ["remote", "young", "shop"]
    assert missing_facts(book, country, case(young="no")) == []
    assert missing_facts(book, country, case(remote="no")) == ["young", "shop"]
    assert missing_facts(book, country, case(remote="unknown", young="unknown")) == ["shop"]
    assert missing_facts(book, country, case(problem="gone")) == []


def test_no_real_right_is_offered_outside_its_sectors() -> None:
    """For every right, problem and sector of the book: what is offered as sure was answered for."""
    book, _ = coach()
    il = book.countries["il"]
    for problem in book.problems:
        for sector in il.sectors:
            known = dict.fromkeys(il.sectors[sector].implies, "yes")
            for found in fitting(book, il, case(problem, sector, **known)):
                applies = found.applies
                assert not found.withdrawn
                assert sector not in applies.except_sectors
                assert not applies.sectors or sector in applies.sectors
                assert all(known.get(f) == "yes" for f in applies.facts)
                assert not applies.not_facts
