"""Practice without the talk: what is drawn, which wrong answers stand beside the line, what an answer is worth.

Everything follows from a seed (a text), so that a repeated turn draws the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from bot.core.knowledge import Objection, Stage, WeakAnswer
from bot.core.reading import Mood, Traits

__all__ = ["BREATH", "Fault", "Level", "Round", "Verdict", "draw", "faults", "shuffled", "verdict", "weak_pair"]

T = TypeVar("T")

BREATH = 23
"""Words that can be said in one breath."""

Level = Literal["easy", "normal", "stubborn"]
ROUNDS: Mapping[Level, int] = {"easy": 3, "normal": 5, "stubborn": 5}
"""How many objections are drawn; the stubborn one says each of them twice."""

Fault = Literal["gives_ground", "attacks", "threatens", "over_explains", "accepts_vaguely", "asks_nothing"]
"""What is wrong with an answer; the first five are the kinds of `WeakAnswer`."""

Verdict = Literal["holds", "half", "slips"]

GENERAL = "general"
"""The trade of those who did not say."""
_SILENT = frozenset({"hung_up"})
"""Objections that nobody says."""
_STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(frozen=True, slots=True)
class Round:
    """One thing the representative says; ``again``: for the second time."""

    objection: str
    again: bool = False


def shuffled(items: Iterable[T], seed: str) -> list[T]:
    """The items in an order that only the seed decides."""

    def place(numbered: tuple[int, T]) -> bytes:
        return hashlib.blake2b(f"{seed}/{numbered[0]}/{numbered[1]}".encode(), digest_size=8).digest()

    return [item for _, item in sorted(enumerate(items), key=place)]


def draw(
    objections: Sequence[Objection],
    trades: Collection[str],
    problem: str | None,
    expected: Sequence[str],
    level: Level,
    seed: str,
) -> list[Round]:
    """What the representative will say, in the order of a call.

    Half of it is what this problem is known for, or this trade where there is no problem; no two come from one
    category while others are left.

    Args:
        objections: all there are.
        trades: the trade, by all of its names; ``general`` draws only what is said everywhere.
        problem: the person's problem, if there is a case.
        expected: the ids that this problem is known for.
        level: how many, and whether each is repeated.
        seed: what decides between equals.
    """
    here = [o for o in objections if (not o.sectors or not set(trades).isdisjoint(o.sectors)) and o.id not in _SILENT]
    trade = [o for o in here if o.sectors and GENERAL not in o.sectors]
    known = [o for o in here if o.id in expected or (problem is not None and problem in o.problems)]
    count = ROUNDS[level]
    taken: list[Objection] = []
    for pool, upto in ((known or trade, (count + 1) // 2), (here, count)):
        left = [o for o in shuffled(pool, seed) if o not in taken]
        while left and len(taken) < upto:
            heard = {o.category for o in taken}
            taken.append(next((o for o in left if o.category not in heard), left[0]))
            left.remove(taken[-1])
    order = {o.id: n for n, o in enumerate(shuffled(taken, seed))}
    taken.sort(key=lambda o: (min(map(_STAGES.index, o.stages), default=0), order[o.id]))
    again = (False, True) if level == "stubborn" else (False,)
    return [Round(o.id, repeated) for o in taken for repeated in again]


def weak_pair(answers: Iterable[WeakAnswer], seed: str) -> list[WeakAnswer]:
    """Two wrong answers of different kinds."""
    first, *others = shuffled(answers, seed)
    return [first, next(a for a in others if a.kind != first.kind)]


def faults(traits: Traits, mood: Mood) -> tuple[Fault, ...]:
    """What is wrong with an answer in the person's own words, the worst first."""
    found: list[Fault] = []
    if mood in ("insult", "rant", "violence") or traits.blames:
        found.append("attacks")
    if mood == "threat":
        found.append("threatens")
    if traits.yields:
        found.append("gives_ground")
    if traits.words > BREATH:
        found.append("over_explains")
    if not (found or traits.asks or traits.pins):
        found.append("asks_nothing")
    return tuple(found)


def verdict(traits: Traits, wrong: Sequence[Fault]) -> Verdict:
    """Whether an answer holds: it asks or pins down, and nothing is wrong with it; length alone costs half."""
    if set(wrong) - {"over_explains", "asks_nothing"}:
        return "slips"
    return "holds" if not wrong and traits.asks and traits.pins else "half"
