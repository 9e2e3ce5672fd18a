"""The stories of ``tests/transcripts``: every dialog, every edge."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.authoring.dialogs import edges
from bot.core.step import Edge
from tests.support.coach import coach
from tests.support.transcripts import run_story

STORIES = sorted((Path(__file__).parents[1] / "transcripts").glob("*.yaml"))


@cache
def trace_of(path: Path) -> frozenset[Edge]:
    """The edges that a story takes; played once."""
    return frozenset(run_story(path))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path) -> None:
    """The talk goes as the story says, through the stored form, in every language and form of address."""
    trace_of(path)


def test_every_edge_is_taken() -> None:
    """Together the stories take every way on from every node of every dialog."""
    book, _ = coach()
    taken: set[Edge] = set()
    for path in STORIES:
        taken |= trace_of(path)
    missing = sorted(edge for dialog in book.dialogs.values() for edge in edges(dialog) - taken)
    assert not missing, f"{len(missing)} edges are in no story:\n" + "\n".join(" · ".join(edge) for edge in missing)
