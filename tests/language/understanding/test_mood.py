"""Anger, threats and distress in four languages, and what only sounds like them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.core.reading import GRAVE
from bot.language.training.phrases import read_phrases
from bot.language.understanding.mood import LIMIT, mood_of
from bot.paths import FLOWS

HEATED = ("rant", "insult", "threat")
CLASSES = (*HEATED, "violence", "self_harm")
LANGUAGES = ("he", "en", "ar", "ru")
PHRASES: dict[str, dict[str, dict[str, list[str]]]] = yaml.safe_load(
    (Path(__file__).parent / "mood_phrases.yaml").read_text(encoding="utf-8")
)


def phrases(side: str, *classes: str) -> list[Any]:
    """(class, phrase) of one side, named by its language."""
    return [
        pytest.param(name, row, id=f"{name}-{language}-{number}")
        for name in classes
        for language, rows in PHRASES[name].get(side, {}).items()
        for number, row in enumerate(rows)
    ]


@pytest.mark.parametrize(("name", "phrase"), phrases("is", "violence", "self_harm"))
def test_grave(name: str, phrase: str) -> None:
    """What may end in harm is recognised as what it is."""
    assert mood_of(phrase) == name


@pytest.mark.parametrize(("name", "phrase"), phrases("is", *HEATED))
def test_heated(name: str, phrase: str) -> None:
    """What is said in anger is recognised; whether it is called a rant, an insult or a threat changes little."""
    assert mood_of(phrase) in HEATED


@pytest.mark.parametrize(("name", "phrase"), phrases("not", *sorted(GRAVE)))
def test_not_grave(name: str, phrase: str) -> None:
    """Figures of speech, broken appliances and fees that kill are nobody's danger."""
    assert mood_of(phrase) not in GRAVE


@pytest.mark.parametrize(("name", "phrase"), phrases("not", *HEATED))
def test_not_heated(name: str, phrase: str) -> None:
    """Plain anger, plans to sue, and insults that the person was called or calls themselves are calm."""
    assert mood_of(phrase) == "calm"


@pytest.mark.parametrize(("name", "phrase"), phrases("is", "calm"))
def test_calm(name: str, phrase: str) -> None:
    """Ordinary complaints with hard words in them are calm."""
    assert mood_of(phrase) == "calm"


@pytest.mark.parametrize("name", CLASSES)
def test_enough_phrases(name: str) -> None:
    """Every class is tested by at least 40 phrases that are it and 60 that are not, in all four languages."""
    yes, no = PHRASES[name]["is"], PHRASES[name]["not"]
    assert sum(map(len, yes.values())) >= 40
    assert sum(map(len, no.values())) >= 60
    assert set(LANGUAGES) <= {language for language, rows in yes.items() if len(rows) >= 10}
    assert set(LANGUAGES) <= {language for language, rows in no.items() if len(rows) >= 15}


@pytest.mark.parametrize("task", ["objection", "triage"])
def test_what_people_report_is_calm(task: str) -> None:
    """Of the thousands of training phrases none is grave, and hardly one in a thousand is heated."""
    found = [(mood_of(p.text), p.text) for p in read_phrases(FLOWS / "knowledge" / "coaching", task)]
    assert not [text for mood, text in found if mood in GRAVE]
    heated = [text for mood, text in found if mood in HEATED]
    assert len(heated) <= len(found) / 500, heated


@pytest.mark.parametrize(
    ("typed", "mood"),
    [
        ("I WANT TO DIE", "self_harm"),
        ("  אין   לי  כוח  לחיות  ", "self_harm"),
        ("אניי אשרווף להם את הסניף", "violence"),
        ("The bill is wrong. I will kill him. Please help", "violence"),
        ("what the f*** is this", "rant"),
        ("🤬", "rant"),
        ("🖕", "insult"),
        ("5*100=500", "calm"),
        ("*6565", "calm"),
        ("", "calm"),
        ("\n\n", "calm"),
        ("!!!", "calm"),
    ],
)
def test_ways_of_writing(typed: str, mood: str) -> None:
    """Capitals, spaces, drawn-out letters, asterisks and signs are read; sums and star numbers are no curses."""
    assert mood_of(typed) == mood


def test_gravest_first() -> None:
    """Among several things in one message the gravest counts."""
    assert mood_of("You bastards. I'll sue you. I'm going to kill myself") == "self_harm"
    assert mood_of("You bastards. I'll sue you") == "threat"


def test_long_messages_are_quick() -> None:
    """A whole pasted letter is read up to the limit, within milliseconds; a slow machine is given more."""
    rows = [p.text for p in read_phrases(FLOWS / "knowledge" / "coaching", "triage")[:200]]
    pasted = " ".join(rows)[: 2 * LIMIT]
    mood_of(pasted)
    times = []
    for _ in range(5):
        began = time.process_time()
        mood_of(pasted)
        times.append(time.process_time() - began)
    assert min(times) < 2
    assert mood_of("bill " * LIMIT + "I want to die") == "calm"
