"""The shelf of advice: every tactic, by the moment it is for, with its line to say and how well it is attested."""

from __future__ import annotations

from typing import Any

from bot.core.knowledge import Tactic
from bot.core.model import Text
from bot.core.talk import Talk
from bot.core.text import Value
from bot.core.words import Item, Words

words = Words()

MOMENTS = {
    "prepare": Text("Before the call"),
    "open": Text("The first minute"),
    "firm": Text("Staying firm"),
    "escalate": Text("When it's stuck"),
    "close": Text("Before you hang up"),
    "after": Text("After the call"),
}
"""Tactic.stage -> its name, in the order of a case."""
_GRADES = {
    "A": Text("How sure is it? Experiments or field data support it."),
    "B": Text("How sure is it? Nearby research supports it."),
    "C": Text("How sure is it? Insiders or consumer bodies advise it; I know of no experiment."),
    "D": Text("How sure is it? Plain advice, not tested."),
}


def _known(talk: Talk) -> list[Tactic]:
    """The advice that holds in the country."""
    return [t for t in talk.book.tactics.values() if not t.countries or talk.country.code in t.countries]


def _tactic(talk: Talk) -> Tactic | None:
    return talk.book.tactics.get(str(talk.vars.get("tactic", "")))


@words.action
def advise(talk: Talk, moment: Any) -> None:
    """Open the shelf of a moment."""
    talk.remember(moment=str(moment))


@words.action
def show_tactic(talk: Talk, tactic: Any) -> None:
    """Put a piece of advice on the screen."""
    talk.remember(tactic=str(tactic))


@words.list_
def moments(talk: Talk) -> list[Item]:
    """The moments there is advice for."""
    used = {t.stage for t in _known(talk)}
    return [Item(moment, talk.msg(name)) for moment, name in MOMENTS.items() if moment in used]


@words.list_
def advice_here(talk: Talk) -> list[Item]:
    """The advice for the moment, the best attested first."""
    here = [t for t in _known(talk) if t.stage == talk.vars.get("moment")]
    return [Item(t.id, talk.msg(t.name)) for t in sorted(here, key=lambda t: (t.evidence_level, t.id))]


@words.value
def moment(talk: Talk) -> Value | None:
    """The moment whose shelf is open."""
    name = MOMENTS.get(str(talk.vars.get("moment", "")))
    return talk.msg(name) if name else None


@words.value
def tactic_name(talk: Talk) -> Value | None:
    """The advice in a few words."""
    found = _tactic(talk)
    return talk.msg(found.name) if found else None


@words.value
def tactic_when(talk: Talk) -> Value | None:
    """What it is good for."""
    found = _tactic(talk)
    return talk.msg(found.when) if found else None


@words.value
def tactic_how(talk: Talk) -> Value | None:
    """How it is done."""
    found = _tactic(talk)
    return talk.msg(found.how) if found else None


@words.spoken
def tactic_line(talk: Talk) -> Value | None:
    """A line for it, with what the case knows."""
    found = _tactic(talk)
    return talk.line(found.say) if found else None


@words.value
def tactic_caution(talk: Talk) -> Value | None:
    """What to be careful about."""
    found = _tactic(talk)
    return talk.msg(found.caution) if found and found.caution else None


@words.value
def tactic_grade(talk: Talk) -> Value | None:
    """How well it is attested."""
    found = _tactic(talk)
    return talk.msg(_GRADES[found.evidence_level]) if found else None
