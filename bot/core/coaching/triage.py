"""Taking a case: what went wrong, with whom, what they want, how much, since when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from bot.core.case import Case
from bot.core.deadlines import add
from bot.core.knowledge import Company
from bot.core.model import Text
from bot.core.reading import Recognised
from bot.core.rights import missing_facts
from bot.core.talk import Talk
from bot.core.text import Code, Count, Day, Duration, Joined, Money, Name, Value
from bot.core.words import Item, Words

words = Words()

FACT_LIMIT = 2
"""Conditions asked about in one go; more would be an interrogation."""


LIKELY = 0.5
"""From this score on a problem is asked about."""
FAINT = 0.02
"""A third guess that is less likely is not offered."""
ONLY_A_NAME = 3
"""Words of a message that is hardly more than a company's name."""
LONGEST_NAME = 6
"""Words of the longest name of a business that is taken as it is written."""


def company_title(talk: Talk, company: Company) -> str:
    """A company's name in the person's language, or in English, or in Hebrew."""
    names = company.name
    return names.get(talk.profile.language) or names.get("en") or names["he"]


def case_title(talk: Talk, case: Case) -> Value:
    """A case in a few words: the company and, once it is told, the problem."""
    problem = talk.msg(talk.book.problems[case.problem].label)
    company = _company_name(talk, case)
    if company is None:
        return problem
    untold = case.problem == "other" and case.goal is None
    return company if untold else Joined((company, problem), " · ")


def _company_name(talk: Talk, case: Case) -> Name | None:
    known = talk.book.countries[case.country].companies.get(case.company or "")
    if known is not None:
        return Name(company_title(talk, known), names=known.name)
    return Name(case.company_name) if case.company_name else None


# -- guards -----------------------------------------------------------------------------------------------------------


@words.guard
def problem_known(talk: Talk, _: Any) -> bool:
    """The kind of problem was settled."""
    return bool(talk.vars.get("problem"))


@words.guard
def company_known(talk: Talk, _: Any) -> bool:
    """The case names a company, known to us or not."""
    return talk.case is not None and bool(talk.case.company or talk.case.company_name)


@words.guard
def sells_several(talk: Talk, _: Any) -> bool:
    """The company is in several kinds of business, and it was not said which of them it is about."""
    company = talk.country.companies.get(talk.the_case.company or "")
    return company is not None and bool(company.sells) and not talk.vars.get("sector_chosen")


@words.guard
def sector_known(talk: Talk, _: Any) -> bool:
    """The kind of business is known."""
    return talk.case is not None and (talk.case.sector != "general" or bool(talk.vars.get("sector_chosen")))


@words.guard
def amount_known(talk: Talk, _: Any) -> bool:
    """The sum at stake is known."""
    return talk.the_case.amount is not None


@words.guard
def price_rose(talk: Talk, _: Any) -> bool:
    """What is at stake is the difference between two prices."""
    return _about_a_rise(talk)


@words.guard
def since_told(talk: Talk, _: Any) -> bool:
    """The person's words named the day it began."""
    return talk.the_case.since is not None


@words.guard
def fact_pending(talk: Talk, _: Any) -> bool:
    """There is a condition worth asking about, and not too many were asked."""
    return int(talk.vars.get("facts_asked", 0)) < FACT_LIMIT and _fact(talk) is not None


# -- actions ----------------------------------------------------------------------------------------------------------


@words.action
def open_case(talk: Talk, _: Any) -> None:
    """Open a case, or go on with one: where somebody broke off, or of which nothing is known yet."""
    if _broken_off(talk):
        return
    vague = [c for c in talk.session.cases if c.is_open and c.goal is None and not c.story and _may_be(talk, c)]
    empty = next((c for c in vague if c.id == talk.session.case), vague[-1] if vague else None)
    if empty is not None:
        talk.session = replace(talk.session, case=empty.id)
    else:
        talk.open_case()


def _may_be(talk: Talk, case: Case) -> bool:
    """Whether the story that is told may be of a case of which only the company is known."""
    told, company = (
        str(talk.vars.get("story") or ""),
        talk.book.countries[case.country].companies.get(case.company or ""),
    )
    if not told or company is None:
        return True
    reading = talk.book.understanding.read(told, talk.profile.language, talk.today)
    if reading.company is not None or reading.sector is None:
        return reading.company in (None, company.id)
    return reading.sector in (company.sector, *company.sells)


def _broken_off(talk: Talk) -> bool:
    """Whether the case at hand was half told and no other story came; what is known of it is taken up."""
    case = talk.case
    if case is None or not case.is_open or case.goal is not None or not case.story or talk.vars.get("story"):
        return False
    if case.problem == "other":
        take_story(talk, case.story)
    else:
        set_problem(talk, case.problem)
    return True


@words.action
def take_story(talk: Talk, story: Any) -> None:
    """Understand a story: what went wrong, with whom, how much."""
    text = str(story or talk.vars.get("story") or "")
    if not text:
        return
    reading = talk.book.understanding.read(text, talk.profile.language, talk.today)
    talk.remember(guesses=None)
    told = talk.the_case.story
    talk.set_case(story=f"{told} / {text}"[:500] if told and text not in told else text[:500])
    if (named := _named_problem(talk, text)) is not None:
        set_problem(talk, named)
    elif reading.problem.decision == "sure" and reading.problem.best:
        set_problem(talk, reading.problem.best)
    else:
        talk.remember(guesses=_worth_asking(reading.problem))
    if reading.company in talk.country.companies:
        set_company(talk, reading.company or "")
    elif reading.sector is not None:
        set_sector(talk, reading.sector)
    ours = reading.company is not None or talk.vars.get("within")
    talk.remember(beyond=None if ours else talk.book.understanding.beyond(text))
    if not _about_a_rise(talk) and reading.amount is not None:
        set_amount(talk, _written(talk, reading.amount, reading.currency))
    if reading.past_day is not None:
        talk.set_case(since=reading.past_day)
    for fact, answer in talk.book.understanding.facts(text).items():
        _settle_fact(talk, fact, answer)


def _named_problem(talk: Talk, text: str) -> str | None:
    """The problem whose name is all that was written, on whichever page it stands."""
    known = problems(talk)
    if not any(map(str.isalpha, text)):
        return None
    index = talk.book.understanding.choose(text, [item.label for item in known], talk.profile.language)
    return known[index].value if index is not None else None


def _worth_asking(problem: Recognised) -> list[str] | None:
    """The problems to ask about. Of somebody who tells what happened, a likely one is asked even where none is sure."""
    guesses = problem.guesses[:3]
    if not guesses or (problem.decision == "none" and guesses[0].score < LIKELY):
        return None
    return [g.id for n, g in enumerate(guesses) if n < 2 or g.score >= FAINT]


@words.action
def set_problem(talk: Talk, problem: str) -> None:
    """Settle what went wrong."""
    if problem in talk.book.problems:
        talk.set_case(problem=problem)
        talk.remember(problem=problem)
        if _about_a_rise(talk) and (told := talk.the_case.story):  # a price that was told is not what is at stake
            reading = talk.book.understanding.read(told, talk.profile.language, talk.today)
            talk.set_case(amount=None)
            if reading.rise is not None:
                set_amount(talk, _written(talk, reading.rise, reading.currency))


def _about_a_rise(talk: Talk) -> bool:
    return talk.book.problems[talk.the_case.problem].at_stake == "rise"


@words.action
def set_company(talk: Talk, company: str) -> None:
    """Settle which company it is, by its id."""
    known = talk.country.companies.get(company)
    if known is not None:
        talk.set_case(company=company, company_name="")
        _enter_sector(talk, known.sector)


@words.action
def take_company(talk: Talk, found: Any) -> None:
    """Take a company as it was read: known to us, or just a name."""
    if found.get("id"):
        set_company(talk, found["id"])
    else:
        talk.set_case(company=None, company_name=found["name"])
        if found.get("sector"):
            set_sector(talk, found["sector"])


@words.action
def sector_of_story(talk: Talk, _: Any) -> None:
    """Settle which of a company's businesses it is, when the story speaks of just one of them."""
    company = talk.country.companies.get(talk.the_case.company or "")
    if company is None or not company.sells or talk.vars.get("sector_chosen"):
        return
    told = talk.book.understanding.trades(talk.the_case.story)
    spoken_of = [s for s in (company.sector, *company.sells) if s in told]
    if len(spoken_of) == 1:
        set_sector(talk, spoken_of[0])


@words.action
def set_sector(talk: Talk, sector: str) -> None:
    """Settle the kind of business: a sector of the country, or one of Israel's that it has the like of."""
    here = talk.country.sector_like(sector)
    if here is not None:
        _enter_sector(talk, here)
        talk.remember(sector_chosen=True)


def _enter_sector(talk: Talk, sector: str) -> None:
    """Note the kind of business, and what goes without asking in it."""
    known = talk.country.sectors.get(sector)
    implied = dict.fromkeys(known.implies, "yes") if known is not None else {}
    talk.set_case(sector=sector, facts={**implied, **talk.the_case.facts})


@words.action
def set_goal(talk: Talk, goal: str) -> None:
    """Settle what the person wants."""
    talk.set_case(goal=goal)


@words.action
def set_floor(talk: Talk, goal: str | None) -> None:
    """Settle what the person would settle for; nothing less if None."""
    talk.set_case(floor=goal)


@words.action
def set_amount(talk: Talk, amount: Any) -> None:
    """Settle the sum at stake."""
    talk.set_case(amount=told_sum(talk, amount))


def told_sum(talk: Talk, written: Any) -> Decimal:
    """A sum as a reader of sums has written it. What the case knows in another currency from now on is left out."""
    amount, _, currency = str(written).partition(" ")
    if currency and currency != talk.the_case.currency:
        talk.set_case(currency=currency, amount=None, monthly=None, rival=None)
    return Decimal(amount)


def _written(talk: Talk, amount: Decimal, currency: str | None) -> str:
    """A sum, with its currency where that is named and is not the case's."""
    return str(amount) if currency in (None, talk.currency) else f"{amount} {currency}"


@words.action
def set_since(talk: Talk, when: Any) -> None:
    """Settle when it began: an ISO date, or so many days ago."""
    text = str(when)
    day = talk.today - timedelta(days=int(text)) if text.isdigit() else talk.today.fromisoformat(text)
    talk.set_case(since=min(day, talk.today))


@words.action
def answer_fact(talk: Talk, answer: str) -> None:
    """Note the answer to the condition that was asked about: ``yes``, ``no`` or ``unknown``."""
    fact = _fact(talk)
    if fact is not None:
        _settle_fact(talk, fact, answer)
        talk.remember(facts_asked=int(talk.vars.get("facts_asked", 0)) + 1)


def _settle_fact(talk: Talk, fact: str, answer: str) -> None:
    """Note what is known of a condition, with what it excludes; one that this country does not know is passed over."""
    known = talk.country.facts.get(fact)
    if known is not None:
        settled = dict.fromkeys(known.excludes, "no") if answer == "yes" else {}
        talk.set_case(facts={**talk.the_case.facts, **settled, fact: answer})


@words.action
def log_opened(talk: Talk, _: Any) -> None:
    """Write into the log that the case was opened."""
    case = talk.the_case
    talk.record("opened", problem=case.problem, company=case.company or case.company_name, text=case.story)


_UNDERSTOOD = Text("I understood: {label}.")


@words.action
def correct(talk: Talk, right: Any) -> None:
    """Put the company, the sum or the goal of the case right, and say what was understood."""
    if "company" in right:
        talk.remember(sector_chosen=None)
        set_company(talk, right["company"])
        sector_of_story(talk, None)
        value = company(talk)
    elif "amount" in right:
        set_amount(talk, right["amount"])
        value = amount(talk)
    else:
        set_goal(talk, right["goal"])
        value = goal(talk)
    if value is not None:
        talk.notices.append(talk.msg(_UNDERSTOOD, label=value))


# -- readers ----------------------------------------------------------------------------------------------------------


@words.reader
def story(talk: Talk, text: str) -> str | None:
    """A story in the person's own words; at least a word, and more than a yes or a no."""
    answers = talk.book.understanding.reply(text, talk.profile.language) in ("yes", "no")
    return text if any(c.isalpha() for c in text) and not answers else None


@words.reader
def company_name(talk: Talk, text: str) -> dict[str, str] | None:
    """A company: one we know, or a new name as it was written."""
    reading = talk.book.understanding.read(text, talk.profile.language, talk.today)
    if reading.company in talk.country.companies:
        return {"id": reading.company or ""}
    if not any(c.isalnum() for c in text) or _no_name(talk, text):
        return None
    found = {"name": text[:60].splitlines()[0]}
    if reading.sector is not None:
        found["sector"] = reading.sector
    return found


def _no_name(talk: Talk, text: str) -> bool:
    """A sentence, a question or a wish, and no name of a business."""
    length = len(text.split())
    return "?" in text or length > LONGEST_NAME or (length > 2 and bool(talk.book.understanding.goals(text)))


@words.reader
def correction(talk: Talk, text: str) -> dict[str, str] | None:
    """Another company, sum or goal than was told of the case that is being taken."""
    case = talk.case
    if talk.frame.dialog != "triage" or case is None:
        return None
    reading = talk.book.understanding.read(text, talk.profile.language, talk.today)
    named = reading.company if reading.company in talk.country.companies else None
    said = talk.book.understanding.corrects(text, talk.profile.language)
    known = case.company or case.company_name
    if known and named not in (None, case.company) and (said or len(text.split()) <= ONLY_A_NAME):
        return {"company": str(named)}
    if said and named is None and reading.amount is not None and case.amount not in (None, reading.amount):
        return {"amount": _written(talk, reading.amount, reading.currency)}
    if said and talk.frame.node == "floor" and (goal := wish(talk, text)) is not None and goal != case.goal:
        return {"goal": goal}
    return None


@words.reader
def sector(talk: Talk, text: str) -> str | None:
    """A kind of business that can be chosen."""
    return _named_sector(talk, text, sectors(talk))


@words.reader
def company_sector(talk: Talk, text: str) -> str | None:
    """Something that the company sells."""
    return _named_sector(talk, text, company_sectors(talk))


@words.reader
def wish(talk: Talk, text: str) -> str | None:
    """What somebody wants, in their own words: before all others one that is offered."""
    named = [g for g in talk.book.understanding.goals(text) if g in talk.book.goals]
    return next((g for g in named if g in _goals(talk)), named[0] if named else None)


def _named_sector(talk: Talk, text: str, offered: list[Item]) -> str | None:
    named = talk.book.understanding.read(text, talk.profile.language, talk.today).sector
    here = talk.country.sector_like(named) if named is not None else None
    return here if any(item.value == here for item in offered) else None


@words.reader
def money(talk: Talk, text: str) -> str | None:
    """A sum of money, in words or figures."""
    reading = talk.book.understanding.read(text, talk.profile.language, talk.today)
    return _written(talk, reading.amount, reading.currency) if reading.amount is not None else None


@words.reader
def at_stake(talk: Talk, text: str) -> str | None:
    """A sum of money, or of two prices the difference where that is what is at stake."""
    reading = talk.book.understanding.read(text, talk.profile.language, talk.today)
    amount = reading.rise or reading.amount if _about_a_rise(talk) else reading.amount
    return _written(talk, amount, reading.currency) if amount is not None else None


@words.reader
def past_day(talk: Talk, text: str) -> str | None:
    """A day that is not in the future."""
    day = talk.book.understanding.read(text, talk.profile.language, talk.today).past_day
    return day.isoformat() if day is not None else None


@words.reader
def coming_day(talk: Talk, text: str) -> str | None:
    """A day from today on."""
    day = talk.book.understanding.read(text, talk.profile.language, talk.today).coming_day
    return day.isoformat() if day is not None else None


# -- lists ------------------------------------------------------------------------------------------------------------


@words.list_
def problems(talk: Talk) -> list[Item]:
    """All problems, in the product's order."""
    return [Item(p.id, talk.msg(p.label)) for p in talk.book.problems.values()]


@words.list_
def guessed_problems(talk: Talk) -> list[Item]:
    """The problems the story may be about."""
    return [Item(p, talk.msg(talk.book.problems[p].label)) for p in talk.vars.get("guesses", ())]


@words.list_
def sectors(talk: Talk) -> list[Item]:
    """The kinds of business that can be chosen."""
    return [Item(s.id, talk.msg(s.label)) for s in talk.country.sectors.values() if s.listed]


@words.list_
def company_sectors(talk: Talk) -> list[Item]:
    """What the company sells."""
    company = talk.country.companies.get(talk.the_case.company or "")
    if company is None:
        return sectors(talk)
    ids = dict.fromkeys((company.sector, *company.sells))
    return [Item(s, talk.msg(talk.country.sectors[s].label)) for s in ids if s in talk.country.sectors]


@words.list_
def goals(talk: Talk) -> list[Item]:
    """What people with this problem want, the likeliest first."""
    return [Item(g, talk.msg(talk.book.goals[g].label)) for g in _goals(talk)]


@words.list_
def other_goals(talk: Talk) -> list[Item]:
    """What they might settle for."""
    return [Item(g, talk.msg(talk.book.goals[g].label)) for g in _goals(talk) if g != talk.the_case.goal]


def _goals(talk: Talk) -> tuple[str, ...]:
    wanted = talk.book.problems[talk.the_case.problem].goals
    extra = ("refund", "credit", "explanation", "apology")
    return tuple(dict.fromkeys((*wanted, *(g for g in extra if g in talk.book.goals))))


@words.list_
def fact_answers(talk: Talk) -> list[Item]:
    """The answers to the condition that is asked about."""
    unknown = Item("unknown", talk.msg("I don't know"))
    name = _fact(talk)
    if name is None:
        return [unknown]  # it was settled meanwhile
    fact = talk.country.facts[name]
    return [Item("yes", talk.msg(fact.yes)), Item("no", talk.msg(fact.no)), unknown]


def _fact(talk: Talk) -> str | None:
    return next(iter(missing_facts(talk.book, talk.country, talk.the_case)), None)


# -- values -----------------------------------------------------------------------------------------------------------


@words.value
def title(talk: Talk) -> Value | None:
    """The case in a few words."""
    return case_title(talk, talk.case) if talk.case else None


@words.value
def company(talk: Talk) -> Value | None:
    """The company's name."""
    return _company_name(talk, talk.case) if talk.case else None


@words.value
def problem(talk: Talk) -> Value | None:
    """The kind of problem."""
    return talk.msg(talk.book.problems[talk.case.problem].label) if talk.case else None


@words.value
def amount(talk: Talk) -> Value | None:
    """The sum at stake."""
    case = talk.case
    return Money(case.amount, case.currency) if case and case.amount is not None else None


@words.value
def since(talk: Talk) -> Value | None:
    """The day it began."""
    return Day(talk.case.since) if talk.case and talk.case.since else None


@words.value
def duration(talk: Talk) -> Value | None:
    """How long it has lasted, from a day on."""
    if talk.case is None or talk.case.since is None or talk.case.since >= talk.today:
        return None
    return Duration(talk.today - talk.case.since)


@words.value
def ref(talk: Talk) -> Value | None:
    """The last reference number."""
    return Code(talk.case.ref) if talk.case and talk.case.ref else None


@words.value
def rep(talk: Talk) -> Value | None:
    """The representative they spoke to last."""
    return Name(talk.case.rep) if talk.case and talk.case.rep else None


@words.value
def promise(talk: Talk) -> Value | None:
    """What was promised last, in the person's words."""
    return Name(talk.case.promise) if talk.case and talk.case.promise else None


@words.value
def promise_date(talk: Talk) -> Value | None:
    """By when it was promised."""
    return Day(talk.case.promise_date) if talk.case and talk.case.promise_date else None


@words.value
def last_call(talk: Talk) -> Value | None:
    """The day of the last contact."""
    return Day(talk.case.last_contact) if talk.case and talk.case.last_contact else None


@words.value
def answer_by(talk: Talk) -> Value:
    """A reasonable day for an answer: three working days ahead."""
    return Day(add(talk.today, 3, "business_days", talk.is_rest))


@words.value
def letter_by(talk: Talk) -> Value:
    """A reasonable day for answering a letter: fourteen days ahead."""
    return Day(talk.today + timedelta(days=14))


@words.value
def goal(talk: Talk) -> Value | None:
    """What the person wants, in a few words."""
    return talk.msg(talk.book.goals[talk.case.goal].label) if talk.case and talk.case.goal else None


@words.value
def floor(talk: Talk) -> Value | None:
    """What the person would settle for."""
    return talk.msg(talk.book.goals[talk.case.floor].label) if talk.case and talk.case.floor else None


@words.spoken
def story_line(talk: Talk) -> Value | None:
    """The problem in one sentence, to be said aloud."""
    return talk.line(talk.book.problems[talk.case.problem].story) if talk.case else None


@words.spoken
def ask_line(talk: Talk) -> Value | None:
    """The exact request, to be said aloud."""
    case = talk.case
    known = talk.book.goals.get(case.goal) if case is not None and case.goal is not None else None
    return talk.line(known.ask) if known is not None else None


@words.value
def fact_question(talk: Talk) -> Value | None:
    """The condition that is asked about."""
    fact = _fact(talk)
    return talk.msg(talk.country.facts[fact].question) if fact else None


@words.value
def calls(talk: Talk) -> Value | None:
    """How many calls were made."""
    return Count(talk.case.calls) if talk.case and talk.case.calls else None
