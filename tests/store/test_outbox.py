"""Messages wait until it is known what became of them; then their words go."""

from __future__ import annotations

import pytest

from bot.runtime.ports import Settled
from bot.store.sql import SqlStore
from tests.store.samples import contents, keep, minutes, row, said, writes


async def test_waiting_messages_come_whole_and_in_order(store: SqlStore) -> None:
    """By person and position, with everything that sending needs."""
    rows = [
        row("c", "telegram:2", 1024),
        row("b", "telegram:1", 2048, kind="edit", expires=minutes(5)),
        row("a", "telegram:1", 1025, last=True),
    ]
    await keep(store, writes(said("1"), outbox=rows))
    assert await store.waiting(9) == [rows[2], rows[1], rows[0]]


async def test_waiting_messages_come_in_pages(store: SqlStore) -> None:
    """Each page goes on after the last message of the one before; none is missing and none comes twice."""
    rows = [row(f"{person}:{n}", f"telegram:{person}", n) for person in (1, 2, 3) for n in (1, 2, 3)]
    await keep(store, writes(said("1"), outbox=rows))
    place, seen = ("", -1), []
    while page := await store.waiting(2, place):
        assert len(page) <= 2
        seen.extend(page)
        place = (page[-1].person, page[-1].position)
    assert seen == rows


async def test_waiting_messages_of_other_channels(store: SqlStore) -> None:
    """They are left to the process that serves those."""
    rows = [row("a", "telegram:1"), row("a", "terminal:1"), row("a", "web:1")]
    await keep(store, writes(said("1"), outbox=rows))
    store.serve(["web", "telegram"])
    assert await store.waiting(9) == [rows[0], rows[2]]
    store.serve(["terminal"])
    assert await store.waiting(9) == [rows[1]]


@pytest.mark.parametrize("outcome", ["sent", "dropped", "failed"])
async def test_a_settled_message_waits_no_more(store: SqlStore, outcome: Settled) -> None:
    """Its words are not kept either, whatever became of it."""
    await keep(store, writes(said("1"), outbox=[row("a"), row("b", position=2048)]))
    await store.settle([("telegram:1", "a", outcome, None)])
    assert [r.id for r in await store.waiting(9)] == ["b"]
    assert {r["id"]: (r["state"], r["payload"] == "") for r in (await contents(store))["outbox"]} == {
        "a": (outcome, True),
        "b": ("waiting", False),
    }


async def test_settling_is_by_person(store: SqlStore) -> None:
    """Two people may have messages of the same id."""
    await keep(store, writes(said("1"), outbox=[row("a", "telegram:1"), row("a", "telegram:2")]))
    await store.settle([("telegram:1", "a", "sent", "5"), ("telegram:3", "a", "sent", "6")])
    assert [r.person for r in await store.waiting(9)] == ["telegram:2"]


async def test_settling_nothing_is_fine(store: SqlStore) -> None:
    """An empty batch of results costs nothing."""
    await store.settle([])


async def test_handles_of_sent_messages(store: SqlStore) -> None:
    """The channel's handle is found again for messages that have one."""
    await keep(store, writes(said("1"), outbox=[row("a"), row("b", position=2), row("c", position=3)]))
    await store.settle([("telegram:1", "a", "sent", "501"), ("telegram:1", "b", "sent", None)])
    asked = [("telegram:1", id_) for id_ in "abcx"]
    assert await store.handles(asked) == {("telegram:1", "a"): "501"}
