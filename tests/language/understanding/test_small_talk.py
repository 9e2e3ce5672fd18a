"""Greetings and thanks in four languages, and what only begins like them."""

from __future__ import annotations

import pytest

from bot.language.understanding.small_talk import small_talk_in


@pytest.mark.parametrize(
    "text",
    [
        "היי",
        "שלום!",
        "שלום, מה נשמע?",
        "בוקר טוב 🙂",
        "יש פה מישהו?",
        "Hi there",
        "hello, good morning!",
        "Привет, как дела?",
        "Добрый день",
        "السلام عليكم",
        "مرحبا، كيفك؟",
    ],
)
def test_greetings(text: str) -> None:
    """A greeting tells nothing, however it is dressed."""
    assert small_talk_in(text) == "greeting"


@pytest.mark.parametrize("text", ["תודה רבה!", "thanks a lot", "ok thanks", "Спасибо!", "شكرا كتير"])
def test_thanks(text: str) -> None:
    """Thanks are thanks."""
    assert small_talk_in(text) == "thanks"


@pytest.mark.parametrize(
    "text",
    [
        "היי, סלקום חייבו אותי פעמיים",
        "שלום תלונה",
        "hello fresh",
        "תודה אבל לא",
        "здравствуйте, не работает интернет",
        "مرحبا، ما وصلت الطلبية",
        "",
        "?",
        "hi " * 30,
    ],
)
def test_what_tells_something(text: str) -> None:
    """A story that begins with a greeting is a story; a company may be called after one."""
    assert small_talk_in(text) is None
