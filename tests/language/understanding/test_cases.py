"""Sums, days, companies and trades in what people type: shares of cases read right, and every case read wrong."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.app import load
from bot.core.book import Understanding
from bot.language.understanding.amounts import find_amount
from bot.language.understanding.days import find_day
from bot.language.understanding.reader import gist

CASES = Path(__file__).with_name("cases")
TODAY = date(2026, 11, 22)
SUMS, DAYS, PRECISION, RECALL = 0.97, 0.97, 0.98, 0.95
"""The least shares read right."""


def rows(name: str) -> Iterator[tuple[str, str]]:
    for line in (CASES / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            expected, text = line.split("\t", 1)
            yield expected, text


def cases(name: str) -> dict[str, list[str]]:
    found: Any = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return {str(owner): [str(text) for text in texts] for owner, texts in found.items()}


@pytest.fixture(scope="module")
def reader() -> Understanding:
    return load()[0].understanding


def company(reader: Understanding, text: str) -> str | None:
    return reader.read(text, "he", TODAY).company


def sector(reader: Understanding, text: str) -> str | None:
    return reader.read(text, "he", TODAY).sector


def test_sums() -> None:
    """Sums are read in figures and in words, and other numbers are not taken for sums."""
    found = [(expected, text, find_amount(text)) for expected, text in rows("amounts")]
    wrong = [row for row in found if row[2] != (None if row[0] == "-" else Decimal(row[0]))]
    assert len(found) > 250
    assert 1 - len(wrong) / len(found) >= SUMS, wrong


def test_days() -> None:
    """Days are read as dates, as words and as spans."""
    found = [(expected, text, find_day(text, TODAY)) for expected, text in rows("days")]
    wrong = [row for row in found if row[2] != (None if row[0] == "-" else date.fromisoformat(row[0]))]
    assert len(found) > 150
    assert 1 - len(wrong) / len(found) >= DAYS, wrong


@pytest.mark.parametrize(
    ("text", "past", "coming"),
    [
        ("יום חמישי", date(2026, 11, 19), date(2026, 11, 26)),
        ("since Thursday", date(2026, 11, 19), date(2026, 11, 26)),
        ("הגשתי בקשה בינואר", date(2026, 1, 1), date(2027, 1, 1)),
        ("I returned it in February", date(2026, 2, 1), date(2027, 2, 1)),
        ("3.12", date(2025, 12, 3), date(2026, 12, 3)),
        ("до пятницы", date(2026, 11, 20), date(2026, 11, 27)),
        ("אמרו מחר, וזה לא עובד מאתמול", date(2026, 11, 21), date(2026, 11, 23)),
        ("היום", TODAY, TODAY),
        ("אתמול", date(2026, 11, 21), None),
        ("מחר", None, date(2026, 11, 23)),
        ("בכלל לא", None, None),
        ("השבוע", date(2026, 11, 22), None),
        ("החודש", date(2026, 11, 1), None),
        ("this week", date(2026, 11, 22), None),
        ("в этом месяце", date(2026, 11, 1), None),
        ("هالشهر", date(2026, 11, 1), None),
        ("הם יגיעו השבוע", None, None),
        ("כמה ימים", date(2026, 11, 19), None),
        ("לפני כמה ימים", date(2026, 11, 19), None),
        ("בשבוע שעבר", date(2026, 11, 15), None),
        ("לפני חודשיים בערך", date(2026, 9, 22), None),
        ("בערך חודש", date(2026, 10, 22), None),
        ("несколько дней", date(2026, 11, 19), None),
    ],
)
def test_days_gone_and_to_come(reader: Understanding, text: str, past: date | None, coming: date | None) -> None:
    """Where a day can only lie behind, or only ahead, it is looked for there."""
    found = reader.read(text, "he", TODAY)
    assert (found.past_day, found.coming_day) == (past, coming)


def test_companies(reader: Understanding) -> None:
    """The company is found in a sentence, and everyday words that look like one are left alone."""
    named = [(owner, text, company(reader, text)) for owner, texts in cases("companies").items() for text in texts]
    plain = [(None, text, company(reader, text)) for texts in cases("companies_none").values() for text in texts]
    right = sum(owner == found for owner, _, found in named)
    said = sum(found is not None for _, _, found in [*named, *plain])
    wrong = [row for row in [*named, *plain] if row[0] != row[2]]
    assert len(named) > 400
    assert len(plain) > 200
    assert right / said >= PRECISION, wrong
    assert right / len(named) >= RECALL, wrong


def test_companies_as_an_answer(reader: Understanding) -> None:
    """A bare name, the whole answer to "which company?", is enough, even where the word means something else too."""
    found = [
        (owner, text, company(reader, text)) for owner, texts in cases("companies_answers").items() for text in texts
    ]
    wrong = [row for row in found if row[0] != row[2]]
    assert 1 - len(wrong) / len(found) >= RECALL, wrong


def test_trades(reader: Understanding) -> None:
    """The trade is that of the complaint: not the net where a thing was bought, nor what a thief bought with a card."""
    found = [(None if expected == "-" else expected, text, sector(reader, text)) for expected, text in rows("sectors")]
    assert found
    assert [row for row in found if row[0] != row[2]] == []


@pytest.mark.parametrize("before", ["", "בלה " * 900])
def test_long_paste(reader: Understanding, before: str) -> None:
    """Of a very long message the beginning and the end are read and no more; nothing is cut within a word."""
    text = f"{before}סלקום חייבו אותי 89.90 ש״ח ואני רוצה זיכוי {'' if before else 'בלה ' * 900}"
    reader.read("warm", "he", TODAY)
    start = time.process_time()
    found = reader.read(text, "he", TODAY)
    assert time.process_time() - start < 2
    assert (found.company, found.amount) == ("cellcom", Decimal("89.90"))


def test_gist() -> None:
    """A short text is read as it is; of one long word as much as of any other text."""
    assert gist("קצר") == "קצר"
    assert len(gist("x" * 4000)) < 600
    assert set(gist("word " * 800).split()) == {"word"}
