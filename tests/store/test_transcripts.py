"""The history of the web chat: what changed is newer, what is deleted says nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import bot.store.transcripts
from bot.runtime.ports import TranscriptLine
from bot.store.sql import SqlStore
from bot.store.transcripts import SqlTranscript
from tests.store.samples import NOW, contents

P = "web:a"


def line(id_: str, html: str = "hi", **changes: Any) -> TranscriptLine:
    """A bubble of the coach."""
    return replace(TranscriptLine(id_, 0, "coach", html, [], NOW), **changes)


async def test_versions_grow_by_person(transcript: SqlTranscript) -> None:
    """Each change of somebody's chat has the next number, whoever else writes."""
    assert [await transcript.put(P, line(x)) for x in "abc"] == [1, 2, 3]
    assert await transcript.put("web:b", line("a")) == 1
    assert await transcript.put(P, line("a", "changed")) == 4


async def test_all_lines_for_a_new_page(transcript: SqlTranscript) -> None:
    """Everything comes as it was put, with its version."""
    whole = line("a", "<b>hi</b>", who="person", buttons=[[{"text": "ok", "data": "1.2.3"}]], document="case.pdf")
    await transcript.put(P, whole, b"%PDF")
    assert await transcript.since(P, 0) == [replace(whole, version=1)]


async def test_documents_do_not_fill_the_disk(transcript: SqlTranscript, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the documents of one chat the newest are kept, as far as there is room; of the others, their names."""
    monkeypatch.setattr(bot.store.transcripts, "ROOM", 25)
    for number in range(4):
        await transcript.put(P, line(f"d{number}", "", document=f"case{number}.zip"), bytes(10))
    await transcript.put("web:b", line("other", "", document="theirs.zip"), bytes(10))
    assert [await transcript.document(P, f"d{number}") for number in range(4)] == [None, None, bytes(10), bytes(10)]
    kept = {found.id: (found.html, found.document) for found in await transcript.since(P, 0)}
    assert kept["d0"] == ("case0.zip", None)
    assert kept["d3"] == ("", "case3.zip")
    assert await transcript.document("web:b", "other") == bytes(10)


async def test_only_what_is_newer(transcript: SqlTranscript) -> None:
    """A page that knows a version gets the later changes, the oldest first."""
    for x in "abc":
        await transcript.put(P, line(x))
    await transcript.put(P, line("a", "changed"))
    newer = await transcript.since(P, 2)
    assert [(x.id, x.html, x.version) for x in newer] == [("c", "hi", 3), ("a", "changed", 4)]


async def test_a_limit_keeps_the_latest_or_the_next(transcript: SqlTranscript) -> None:
    """A new page gets the end of the chat; one that catches up gets what comes next."""
    for x in "abcde":
        await transcript.put(P, line(x))
    assert [x.id for x in await transcript.since(P, 0, 2)] == ["d", "e"]
    assert [x.id for x in await transcript.since(P, 1, 2)] == ["b", "c"]


async def test_a_changed_line_keeps_when_and_who(transcript: SqlTranscript) -> None:
    """An edit changes words and buttons; the place in the chat stays."""
    await transcript.put(P, line("a", buttons=[[{"text": "x"}]]))
    await transcript.put(P, replace(line("a", "new"), at=NOW.replace(hour=20)))
    found = (await transcript.since(P, 0))[0]
    assert (found.html, found.buttons, found.at, found.who) == ("new", [], NOW, "coach")


async def test_a_removed_line_says_nothing(transcript: SqlTranscript, store: SqlStore) -> None:
    """A page learns that it is gone; its words and its file are not kept."""
    await transcript.put(P, line("a", "secret", document="case.pdf"), b"secret")
    assert await transcript.remove(P, "a") == 2
    found = (await transcript.since(P, 1))[0]
    assert (found.deleted, found.html, found.document, found.version) == (True, "", None, 2)
    assert await transcript.document(P, "a") is None
    assert "secret" not in str((await contents(store))["transcript"])


async def test_files_are_kept_apart(transcript: SqlTranscript) -> None:
    """A file comes by its line, and only to its person."""
    await transcript.put(P, line("a", document="case.pdf"), b"%PDF")
    assert await transcript.document(P, "a") == b"%PDF"
    assert await transcript.document("web:b", "a") is None
    assert await transcript.document(P, "b") is None
