"""The runner of stories: a story that says something that is not so is told where, and what was said so far."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.transcripts import Mismatch, run_story


def story(tmp_path: Path, steps: str, head: str = "story: A test.\nsettled: true\n") -> Path:
    """A story of these steps."""
    path = tmp_path / "story.yaml"
    path.write_text(f"{head}steps:\n{steps}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("steps", "complaint"),
    [
        (
            "  - say: /help\n    exepct: Commands\n",
            r"story.yaml:5:5: M001 unknown key 'exepct'; did you mean 'expect'\?",
        ),
        ("  - say: /help\n    tap: Back\n", "a step is one of"),
        ("  - expect: Commands\n", "a step is one of"),
        ("  - say: /help\n    on: Commands\n", "'on' belongs to a tap"),
        ("  - wait: 1 day\n    means: {problem: overcharge}\n", "'means' belongs to something said"),
        ("  - say: /help\n    expect: []\n", "at least 1 item"),
        ("  - wait: a while\n", "a length of time is written as"),
        ("  - say: /help\n    means: {problem: overcharge}\n", "nothing was asked about the problem"),
        ("  - say: /help\n    expect: Bananas\n", "nobody said 'Bananas'"),
        ("  - say: /help\n    absent: Commands\n", "it was said: 'Commands'"),
        ("  - say: /help\n    buttons: [Forward]\n", "no button says 'Forward'"),
        ("  - say: /help\n    no buttons: [Back]\n", "a button says 'Back'"),
        ("  - say: /help\n    shown: edited\n", "shown: 'edited' was expected, it is 'sent'"),
        ("  - say: /help\n    at: home.menu\n", "at: 'home.menu' was expected, it is 'help.help'"),
        ("  - say: /help\n    messages: 2\n", "messages: 2 was expected, it is 1"),
        ("  - say: /help\n    timers: {nudge: 2026-11-23 10:00}\n", "timer nudge: '2026-11-23 10:00' was expected"),
        ("  - say: /help\n    case: {problem: overcharge}\n", "the talk is about no case"),
        ("  - say: /call\n    case: {colour: red}\n", "a case has no 'colour'"),
        ("  - say: /help\n    log: note\n", r"log: \['note'\] was expected, it is \[\]"),
        ("  - say: /help\n    document: export\n", "document: 'export' was expected, it is None"),
        ("  - say: /help\n    acknowledged: true\n", "acknowledged: True was expected"),
        ("  - say: /help\n    forgotten: true\n", "forgotten: True was expected"),
        ("  - tap: Forward\n", "no button, or more than one, says 'Forward'"),
        ("  - tap: Back\n    on: Bananas\n", "no message says 'Bananas'"),
        ("  - say: /rights\n  - tap: a\n", "no button, or more than one, says 'a'"),
        ("  - deploy: {remove: home.moon}\n", "home.moon cannot be taken away"),
    ],
)
def test_a_story_that_is_not_so_fails(tmp_path: Path, steps: str, complaint: str) -> None:
    """Mistakes in a story's form, and in what it expects, are named."""
    with pytest.raises(Mismatch, match=complaint):
        run_story(story(tmp_path, steps))


def test_what_must_never_be_kept(tmp_path: Path) -> None:
    """A story can name words that must not be stored."""
    head = 'story: A test.\nsettled: true\nnever: ["Rumpelstiltskin"]\n'
    with pytest.raises(Mismatch, match="'Rumpelstiltskin' was kept or sent"):
        run_story(story(tmp_path, "  - say: my name is Rumpelstiltskin\n    means: {problem: overcharge}\n", head))


def test_a_mismatch_shows_the_whole_talk(tmp_path: Path) -> None:
    """Whoever reads a failure sees the place in the file, the story's name and everything said until then."""
    path = story(tmp_path, "  - say: /help\n  - tap: Back\n    expect: Bananas\n")
    with pytest.raises(Mismatch) as caught:
        run_story(path)
    shown = str(caught.value)
    assert shown.startswith("story.yaml:5: nobody said 'Bananas'\n\nA test.\n")
    assert "12:00:20 > /help\n" in shown
    assert "What I do" in shown
    assert "> [↩️ Back]" in shown
    assert "What do you need now?" in shown


def test_a_story_tells_which_ways_it_took(tmp_path: Path) -> None:
    """The edges of a story are named as the checker names them."""
    taken = run_story(story(tmp_path, "  - tap: Help\n  - tap: Back\n"))
    assert ("home", "menu", "option:Help") in taken
    assert ("help", "done", "end") in taken
