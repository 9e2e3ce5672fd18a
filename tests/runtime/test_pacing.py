"""How long a message has to wait."""

from __future__ import annotations

from bot.runtime.pacing import Bucket, Pace


def test_a_bucket_lets_a_burst_through_and_then_its_rate() -> None:
    """Three at once, then two a second; each later one is told its own moment."""
    bucket = Bucket(rate=2, burst=3)
    assert [bucket.reserve(100) for _ in range(6)] == [0, 0, 0, 0.5, 1, 1.5]


def test_a_bucket_fills_up_again() -> None:
    """At its rate, and never beyond the burst."""
    bucket = Bucket(rate=1, burst=2)
    assert [bucket.reserve(100) for _ in range(3)] == [0, 0, 1]
    assert bucket.reserve(103) == 0
    assert [bucket.reserve(10_000) for _ in range(3)] == [0, 0, 1]


def test_a_bucket_without_a_rate_has_no_limit() -> None:
    """0 means that nobody waits."""
    bucket = Bucket(rate=0, burst=1)
    assert [bucket.reserve(1) for _ in range(1000)] == [0] * 1000
    assert bucket.full(1)


def test_a_bucket_knows_when_it_is_full() -> None:
    """Only then may it be dropped without anybody gaining by it."""
    bucket = Bucket(rate=1, burst=2)
    bucket.reserve(100)
    assert not bucket.full(100.5)
    assert bucket.full(101)


def test_a_pace_is_the_slower_of_two() -> None:
    """One's own chat and all chats together both count."""
    pace = Pace(overall=3, each=1, burst=2)
    assert [pace.reserve("a", 50) for _ in range(3)] == [0, 0, 1]
    assert [round(pace.reserve(x, 50), 3) for x in "bcd"] == [0.333, 0.667, 1]


def test_a_pace_for_chats_only() -> None:
    """Without a limit over all, people do not wait for each other."""
    pace = Pace(overall=0, each=1, burst=1)
    assert [pace.reserve(str(n), 50) for n in range(100)] == [0] * 100
    assert pace.reserve("1", 50) == 1


def test_a_pace_forgets_those_who_rest() -> None:
    """It does not grow with everybody who ever wrote; those who still wait are remembered."""
    pace = Pace(overall=0, each=1, burst=1)
    for n in range(10_001):
        pace.reserve(str(n), 50)
    pace.reserve("busy", 60)
    pace.reserve("another", 60)
    assert pace.reserve("busy", 60) == 1
    assert len(pace._each) < 10
