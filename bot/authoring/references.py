"""What must be true between records: ids that exist, ladders in order, lines short enough to say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.authoring.knowledge import Record
from bot.authoring.source import Path_
from bot.core.issues import Issue, did_you_mean
from bot.core.knowledge import (
    Channel,
    Clock,
    Company,
    Fact,
    Goal,
    Ladder,
    Letter,
    Objection,
    Problem,
    Right,
    Sector,
    Tactic,
    Wait,
)
from bot.core.talk import placeholders

__all__ = ["SPOKEN_WORDS", "check_records", "spoken_words"]

SPOKEN_WORDS = 23
"""The longest line that is easy to say in one breath."""

SPOKEN_VALUES = frozenset(
    {
        "company",
        "amount",
        "ref",
        "rep",
        "promise",
        "promise_date",
        "since",
        "duration",
        "last_call",
        "answer_by",
        "letter_by",
    }
)
"""The values that knowledge may use: facts of the case that can be said aloud."""

_RULED = frozenset({"statutory", "regulatory", "official_published", "contractual"})
"""Whose rule a wait can be, so that it is shown where it was read; the others are thumbs."""

_ANYWHERE = "*"
"""The shelf of what the coaching names: a record of any country."""

_MARKS = re.compile(r"</?\w+>")


def spoken_words(line: str) -> int:
    """How many words a line has when it is said."""
    return len(re.findall(r"[\w{}'\"׳״’-]+", _MARKS.sub("", line)))


def check_records(records: list[Record]) -> list[Issue]:
    """Every reference exists, every ladder is in order, every line can be said."""
    known: dict[tuple[str, str], dict[str, Record]] = {}
    issues: list[Issue] = []
    for record in records:
        table = known.setdefault((record.shelf, record.kind), {})
        name = str(getattr(record.value, "id", ""))
        if name in table:
            first = table[name].source
            place = record.source.place((*record.where, "id"))
            issues.append(Issue(record.source.path, *place, "K004", f"'{name}' is already defined in {first.path}"))
        table[name] = record
    for record in records:
        issues.extend(_references(record, known))
        issues.extend(_variants(record))
        if isinstance(record.value, Ladder):
            issues.extend(_ladder(record, record.value, known))
        if isinstance(record.value, Channel):
            issues.extend(_rule(record, ("wait",), record.value.wait, record.value))
    return issues


def _references(record: Record, known: dict[tuple[str, str], dict[str, Record]]) -> Iterator[Issue]:
    for kind, where, ids, shelf in _named(record):
        shelves = [s for s, k in known if k == kind] if shelf == _ANYWHERE else [shelf]
        table = {name: record for s in shelves for name, record in known.get((s, kind), {}).items()}
        for name in ids:
            if name not in table:
                place = (*record.where, *where)
                yield record.source.issue(place, "K005", f"no {kind} '{name}'", did_you_mean(name, table))


def _named(record: Record) -> Iterator[tuple[str, Path_, Iterable[str], str]]:
    """(kind, place, ids, shelf) of everything that a record names."""
    value: Any = record.value
    here = record.shelf
    country = "il" if here == "coaching" else here
    anywhere = _ANYWHERE if here == "coaching" else here
    if isinstance(value, Problem):
        yield "rights", ("rights",), value.rights, country
        yield "goals", ("goals",), value.goals, "coaching"
        yield "objections", ("objections",), value.objections, "coaching"
    elif isinstance(value, Objection):
        yield "country", ("countries",), value.countries, anywhere
        yield "country", ("here",), value.here, anywhere
        yield "sectors", ("sectors",), value.sectors, country
        yield "problems", ("problems",), value.problems, "coaching"
        yield "tactics", ("tactics",), value.tactics, "coaching"
    elif isinstance(value, Tactic):
        yield "country", ("countries",), value.countries, anywhere
    elif isinstance(value, Right):
        yield "sectors", ("applies", "sectors"), value.applies.sectors, here
        yield "sectors", ("applies", "except_sectors"), value.applies.except_sectors, here
        yield "problems", ("applies", "problems"), value.applies.problems, "coaching"
        yield "facts", ("applies", "facts"), value.applies.facts, here
        yield "facts", ("applies", "not_facts"), value.applies.not_facts, here
    elif isinstance(value, Channel):
        yield "sectors", ("sectors",), value.sectors, here
        yield "channels", ("requires",), value.requires, here
        yield "channels", ("bars",), value.bars, here
    elif isinstance(value, Ladder):
        for index, rung in enumerate(value.rungs):
            yield "channels", ("rungs", index, "channel"), (rung.channel,), here
    elif isinstance(value, Fact):
        yield "facts", ("excludes",), value.excludes, here
        yield "problems", ("problems",), value.problems, "coaching"
    elif isinstance(value, Sector):
        yield "ladders", ("ladder",), (value.ladder,), here
        yield "facts", ("implies",), value.implies, here
        yield "sectors", ("like",), value.like, "il"
    elif isinstance(value, Letter):
        yield "problems", ("problems",), value.problems, here
        yield "goals", ("goals",), value.goals, here
        yield "sectors", ("sectors",), value.sectors, country
        yield "sectors", ("except_sectors",), value.except_sectors, country
        yield "country", ("countries",), value.countries, anywhere
        yield "country", ("here",), value.here, anywhere
        yield "channels", ("channels",), value.channels, anywhere
        yield "channels", ("may_follow",), value.may_follow, anywhere
        yield "rights", ("rights",), value.rights, anywhere
    elif isinstance(value, Company):
        yield "sectors", ("sector",), (value.sector,), here
        yield "sectors", ("sells",), value.sells, here


def _variants(record: Record) -> Iterator[Issue]:
    value: Any = record.value
    spoken: dict[Any, tuple[str, ...]] = {
        Objection: ("say", "again"),
        Tactic: (),
        Right: ("say",),
        Problem: ("story",),
        Goal: ("ask",),
    }
    for field in ("say", "again", "story", "ask", "written"):
        lines = getattr(value, field, None)
        if not isinstance(lines, tuple) or not lines:
            continue
        for index, line in enumerate(lines):
            where = (*record.where, field, index)
            for name in placeholders(line):
                if name not in SPOKEN_VALUES:
                    hint = did_you_mean(name, SPOKEN_VALUES)
                    yield record.source.issue(where, "K006", f"no value '{name}' in a line to say", hint)
            if field in spoken.get(type(value), ()) and spoken_words(line) > SPOKEN_WORDS:
                said = spoken_words(line)
                yield record.source.issue(
                    where, "K007", f"{said} words; at most {SPOKEN_WORDS} can be said in a breath"
                )
        if placeholders(lines[-1]):
            where = (*record.where, field, len(lines) - 1)
            yield record.source.issue(where, "K008", "the last wording must need no value", "add a plain one")


def _rule(record: Record, where: Path_, wait: Wait, channel: Channel) -> Iterator[Issue]:
    """A wait that is somebody's rule says where it was read; what is our advice, nowhere."""
    place = (*record.where, *where)
    titles = [source.title for source in channel.sources]
    shown = wait.number and (not isinstance(wait, Clock) or wait.role == "answer")
    if wait.source is not None and wait.source not in titles:
        hint = did_you_mean(wait.source, titles)
        yield record.source.issue((*place, "source"), "K012", f"'{channel.id}' has no source '{wait.source}'", hint)
    elif wait.source is None and shown and wait.basis in _RULED:
        yield record.source.issue(place, "K012", "it says whose rule it is and not where it was read", "add a source")
    elif wait.source is not None and wait.basis not in _RULED:
        yield record.source.issue(place, "K012", "our advice has no source", "leave it out")


def _ladder(record: Record, ladder: Ladder, known: dict[tuple[str, str], dict[str, Record]]) -> Iterator[Issue]:
    channels = known.get((record.shelf, "channels"), {})
    sectors = known.get((record.shelf, "sectors"), {}).values()
    trades = [str(s.value.id) for s in sectors if isinstance(s.value, Sector) and s.value.ladder == ladder.id]
    before: set[str] = set()
    for index, rung in enumerate(ladder.rungs):
        found = channels.get(rung.channel)
        if found is None:
            continue
        channel: Any = found.value
        place = (*record.where, "rungs", index, "channel")
        own = channel.wait.role == "answer" and channel.wait.number is not None
        if not own or rung.wait.source is not None:
            yield from _rule(record, ("rungs", index, "wait"), rung.wait, channel)
        if channel.withdrawn:
            yield record.source.issue(place, "K009", f"'{rung.channel}' is withdrawn")
        if channel.requires and not before & set(channel.requires):
            needed = " or ".join(channel.requires)
            yield record.source.issue(
                place, "K010", f"'{rung.channel}' comes before what it requires", f"first {needed}"
            )
        missed = [sector for sector in trades if channel.sectors and sector not in channel.sectors]
        if missed:
            yield record.source.issue(place, "K011", f"'{rung.channel}' does not serve '{missed[0]}'")
        before.add(rung.channel)
