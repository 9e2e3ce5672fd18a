"""A plain recogniser by shared letters: what answers until there is a trained model."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from bot.core.reading import Guess, Recognised
from bot.language.understanding.normalise import words

__all__ = ["Lexical"]


class Lexical:
    """Scores every id by the triples of letters that its texts share with a message."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        rows = [(i, _grams(t)) for i, t in dict.fromkeys(texts)]
        seen = Counter(g for _, row in rows for g in row)
        self._weights = {g: math.log(1 + len(rows) / n) for g, n in seen.items()}
        self._rows = [(i, row, math.sqrt(sum(self._weights[g] ** 2 for g in row)) or 1.0) for i, row in rows]

    def recognise(self, text: str) -> Recognised:
        """The three likeliest ids, to be offered; none when hardly anything is shared."""
        query = _grams(text)
        size = math.sqrt(sum(self._weights.get(g, 1.0) ** 2 for g in query)) or 1.0
        scores: dict[str, float] = {}
        for row_id, row, length in self._rows:
            score = sum(self._weights[g] ** 2 for g in query & row) / (size * length)
            scores[row_id] = max(scores.get(row_id, 0.0), score)
        best = sorted(scores, key=lambda i: -scores[i])[:3]
        guesses = tuple(Guess(i, round(scores[i], 4)) for i in best if scores[i] > 0)
        if not guesses or guesses[0].score < 0.15:
            return Recognised("none", guesses)
        return Recognised("sure" if guesses[0].score > 0.75 else "ask", guesses)


def _grams(text: str) -> set[str]:
    joined = f" {' '.join(words(text))} "
    return {joined[i : i + 3] for i in range(len(joined) - 2)}
