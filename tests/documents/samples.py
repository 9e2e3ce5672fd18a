"""A case with everything in it, in four scripts, as its documents get it."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from bot.core.case import Case, Due, Entry, Step
from bot.core.effects import Attach
from bot.core.events import Said
from bot.core.session import Frame, Profile, Session
from bot.core.talk import Talk
from bot.core.text import Msg
from bot.core.vocabulary import VOCABULARY
from tests.support.coach import coach

__all__ = ["JPEG", "MADE", "OWN", "PDF", "PNG", "WEBP", "Own", "args_of", "attached"]

MADE = datetime(2026, 11, 22, 10, tzinfo=UTC)

JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/4QA4RXhpZgAATU0AKgAAAAgAAgEPAAIAAAAKAAAAJgESAAMAAAABAAYAAAAAAABTZWNyZXRDYW0A/9sAQwAN"
    "CQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/9sAQwEODg4TERMmFRUmTzUtNU9P"
    "T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P/8AAEQgAEAAYAwERAAIRAQMRAf/EABYAAQEBAAAAAAAAAAAA"
    "AAAAAAQFBv/EABcQAQADAAAAAAAAAAAAAAAAAAAEQoH/xAAXAQEBAQEAAAAAAAAAAAAAAAAGBQQH/8QAGBEBAAMBAAAAAAAAAAAAAAAAAAVDgcH/"
    "2gAMAwEAAhEDEQA/AMgXsRMO+D87XvF+DszpI+vproACTDvg/O17xfg7M6SPr7//2Q=="
)
"""24 pixels by 16, the left half blue and the right half red; its EXIF says that it lies on its side (6), and with what
it was taken (SecretCam)."""
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAIAAACDRijCAAAAIklEQVR42mMU0TjBQAhs+RZGUA0TA5XAqEGjBo0aNFINAgDCNQMkrsgoYgAAAABJ"
    "RU5ErkJggg=="
)
"""The same, upright."""
WEBP = b64decode("UklGRioAAABXRUJQVlA4TB4AAAAvF8ADAA9wFPtT0N4Kef6DB0ICwv+1HugWRPQ/sBk=")
PDF = b"%PDF-1.7\n" + b"a page of theirs"


@dataclass(frozen=True, slots=True)
class Own:
    """What a person wrote in their own words."""

    story: str
    rep: str
    promise: str
    note: str
    file: str
    caption: str


OWN = {
    "he": Own("חויבתי פעמיים על אותו חודש", "דנה כהן", "החזר מלא", "היא הייתה אדיבה", "דוח יולי.pdf", "החיוב הכפול"),
    "en": Own("I was charged twice", "Dana Cohen", "a full refund", "she was kind", "july.pdf", "the double charge"),
    "ru": Own("С меня списали дважды", "Анна Коэн", "полный возврат", "она вежлива", "счёт.pdf", "двойное списание"),
    "ar": Own("خصم مني المبلغ مرتين", "دانا", "مبلغ كامل", "كانت ودودة", "فاتورة.pdf", "خصم مكرر"),
}


def _log(own: Own) -> list[Entry]:
    """A call, a promise that was broken, photos and a document, a line that was corrected and one struck out."""
    written: list[tuple[int, Any, dict[str, Any]]] = [
        (20, "opened", {"problem": "overcharge"}),
        (19, "hold", {"minutes": 31}),
        (19, "call", {"minutes": 12}),
        (19, "note", {"rep": "Dan"}),
        (19, "note", {"ref": "A-1234/77"}),
        (19, "promise", {"text": own.promise, "due": "2026-11-10"}),
        (11, "answer", {"outcome": "promise_broken"}),
        (11, "file", {"file": "f1", "type": "photo", "mime": "image/jpeg", "size": 9, "text": own.caption}),
        (10, "file", {"file": "f2", "type": "document", "mime": "application/pdf", "size": 9, "name": own.file}),
        (3, "note", {"text": own.note, "sum": "44.95", "currency": "ILS"}),
        (3, "file", {"file": "f3", "type": "photo", "mime": "image/png", "size": 9}),
        (3, "file", {"file": "f4", "type": "photo", "mime": "image/png", "size": 9, "text": "struck"}),
        (3, "step", {"channel": "il-written-complaint", "due": "2026-12-03"}),
        (2, "nudge", {}),
        (1, "correction", {"entry": "e3", "changes": {"rep": own.rep}}),
        (1, "strike", {"entry": "e1"}),
        (1, "strike", {"entry": "e11"}),
    ]
    return [
        Entry("1", MADE - timedelta(days=days) + timedelta(minutes=7 * n), kind, details, id=f"e{n}")
        for n, (days, kind, details) in enumerate(written)
    ]


@lru_cache(maxsize=16)
def args_of(action: str, language: str, due: bool = True) -> dict[str, Any]:
    """What a document gets after a tap on its button, its messages in words, as the outbox keeps it."""
    own = OWN[language]
    case = Case(
        "1",
        MADE - timedelta(days=20),
        problem="overcharge",
        story=own.story,
        company="cellcom",
        sector="telecom-cellular",
        goal="refund",
        floor="credit",
        amount=Decimal("89.90"),
        since=date(2026, 10, 20),
        calls=1,
        hold_minutes=16,
        rep=own.rep,
        ref="A-1234/77",
        promise=own.promise,
        due=(Due("answer", date(2026, 12, 3), "il-written-complaint"), Due("promise", date(2026, 11, 25), own.promise)),
        steps=(
            Step("il-telecom-retention", date(2026, 11, 2), "skipped"),
            Step("il-written-complaint", date(2026, 11, 19)),
        ),
    )
    if not due:
        case = replace(case, due=())
    return attached(action, case, _log(own), Profile(language=language))


def attached(action: str, case: Case, log: list[Entry], profile: Profile) -> dict[str, Any]:
    """What a document of any case gets, its messages in words."""
    book, renderer = coach()
    stack = (Frame("home", "menu"), Frame("cases", "papers"))
    session = Session("t:1", profile=profile, stack=stack, cases=(case,), case=case.id)
    talk = Talk(book, VOCABULARY, session, Said(id="e", person="t:1", at=MADE, text=""), MADE, log)
    VOCABULARY.actions[action](talk, None)
    effect = talk.effects[-1]
    assert isinstance(effect, Attach)

    def worded(value: Any) -> Any:
        if isinstance(value, Msg):
            return renderer.text(value, profile, MADE)
        if isinstance(value, Mapping):
            return {name: worded(each) for name, each in value.items()}
        return [worded(each) for each in value] if isinstance(value, tuple | list) else value

    found: dict[str, Any] = json.loads(json.dumps(worded(effect.args)))
    return found
