"""A small lexical search over the rights: titles weigh more than claims, rare words more than common ones."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from bot.language.understanding.normalise import bare, script, words

__all__ = ["RightsIndex"]

_STOP = frozenset(
    words(
        """של את עם על אל לא כן או גם רק זה זו הם הן אני אתה מה מי איך למה אם כי יש אין לי שלי אותי לך היה the a an of to in on for and or is are was i my me you it
        not no do can with from by at be what how if they their them your и в на с по не я мне мой мои меня что как у за от к из это ли по для بـ من في على ما
        هل لا انا الي لي عن مع شو كيف هو هي هذا هذه زכות זכויות הזכות חוק rights right law права право حق حقوق قانون"""
    )
)
_MIN = 0.34
"""What part of the query's weight must be found."""


class RightsIndex:
    """The rights of one country in one language."""

    __slots__ = ("_postings", "_weights")

    def __init__(self, rights: Iterable[tuple[str, str, str]]) -> None:
        """``rights``: id, title, claim."""
        self._postings: dict[str, dict[str, float]] = {}
        count = 0
        for right, title, claim in rights:
            count += 1
            for text, weight in ((title, 3.0), (claim, 1.0)):
                for stem in {s for w in words(text) for s in _stems(w)}:
                    shelf = self._postings.setdefault(stem, {})
                    shelf[right] = max(shelf.get(right, 0.0), weight)
        self._weights = {s: math.log(1 + count / len(shelf)) for s, shelf in self._postings.items()}

    def find(self, text: str) -> list[str]:
        """The ids of the rights that a few words are about, the best first; empty when nothing fits well."""
        query = [w for w in dict.fromkeys(words(text)) if w not in _STOP and len(w) > 1][:30]
        if not query:
            return []
        scores: dict[str, float] = {}
        covered: dict[str, float] = {}
        total = 0.0
        for word in query:
            best: dict[str, float] = {}
            weight = 0.0
            for stem in _stems(word):
                for right, value in self._postings.get(stem, {}).items():
                    best[right] = max(best.get(right, 0.0), value * self._weights[stem])
                weight = max(weight, self._weights.get(stem, 0.0))
            total += weight or 2.0
            for right, value in best.items():
                scores[right] = scores.get(right, 0.0) + value
                covered[right] = covered.get(right, 0.0) + (weight or 2.0)
        good = [r for r in scores if covered[r] >= _MIN * total]
        if not good:
            return []
        good.sort(key=lambda r: (-scores[r], r))
        return [r for r in good if scores[r] >= 0.35 * scores[good[0]]]


def _stems(word: str) -> Sequence[str]:
    """Rough stems: without particles, and without the usual endings."""
    kind = script(word)
    found = dict.fromkeys(form for form in bare(word) if len(form) > 2 or form == word)
    for form in list(found):
        for ending in _ENDINGS.get(kind, ()):
            if form.endswith(ending) and len(form) - len(ending) >= 3:
                found[form[: -len(ending)]] = None
        if kind == "ru" and len(form) > 5:
            found[form[:5]] = None
    return list(found)


_ENDINGS = {
    "he": ("ימ", "ות", "ה", "י", "ת"),
    "en": ("s", "es", "ed", "ing", "al", "ment", "ly"),
    "ar": ("ات", "ين", "ون", "ه", "ي"),
    "ru": (),
}
