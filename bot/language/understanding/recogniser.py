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

__all__ = ["MODEL", "NONE", "Block", "Recogniser", "decide", "read_recogniser", "trained_on"]

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
        self._unknown: list[int] = []
        self._sharpness, self._sure, self._lead, self._none, self._least = (float(x) for x in arrays["decision"])

    def among(self, ids: Iterable[str]) -> Recogniser:
        """The same recogniser, which only answers with these ids."""
        known = {*ids, NONE}
        other = copy(self)
        other._unknown = [place for place, name in enumerate(self.ids) if name not in known]
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
        return total + shifted @ self._vector / np.float32(size or 1.0)

    def recognise(self, text: str) -> Recognised:
        """The likeliest ids and what to do with them: act, ask, or admit that it is none."""
        views = self._seen(text)
        if not len(views.blocks[1][0]):
            return Recognised()
        scores = self.scores(views) * self._sharpness
        scores[self._unknown] = -np.inf
        scores -= scores.max()
        likely = np.exp(scores)
        likely /= likely.sum()
        decision, order = decide(
            likely[None, :], self.ids.index(NONE), self._sure, self._lead, self._none, self._least
        )
        guesses = [Guess(self.ids[i], round(float(likely[i]), 4)) for i in order[0][:GUESSES] if likely[i] > 0]
        return Recognised(("none", "ask", "sure")[decision[0]], tuple(guesses))


def decide(
    likely: Floats, none: int, sure: float, lead: float, none_over: float, least: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For each row 0 (none), 1 (ask) or 2 (sure), and the order of the ids other than none."""
    real = likely.copy()
    real[:, none] = -1.0
    order = np.argsort(-real, axis=1, kind="stable")[:, :-1]
    first, second = (np.take_along_axis(real, order[:, place : place + 1], 1)[:, 0] for place in (0, 1))
    refused = (likely[:, none] - first > none_over) | (first < least)
    certain = (first > sure) & (first - second > lead) & ~refused
    return np.where(refused, 0, np.where(certain, 2, 1)), order


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
