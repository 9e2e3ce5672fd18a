"""What the coach knows: problems, objections, tactics, rights, channels, ladders and companies.

Every record is data with its source, date and conditions. The files live in ``flows/knowledge``; a record's file is
named by its id.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.core.dialog import Guards, Paragraphs
from bot.core.model import Date, Id, Model, Text, Variants

Basis = Literal[
    "statutory",
    "regulatory",
    "official_published",
    "expected",
    "contractual",
    "coach_heuristic",
    "unknown",
]
"""Whose rule a clock is. ``coach_heuristic`` is our advice and is never worded as law."""

Confidence = Literal["high", "medium", "low"]
Unit = Literal[
    "minutes", "hours", "calendar_days", "non_rest_days", "business_days", "working_days", "weeks", "months", "none"
]
"""Non-rest days leave out Saturdays and holidays; business and working days the whole weekend and holidays."""
Stage = Literal["opening", "ask", "manager", "retention", "close"]
"""The stages of a live call, in order."""


class Source(Model):
    """Where a fact was read."""

    title: str
    url: str | None = None
    date: str | None = None
    supports: str | None = None


class Wait(Model):
    """How long to wait, and whose rule it is. ``number`` is None when no figure is known (unit ``none``)."""

    number: int | None = None
    unit: Unit = "none"
    basis: Basis
    note: Text | None = None
    source: str | None = None
    """The title of the channel's source in which the rule was read; needed where it is somebody's rule."""


class Clock(Wait):
    """A time limit of a channel: who is bound by it (``role``) and when it starts."""

    role: Literal["answer", "acknowledgement", "prior_step_wait", "user_deadline", "effect", "payment", "standard"]
    starts: Text | None = None


class Problem(Model):
    """What went wrong, as people would choose it from a list and as they would say it on the phone."""

    id: Id
    label: Text
    """A button: at most 28 characters in every language."""
    description: Text
    """One line that says what belongs here."""
    order: int = 99
    """Its place in the list of problems."""
    story: Variants
    """The problem in one sentence, said aloud to the representative."""
    matter: Text | None = None
    """What it is about, in a few written words: the subject of a letter. None: nothing that says something."""
    written: tuple[Text, ...] = ()
    """The problem in one sentence of a letter, wordings as in ``story``; it addresses nobody."""
    at_stake: Literal["sum", "rise"] = "sum"
    """What ``{amount}`` is: the sum that was named, or the difference between two prices."""
    rights: tuple[Id, ...] = ()
    goals: tuple[Id, ...]
    objections: tuple[Id, ...] = ()
    """The likeliest things to hear, first the likeliest."""


class Goal(Model):
    """A result people want: its button, how to ask for it, and how to fall back on it."""

    id: Id
    label: Text
    ask: Variants
    """The exact request, said aloud: "I'm asking for a refund of {amount}"."""
    written: tuple[Text, ...] = ()
    """The request in one sentence of a letter; it addresses nobody."""


class Objection(Model):
    """Something a representative says to stall, and the polite, firm answer."""

    id: Id
    category: Literal[
        "money", "identity", "behaviour", "system", "cancel", "manager", "delay", "product", "technician", "policy"
    ]
    label: Text
    """A button: at most 22 characters in every language."""
    stages: tuple[Stage, ...]
    countries: tuple[Id, ...] = ()
    """Only in these countries; empty: everywhere."""
    sectors: tuple[Id, ...] = ()
    """Only in these sectors of Israel and those like them; empty: everywhere."""
    problems: tuple[Id, ...] = ()
    """Likelier with these problems; empty: with any."""
    heard: Text
    """The representative's sentence, as it is usually said."""
    say: Variants
    """The line to answer with, at most 23 words."""
    again: Variants
    """The line for when they repeat it, at most 23 words."""
    meaning: Text
    why: Text
    then: Text | None = None
    """What to do next, for the caller's eyes."""
    risk: Text | None = None
    here: dict[str, Text] = Field(default_factory=dict)
    """Country -> what holds in that country alone, for the caller's eyes."""
    tactics: tuple[Id, ...] = ()
    sources: tuple[Source, ...] = ()
    seed: tuple[str, ...] = ()


class Evidence(Model):
    """A claim behind a tactic, in English, for authors and for the sources page."""

    claim: str
    sources: tuple[Source, ...] = ()


class Tactic(Model):
    """A way of handling the talk, with graded evidence.

    Grades: A experiment or field data on service calls or negotiation; B nearby research, theory or survey;
    C insider, regulator or consumer-body guidance; D advice only.
    """

    id: Id
    name: Text
    countries: tuple[Id, ...] = ()
    """Only in these countries; empty: everywhere."""
    stage: Literal["prepare", "open", "firm", "escalate", "close", "after"]
    when: Text
    how: Text
    say: Variants
    caution: Text | None = None
    evidence_level: Literal["A", "B", "C", "D"]
    evidence: tuple[Evidence, ...] = ()
    seed: tuple[str, ...] = ()


class WeakAnswer(Model):
    """What people say when an answer slips: the wrong choices in practice. It may follow any objection."""

    id: Id
    kind: Literal["gives_ground", "attacks", "threatens", "over_explains", "accepts_vaguely"]
    answer: Text


class Helpline(Model):
    """Whom to call when somebody may come to harm."""

    id: Id
    name: Text
    phone: str = Field(pattern=r"^[*\d][\d-]{2,14}$")
    about: Text
    """One line: who answers, and when."""
    order: dict[Literal["violence", "self_harm"], int]
    """What it is for -> its place among the lines for that."""
    sources: tuple[Source, ...] = Field(min_length=1)
    checked: Date
    """The last day on which the number is known to have been right."""


class Fact(Model):
    """A question whose answer decides whether a right applies ("did you buy it online or by phone?")."""

    id: Id
    question: Text
    yes: Text
    no: Text
    excludes: tuple[Id, ...] = ()
    """Facts that are settled with no when this one is answered with yes (a purchase was made in one place)."""
    asked: bool = True
    """Worth a question when a case is opened; otherwise it is learnt on the way."""
    problems: tuple[Id, ...] = ()
    """The problems of which it is worth a question; empty: all."""


class Applies(Model):
    """Where a right holds. Every list that is not empty must fit; ``facts`` must all be answered with yes."""

    sectors: tuple[Id, ...] = ()
    except_sectors: tuple[Id, ...] = ()
    problems: tuple[Id, ...] = ()
    facts: tuple[Id, ...] = ()
    not_facts: tuple[Id, ...] = ()


class Figure(Model):
    """A sum, a time limit or another number that a right names. ``year`` for sums that are indexed each year."""

    what: str
    value: int | float | str
    unit: str
    year: int | None = None


class Limit(Wait):
    """How long a right can be used, in calendar days or months.

    ``act``: what has to be done by then, after "the last day to"; ``starts``: from when the law counts.
    """

    act: Text
    starts: Text


class Right(Model):
    """A rule of law that helps the consumer, with its section, limits, source and date."""

    id: Id
    title: Text
    claim: Text
    limits: Text
    """One line: what it does not cover."""
    say: Variants
    """The line that uses it on a call, at most 23 words, no bluff."""
    written: Text | None = None
    """What it says in one sentence of a letter, without a full stop: the section follows. None: not for letters."""
    caveats: Text | None = None
    applies: Applies
    figures: tuple[Figure, ...] = ()
    limit: Limit | None = None
    """The person's own time limit, where it is counted from a day that a case knows: when the matter began."""
    statute: Text
    sources: tuple[Source, ...] = Field(min_length=1)
    confidence: Confidence
    checked: Date | None = None
    """The last day on which the rule is known to have been valid; None: no source has a date."""
    topic: Id
    """The shelf it stands on in "my rights"."""
    background: bool = False
    """It explains, or says that there is no rule: shown in the library and never as the right for a call."""
    withdrawn: bool = False
    """Kept for the record and never offered (for example a registry that has stopped)."""


class Odds(Model):
    """How often a channel helped, as somebody counted it."""

    figure: Text
    """What was counted, in one sentence with its year, without promises."""
    year: int
    """The year that was counted."""
    source: Source


class Link(Model):
    """An address to show. ``checked`` is false when the host was not seen in the sources."""

    url: str = Field(pattern=r"^https?://[^\s]+$")
    checked: bool = True


class Channel(Model):
    """A door to knock on: a company's desk, a regulator, an organisation, a court, the public."""

    id: Id
    name: Text
    called: Text | None = None
    """Its name inside a sentence, where the name would not do (it has a colon, say)."""
    kind: Literal["company", "regulator", "ngo", "social", "media", "payment", "court"]
    sectors: tuple[Id, ...] = ()
    """The sectors it serves; empty: all."""
    beyond: tuple[Literal["landlord", "employer", "police", "neighbour", "family", "refused"], ...] = ()
    """What it may help with that is no dispute with a business."""
    why: Text
    """One line: what it can do for you."""
    how: Text
    """How to reach it, in one or two sentences; no promises."""
    prepare: tuple[Text, ...] = ()
    """What to have ready, at most five short items."""
    first: tuple[Text, ...] = ()
    """What must have been done before."""
    requires: tuple[Id, ...] = ()
    """Channels of which one must have been tried before."""
    excludes: Text | None = None
    """What it does not take or cannot do."""
    bars: tuple[Id, ...] = ()
    """Channels that are closed once this one was taken."""
    cost: Text | None = None
    reached_at: Stage | None = None
    """The stage of a live call that counts as having turned to it."""
    in_writing: bool = False
    """Turning to it leaves a written request."""
    wait: Clock
    clocks: tuple[Clock, ...] = ()
    links: tuple[Link, ...] = ()
    phones: tuple[str, ...] = ()
    """Numbers attested by two or more sources."""
    caveats: tuple[Text, ...] = ()
    odds: Odds | None = None
    sources: tuple[Source, ...] = Field(min_length=1)
    confidence: Confidence
    checked: Date | None = None
    withdrawn: bool = False


class Rung(Model):
    """A step of a ladder and the wait before the next one."""

    channel: Id
    wait: Wait
    optional: bool = False
    parallel: bool = False
    """The next rung may start without waiting for this one."""


class Ladder(Model):
    """The order of channels for one sector."""

    id: Id
    note: Text | None = None
    rungs: tuple[Rung, ...] = Field(min_length=1)


class Place(Model):
    """A country that the coach knows: how it counts time and money."""

    id: Id
    """Its code, which is the name of its shelf."""
    name: Text
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    """ISO 4217; XXX where it is not known."""
    speaks: str | None = None
    """The language of calls there; None: that of the person."""
    zones: tuple[str, ...] = Field(min_length=1)
    """Its time zones, by their IANA names; the first goes without asking."""
    languages: tuple[str, ...] = ()
    """Who reads the coach in one of these is taken to be here, and is not asked."""


class Sector(Model):
    """A kind of business, and the ladder that fits it."""

    id: Id
    label: Text
    """A button: at most 28 characters in every language."""
    ladder: Id
    listed: bool = True
    """Offered as a button when the company is not known."""
    like: tuple[Id, ...] = ()
    """In another country: Israel's sectors of the same trade. What the coaching says of those holds here."""
    six_minutes: Literal["statute", "parallel", "none", "unknown"] = "unknown"
    """Whether the six-minute telephone rule binds it: by the Second Schedule, by a parallel law, or not."""
    implies: tuple[Id, ...] = ()
    """Facts that go without asking in this kind of business (a telephone line is a continuing deal)."""


class Company(Model):
    """A company or body that people name, with the ways they write it."""

    id: Id
    name: dict[str, str]
    sector: Id
    sells: tuple[Id, ...] = ()
    """Further sectors it sells in; asked when it matters."""
    aliases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    misspellings: tuple[str, ...] = ()
    ambiguous: bool = False
    """The name is also an everyday word: it needs context to be recognised."""
    note: str | None = None
    sources: tuple[str, ...] = ()
    """Where its name was seen."""
    site: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    """Its own site."""
    phone: str | None = Field(default=None, pattern=r"^[*\d][\d-]{2,14}$")
    """Its short number; two of ``attested`` name it."""
    attested: tuple[Source, ...] = ()
    """Where the site and the number were read."""
    checked: Date | None = None
    """The last day on which they are known to have been right."""


class Ask(Model):
    """A fact that a letter wants and the case may not have."""

    fact: str
    """One of `bot.core.letters.FACTS`."""
    question: Text
    required: bool = True
    """Without it there is no letter; otherwise it can be skipped, and what speaks of it is left out."""


class Letter(Model):
    """A letter that the person sends: to the company, to a regulator, to the card company.

    Its sentences are written, civil and short, in the first person. A paragraph whose values are not known is left
    out, so nothing is ever made up.
    """

    id: Id
    label: Text
    """A button: at most 28 characters in every language."""
    about: Text
    """One line: what it is good for."""
    order: int = 99
    """Its place in the list of letters."""
    problems: tuple[Id, ...] = ()
    """Only with these problems; empty: with any."""
    goals: tuple[Id, ...] = ()
    """Also with these goals, whatever the problem."""
    countries: tuple[Id, ...] = ()
    """Only in these countries; empty: everywhere."""
    sectors: tuple[Id, ...] = ()
    """Only in these sectors of Israel and those like them; empty: in any."""
    except_sectors: tuple[Id, ...] = ()
    when: Guards = ()
    """What must hold for it to be offered."""
    channels: tuple[Id, ...] = ()
    """Where it goes: the first of these that is ahead on the case's ladder, else the last of them."""
    kinds: tuple[Literal["regulator", "ngo"], ...] = ()
    """It goes to the first door of these kinds on the ladder that is open now; without one it is not offered."""
    recipient: Paragraphs
    """Lines under each other."""
    subject: Variants
    paragraphs: Paragraphs
    asks: tuple[Ask, ...] = ()
    cites: bool = False
    """Quotes the right that surely fits, with its section."""
    rights: tuple[Id, ...] = ()
    """The rights it is about, the best first; empty: those of the problem."""
    any_problem: bool = False
    """These rights hold whatever the problem is; the problems they name say only where they help most."""
    follows: Literal["never", "asked", "must"] = "never"
    """Whether it says what follows if nothing comes of it. Only what the person means to do is written: it is asked
    with a button. ``must``: a letter that makes no sense without it."""
    may_follow: tuple[Id, ...] = ()
    """What may follow besides the regulators and organisations that are still ahead."""
    days: int | None = 14
    """Calendar days until the answer it asks for, where no rule of the channel says more. None: it asks for none."""
    numbers: bool = True
    """The customer number and the reference are those of whom it goes to, and stand in it."""
    demands: bool = True
    """It is a written request to the other side, as some rights require."""
    acts: bool = False
    """Sending it uses the rights it is about: it is what their time limits ask for."""
    tip: Text | None = None
    """What to know before sending it; for the person's eyes."""
    here: dict[str, Text] = Field(default_factory=dict)
    """Country -> what to know in that country alone."""
