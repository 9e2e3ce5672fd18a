"""A batch of turns is one transaction: all of it or nothing, and nothing twice."""

from __future__ import annotations

import asyncio

import pytest

from bot.runtime.ports import Incoming, Loaded, StoreUnavailable, Timer, Writes
from bot.store.sql import CHUNK, SqlStore
from tests.store.samples import NOW, contents, entry, keep, leave, minutes, row, said, writes


class Witness:
    """Work that remembers what it was given."""

    def __init__(self, *results: Writes | set[str]) -> None:
        self.given: list[Loaded] = []
        self._results = list(results) or [Writes()]

    def __call__(self, loaded: Loaded) -> Writes | set[str]:
        self.given.append(
            Loaded(loaded.fresh, dict(loaded.sessions), dict(loaded.versions), dict(loaded.logs), dict(loaded.timers))
        )
        return self._results.pop(0)


async def test_a_batch_is_kept_whole(store: SqlStore) -> None:
    """Updates, sessions, messages, log and timers of a batch are there after it."""
    left = writes(
        said("7"),
        outbox=[row("telegram:7:1")],
        entries=[("telegram:1", "telegram:7:2", 1025, entry())],
        timers={("telegram:1", "nudge"): minutes(60)},
    )
    await keep(store, left)
    kept = await contents(store)
    assert {name: len(rows) for name, rows in kept.items() if rows} == {
        "updates": 1,
        "people": 1,
        "outbox": 1,
        "entries": 1,
        "timers": 1,
    }
    assert kept["updates"][0]["person"] == "telegram:1"
    assert kept["updates"][0]["raw"] is None
    assert kept["outbox"][0]["state"] == "waiting"


async def test_the_writes_are_returned(store: SqlStore) -> None:
    """What the work left comes back, so that the messages can be sent without reading them."""
    left = writes(said("7"), outbox=[row()])
    assert await store.turns([said("7")], (), ["telegram:1"], leave(left)) is left


async def test_people_are_loaded(store: SqlStore) -> None:
    """Known people come with their session and its version; strangers and those not asked for are missing."""
    await keep(store, writes(said("1"), session='{"person":"telegram:1"}', version=4))
    await keep(store, writes(said("2", "telegram:2"), session="{}", version=9))
    witness = Witness()
    await store.turns([], (), ["telegram:1", "telegram:3", "telegram:1"], witness)
    assert witness.given[0].sessions == {"telegram:1": '{"person":"telegram:1"}'}
    assert witness.given[0].versions == {"telegram:1": 4}
    assert witness.given[0].logs == {}


async def test_a_session_is_replaced(store: SqlStore) -> None:
    """The next turn's session takes the place of the last one."""
    await keep(store, writes(said("1"), session="{}", version=1))
    await keep(store, writes(said("2"), session='{"prompts":1}', version=2))
    people = (await contents(store))["people"]
    assert [(p["session"], p["version"]) for p in people] == [('{"prompts":1}', 2)]


async def test_only_new_updates_are_fresh(store: SqlStore) -> None:
    """An update that was handled before is not fresh; the same number of another channel is another update."""
    await keep(store, writes(said("7")))
    witness = Witness()
    await store.turns([said("7"), said("8"), Incoming("web", "7")], (), [], witness)
    assert witness.given[0].fresh == {("telegram", "8"), ("web", "7")}


async def test_an_update_twice_in_a_batch_is_kept_once(store: SqlStore) -> None:
    """A batch may hold the same update twice, and so may what it leaves."""
    left = writes(said("7"), said("7"), outbox=[row(), row()], entries=[("telegram:1", "x", 1, entry())] * 2)
    await keep(store, left)
    kept = await contents(store)
    assert [len(kept[name]) for name in ("updates", "outbox", "entries")] == [1, 1, 1]


async def test_a_repeated_turn_adds_nothing(store: SqlStore) -> None:
    """Ids are derived, so what is written a second time is there once, and a sent message does not wait again."""
    left = writes(said("7"), outbox=[row()], entries=[("telegram:1", "x", 1, entry())])
    await keep(store, left)
    await store.settle([("telegram:1", "telegram:7:1", "sent", "55")])
    before = await contents(store)
    await keep(store, left)
    assert await contents(store) == before


async def test_many_updates_at_once(store: SqlStore) -> None:
    """Batches larger than one question to the database come through whole."""
    batch = [said(str(n), f"telegram:{n}") for n in range(CHUNK * 2 + 3)]
    await keep(store, writes(*batch))
    witness = Witness()
    await store.turns([*batch, said("new")], (), [f"telegram:{n}" for n in range(len(batch))], witness)
    assert witness.given[0].fresh == {("telegram", "new")}
    assert len(witness.given[0].sessions) == len(batch)


async def test_logs_are_loaded_when_they_are_needed(store: SqlStore) -> None:
    """Work that asks for logs is called again with them, oldest first, and with an empty one for who has none."""
    first, second = entry(text="first"), entry(text="second")
    log = [("telegram:1", "b", 2048, second), ("telegram:1", "a", 1024, first)]
    await keep(store, writes(said("1"), said("2", "telegram:2"), entries=log))
    witness = Witness({"telegram:1", "telegram:2"}, Writes())
    await store.turns([], (), ["telegram:1", "telegram:2"], witness)
    assert [given.logs for given in witness.given] == [{}, {"telegram:1": [first, second], "telegram:2": []}]


async def test_logs_can_be_asked_for_more_than_once(store: SqlStore) -> None:
    """The second call may find that somebody else's log is needed too."""
    await keep(store, writes(said("1"), entries=[("telegram:1", "a", 1, entry())]))
    witness = Witness({"telegram:2"}, {"telegram:1"}, Writes())
    await store.turns([], (), [], witness)
    assert witness.given[-1].logs == {"telegram:2": [], "telegram:1": [entry()]}


async def test_nothing_is_kept_when_the_work_fails(store: SqlStore) -> None:
    """An error of the work reaches the caller as it is, and the database is as before."""
    await keep(store, writes(said("1")))
    before = await contents(store)

    def fail(loaded: Loaded) -> Writes:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.turns([said("2")], (), ["telegram:1"], fail)
    assert await contents(store) == before


async def test_nothing_is_kept_when_the_database_fails(store: SqlStore) -> None:
    """A row that the database refuses takes the whole batch with it, and the store goes on."""
    await keep(store, writes(said("1")))
    before = await contents(store)
    broken = row("telegram:2:1", payload=None)
    left = writes(
        said("2"),
        session='{"prompts":5}',
        entries=[("telegram:1", "a", 1, entry())],
        outbox=[row(), broken],
        timers={("telegram:1", "nudge"): NOW},
    )
    with pytest.raises(StoreUnavailable):
        await keep(store, left)
    assert await contents(store) == before
    await keep(store, writes(said("2")))
    assert len((await contents(store))["updates"]) == 2


async def test_batches_take_turns(store: SqlStore) -> None:
    """Two batches at the same time come one after the other, so that none works on an old session."""

    def grow(loaded: Loaded) -> Writes:
        version = loaded.versions.get("telegram:1", 0) + 1
        return Writes(sessions={"telegram:1": (f'{{"prompts":{version}}}', version, NOW)})

    await asyncio.gather(*(store.turns([], (), ["telegram:1"], grow) for _ in range(20)))
    people = (await contents(store))["people"]
    assert [(p["session"], p["version"]) for p in people] == [('{"prompts":20}', 20)]


async def test_a_failed_update_is_kept_with_its_error(store: SqlStore) -> None:
    """What could not be understood stays, with what it was and what is wrong with it."""
    broken = Incoming("telegram", "7", raw='{"update_id":7}', error="unreadable: KeyError")
    await keep(store, writes(broken))
    found = (await contents(store))["updates"][0]
    assert (found["person"], found["raw"], found["error"]) == (None, '{"update_id":7}', "unreadable: KeyError")


async def test_timers_that_were_asked_about(store: SqlStore) -> None:
    """The work is told which of the timers are still set, and for when."""
    await keep(store, writes(said("1"), timers={("telegram:1", "nudge"): minutes(5), ("telegram:1", "hold"): NOW}))
    witness = Witness()
    asked = (Timer("telegram:1", "nudge", NOW), Timer("telegram:1", "promise", NOW), Timer("telegram:2", "nudge", NOW))
    await store.turns([], asked, ["telegram:1"], witness)
    assert witness.given[0].timers == {("telegram:1", "nudge"): minutes(5)}
