"""Letters say what is known and meant, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, get_args

import pytest

from bot.core.case import Case, Entry, Step
from bot.core.events import Said
from bot.core.letters import (
    CASE_FACTS,
    FACTS,
    PAGE,
    Draft,
    channel_of,
    cited,
    compose,
    due_on,
    follows_of,
    offered,
    part_key,
)
from bot.core.rights import fit
from bot.core.session import Frame, Gender, Profile, Session, dump, load
from bot.core.talk import Talk
from bot.core.text import Msg
from bot.core.vocabulary import VOCABULARY
from tests.support.coach import coach
from tests.support.screens import MESSAGE_UNITS, units

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
GENDERS: tuple[Gender, ...] = get_args(Gender)
LETTERS = sorted(coach()[0].letters)
CALLED = (
    Entry("1", NOW - timedelta(days=12), "call", {"minutes": 14}),
    Entry("1", NOW - timedelta(days=12), "note", {"rep": "Dana"}),
    Entry("1", NOW - timedelta(days=12), "note", {"ref": "A-1"}),
    Entry("1", NOW - timedelta(days=12), "promise", {"text": "a full credit", "due": "2026-11-20"}),
    Entry("1", NOW - timedelta(days=5), "hold", {"minutes": 25}),
    Entry("1", NOW - timedelta(days=4), "call", {"minutes": 8}),
    Entry("1", NOW - timedelta(days=3), "answer", {"outcome": "promise_broken"}),
)


def case(**more: Any) -> Case:
    """A case of a mobile customer who was charged too much."""
    known: dict[str, Any] = {
        "problem": "overcharge",
        "company": "cellcom",
        "sector": "telecom-cellular",
        "goal": "refund",
        "amount": Decimal("89.90"),
        "since": date(2026, 10, 20),
        "calls": 2,
        "last_contact": date(2026, 11, 18),
    }
    return Case("1", NOW - timedelta(days=30), **{**known, **more})


def talk_of(about: Case, log: tuple[Entry, ...] = (), language: str = "en", **gathered: Any) -> Talk:
    """A talk that stands in the letters dialog."""
    book, _ = coach()
    stack = (Frame("letters", "preview", gathered),)
    session = Session("t:1", profile=Profile(language=language), stack=stack, cases=(about,), case="1")
    return Talk(book, VOCABULARY, session, Said(id="e", person="t:1", at=NOW, text=""), NOW, log)


def draft(letter: str, about: Case, log: tuple[Entry, ...] = (), **gathered: Any) -> Draft:
    """A letter about a case."""
    talk = talk_of(about, log, letter=letter, **gathered)
    return compose(talk, talk.book.letters[letter])


def text(found: Draft, language: str = "en", gender: Gender = "n") -> str:
    """How a letter reads."""
    profile = Profile(language=language, gender=gender)
    return coach()[1].plain(Msg("{it}", {"it": found.whole}), profile, NOW)


# -- nothing is made up -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("language", ["en", "he"])
def test_nothing_is_made_up(letter: str, language: str) -> None:
    """Of a case of which nothing is known a letter says nothing: no sum, no digit but its dates, no gap."""
    found = draft(letter, Case("1", NOW))
    found = replace(found, parts=tuple(part for part in found.parts if "letter_rights" not in part.text.id))
    written = text(found, language)
    assert "…" not in written
    assert "{" not in written
    allowed = {"22", "2026", "25", "6", "30"}
    digits = {"".join(c for c in word if c.isdigit()) for word in written.split()} - {""}
    assert digits <= allowed, digits - allowed


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("gender", GENDERS)
def test_it_fits_a_message_and_a_page(letter: str, gender: Gender) -> None:
    """With everything known, at its longest, a letter is one message, and short."""
    told = dict.fromkeys(("product", "visit", "issuer", "details"), "W" * 500)
    told |= dict.fromkeys(("name", "number", "contact", "to"), "W" * 200)
    told |= {"bought_on": "2026-09-01", "agreed_on": "2026-11-01"}
    full = case(rep="R" * 60, ref="F" * 40, promise="P" * 300, promise_date=date(2027, 1, 3), company=None)
    log = tuple(Entry("1", NOW, "promise", {"text": "P" * 300, "due": "2026-11-20"}) for _ in range(30))
    found = draft(letter, replace(full, company_name="C" * 60), log, told=told, follow="il-small-claims")
    for language in ("en", "he"):
        assert units(text(found, language, gender)) < MESSAGE_UNITS


def test_what_is_known_is_in_it() -> None:
    """The sum, the day, who was spoken to, the reference and the broken promise come from the case and its log."""
    written = text(draft("complaint", case(ref="A-1"), CALLED, told={"details": "Charged twice.", "name": "Noa"}))
    for part in (
        "November 22, 2026",
        "Cellcom",
        "Since October 20 I have been charged ₪89.90",
        "Charged twice.",
        "November 10: a phone call with Dana, reference A-1",
        "November 10: promised by November 20: a full credit",
        "November 17: on hold, 25 min",
        "November 18: a phone call to customer service",
        "November 19: the promise was not kept",
        "Reference: A-1",
        "I ask for a refund of ₪89.90",
        "by December 6",
        "Noa",
    ):
        assert part in written


def test_a_thank_you_is_no_complaint() -> None:
    """A good word that was sent does not stand in later letters as a request in writing."""
    sent = (Entry("1", NOW, "step", {"channel": "il-email", "letter": "thanks"}),)
    assert "written request" not in text(draft("complaint", case(), sent))
    asked = (Entry("1", NOW, "step", {"channel": "il-written-complaint"}),)
    assert "November 22: a written request" in text(draft("complaint", case(), asked))


# -- rights and what follows ------------------------------------------------------------------------------------------


def test_only_rights_that_surely_fit_are_quoted() -> None:
    """Unasked conditions keep a right out of the letter; with them answered it stands there with its section."""
    facts = {"continuing_deal": "yes", "standing_debit": "yes"}
    assert "s.13D1" not in text(draft("refund", case()))
    assert "s.13D1" in text(draft("refund", case(facts=facts)))
    assert "s.13D1" not in text(draft("refund", case(facts=facts, sector="banks")))


@pytest.mark.parametrize("letter", LETTERS)
def test_quoted_rights_fit(letter: str) -> None:
    """Over all problems and sectors: what a letter quotes surely fits, is well attested and carries its section."""
    book, _ = coach()
    il = book.countries["il"]
    whatever = book.letters[letter].any_problem
    for problem in book.problems:
        for sector in il.sectors:
            about = case(problem=problem, sector=sector)
            talk = talk_of(about, letter=letter)
            for right in cited(talk.book, talk.country, talk.the_case, book.letters[letter]):
                assert right.written
                assert right.confidence != "low"
                assert not right.background
                assert whatever or fit(right, about) == "yes"


def test_a_condition_is_asked_about_before_it_is_relied_on() -> None:
    """A better right than those that fit is asked about, at most twice."""
    guard, act = VOCABULARY.guards["letter_wants"], VOCABULARY.actions["answer_letter_fact"]
    talk = talk_of(case(), letter="refund")
    asked = 0
    while guard(talk, "fact"):
        act(talk, "unknown")
        asked += 1
    assert asked == 2
    assert set(talk.the_case.facts.values()) == {"unknown"}


def test_what_follows_is_written_only_if_meant() -> None:
    """Nothing is threatened unless it was chosen, it still stands ahead, and the letter has a date for it."""
    assert "I will turn to" not in text(draft("complaint", case()))
    assert "I will turn to" not in text(draft("complaint", case(), follow="none"))
    meant = text(draft("complaint", case(), follow="il-consumer-council"))
    assert "If the matter is not settled by December 6, I will turn to the Israel Consumer Council." in meant
    claim = text(draft("complaint", case(), follow="il-small-claims"))
    assert "I will file a claim in the small-claims court." in claim
    done = case(steps=(Step("il-consumer-council", NOW.date(), "answered"),))
    assert "I will turn to" not in text(draft("complaint", done, follow="il-consumer-council"))
    assert "I will turn to" not in text(draft("thanks", case(), follow="il-consumer-council"))
    assert "I will turn to" not in text(draft("complaint", case(), follow="il-facebook-page"))


def test_a_warning_announces_only_a_claim() -> None:
    """The warning letter offers the court and nothing else to follow it."""
    talk = talk_of(case(), letter="warning")
    assert follows_of(talk, talk.book.letters["warning"]) == ["il-small-claims"]


# -- where it goes and by when ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letter", "about", "channel"),
    [
        ("complaint", {}, "il-written-complaint"),
        ("complaint", {"sector": "banks"}, "il-bank-ombudsman"),
        ("complaint", {"sector": "water"}, "il-water-corporation-inquiries"),
        ("complaint", {"sector": "insurance"}, "il-insurer-public-inquiries"),
        ("cancellation", {"problem": "cancel_service", "sector": "gyms"}, "il-gym-cancellation"),
        ("recording", {}, "il-email"),
        ("outside", {}, "il-consumer-authority"),
        ("outside", {"sector": "banks"}, None),
        ("outside", {"sector": "retail"}, "il-consumer-authority"),
    ],
)
def test_where_it_goes(letter: str, about: dict[str, Any], channel: str | None) -> None:
    """To the first fitting door that is still ahead; to a body outside only when what it requires was done."""
    book, _ = coach()
    assert channel_of(book.countries["il"], case(**about), book.letters[letter]) == channel


def test_the_council_comes_after_a_written_request() -> None:
    """The Consumer Council takes a complaint only after the business was asked in writing."""
    book, _ = coach()
    il, letter = book.countries["il"], book.letters["outside"]
    steps = (Step("il-written-complaint", date(2026, 11, 1), "refused"), Step("il-moc-telecom", date(2026, 11, 1)))
    assert channel_of(il, case(steps=steps), letter) == "il-consumer-council"
    skipped = (replace(steps[0], outcome="skipped"), steps[1])
    assert channel_of(il, case(steps=skipped), letter) != "il-consumer-council"


@pytest.mark.parametrize(
    ("letter", "about", "on"),
    [
        ("complaint", {}, date(2026, 12, 6)),
        ("complaint", {"sector": "banks"}, date(2027, 1, 6)),
        ("recording", {}, date(2026, 12, 22)),
        ("recap", {}, None),
        ("thanks", {}, None),
    ],
)
def test_by_when(letter: str, about: dict[str, Any], on: date | None) -> None:
    """Fourteen days, unless a rule gives the body it goes to its own time; some letters ask for no answer."""
    talk = talk_of(case(**about), letter=letter)
    assert due_on(talk, talk.book.letters[letter]) == on


def test_the_best_letter_comes_first() -> None:
    """At the door of the written complaint: the letter for this problem; at the regulator's: the complaint outside."""
    first = {
        "overcharge": ["refund", "complaint"],
        "cancel_service": ["cancellation", "refund"],
        "repair_drags": ["warranty"],
        "technician": ["technician"],
        "rude_service": ["complaint"],
    }
    for problem, letters in first.items():
        goal = coach()[0].problems[problem].goals[0]
        found = [letter.id for letter in offered(talk_of(case(problem=problem, goal=goal)))]
        assert found[: len(letters)] == letters
    steps = tuple(
        Step(c, NOW.date(), "answered")
        for c in ("il-rep-phone", "il-shift-manager", "il-retention", "il-written-complaint")
    )
    past = (*steps, Step("il-facebook-page", NOW.date(), "skipped"), Step("il-executive-letter", NOW.date(), "skipped"))
    assert offered(talk_of(case(steps=past)))[0].id == "outside"


def test_every_letter_is_offered_for_something() -> None:
    """There is a problem, a goal and a country for which each letter can be chosen."""
    book, _ = coach()
    found: set[str] = set()
    for country in book.countries:
        for problem, known in book.problems.items():
            for goal in known.goals:
                talk = talk_of(case(problem=problem, goal=goal, country=country))
                found |= {letter.id for letter in offered(talk)}
    assert found == set(book.letters)


# -- asking and changing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("letter", LETTERS)
def test_it_asks_until_it_can_be_read(letter: str) -> None:
    """Each question has a way of being asked and is asked once; then the letter is shown."""
    talk = talk_of(Case("1", NOW), letter=letter)
    answers: dict[str, Any] = {"company": {"name": "Bolt"}, "sum": "10", "day": "2026-11-03", "text": "so it was"}
    seen: list[str] = []
    while not VOCABULARY.guards["letter_wants"](talk, "nothing"):
        wanted = next(w for w in _WANTED if VOCABULARY.guards["letter_wants"](talk, w))
        seen.append(wanted)
        assert len(seen) < 20
        if wanted in answers:
            VOCABULARY.actions["tell_letter"](talk, answers[wanted])
        elif wanted == "fact":
            VOCABULARY.actions["answer_letter_fact"](talk, "no")
        elif wanted == "follow":
            VOCABULARY.actions["set_follow"](talk, "none")
        else:
            VOCABULARY.actions["tell_letter_detail"](talk, "mine")
    assert "company" in seen
    stored = load(dump(talk.session))
    assert stored == talk.session


_WANTED = (*sorted(set(FACTS.values())), "fact", "follow", "name", "number", "contact", "to")


def test_what_is_asked_for_can_be_taken() -> None:
    """Each fact of the case that a letter may ask for has somewhere to be kept, and a value to be read from."""
    for fact in CASE_FACTS:
        assert fact in VOCABULARY.values
    book, _ = coach()
    for letter in book.letters.values():
        assert {ask.fact for ask in letter.asks} <= set(FACTS)


def test_own_wording_replaces_ours_and_is_kept_in_little() -> None:
    """An edited paragraph is the person's, word for word; a cut one is gone; the draft holds nothing but that."""
    about = case()
    ours = draft("complaint", about)
    first, second = ours.parts[0].key, ours.parts[1].key
    edited = draft("complaint", about, edits={first: "It was <b>{amount}</b>.\nTwice.", second: ""})
    assert [part.key for part in edited.parts] == [part.key for part in ours.parts if part.key != second]
    assert edited.parts[0].own
    written = text(edited)
    assert "It was <b>{amount}</b>.\nTwice." in written
    talk = talk_of(about, letter="complaint", edits={first: "x"}, follow="none")
    assert len(json.dumps(talk.vars)) < 100


def test_a_long_paragraph_is_shown_whole() -> None:
    """The person's own words are not cut off in their own letter."""
    about = case()
    key = draft("complaint", about).parts[0].key
    assert "w" * 890 in text(draft("complaint", about, edits={key: "w" * 890}))


def test_more_than_a_page_is_not_taken() -> None:
    """A paragraph or a letter that grows too long is refused; so is one that says nothing."""
    reader = VOCABULARY.readers["letter_words"]
    assert reader(talk_of(case(), letter="complaint", part="b"), "w" * 900) == "w" * 900
    assert reader(talk_of(case(), letter="complaint", part="b"), "w" * 901) is None
    assert reader(talk_of(case(), letter="complaint", part="b", edits={"a": "w" * (PAGE - 10)}), "w" * 11) is None
    assert reader(talk_of(case(), letter="complaint", part="a", edits={"a": "w" * PAGE}), "short") == "short"
    assert reader(talk_of(case(), letter="complaint", part="b"), "?!") is None


def test_paragraphs_are_named_by_their_first_wording() -> None:
    """No two paragraphs of a letter share a name, or an edit would change both."""
    for letter in coach()[0].letters.values():
        keys = [part_key(paragraph.text[0]) for paragraph in letter.paragraphs]
        assert len(set(keys)) == len(keys), letter.id


# -- sending ----------------------------------------------------------------------------------------------------------


def send(about: Case, letter: str) -> Talk:
    """Tell the coach that a letter was sent."""
    talk = talk_of(about, letter=letter)
    VOCABULARY.actions["letter_sent"](talk, None)
    return talk


def test_sending_takes_the_step_where_it_is_next() -> None:
    """The desks on the phone are passed over, the step is taken and its clock starts."""
    talk = send(case(), "complaint")
    outcomes = {step.channel: step.outcome for step in talk.the_case.steps}
    assert outcomes["il-rep-phone"] == outcomes["il-retention"] == "skipped"
    assert outcomes["il-written-complaint"] == "waiting"
    assert [(due.what, due.on) for due in talk.the_case.due] == [("il-written-complaint", date(2026, 12, 6))]
    assert talk.the_case.facts["asked_in_writing"] == "yes"


def test_sending_ahead_of_the_ladder_skips_nothing_that_matters() -> None:
    """A warning that is sent early is noted with its date, and the doors before it stay open."""
    talk = send(case(), "warning")
    assert {s.channel for s in talk.the_case.steps if s.outcome == "waiting"} == {"il-registered-letter"}
    assert "il-written-complaint" not in {s.channel for s in talk.the_case.steps}
    assert [due.on for due in talk.the_case.due] == [date(2026, 12, 6)]


def test_sending_keeps_what_else_is_awaited() -> None:
    """Asking for the recording does not stop the clock of the complaint."""
    first = send(case(), "complaint").the_case
    talk = send(first, "recording")
    assert [(d.what, d.on) for d in talk.the_case.due] == [
        ("il-written-complaint", date(2026, 12, 6)),
        ("il-email", date(2026, 12, 22)),
    ]


@pytest.mark.parametrize("letter", ["recap", "thanks"])
def test_letters_that_demand_nothing_wait_for_nothing(letter: str) -> None:
    """A summary and a good word are written into the log; no step is taken and nothing is due."""
    talk = send(case(), letter)
    assert talk.the_case.steps == ()
    assert talk.the_case.due == ()
    assert "asked_in_writing" not in talk.the_case.facts


def test_a_closed_case_waits_for_nothing() -> None:
    """A letter sent about a case that has ended is only noted."""
    talk = send(case(status="solved"), "complaint")
    assert talk.the_case.due == ()


def test_sent_twice_is_one_wait() -> None:
    """Telling the coach twice does not make two deadlines of the same letter."""
    talk = send(send(case(), "outside").the_case, "complaint")
    again = send(talk.the_case, "complaint")
    whats = [due.what for due in again.the_case.due]
    assert len(whats) == len(set(whats))


def test_no_case_no_letter() -> None:
    """Without a case every word of this feature has nothing to say, and nothing breaks."""
    book, _ = coach()
    session = Session("t:1", stack=(Frame("letters", "preview", {"letter": "complaint"}),))
    talk = Talk(book, VOCABULARY, session, Said(id="e", person="t:1", at=NOW, text=""), NOW, ())
    assert offered(talk) == []
    for name in VOCABULARY.values:
        if name.startswith("letter_") and name not in ("letter_by", "letter_date"):
            assert VOCABULARY.values[name](talk) is None, name
    for name in VOCABULARY.lists:
        if name.startswith("letter"):
            assert list(VOCABULARY.lists[name](talk)) == [], name
    for name in VOCABULARY.guards:
        if name.startswith("letter_") and name != "letter_wants":
            assert not VOCABULARY.guards[name](talk, "complaint"), name
