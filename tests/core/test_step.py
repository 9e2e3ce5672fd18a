"""Single decisions of `step` that are hard to see in a story."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.case import Case, Due, Entry
from bot.core.effects import Ack, Delete, Edit, Record, Say, Schedule
from bot.core.events import Blocked, Said, Sent, Tapped, TimerFired, Unblocked
from bot.core.session import Frame, Nudging, Profile, Prompt, Session, dump, load
from bot.core.step import LogNeeded, Turn, step
from bot.core.vocabulary import VOCABULARY
from tests.support.chat import Chat, Message
from tests.support.coach import coach

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
CASE = Case("1", NOW, problem="price_rise", company="pelephone", sector="telecom-cellular", goal="refund")


def standing(dialog: str, node: str, *cases: Case, nudging: Nudging | None = None) -> Session:
    """Somebody who stands there."""
    stack = (Frame("home", "menu"),) if dialog == "home" else (Frame("home", "menu"), Frame(dialog, node))
    return Session(
        "p",
        profile=Profile(language="en", country_told=True, keeps_shabbat=False),
        stack=stack,
        prompt=Prompt(7, "old:1"),
        prompts=7,
        cases=cases,
        case=cases[-1].id if cases else None,
        nudging=nudging or Nudging(),
        seen=NOW - timedelta(days=1),
    )


def chat(session: Session) -> Chat:
    """A chat that goes on from there."""
    book, renderer = coach()
    shown = Message("old:1", NOW - timedelta(days=1), "", ())
    return Chat(book, renderer, NOW, session.profile, stored=dump(session), messages=[shown])


def taken(session: Session, text: str, log: list[Entry] | None = None) -> Turn:
    """The turn on something said."""
    book, _ = coach()
    return step(book, VOCABULARY, session, Said(id="e:1", person="p", at=NOW, text=text), NOW, log)


def test_the_log_is_asked_for_only_where_it_is_read() -> None:
    """A turn that shows the timeline says that it needs the log; with it, it is shown."""
    session = standing("cases", "card", CASE)
    with pytest.raises(LogNeeded):
        taken(session, "nonsense")
    turn = taken(session, "nonsense", [Entry("1", NOW, "note", {"text": "hello"}), Entry("2", NOW, "note", {})])
    said = next(e for e in turn.effects if isinstance(e, Say))
    assert "note: {it}" in repr(said.screen)
    assert taken(standing("home", "menu"), "/help").effects


@pytest.mark.parametrize("first", ["/nonsense", "/start", "/start deep-link", "/START@lofrayer_bot", "", "   ", "👍"])
def test_a_newcomer_is_welcomed(first: str) -> None:
    """Whatever says nothing begins with the welcome."""
    book, _ = coach()
    turn = step(book, VOCABULARY, Session("p"), Said(id="e:1", person="p", at=NOW, text=first), NOW)
    assert [f.node for f in turn.session.stack] == ["welcome"]


@pytest.mark.parametrize(
    ("command", "dialog"), [("/call", "call"), ("/rights@lofrayer_bot", "rights"), ("/HELP", "help")]
)
def test_a_newcomers_command_is_obeyed(command: str, dialog: str) -> None:
    """Somebody who is on the line gets the line; the welcome waits beneath."""
    book, _ = coach()
    turn = step(book, VOCABULARY, Session("p"), Said(id="e:1", person="p", at=NOW, text=command), NOW)
    assert [f.dialog for f in turn.session.stack] == ["home", dialog]
    assert turn.session.stack[0].node == "welcome"


def test_blocked_and_let_in_again() -> None:
    """Blocking sends nothing, now and when timers fire; letting in sends nothing either."""
    book, _ = coach()
    session = standing("home", "menu", CASE)
    turn = step(book, VOCABULARY, session, Blocked(id="e:1", person="p", at=NOW), NOW)
    assert (turn.effects, turn.session.asleep) == ((), True)
    fired = TimerFired(id="e:2", person="p", at=NOW, key="nudge", due=NOW)
    turn = step(book, VOCABULARY, turn.session, fired, NOW)
    assert [type(e) for e in turn.effects] == [Schedule]
    turn = step(book, VOCABULARY, turn.session, Unblocked(id="e:3", person="p", at=NOW), NOW)
    assert (turn.effects, turn.session.asleep) == ((), False)


def test_any_word_wakes() -> None:
    """Somebody who writes has not blocked the coach."""
    book, _ = coach()
    session = replace(standing("home", "menu"), asleep=True)
    turn = step(book, VOCABULARY, session, Sent(id="e:1", person="p", at=NOW, kind="photo"), NOW)
    assert not turn.session.asleep
    assert any(isinstance(e, Say) for e in turn.effects)


def test_a_tap_is_acknowledged_first() -> None:
    """The button stops spinning whatever the tap meant; a tap without a handle needs no answer."""
    book, _ = coach()
    for data in ("1.7.0", "made up", "1.1.0"):
        tap = Tapped(id="e:1", person="p", at=NOW, data=data, callback="cb")
        turn = step(book, VOCABULARY, standing("help", "help"), tap, NOW)
        assert turn.effects[0] == Ack(id="e:1:1", callback="cb")
        silent = step(book, VOCABULARY, standing("help", "help"), replace(tap, callback=None), NOW)
        assert not any(isinstance(e, Ack) for e in silent.effects)


def test_a_nudge_comes_once() -> None:
    """A timer that fires twice, early, or after the reminders were turned off asks nothing."""
    talk = chat(standing("home", "menu", CASE, nudging=Nudging(at=NOW)))
    assert any(isinstance(e, Say) for e in talk.fire("nudge", NOW).effects)
    assert not any(isinstance(e, Say) for e in talk.fire("nudge", NOW).effects)
    stopped = chat(standing("home", "menu", CASE, nudging=Nudging(at=NOW, stopped=True)))
    assert not any(isinstance(e, Say) for e in stopped.fire("nudge", NOW).effects)
    early = chat(standing("home", "menu", CASE, nudging=Nudging(at=NOW + timedelta(hours=1))))
    assert not any(isinstance(e, Say | Schedule) for e in early.fire("nudge", NOW + timedelta(hours=1)).effects)


def test_a_nudge_whose_day_is_over_waits_for_the_next() -> None:
    """After a long outage nobody is woken at night: the nudge is dropped and planned anew."""
    late = chat(standing("home", "menu", CASE, nudging=Nudging(at=NOW - timedelta(hours=14))))
    turn = late.fire("nudge", NOW - timedelta(hours=14))
    assert not any(isinstance(e, Say) for e in turn.effects)
    planned = next(e for e in turn.effects if isinstance(e, Schedule))
    assert planned.at == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert turn.session.nudging.ignored == 0


def test_a_week_without_a_server_is_caught_up_once() -> None:
    """Back before their hour, everybody is asked on that very day, once; and from then on as always."""
    down = NOW - timedelta(days=7)
    late = chat(standing("home", "menu", CASE, nudging=Nudging(at=down)))
    late.now = NOW - timedelta(hours=3)
    late.fire("nudge", down)
    late.wait(NOW + timedelta(days=1))
    nudges = [message.at for message in late.messages if "🔔" in message.text]
    assert [at.date() for at in nudges] == [NOW.date(), NOW.date() + timedelta(days=1)]


def test_a_nudge_expires_with_its_day() -> None:
    """What could not be delivered for hours is not worth sending."""
    talk = chat(standing("home", "menu", CASE, nudging=Nudging(at=NOW)))
    said = next(e for e in talk.fire("nudge", NOW).effects if isinstance(e, Say))
    assert said.expires is not None
    assert timedelta(hours=1) <= said.expires - NOW <= timedelta(hours=12)


def test_only_three_nudges_can_be_answered() -> None:
    """Old nudges become history: a tap on one says so, and nothing happens to the case."""
    talk = chat(standing("home", "menu", CASE))
    talk.say("/help")
    talk.wait(NOW + timedelta(days=14))
    assert len(talk.session.asides) == 3
    oldest = next(m for m in talk.messages if "🔔" in m.text)
    tap = oldest.buttons[1][0].data
    assert tap is not None
    talk.tap_data(tap)
    assert "That question is behind us." in talk.messages[-1].text
    assert talk.session.cases == (CASE,)


def test_unknown_timers_do_nothing() -> None:
    """A timer of an older release fires into nothing."""
    talk = chat(standing("home", "menu", CASE))
    assert talk.fire("letters:17", NOW).effects == ()


def test_what_the_book_no_longer_knows() -> None:
    """A case whose problem, goal, company, sector and channels are gone is still shown and asked about."""
    lost = replace(
        CASE,
        problem="gone",
        goal="gone",
        floor="gone",
        company="gone",
        sector="gone",
        due=(Due("answer", date(2026, 11, 20), "gone"),),
    )
    talk = chat(standing("home", "menu", lost))
    for text in ("/cases", "/call", "/hold", "/rights", "/start"):
        talk.say(text)
    case = talk.session.cases[0]
    assert (case.problem, case.goal, case.floor) == ("other", None, None)
    talk.now += timedelta(days=1)
    talk.fire("nudge", talk.now)


def test_a_live_message_that_was_buried_comes_back_at_the_bottom() -> None:
    """During a call an answer to something typed is a new message, and the old one goes; a tap edits in place."""
    talk = chat(standing("home", "menu", CASE))
    talk.say("/call")
    tapped = talk.tap_data(
        next(b.data or "" for row in talk.messages[-1].buttons for b in row if "Manager" in b.label.id)
    )
    assert [type(e) for e in tapped.effects] == [Ack, Edit]
    typed = talk.say("what shall I do")
    assert [type(e) for e in typed.effects] == [Delete, Say]


def test_the_message_of_a_call_that_is_over_stays() -> None:
    """The next call begins a message of its own, and takes nothing of the last away."""
    talk = chat(standing("home", "menu", CASE))
    for label in ("End the call", "The call is over", "Skip", "No number", "Nothing", "Later"):
        if label == "End the call":
            talk.say("/call")
        found = talk.find(label, talk.living())
        assert found is not None
        talk.tap_data(found[1].data or "")
    ended = [m.id for m in talk.messages if "Call ended" in m.text]
    again = talk.say("/call")
    assert not any(isinstance(e, Delete) for e in again.effects)
    assert [m.id for m in talk.messages if "Call ended" in m.text] == ended


def test_a_sessions_stored_form_of_an_older_release_loads() -> None:
    """Fields that came later have their defaults; an empty session is a newcomer."""
    old = (
        b'{"person":"p","stack":[{"dialog":"home","node":"menu"}],"cases":[{"id":"1","opened":"2026-01-01T00:00:00Z"}]}'
    )
    session = load(old)
    assert session.profile == Profile()
    assert session.cases[0].status == "open"
    assert load(dump(session)) == session
    assert load(b'{"person":"p"}') == Session("p")


def test_records_leave_out_what_is_empty() -> None:
    """The log holds what is known."""
    talk = chat(standing("call", "write", CASE))
    turn = talk.say("her name is Dana")
    assert [e.entry.details for e in turn.effects if isinstance(e, Record)] == [{"text": "her name is Dana"}]
