"""Uploaded files: kept by person, given back to nobody else, gone with their person."""

from __future__ import annotations

import pytest

from bot.runtime.ports import Writes
from bot.store.files import QUOTA, SqlFiles
from bot.store.sql import SqlStore
from tests.store.samples import NOW, contents, leave

P, Q = "web:dana", "web:eve"
FILE = "web:dana:0b7ff5b8"
BYTES = bytes(range(256)) * 40


@pytest.fixture
def files(store: SqlStore) -> SqlFiles:
    """The files over the store."""
    return SqlFiles(store)


async def put(files: SqlFiles, person: str = P, file: str = FILE, content: bytes = BYTES) -> bool:
    """Keep a picture."""
    return await files.keep(person, file, "חשבונית.png", "image/png", content, NOW)


async def test_a_file_comes_back_as_it_was(files: SqlFiles) -> None:
    """Byte for byte; a second delivery of the same upload changes nothing."""
    assert await put(files)
    assert not await put(files, content=b"other")
    assert await files.content(P, FILE) == BYTES


async def test_nobody_else_gets_it(files: SqlFiles) -> None:
    """Another person who knows its name has no such file, and cannot drop it."""
    await put(files)
    assert await files.content(Q, FILE) is None
    await files.remove(Q, FILE)
    assert await files.content(P, FILE) == BYTES


async def test_removing(files: SqlFiles, store: SqlStore) -> None:
    """A file that is dropped, by its channel or by a turn, is gone; others stay."""
    for number in range(3):
        await put(files, file=f"{FILE}{number}")
    await files.remove(P, f"{FILE}0")
    await store.turns([], (), [P], leave(Writes(discarded=[(P, f"{FILE}1")])))
    assert [row["id"] for row in (await contents(store))["files"]] == [f"{FILE}2"]


async def test_one_person_cannot_fill_the_disk(files: SqlFiles, store: SqlStore) -> None:
    """There is an end to what is kept of one person, and others have their own."""
    await put(files)
    assert not await files.full(P, QUOTA - len(BYTES))
    assert await files.full(P, QUOTA - len(BYTES) + 1)
    assert not await files.full(Q, QUOTA)


async def test_the_export_lists_it_without_its_bytes(files: SqlFiles, store: SqlStore) -> None:
    """Name, kind, size and time of every file; the pictures themselves are in the case's file."""
    await put(files)
    (listed,) = (await store.export(P))["files"]
    assert listed == {
        "person": P,
        "id": FILE,
        "name": "חשבונית.png",
        "mime": "image/png",
        "size": len(BYTES),
        "at": NOW.isoformat(),
    }
