"""The trained recogniser of objections and problems: a linear model over letters, words, concepts and meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.core.reading import Guess, Recognised
from bot.language.understanding.arrays import read_arrays
from bot.language.understanding.features import BLOCKS, Features, Floats, Hashes, Views, features

__all__ = [
    "MODEL",
    "NONE",
    "Block",
    "Evidence",
    "Judge",
    "Recogniser",
    "counted",
    "read_recogniser",
    "signals",
    "trained_on",
]

MODEL = Path(__file__).with_name("model.npz")
NONE = "none"
GUESSES = 5
ENTROPY_SHARPNESS = 3.0


@dataclass(frozen=True, slots=True)
class Block:
    """What was learnt about one kind of feature: their hashes, how rare they are, and what they speak for."""

    keys: Hashes
    rarity: Floats
    weights: npt.NDArray[np.int8]
    scale: Floats

    def score(self, keys: Hashes, counts: Floats) -> tuple[Floats | None, float]:
        """What features that occur so often say for each id (None when none of them is known), and the share known."""
        if not len(self.keys) or not len(keys):
            return None, 0.0
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[places] == keys
        places = places[known]
        values = counts[known] * self.rarity[places]
        size = float(np.sqrt(values @ values))
        if not size:
            return None, 0.0
        values = values * self.scale[places] / np.float32(size)
        scores: Floats = values @ self.weights[places].astype(np.float32)
        return scores, len(places) / len(keys)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is said for each id, a row a message.

    ``parts``: messages x (letters, words, concepts, vector, bias) x ids. ``known``: for each message the shares of
    letters and of words known from training, and the numbers of its concepts and of its words.
    """

    parts: Floats
    known: Floats

    @property
    def scores(self) -> Floats:
        """The score of each id, a row a message."""
        total: Floats = self.parts.sum(axis=1)
        return total


class Recogniser:
    """Says which id a message means. Built from the arrays of one task in the model's file."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]], seen: Features) -> None:
        self._seen = seen
        self.ids = tuple(str(name) for name in arrays["ids"])
        self._blocks = tuple(
            Block(
                arrays[f"{name}_keys"],
                arrays[f"{name}_rarity"].astype(np.float32),
                arrays[f"{name}_weights"],
                arrays[f"{name}_scale"].astype(np.float32),
            )
            for name in BLOCKS
        )
        self._mean = arrays["vector_mean"].astype(np.float32)
        self._vector = arrays["vector_weights"].astype(np.float32)
        self._bias = arrays["bias"].astype(np.float32)
        self.unknown: list[int] = []
        self._sharpness = float(arrays["sharpness"])
        self._judge = Judge(*(arrays[f"judge_{name}"].astype(np.float64) for name in ("right", "none", "limits")))

    def among(self, ids: Iterable[str]) -> Recogniser:
        """The same recogniser, which only answers with these ids."""
        known = {*ids, NONE}
        other = copy(self)
        other.unknown = [place for place, name in enumerate(self.ids) if name not in known]
        return other

    def evidence(self, views: Views) -> Evidence:
        """What one message says for each id, in the order of ``ids``."""
        parts = np.zeros((1, len(self._blocks) + 2, len(self.ids)), np.float32)
        shares = []
        for place, (block, (keys, counts)) in enumerate(zip(self._blocks, views.blocks, strict=True)):
            part, share = block.score(keys, counts)
            shares.append(share)
            if part is not None:
                parts[0, place] = part
        shifted = views.vector - self._mean
        size = float(np.sqrt(shifted @ shifted))
        parts[0, -2] = shifted @ self._vector / np.float32(size or 1.0)
        parts[0, -1] = self._bias
        parts[0, -1, self.unknown] = -np.inf
        return Evidence(parts, np.array([[*shares[:2], *counted(views)]], np.float32))

    def recognise(self, text: str) -> Recognised:
        """The likeliest ids and what to do with them: act, ask, or admit that it is none."""
        views = self._seen(text)
        if not len(views.blocks[1][0]):
            return Recognised()
        evidence = self.evidence(views)
        scores = evidence.scores[0]
        signs = signals(evidence, self.ids.index(NONE))
        likely = np.exp((scores - scores.max()) * self._sharpness)
        likely /= likely.sum()
        order = [i for i in np.argsort(-likely, kind="stable") if self.ids[i] != NONE and likely[i] > 0]
        guesses = tuple(Guess(self.ids[i], round(float(likely[i]), 4)) for i in order[:GUESSES])
        return Recognised(("none", "ask", "sure")[int(self._judge(signs)[0])], guesses)


def counted(views: Views) -> tuple[int, int]:
    """How many concepts and how many words a message has."""
    return len(views.blocks[2][0]), views.size


def signals(evidence: Evidence, none: int) -> npt.NDArray[np.float64]:
    """What tells whether the best id is right, a row a message.

    Its score, its lead over the second and the third, how the ids share what is said; for each kind of feature its
    lead over all others and what is said for none, and how many kinds agree; how much of the message is known, and
    how long it is. Kinds that disagree, and words never seen, are what best betrays a wrong guess. Short messages are
    more often none, but not those of which the scores are clear: hence how far it leads, weighed by how short it is.
    """
    rows = np.arange(len(evidence.parts))
    every = evidence.scores.astype(np.float64)
    real = np.delete(every, none, axis=1)
    order = np.argsort(-real, axis=1, kind="stable")
    first, second, third = (real[rows, order[:, place]] for place in range(3))
    nothing = every[:, none]
    shares = np.exp((real - first[:, None]) * ENTROPY_SHARPNESS)
    shares /= shares.sum(axis=1, keepdims=True)
    lead, spread = np.minimum(first - second, 3.0), -(shares * np.log(shares + 1e-9)).sum(axis=1)
    columns = [first, lead, np.minimum(first - third, 3.0), nothing, first - nothing, spread]
    agreeing = np.zeros(len(rows))
    for kind in range(evidence.parts.shape[1] - 1):
        said = np.delete(evidence.parts[:, kind], none, axis=1).astype(np.float64)
        mine = said[rows, order[:, 0]]
        said[rows, order[:, 0]] = -np.inf
        ahead = mine - said.max(axis=1)
        agreeing += ahead >= 0
        columns += [ahead, evidence.parts[:, kind, none].astype(np.float64)]
    letters, words, concepts, size = evidence.known.astype(np.float64).T
    short = 1 / (1 + size)
    columns += [agreeing, np.log1p(size), short, letters, words, np.minimum(concepts, 8), concepts == 0]
    columns += [short * sign for sign in (first - nothing, lead, spread, agreeing)]
    return np.column_stack(columns)


@dataclass(frozen=True, slots=True)
class Judge:
    """Weighs signals: how sure that the first guess is right, and that it is none; and from where on to say so."""

    right: npt.NDArray[np.float64]
    none: npt.NDArray[np.float64]
    limits: npt.NDArray[np.float64]

    def __call__(self, signs: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        """For each row 0 (none), 1 (ask) or 2 (sure)."""
        right, none = (signs @ w[:-1] + w[-1] for w in (self.right, self.none))
        sure, refuse = self.limits
        return np.where(none > refuse, 0, np.where(right > sure, 2, 1))


@lru_cache(maxsize=4)
def read_recogniser(task: str, path: Path = MODEL) -> Recogniser:
    """The recogniser of a task (``objection`` or ``triage``) from the model's file."""
    return Recogniser(read_arrays(path, f"{task}."), features())


def trained_on(path: Path = MODEL) -> str:
    """The hash of the phrases, lexicon and vectors that a model was trained on."""
    with np.load(path) as file:
        return str(file["trained_on"])
