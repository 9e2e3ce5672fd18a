"""How good the recogniser is on phrases it has not seen: per style and language, and what it confuses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.language.training.phrases import NONE, Phrase, content, read_phrases, tasks
from bot.language.training.train import COACHING, REFUSED, Ints, cross_validate, folds, halves, judge, parts, together
from bot.language.understanding.features import Floats, features
from bot.language.understanding.recogniser import signals

__all__ = ["Scores", "apart", "measure", "ranked", "report"]


@dataclass(frozen=True, slots=True)
class Scores:
    """What was found for phrases that are of some id."""

    count: int
    top1: float
    top3: float

    @classmethod
    def of(cls, order: Ints, truth: Ints) -> Scores:
        """The shares of phrases whose id is first, and among the first three."""
        hits = order[:, :3] == truth[:, None]
        return cls(len(truth), float(hits[:, 0].mean()), float(hits.any(axis=1).mean()))

    def __str__(self) -> str:
        return f"{self.count:5d} phrases  top-1 {self.top1:6.1%}  top-3 {self.top3:6.1%}"


def apart(phrases: Sequence[Phrase]) -> tuple[Ints, Ints]:
    """A split that tests whole phrasings sharing no content word with any other phrase of their id and language."""
    meat = content(phrases)
    owners: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    for phrase, words in zip(phrases, meat, strict=True):
        for word in words:
            owners[phrase.id, phrase.language, word] += 1
    alone = np.array(
        [
            phrase.id != NONE and bool(words) and all(owners[phrase.id, phrase.language, w] == 1 for w in words)
            for phrase, words in zip(phrases, meat, strict=True)
        ]
    )
    return np.where(~alone)[0], np.where(alone)[0]


def ranked(scores: Floats, names: Sequence[str]) -> Ints:
    """The places of ids by score, best first; none comes last."""
    masked = np.where(np.array(names) == NONE, -np.inf, scores)
    order: Ints = np.argsort(-masked, axis=1, kind="stable")
    return order


def report(folder: Path = COACHING) -> Iterator[str]:
    """The lines of the report for both tasks. Phrases of one origin stay in one fold."""
    for task in tasks():
        yield f"== {task}"
        yield from measure(read_phrases(folder, task), task)


def measure(phrases: list[Phrase], task: str) -> Iterator[str]:
    """The lines of the report for one task's phrases."""
    seen = features()
    names = sorted({p.id for p in phrases} | {NONE})
    none = names.index(NONE)
    truth = np.array([names.index(p.id) for p in phrases])
    real = truth != none
    views = [seen(p.text) for p in phrases]
    extra = [[seen(half) for half in halves(p.text)] for p in phrases]
    split = parts(folds(phrases))
    lonely = apart(phrases)
    *done, far = cross_validate(views, extra, phrases, [*split, lonely], names)
    found = together(split, done)
    order = ranked(found.scores, names)
    yield f"{'all, by families':18s}{Scores.of(order[real], truth[real])}"
    if len(lonely[1]):
        yield f"{'no shared word':18s}{Scores.of(ranked(far.scores, names), truth[lonely[1]])}"
    for attribute in ("style", "language"):
        for value in dict.fromkeys(getattr(p, attribute) for p in phrases if p.id != NONE):
            rows = real & np.array([getattr(p, attribute) == value for p in phrases])
            yield f"{value:18s}{Scores.of(order[rows], truth[rows])}"
    said = judge(found, truth, none, REFUSED[task])(signals(found, none))
    right = order[:, 0] == truth
    yield (
        f"sure {np.mean(said[real] == 2):.1%} of the time, then right {np.mean(right[said == 2]):.1%}; "
        f"none recognised {np.mean(said[~real] == 0):.1%}; real ones refused {np.mean(said[real] == 0):.1%}"
    )
    confused = Counter((names[t], names[o]) for t, o in zip(truth[real], order[real, 0], strict=True) if t != o)
    yield "worst confusions: " + ", ".join(f"{a} taken for {b} {n}x" for (a, b), n in confused.most_common(15))
