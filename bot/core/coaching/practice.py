"""Practice: the coach plays a stubborn representative, and says what each answer is worth."""

from __future__ import annotations

from typing import Any, get_args

from bot.core.coaching.live_call import heard_in
from bot.core.knowledge import Objection
from bot.core.model import Text
from bot.core.practice import Fault, Level, Round, draw, faults, shuffled, verdict, weak_pair
from bot.core.talk import Talk
from bot.core.text import Bullets, Count, Joined, Msg, Value
from bot.core.words import Item, Words

words = Words()

ANSWERS = 3
"""Answers to choose from."""
KEPT = 3
"""Lines worth keeping that are shown at the end."""
LINE = "line"
"""The answer that is the coach's own line; the others are ids of weak answers."""

FAULTS: dict[Fault, Text] = {
    "gives_ground": Text("It gives ground: they can close the call now, and nothing was promised."),
    "attacks": Text("It goes at the person. They defend themselves, and your request gets lost."),
    "threatens": Text("It threatens, with no step behind it. They have heard it before, and it moves nobody."),
    "over_explains": Text("It's too long to hear. One breath is enough: the request, and stop."),
    "accepts_vaguely": Text("It settles for a promise without a name, a day or a number. Nobody can be held to it."),
    "asks_nothing": Text("I found no question and no request in it, so there is nothing for them to answer."),
}
HABITS: dict[Fault, Text] = {
    "gives_ground": Text("Watch out for giving ground: before you say 'all right', ask for a name, a day or a number."),
    "attacks": Text("Watch out for going at the person: say 'the company', and what you ask for."),
    "threatens": Text("Watch out for empty threats: say only the next step that you would really take."),
    "over_explains": Text("Watch out for explaining: one sentence, then let them answer."),
    "accepts_vaguely": Text("Watch out for vague promises: who, by when, and in writing."),
    "asks_nothing": Text("Watch out for answers that ask nothing: end with a question."),
}
_ASKS = Text("It asks for something, so they have to answer.")
_PINS = Text("It pins things down: a name, a time, a number or writing.")
_SHORT = Text("It's short enough for one breath.")
_VERDICTS = {
    "holds": Text("✅ <b>That holds.</b>"),
    "half": Text("🟡 <b>Half way there.</b>"),
    "slips": Text("❌ <b>That one slips.</b>"),
}


# -- where the practice stands ----------------------------------------------------------------------------------------


def _round(talk: Talk) -> Round | None:
    rounds, at = talk.vars.get("rounds", []), int(talk.vars.get("at", 0))
    if at >= len(rounds) or rounds[at][0] not in talk.book.objections:
        return None
    return Round(str(rounds[at][0]), bool(rounds[at][1]))


def _objection(talk: Talk) -> Objection | None:
    now = _round(talk)
    return talk.book.objections[now.objection] if now is not None else None


def _line(talk: Talk, now: Round) -> Msg:
    objection = talk.book.objections[now.objection]
    return talk.line(objection.again if now.again else objection.say)


def _sector(talk: Talk) -> str:
    return str(talk.vars.get("sector", "general"))


def _results(talk: Talk) -> list[dict[str, Any]]:
    """What came of the rounds so far: objection, again, verdict, faults."""
    return list(talk.vars.get("results", ()))


def _last(talk: Talk) -> dict[str, Any]:
    return dict(talk.vars.get("last", {}))


# -- guards -----------------------------------------------------------------------------------------------------------


@words.guard
def said_again(talk: Talk, _: Any) -> bool:
    """The representative repeats what was just answered."""
    now = _round(talk)
    return now is not None and now.again


@words.guard
def more_rounds(talk: Talk, _: Any) -> bool:
    """There is something left to answer."""
    return _round(talk) is not None


@words.guard
def practised(talk: Talk, _: Any) -> bool:
    """At least one answer was given."""
    return bool(_results(talk))


# -- actions ----------------------------------------------------------------------------------------------------------


@words.action
def start_practice(talk: Talk, _: Any) -> None:
    """Practise for the business of the case, if there is one."""
    talk.remember(sector=talk.case.sector if talk.case is not None else "general")


@words.action
def practise_for(talk: Talk, sector: str) -> None:
    """Practise for another kind of business."""
    if sector in talk.country.sectors:
        talk.remember(sector=sector)


@words.action
def practise(talk: Talk, level: Any) -> None:
    """Draw what the representative will say."""
    assert level in get_args(Level)
    sector, case = _sector(talk), talk.case
    problem = talk.book.problems.get(case.problem) if case is not None and case.sector == sector else None
    seed = f"{talk.session.person}/{talk.event.id}"
    drawn = draw(
        [o for o in talk.book.objections.values() if heard_in(talk.country.code, o)],
        talk.country.trades(sector),
        problem.id if problem is not None else None,
        problem.objections if problem is not None else (),
        level,
        seed,
    )
    talk.remember(seed=seed, rounds=[[r.objection, r.again] for r in drawn], at=0, results=[], last=None)
    _offer(talk)


def _offer(talk: Talk) -> None:
    """Lay out the answers of the round."""
    now = _round(talk)
    if now is None:
        talk.remember(answers=None)
        return
    seed = f"{talk.vars['seed']}/{talk.vars['at']}"
    weak = [a.id for a in weak_pair(talk.book.weak_answers.values(), seed)]
    talk.remember(answers=shuffled([LINE, *weak], seed))


@words.action
def answer_practice(talk: Talk, given: Any) -> None:
    """Judge an answer: one that was chosen, or one in the person's own words, as it was read."""
    now, answers = _round(talk), list(talk.vars.get("answers", ()))
    if now is None:
        return
    if isinstance(given, dict):
        last = {"verdict": given["verdict"], "faults": given["faults"], "good": given["good"]}
    else:
        chosen = answers[int(given)]
        weak = talk.book.weak_answers.get(chosen)
        last = {"verdict": "slips", "faults": [weak.kind], "good": []} if weak else {"verdict": "holds", "line": True}
    result = {"objection": now.objection, "again": now.again, "verdict": last["verdict"], "faults": last.get("faults")}
    talk.remember(last=last, results=[*_results(talk), result])


@words.action
def next_round(talk: Talk, _: Any) -> None:
    """Go on to what the representative says next."""
    talk.remember(at=int(talk.vars.get("at", 0)) + 1)
    _offer(talk)


# -- readers and lists ------------------------------------------------------------------------------------------------


@words.reader
def own_answer(talk: Talk, text: str) -> dict[str, Any] | None:
    """An answer in the person's own words, and what it is worth; the words are not kept."""
    if not any(c.isalnum() for c in text):
        return None
    reader, language = talk.book.understanding, talk.profile.language
    traits = reader.traits(text, language)
    wrong = faults(traits, reader.mood(text, language))
    good = [name for name, holds in (("asks", traits.asks), ("pins", traits.pins)) if holds]
    if good and "over_explains" not in wrong:
        good.append("short")
    return {"verdict": verdict(traits, wrong), "faults": list(wrong), "good": good}


@words.list_
def practice_answers(talk: Talk) -> list[Item]:
    """The answers, by number."""
    return [Item(str(n), Msg("{it}", {"it": Count(n + 1)})) for n in range(len(talk.vars.get("answers", ())))]


# -- values -----------------------------------------------------------------------------------------------------------


@words.value
def practice_sector(talk: Talk) -> Value | None:
    """The kind of business that is practised for, unless it is any."""
    known = talk.country.sectors.get(_sector(talk))
    return talk.msg(known.label) if known is not None and known.id != "general" else None


@words.value
def practice_round(talk: Talk) -> Value:
    """The number of the round."""
    return Count(int(talk.vars.get("at", 0)) + 1)


@words.value
def practice_rounds(talk: Talk) -> Value:
    """How many rounds there are."""
    return Count(len(talk.vars.get("rounds", ())))


@words.value
def practice_heard(talk: Talk) -> Value | None:
    """What the representative says now."""
    objection = _objection(talk)
    return talk.msg(objection.heard) if objection is not None else None


def _answer(talk: Talk, number: int) -> Value | None:
    now, answers = _round(talk), list(talk.vars.get("answers", ()))
    if now is None or number >= len(answers):
        return None
    weak = talk.book.weak_answers.get(answers[number])
    return talk.msg(weak.answer) if weak is not None else _line(talk, now)


@words.value
def practice_answer_1(talk: Talk) -> Value | None:
    """The first answer to choose from."""
    return _answer(talk, 0)


@words.value
def practice_answer_2(talk: Talk) -> Value | None:
    """The second answer to choose from."""
    return _answer(talk, 1)


@words.value
def practice_answer_3(talk: Talk) -> Value | None:
    """The third answer to choose from."""
    return _answer(talk, 2)


@words.value
def practice_verdict(talk: Talk) -> Value:
    """Whether the answer holds, in a word."""
    return talk.msg(_VERDICTS.get(_last(talk).get("verdict", "half"), _VERDICTS["half"]))


@words.value
def practice_good(talk: Talk) -> Value | None:
    """What was good about the answer."""
    last, objection = _last(talk), _objection(talk)
    if last.get("line") and objection is not None:
        return talk.msg(objection.why)
    names = {"asks": _ASKS, "pins": _PINS, "short": _SHORT}
    good = [talk.msg(names[name]) for name in last.get("good", ())]
    return Joined(tuple(good), " ") if good else None


@words.value
def practice_faults(talk: Talk) -> Value | None:
    """What the answer gives away."""
    wrong: list[Fault] = list(_last(talk).get("faults") or ())
    return Joined(tuple(talk.msg(FAULTS[fault]) for fault in wrong), " ") if wrong else None


@words.spoken
def practice_better(talk: Talk) -> Value | None:
    """A line that works, where another answer was given; that line too, where it is said in another language."""
    now = _round(talk)
    if now is None or not _last(talk) or (_last(talk).get("line") and not talk.speaks_another):
        return None
    return _line(talk, now)


@words.value
def practice_why(talk: Talk) -> Value | None:
    """Why that line works."""
    objection = _objection(talk)
    return talk.msg(objection.why) if objection is not None and not _last(talk).get("line") else None


@words.value
def practice_held(talk: Talk) -> Value:
    """How many answers held."""
    return Count(sum(1 for result in _results(talk) if result["verdict"] == "holds"))


@words.value
def practice_given(talk: Talk) -> Value:
    """How many answers were given."""
    return Count(len(_results(talk)))


@words.value
def practice_habit(talk: Talk) -> Value | None:
    """What slipped in most often, and what to do in its place."""
    wrong: list[Fault] = [fault for result in _results(talk) for fault in result["faults"] or ()]
    return talk.msg(HABITS[max(wrong, key=wrong.count)]) if wrong else None


@words.value
def practice_keep(talk: Talk) -> Value | None:
    """Two or three lines worth keeping: for what slipped first, each with what it answers."""
    results = sorted(_results(talk), key=lambda r: ("slips", "half", "holds").index(r["verdict"]))
    rounds = [Round(str(r["objection"]), bool(r["again"])) for r in results if r["objection"] in talk.book.objections]
    first = {r.objection: r for r in reversed(rounds)}
    kept = [r for r in rounds if first[r.objection] == r][:KEPT]
    if not kept:
        return None
    return Bullets(tuple(_kept(talk, r) for r in kept))


def _kept(talk: Talk, now: Round) -> Msg:
    heard, line = talk.msg(talk.book.objections[now.objection].heard), _line(talk, now)
    below = talk.below(line)
    if below is None:
        return Msg(_KEEP, {"heard": heard, "line": line})
    return Msg(_KEEP_BELOW, {"heard": heard, "line": talk.aloud(line), "below": below})


_KEEP = Text("<i>{heard}</i>\n{line}")
_KEEP_BELOW = Text("<i>{heard}</i>\n{line}\n{below}")
