"""Every case has its file: long or empty, open or closed, in every country and language, whatever stands in its log."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.core.case import Case, Entry
from bot.core.session import Profile
from bot.documents.calendar import dates_ics
from bot.documents.case_file import case_pdf
from bot.documents.case_zip import case_zip
from tests.core.test_every_screen import LONG, NOW, empty_case, full_case
from tests.documents.samples import attached
from tests.support.coach import coach

STRANGE: list[tuple[Any, dict[str, Any]]] = [
    ("opened", {"again": True}),
    ("note", {"text": LONG, "rep": LONG, "ref": LONG}),
    ("note", {}),
    ("promise", {"text": ""}),
    ("step", {"channel": "a-channel-that-is-gone"}),
    ("answer", {}),
    ("file", {"file": "x"}),
    ("closed", {"status": "partly"}),
    ("correction", {"entry": "no such entry", "changes": {"text": "x"}}),
    ("strike", {}),
]
LOG = [Entry("1", NOW, kind, details, id=f"e{n}") for n, (kind, details) in enumerate(STRANGE)]


def cases(country: str) -> list[Case]:
    """A case of which everything is known, one of which nothing is, and one that is over."""
    full = full_case(country=country)
    return [full, empty_case(country=country), replace(full, status="partly", closed=NOW, due=())]


@pytest.mark.parametrize("country", sorted(coach()[0].countries))
@pytest.mark.parametrize("language", coach()[0].languages)
def test_it_has_its_documents(language: str, country: str) -> None:
    """The PDF, the ZIP and the dates are made of it, also when no file can be had."""
    profile = Profile(language=language, country=country)
    for case in cases(country):
        page = attached("case_pdf", case, LOG, profile)["page"]
        everything = attached("case_zip", case, LOG, profile)
        dates = attached("case_dates", case, LOG, profile)["dates"]
        assert case_pdf(page, [None], language, NOW).startswith(b"%PDF-")
        assert case_zip(everything, [None], language, NOW).startswith(b"PK")
        assert dates_ics(dates, NOW).count(b"BEGIN:VEVENT") == len(case.due)
