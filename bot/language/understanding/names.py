"""The names of companies, and where a message mentions one: exactly, run together, cut apart, inflected or misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from bot.core.knowledge import Company
from bot.language.understanding.normalise import Token, bare, script, words
from bot.language.understanding.spelling import Speller, skeleton
from bot.language.understanding.wordlists import phrases, word_set

__all__ = ["Mention", "Name", "Names", "Need"]


class Need(IntEnum):
    """What a name needs around it to count as the company."""

    NOTHING = 0
    BUSINESS = 1
    """A sign of business anywhere in the message."""
    CONTEXT = 2
    """Something beside it that treats it as a company."""


@dataclass(frozen=True, slots=True)
class Name:
    """One way of naming a company, word by word."""

    company: str
    sectors: tuple[str, ...]
    key: tuple[str, ...]
    need: Need
    joined: bool = False
    """A single word without its article: only after a particle that swallows the article."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a message, and the words it covers (from ``first`` up to, not including, ``last``)."""

    name: Name
    first: int
    last: int
    prefix: str
    """The particles written together with its first word."""
    near: bool
    """Misspelt."""


_LONG_ENOUGH = 5
"""Letters from which a name is found when misspelt, cut apart or run together."""
_PIECES = 4
"""Words that a name may be cut into."""
_RUSSIAN_ENDINGS = (
    "ами",
    "ями",
    "ом",
    "ем",
    "ой",
    "ей",
    "ою",
    "ах",
    "ях",
    "ов",
    "а",
    "у",
    "е",
    "ы",
    "и",
    "я",
    "ю",
    "й",
    "ь",
)
_PARENTHESES = re.compile(r"\(([^()]*)\)")


class Names:
    """Finds mentions."""

    __slots__ = ("_by_first", "_glued", "_heads", "_lookalikes", "_seen", "_single", "_speller", "_words")

    def __init__(self, companies: Iterable[Company], lists: Mapping[str, str], lookalikes: frozenset[str]) -> None:
        """``lists``: ``words/names.yaml``; ``lookalikes``: words that are near a name but are words of their own."""
        self._lookalikes = lookalikes
        needs = _Needs(lists)
        table: dict[tuple[str, ...], Name] = {}
        for company in companies:
            sectors = (company.sector, *company.sells)
            for spelling in _spellings(company):
                key = tuple(words(spelling))
                if not key:
                    continue
                name = Name(company.id, sectors, key, needs.of(key, company.ambiguous))
                known = table.get(key)
                if known is None or name.need < known.need:
                    table[key] = name
        self._single: dict[str, Name] = {}
        self._by_first: dict[str, list[tuple[tuple[str, ...], Name]]] = {}
        self._glued: dict[str, Name] = {}
        for key, name in table.items():
            self._file(name)
            glued = "".join(key)
            if len(glued) >= _LONG_ENOUGH - (name.need == Need.NOTHING) and not glued.isdigit():
                self._glued.setdefault(glued, name)
        self._heads = {glued[:end] for glued in self._glued for end in range(2, len(glued))}
        """What a name may be cut apart after."""
        for rows in self._by_first.values():
            rows.sort(key=lambda row: -len(row[0]))
        self._speller = Speller(w for w, n in self._glued.items() if n.need != Need.CONTEXT)
        self._words = Speller({w for k in table if len(k) > 1 for w in k if len(w) >= _LONG_ENOUGH})
        self._seen: dict[str, tuple[tuple[str, str, Name], ...]] = {}

    def _file(self, name: Name) -> None:
        first, rest = name.key[0], tuple(_loose(w) for w in name.key[1:])
        short = _loose(first)
        if rest:
            for head in {first, short}:
                self._by_first.setdefault(head, []).append((rest, name))
            return
        self._single[first] = name
        if script(first) == "ru" and len(first) > 4 and first[-1] in "аяьй":
            self._single.setdefault(first[:-1], name)
        if short != first and script(first) == "he" and len(short) > 3:
            self._single.setdefault(short, Name(name.company, name.sectors, name.key, name.need, joined=True))

    def longer(self, key: tuple[str, ...]) -> list[Name]:
        """The names that begin with a name and go on."""
        rest = tuple(_loose(w) for w in key[1:])
        return [n for tail, n in self._by_first.get(key[0], ()) if tail[: len(rest)] == rest and len(tail) > len(rest)]

    def mentions(self, row: Sequence[Token], folded: str) -> list[Mention]:
        """The mentions in a message, from left to right; where they overlap, the exact and longer ones."""
        found: list[tuple[int, Mention]] = []
        texts = [t.text for t in row]
        for at in range(len(texts)):
            found += self._at(texts, at, _possessive(row[at], folded))
        found.sort(key=lambda item: (item[1].near, -item[0], item[1].first))
        taken: set[int] = set()
        kept = []
        for _, mention in found:
            span = range(mention.first, mention.last)
            if taken.isdisjoint(span):
                taken.update(span)
                kept.append(mention)
        return sorted(kept, key=lambda m: m.first)

    def _at(self, texts: Sequence[str], at: int, possessive: bool) -> list[tuple[int, Mention]]:
        word = texts[at]
        found: list[tuple[int, Mention]] = []
        forms = _forms(word, possessive)
        for form in forms:
            prefix = word[: len(word) - len(form)] if word.endswith(form) else ""
            single = self._single.get(form)
            if single is not None and _fits(single, form, word, prefix):
                found.append((len(form), Mention(single, at, at + 1, prefix, near=False)))
            for rest, name in self._by_first.get(form, ()):
                last = at + 1 + len(rest)
                if last <= len(texts) and all(_same(k, texts[at + 1 + i]) for i, k in enumerate(rest)):
                    found.append((len(form) + sum(map(len, rest)), Mention(name, at, last, prefix, near=False)))
                    break
        if not found:
            found = self._together(texts, at, forms) or self._misspelt(texts, at, forms)
        return found

    def _together(self, texts: Sequence[str], at: int, forms: Sequence[str]) -> list[tuple[int, Mention]]:
        """Names whose words were run together or cut apart."""
        tail = ""
        heads = [form for form in forms if form in self._heads]
        for width in range(1, min(_PIECES, len(texts) - at) + 1):
            if width > 1:
                tail += texts[at + width - 1]
            for form in forms if width == 1 else heads:
                name = self._glued.get(form + tail)
                if name is None or (name.need == Need.CONTEXT and width != len(name.key)):
                    continue
                prefix = texts[at][: len(texts[at]) - len(form)] if texts[at].endswith(form) else ""
                return [(len(form + tail), Mention(name, at, at + width, prefix, near=False))]
        return []

    def _misspelt(self, texts: Sequence[str], at: int, forms: Sequence[str]) -> list[tuple[int, Mention]]:
        """Names that are a letter off, or whose words are."""
        word = texts[at]
        for prefix, form, name in self._near(word, forms):
            return [(len(form), Mention(name, at, at + 1, prefix, near=True))]
        best: tuple[int, Mention] | None = None
        for form in forms:
            heads = [form] if form in self._by_first else []
            if len(form) >= _LONG_ENOUGH and form not in self._lookalikes:
                heads += [k for k in self._words.near(form) if k in self._by_first and k not in heads]
            for head in heads:
                for rest, name in self._by_first[head]:
                    last = at + 1 + len(rest)
                    if last > len(texts) or name.need == Need.CONTEXT:
                        continue
                    if all(self._alike(k, texts[at + 1 + i]) for i, k in enumerate(rest)):
                        prefix = word[: len(word) - len(form)] if word.endswith(form) else ""
                        size = len(form) + sum(map(len, rest))
                        if size >= _LONG_ENOUGH + 2 and (best is None or size > best[0]):
                            best = size, Mention(name, at, last, prefix, near=True)
        return [best] if best else []

    def _alike(self, known: str, word: str) -> bool:
        """Whether a word of a name was meant, perhaps misspelt."""
        if _same(known, word):
            return True
        if len(known) < _LONG_ENOUGH - 1 or word in self._lookalikes or word.isdigit():
            return False
        return any(_loose(near) == known for near in self._words.near(_loose(word)))

    def _near(self, word: str, forms: Sequence[str]) -> tuple[tuple[str, str, Name], ...]:
        known = self._seen.get(word)
        if known is not None:
            return known
        found: tuple[tuple[str, str, Name], ...] = ()
        for form in forms:
            if len(form) < _LONG_ENOUGH - (form == word) or not form.isalpha():
                continue
            if form in self._lookalikes:
                break
            for spelling in self._speller.near(form):
                name = self._glued[spelling]
                if form != word and len(spelling) <= _LONG_ENOUGH and skeleton(form) != skeleton(spelling):
                    continue
                prefix = word[: len(word) - len(form)] if word.endswith(form) else ""
                found = ((prefix, form, name),)
                break
            if found:
                break
        if len(self._seen) > 4096:
            self._seen.clear()
        self._seen[word] = found
        return found


class _Needs:
    """How much each name needs around it, by the word lists."""

    def __init__(self, lists: Mapping[str, str]) -> None:
        self._plain = word_set(lists["plain"])
        self._everyday = word_set(lists["everyday"])
        self._hint = word_set(lists["hint"])
        self._phrases = {"".join(words(p)) for p in phrases(lists["everyday phrases"])}

    def of(self, key: tuple[str, ...], ambiguous: bool) -> Need:
        word = "".join(key)
        if word in self._phrases or word in self._everyday:
            return Need.CONTEXT
        if word in self._hint:
            return Need.BUSINESS
        return Need.BUSINESS if ambiguous and len(key) == 1 and word not in self._plain else Need.NOTHING


def _spellings(company: Company) -> Iterable[str]:
    """Every way the knowledge writes a company; of "Unlimited (IBC)" the parts, too."""
    for spelling in (
        *company.name.values(),
        *(alias for row in company.aliases.values() for alias in row),
        *company.misspellings,
    ):
        inner = _PARENTHESES.search(spelling)
        if inner is None:
            yield spelling
            continue
        yield _PARENTHESES.sub(" ", spelling)
        former = inner[1].removeprefix("formerly ")
        if former != inner[1] or len(former.split()) == 1:
            yield former


def _loose(word: str) -> str:
    """A word without its article."""
    if len(word) > 3 and word[0] == "ה":
        return word[1:]
    return word[2:] if len(word) > 4 and word.startswith("ال") else word


def _same(known: str, word: str) -> bool:
    """Whether a later word of a name is this word, but for its article or its Russian ending."""
    if known == word or known == _loose(word):
        return True
    return len(known) > 4 and script(known) == "ru" and word.startswith(known[:-2]) and len(word) <= len(known) + 2


@lru_cache(maxsize=4096)
def _forms(word: str, possessive: bool) -> Sequence[str]:
    """A word, and what is left of it without particles and endings."""
    kind = script(word)
    if kind == "en":
        return [word, word[:-1]] if possessive else [word]
    if kind == "ru":
        return [word, *(word[: -len(e)] for e in _RUSSIAN_ENDINGS if word.endswith(e) and len(word) - len(e) > 2)]
    forms = list(bare(word))
    if kind == "he" and not all("א" <= c <= "ת" for c in word):  # ``בhot``
        foreign = next((i for i, c in enumerate(word) if c.isascii()), 0)
        if 0 < foreign <= 3:
            forms.append(word[foreign:])
    return forms


def _possessive(token: Token, folded: str) -> bool:
    return token.text.endswith("s") and folded[token.end - 2 : token.end] == "'s"


def _fits(name: Name, form: str, word: str, prefix: str) -> bool:
    """Whether what is left of a word may be the name: of short names only the likelier particles and endings come off."""
    if name.joined:
        return prefix[-1:] in ("ב", "ל") and bool(prefix)
    if form == word:
        return len(form) > 1
    if script(word) == "he":
        return len(form) > 2 or (len(form) > 1 and (name.need == Need.NOTHING or prefix[-1:] in ("ב", "ל", "מ")))
    return len(form) > 3 or script(word) != "ru"
