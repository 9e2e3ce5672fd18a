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
from bot.language.understanding.features import BLOCKS, Features, Floats, Hashes, Views, features

__all__ = ["MODEL", "NONE", "Block", "Judge", "Recogniser", "read_recogniser", "signals", "trained_on"]

MODEL = Path(__file__).with_name("model.npz")
NONE = "none"
GUESSES = 5


@dataclass(frozen=True, slots=True)
class Block:
    """What was learnt about one kind of feature: their hashes, how rare they are, and what they speak for."""

    keys: Hashes
    rarity: Floats
    weights: npt.NDArray[np.int8]
    scale: Floats

    def score(self, keys: Hashes, counts: Floats) -> Floats | None:
        """What features that occur so often say for each id; None when none of them is known."""
        if not len(self.keys) or not len(keys):
            return None
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = self.keys[places] == keys
        places = places[known]
        values = counts[known] * self.rarity[places]
        size = float(np.sqrt(values @ values))
        if not size:
            return None
        values = values * self.scale[places] / np.float32(size)
        scores: Floats = values @ self.weights[places].astype(np.float32)
        return scores


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

    def scores(self, views: Views) -> Floats:
        """A score for each id, in the order of ``ids``."""
        total = self._bias.copy()
        for block, (keys, counts) in zip(self._blocks, views.blocks, strict=True):
            part = block.score(keys, counts)
            if part is not None:
                total += part
        shifted = views.vector - self._mean
        size = float(np.sqrt(shifted @ shifted))
        return (total + shifted @ self._vector / np.float32(size or 1.0)).astype(np.float32)

    def recognise(self, text: str) -> Recognised:
        """The likeliest ids and what to do with them: act, ask, or admit that it is none."""
        views = self._seen(text)
        if not len(views.blocks[1][0]):
            return Recognised()
        scores = self.scores(views)
        scores[self.unknown] = -np.inf
        signs = signals(scores[None, :], self.ids.index(NONE), np.array([views.size]))
        likely = np.exp((scores - scores.max()) * self._sharpness)
        likely /= likely.sum()
        order = [i for i in np.argsort(-likely, kind="stable") if self.ids[i] != NONE and likely[i] > 0]
        guesses = tuple(Guess(self.ids[i], round(float(likely[i]), 4)) for i in order[:GUESSES])
        return Recognised(("none", "ask", "sure")[int(self._judge(signs)[0])], guesses)


def signals(scores: Floats, none: int, sizes: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """What tells whether the best id is right, a row a message: its score, its lead, none's score, the length."""
    real = np.delete(scores, none, axis=1).astype(np.float64)
    best = np.sort(real, axis=1)[:, ::-1][:, :3]
    nothing = scores[:, none].astype(np.float64)
    length = np.log1p(sizes)
    first, second, third = best.T
    lead = np.minimum(first - second, 3.0)
    return np.column_stack([first, lead, np.minimum(first - third, 3.0), nothing, first - nothing, length])


@dataclass(frozen=True, slots=True)
class Judge:
    """Weighs signals: how sure that the first guess is right, and that it is none; and from where on to say so."""

    right: npt.NDArray[np.float64]
    none: npt.NDArray[np.float64]
    limits: npt.NDArray[np.float64]

    def __call__(self, signs: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        """For each row 0 (none), 1 (ask) or 2 (sure)."""
        right, none = (signs @ w[:-1] + w[-1] for w in (self.right, self.none))
        sure, refuse, calm = self.limits
        return np.where(none > refuse, 0, np.where((right > sure) & (none < calm), 2, 1))


@lru_cache(maxsize=4)
def read_recogniser(task: str, path: Path = MODEL) -> Recogniser:
    """The recogniser of a task (``objection`` or ``triage``) from the model's file."""
    with np.load(path) as file:
        arrays = {name.removeprefix(f"{task}."): file[name] for name in file.files if name.startswith(f"{task}.")}
    return Recogniser(arrays, features())


def trained_on(path: Path = MODEL) -> str:
    """The hash of the phrases, lexicon and vectors that a model was trained on."""
    with np.load(path) as file:
        return str(file["trained_on"])
