"""Which company a message is about: by its names, aliases and misspellings, in four languages.

A name that is also an everyday word ("partner", "yes", "כלל") counts only when the words around it treat it as a
company: "חברת פרטנר", "פרטנר חייבו אותי", "canceled Hot"; or when the message is hardly more than the name, as in an
answer to "which company?".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.knowledge import Company
from bot.language.understanding.matcher import Hit, Matcher
from bot.language.understanding.names import Mention, Names, Need
from bot.language.understanding.normalise import Token, bare, script, tokens
from bot.language.understanding.sectors import SectorWords
from bot.language.understanding.wordlists import phrases, read_lists, word_set

__all__ = ["Companies"]

_LISTS = (
    "named",
    "kin",
    "company",
    "service",
    "speech",
    "dealing",
    "between",
    "business",
    "thing",
    "article",
    "rival",
    "offers",
    "paid",
    "statement",
    "arrived",
    "mine",
    "travel",
)
_NAMED, _KIN, _COMPANY, _SERVICE, _SPEECH, _DEALING = (1 << n for n in range(6))
_BETWEEN, _BUSINESS, _OWNED, _ARTICLE, _RIVAL, _OFFERS, _PAID = (1 << n for n in range(6, 13))
_STATEMENT, _ARRIVED, _MINE, _TRAVEL = (1 << n for n in range(13, 17))
_ASIDE = _STATEMENT | _ARRIVED | _MINE | _TRAVEL
"""What does not tell whether a word is a deed of a company."""

_ENOUGH = 3
"""Evidence from which an everyday word is the company."""
_WINDOW = 3
"""Words between a name and the verb that it is the subject of."""
_STOPS = frozenset(".,;:!?\n()-/\"'…|")
_STRONG_STOPS = frozenset(".;:!?\n()…|")


@dataclass(frozen=True, slots=True)
class _View:
    """A message: its words, what each may be, what stands between them, and how they were typed."""

    texts: Sequence[str]
    tags: Sequence[int]
    gaps: Sequence[str]
    """What stands before each word; one more at the end."""
    capitals: Sequence[int]
    trades: Sequence[tuple[str, int, int]]

    def tag(self, at: int) -> int:
        return self.tags[at] if 0 <= at < len(self.tags) else 0

    def near(self, tag: int, first: int, last: int) -> bool:
        """Whether a word between two places may be this."""
        return any(found & tag for found in self.tags[max(0, first) : last])

    def stopped(self, at: int, stops: frozenset[str] = _STRONG_STOPS) -> bool:
        """Whether a sentence ends before the word at a place, or there is none."""
        return not 0 < at < len(self.texts) or not stops.isdisjoint(self.gaps[at])


class Companies:
    """The companies of one or more countries, by every way of writing them."""

    __slots__ = (
        "_adjectives",
        "_answer",
        "_interjections",
        "_matcher",
        "_names",
        "_people",
        "_places",
        "_sectors",
        "_sister",
        "_spoiling",
        "_spoilt",
        "_things",
        "_women",
    )

    def __init__(self, companies: Iterable[Company], sectors: SectorWords) -> None:
        lists = read_lists("names")
        self._sectors = sectors
        self._names = Names(companies, lists, word_set(read_lists("lookalikes")["words"]))
        self._matcher = Matcher(
            ((phrase, 1 << n) for n, name in enumerate(_LISTS) for phrase in phrases(lists[name])), folded=True
        )
        spoiling = phrases(lists["not"])
        self._spoiling = Matcher(((phrase, 0) for phrase in spoiling if " " in phrase), folded=True)
        self._spoilt = Matcher(((phrase, 0) for phrase in spoiling if " " not in phrase), folded=True, forms=_lightly)
        self._adjectives = word_set(lists["adjectives"])
        self._women = word_set(lists["women"])
        self._things = word_set(lists["things"])
        self._answer = frozenset(phrases(lists["answer"]))
        self._people = word_set(lists["people"])
        self._places = word_set(lists["places"])
        self._interjections = word_set(lists["interjections"])
        self._sister = frozenset(phrases(lists["sister"]))

    def find(self, folded: str, row: Sequence[Token], typed: str) -> str | None:
        """The id of the company that a message is about, or None.

        Args:
            folded: the message, folded.
            row: its words and numbers.
            typed: the message as it came; capitals matter.
        """
        mentions = self._names.mentions(row, folded)
        if not mentions:
            return None
        texts = [t.text for t in row]
        hits = self._matcher.find(texts)
        view = _View(texts, _tags(hits, len(texts)), _gaps(row, folded), _capitals(typed, texts), self._trades(texts))
        spoilt = [*self._spoiling.find(texts), *self._spoilt.find(texts)]
        ranked: list[tuple[int, Mention]] = []
        for mention in mentions:
            evidence = self._judge(mention, view, spoilt)
            if evidence is not None:
                ranked.append((evidence, mention))
        if not ranked:
            return None
        if all(
            _offers(m, view) or view.near(_RIVAL, m.first - 2, m.first) for _, m in ranked
        ):  # then an everyday word may be whom they are with
            ranked += [(_ENOUGH, m) for m in mentions if m.name.need and _with_them(m, view)]
        return self._sharpen(self._choose(ranked, view), view)

    def _trades(self, texts: Sequence[str]) -> list[tuple[str, int, int]]:
        return self._sectors.places(texts)

    def _judge(self, mention: Mention, view: _View, spoilt: Sequence[Hit]) -> int | None:
        """How much speaks for a mention's being the company; None if it is not."""
        if self._alone(mention, view):
            return 20
        name = mention.name
        evidence = self._evidence(mention, view)
        if any(_covers(h, mention) and not self._stronger(h, mention, view, evidence) for h in spoilt):
            return None
        named = bool(mention.first and view.tag(mention.first - 1) & _NAMED)
        if name.need == Need.NOTHING:
            return evidence - 5 * named
        if named or evidence < mention.near:
            return None
        if name.need == Need.CONTEXT or name.joined:
            return evidence if evidence >= _ENOUGH else None
        last_word = mention.last == len(view.texts) > mention.last - mention.first + 1
        if evidence == 0 and not last_word and not self._business(mention, view):
            return None
        return evidence

    def _stronger(self, hit: Hit, mention: Mention, view: _View, evidence: int) -> bool:
        """Whether the context outweighs a phrase that is not the company: "the yes rep", "called yes and waited"."""
        name = mention.name
        if hit.last > mention.last:
            dealt = not view.stopped(mention.first) and view.tag(mention.first - 1) & (_DEALING | _COMPANY)
            if dealt and view.texts[mention.last] in _FUNCTION:
                return evidence >= _ENOUGH
            own = any(t[0] in name.sectors for t in view.trades)
            return own and mention.first == 0 and evidence > _ENOUGH and name.key[0] not in self._interjections
        return hit.last == mention.last and script(name.key[0]) == "en" and self._compound(mention, view)

    def _compound(self, mention: Mention, view: _View) -> bool:
        """Whether the next word is a thing that companies have: "yes rep", "hot decoder"."""
        at = mention.last
        if view.stopped(at, _STOPS):
            return False
        own = any(t[0] in mention.name.sectors and t[1] == at for t in view.trades)
        return bool(view.tag(at) & _COMPANY) or own

    def _alone(self, mention: Mention, view: _View) -> bool:
        """Whether the message is hardly more than the name."""
        rest = (*view.texts[: mention.first], *view.texts[mention.last :])
        if len(rest) > 3 or mention.near:
            return False
        if mention.name.key[0] in self._interjections and script(mention.name.key[0]) == "en":
            return all(script(w) != "en" or w in _INTERJECTED for w in rest)
        return all(not self._answer.isdisjoint(bare(w)) for w in rest)

    def _business(self, mention: Mention, view: _View) -> bool:
        """Whether anything but the name speaks of business."""
        outside = (i for i in range(len(view.texts)) if not mention.first <= i < mention.last)
        signs = _BUSINESS | _SERVICE | _DEALING
        return any(view.tags[i] & signs for i in outside) or any(
            not mention.first <= first < mention.last for _, first, _ in view.trades
        )

    def _evidence(self, mention: Mention, view: _View) -> int:
        """What the words around a name say for and against its being the company."""
        name = mention.name
        key = name.key
        kind = script(key[0])
        person = len(key) == 1 and key[0] in self._people
        first, last = mention.first, mention.last
        before = 0 if view.stopped(first) else view.tag(first - 1)
        earlier = 0 if view.stopped(first) or view.stopped(first - 1) else view.tag(first - 2)
        link = not view.stopped(first) and view.texts[first - 1] in _LINKS
        capital = view.capitals[first] if first < len(view.capitals) else 0
        score = 0

        if mention.prefix.endswith("ה") and key[0][0] != "ה":
            score -= 6
        compound = self._compound(mention, view)
        if before & _ARTICLE and not capital and kind != "he" and not compound:
            score -= 5
        if not view.stopped(last) and view.tag(last) & _OWNED:
            score -= 5
        kin = person and before & _KIN and (not before & _COMPANY or view.texts[first - 1][0] == "ה")
        if kin:
            score -= 4
        adjective = key[0] in self._adjectives and not mention.prefix
        if (
            adjective
            and not view.stopped(first)
            and view.texts[first - 1][-1:] in ("ה", "ת")
            and view.texts[first - 1] not in _HAS_NAMES
        ):
            score -= 4
        elif (before & _COMPANY and not kin) or ((link or mention.prefix) and (earlier if link else before) & _COMPANY):
            score += 4
        elif link and view.texts[first - 1] in _OF and not person:
            score += 2
        if compound and kind in ("en", "ru"):
            score += 3

        if _with_them(mention, view):
            score += 2 + any(w.startswith("שנ") for w in view.texts[last : last + 3])
        if first and not view.stopped(first) and view.texts[first - 1] in _BEFORE_SUBJECT:
            score += 1
        score += self._subject(mention, view, person)
        dealing = before & _DEALING or (link and earlier & _DEALING)
        into = mention.prefix[-1:] in _INTO or link or kind in ("en", "ru")
        thing = key[0] in self._things or name.joined
        if mention.prefix[-1:] == "ב" and name.need == Need.CONTEXT and _clause(view, first) & _PAID:
            score -= 4
        elif dealing:
            score += (1 if person and not mention.prefix else 3) if into else 1
        elif not name.joined and mention.prefix[-1:] in ("ב", "ب") and _clause(view, first) & (_DEALING | _SERVICE):
            score += 2 + (thing and self._business(mention, view))
        elif link and kind in ("he", "") and not person and not thing:
            score += 2
        elif mention.prefix[-1:] in _INTO and key[0] not in self._things:
            score += 2 if mention.prefix[-1:] in ("ב", "ب") or not person else 1

        own = [t for t in view.trades if t[0] in name.sectors and not first <= t[1] < last]
        if any(first - 2 <= end - 1 < first or last <= start < last + 2 for _, start, end in own):
            score += 3
        elif own:
            score += 1
        elif key[0] in self._places and (_clause(view, first) & _TRAVEL or (link and view.texts[first - 1] == "in")):
            score -= 10
        usual = (key[0] not in self._interjections or mention.prefix != "") and not thing
        business = usual and self._business(mention, view)
        score += business
        edge = (first == 0 or last == len(view.texts)) and len(view.texts) > last - first
        if (edge or (view.stopped(first, _STOPS) and view.stopped(last, _STOPS))) and not person and (business or own):
            score += 2
        foreign = kind == "en" and _others(mention, view)
        if foreign or capital == 2:
            score += 3
        elif capital == 1 and not view.stopped(first) and not person:
            score += 2
        if _quoted(mention, view):
            score += 2
        return score

    def _subject(self, mention: Mention, view: _View, person: bool) -> int:
        """Whether the name does what companies do, in the words after it."""
        at = mention.last
        interjection = mention.name.key[0] in self._interjections
        thing = mention.name.key[0] in self._things
        if view.stopped(at, _STOPS):
            return 0
        for at in range(mention.last, min(mention.last + _WINDOW + 1, len(view.texts))):
            if at > mention.last and view.stopped(at):
                break
            tag = view.tags[at]
            word = view.texts[at]
            several = _plural(word) and (len(word) > 3 or bool(tag & (_SERVICE | _SPEECH)))
            begins = mention.first == 0 or mention.prefix or view.stopped(mention.first, _STOPS)
            begins = begins or view.texts[mention.first - 1] in _BEFORE_SUBJECT
            if interjection and script(word) == "en" and tag & (_SERVICE | _SPEECH):
                return 4 if self._third(view, at) else 0
            if tag & _SERVICE:
                if person and script(word) in ("he", "ar"):
                    feminine = script(word) == "he" and word[-1] in "תה" and mention.name.key[0] not in self._women
                    return 4 if several or feminine else 1
                return 4 if begins or not interjection else 2
            if tag & _SPEECH or (several and not tag & ~(_SPEECH | _ASIDE)):
                if script(word) in ("he", "ar"):
                    usual = tag & _SPEECH or (at <= mention.last + 1 and not (thing and word.endswith("ימ")))
                    return 3 if several and usual else 0 if person or not tag else 1
                return 0 if person else 3 if begins and not interjection else 2
            if not tag & _BETWEEN:
                break
        return 0

    @staticmethod
    def _third(view: _View, at: int) -> bool:
        """Whether an English verb is somebody else's deed: "yes, cancelled already" is the writer's own."""
        word = view.texts[at]
        if not word.endswith("ed") and word not in _PAST:
            return True
        return not _DONE_TO.isdisjoint(view.texts[at + 1 : at + 4])

    def _choose(self, ranked: Sequence[tuple[int, Mention]], view: _View) -> Mention:
        """Of several companies the one that the message is about."""
        if len({m.name.company for _, m in ranked}) == 1:
            return max(ranked, key=lambda item: item[0])[1]
        often = Counter(m.name.company for _, m in ranked)
        likely = [
            (self._part(evidence, mention, view) + 2 * often[mention.name.company], -mention.first, mention)
            for evidence, mention in ranked
        ]
        return max(likely, key=lambda item: item[:2])[2]

    def _part(self, evidence: int, mention: Mention, view: _View) -> int:
        """How likely a company is the one complained of, beside others: not who offers, nor how it was paid."""
        first, last = mention.first, mention.last
        score = min(evidence, 8) + 5 * _with_them(mention, view)
        score += 3 * bool(_clause(view, first) & _DEALING and mention.prefix[-1:] == "ב")
        if view.texts[first - 1] in _OF and any(t[2] == first - 1 for t in view.trades):
            score -= 4
        if view.near(_RIVAL, first - 4, first):
            score -= 5
        if _offers(mention, view):
            score -= 5
        if mention.name.sectors[0] in _INSTITUTIONS and not self._begins_as_subject(mention, view):
            score -= 4
        if mention.name.sectors[0] not in _MONEY:
            return score + 3 * view.near(_MINE, first - 3, first)
        if view.near(_PAID, first - 3, first):
            return score - 4
        if view.near(_ARRIVED, last, last + 4):
            return score - 5
        if self._subject(mention, view, person=False):
            return score + 3
        return score - 5 * view.near(_STATEMENT, first - 3, first)

    def _begins_as_subject(self, mention: Mention, view: _View) -> bool:
        """Whether the message begins with the name, and with what it did: "the post lost my parcel from Temu"."""
        return mention.first == 0 and not mention.prefix and bool(self._subject(mention, view, person=False))

    def _sharpen(self, mention: Mention, view: _View) -> str:
        """The company, or its sister when the message speaks of the sister's trade and not of its own."""
        name = mention.name
        found = {sector for sector, _, _ in view.trades}
        if not found or found & set(name.sectors):
            return name.company
        for other in self._names.longer(name.key):
            extra = other.key[len(name.key) :]
            if other.company != name.company and extra[0] in self._sister and found & set(other.sectors):
                return other.company
        return name.company


_OF = frozenset(("של", "تبع", "تاع", "שלהמ"))
_LINKS = _OF | frozenset(
    (
        "ב",
        "ל",
        "מ",
        "ש",
        "ה",
        "ו",
        "עמ",
        "את",
        "אצל",
        "מול",
        "נגד",
        "דרכ",
        "with",
        "at",
        "from",
        "by",
        "of",
        "to",
        "against",
        "via",
        "for",
        "on",
        "my",
        "the",
        "у",
        "в",
        "во",
        "от",
        "из",
        "с",
        "со",
        "через",
        "против",
        "к",
        "на",
        "مع",
        "من",
        "عند",
        "ضد",
        "عن",
        "ب",
        "ل",
        "على",
    )
)
_INTO = ("ב", "ל", "מ", "ב", "ل", "ب")
_WE = frozenset(("אני", "אנחנו", "אנו", "הייתי", "היינו"))
_TODAY = frozenset(("היומ", "כרגע", "כיומ", "עכשיו", "עדיינ", "כבר", "לקוח", "לקוחה", "מנוי", "מנויה"))
_BEFORE_SUBJECT = frozenset(
    (
        "does",
        "did",
        "doesnt",
        "didnt",
        "has",
        "hasnt",
        "why",
        "if",
        "when",
        "because",
        "that",
        "and",
        "but",
        "while",
        "since",
        "then",
        "now",
        "ש",
        "כי",
        "אז",
        "אבל",
        "למה",
        "ואז",
        "כש",
        "ועכשיו",
        "עכשיו",
        "ומאז",
        "что",
        "а",
        "и",
        "но",
        "почему",
        "теперь",
        "بس",
        "ليش",
        "انه",
        "لانه",
    )
)
"""Words after which a name is the subject."""
_FUNCTION = frozenset(
    ("and", "but", "or", "i", "they", "he", "she", "we", "it", "the", "my", "there", "this", "that", "in", "for")
)
_HAS_NAMES = frozenset(("קופת", "קופה", "חברת", "נציגת", "אפליקציית", "רופאת", "בקופת", "לקופת", "מקופת"))
"""Feminine words after which an adjective is a name."""
_INTERJECTED = frozenset(("with", "from", "at", "company", "the company"))
_PAST = frozenset(
    ("sent", "told", "took", "gave", "made", "said", "lost", "sold", "cut", "stole", "kept", "put", "froze")
)
_DONE_TO = frozenset(("me", "us", "my", "our"))
_MONEY = frozenset(("banks", "credit-cards"))
"""With these people pay others, and see in their apps whether a refund has come."""
_INSTITUTIONS = frozenset(("government-office", "national-insurance", "post-parcels"))
_NOT_PLURAL = frozenset(
    (
        "שלו",
        "אליו",
        "אותו",
        "עכשיו",
        "אצלו",
        "כמו",
        "איתו",
        "עליו",
        "ממנו",
        "שלנו",
        "אותנו",
        "לנו",
        "אצלנו",
        "אנחנו",
        "ילדימ",
        "שקלימ",
        "אנשימ",
        "פעמימ",
        "שוב",
        "איתנו",
        "מאיתנו",
        "אלינו",
        "עלינו",
        "יומימ",
        "חודשימ",
        "שנימ",
        "ימימ",
        "אפילו",
        "לפעמימ",
        "שו",
        "هو",
        "شو",
        "لو",
        "او",
        "שעתימ",
        "חודשיימ",
    )
)


def _offers(mention: Mention, view: _View) -> bool:
    """Whether a company makes an offer, in the words after its name."""
    return view.near(_OFFERS, mention.last, mention.last + 2)


def _with_them(mention: Mention, view: _View) -> bool:
    """Whether somebody says that they are with a company: "אני בסלקום", "אני היום בסלקום"."""
    at = mention.first - 1
    if at > 0 and view.texts[at] in _TODAY:
        at -= 1
    return mention.prefix.endswith("ב") and at >= 0 and not _WE.isdisjoint(_lightly(view.texts[at]))


def _clause(view: _View, at: int) -> int:
    """What the words before a place in its clause may be."""
    found = 0
    while at > 0 and view.stopped(at) is False:
        at -= 1
        found |= view.tags[at]
    return found


def _covers(hit: Hit, mention: Mention) -> bool:
    """Whether a phrase that is not the company covers a mention: more than it, or all of a single word."""
    overlap = hit.first < mention.last and mention.first < hit.last
    return overlap and (len(mention.name.key) == 1 or hit.last - hit.first > mention.last - mention.first)


def _lightly(word: str) -> tuple[str, ...]:
    """A Hebrew word without "and" and "that", which do not change what it is."""
    if len(word) > 3 and word[0] in "וש":
        return (word, word[1:])
    return (word, word[2:]) if len(word) > 4 and word.startswith("כש") else (word,)


def _plural(word: str) -> bool:
    """Whether a Hebrew or Arabic word looks like a verb of several."""
    kind = script(word)
    if word in _NOT_PLURAL or len(word) < 3:
        return False
    if kind == "he":
        return word.endswith(("ו", "ימ"))
    return kind == "ar" and word.endswith(("وا", "و", "وني", "ولي", "ونا", "ين", "ولنا"))


def _tags(hits: Sequence[Hit], count: int) -> list[int]:
    tags = [0] * count
    for hit in hits:
        for at in range(hit.first, hit.last):
            tags[at] |= hit.label
    return tags


def _gaps(row: Sequence[Token], folded: str) -> list[str]:
    edges = [0, *(t.end for t in row)]
    return [folded[a:b] for a, b in zip(edges, [*(t.start for t in row), len(folded)], strict=True)]


def _others(mention: Mention, view: _View) -> bool:
    """A name in Latin letters within a message in other letters."""
    kinds = [script(w) for i, w in enumerate(view.texts) if not mention.first <= i < mention.last and w.isalpha()]
    return len(kinds) >= 2 and kinds.count("en") * 3 <= len(kinds)


def _quoted(mention: Mention, view: _View) -> bool:
    before, after = view.gaps[mention.first], view.gaps[mention.last]
    return before[-1:] in ("'", '"') and after[:1] in ("'", '"')


def _capitals(typed: str, texts: Sequence[str]) -> list[int]:
    """For each word, as it was typed: 0 small, 1 capitalised, 2 all capitals among small ones."""
    if typed.islower():
        return [0] * len(texts)
    raw = [t.text for t in tokens(typed) if t.is_word or t.is_number]
    if len(raw) != len(texts):
        return [0] * len(texts)
    if not any(w.islower() for w in raw):
        return [0] * len(texts)
    return [2 if len(w) > 1 and w.isupper() else int(w[:1].isupper()) for w in raw]
