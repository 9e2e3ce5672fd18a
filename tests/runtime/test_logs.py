"""What is logged of an error."""

from __future__ import annotations

import pytest

from bot.runtime.logs import trace


def fail(depth: int) -> None:
    """Fail so deep."""
    if depth:
        fail(depth - 1)
    raise ValueError("the person's own words, 4580 4580 4580 4580")


def test_an_error_is_logged_without_its_message() -> None:
    """The kind of error and the innermost places; never what it says, which may quote somebody."""
    with pytest.raises(ValueError, match="own words") as caught:
        fail(9)
    told = trace(caught.value)
    assert told.startswith("ValueError at test_logs.py:")
    assert told.count("<") == 3
    assert "words" not in told
    assert "4580" not in told


def test_an_error_from_nowhere() -> None:
    """One that was never raised has no place."""
    assert trace(KeyError("secret")) == "KeyError at nowhere"
