"""What people write, in place of tapping, when they are asked how a case is going."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core.case import Case
from bot.core.coaching.follow_up import question_of
from bot.core.coaching.live_call import set_promise, set_promise_day
from bot.core.model import Text
from bot.core.reading import Reading, Reply
from bot.core.talk import Talk
from bot.core.words import Words

words = Words()

TELLS_MORE = 5
"""Words above which a reply says more than its button, so that it is kept as a note too."""
A_DAY = 4
"""Words of a message that may be nothing but a day."""
_OPEN = frozenset({"reply", "story"})
"""Readers beside which anything may be an answer to a nudge; others wait for something of their own."""
_LABELS: dict[str, str] = {
    "waiting": Text("Still waiting"),
    "answered": Text("They answered"),
    "refused": Text("They refused"),
    "partly": Text("Partly"),
    "solved": Text("It's solved"),
    "done": Text("It's done"),
}
"""The button that a reply stands for, where the next question does not say by itself what was understood."""
_UNDERSTOOD = Text("I understood: {label}.")
_UNCLEAR = Text(
    "I'm not sure what that means for the case, so I kept it there as a note. Tap what fits, or put it in other words."
)


@words.reader
def reply(talk: Talk, text: str) -> dict[str, Any] | None:
    """An answer to how a case is going: its kind if that is sure, its words, its day, and the case it names.

    None for what is about something else: another company, another question that waits, a command, a greeting.
    """
    language = talk.profile.language
    understanding = talk.book.understanding
    reading = understanding.read(text, language, talk.today)
    asked = _asked(talk)
    named = [case for case in asked if case.company == reading.company]
    kind = understanding.reply(text, language)
    if reading.company in talk.country.companies and not named and kind != "yes":  # which is a company's name too
        return None
    if kind is None and _only_a_day(talk, text, reading):
        kind = "snooze"
    if kind is None and (
        _elsewhere(talk, reading)
        or understanding.command(text, language) is not None
        or understanding.small_talk(text, language) is not None
    ):
        return None
    day = reading.day.isoformat() if reading.day is not None and reading.day > talk.today else None
    case = named[0].id if reading.company and len(named) == 1 else None
    return {"kind": kind, "text": text[:500], "day": day, "case": case}


def _asked(talk: Talk) -> list[Case]:
    """The cases that were asked about."""
    names = talk.vars.get("cases")
    if names is None:
        return [talk.case] if talk.case is not None else []
    return [case for case in talk.session.cases if case.id in names]


def _only_a_day(talk: Talk, text: str, reading: Reading) -> bool:
    return reading.day is not None and reading.day > talk.today and len(text.split()) <= A_DAY


def _elsewhere(talk: Talk, reading: Reading) -> bool:
    """The nudge stands beside a question with an answer of its own, or what was written begins another story."""
    if talk.frame.command or len(talk.session.stack) < 2:
        return False
    below = talk.session.stack[-2]
    waits = talk.book.dialogs[below.dialog].nodes[below.node].input
    if waits is not None and waits.read not in _OPEN:
        return True
    told = reading.problem
    return told.decision == "sure" and all(case.problem != told.best for case in _asked(talk))


@words.action
def take_reply(talk: Talk, given: dict[str, Any]) -> None:
    """Keep what was replied, say what was understood, and note what it tells beyond that."""
    kind = _meant(talk, given["kind"])
    talk.remember(reply={**given, "kind": kind})
    if kind is not None and "cases" not in talk.vars:
        _say_understood(talk, kind)
        _note(talk, given["text"])


def _say_understood(talk: Talk, kind: Reply) -> None:
    due = question_of(talk, talk.case) if talk.case is not None else None
    asked_to_act = due is not None and due.kind == "limit"  # "not yet" is of the person, and there is no such button
    if kind in _LABELS and not (kind == "waiting" and asked_to_act):
        talk.notices.append(talk.msg(_UNDERSTOOD, label=talk.msg(_LABELS[kind])))


def _note(talk: Talk, text: str) -> None:
    if len(text.split()) > TELLS_MORE:
        talk.record("note", text=text)


def _meant(talk: Talk, kind: Reply | None) -> Reply | None:
    """A yes or a no by the question that it answers."""
    if kind not in ("yes", "no"):
        return kind
    if talk.case is None or (talk.frame.dialog, talk.frame.node) != ("follow_up", "ask"):
        return None
    due = question_of(talk, talk.case)
    if due is not None and due.kind == "limit":
        return "done" if kind == "yes" else "waiting"
    if due is None and (talk.case.goal is None or not talk.case.calls):
        return "next" if kind == "yes" else "snooze"
    return "answered" if kind == "yes" else "waiting"


def _reply(talk: Talk) -> dict[str, Any]:
    return dict(talk.vars.get("reply", {}))


@words.guard
def replied(talk: Talk, kind: str) -> bool:
    """What was replied is of this kind."""
    return _reply(talk).get("kind") == kind


@words.guard
def reply_dated(talk: Talk, _: Any) -> bool:
    """The reply names a day that is ahead."""
    return bool(_reply(talk).get("day"))


@words.guard
def reply_names_case(talk: Talk, _: Any) -> bool:
    """The reply says about which of the cases it is."""
    return bool(_reply(talk).get("case"))


@words.action
def case_of_reply(talk: Talk, _: Any) -> None:
    """Talk about the case that the reply names."""
    talk.session = replace(talk.session, case=_reply(talk)["case"])


@words.action
def keep_reply(talk: Talk, _: Any) -> None:
    """Write a reply that was not understood into the case, and say so."""
    text = _reply(talk)["text"]
    talk.record("note", text=text)
    note = talk.effects[-1].id
    talk.remember(reply=None, unsure=[*talk.vars.get("unsure", ()), {"entry": note, "text": text}])
    talk.notices.append(talk.msg(_UNCLEAR))


@words.action
def strike_reply(talk: Talk, _: Any) -> None:
    """What was kept as a note was not about this case."""
    for kept in talk.vars.get("unsure", ()):
        talk.record("strike", entry=kept["entry"])


@words.action
def story_of_reply(talk: Talk, _: Any) -> None:
    """What was written tells of something new."""
    texts = [kept["text"] for kept in talk.vars.get("unsure", ())] or [_reply(talk).get("text")]
    talk.remember(story=" / ".join(text for text in texts if text) or None, unsure=None, reply=None)


@words.action
def promise_of_reply(talk: Talk, _: Any) -> None:
    """Note what they promised, as it was written, and by when if that was said."""
    told = _reply(talk)
    set_promise(talk, told["text"])
    if told["day"]:
        set_promise_day(talk, told["day"])


@words.action
def snooze_of_reply(talk: Talk, _: Any) -> None:
    """No nudge about the case before the day that was named."""
    if day := _reply(talk).get("day"):
        talk.set_case(not_before=talk.today.fromisoformat(day))


@words.action
def snooze_all_of_reply(talk: Talk, _: Any) -> None:
    """No nudge at all before the day that was named."""
    if day := _reply(talk).get("day"):
        talk.set_nudging(not_before=talk.today.fromisoformat(day))
