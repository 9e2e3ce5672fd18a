"""Updates and timers become turns: in order, whole, once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

import bot.runtime.turns
from bot.core.effects import Answer, Suggestion
from bot.core.events import Asked, Blocked, Hello, Unblocked
from bot.core.text import Msg
from bot.runtime.ports import Incoming, InlineAnswer, InlineLine, Loaded, StoreUnavailable, Timer, Writes
from bot.runtime.turns import BATCH
from bot.store.sql import SqlStore
from tests.runtime.scripted import NOW, Carried, carried, said, step, tapped
from tests.store.samples import contents, minutes

P, Q = "telegram:1", "telegram:2"


def texts(coach: Carried) -> list[str]:
    """The messages handed on, without their language."""
    return [json.loads(payload)["html"].partition(":")[2] for payload in coach.words]


# -- a batch ----------------------------------------------------------------------------------------------------------


async def test_updates_are_handled_in_order(coach: Carried) -> None:
    """Each turn of a person begins where the one before ended, and the messages keep that order."""
    await coach.tell(said(1, "say a\nsay b"), said(2, "say c", Q), said(3, "say d"))
    assert texts(coach) == ["a", "b", "c", "d"]
    rows = [row for batch in coach.batches for row in batch.outbox if row.person == P]
    assert [row.position for row in rows] == sorted({row.position for row in rows})
    assert (await coach.session() or {})["prompts"] == 2
    assert (await coach.session(Q) or {})["prompts"] == 1


async def test_order_holds_over_batches(coach: Carried) -> None:
    """Messages of a later turn come after those of an earlier one when they are read back."""
    await coach.tell(said(1, "say a\nsay b"))
    await coach.tell(said(2, "say c"))
    waiting = await coach.store.waiting(9)
    assert [json.loads(row.payload)["html"] for row in waiting] == ["en:a", "en:b", "en:c"]


async def test_what_is_handed_on_is_what_is_kept(coach: Carried) -> None:
    """The sender gets the very rows that a restart would find."""
    await coach.tell(said(1, "ask a\nedit telegram:0:1 b\ndelete telegram:0:2\nattach export all\nexpire 5 c"))
    handed = [row for batch in coach.batches for row in batch.outbox]
    assert await coach.store.waiting(9) == handed
    assert [row.kind for row in handed] == ["say", "edit", "delete", "document", "say"]
    assert [row.expires for row in handed] == [None, None, None, None, minutes(5)]


async def test_words_are_rendered_once(coach: Carried) -> None:
    """The row holds the words and buttons as they will be shown, so that a retry says the same."""
    await coach.tell(said(1, "ask a\nedit m1 b\ndelete m2\nattach export all"))
    first, edit, delete, document = (json.loads(payload) for payload in coach.words)
    assert first == {
        "html": "en:a",
        "buttons": [
            [{"text": "en:one", "data": "1.1.0"}, {"text": "en:two", "data": "1.1.1"}],
            [{"text": "en:copy", "copy": "en:" + "x" * 300}, {"text": "en:open", "url": "https://example.org/"}],
        ],
    }
    assert edit == {"html": "en:b", "buttons": [], "message": "m1"}
    assert delete == {"message": "m2"}
    assert document == {"kind": "export", "args": {"of": "all"}, "language": "en"}


async def test_of_edits_in_one_batch_the_last_is_sent(coach: Carried) -> None:
    """A message that several turns of a batch change is changed once; other messages, and other people's, are not."""
    await coach.tell(said(1, "say a\nedit m1 b\nedit m2 c"), said(2, "edit m1 d", Q), said(3, "edit m1 e"))
    assert texts(coach) == ["a", "c", "d", "e"]


async def test_taps_are_acknowledged_after_the_commit(coach: Carried) -> None:
    """Every tap, with its words in the person's language, and only once the turn is kept."""
    await coach.tell(tapped(1, "say a"), tapped(2, "say b", Q))
    assert [ack for batch in coach.batches for ack in batch.acks] == [(P, "c1", "he:ok"), (Q, "c2", "he:ok")]


async def test_nothing_to_do_is_done_at_once(coach: Carried) -> None:
    """An empty delivery opens no transaction."""
    await coach.turns.accept([])
    await coach.turns.fire([])
    assert coach.batches == []


async def test_an_update_that_means_nothing_is_remembered(coach: Carried) -> None:
    """Its number is kept, so that it is not looked at again; its content is not."""
    await coach.tell(Incoming("telegram", "5", raw="what it was"))
    found = (await contents(coach.store))["updates"][0]
    assert (found["update_id"], found["person"], found["raw"], found["error"]) == ("5", None, None, None)


async def test_what_gathers_meanwhile_is_one_batch(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a transaction runs, everything that arrives waits for the next one, which it shares."""
    monkeypatch.setattr(bot.runtime.turns, "step", step)
    coach = carried(store)
    sizes: list[int] = []
    turns = store.turns

    async def counted(updates: Sequence[Incoming], *rest: Any) -> Writes:
        sizes.append(len(updates))
        await asyncio.sleep(0.02)
        return await turns(updates, *rest)

    monkeypatch.setattr(store, "turns", counted)
    running = asyncio.create_task(coach.turns.run())
    waiting = [asyncio.create_task(coach.tell(said(n, f"say {n}", f"telegram:{n}"))) for n in range(1, 12)]
    await asyncio.gather(*waiting)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert sum(sizes) == 11
    assert len(sizes) <= 3
    assert texts(coach) == [str(n) for n in range(1, 12)]


async def test_a_batch_has_a_limit(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much waits, one transaction takes only so much of it."""
    monkeypatch.setattr(bot.runtime.turns, "step", step)
    coach = carried(store)
    waiting = [asyncio.create_task(coach.tell(said(n, "say a", f"telegram:{n}"))) for n in range(BATCH + 10)]
    await asyncio.sleep(0)
    running = asyncio.create_task(coach.turns.run())
    await asyncio.gather(*waiting)
    running.cancel()
    assert [len(batch.outbox) for batch in coach.batches] == [BATCH, 10]


# -- once -------------------------------------------------------------------------------------------------------------


async def test_a_second_delivery_changes_nothing(coach: Carried) -> None:
    """Telegram delivers again what it was not told about; the turn is not taken twice."""
    await coach.tell(said(1, "say a\nnote b\nlater 5 t"))
    before = await contents(coach.store)
    await coach.tell(said(1, "say a\nnote b\nlater 5 t"))
    assert await contents(coach.store) == before
    assert texts(coach) == ["a"]


async def test_a_repeated_update_in_one_batch_counts_once(coach: Carried) -> None:
    """Old and new updates may come together, in any number."""
    await coach.tell(said(1, "say a"))
    await coach.tell(said(1, "say a"), said(2, "say b"), said(2, "say b"), said(3, "say c"))
    assert texts(coach) == ["a", "b", "c"]
    assert (await coach.session() or {})["prompts"] == 3


# -- what goes wrong --------------------------------------------------------------------------------------------------


async def test_a_failing_turn_takes_nobody_with_it(coach: Carried, caplog: pytest.LogCaptureFixture) -> None:
    """The person gets an apology, the update is kept with its error, everybody else gets their turn."""
    await coach.tell(said(1, "say before"), said(2, "break"), said(3, "say other", Q), said(4, "say after"))
    shown = texts(coach)
    assert [shown[0], *shown[2:]] == ["before", "other", "after"]
    assert shown[1].startswith("Something went wrong on my side, sorry.")
    errors = {u["update_id"]: u["error"] for u in (await contents(coach.store))["updates"]}
    assert errors == {"1": None, "2": "ValueError", "3": None, "4": None}
    assert (await coach.session() or {})["prompts"] == 2
    assert "ValueError" in caplog.text
    assert "own words" not in caplog.text


async def test_a_failing_tap_is_acknowledged(coach: Carried) -> None:
    """The button stops spinning all the same."""
    await coach.tell(tapped(1, "break"))
    assert coach.batches[0].acks == ((P, "c1", None),)


async def test_a_turn_that_cannot_be_shown_leaves_nothing(coach: Carried, caplog: pytest.LogCaptureFixture) -> None:
    """Half of a turn is worse than none: its first message, its log and its timers are not kept either."""
    await coach.tell(said(1, "say first\nnote a\nlater 5 t\nspoil"))
    assert [t.partition(" sorry")[0] for t in texts(coach)] == ["Something went wrong on my side,"]
    kept = await contents(coach.store)
    assert kept["entries"] == []
    assert kept["timers"] == []
    assert "prompts" not in (await coach.session() or {})
    assert "own words" not in caplog.text


async def test_an_update_that_cannot_be_read_is_kept(coach: Carried) -> None:
    """With what it was and what is wrong with it."""
    await coach.tell(Incoming("telegram", "9", raw="{}", error="unreadable: KeyError"), said(10, "say a"))
    found = {u["update_id"]: (u["error"], u["raw"]) for u in (await contents(coach.store))["updates"]}
    assert found == {"9": ("unreadable: KeyError", "{}"), "10": (None, None)}
    assert texts(coach) == ["a"]


async def test_a_session_that_cannot_be_read_starts_anew(coach: Carried, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody is stuck with a broken session, and the log does not show it."""
    await coach.tell(said(1, "say a"))
    broken = Writes(sessions={P: ('{"person": 5, "secret": true}', 3, NOW)})
    await coach.store.turns([], (), [P], lambda loaded: broken)
    await coach.tell(said(2, "say b"))
    assert texts(coach) == ["a", "b"]
    assert (await coach.session() or {})["prompts"] == 1
    assert "could not be read" in caplog.text
    assert "secret" not in caplog.text


async def test_the_channel_learns_that_nothing_was_kept(coach: Carried, monkeypatch: pytest.MonkeyPatch) -> None:
    """It then delivers the same again, and the turn is taken once."""
    turns, tries = coach.store.turns, 0

    async def flaky(*given: Any) -> Writes:
        nonlocal tries
        tries += 1
        if tries <= 2:
            raise StoreUnavailable("OperationalError")
        return await turns(*given)

    monkeypatch.setattr(coach.store, "turns", flaky)
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            await coach.tell(said(1, "say a"))
        assert coach.batches == []
    await coach.tell(said(1, "say a"))
    await coach.tell(said(1, "say a"))
    assert texts(coach) == ["a"]


async def test_everybody_in_a_failed_batch_is_told(coach: Carried, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault that nobody thought of is no reason to acknowledge anything, and the next batch is fine."""

    async def broken(*given: Any) -> Writes:
        raise UnicodeError("the person's own words")

    with monkeypatch.context() as patch:
        patch.setattr(coach.store, "turns", broken)
        told = await asyncio.gather(
            *(coach.tell(said(n, "say a", f"telegram:{n}")) for n in range(3)), return_exceptions=True
        )
    assert [type(error) for error in told] == [StoreUnavailable] * 3
    assert "own words" not in str(told[0])
    await coach.tell(said(1, "say a"))
    assert texts(coach) == ["a"]


async def test_a_channel_that_goes_away_does_not_stop_its_turn(coach: Carried) -> None:
    """The delivery was cancelled, the turn is taken; the second delivery finds it done."""
    delivery = asyncio.create_task(coach.tell(said(1, "say a")))
    await asyncio.sleep(0)
    delivery.cancel()
    with suppress(asyncio.CancelledError):
        await delivery
    await coach.tell(said(1, "say a"))
    assert texts(coach) == ["a"]


# -- the case log -----------------------------------------------------------------------------------------------------


async def test_the_log_is_loaded_when_a_step_reads_it(coach: Carried) -> None:
    """It has everything up to this very turn, from before and from this batch; acknowledgements are not doubled."""
    await coach.tell(said(1, "note a"), said(2, "note b", Q))
    await coach.tell(said(3, "note c"), tapped(4, "note d\nlog"), said(5, "log", Q), said(6, "say x", "telegram:3"))
    assert texts(coach) == ["log: a c d", "log: b", "x"]
    assert coach.batches[-1].acks == ((P, "c4", "en:ok"),)
    assert len((await contents(coach.store))["entries"]) == 4


# -- timers -----------------------------------------------------------------------------------------------------------


async def fire_due(coach: Carried) -> int:
    """What the alarm does."""
    due = await coach.store.due_timers(coach.clock(), 99)
    await coach.turns.fire(due)
    return len(due)


async def test_a_timer_fires_once(coach: Carried) -> None:
    """It becomes a turn and is gone, even if it was found twice."""
    await coach.tell(said(1, "later 5 say_hello"))
    assert coach.batches[-1].rings == coach.clock() + timedelta(minutes=5)
    assert await fire_due(coach) == 0
    coach.clock.forward(6)
    due = await coach.store.due_timers(coach.clock(), 9)
    await asyncio.gather(coach.turns.fire(due), coach.turns.fire(due))
    await coach.turns.fire(due)
    assert texts(coach) == ["hello"]
    assert (await contents(coach.store))["timers"] == []


async def test_a_timer_that_was_moved_does_not_fire(coach: Carried) -> None:
    """Between finding it and firing it, the person put it off; the new time holds."""
    await coach.tell(said(1, "later 5 say_hello"))
    coach.clock.forward(6)
    due = await coach.store.due_timers(coach.clock(), 9)
    await coach.tell(said(2, "later 5 say_hello"))
    await coach.turns.fire(due)
    assert texts(coach) == []
    coach.clock.forward(6)
    await fire_due(coach)
    assert texts(coach) == ["hello"]


@pytest.mark.parametrize("change", ["never say_hello", "later 5 say_hello", "forget"])
async def test_a_timer_that_was_changed_in_the_same_batch(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Updates come first: what they say about a timer counts."""
    monkeypatch.setattr(bot.runtime.turns, "step", step)
    coach = carried(store)
    running = asyncio.create_task(coach.turns.run())
    await coach.tell(said(1, "later 5 say_hello"))
    coach.clock.forward(6)
    due = await store.due_timers(coach.clock(), 9)
    await asyncio.gather(coach.tell(said(2, change)), coach.turns.fire(due))
    assert texts(coach) == []
    assert len((await contents(store))["timers"]) == (1 if change.startswith("later") else 0)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_timers_of_strangers_go(coach: Carried) -> None:
    """Nobody is there to hear it."""
    await coach.store.turns([], (), [], lambda loaded: Writes(timers={("telegram:9", "say_hello"): NOW}))
    await fire_due(coach)
    assert texts(coach) == []
    assert (await contents(coach.store))["timers"] == []
    assert (await contents(coach.store))["people"] == []


async def test_a_timer_can_set_itself_again(coach: Carried) -> None:
    """The daily nudge: each firing makes the next, with ids of its own."""
    await coach.tell(said(1, "later 1 later_1_later"))
    ids = set()
    for _ in range(3):
        coach.clock.forward(1)
        timers = (await contents(coach.store))["timers"]
        ids.add((timers[0]["key"], timers[0]["due_at"]))
        await coach.turns.fire([Timer(P, timers[0]["key"], await coach.store.next_timer(NOW) or NOW)])
        await coach.tell(said(100 + len(ids), "later 1 later_1_later"))
    assert len(ids) == 3


async def test_a_failing_timer_disturbs_nobody(coach: Carried, caplog: pytest.LogCaptureFixture) -> None:
    """The person did nothing, so there is nothing to apologise for; the others' timers fire."""
    await coach.tell(said(1, "later 5 break"), said(2, "later 5 say_hello", Q))
    coach.clock.forward(6)
    await fire_due(coach)
    assert texts(coach) == ["hello"]
    assert "TimerFired" in caplog.text
    assert (await contents(coach.store))["timers"] == []


# -- who is forgotten -------------------------------------------------------------------------------------------------


async def test_a_forgotten_person_gets_the_last_words(coach: Carried) -> None:
    """Only they are left, marked as the last."""
    await coach.tell(said(1, "say a\nnote b\nlater 5 t"))
    await coach.tell(said(2, "say bye\nforget"))
    kept = await contents(coach.store)
    assert {name for name, rows in kept.items() if rows} == {"updates", "outbox"}
    assert [(r["id"], bool(r["last"])) for r in kept["outbox"]] == [("telegram:2:1", True)]
    assert {u["person"] for u in kept["updates"]} == {None}


async def test_what_a_batch_did_before_forgetting_is_gone_too(coach: Carried) -> None:
    """A note and a timer of the same batch are not written after all."""
    await coach.tell(said(1, "note a\nlater 5 t"), said(2, "say bye\nforget"))
    kept = await contents(coach.store)
    assert [kept[name] for name in ("people", "entries", "timers")] == [[], [], []]


async def test_who_comes_back_in_the_same_batch_is_a_stranger(coach: Carried) -> None:
    """Neither the old session nor the old log is seen again."""
    await coach.tell(said(1, "note old\nsay a", language="en"))
    await coach.tell(said(2, "forget"), said(3, "note new\nlog\nlater 5 t", language="he"))
    assert (await coach.session() or {})["prompts"] == 1
    assert json.loads(coach.words[-1])["html"] == "he:log: new"
    kept = await contents(coach.store)
    assert [e["id"] for e in kept["entries"]] == ["telegram:3:1"]
    assert len(kept["timers"]) == 1


async def test_forgetting_holds_when_the_work_is_done_again(coach: Carried) -> None:
    """Somebody else's log is needed, so the batch is worked out twice; the second time comes to the same."""
    await coach.tell(said(1, "note mine\nsay a"), said(2, "note theirs", Q))
    await coach.tell(said(3, "say bye\nforget"), said(4, "log", Q))
    assert texts(coach)[-2:] == ["bye", "log: theirs"]
    assert await coach.session() is None
    await coach.tell(said(5, "forget"), said(6, "log"), said(7, "log", Q))
    assert texts(coach)[-2:] == ["log:", "log: theirs"]


@pytest.mark.parametrize("kind", [Blocked, Unblocked])
async def test_nothing_is_kept_on_a_stranger_who_blocks(coach: Carried, kind: Callable[..., Any]) -> None:
    """People delete everything and then block the bot; that must not bring them back into the tables."""
    await coach.tell(said(1, "say bye\nforget"))
    await coach.store.forget_leftovers(P)
    await coach.tell(Incoming("telegram", "2", kind(id="telegram:2", person=P, at=NOW)))
    kept = await contents(coach.store)
    assert kept["people"] == []
    assert {u["person"] for u in kept["updates"]} == {None}


async def test_somebody_we_know_is_put_to_sleep(coach: Carried) -> None:
    """The session says so, and the next word ends it."""
    await coach.tell(said(1, "say a"))
    await coach.tell(Incoming("telegram", "2", Blocked(id="telegram:2", person=P, at=NOW)))
    assert (await coach.session() or {})["asleep"] is True
    await coach.tell(said(3, "say b"))
    assert "asleep" not in (await coach.session() or {})


# -- who is new -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offered", "spoken"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("iw", "he"),
        ("he-IL", "he"),
        ("fr", "he"),
        ("", "he"),
        (None, "he"),
    ],
)
async def test_strangers_are_met_in_their_language(coach: Carried, offered: str | None, spoken: str) -> None:
    """The language of their own program if we speak it, else the default."""
    await coach.tell(said(1, "say a", language=offered))
    assert json.loads(coach.words[0])["html"] == f"{spoken}:a"


# -- inline queries ---------------------------------------------------------------------------------------------------


async def test_inline_queries_leave_no_trace(coach: Carried, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are answered in the person's language, and nothing is kept: not the query, not the person."""

    def answer(book: object, language: str, asked: Asked) -> Answer:
        offered = (Suggestion(Msg(asked.text), Msg("line")),)
        return Answer(id=f"{asked.id}:1", query=asked.query, suggestions=offered, invitation=Msg("open"))

    monkeypatch.setattr("bot.core.inline.answer", answer)
    asked = Asked(id="telegram:1", person=P, at=NOW, hello=Hello("en"), query="q1", text="they said no")
    await coach.tell(Incoming("telegram", "1", asked))
    line = InlineLine("en:they said no", "en:line", "en:line")
    assert coach.batches[0].answers == (InlineAnswer(P, "q1", (line,), "en:open"),)
    assert not any(rows for name, rows in (await contents(coach.store)).items() if name != "meta")


# -- stopping ---------------------------------------------------------------------------------------------------------


async def test_stopping_finishes_the_batch_that_has_begun(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is kept and handed on; what waited behind it is given back to be delivered again."""
    monkeypatch.setattr(bot.runtime.turns, "step", step)
    coach = carried(store)
    turns, begun, go_on = store.turns, asyncio.Event(), asyncio.Event()

    async def slow(*given: Any) -> Writes:
        begun.set()
        await go_on.wait()
        return await turns(*given)

    monkeypatch.setattr(store, "turns", slow)
    running = asyncio.create_task(coach.turns.run())
    first = asyncio.create_task(coach.tell(said(1, "say a")))
    await begun.wait()
    second = asyncio.create_task(coach.tell(said(2, "say b", Q)))
    await asyncio.sleep(0)
    running.cancel()
    await asyncio.sleep(0)
    assert not running.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    await first
    with pytest.raises(StoreUnavailable):
        await second
    assert texts(coach) == ["a"]
    assert {u["update_id"] for u in (await contents(store))["updates"]} == {"1"}
    with pytest.raises(StoreUnavailable):
        await coach.tell(said(3, "say c"))


async def test_the_work_can_be_asked_again_for_free(coach: Carried, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store may call the work as often as it likes: the last answer is what counts."""
    turns = coach.store.turns

    async def twice(
        updates: Sequence[Incoming], timers: Sequence[Timer], people: Sequence[str], work: Callable[[Loaded], Any]
    ) -> Writes:
        def again(loaded: Loaded) -> Writes | set[str]:
            work(loaded)
            answer: Writes | set[str] = work(loaded)
            return answer

        return await turns(updates, timers, people, again)

    monkeypatch.setattr(coach.store, "turns", twice)
    await coach.tell(tapped(1, "say a\nnote b"), tapped(2, "say c\nforget"), tapped(3, "say d"))
    assert texts(coach) == ["a", "c", "d"]
    assert [ack[1] for ack in coach.batches[0].acks] == ["c1", "c2", "c3"]
    assert (await coach.session() or {})["prompts"] == 1
