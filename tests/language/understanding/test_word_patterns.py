"""The little language that the words of anger are written in."""

from __future__ import annotations

import pytest

from bot.language.understanding.word_patterns import Element, WordPatterns, clauses, lines


def found(pattern: str, text: str, classes: str = "") -> bool:
    """Whether a pattern stands in a text of one clause."""
    patterns = WordPatterns({"it": pattern}, classes)
    return any("it" in patterns.find(words) for words, _ in clauses(text))


@pytest.mark.parametrize(
    ("pattern", "text", "stands"),
    [
        ("kill you", "I will kill you", True),
        ("kill you", "kill the deal with you", False),
        ("kill|murder you", "murder you", True),
        ("murd* you", "murdering you", True),
        ("really? kill", "kill", False),
        ("will really? kill", "will kill", True),
        ("will really? kill", "will really kill", True),
        ("will .. kill", "will one two three kill", True),
        ("will .. kill", "will one two three four kill", False),
        ("убью + вас", "вас всех убью", True),
        ("убью + вас", "убью вас", True),
        ("kill > time", "kill the time", False),
        ("kill > time", "kill all this time", True),
        ("kill // fees", "these fees kill", False),
        ("kill > time // fees", "fees kill", False),
        ("kill // fees > time", "kill time", False),
        ("סניף", "לסניפים", False),
        ("סניף", "ובסניף", True),
        ("kill @whom", "kill them", True),
    ],
)
def test_patterns(pattern: str, text: str, stands: bool) -> None:
    """Every sign of the language does what it is said to do."""
    if pattern.startswith("really"):
        with pytest.raises(ValueError, match="begins with a word"):
            found(pattern, text)
        return
    assert found(pattern, text, "whom: you them") is stands


@pytest.mark.parametrize("pattern", ["a* b", "one|two? | three", "what? !"])
def test_mistakes_are_told(pattern: str) -> None:
    """A line that cannot be read is refused, and not silently dead."""
    with pytest.raises(ValueError, match="word"):
        WordPatterns({"it": pattern})


def test_lines_go_on_when_indented() -> None:
    """A long pattern may be broken after a bar or between words; remarks are dropped."""
    assert lines("# remark\na|b|\n    c d\n    e  # and this\nf\n") == ["a|b|c d e", "f"]


def test_clauses_know_questions() -> None:
    """Marks end a clause, and a question mark makes it a question."""
    assert [asks for _, asks in clauses("Who? You. Me\nthem?")] == [True, False, False, True]
    assert not list(clauses(" .. !"))


def test_whole_words_keep_their_beginning() -> None:
    """A word that only looks as if it had a particle is not cut."""
    (cut, _), *_ = clauses("מזונות")
    (kept, _), *_ = clauses("מזונות", frozenset({"מזונות"}))
    assert Element.of("זונות").fits(cut[0])
    assert not Element.of("זונות").fits(kept[0])
