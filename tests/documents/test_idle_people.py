"""Somebody who has not written for a year and a half is asked once, and then there is nothing left of them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

import bot.app
from bot.app import Coach
from bot.core.case import Case
from bot.core.session import Frame, Nudging, Profile, Session, dump
from bot.runtime.ports import Writes
from bot.store.sql import SqlStore
from tests.documents.test_letter_delivery import Desk
from tests.store.fixtures import ended, migrated, store, url
from tests.store.samples import contents, entry, leave
from tests.support.coach import coach
from tests.support.waiting import until_so

__all__ = ["ended", "migrated", "store", "url"]

NOW = datetime(2028, 6, 1, 10, tzinfo=UTC)
GONE, HERE = "desk:1", "desk:2"


def person(name: str, seen: datetime) -> Session:
    """Somebody with a case who was last seen then."""
    case = Case("1", seen, problem="price_rise", company="pelephone", sector="telecom-cellular", goal="restore_price")
    return Session(
        name,
        profile=Profile(language="en", keeps_shabbat=False),
        stack=(Frame("home", "menu"),),
        cases=(case,),
        nudging=Nudging(stopped=True),
        seen=seen,
    )


async def traces(store: SqlStore, name: str) -> set[str]:
    """The tables in which somebody stands."""
    tables = await contents(store)
    return {table for table, rows in tables.items() if any(row.get("person") == name for row in rows)}


async def test_the_idle_are_asked_once_and_then_gone(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked at the start of the coach, deleted from every table thirty days later; who was here lately is not."""
    clock = {"now": NOW}
    monkeypatch.setattr(bot.app, "utc_now", lambda: clock["now"])
    writes = Writes()
    for name, seen in ((GONE, NOW - timedelta(days=560)), (HERE, NOW - timedelta(days=400))):
        writes.sessions[name] = (dump(person(name, seen)).decode(), 1, seen)
        writes.entries.append((name, "e", 1, entry()))
    await store.turns((), (), (), leave(writes))
    book, renderer = coach()
    whole, channel = Coach(book, renderer, store, "he", idle_months=18), Desk()
    whole.attach(channel)
    await whole.start()
    asked = await asyncio.wait_for(channel.wait_for("say"), 120)
    assert asked.person == GONE
    assert "I delete everything" in asked.html
    clock["now"] += timedelta(days=31)
    whole.alarm.look(NOW)

    async def gone() -> bool:
        return not await traces(store, GONE)

    await until_so(gone)
    await whole.stop()
    assert await traces(store, GONE) == set()
    assert await traces(store, HERE) == {"people", "entries"}
    assert channel.sent == []
