"""What an answer does, by the rules: the coach's own lines pass them, weak answers do not."""

from __future__ import annotations

import pytest

from bot.core.practice import faults, verdict
from bot.core.text import Msg
from bot.language.understanding.answers import traits_of
from bot.language.understanding.mood import mood_of
from tests.support.coach import coach

WRITTEN = {
    "he": [
        ("מתי תחזרו אליי ועם מי דיברתי?", "holds"),
        ("אני רוצה את זה בכתב עד יום ראשון", "holds"),
        ("תעבירו אותי למנהל בבקשה", "holds"),
        ("אז בסדר", "slips"),
        ("לא משנה, עזוב", "slips"),
        ("אתם לא מבינים כלום", "slips"),
        ("אני אתבע אתכם", "slips"),
        ("שמתי לב שזה קורה הרבה", "half"),
    ],
    "en": [
        ("When will you call me back, and who am I speaking to?", "holds"),
        ("Please send it to me in writing today", "holds"),
        ("could you check it again", "half"),
        ("fine, forget it", "slips"),
        ("ok", "slips"),
        ("you people never help", "slips"),
        ("I'll sue you", "slips"),
        ("the weather is nice", "half"),
    ],
    "ru": [("Кто мне перезвонит и когда?", "holds"), ("ну ладно, забудьте", "slips")],
    "ar": [("مين رح يرجعلي وإيمتى؟", "holds"), ("خلص معلش", "slips")],
    "fr": [("Pouvez-vous me l'envoyer avant le 25 ?", "holds"), ("bonjour madame", "half")],
}


def judged(text: str) -> str:
    """What an answer is worth."""
    traits = traits_of(text)
    return verdict(traits, faults(traits, mood_of(text)))


@pytest.mark.parametrize(("text", "worth"), [pair for pairs in WRITTEN.values() for pair in pairs])
def test_written_answers(text: str, worth: str) -> None:
    """Asking and pinning down holds, giving ground and going at people slips, in every language people may use."""
    assert judged(text) == worth


@pytest.mark.parametrize("language", ["en", "he"])
def test_our_lines_hold(language: str) -> None:
    """No line of the coach's own is said to slip, and most of them hold."""
    book, renderer = coach()
    lines = [v for o in book.objections.values() for v in (*o.say, *o.again)]
    worth = [(judged(renderer.translate(Msg(line), language)), line) for line in lines]
    assert not [line for found, line in worth if found == "slips"]
    assert sum(found == "holds" for found, _ in worth) >= 0.7 * len(worth)


@pytest.mark.parametrize("language", ["en", "he"])
def test_weak_answers_do_not_hold(language: str) -> None:
    """None of the wrong choices would hold if somebody typed it."""
    book, renderer = coach()
    for weak in book.weak_answers.values():
        assert judged(renderer.translate(Msg(weak.answer), language)) != "holds", weak.answer


def test_length_is_counted_in_words() -> None:
    """Marks and signs are no words."""
    assert traits_of("one, two - three!").words == 3
    assert traits_of("").words == 0
