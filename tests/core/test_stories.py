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
        ("הטכנאי של בזק לא בא", "Technician trouble"),
        ("האינטרנט לא עובד", "The service doesn't work"),
        ("הטיסה בוטלה", "A flight or holiday"),
        ("השליח לא בא", "Order not delivered"),
    ],
)
def test_likely_problem_is_asked(story: str, problem: str) -> None:
    """A likely problem stands under "is it one of these?", and not somewhere in the list of all."""
    labels = told(story)
    assert problem == labels[0]
    assert labels[-1] == "None of these"


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("ניתקה לי", "They hung up"),
        ("המנהל בישיבה", "No manager now"),
        ("היא אומרת שאין לה שם משפחה", "First name only"),
    ],
)
def test_likely_words_of_the_representative(said: str, offered: str) -> None:
    """On a call, what was likely said is asked about, and not refused."""
    chat = Chat(*coach(), NOON)
    chat.say("/call")
    chat.say(said)
    assert "Did they say one of these?" in chat.messages[-1].text
    assert offered == chat.labels(chat.messages[-1])[0]


def test_nothing_likely() -> None:
    """Where nothing is likely, nothing is guessed."""
    assert "None of these" not in told("ביי מי")
