"""The advice of the founding texts: every piece is where docs/founding-claims.md says, and a person can get to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from bot.authoring.book import read_shelf
from bot.authoring.source import read_source
from bot.authoring.texts import shelf_texts
from bot.core.case import Case, Step
from bot.core.events import Said
from bot.core.ladder import rungs
from bot.core.session import Frame, Profile, Session
from bot.core.talk import Talk
from bot.core.vocabulary import VOCABULARY
from bot.paths import FLOWS
from tests.support.coach import coach

PAGE = Path(__file__).parents[1] / "docs" / "founding-claims.md"
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
LINK = re.compile(r"\[(advice|answer|door|letter|right|screen): ([\w.-]+)\]\(([^)]+)\)")
KINDS = ("advice", "answer", "door", "letter", "right", "screen")


def links() -> list[tuple[str, str, str]]:
    """(kind, id, address) of every link of the page."""
    return list(dict.fromkeys(LINK.findall(PAGE.read_text(encoding="utf-8"))))


def talk(case: Case | None, country: str = "il", **gathered: object) -> Talk:
    """Someone with one case, or none, at the menu."""
    country = case.country if case is not None else country
    session = Session(
        "p",
        profile=Profile(country=country),
        stack=(Frame("home", "menu", gathered),),
        cases=(case,) if case is not None else (),
        case="1" if case is not None else None,
    )
    return Talk(coach()[0], VOCABULARY, session, Said(id="e", person="p", at=NOW, text=""), NOW, ())


def shown(words: str, case: Case | None = None, country: str = "il", **gathered: object) -> set[str]:
    """What a list of choices offers."""
    return {item.value for item in VOCABULARY.lists[words](talk(case, country, **gathered))}


def cases() -> Iterator[Case]:
    """A case of each kind of business of each country, with a call made and a written request sent."""
    for code, country in coach()[0].countries.items():
        for sector in country.sectors:
            yield Case("1", NOW, country=code, sector=sector, calls=1, rep="Dana", thanks=True)


@cache
def reached() -> dict[str, set[str]]:
    """Kind -> what a person can come to see of it."""
    book = coach()[0]
    screens, waiting = {"home"}, ["home"]
    while waiting:
        for node in book.dialogs[waiting.pop()].nodes.values():
            if node.call is not None and node.call not in screens:
                screens.add(node.call)
                waiting.append(node.call)
    screens |= {"follow_up", "last_question", "evidence"}  # a nudge opens them, or a file that is sent
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    found["screen"] = {f"{dialog}.{node}" for dialog in screens for node in book.dialogs[dialog].nodes}
    for moment in shown("moments"):
        found["advice"] |= shown("advice_here", moment=moment)
    for code in book.countries:
        for topic in shown("topics", country=code):
            found["right"] |= shown("rights_here", country=code, topic=topic)
    for case in cases():
        country = book.countries[case.country]
        found["answer"] |= shown("every_objection", case)
        found["door"] |= shown("other_doors", case) | {r.channel for r in rungs(country, case)}
        for problem in book.problems.values():
            steps = tuple(Step(r.channel, NOW.date()) for r in rungs(country, case)[:2])
            told = replace(case, problem=problem.id, goal=problem.goals[0], steps=steps)
            found["letter"] |= shown("letters_here", told)
    return found


@pytest.mark.parametrize(("kind", "name", "address"), links(), ids=lambda part: part if len(part) < 50 else "")
def test_the_link_leads_to_what_a_person_can_see(kind: str, name: str, address: str) -> None:
    """The file is there, the record or node is in it, and some way through the product shows it."""
    file = (PAGE.parent / address).resolve()
    data = read_source(file, str(file)).data
    if kind == "screen":
        dialog, _, node = name.partition(".")
        assert data["dialog"] == dialog
        assert node in data["nodes"]
    else:
        assert data["id"] == name
    assert name in reached()[kind]


def test_every_text_has_its_place() -> None:
    """Each row of the page has a link and a word, under each of the five texts."""
    rows = [line.split("|")[1:-1] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    claims = [
        row for row in rows if len(row) == 3 and not row[0].strip().startswith("**") and row[0].strip() != "claim"
    ]
    assert len(claims) > 40
    assert [row[0] for row in claims if not LINK.search(row[1]) or not row[2].strip()] == []
    assert {claim[0].strip()[0] for claim in claims} == set("01234")


def test_what_was_dropped_is_not_said() -> None:
    """No text of the product, in any language, repeats a claim that has no source."""
    dropped = re.findall(r'^\| "([^"]+)" \|', PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(dropped) >= 5
    texts = {sentence.text for sentence in shelf_texts(read_shelf(FLOWS))}
    catalogs = coach()[1].catalogs
    said = {catalogs.text(language, text) for text in texts for language in catalogs.languages}
    assert [d for d in (*dropped, "גיימן") if any(d.casefold() in text.casefold() for text in said)] == []
