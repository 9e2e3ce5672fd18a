"""Every door of every ladder, as it is shown: its wait, whose rule it is and where that was read, and the odds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.case import Case, Step
from bot.core.events import Said
from bot.core.ladder import ladder_of
from bot.core.screen import build_screen
from bot.core.session import Frame, Profile, Session
from bot.core.talk import Talk
from bot.core.vocabulary import VOCABULARY
from tests.support.coach import coach
from tests.support.screens import english

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
BOOK, RENDERER = coach()
IL = BOOK.countries["il"]
RULES = {
    "statutory": "That is the law's time.",
    "regulatory": "That is the regulator's rule.",
    "official_published": "That is the time they publish.",
    "contractual": "That is in their terms.",
}
OURS = "That is my advice, not a rule."


def door(sector: str, taken: int) -> tuple[str, Talk]:
    """The door that comes after so many rungs of a sector's ladder, in English."""
    case = Case("1", NOW, problem="other", sector=sector, goal="refund", company_name="Acme")
    ladder = ladder_of(IL, case)
    assert ladder is not None
    steps = tuple(Step(rung.channel, NOW.date(), "skipped") for rung in ladder.rungs[:taken])
    session = Session(
        "p",
        profile=Profile(language="en"),
        stack=(Frame("home", "menu"), Frame("escalate", "door")),
        cases=(replace(case, steps=steps),),
        case="1",
    )
    talk = Talk(BOOK, VOCABULARY, session, Said(id="e:1", person="p", at=NOW, text=""), NOW, ())
    ask = BOOK.dialogs["escalate"].nodes["door"].ask
    assert ask is not None
    return english(RENDERER, build_screen(talk, ask), session.profile, NOW), talk


PLACES = [
    pytest.param(sector, n, id=f"{sector}-{n}")
    for sector, found in IL.sectors.items()
    for n in range(len(IL.ladders[found.ladder].rungs))
]


@pytest.mark.parametrize(("sector", "taken"), PLACES)
def test_every_door_says_whose_rule_its_wait_is(sector: str, taken: int) -> None:
    """A rule is shown with its source; our advice is called advice, and is never shown as anybody's rule."""
    text, talk = door(sector, taken)
    case = talk.the_case
    ladder = ladder_of(IL, case)
    assert ladder is not None
    rung = ladder.rungs[taken]
    channel = IL.channels[rung.channel]
    if f"Next: {RENDERER.plain(talk.msg(channel.name), talk.profile, NOW)}" not in text:
        return  # it is barred or withdrawn
    own = channel.wait
    wait = own if own.role == "answer" and own.number is not None else rung.wait
    said = [name for name, sentence in RULES.items() if sentence in text]
    assert said == ([wait.basis] if wait.number and wait.basis in RULES else [])
    assert (OURS in text) == (bool(wait.number) and wait.basis == "coach_heuristic")
    assert ("The rule: " in text) == (wait.source is not None)
    assert ("The odds" in text) == (channel.odds is not None)
