"""Short stories as people type them, read by the real recogniser: what they are about is at least asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.support.chat import Chat
from tests.support.coach import coach

NOON = datetime(2026, 11, 22, 10, tzinfo=UTC)


def told(story: str) -> list[str]:
    """What a newcomer finds under the first question about a story, in English."""
    chat = Chat(*coach(), NOON)
    chat.say(story)
    chat.say("נקבה")
    return chat.labels(chat.messages[-1])


@pytest.mark.parametrize(
    ("story", "problem"),
    [
        ("הטיסה שלנו בוטלה", "A flight or holiday"),
        ("האינטרנט איטי", "The service doesn't work"),
    ],
)
def test_likely_problem_is_asked(story: str, problem: str) -> None:
    """A likely problem stands under "is it one of these?", and not somewhere in the list of all."""
    labels = told(story)
    assert problem == labels[0]
    assert labels[-1] == "None of these"


@pytest.mark.parametrize("story", ["הטכנאי של בזק לא בא", "האינטרנט לא עובד", "הטיסה בוטלה", "השליח לא בא"])
def test_plain_problem_is_taken(story: str) -> None:
    """What is told in three plain words is not asked again."""
    chat = Chat(*coach(), NOON)
    chat.say(story)
    chat.say("נקבה")
    assert "None of these" not in chat.labels(chat.messages[-1])
    assert "Which" in chat.messages[-1].text


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("אי אפשר להעביר שיחה", "Can't transfer you"),
        ("תקלה כללית", "Known outage"),
        ("זה כתוב בחוזה", "You signed the terms"),
    ],
)
def test_likely_words_of_the_representative(said: str, offered: str) -> None:
    """On a call, what was likely said is asked about, and not refused."""
    chat = Chat(*coach(), NOON)
    chat.say("/call")
    chat.say(said)
    assert "Did they say one of these?" in chat.messages[-1].text
    assert offered == chat.labels(chat.messages[-1])[0]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("ניתקה לי", "We were cut off just now."),
        ("המנהל בישיבה", "That's fine, I'll hold."),
        ("היא אומרת שאין לה שם משפחה", "A first name with an employee number"),
        ("הוא צועק עליי", "I'm speaking to you with respect and ask for the same."),
    ],
)
def test_plain_words_of_the_representative(said: str, line: str) -> None:
    """What is reported in a few plain words is answered at once, and who is shouted at does not apologise."""
    chat = Chat(*coach(), NOON)
    chat.say("/call")
    chat.say(said)
    assert line in chat.messages[-1].text


def test_nothing_likely() -> None:
    """Where nothing is likely, nothing is guessed."""
    assert "None of these" not in told("ביי מי")
