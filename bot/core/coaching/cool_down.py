"""When it boils over: ten calm seconds and the same point in civil words; and whom to call when it is grave."""

from __future__ import annotations

from typing import Any

from bot.core.knowledge import Helpline
from bot.core.model import Text
from bot.core.reading import Mood
from bot.core.talk import Talk
from bot.core.text import Bullets, Code, Joined, Msg, Name, Url, Value
from bot.core.words import Words

words = Words()

_BREATHS = (
    Text("🫁 <b>Ten seconds first.</b> In through the nose for four, out slowly for six."),
    Text("🫁 <b>Ten seconds first.</b> Shoulders down. In for four, out for six."),
    Text("🫁 <b>Ten seconds first.</b> Feet on the floor, in for four, out for six."),
)
_CIVIL = Text("Then the same thing, in words they can't brush aside:\n<blockquote>{civil}</blockquote>")
_TACTIC: dict[Mood, str] = {"rant": "anger_calibrated", "insult": "company_not_you", "threat": "no_legal_threats"}


@words.action
def cool_down(talk: Talk, mood: Any) -> None:
    """Put ten calm seconds, and the point in civil words, before what is said next."""
    dialog = talk.frame.dialog
    if dialog == "call":
        answered = talk.vars.get("objection") and not talk.vars.get("puzzled")
        if mood == "threat" and (answered or talk.vars.get("heard_guesses")):
            return  # it was theirs: what is typed on a call is what the representative said
        if talk.vars.get("puzzled"):
            talk.remember(puzzled=None, objection=None, again=None, heated=mood)
    breath = talk.msg(_BREATHS[talk.session.prompts % len(_BREATHS)])
    if dialog in ("call", "practice"):
        talk.notices.append(breath)
    else:
        talk.notices.extend((breath, Msg(_CIVIL, {"civil": civil_words(talk, mood)})))


def civil_words(talk: Talk, mood: Mood, *, one_line: bool = False) -> Value:
    """The same point in firm, civil words: the problem and the request where they are known.

    ``one_line``: there is breath for one of them only, as on a call.
    """
    if mood != "threat":
        case, asked = talk.case, talk.value("ask_line")
        story = talk.value("story_line") if case is not None and case.problem != "other" else None
        known = [line for line in (story, asked) if line is not None]
        if known:
            return known[-1] if one_line else Joined(tuple(known), " ")
        reading = talk.book.understanding.read(getattr(talk.event, "text", ""), talk.profile.language, talk.today)
        problem = talk.book.problems.get(reading.problem.best or "") if reading.problem.decision == "sure" else None
        if problem is not None:
            return talk.line(problem.story)
    return talk.line(talk.book.tactics[_TACTIC[mood]].say)


def helplines_for(talk: Talk) -> list[Helpline]:
    """Whom to call, the most fitting first."""
    kind: Any = "self_harm" if talk.vars.get("mood") == "self_harm" else "violence"
    fitting = [line for line in talk.country.helplines.values() if kind in line.order]
    return sorted(fitting, key=lambda line: line.order[kind])


@words.guard
def mood_is(talk: Talk, mood: str) -> bool:
    """What was written is of this kind."""
    return talk.vars.get("mood") == mood


@words.value
def helplines(talk: Talk) -> Value:
    """Whom to call, with numbers."""
    lines = helplines_for(talk)
    if not lines:
        return talk.msg("Your country's emergency number, or someone close to you.")
    return Bullets(tuple(_shown(talk, line) for line in lines))


def _shown(talk: Talk, line: Helpline) -> Msg:
    return Msg(_LINE, {"phone": Code(line.phone), "name": talk.msg(line.name), "about": talk.msg(line.about)})


_LINE = Text("<b>{phone}</b> {name}. {about}")


@words.value
def helpline_sources(talk: Talk) -> Value | None:
    """Where the numbers were read, and when they were last known to be right."""
    lines = helplines_for(talk)
    found = {s.url: s for line in lines for s in line.sources if s.url is not None}
    if not found:
        return None
    return Bullets(tuple(Url(url, source.title) for url, source in found.items()))


@words.value
def helplines_checked(talk: Talk) -> Value | None:
    """The last day on which all of the numbers are known to have been right."""
    days = [line.checked for line in helplines_for(talk)]
    return Name(".".join(reversed(min(days).split("-")))) if days else None
