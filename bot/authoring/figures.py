"""Sums and time limits in the sentences of a record: each is one of its figures, so that a change is made in both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from bot.authoring.knowledge import Record
from bot.authoring.source import Path_
from bot.core.issues import Issue
from bot.core.knowledge import Channel, Company, Helpline, Objection, Right

__all__ = ["check_figures", "check_links", "check_numbers", "check_sureness", "values_in"]

_ENGLISH = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {word: number for number, word in enumerate(_ENGLISH, start=2)}
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|{'|'.join(_WORDS)}"
_TIME = r"(?:(?:business|working|calendar|non-rest) )?(?:minute|hour|day|week|month|year)s?"
_SUM = r"(?:₪|\$|£|NIS )"
_MONEY = r"NIS|shekels?|pounds|dollars"
_LIMIT = re.compile(rf"\b({_NUMBER})[ -]{_TIME}\b", re.IGNORECASE)
_ALL = re.compile(
    rf"\b({_NUMBER})[ -]{_TIME}\b|{_SUM}\s?({_NUMBER})|\b({_NUMBER}) (?:{_MONEY})\b|\b({_NUMBER})(?:%| percent\b)",
    re.IGNORECASE,
)
_ROUND_THE_CLOCK = "24"
_ATTESTED = 2


def values_in(text: str, pattern: re.Pattern[str] = _ALL) -> Iterator[tuple[str, str]]:
    """(as it is written, its value) of each sum, share and time limit in an English sentence."""
    for match in pattern.finditer(text):
        found = next(group for group in match.groups() if group is not None)
        yield match.group(0), str(_WORDS.get(found.lower(), found.replace(",", "")))


def check_figures(records: Iterable[Record]) -> Iterator[Issue]:
    """A sum or a time limit that a right or a channel speaks of, and that its figures do not have."""
    for record in records:
        value = record.value
        if isinstance(value, Right):
            known = {str(figure.value).replace(",", "") for figure in value.figures}
            known |= {str(value.limit.number)} if value.limit is not None else set()
            yield from _unknown(record, _sentences(value), known, _ALL, "figures")
        elif isinstance(value, Channel):
            known = {str(wait.number) for wait in (value.wait, *value.clocks)} | {_ROUND_THE_CLOCK}
            texts: list[tuple[Path_, str]] = [(("why",), value.why), (("how",), value.how)]
            texts += [(("wait", "note"), value.wait.note)] if value.wait.note else []
            texts += [(("first", n), text) for n, text in enumerate(value.first)]
            yield from _unknown(record, texts, known, _LIMIT, "clocks")


def _sentences(right: Right) -> list[tuple[Path_, str]]:
    single = ((name, getattr(right, name)) for name in ("title", "claim", "limits", "written", "caveats"))
    return [
        *(((name,), text) for name, text in single if text),
        *((("say", n), line) for n, line in enumerate(right.say)),
    ]


def _unknown(
    record: Record, texts: Iterable[tuple[Path_, str]], known: set[str], pattern: re.Pattern[str], where: str
) -> Iterator[Issue]:
    for place, text in texts:
        for written, value in values_in(text, pattern):
            if value not in known:
                message = f"'{written}' is none of its {where}"
                yield record.source.issue(
                    (*record.where, *place), "K015", message, f"the text or the {where} are wrong"
                )


def check_sureness(records: Iterable[Record]) -> Iterator[Issue]:
    """What is not well attested says what is not sure, and stands in no letter; its screens say so too."""
    for record in records:
        value = record.value
        if not isinstance(value, Right | Channel) or value.confidence != "low":
            continue

        def issue(where: str, message: str, record: Record = record) -> Issue:
            return record.source.issue((*record.where, where), "K013", f"of low confidence: {message}")

        if isinstance(value, Channel) and not value.caveats:
            yield issue("confidence", "no caveat says what is not sure")
        if isinstance(value, Right) and value.written:
            yield issue("written", "it cannot stand in a letter")


def check_numbers(records: Iterable[Record]) -> Iterator[Issue]:
    """A company's short number is shown only where two sources attest it."""
    for record in records:
        value = record.value
        if not isinstance(value, Company) or value.phone is None:
            continue
        naming = {source.url for source in value.attested if source.supports and value.phone in source.supports}
        if len(naming) < _ATTESTED:
            place = (*record.where, "phone")
            yield record.source.issue(
                place, "K016", f"{len(naming)} of its sources name the number {value.phone}, not two"
            )


def check_links(records: Iterable[Record]) -> Iterator[Issue]:
    """Every address can be opened: a scheme, a host with a domain, nothing left over from the text around it."""
    for record in records:
        value = record.value
        found: list[tuple[Path_, str]] = []
        if isinstance(value, Right | Channel | Helpline | Objection):
            found += [(("sources", n, "url"), s.url) for n, s in enumerate(value.sources) if s.url is not None]
        if isinstance(value, Company):
            found += [(("sources", n), url) for n, url in enumerate(value.sources)]
            found += [(("attested", n, "url"), s.url) for n, s in enumerate(value.attested) if s.url is not None]
            found += [(("site",), value.site)] if value.site is not None else []
        if isinstance(value, Channel):
            found += [(("links", n, "url"), link.url) for n, link in enumerate(value.links)]
        for where, url in found:
            if not _well_formed(url):
                yield record.source.issue((*record.where, *where), "K014", f"no address to open: {url[:60]}")


def _well_formed(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or parts.username is not None or port == 0:
        return False
    labels = host.split(".")
    sound = len(labels) > 1 and all(re.fullmatch(r"[\w-]+", label) for label in labels) and not labels[-1].isdigit()
    balanced = all(url.count(a) == url.count(b) for a, b in ("()", "{}", "[]"))
    return sound and balanced and re.search(r"[\s<>\"]|[.,;]$", url) is None
