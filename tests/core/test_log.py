"""The log is kept as a good log is: corrected and struck out in the open, and only what stands is a fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.core.case import Case, Due, Entry, Step
from bot.core.coaching import timeline
from bot.core.events import Said
from bot.core.ladder import rungs, wait_over
from bot.core.log import lines_of, standing
from bot.core.session import Frame, Session
from bot.core.talk import Talk
from bot.core.vocabulary import VOCABULARY
from tests.support.coach import coach

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
COMPLAINT = "il-written-complaint"


def entry(number: int, kind: Any = "note", **details: Any) -> Entry:
    """A line, the first at ten o'clock and each a minute after the other."""
    return Entry("1", NOW - timedelta(days=3) + timedelta(minutes=number), kind, details, id=f"e{number}")


def talk(case: Case, log: list[Entry], picked: str) -> Talk:
    """A talk in which a line was picked."""
    book, _ = coach()
    stack = (Frame("home", "menu"), Frame("log", "line", {"entry": picked}))
    session = Session("t:1", stack=stack, cases=(case,), case="1")
    return Talk(book, VOCABULARY, session, Said(id="e", person="t:1", at=NOW, text=""), NOW, log)


def test_a_correction_keeps_what_was_written() -> None:
    """Each wording before it is still there, in order; what was not touched stays."""
    log = [
        entry(1, text="Dan said no", rep="Dan"),
        entry(2, "correction", entry="e1", changes={"rep": "Dana"}),
        entry(3, "correction", entry="e1", changes={"text": "Dana said no"}, at=NOW.isoformat()),
    ]
    (line,) = lines_of(log)
    assert line.entry == Entry("1", NOW, "note", {"text": "Dana said no", "rep": "Dana"})
    assert [e.details for e in line.before] == [
        {"text": "Dan said no", "rep": "Dan"},
        {"text": "Dan said no", "rep": "Dana"},
    ]
    assert [line.entry] == list(standing(log))


def test_what_is_struck_out_is_seen_and_counts_for_nothing() -> None:
    """It stands in its place among the lines, as struck, and is no fact any more."""
    log = [entry(1, text="a"), entry(2, text="b"), entry(3, "strike", entry="e1")]
    assert [(line.entry.details["text"], line.struck) for line in lines_of(log)] == [("a", True), ("b", False)]
    assert [e.details["text"] for e in standing(log)] == ["b"]


def test_a_line_goes_to_its_day() -> None:
    """Corrected to an earlier day, it stands before what happened after it."""
    moved = (NOW - timedelta(days=9)).isoformat()
    log = [entry(1, text="a"), entry(2, text="b"), entry(3, "correction", entry="e2", at=moved)]
    assert [line.entry.details["text"] for line in lines_of(log)] == ["b", "a"]


_WRITTEN = st.lists(
    st.tuples(st.sampled_from(["note", "correction", "strike"]), st.integers(0, 12), st.text(max_size=5)), max_size=12
)


@given(_WRITTEN)
def test_nothing_that_was_written_is_ever_lost(written: list[tuple[Any, int, str]]) -> None:
    """Whatever is corrected and struck in whatever order, also what never was: every note keeps its first words."""
    log = [
        entry(n, kind, text=text) if kind == "note" else entry(n, kind, entry=f"e{at}", changes={"text": text})
        for n, (kind, at, text) in enumerate(written)
    ]
    lines = lines_of(log)
    first = [(line.before[0] if line.before else line.entry).details["text"] for line in lines]
    assert first == [text for kind, _, text in written if kind == "note"]
    assert len(standing(log)) == sum(not line.struck for line in lines)


def took(on: date) -> tuple[Case, list[Entry]]:
    """A case whose written complaint waits for its answer since a day."""
    book, _ = coach()
    case = Case("1", NOW - timedelta(days=30), problem="overcharge", goal="refund", sector="telecom-cellular")
    rung = next(r for r in rungs(book.countries["il"], case) if r.channel == COMPLAINT)
    over = wait_over(book.countries["il"], Step(COMPLAINT, on), rung, lambda _: False)
    assert over is not None
    case = replace(
        case,
        steps=(Step(COMPLAINT, on),),
        due=(Due("answer", over, COMPLAINT),),
        facts={"asked_in_writing": "yes", "online": "no"},
        last_contact=on,
    )
    at = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    return case, [Entry("1", at, "step", {"channel": COMPLAINT}, id="e1")]


def test_a_step_that_was_not_taken_is_ahead_again() -> None:
    """Struck out, it opens no door, starts no clock and proves nothing."""
    said = talk(*took(date(2026, 11, 16)), "e1")
    timeline.strike(said, None)
    case = said.the_case
    assert (case.steps, case.due, case.last_contact) == ((), (), None)
    assert case.facts == {"online": "no"}


def test_a_step_on_another_day_moves_its_clock() -> None:
    """The day until which they have time follows, by the channel's own rule."""
    case, log = took(date(2026, 11, 16))
    said = talk(case, log, "e1")
    timeline.correct_day(said, "2026-11-19")
    moved, _ = took(date(2026, 11, 19))
    assert said.the_case.steps == moved.steps
    assert said.the_case.due == moved.due
    assert said.the_case.last_contact == date(2026, 11, 19)


def test_the_day_that_a_letter_set_moves_with_it() -> None:
    """Where the letter gave its own time to answer, it is as long as it was."""
    case, log = took(date(2026, 11, 16))
    own = Due("answer", date(2026, 12, 25), COMPLAINT)
    said = talk(replace(case, due=(own,)), log, "e1")
    timeline.correct_day(said, "2026-11-18")
    assert [d.on for d in said.the_case.due] == [date(2026, 12, 27)]


def test_an_answer_that_did_not_come_is_awaited_again() -> None:
    """A refusal tapped by mistake: the step waits, for as long as its time runs."""
    case, log = took(date(2026, 11, 16))
    refused = talk(case, log, "e1")
    VOCABULARY.actions["step_refused"](refused, None)
    assert refused.the_case.due == ()
    written = [e.entry for e in refused.effects if hasattr(e, "entry")]
    said = talk(refused.the_case, [*log, *written], written[0].id)
    timeline.strike(said, None)
    assert said.the_case.steps == case.steps
    assert said.the_case.due == case.due


def test_time_on_hold_is_not_counted_twice() -> None:
    """A wait that was logged by mistake comes off the person's hours."""
    case = Case("1", NOW, goal="refund", hold_minutes=25)
    said = talk(case, [entry(1, "hold", minutes=20)], "e1")
    timeline.strike(said, None)
    assert said.the_case.hold_minutes == 5


def test_a_letter_tells_only_what_stands() -> None:
    """What was struck out is in no letter, and what was corrected stands there as it reads now."""
    log = [
        entry(1, "promise", text="a refund of everything"),
        entry(2, "promise", text="a refund of half"),
        entry(3, "strike", entry="e1"),
        entry(4, "correction", entry="e2", changes={"text": "a refund of a third"}),
    ]
    told = repr(talk(Case("1", NOW, goal="refund"), log, "e2").value("letter_events"))
    assert "a refund of a third" in told
    assert "everything" not in told
    assert "half" not in told


def test_a_struck_line_cannot_be_changed() -> None:
    """What is struck out stays as it was: a late tap on an old screen changes nothing."""
    said = talk(Case("1", NOW, rep="Dan"), [entry(1, rep="Dan"), entry(2, "strike", entry="e1")], "e1")
    timeline.correct_rep(said, "Dana")
    timeline.strike(said, None)
    assert said.effects == []
