"""Everything about a case in one ZIP, and its dates for a calendar."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import icalendar
import pytest

from bot.documents.calendar import dates_ics
from bot.documents.case_zip import case_zip
from tests.documents.samples import JPEG, MADE, OWN, PDF, PNG, args_of


def unpacked(contents: list[bytes | None], due: bool = True) -> dict[str, bytes]:
    """What is in the ZIP, by path."""
    with ZipFile(BytesIO(case_zip(args_of("case_zip", "he", due), contents, "he", MADE))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_everything_is_in_it() -> None:
    """The PDF, the photos and documents byte for byte under names that say what they are, the data, the dates."""
    found = unpacked([JPEG, PDF, PNG])
    assert list(found) == [
        "case.pdf",
        "case.json",
        "dates.ics",
        "files/1-photo.jpg",
        "files/2-document.pdf",
        "files/3-photo.png",
    ]
    assert (found["files/1-photo.jpg"], found["files/2-document.pdf"], found["files/3-photo.png"]) == (JPEG, PDF, PNG)
    assert found["case.pdf"].startswith(b"%PDF-")


def test_the_data_tell_what_was_changed() -> None:
    """Every line with its kind and time: what was struck out, and how it read before it was corrected."""
    data = json.loads(unpacked([JPEG, PDF, PNG])["case.json"])
    log = {line["id"]: line for line in data["log"]}
    assert log["e1"]["struck"]
    assert log["e3"]["details"] == {"rep": OWN["he"].rep}
    assert [before["details"] for before in log["e3"]["before"]] == [{"rep": "Dan"}]
    assert data["case"]["amount"] == "89.90"
    assert [file["path"] for file in data["files"]] == [
        "files/1-photo.jpg",
        "files/2-document.pdf",
        "files/3-photo.png",
    ]
    assert data["files"][1]["name"] == OWN["he"].file


def test_what_is_nobody_elses_stays_out() -> None:
    """What they would settle for, and when we asked them how it goes."""
    data = json.loads(unpacked([None, None, None])["case.json"])
    assert data["case"]["floor"] is None
    assert "nudge" not in {line["kind"] for line in data["log"]}


def test_a_file_that_could_not_be_had() -> None:
    """The rest is there; the data name the file, without a path."""
    found = unpacked([JPEG, None, b"not what it was"])
    assert [name for name in found if name.startswith("files/")] == ["files/1-photo.jpg", "files/3-photo.bin"]
    assert [file["path"] for file in json.loads(found["case.json"])["files"]] == [
        "files/1-photo.jpg",
        None,
        "files/3-photo.bin",
    ]


def test_without_dates_there_is_no_calendar() -> None:
    """Nothing is due: there is nothing to put into a calendar."""
    assert "dates.ics" not in unpacked([None, None, None], due=False)


def test_one_event_a_date_in_the_persons_time_zone() -> None:
    """At their hour where they are, with what is due and whose rule it is, and a reminder."""
    dates = args_of("case_dates", "he")["dates"]
    calendar: Any = icalendar.Calendar.from_ical(dates_ics(dates, MADE))
    events = calendar.walk("VEVENT")
    zone = ZoneInfo("Asia/Jerusalem")
    assert [event["DTSTART"].dt for event in events] == [
        datetime(2026, 11, 25, 10, tzinfo=zone),
        datetime(2026, 12, 3, 10, tzinfo=zone),
    ]
    assert [event["DTSTART"].dt.astimezone(UTC).hour for event in events] == [8, 8]
    promise, answer = (str(event["DESCRIPTION"]) for event in events)
    assert OWN["he"].promise in promise
    assert "זו ההבטחה שלהם" in promise
    assert "עצה שלי, לא כלל" in answer
    assert all(event.walk("VALARM") for event in events)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Jerusalem"]
    assert not set("\u2066\u2067\u2068\u2069") & set(dates_ics(dates, MADE).decode())


@pytest.mark.parametrize(("zone", "hour"), [("America/New_York", 15), ("Asia/Jerusalem", 8), ("Australia/Sydney", 23)])
def test_wherever_they_are(zone: str, hour: int) -> None:
    """The time zone is described in the file, so that every program shows the right hour."""
    dates = {**args_of("case_dates", "he")["dates"], "zone": zone}
    event: Any = icalendar.Calendar.from_ical(dates_ics(dates, MADE)).walk("VEVENT")[0]
    assert event["DTSTART"].dt.astimezone(UTC).hour == hour


def test_a_date_that_is_sent_again_replaces_itself() -> None:
    """The same date has the same name and a later number; nothing of the person is in the name."""
    dates = args_of("case_dates", "he")["dates"]
    first, second = (
        icalendar.Calendar.from_ical(dates_ics(dates, at)).walk("VEVENT")[0] for at in (MADE, MADE.replace(hour=12))
    )
    assert first["UID"] == second["UID"]
    assert int(str(first["SEQUENCE"])) < int(str(second["SEQUENCE"]))
    assert "t:1" not in str(first["UID"])
