"""The reader of free text: everything of this package behind core's protocol `Understanding`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from bot.core.book import Country
from bot.core.knowledge import Objection, Problem
from bot.core.reading import Mood, Question, Quote, Reading, Recognised, Reply, SmallTalk, Traits
from bot.core.text import Msg
from bot.language.understanding import answers, mood
from bot.language.understanding.amounts import sum_in
from bot.language.understanding.beyond import beyond_in
from bot.language.understanding.choose import choose
from bot.language.understanding.commands import find_command
from bot.language.understanding.companies import Companies
from bot.language.understanding.corrections import corrects
from bot.language.understanding.days import day_in
from bot.language.understanding.facts import facts_in
from bot.language.understanding.goals import goals_in
from bot.language.understanding.hours import hour_in
from bot.language.understanding.normalise import fold, tokens
from bot.language.understanding.on_call import on_call_in
from bot.language.understanding.on_hold import on_hold_in
from bot.language.understanding.person import person_in
from bot.language.understanding.questions import question_in
from bot.language.understanding.quotes import quote_in
from bot.language.understanding.recogniser import MODEL, read_recogniser
from bot.language.understanding.replies import gives_up, reply_in
from bot.language.understanding.rights_search import RightsIndex
from bot.language.understanding.rises import rise_in
from bot.language.understanding.sectors import SectorWords
from bot.language.understanding.small_talk import small_talk_in

__all__ = ["Reader", "gist"]

OPENING, CLOSING = 300, 150
"""Characters of a long message that are read for what it is about: how it begins, and how it ends. People name the
company and the trouble first, and say last what they want; between stands a paste."""


def gist(text: str) -> str:
    """The beginning and the end of a long text, cut between words; a short text as it is."""
    if len(text) <= OPENING + CLOSING:
        return text
    first, last = text[:OPENING], text[-CLOSING:]
    return f"{first[: first.rfind(' ')] if ' ' in first else first} \n{last[last.find(' ') + 1 :]}"


class Reader:
    """Makes sense of what people type. Deterministic, offline, without a state that changes its answers."""

    def __init__(
        self,
        *,
        problems: Mapping[str, Problem],
        objections: Mapping[str, Objection],
        countries: Mapping[str, Country],
        translate: Callable[[Msg, str], str],
        languages: Sequence[str],
        model: Path | None = None,
    ) -> None:
        """``translate`` renders a text in a language: used for labels and for the titles and claims of rights."""
        self._translate = translate
        self._countries = countries
        known = {sector for country in countries.values() for sector in country.sectors}
        self._sectors = SectorWords(known)
        self._companies = Companies(
            (company for country in countries.values() for company in country.companies.values()), self._sectors
        )
        path = model or MODEL
        self._problems = read_recogniser("triage", path).among(problems)
        self._objections = read_recogniser("objection", path).among(objections)
        self._rights: dict[tuple[str, str], RightsIndex] = {}

    def read(self, text: str, language: str, today: date) -> Reading:
        """What a message may mean: problem, company, sector, sum, day."""
        text = gist(text)
        folded = fold(text)
        row = [t for t in tokens(folded) if t.is_word or t.is_number]
        words = [t.text for t in row]
        company = self._companies.find(folded, row, text)
        amount, currency = sum_in(folded)
        return Reading(
            problem=self._problems.recognise(text),
            company=company,
            sector=self._sector(company, words),
            amount=amount,
            currency=currency,
            rise=rise_in(text),
            day=day_in(folded, today),
            past_day=day_in(folded, today, ahead=False),
            coming_day=day_in(folded, today, ahead=True),
        )

    def trades(self, text: str) -> list[str]:
        """The sectors that the words of a message speak of, the clearest first."""
        found = self._sectors.all([t.text for t in tokens(fold(gist(text))) if t.is_word or t.is_number])
        return sorted(found, key=lambda sector: -found[sector])

    def objection(self, text: str, language: str) -> Recognised:
        """Which objection of a representative a message reports."""
        return self._objections.recognise(gist(text))

    def quote(self, text: str) -> Quote:
        """The monthly price that a message quotes, for how long, and the price after."""
        return quote_in(gist(text))

    def find_rights(self, text: str, language: str, country: str) -> list[str]:
        """The ids of the rights that a few words are about, the best match first."""
        if country not in self._countries:
            return []
        index = self._rights.get((country, language))
        if index is None:
            index = self._rights[country, language] = RightsIndex(
                (r.id, self._translate(Msg(r.title), language), self._translate(Msg(r.claim), language))
                for r in self._countries[country].rights.values()
                if not r.withdrawn
            )
        return index.find(gist(text))

    def choose(self, text: str, labels: Sequence[Msg], language: str, *, loose: bool = False) -> int | None:
        """The index of the label that the text names, or None. ``loose``: a few of its words are enough."""
        return choose(text, [self._translate(label, language) for label in labels], loose=loose)

    def command(self, text: str, language: str) -> str | None:
        """The command that a plain word stands for, without its slash, or None."""
        return find_command(text)

    def mood(self, text: str, language: str) -> Mood:
        """Whether a message is calm, heated or grave."""
        return mood.mood_of(text)

    def traits(self, text: str, language: str) -> Traits:
        """What an answer to a representative does: asks, pins down, gives ground."""
        return answers.traits_of(gist(text))

    def small_talk(self, text: str, language: str) -> SmallTalk | None:
        """Whether the whole message is a greeting or thanks."""
        return small_talk_in(text)

    def hour(self, text: str, language: str) -> int | None:
        """The hour of the day that a message names, 0 to 23."""
        return hour_in(gist(text))

    def on_hold(self, text: str, language: str) -> int | None:
        """The minutes that somebody has been waiting on the line, 0 if not said; None if they wait on no line now."""
        return on_hold_in(text)

    def person(self, text: str, language: str) -> str:
        """The name in an answer to who somebody spoke to."""
        return person_in(text)

    def corrects(self, text: str, language: str) -> bool:
        """Whether a short message puts right what was said before it."""
        return corrects(text)

    def on_call(self, text: str, language: str) -> str | None:
        """What the representative says at this moment, empty if that is not told; None if nobody is on a call now."""
        return on_call_in(text)

    def goals(self, text: str) -> list[str]:
        """The ids of the goals that a message names, the surest first."""
        return goals_in(text)

    def reply(self, text: str, language: str) -> Reply | None:
        """What a message answers to how a case is going, when that is sure."""
        return reply_in(text)

    def gives_up(self, text: str, language: str) -> bool:
        """Whether the whole message says that somebody gives up."""
        return gives_up(text)

    def facts(self, text: str) -> dict[str, str]:
        """What a story surely answers of the questions that rights depend on: a fact's id -> ``yes`` or ``no``."""
        return facts_in(gist(text))

    def beyond(self, text: str) -> str | None:
        """The kind of matter that a story is about where that is no dispute with a business; None if it may be one."""
        return beyond_in(text)

    def question(self, text: str, language: str) -> Question | None:
        """What the whole message asks: what holds, or how something is done; None if it tells something."""
        return question_in(text)

    def _sector(self, company: str | None, words: Sequence[str]) -> str | None:
        """The trade that the words speak of, among those of the company when it is known."""
        if company is None:
            return self._sectors.best(words)
        record = next(c.companies[company] for c in self._countries.values() if company in c.companies)
        found = self._sectors.all(words)
        here = [s for s in (record.sector, *record.sells) if s in found]
        return max(here, key=lambda s: found[s]) if here else record.sector
