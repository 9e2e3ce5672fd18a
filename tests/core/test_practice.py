"""Practice: what is drawn, in what order, and what an answer is worth."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.core.knowledge import Objection
from bot.core.practice import BREATH, ROUNDS, Level, draw, faults, shuffled, verdict, weak_pair
from bot.core.reading import Mood, Traits
from tests.support.coach import coach

STAGES = ("opening", "ask", "manager", "retention", "close")


def objections() -> list[Objection]:
    """All that representatives say."""
    return list(coach()[0].objections.values())


@pytest.mark.parametrize("level", ["easy", "normal", "stubborn"])
@pytest.mark.parametrize("sector", ["general", "telecom-cellular", "banks", "no-such-sector"])
def test_draw(level: Level, sector: str) -> None:
    """Three or five different objections of that trade; the stubborn one says each twice, one after the other."""
    by_id = {o.id: o for o in objections()}
    rounds = draw(objections(), (sector,), None, (), level, "seed")
    first = [r.objection for r in rounds if not r.again]
    assert len(set(first)) == len(first) == ROUNDS[level]
    assert len(rounds) == ROUNDS[level] * (2 if level == "stubborn" else 1)
    assert all(not by_id[o].sectors or sector in by_id[o].sectors for o in first)
    for one, two in pairwise(rounds):
        assert two.again == (level == "stubborn" and not one.again)
        assert not two.again or one.objection == two.objection


def test_draw_follows_the_call() -> None:
    """Objections come in the order of the stages of a call, from different categories."""
    by_id = {o.id: o for o in objections()}
    for seed in map(str, range(50)):
        drawn = [by_id[r.objection] for r in draw(objections(), ("telecom-cellular",), None, (), "normal", seed)]
        first = [min(STAGES.index(s) for s in o.stages) for o in drawn]
        assert first == sorted(first)
        assert len({o.category for o in drawn}) == len(drawn)


def test_draw_prefers_the_problem() -> None:
    """At least half is what this problem is known for."""
    problem = coach()[0].problems["overcharge"]
    for seed in map(str, range(50)):
        drawn = draw(objections(), ("general",), problem.id, problem.objections, "normal", seed)
        likely = [r for r in drawn if r.objection in problem.objections or problem.id in _problems(r.objection)]
        assert len(likely) >= 3


def _problems(objection: str) -> tuple[str, ...]:
    return next(o.problems for o in objections() if o.id == objection)


def test_draw_is_decided_by_the_seed() -> None:
    """The same seed draws the same; other seeds draw everything sooner or later."""
    again = [draw(objections(), ("general",), None, (), "normal", "p/1") for _ in range(2)]
    assert again[0] == again[1]
    many = {r.objection for n in range(300) for r in draw(objections(), ("general",), None, (), "normal", f"p/{n}")}
    assert len(many) >= 40
    assert "hung_up" not in many


def test_nothing_to_draw() -> None:
    """Without objections there is nothing to practice, and no crash."""
    assert draw([], ("general",), None, (), "easy", "x") == []


def test_shuffled_is_a_fair_order() -> None:
    """Each item is at each place about equally often, whatever the items are; equal items stay two."""
    places = [shuffled("abc", str(n)).index("a") for n in range(3000)]
    assert all(900 < places.count(place) < 1100 for place in range(3))
    assert shuffled([1, 1], "x") == [1, 1]


def test_weak_pair_is_of_two_kinds() -> None:
    """The two wrong answers beside the line are wrong in different ways."""
    answers = list(coach()[0].weak_answers.values())
    pairs = [weak_pair(answers, str(n)) for n in range(200)]
    assert all(one.kind != two.kind for one, two in pairs)
    assert {a.kind for pair in pairs for a in pair} == {a.kind for a in answers}


@pytest.mark.parametrize(
    ("traits", "mood", "wrong", "worth"),
    [
        (Traits(asks=True, pins=True, words=10), "calm", (), "holds"),
        (Traits(asks=True, words=10), "calm", (), "half"),
        (Traits(pins=True, words=10), "calm", (), "half"),
        (Traits(words=10), "calm", ("asks_nothing",), "half"),
        (Traits(asks=True, pins=True, words=BREATH), "calm", (), "holds"),
        (Traits(asks=True, pins=True, words=BREATH + 1), "calm", ("over_explains",), "half"),
        (Traits(yields=True, words=2), "calm", ("gives_ground",), "slips"),
        (Traits(asks=True, pins=True, words=5), "threat", ("threatens",), "slips"),
        (Traits(asks=True, pins=True, words=5), "insult", ("attacks",), "slips"),
        (Traits(asks=True, pins=True, words=5), "rant", ("attacks",), "slips"),
        (Traits(asks=True, blames=True, words=5), "calm", ("attacks",), "slips"),
        (Traits(yields=True, blames=True, words=30), "threat",
         ("attacks", "threatens", "gives_ground", "over_explains"), "slips"),
    ],
)  # fmt: skip
def test_judging(traits: Traits, mood: Mood, wrong: tuple[str, ...], worth: str) -> None:
    """An answer holds when it asks and pins down and nothing is wrong; length costs half, the rest everything."""
    assert faults(traits, mood) == wrong
    assert verdict(traits, faults(traits, mood)) == worth
