"""Abroad: whoever works with another country's rules meets none of Israel's, on any screen and in any letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from bot.core.case import Case, Due, Entry, Step
from bot.core.coaching.escalate import wait_text
from bot.core.effects import Edit, Say
from bot.core.events import Said
from bot.core.ladder import rungs
from bot.core.letters import compose, offered
from bot.core.session import Frame, Profile, Prompt, Session, dump
from bot.core.talk import Talk
from bot.core.text import Msg
from bot.core.vocabulary import VOCABULARY
from bot.language.bidi import strip_isolates
from tests.support.chat import Chat, Message
from tests.support.coach import coach

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
ABROAD = ("us", "uk", "elsewhere")
SIGNS = {"us": "$", "uk": "£", "elsewhere": ""}
ISRAELI = re.compile(
    r"Israel|₪|\bNIS\b|shekel|six-minute|Consumer Council|Kol Zchut|ישראל|ש״ח|\bשקל(?:ים)?\b|שש הדקות|המועצה|18B|18ב",
    re.IGNORECASE,
)
"""Words of Israel's rules and offices."""
CHOSEN = frozenset({("country", "country"), ("settings", "zone")})
"""Where the countries themselves are named, to choose from."""


def profile_of(country: str, language: str = "en") -> Profile:
    """Somebody who said which country it is."""
    zone = {"us": "America/New_York", "uk": "Europe/London", "elsewhere": "Europe/Paris"}[country]
    return Profile(language=language, country=country, country_told=True, timezone=zone, keeps_shabbat=False)


@cache
def names_of_israel(language: str) -> tuple[str, ...]:
    """What only Israel's shelf calls by name, in a language: its offices and bodies, rights and statutes."""
    book, renderer = coach()

    def of(code: str) -> set[str]:
        country = book.countries[code]
        bodies = [c for c in country.channels.values() if c.kind not in ("company", "social")]
        texts = [
            *(c.name for c in bodies),
            *(c.called for c in bodies if c.called),
            *(r.title for r in country.rights.values()),
            *(r.statute for r in country.rights.values()),
        ]
        return {renderer.translate(Msg(text), language) for text in texts}

    own = of("il") - of("us") - of("uk")
    return tuple(sorted(name for name in own if len(name) > 8 and name not in COMMON))


COMMON = frozenset(
    {
        "Mediation",
        "Letter to the management",
        "Small Claims Court",
        "תלונה בכתב לחברה",
        "גישור",
        "מכתב להנהלה",
        "משרד התחבורה",
    }
)
"""Names that mean the same in every country."""


def check(text: str, language: str) -> None:
    """Nothing of Israel stands in a text."""
    found = ISRAELI.search(text)
    assert found is None, f"{found.group()!r} in {text!r}"
    for name in names_of_israel(language):
        assert name.lower() not in text.lower(), f"{name!r} in {text!r}"
    book, _ = coach()
    assert not re.search(r"\bil-[a-z]", text)
    assert not any(right in text for right in book.countries["il"].rights if "-" in right)


def case_of(country: str, **more: Any) -> Case:
    """A case abroad of which everything is known."""
    book, _ = coach()
    first = next(iter(book.countries[country].channels))
    known: dict[str, Any] = {
        "problem": "overcharge",
        "company_name": "Acme",
        "country": country,
        "currency": {"us": "USD", "uk": "GBP", "elsewhere": "XXX"}[country],
        "sector": "general",
        "goal": "refund",
        "floor": "credit",
        "amount": Decimal("89.90"),
        "since": date(2026, 9, 1),
        "due": (Due("promise", date(2026, 11, 20), "a credit"),),
        "steps": (Step(first, date(2026, 11, 2), "refused"),),
        "rep": "Dana",
        "ref": "A-1",
        "promise": "a credit",
        "promise_date": date(2026, 11, 20),
        "last_contact": date(2026, 11, 10),
        "calls": 2,
        "thanks": True,
    }
    return Case("1", NOW - timedelta(days=30), **{**known, **more})


def show(dialog: str, node: str, case: Case, **gathered: Any) -> str:
    """What a question says and offers, in English; in Hebrew it is checked as well."""
    book, renderer = coach()
    profile = profile_of(case.country)
    stack = (Frame("home", "menu"), Frame(dialog, node, gathered))
    session = Session("p", profile=profile, stack=stack, prompt=Prompt(1, "none"), prompts=1, cases=(case,), case="1")
    log = [Entry("1", NOW, "step", {"channel": s.channel}) for s in case.steps]
    chat = Chat(book, renderer, NOW, profile, stored=dump(session), log=log, messages=[Message("none", NOW, "", ())])
    turn = chat.send("photo")
    shown = ""
    for effect in turn.effects:
        if isinstance(effect, Say | Edit):
            for language in ("en", "he"):
                mine = replace(profile, language=language)
                labels = [renderer.plain(b.label, mine, NOW) for row in effect.buttons for b in row]
                text = "\n".join([strip_isolates(renderer.screen(effect.screen, mine, NOW)), *labels])
                if (dialog, node) not in CHOSEN:
                    check(text, language)
                shown = text if language == "en" else shown
    return shown


@pytest.mark.parametrize("country", ABROAD)
def test_no_question_of_any_dialog_speaks_of_israel(country: str) -> None:
    """Every question of every dialog, with a full case, an empty one and a closed one."""
    book, _ = coach()
    full = case_of(country)
    empty = Case("1", NOW, country=country, currency=full.currency)
    for dialog in book.dialogs.values():
        for name, node in dialog.nodes.items():
            if node.ask is not None and dialog.id != "practice":
                for case in (full, empty, replace(full, status="let_go", closed=NOW)):
                    show(dialog.id, name, case)


def sectors(country: str) -> Iterator[str]:
    """The sectors of a country."""
    book, _ = coach()
    yield from book.countries[country].sectors


@pytest.mark.parametrize("country", ABROAD)
def test_every_door_is_of_the_country_and_serves_the_trade(country: str) -> None:
    """Each rung of each ladder is shown with its own country's office, which takes that kind of case, and its wait."""
    book, _ = coach()
    here = book.countries[country]
    seen = set()
    for sector in sectors(country):
        before: list[Step] = []
        for rung in rungs(here, Case("1", NOW, country=country, sector=sector)):
            channel = here.channels[rung.channel]
            assert not channel.sectors or sector in channel.sectors, f"{channel.id} does not serve {sector}"
            case = case_of(country, sector=sector, steps=tuple(before), due=())
            assert str(channel.name) in show("escalate", "door", case)
            before.append(Step(rung.channel, NOW.date(), "skipped"))
            seen.add(rung.channel)
        show("escalate", "ladder", case_of(country, sector=sector, steps=()))
    assert seen == set(here.channels)


@pytest.mark.parametrize("country", ABROAD)
def test_every_line_of_a_call_is_of_the_country(country: str) -> None:
    """Each objection that may be heard there, said and said again, and the sheet of each problem and goal."""
    book, _ = coach()
    case = case_of(country)
    for objection in book.objections.values():
        if not objection.countries or country in objection.countries:
            for more in ({}, {"again": True}):
                show("call", "screen", case, objection=objection.id, stage="ask", said=[objection.id], **more)
    for problem in book.problems.values():
        for goal in problem.goals:
            text = show("call_sheet", "sheet", replace(case, problem=problem.id, goal=goal))
            assert "What you ask for" in text


@pytest.mark.parametrize("country", ABROAD)
def test_all_advice_is_of_the_country(country: str) -> None:
    """Each piece of advice on each shelf that is opened there."""
    book, _ = coach()
    session = Session("p", profile=profile_of(country), stack=(Frame("advice", "shelf"),))
    talk = Talk(book, VOCABULARY, session, Said(id="e", person="p", at=NOW, text=""), NOW, ())
    for moment in VOCABULARY.lists["moments"](talk):
        talk.remember(moment=moment.value)
        for item in VOCABULARY.lists["advice_here"](talk):
            show("advice", "card", case_of(country), moment=moment.value, tactic=item.value)


@pytest.mark.parametrize("country", ["us", "uk"])
def test_its_own_rights_with_source_and_limits(country: str) -> None:
    """The library and the case show the country's own rights, each with its statute, in one message."""
    book, _ = coach()
    rights = book.countries[country].rights
    assert rights
    for right in rights.values():
        for dialog in ("rights", "case_rights"):
            assert str(right.statute) in show(dialog, "right", case_of(country), right=right.id)


@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize("country", ABROAD)
def test_no_letter_quotes_or_names_israel(country: str, language: str) -> None:
    """Every letter that is offered for any problem there, as it reads, and what is said of it."""
    book, renderer = coach()
    profile = profile_of(country, language)
    offers = set()
    for problem in book.problems.values():
        for goal in problem.goals:
            about = case_of(country, problem=problem.id, goal=goal, facts={"paid_by_credit_card": "yes"})
            session = Session("p", profile=profile, stack=(Frame("letters", "preview"),), cases=(about,), case="1")
            talk = Talk(book, VOCABULARY, session, Said(id="e", person="p", at=NOW, text=""), NOW, ())
            for letter in offered(talk):
                offers.add(letter.id)
                talk.remember(letter=letter.id)
                draft = compose(talk, letter)
                whole = renderer.plain(Msg("{it}", {"it": draft.whole}), profile, NOW)
                tip = talk.value("letter_tip")
                check(whole + (renderer.plain(Msg("{it}", {"it": tip}), profile, NOW) if tip else ""), language)
    assert {"complaint", "refund", "cancellation"} <= offers
    assert ("card_dispute" in offers) == bool(book.countries[country].rights)


@pytest.mark.parametrize("country", ABROAD)
def test_sums_are_in_the_country_s_money(country: str) -> None:
    """A case opened abroad counts in that country's money, and shows its sign."""
    book, _ = coach()
    session = Session("p", profile=profile_of(country))
    talk = Talk(book, VOCABULARY, session, Said(id="e", person="p", at=NOW, text=""), NOW, ())
    place = book.countries[country].place
    assert place is not None
    assert talk.open_case().currency == place.currency
    assert f"{SIGNS[country]}89.90" in show("call_sheet", "sheet", case_of(country))


def test_elsewhere_nobody_above_the_company_is_named() -> None:
    """Where no laws are known no right, office or number is: only the company's own doors, and no sign of money."""
    book, _ = coach()
    here = book.countries["elsewhere"]
    assert {channel.kind for channel in here.channels.values()} == {"company", "social"}
    assert not any((here.rights, here.facts, here.helplines, here.companies))
    case = case_of("elsewhere", due=())
    assert "89.90" in show("call_sheet", "sheet", case)
    assert "I know no laws of your country" in show("case_rights", "none", case)
    done = tuple(Step(name, NOW.date(), "refused") for name in here.channels)
    assert "I know none there" in show("escalate", "top", replace(case, steps=done))
    assert "emergency number" in show("refer", "lines", case, mood="violence")


def test_elsewhere_calls_are_in_one_s_own_language() -> None:
    """Where it is not known what is spoken, the lines are in the language of the screen."""
    book, _ = coach()
    for language in book.languages:
        session = Session("p", profile=profile_of("elsewhere", language))
        talk = Talk(book, VOCABULARY, session, Said(id="e", person="p", at=NOW, text=""), NOW, ())
        assert talk.call_language == language


def test_days_of_rest_are_the_country_s() -> None:
    """Business days skip each country's own weekend and holidays."""
    book, _ = coach()
    assert book.calendar.is_rest("us", date(2026, 11, 26))
    assert book.calendar.is_rest("uk", date(2026, 8, 31))
    assert not book.calendar.is_rest("us", date(2026, 11, 29 - 2))
    assert book.calendar.is_rest("il", date(2026, 11, 27))
    assert not book.calendar.is_rest("uk", date(2026, 11, 27))
    assert not book.calendar.is_rest("elsewhere", date(2026, 12, 25))
    assert book.calendar.is_rest("elsewhere", date(2026, 11, 22))


def test_weeks_are_said_as_weeks() -> None:
    """A wait in weeks is worded in weeks, with whose rule it is."""
    book, renderer = coach()
    talk = Talk(
        book, VOCABULARY, Session("p", profile=profile_of("uk")), Said(id="e", person="p", at=NOW, text=""), NOW, ()
    )
    wait = book.countries["uk"].ladders["financial"].rungs[0].wait
    text = wait_text(talk, wait)
    assert text is not None
    assert renderer.plain(text, profile_of("uk"), NOW) == "8 weeks. That is the regulator's rule."


@pytest.mark.parametrize("language", ["he", "ar", "ru"])
def test_the_country_question_is_not_in_the_way(language: str) -> None:
    """Who reads the coach in a language of Israel is not asked for the country."""
    book, _ = coach()
    session = Session("p", profile=Profile(language=language))
    talk = Talk(book, VOCABULARY, session, Said(id="e", person="p", at=NOW, text=""), NOW, ())
    assert not VOCABULARY.guards["country_open"](talk, None)
    talk.set_profile(language="en")
    assert VOCABULARY.guards["country_open"](talk, None)
