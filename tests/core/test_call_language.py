"""The language of the call: what stands on the screen of somebody who reads in one language and calls in another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.core.case import Case
from bot.core.effects import Edit, Say
from bot.core.session import Gender, Profile, dump
from bot.language.bidi import strip_isolates
from tests.core.test_every_screen import NOW, at, empty_case
from tests.support.coach import coach

OVERCHARGE = empty_case(
    problem="overcharge", sector="telecom-cellular", goal="refund", amount=Decimal(90), since=date(2026, 10, 3)
)
HEBREW = "אני מבקשת החזר של 90"


def shown(profile: Profile, case: Case, **gathered: Any) -> str:
    """The call screen in the person's own language."""
    _, renderer = coach()
    chat = at("call", "screen", case, **gathered)
    chat.stored = dump(replace(chat.session, profile=profile))
    said = [effect for effect in chat.send("photo").effects if isinstance(effect, Say | Edit)][-1]
    return strip_isolates(renderer.screen(said.screen, profile, NOW)).replace("\u200f", "").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "sound"),
    [
        ("en", "aní mevakéshet hekhzér shel tish'ím shékel, lakartís o lakheshbón shekhuyáv."),
        ("ru", "ани́ меваке́шет hехзе́р шель тиш'и́м ше́кель, лакарти́с о лахешбо́н шехуя́в."),
        ("ar", "أَني مِڤَكيشِت هِحزير شيل تِشعيم شيكِل، لَكَرتيس أو لَحِشبون شِحُياڤ."),
    ],
)
def test_the_line_and_how_it_sounds(language: str, sound: str) -> None:
    """The Hebrew line is there from the start; how it sounds when it was asked for, in the reader's letters."""
    reader = Profile(language=language, gender="f")
    meaning, asked = (shown(reader, OVERCHARGE, stage="ask", **more) for more in ({}, {"sounding": True}))
    assert HEBREW in meaning
    assert sound not in meaning
    assert HEBREW in asked
    assert sound in asked


@pytest.mark.parametrize(
    ("gender", "sound"), [("m", "aní mevakésh "), ("f", "aní mevakéshet "), ("n", "avakésh ")], ids=["m", "f", "n"]
)
def test_it_sounds_as_the_person_speaks(gender: Gender, sound: str) -> None:
    """A man, a woman and whoever did not say hear their own form."""
    assert f"🗣 {sound}" in shown(Profile(language="en", gender=gender), OVERCHARGE, stage="ask", sounding=True)


def test_nothing_changes_for_readers_of_hebrew() -> None:
    """Who reads as they speak sees one line, whatever stands in the session."""
    reader = Profile(gender="f")
    assert shown(reader, OVERCHARGE, stage="ask") == shown(reader, OVERCHARGE, stage="ask", sounding=True)
    assert 1 == shown(reader, OVERCHARGE, stage="ask").count(HEBREW)


def test_the_country_gives_the_language_unless_one_was_chosen() -> None:
    """In Israel calls are in Hebrew, elsewhere in English; what the person chose comes before both."""
    abroad = replace(OVERCHARGE, country="us", sector="general")
    english = Profile(language="en", gender="f", country="us")
    assert HEBREW not in shown(english, abroad, stage="ask")
    assert HEBREW in shown(replace(english, call_language="he"), abroad, stage="ask")
    assert "I'm asking for a refund" in shown(Profile(language="ru", country="us"), abroad, stage="ask")
    assert HEBREW not in shown(Profile(language="en", gender="f", call_language="en"), OVERCHARGE, stage="ask")


@pytest.mark.parametrize(("promise", "said"), [("вернут деньги", False), ("להחזיר את הכסף", True)])
def test_own_words_are_said_in_letters_of_the_call(promise: str, said: bool) -> None:
    """What was noted in Russian is no part of a Hebrew line; what was noted in Hebrew is."""
    case = replace(OVERCHARGE, promise=promise, promise_date=date(2026, 11, 25))
    assert said is (promise in shown(Profile(language="ru"), case, stage="close"))
    assert promise in shown(Profile(language="he"), case, stage="close")
