"""The case's file: everything about a case on paper, as data, and its dates for a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from pydantic import TypeAdapter

from bot.core.case import Case, Due
from bot.core.coaching.escalate import pending_line, rule_of
from bot.core.coaching.timeline import told
from bot.core.coaching.triage import case_title
from bot.core.effects import Attach
from bot.core.log import Line
from bot.core.model import Text
from bot.core.talk import Talk
from bot.core.text import Clock, Count, Day, Duration, Msg, Name, Value
from bot.core.words import Words

words = Words()

_CASE = TypeAdapter(Case)

_LABELS: tuple[tuple[Text, str], ...] = (
    (Text("Company"), "company"),
    (Text("What it is about"), "problem"),
    (Text("What is asked for"), "goal"),
    (Text("Money at stake"), "amount"),
    (Text("Came back"), "recovered"),
    (Text("Since"), "since"),
    (Text("Opened"), "opened_on"),
    (Text("Status"), "case_status"),
    (Text("Reference number"), "ref"),
    (Text("Spoke last to"), "rep"),
)
"""What stands at the head of the file -> the value that it shows."""
_CALLS = Text("Calls")
_ON_HOLD = Text("Time on hold")
_HEADINGS = {
    "story": Text("What happened, in the person's words"),
    "dates": Text("Dates"),
    "timeline": Text("Timeline"),
    "steps": Text("Steps taken"),
    "files": Text("Photos and documents"),
}
_CASE_FILE = Text("Case file")
_FOOT = Text("Written down by the person, with the help of Lo Frayer. A record of what happened, not legal advice.")
_PHOTO = Text("Photo {n}")
_DOCUMENT = Text("Document {n}")
_NAMED = Text("Document {n}: {name}")
_ABSENT = Text("It is not shown here; the file itself is in the folder with everything.")
_STRUCK = Text("struck out")
_BEFORE = Text("Before it was corrected: {what}")
_STATES = {
    "waiting": Text("waiting"),
    "answered": Text("answered"),
    "refused": Text("refused"),
}


# -- asking for it ----------------------------------------------------------------------------------------------------


@words.guard
def has_dates(talk: Talk, _: Any) -> bool:
    """Something is due in the case."""
    return talk.case is not None and bool(talk.case.due)


@words.action
def case_pdf(talk: Talk, _: Any) -> None:
    """Send the case's file as a PDF."""
    if talk.case is not None:
        talk.add(Attach(id=talk.next_id(), kind="case_pdf", args={"page": _page(talk), "files": _files(talk)}))


@words.action
def case_zip(talk: Talk, _: Any) -> None:
    """Send everything about the case: the PDF, photos and documents, data, and dates."""
    if talk.case is not None:
        args = {"page": _page(talk), "files": _files(talk), "data": _data(talk), "dates": _dates(talk)}
        talk.add(Attach(id=talk.next_id(), kind="case_zip", args=args))


@words.action
def case_dates(talk: Talk, _: Any) -> None:
    """Send the case's dates for a calendar."""
    if talk.case is not None:
        talk.add(Attach(id=talk.next_id(), kind="case_dates", args={"dates": _dates(talk)}))


# -- what stands in it ------------------------------------------------------------------------------------------------


def _page(talk: Talk) -> dict[str, Any]:
    """What the paper shows, section by section, in messages."""
    numbers = {file["entry"]: n for n, file in enumerate(_files(talk), 1)}
    return {
        "heading": Msg(_CASE_FILE),
        "title": Msg("{it}", {"it": case_title(talk, talk.the_case)}),
        "made": Msg("{it}", {"it": Day(talk.today, dated=True)}),
        "status": talk.the_case.status,
        "headings": {name: Msg(text) for name, text in _HEADINGS.items()},
        "facts": _facts(talk),
        "story": Msg("{it}", {"it": Name(talk.the_case.story, whole=True)}) if talk.the_case.story else "",
        "dates": tuple(_date(talk, due) for due in sorted(talk.the_case.due, key=lambda d: d.on)),
        "timeline": tuple(shown for line in talk.lines if (shown := _line(talk, line, numbers)) is not None),
        "steps": _steps(talk),
        "files": tuple(_caption(talk, file, n) for n, file in enumerate(_files(talk), 1)),
        "absent": Msg(_ABSENT),
        "foot": Msg(_FOOT),
    }


def _facts(talk: Talk) -> tuple[Any, ...]:
    case = talk.the_case
    found = [(Msg(label), value) for label, name in _LABELS if (value := talk.value(name)) is not None]
    if case.calls:
        found.append((Msg(_CALLS), Count(case.calls)))
    if case.hold_minutes:
        found.append((Msg(_ON_HOLD), Duration(timedelta(minutes=case.hold_minutes))))
    return tuple({"label": label, "value": Msg("{it}", {"it": value})} for label, value in found)


def _date(talk: Talk, due: Due) -> dict[str, Any]:
    return {
        "day": Msg("{it}", {"it": Day(due.on, dated=True)}),
        "what": pending_line(talk, talk.the_case, due),
        "rule": rule_of(talk, talk.the_case, due),
    }


def _steps(talk: Talk) -> tuple[Any, ...]:
    """The doors that were knocked on: what became of each, and when. Those still ahead are nobody else's business."""
    known = talk.country.channels
    return tuple(
        {
            "state": step.outcome,
            "name": talk.msg(known[step.channel].name),
            "word": Msg(_STATES[step.outcome]),
            "day": Msg("{it}", {"it": Day(step.on, dated=True)}),
        }
        for step in talk.the_case.steps
        if step.outcome in _STATES and step.channel in known
    )


def _line(talk: Talk, line: Line, numbers: dict[str, int]) -> dict[str, Any] | None:
    """A line of the timeline as it is drawn."""
    what = told(talk, line.entry, None)
    if what is None:
        return None
    local = line.entry.at.astimezone(talk.local_now.tzinfo)
    earlier = (told(talk, entry, None) for entry in line.before)
    return {
        "kind": line.entry.kind,
        "day": Msg("{it}", {"it": Day(local.date(), dated=True)}),
        "time": Msg("{it}", {"it": Clock(local.time())}),
        "what": what,
        "struck": Msg(_STRUCK) if line.struck else "",
        "before": tuple(Msg(_BEFORE, {"what": text}) for text in earlier if text is not None),
        "file": numbers.get(line.entry.id, 0),
    }


def _caption(talk: Talk, file: dict[str, Any], number: int) -> dict[str, Any]:
    """What stands under a photo, and in place of a document."""
    given: dict[str, Value] = {"n": Count(number)}
    if file["type"] == "photo":
        title = Msg(_PHOTO, given)
    elif file["name"]:
        title = Msg(_NAMED, {**given, "name": Name(file["name"])})
    else:
        title = Msg(_DOCUMENT, given)
    at = datetime.fromisoformat(file["at"]).astimezone(talk.local_now.tzinfo)
    return {
        "title": title,
        "day": Msg("{it}", {"it": Day(at.date(), dated=True)}),
        "text": Msg("{it}", {"it": Name(file["text"], whole=True)}) if file["text"] else "",
    }


def _files(talk: Talk) -> list[dict[str, Any]]:
    """The photos and documents that stand in the log, by the time they were sent."""
    return [
        {
            "entry": line.entry.id,
            "at": line.entry.at.isoformat(),
            "file": line.entry.details["file"],
            "type": line.entry.details.get("type", "document"),
            "mime": line.entry.details.get("mime", ""),
            "name": line.entry.details.get("name", ""),
            "text": line.entry.details.get("text", ""),
        }
        for line in talk.lines
        if line.entry.kind == "file" and not line.struck
    ]


def _data(talk: Talk) -> dict[str, Any]:
    """The case and its log as data: also what was struck out, and how it read before it was corrected."""

    def plain(line: Line) -> dict[str, Any]:
        entry = line.entry
        return {
            "id": entry.id,
            "at": entry.at.isoformat(),
            "kind": entry.kind,
            "details": entry.details,
            "struck": line.struck,
            "before": [{"at": e.at.isoformat(), "details": e.details} for e in line.before],
        }

    return {
        "case": _CASE.dump_python(
            replace(talk.the_case, floor=None), mode="json"
        ),  # what they would settle for is theirs
        "log": [plain(line) for line in talk.lines if line.entry.kind != "nudge"],
    }


def _dates(talk: Talk) -> dict[str, Any]:
    """The case's dates for a calendar: at the person's hour, in their time zone."""
    case = talk.the_case
    return {
        "zone": talk.profile.timezone,
        "name": Msg("{it}", {"it": case_title(talk, case)}),
        "events": tuple(
            {
                "id": f"{talk.session.person}/{case.id}/{due.kind}/{due.what}",
                "at": datetime.combine(due.on, time(talk.profile.nudge_hour)).isoformat(),
                "title": Msg("{it}", {"it": case_title(talk, case)}),
                "what": pending_line(talk, case, due),
                "rule": rule_of(talk, case, due),
            }
            for due in sorted(case.due, key=lambda d: d.on)
        ),
    }
