"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.postgresql import Postgresql, running


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """A PostgreSQL server, started for the first test that asks for it."""
    with running() as server:
        yield server
