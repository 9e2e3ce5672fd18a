"""Everything the coach knows, on its own screen: it fits, it is whole, in each language and form of address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.core.case import Case, Due, Entry, Step
from bot.core.coaching.follow_up import AT_ONCE
from bot.core.ladder import beside, rungs
from bot.core.session import Frame, Gender, Nudging, Profile, Prompt, Session, dump
from tests.support.chat import Chat, Message
from tests.support.coach import coach
from tests.support.words import NASTY, ORDINARY, SECRETS, check_nothing_secret

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
LONG = "W" * 500
FORMS: tuple[Gender, ...] = ("m", "f", "n")
GATHERING: frozenset[str] = frozenset({"practice"})
"""Dialogs whose questions make no sense without what was answered before; their stories cover them."""


def full_case(**more: Any) -> Case:
    """A case of which everything is known, at its longest."""
    known: dict[str, Any] = {
        "problem": "overcharge",
        "story": LONG,
        "company_name": LONG[:60],
        "sector": "telecom-cellular",
        "goal": "refund",
        "floor": "credit",
        "amount": Decimal("1234567.89"),
        "since": date(2024, 2, 29),
        "due": (Due("promise", date(2026, 11, 20), LONG[:300]),),
        "rep": LONG[:60],
        "ref": LONG[:40],
        "promise": LONG[:300],
        "promise_date": date(2027, 1, 3),
        "last_contact": date(2026, 10, 1),
        "calls": 12,
        "hold_minutes": 999,
        "thanks": True,
    }
    return Case("1", NOW - timedelta(days=400), **{**known, **more})


def empty_case(**more: Any) -> Case:
    """A case of which nothing is known."""
    return Case("1", NOW, **more)


def at(dialog: str, node: str, case: Case, log: list[Entry] | None = None, **gathered: Any) -> Chat:
    """A chat that stands there."""
    book, renderer = coach()
    stack = (Frame("home", "menu"), Frame(dialog, node, gathered))
    session = Session("p", stack=stack, prompt=Prompt(1, "none"), prompts=1, cases=(case,), case="1", seen=NOW)
    shown = Message("none", NOW, "", ())
    return Chat(book, renderer, NOW, Profile(), stored=dump(session), log=log or [], messages=[shown])


def show(chat: Chat) -> str:
    """What the screen says, in English. `Chat` checks it in all languages and forms of address."""
    chat.send("photo")
    return chat.messages[-1].text


def test_every_right_fits_its_screen() -> None:
    """Each right shows its claim, limits, source and date in one message, from the library and from a case."""
    book, _ = coach()
    for found in book.countries["il"].rights.values():
        for dialog in ("rights", "case_rights"):
            text = show(at(dialog, "right", full_case(), right=found.id))
            assert str(found.statute)[:30] in text
        show(at("call_sheet", "right", full_case(), right=found.id))


def doors() -> Iterator[tuple[str, Case]]:
    """Each channel with each wait that a ladder gives it, once."""
    book, _ = coach()
    il, seen = book.countries["il"], set()
    for sector in il.sectors:
        before: list[Step] = []
        for rung in rungs(il, Case("1", NOW, sector=sector)):
            case = full_case(sector=sector, steps=tuple(before), due=())
            before.append(Step(rung.channel, NOW.date(), "skipped"))
            if (rung.channel, rung.wait) not in seen:
                seen.add((rung.channel, rung.wait))
                yield rung.channel, case


def test_every_door_fits_its_screen() -> None:
    """Each channel on each ladder shows why, how, what to prepare and the wait in one message; so does the ladder."""
    book, _ = coach()
    for channel, case in doors():
        text = show(at("escalate", "door", case))
        assert str(book.countries["il"].channels[channel].name) in text
    for sector in book.countries["il"].sectors:
        show(at("escalate", "ladder", full_case(sector=sector)))


def test_every_door_beside_a_ladder_fits_its_screen() -> None:
    """Each door beside the ladder of each kind of business fits one message; one that is not well attested says so."""
    seen = set()
    for code, country in coach()[0].countries.items():
        for sector in country.sectors:
            case = full_case(country=code, sector=sector, steps=(), due=())
            show(at("doors", "list", case))
            for found in beside(country, case):
                if found.id not in seen:
                    seen.add(found.id)
                    text = show(at("doors", "door", case, door=found.id))
                    assert str(found.name) in text
                    assert (found.confidence == "low") == ("Not well attested" in text)
    assert len(seen) > 15


def test_every_piece_of_advice_fits_its_screen() -> None:
    """Each tactic shows how it is done, a line for it, and how sure it is."""
    for tactic in coach()[0].tactics.values():
        text = show(at("advice", "card", full_case(), moment=tactic.stage, tactic=tactic.id))
        assert str(tactic.name) in text
        assert "How sure is it?" in text


def test_every_line_of_a_call_fits_its_screen() -> None:
    """Each objection and its answer, said and said again, with everything known and with nothing."""
    book, _ = coach()
    for objection in book.objections.values():
        for case in (full_case(), empty_case()):
            for again in (None, True):
                kept: dict[str, Any] = {
                    "objection": objection.id,
                    "again": again,
                    "stage": "ask",
                    "said": [objection.id],
                }
                text = show(at("call", "screen", case, **{k: v for k, v in kept.items() if v is not None}))
                assert "Say now" in text
    for stage in ("opening", "ask", "manager", "retention", "close"):
        for case in (full_case(), empty_case()):
            assert "Say now" in show(at("call", "screen", case, stage=stage))


@pytest.mark.parametrize("known", [full_case, empty_case], ids=["all known", "nothing known"])
def test_every_problem_and_goal_has_its_sheet(known: Any) -> None:
    """The call sheet holds the sentence and the request for each problem and each of its goals."""
    book, _ = coach()
    for problem in book.problems.values():
        for goal in problem.goals:
            text = show(at("call_sheet", "sheet", known(problem=problem.id, goal=goal)))
            assert "What you ask for" in text


def test_every_company_has_a_card_that_fits() -> None:
    """Each company's card, for each thing that it sells, is one message with its ladder."""
    book, _ = coach()
    for company in book.countries["il"].companies.values():
        for sector in (company.sector, *company.sells):
            text = show(at("company", "card", empty_case(), company=company.id, sector=sector))
            assert str(book.countries["il"].sectors[sector].label) in text
            assert "The ladder" in text


@pytest.mark.parametrize("node", ["card", "list"])
def test_a_long_case_fits_its_card(node: str) -> None:
    """A case with a long log and long notes is still one message."""
    log = [Entry("1", NOW, "note", {"text": LONG}) for _ in range(40)]
    case = full_case()
    assert show(at("cases", node, case, log))


def test_a_nudge_about_many_long_cases_is_one_message() -> None:
    """As many cases as one nudge asks about, each as long as can be, fit into a message."""
    book, renderer = coach()
    cases = tuple(replace(full_case(), id=str(n)) for n in range(1, AT_ONCE + 3))
    nudging = Nudging(at=NOW)
    session = Session("p", stack=(Frame("home", "menu"),), prompt=Prompt(1, "none"), cases=cases, nudging=nudging)
    for profile in (Profile(language=language, gender=gender) for language in book.languages for gender in FORMS):
        shown = Message("none", NOW, "", ())
        stored = dump(replace(session, profile=profile))
        chat = Chat(book, renderer, NOW, profile, stored=stored, messages=[shown])
        chat.fire("nudge", NOW)
        assert len(chat.messages[-1].buttons) == AT_ONCE + 1


def test_every_node_can_be_stood_on() -> None:
    """Whoever finds themselves at any question, even with nothing gathered on the way, can read it and go on."""
    book, _ = coach()
    for dialog in book.dialogs.values():
        for name, node in dialog.nodes.items():
            if node.ask is None or dialog.id in GATHERING:
                continue
            for case in (full_case(), empty_case(), replace(full_case(), status="let_go", closed=NOW)):
                show(at(dialog.id, name, case))


@pytest.mark.parametrize("text", [*NASTY, *ORDINARY, *SECRETS], ids=lambda text: ascii(text)[:30])
def test_every_question_takes_any_answer(text: str) -> None:
    """Whatever is typed at whatever question: an answer, or the question again, and nothing secret is kept."""
    book, _ = coach()
    for dialog in book.dialogs.values():
        for name, node in dialog.nodes.items():
            if node.input is None or dialog.id in GATHERING:
                continue
            chat = at(dialog.id, name, empty_case())
            chat.say(text)
            chat.say("/start")
            check_nothing_secret(chat)
