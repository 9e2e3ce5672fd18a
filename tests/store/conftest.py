"""What the tests of the store begin with."""

from __future__ import annotations

import pytest

from bot.store.sql import SqlStore
from bot.store.transcripts import SqlTranscript
from tests.store.fixtures import ended, migrated, store, url

__all__ = ["ended", "migrated", "store", "transcript", "url"]


@pytest.fixture
def transcript(store: SqlStore) -> SqlTranscript:
    """The web chat's history over the store."""
    return SqlTranscript(store)
