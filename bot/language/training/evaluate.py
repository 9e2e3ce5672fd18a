"""How good the recogniser is on phrases it has not seen: by style, by language, with its worst confusions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np

from bot.language.training.phrases import NONE, Phrase, read_phrases, tasks
from bot.language.training.train import COACHING, cross_validate, folds, judge, parts
from bot.language.understanding.features import features
from bot.language.understanding.recogniser import signals

__all__ = ["report"]

WORST = 12
"""Confusions shown."""


def report() -> Iterator[str]:
    """The report, line by line. Families of phrases stay in one fold, so none is judged by its own twin."""
    for task in tasks():
        yield from _task(task)


def _task(task: str) -> Iterator[str]:
    phrases = read_phrases(COACHING, task)
    names = sorted({p.id for p in phrases} | {NONE})
    seen = features()
    views = [seen(p.text) for p in phrases]
    split = parts(folds(phrases))
    scores = np.zeros((len(phrases), len(names)), np.float32)
    for (_, test), found in zip(split, cross_validate(views, phrases, split, names), strict=True):
        scores[test] = found
    none = names.index(NONE)
    truth = np.array([names.index(p.id) for p in phrases])
    sizes = np.array([v.size for v in views])
    said = judge(scores, truth, none, sizes)(signals(scores, none, sizes))
    order = np.argsort(-np.where(np.arange(len(names)) == none, -np.inf, scores), axis=1, kind="stable")
    real = truth != none
    first, third = order[:, 0] == truth, (order[:, :3] == truth[:, None]).any(axis=1)
    yield f"{task}: {int(real.sum())} phrases of {len(names) - 1}, {int((~real).sum())} that are none"
    yield f"  top-1 {first[real].mean():.1%}, top-3 {third[real].mean():.1%}"
    sure = said == 2
    if sure.any():
        yield f"  sure: {sure[real].mean():.1%} of the real ones, right {first[sure].mean():.1%}"
    if (~real).any():
        yield f"  none recognised {(said[~real] == 0).mean():.1%}, real ones refused {(said[real] == 0).mean():.1%}"
    yield from _groups("style", phrases, lambda p: p.style, first, third, real)
    yield from _groups("language", phrases, lambda p: p.language, first, third, real)
    wrong = Counter((names[t], names[o]) for t, o, r in zip(truth, order[:, 0], real, strict=True) if r and t != o)
    for (right, taken), count in wrong.most_common(WORST):
        yield f"  {count:4d} x {right} taken for {taken}"


def _groups(
    title: str,
    phrases: list[Phrase],
    group: Callable[[Phrase], str],
    first: np.ndarray[tuple[int], np.dtype[np.bool_]],
    third: np.ndarray[tuple[int], np.dtype[np.bool_]],
    real: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> Iterator[str]:
    for name in dict.fromkeys(group(p) for p, r in zip(phrases, real, strict=True) if r):
        here = real & np.array([group(p) == name for p in phrases])
        yield f"  {title} {name}: top-1 {first[here].mean():.1%}, top-3 {third[here].mean():.1%} of {int(here.sum())}"
