"""Messages go out in order, at the channel's pace, through whatever happens, and it is noted what became of them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.core.events import Blocked as PersonBlocked
from bot.runtime.ports import Blocked, Button, Document, InlineAnswer, OutboxRow, Refused, StoreUnavailable, TryLater
from bot.runtime.sender import FAREWELL, GATHER, PAGE, PATIENCE, ROOM
from tests.runtime.fakes import START, FakeChannel, FakeOutbox, Post, row
from tests.runtime.virtual import virtual

P, Q, R = "telegram:1", "telegram:2", "telegram:3"


# -- order and pace


@virtual
async def test_one_message_at_a_time_per_person() -> None:
    """Each waits for the one before, even from later turns; other people do not wait."""
    post = Post()
    post.channel.takes = 1
    post.commit(row("a", P), row("b", P), row("x", Q))
    await asyncio.sleep(0.5)
    post.commit(row("c", P), row("y", Q))
    await asyncio.sleep(5)
    assert sorted((at, m.id) for at, m in post.channel.sent) == [(1, "a"), (1, "x"), (2, "b"), (2, "y"), (3, "c")]
    assert post.channel.overlaps == 0
    await post.stop()


@virtual
async def test_pace_in_one_chat() -> None:
    """A burst of replies goes at once, then one a second; somebody else is not held up."""
    post = Post(each=1)
    post.commit(*(row(f"a{n}", P) for n in range(8)), row("x", Q))
    await asyncio.sleep(10)
    assert post.channel.times(P) == [0, 0, 0, 0, 0, 1, 2, 3]
    assert post.channel.times(Q) == [0]
    await post.stop()


@virtual
async def test_pace_over_all_chats() -> None:
    """However many people there are, no more than so many a second."""
    post = Post(overall=10)
    post.commit(*(row("a", f"telegram:{n}") for n in range(40)))
    await asyncio.sleep(10)
    times = post.channel.times()
    assert times[:10] == [0] * 10
    assert times[10:] == [pytest.approx(0.1 * n) for n in range(1, 31)]
    await post.stop()


@virtual
async def test_no_limits() -> None:
    """A pace of 0 sends everything at once."""
    post = Post()
    post.commit(*(row(f"{n}", P) for n in range(100)))
    await asyncio.sleep(0.1)
    assert post.channel.times() == [0] * 100
    await post.stop()


# -- trouble


@virtual
async def test_one_chat_is_asked_to_wait() -> None:
    """It waits as long as it was told, its order stays, and nobody else waits."""
    post = Post()
    post.channel.trouble["a"] = [TryLater(3)]
    post.commit(row("a", P), row("b", P), row("x", Q))
    await asyncio.sleep(1)
    post.commit(row("y", Q))
    await asyncio.sleep(9)
    assert [(at, m.id) for at, m in post.channel.sent] == [(0, "x"), (1, "y"), (3, "a"), (3, "b")]
    assert post.states() == dict.fromkeys("abxy", "sent")
    await post.stop()


@virtual
async def test_two_chats_asked_to_wait_mean_everybody() -> None:
    """When a second person is told to wait while a first one does, it is the bot that is too fast."""
    post = Post()
    post.channel.trouble = {"a": [TryLater(4)], "x": [TryLater(3)]}
    post.commit(row("a", P), row("x", Q))
    await asyncio.sleep(1)
    post.commit(row("z", R))
    await asyncio.sleep(9)
    assert post.channel.times(R) == [3]
    assert post.channel.times(Q) == [3]
    assert post.channel.times(P) == [4]
    await post.stop()


@virtual
async def test_everybody_is_asked_to_wait() -> None:
    """A channel that says so is left alone by all until then."""
    post = Post()
    post.channel.trouble["a"] = [TryLater(5, everyone=True)]
    post.commit(row("a", P))
    await asyncio.sleep(1)
    post.commit(row("x", Q))
    await asyncio.sleep(9)
    assert post.channel.times() == [5, 5]
    await post.stop()


@virtual
async def test_the_pace_holds_after_a_pause() -> None:
    """Those whose moment came meanwhile do not all go at once."""
    post = Post(overall=10)
    post.channel.trouble["a"] = [TryLater(20, everyone=True)]
    post.commit(row("a", P))
    await asyncio.sleep(0.5)
    post.commit(*(row("x", f"telegram:{n}") for n in range(2, 62)))
    await asyncio.sleep(60)
    times = post.channel.times()
    assert len(times) == 61
    assert min(times) == 20
    assert max(sum(1 for at in times if begin <= at < begin + 1) for begin in times) <= 20, "a burst and a second's"
    assert max(times) < 20 + 61 / 10
    await post.stop()


@virtual
async def test_a_longer_wait_holds_for_those_who_wait_already() -> None:
    """Who was about to go on finds that the channel wants more time, and no message is counted twice for it."""
    post = Post(overall=2)
    post.channel.trouble = {"a": [TryLater(2, everyone=True)], "x": [TryLater(6, everyone=True)]}
    post.commit(row("a", P), row("x", Q))
    await asyncio.sleep(0.5)
    post.commit(row("z", R))
    await asyncio.sleep(20)
    assert [t >= 6 for t in post.channel.times()] == [True, True, True]
    assert max(post.channel.times()) < 8
    await post.stop()


@virtual
async def test_a_channel_that_cannot_be_reached() -> None:
    """One person's trouble is tried again with longer and longer pauses, as long as it takes."""
    post = Post()
    post.channel.trouble["a"] = [TryLater() for _ in range(8)]
    post.commit(row("a", P), row("x", Q))
    await asyncio.sleep(300)
    tries = [at for at, id_ in post.channel.tried if id_ == "a"]
    gaps = [round(b - a, 3) for a, b in pairwise(tries)]
    assert gaps == [*PATIENCE, 30, 30]
    assert post.channel.times(Q) == [0]
    assert post.states() == {"a": "sent", "x": "sent"}
    await post.stop()


@virtual
async def test_a_network_that_is_down_is_tried_by_one() -> None:
    """While nobody can be reached, the others wait with the first instead of knocking too."""
    post = Post()
    post.channel.trouble["a"] = [TryLater(everyone=True) for _ in range(3)]
    post.commit(row("a", P))
    await asyncio.sleep(0.5)
    post.commit(*(row("x", f"telegram:{n}") for n in range(2, 30)))
    await asyncio.sleep(30)
    first = [at for at, id_ in post.channel.tried if id_ == "a"]
    assert first == [0, 1, 3, 7]
    assert len(post.channel.sent) == 29
    await post.stop()


@virtual
async def test_who_blocked_us_is_put_to_sleep() -> None:
    """What waits for them is dropped, the coach is told, and later messages go out again."""
    post, gone = Post(), "telegram:4711"
    post.channel.trouble["a"] = [Blocked()]
    post.commit(row("a", gone), row("b", gone), row("x", Q))
    await asyncio.sleep(1)
    assert post.channel.ids == ["x"]
    assert [(type(e), e.person) for e in post.inbox.events] == [(PersonBlocked, gone)]
    post.commit(row("c", gone))
    await asyncio.sleep(1)
    assert post.channel.ids == ["x", "c"]
    assert post.states() == {"a": "dropped", "b": "dropped", "x": "sent", "c": "sent"}
    await post.stop()


@virtual
async def test_the_update_of_a_block_names_nobody() -> None:
    """Its number outlives the person in the store, so it must not hold their id."""
    post, gone = Post(), "telegram:4711"
    post.channel.trouble["timer:telegram:4711:nudge:1"] = [Blocked()]
    post.commit(row("timer:telegram:4711:nudge:1", gone))
    await asyncio.sleep(1)
    assert [e.person for e in post.inbox.events] == [gone]
    assert "4711" not in post.inbox.events[0].id
    await post.stop()


@virtual
async def test_blocked_while_the_database_is_down(caplog: pytest.LogCaptureFixture) -> None:
    """It is noticed again at the next message; nothing is stuck."""
    post = Post()
    post.inbox.down = True
    post.channel.trouble["a"] = [Blocked()]
    post.commit(row("a", P))
    await asyncio.sleep(1)
    post.commit(row("b", P))
    await asyncio.sleep(1)
    assert post.channel.ids == ["b"]
    await post.stop()


@virtual
async def test_a_refused_message_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    """Trying again would not help; the next one goes out."""
    post = Post()
    post.channel.trouble["a"] = [Refused("say: Bad Request")]
    post.commit(row("a", P), row("b", P))
    await asyncio.sleep(1)
    assert post.channel.tried == [(0, "a"), (0, "b")]
    assert post.states() == {"a": "failed", "b": "sent"}
    assert "Bad Request" in caplog.text
    await post.stop()


@virtual
async def test_a_fault_nobody_thought_of(caplog: pytest.LogCaptureFixture) -> None:
    """It is tried again for a while and then given up, without a word of the message in the log."""
    post = Post()
    post.channel.trouble = {
        "a": [ValueError("the person's own words")],
        "b": [RuntimeError("the person's own words") for _ in range(99)],
    }
    post.commit(row("a", P), row("b", P), row("c", P))
    await asyncio.sleep(200)
    assert post.channel.ids == ["a", "c"]
    assert post.states() == {"a": "sent", "b": "failed", "c": "sent"}
    assert "RuntimeError" in caplog.text
    assert "own words" not in caplog.text
    await post.stop()


@virtual
async def test_a_row_that_cannot_be_read(caplog: pytest.LogCaptureFixture) -> None:
    """It is noted as failed and holds nobody up."""
    post = Post()
    post.commit(row("a", P, payload="not JSON"), row("b", P, payload='{"html": "x", "buttons": [[{"what": 1}]]}'))
    post.commit(row("c", P))
    await asyncio.sleep(1)
    assert post.states() == {"a": "failed", "b": "failed", "c": "sent"}
    await post.stop()


# -- nudges


@virtual
async def test_a_nudge_that_is_too_old_is_dropped() -> None:
    """Its day is over; what comes after it is sent."""
    post = Post()
    post.commit(row("old", P, expires=START - timedelta(seconds=1)), row("b", P))
    post.commit(row("young", P, expires=START + timedelta(seconds=60)))
    await asyncio.sleep(1)
    assert post.channel.ids == ["b", "young"]
    assert post.states() == {"old": "dropped", "b": "sent", "young": "sent"}
    await post.stop()


@virtual
async def test_a_nudge_that_waited_too_long_is_dropped() -> None:
    """It grows old while the channel cannot be reached, or while it waits for its turn."""
    post = Post(each=1, burst=1)
    post.channel.trouble["a"] = [TryLater() for _ in range(9)]
    post.commit(row("a", P, expires=START + timedelta(seconds=2)))
    post.commit(row("x", Q), row("y", Q, expires=START + timedelta(seconds=0.5)), row("z", Q))
    await asyncio.sleep(60)
    assert post.channel.ids == ["x", "z"]
    assert post.states() == {"a": "dropped", "x": "sent", "y": "dropped", "z": "sent"}
    await post.stop()


def nudge(number: int, **changes: Any) -> OutboxRow:
    """A nudge for one of many people."""
    return row(f"n{number:03}", f"telegram:{number}", expires=START + timedelta(hours=8), **changes)


@virtual
async def test_nobody_waits_behind_nudges() -> None:
    """Nudges go in order, in what the pace leaves over: an answer that comes meanwhile is sent at the next moment."""
    post = Post(overall=10)
    post.commit(*(nudge(n) for n in range(80)))
    await asyncio.sleep(2)
    post.commit(row("answer", "telegram:999"))
    await asyncio.sleep(30)
    sent = [i for i in post.channel.ids if i != "answer"]
    assert sent == [f"n{n:03}" for n in range(80)]
    assert post.channel.times("telegram:999")[0] == pytest.approx(2, abs=0.11)
    assert post.channel.times()[-1] == pytest.approx(7.1, abs=0.11)
    await post.stop()


@virtual
async def test_a_nudge_is_overtaken_by_its_person() -> None:
    """Who talks to us while a nudge still waits is not nudged: they get their answer and nothing else."""
    post = Post(overall=1)
    post.commit(*(nudge(n) for n in range(1, 9)))
    await asyncio.sleep(2)
    post.commit(row("answer", "telegram:8"))
    await asyncio.sleep(20)
    assert [m.id for _, m in post.channel.sent if m.person == "telegram:8"] == ["answer"]
    assert post.states()["n008"] == "dropped"
    await post.stop()


@virtual
async def test_room_for_nudges() -> None:
    """There is room until so many people wait, and again when they were served."""
    post = Post(overall=10)
    post.commit(*(nudge(n) for n in range(ROOM - 1)))
    assert post.sender.room
    post.commit(nudge(ROOM))
    assert not post.sender.room
    await asyncio.sleep(1)
    assert post.sender.room
    await post.stop()


@virtual
async def test_nudges_wait_for_a_channel_that_is_away() -> None:
    """While a channel asks everybody to wait, what was held back stays held back, and then goes."""
    post = Post()
    post.channel.trouble["a"] = [TryLater(30, everyone=True)]
    post.commit(row("a", P))
    await asyncio.sleep(1)
    post.commit(nudge(7))
    await asyncio.sleep(20)
    assert post.channel.ids == []
    await asyncio.sleep(20)
    assert sorted(post.channel.ids) == ["a", "n007"]
    await post.stop()


# -- after a restart


@virtual
async def test_what_was_left_over_is_sent_first() -> None:
    """All of it, in pages, in each person's order; the number is told."""
    outbox = FakeOutbox()
    outbox.add(*(row(f"{n}", f"telegram:{n % 7}", n) for n in range(PAGE + 50)))
    post = Post(outbox=outbox)
    assert await post.sender.recover() == PAGE + 50
    await asyncio.sleep(1)
    for person in range(7):
        ids = [int(m.id) for _, m in post.channel.sent if m.person == f"telegram:{person}"]
        assert ids == list(range(person, PAGE + 50, 7))
    assert set(post.states().values()) == {"sent"}
    await post.stop()


@virtual
async def test_messages_of_another_channel_are_left_alone() -> None:
    """A start without a token does not throw away what waits for Telegram."""
    outbox = FakeOutbox()
    outbox.add(row("a", "telegram:1", 1), row("w", "web:1", 1))
    post = Post(outbox=outbox, channel=FakeChannel("web"))
    assert await post.sender.recover() == 1
    await asyncio.sleep(1)
    assert post.states() == {"a": "waiting", "w": "sent"}
    await post.stop()


@virtual
async def test_an_edit_finds_the_message_it_changes() -> None:
    """From this process's memory, and after a restart from the store."""
    outbox = FakeOutbox()
    post = Post(outbox=outbox)
    change = '{"html": "new", "message": "a"}'
    post.commit(row("a", P), row("b", P, kind="edit", payload=change))
    await asyncio.sleep(1)
    await post.stop()
    again = Post(outbox=outbox)
    again.commit(row("c", P, kind="edit", payload=change), row("d", P, kind="delete", payload='{"message": "a"}'))
    again.commit(row("e", P, kind="edit", payload='{"html": "new", "message": "unknown"}'))
    await asyncio.sleep(1)
    sent = [m for p in (post, again) for _, m in p.channel.sent]
    assert [(m.id, m.kind, m.message, m.handle) for m in sent] == [
        ("a", "say", None, None),
        ("b", "edit", "a", "h-a"),
        ("c", "edit", "a", "h-a"),
        ("d", "delete", "a", "h-a"),
        ("e", "edit", "unknown", None),
    ]
    await again.stop()


@virtual
async def test_an_edit_that_became_a_new_message() -> None:
    """From then on the new message is the one to change, also after a restart."""
    post = Post()
    change = '{"html": "new", "message": "a"}'
    post.commit(row("b", P, kind="edit", payload=change), row("c", P, kind="edit", payload=change))
    await asyncio.sleep(1)
    assert [m.handle for _, m in post.channel.sent] == [None, "h-b"]
    assert post.outbox.known[P, "a"] == "h-b"
    await post.stop()


@virtual
async def test_handles_wait_for_the_database() -> None:
    """An edit is not sent as a new message because the store was away for a moment."""
    post = Post()
    post.outbox.known[P, "a"] = "h-a"
    post.outbox.down = True
    post.commit(row("b", P, kind="edit", payload='{"html": "new", "message": "a"}'))
    await asyncio.sleep(0.5)
    assert post.channel.ids == []
    post.outbox.down = False
    await asyncio.sleep(5)
    assert [m.handle for _, m in post.channel.sent] == ["h-a"]
    await post.stop()


# -- what is sent


@virtual
async def test_a_message_comes_as_it_was_rendered() -> None:
    """Words and buttons of the row, nothing added."""
    post = Post()
    payload = '{"html": "<b>hi</b>", "buttons": [[{"text": "one", "data": "1.2.0"}, {"text": "x", "copy": "y"}], []]}'
    post.commit(row("a", P, payload=payload, expires=START + timedelta(hours=1)))
    await asyncio.sleep(1)
    message = post.channel.sent[0][1]
    assert message.html == "<b>hi</b>"
    assert message.buttons == ((Button("one", data="1.2.0"), Button("x", copy="y")), ())
    assert message.expires == START + timedelta(hours=1)
    await post.stop()


@virtual
async def test_documents_are_made_when_they_are_sent(caplog: pytest.LogCaptureFixture) -> None:
    """One that cannot be made is given up; while the database is away it waits."""
    post = Post()
    file = Document("case.json", b"{}", "application/json")
    post.documents = {"export": file, "broken": ValueError("the person's own words"), "later": StoreUnavailable()}
    for kind in ("broken", "later"):
        post.commit(row(kind, P, kind="document", payload=f'{{"kind": "{kind}", "args": {{}}, "language": "he"}}'))
    post.commit(row("x", Q, kind="document", payload='{"kind": "export", "args": {}, "language": "he"}'))
    await asyncio.sleep(2)
    assert [m.document for _, m in post.channel.sent] == [file]
    post.documents["later"] = file
    await asyncio.sleep(5)
    assert post.states() == {"broken": "failed", "later": "sent", "x": "sent"}
    assert "own words" not in caplog.text
    await post.stop()


@virtual
async def test_taps_and_queries_are_answered() -> None:
    """By the channel they came from; a channel that is gone is no trouble."""
    post = Post()
    answer, lost = InlineAnswer(P, "q1", ()), InlineAnswer("whatsapp:1", "q2", ())
    post.sender.take([], [(P, "c1", "ok"), ("whatsapp:1", "c2", None)], [answer, lost])
    await asyncio.sleep(1)
    assert post.channel.acks == [("c1", "ok")]
    assert post.channel.answers == [answer]
    await post.stop()


# -- noting


@virtual
async def test_results_are_noted_together() -> None:
    """What is sent within a moment goes into one transaction."""
    post = Post()
    post.commit(*(row("a", f"telegram:{n}") for n in range(50)))
    await asyncio.sleep(1)
    assert [(at, len(results)) for at, results in post.outbox.settled] == [(GATHER, 50)]
    await post.stop()


@virtual
async def test_noting_goes_on_after_the_database_was_away() -> None:
    """Nothing that was sent is forgotten, and sending does not wait for it."""
    post = Post()
    post.outbox.down = True
    post.commit(row("a", P))
    await asyncio.sleep(3)
    post.commit(row("b", P))
    await asyncio.sleep(3)
    assert post.channel.ids == ["a", "b"]
    assert post.states() == {"a": "waiting", "b": "waiting"}
    post.outbox.down = False
    await asyncio.sleep(3)
    assert post.states() == {"a": "sent", "b": "sent"}
    await post.stop()


@virtual
async def test_a_farewell_is_followed_by_forgetting() -> None:
    """When the last words are out, a little later nothing is left, whatever became of them."""
    post = Post()
    post.channel.trouble["x"] = [Blocked()]
    post.commit(row("a", P), row("bye", P, last=True))
    post.commit(row("x", Q), row("bye", Q, last=True))
    await asyncio.sleep(FAREWELL + 1)
    assert sorted(post.outbox.forgotten) == [(FAREWELL, P), (FAREWELL, Q)]
    await post.stop()


@virtual
async def test_a_farewell_while_the_database_is_away(caplog: pytest.LogCaptureFixture) -> None:
    """The next start will do it; it is said so and nothing breaks."""
    post = Post()
    post.commit(row("bye", P, last=True))
    await asyncio.sleep(1)
    post.outbox.down = True
    await asyncio.sleep(FAREWELL)
    assert "goes at the next start" in caplog.text
    post.outbox.down = False
    await post.stop()


# -- stopping


@virtual
async def test_stopping_finishes_what_is_under_way() -> None:
    """A call that has begun is waited for and noted; what has not begun waits for the next start."""
    post = Post()
    post.channel.takes = 2
    post.commit(row("a", P), row("b", P))
    await asyncio.sleep(1)
    began = asyncio.get_running_loop().time()
    await post.stop()
    assert asyncio.get_running_loop().time() - began == 1
    assert post.channel.ids == ["a"]
    assert post.states() == {"a": "sent", "b": "waiting"}


@virtual
async def test_stopping_does_not_wait_for_those_who_rest() -> None:
    """Pauses, paces and farewells end at once; their messages wait for the next start."""
    post = Post(each=0.01, burst=1)
    post.channel.trouble["a"] = [TryLater(50)]
    post.commit(row("a", P), row("x", Q), row("y", Q), row("bye", R, last=True))
    await asyncio.sleep(1)
    began = asyncio.get_running_loop().time()
    await post.stop()
    assert asyncio.get_running_loop().time() == began
    assert post.states() == {"a": "waiting", "x": "sent", "y": "waiting", "bye": "sent"}


@virtual
async def test_stopping_has_an_end() -> None:
    """A call that hangs is given up after a few seconds."""
    post = Post()
    post.channel.takes = 1000
    post.commit(row("a", P))
    await asyncio.sleep(1)
    began = asyncio.get_running_loop().time()
    await post.stop()
    assert asyncio.get_running_loop().time() - began == 5
    assert post.states() == {"a": "waiting"}


@virtual
async def test_stopping_in_the_middle_of_noting_loses_no_result() -> None:
    """The interrupted transaction's results are noted by the last one, so nobody gets a message twice."""
    post = Post()
    post.outbox.slow = 2
    post.commit(row("a", P))
    await asyncio.sleep(1)
    assert post.states() == {"a": "waiting"}
    await post.stop()
    assert post.states() == {"a": "sent"}


@virtual
async def test_nothing_is_sent_after_stopping() -> None:
    """A batch that is committed meanwhile waits for the next start."""
    post = Post()
    await post.stop()
    post.commit(row("a", P))
    await asyncio.sleep(1)
    assert post.channel.tried == []
    assert post.states() == {"a": "waiting"}
