"""The kind of business that a message is about, by the words of each trade."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from bot.language.understanding.matcher import Matcher
from bot.language.understanding.normalise import bare
from bot.language.understanding.spelling import Speller
from bot.language.understanding.wordlists import phrases, read_lists, word_set

__all__ = ["SectorWords"]

_WEAKER = {"retail": 1, "non-bank-credit": 1, "fraud-scam": 2, "privacy-spam": 2}
"""What weighs less than the trade it is found beside: "the shop" says less than "the fridge"."""

_LONG_ENOUGH = 6
"""Letters from which a misspelt word of a trade is recognised."""

_Place = tuple[str, int, int]


class _Swap(NamedTuple):
    """Words of a trade that mean another trade when there are certain others in the message."""

    sector: str
    words: str
    beside: str
    instead: str


_SWAPS = (
    _Swap("telecom-internet-landline", "online", "bought", "e-commerce-israel"),
    _Swap("telecom-tv", "set", "repair", "appliances-technicians"),
    _Swap("health-fund", "till", "shop", "retail"),
)
"""A robot bought on the internet, a television at the lab, a till in a shop."""
_NOTHING = -1
"""The label of phrases that speak of no trade."""
_PAID_BY = ("credit-cards", "banks", "fraud-scam")
"""What a message may be about in which a stranger paid; all others are what he bought."""


class SectorWords:
    """Finds the trades that a row of words speaks of."""

    __slots__ = ("_long", "_lookalikes", "_matcher", "_misspelt", "_sectors", "_signs", "_speller")

    def __init__(self, known: Collection[str]) -> None:
        lists = read_lists("sectors")
        self._sectors = [sector for sector in lists if sector in known]
        patterns = [(phrase, n) for n, sector in enumerate(self._sectors) for phrase in phrases(lists[sector])]
        signs = {name: phrases(text) for name, text in read_lists("sector_signs").items()}
        nothing = [(phrase, _NOTHING) for phrase in signs.pop("nothing")]
        self._signs = {name: Matcher(((phrase, 0) for phrase in listed), folded=True) for name, listed in signs.items()}
        self._matcher = Matcher([*patterns, *nothing], folded=True)
        self._long = {
            word: self._sectors[n] for phrase, n in patterns if len(word := phrase.rstrip("*")) >= _LONG_ENOUGH
        }
        self._speller = Speller(word for word in self._long if word.isalpha())
        self._lookalikes = word_set(read_lists("lookalikes")["trades"])
        self._misspelt: dict[str, str | None] = {}

    def places(self, row: Sequence[str]) -> list[_Place]:
        """Each phrase of a trade: its sector, and the words it covers; none within a longer one."""
        hits = self._matcher.find(row)
        found = [
            (self._sectors[h.label], h.first, h.last)
            for h in hits
            if h.label != _NOTHING
            and not any(o.first <= h.first and h.last <= o.last and o.last - o.first > h.last - h.first for o in hits)
        ]
        covered = {at for h in hits for at in range(h.first, h.last)}
        for at, word in enumerate(row):
            if len(word) >= _LONG_ENOUGH and at not in covered:
                sector = self._near(word)
                if sector is not None:
                    found.append((sector, at, at + 1))
        return self._in_context(found, row) if found else found

    def _in_context(self, found: list[_Place], row: Sequence[str]) -> list[_Place]:
        """The same places, with what the rest of the message makes of them."""
        seen: dict[str, set[int]] = {}
        for swap in _SWAPS:
            if any(sector == swap.sector for sector, _, _ in found):
                found = self._swapped(found, swap, row, seen)
        cards = self._at("card", row, seen)
        if cards and any(sector not in _PAID_BY for sector, _, _ in found) and self._at("stranger", row, seen):
            at = min(cards)
            found = [place for place in found if place[0] in _PAID_BY] or [("credit-cards", at, at + 1)]
        return found

    def _swapped(self, found: list[_Place], swap: _Swap, row: Sequence[str], seen: dict[str, set[int]]) -> list[_Place]:
        mine = [place for place in found if place[0] == swap.sector]
        words = self._at(swap.words, row, seen)
        if not all(words.issuperset(range(first, last)) for _, first, last in mine):
            return found
        if not self._at(swap.beside, row, seen) - words:
            return found
        return [(swap.instead, *place[1:]) if place in mine else place for place in found]

    def _at(self, sign: str, row: Sequence[str], seen: dict[str, set[int]]) -> set[int]:
        """The places of the words of a sign."""
        known = seen.get(sign)
        if known is None:
            known = seen[sign] = {at for h in self._signs[sign].find(row) for at in range(h.first, h.last)}
        return known

    def _near(self, word: str) -> str | None:
        """The trade of which a word is a misspelt one."""
        if word in self._misspelt:
            return self._misspelt[word]
        sector = None
        for form in bare(word):
            if form in self._lookalikes:
                break
            near = self._speller.near(form) if len(form) >= _LONG_ENOUGH and form.isalpha() else []
            if near:
                sector = self._long[near[0]]
                break
        if len(self._misspelt) > 4096:
            self._misspelt.clear()
        self._misspelt[word] = sector
        return sector

    def weights(self, places: Sequence[_Place]) -> dict[str, int]:
        """Sector -> how strongly the phrases speak of it: longer phrases count for more."""
        found: dict[str, int] = {}
        for sector, first, last in dict.fromkeys(places):
            found[sector] = found.get(sector, 0) + 4 * (last - first) - _WEAKER.get(sector, 0)
        return found

    def all(self, row: Sequence[str]) -> dict[str, int]:
        """Sector -> how strongly the words speak of it."""
        return self.weights(self.places(row))

    def best(self, row: Sequence[str]) -> str | None:
        """The sector that the words speak of most; None if none, or if two are as strong."""
        found = sorted(self.all(row).items(), key=lambda item: -item[1])
        if not found or (len(found) > 1 and found[0][1] == found[1][1]):
            return None
        return found[0][0]
