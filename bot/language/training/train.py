"""Learns the recogniser from the phrases: the same features as at run time, a linear model, honest thresholds."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.language.training.phrases import NONE, Phrase, digest, read_phrases, tasks
from bot.language.understanding.features import BLOCKS, Features, Floats, Hashes, Views, features, fingerprint
from bot.language.understanding.recogniser import MODEL, Evidence, Judge, counted, signals
from bot.paths import FLOWS

__all__ = [
    "COACHING",
    "Space",
    "cross_validate",
    "current",
    "evidence",
    "fit",
    "folds",
    "halves",
    "judge",
    "learn",
    "parts",
    "together",
]

COACHING = FLOWS / "knowledge" / "coaching"
FOLDS = 5
LEAST_SEEN = {"letters": 4, "words": 3, "concepts": 3}
WEIGHTS = {"letters": 1.0, "words": 0.7, "concepts": 1.3, "vector": 1.2}
LONG = 16
SOFTNESS = 0.15
NONE_WEIGHT = 2.0
UNHEARD = -3.0
"""The score of an id that has no training phrase."""
CERTAIN = 0.92
CERTAIN_OF_ALL = 0.89
LEAST_SURE = 30
REFUSED = {"objection": 0.135, "triage": 0.105}
"""The share of phrases kept apart that may be refused. They are harder than what people type: of phrases by strangers
a third or less is refused."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Space:
    """The features that training phrases have: which, how rare, and the middle of their vectors."""

    keys: tuple[Hashes, ...]
    rarity: tuple[Floats, ...]
    mean: Floats

    @classmethod
    def of(cls, views: Sequence[Views]) -> Space:
        """The space of phrases."""
        keys, rarity = [], []
        for place, name in enumerate(BLOCKS):
            found, counts = np.unique(np.concatenate([v.blocks[place][0] for v in views]), return_counts=True)
            kept = counts >= LEAST_SEEN[name]
            keys.append(found[kept])
            idf = np.log((1 + len(views)) / (1 + counts[kept])) + 1
            rarity.append(idf.astype(np.float16).astype(np.float32))
        mean = np.mean([v.vector for v in views], axis=0)
        return cls(tuple(keys), tuple(rarity), mean.astype(np.float16).astype(np.float32))

    def matrix(self, views: Sequence[Views]) -> csr_matrix:
        """A row for each phrase, each block of length one times its weight."""
        parts = []
        for place, name in enumerate(BLOCKS):
            known, rarity = self.keys[place], self.rarity[place]
            data, columns, ends = [], [], [0]
            for view in views:
                keys, counts = view.blocks[place]
                at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
                here = known[at] == keys
                values = counts[here] * rarity[at[here]]
                size = float(np.sqrt(values @ values)) or 1.0
                data.append(values * np.float32(WEIGHTS[name] / size))
                columns.append(at[here])
                ends.append(ends[-1] + int(here.sum()))
            shape = (len(views), len(known))
            parts.append(csr_matrix((np.concatenate(data), np.concatenate(columns), ends), shape=shape))
        shifted = np.vstack([v.vector for v in views]) - self.mean
        sizes = np.linalg.norm(shifted, axis=1, keepdims=True)
        parts.append(csr_matrix(shifted / np.where(sizes, sizes, 1) * WEIGHTS["vector"]))
        return hstack(parts).tocsr()


def fit(rows: csr_matrix, ids: Sequence[str]) -> LinearSVC:
    """The linear model: one against the rest for each id."""
    return LinearSVC(C=SOFTNESS, random_state=0, class_weight={NONE: NONE_WEIGHT}).fit(rows, np.asarray(ids))


def folds(phrases: Sequence[Phrase], count: int = FOLDS) -> Ints:
    """The fold of each phrase. Phrases of one origin stay together: neighbours in a list, and with them those at the
    same place in the lists of the other languages, which often are translations."""
    lists: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for i, phrase in enumerate(phrases):
        lists[phrase.id, phrase.language, phrase.style].append(i)
    found = np.zeros(len(phrases), np.int64)
    for members in lists.values():
        for place, i in enumerate(members):
            found[i] = int(count * (place + 0.5) / len(members))
    return found


def likelihoods(scores: Floats, sharpness: float) -> Floats:
    """Scores as shares of one."""
    scaled = scores * sharpness
    scaled = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    shares: Floats = scaled / scaled.sum(axis=1, keepdims=True)
    return shares


def halves(text: str) -> list[str]:
    """Both halves of a long text, overlapping a little: what matters may stand in either."""
    row = text.split()
    middle = len(row) // 2
    return [" ".join(row[: middle + 3]), " ".join(row[middle - 3 :])] if len(row) >= LONG else []


def train_on(views: Sequence[Views], extra: Sequence[list[Views]], ids: Sequence[str]) -> tuple[Space, LinearSVC]:
    """The space of phrases, and the model fitted to them and to the halves of the long ones."""
    space = Space.of(views)
    more = [(view, ids[i]) for i, found in enumerate(extra) for view in found]
    rows = space.matrix([*views, *(view for view, _ in more)])
    return space, fit(rows, [*ids, *(name for _, name in more)])


def evidence(space: Space, model: LinearSVC, views: Sequence[Views], names: Sequence[str]) -> Evidence:
    """What a fitted model says of messages, kind by kind."""
    rows = space.matrix(views)
    at = [names.index(c) for c in model.classes_]
    sizes = [len(keys) for keys in space.keys]
    ends = [*np.cumsum(sizes), rows.shape[1]]
    said = np.zeros((len(views), len(ends) + 1, len(names)), np.float32)
    for kind, (start, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True)):
        said[:, kind, at] = rows[:, start:end] @ model.coef_[:, start:end].T
    said[:, -1] = UNHEARD
    said[:, -1, at] = model.intercept_
    shares = [[_share(v.blocks[kind][0], space.keys[kind]) for kind in (0, 1)] for v in views]
    return Evidence(said, np.array([(*s, *counted(v)) for s, v in zip(shares, views, strict=True)], np.float32))


def _share(keys: Hashes, known: Hashes) -> float:
    places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return float((known[places] == keys).mean()) if len(keys) else 0.0


def _one_fold(
    views: Sequence[Views],
    extra: Sequence[list[Views]],
    ids: Sequence[str],
    split: tuple[Ints, Ints],
    names: Sequence[str],
) -> Evidence:
    train, test = split
    space, model = train_on([views[i] for i in train], [extra[i] for i in train], [ids[i] for i in train])
    return evidence(space, model, [views[i] for i in test], names)


def cross_validate(
    views: Sequence[Views],
    extra: Sequence[list[Views]],
    phrases: Sequence[Phrase],
    split: Sequence[tuple[Ints, Ints]],
    names: Sequence[str],
) -> list[Evidence]:
    """What is said of each test part of a split, by models that never saw it or its families."""
    ids = [p.id for p in phrases]
    done: list[Evidence] = Parallel(2)(delayed(_one_fold)(views, extra, ids, part, names) for part in split)
    return done


def together(split: Sequence[tuple[Ints, Ints]], found: Sequence[Evidence]) -> Evidence:
    """The evidence of all test parts, in the order of the phrases."""
    order = np.argsort(np.concatenate([test for _, test in split]), kind="stable")
    said, known = (np.concatenate([getattr(e, name) for e in found])[order] for name in ("parts", "known"))
    return Evidence(said, known)


def parts(fold: Ints) -> list[tuple[Ints, Ints]]:
    """The train and test parts of each fold."""
    return [(np.where(fold != k)[0], np.where(fold == k)[0]) for k in range(int(fold.max()) + 1)]


def sharpness(scores: Floats, truth: Ints) -> float:
    """How much a difference of scores matters: what makes the truth likeliest."""
    grid = np.arange(0.5, 8.0, 0.25)
    rows = np.arange(len(truth))
    return float(min(grid, key=lambda s: -np.log(likelihoods(scores, s)[rows, truth] + 1e-9).mean()))


def judge(found: Evidence, truth: Ints, none: int, refused: float) -> Judge:
    """Learns from unseen phrases when the first guess is right and when it is none, and sets the limits: few real
    phrases are refused, and of the sure answers as many are right as ``CERTAIN`` and ``CERTAIN_OF_ALL`` say."""
    signs = signals(found, none)
    scores = found.scores
    real = truth != none
    first = np.where(np.arange(scores.shape[1]) == none, -np.inf, scores).argmax(axis=1)
    middle, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    weights = []
    for goal in (first == truth, ~real):
        model = LogisticRegression(C=1.0, max_iter=2000).fit((signs - middle) / spread, goal)
        slopes = model.coef_[0] / spread
        weights.append(np.append(slopes, model.intercept_ - slopes @ middle))
    right, nothing = (signs @ w[:-1] + w[-1] for w in weights)
    refuse = float(np.quantile(nothing[real], 1 - refused))
    order = np.argsort(-np.where(nothing <= refuse, right, -np.inf), kind="stable")[: int((nothing <= refuse).sum())]
    count = np.arange(1, len(order) + 1)
    hits = np.cumsum((first == truth)[order])
    good = (hits / np.maximum(np.cumsum(real[order]), 1) >= CERTAIN) & (hits / count >= CERTAIN_OF_ALL)
    last = np.where(good & (count >= LEAST_SURE))[0]
    sure = float(right[order[last[-1]]]) if len(last) else np.inf
    return Judge(weights[0], weights[1], np.array((sure, refuse)))


def learn(path: Path = MODEL, folder: Path = COACHING) -> dict[str, dict[str, float]]:
    """Trains both tasks and writes the model; says how good they are on phrases they did not see."""
    seen = features()
    arrays: dict[str, npt.NDArray[Any]] = {"trained_on": np.array(current(folder))}
    report: dict[str, dict[str, float]] = {}
    for task in tasks():
        phrases = read_phrases(folder, task)
        arrays |= {f"{task}.{name}": value for name, value in _learn_task(seen, phrases, report, task).items()}
    np.savez(path, allow_pickle=False, **arrays)  # not compressed, so that it can be mapped
    return report


def _learn_task(
    seen: Features, phrases: list[Phrase], report: dict[str, dict[str, float]], task: str
) -> dict[str, npt.NDArray[Any]]:
    names = sorted({p.id for p in phrases} | {NONE})
    views = [seen(p.text) for p in phrases]
    extra = [[seen(half) for half in halves(p.text)] for p in phrases]
    split = parts(folds(phrases))
    found = together(split, cross_validate(views, extra, phrases, split, names))
    scores = found.scores
    truth = np.array([names.index(p.id) for p in phrases])
    none = names.index(NONE)
    verdict = judge(found, truth, none, REFUSED[task])
    real = truth != none
    order = np.argsort(-np.where(np.arange(len(names)) == none, -np.inf, scores), axis=1, kind="stable")
    said = verdict(signals(found, none))
    report[task] = {
        "top1": float((order[real, 0] == truth[real]).mean()),
        "top3": float((order[real, :3] == truth[real, None]).any(axis=1).mean()),
        "sure": float((said[real] == 2).mean()),
        "sure_right": float((order[:, 0] == truth)[said == 2].mean()),
        "none_found": float((said[~real] == 0).mean()),
        "real_refused": float((said[real] == 0).mean()),
    }
    space, model = train_on(views, extra, [p.id for p in phrases])
    coefficients = np.zeros((len(names), model.coef_.shape[1]))
    bias = np.full(len(names), UNHEARD)
    at = [names.index(c) for c in model.classes_]
    coefficients[at], bias[at] = model.coef_, model.intercept_
    arrays: dict[str, npt.NDArray[Any]] = {
        "ids": np.array(names),
        "bias": bias.astype(np.float32),
        "sharpness": np.array(sharpness(scores, truth)),
        "judge_right": verdict.right,
        "judge_none": verdict.none,
        "judge_limits": verdict.limits,
        "vector_mean": space.mean.astype(np.float16),
    }
    start = 0
    for place, name in enumerate(BLOCKS):
        end = start + len(space.keys[place])
        block = coefficients[:, start:end].T * WEIGHTS[name]
        scale = (np.abs(block).max(axis=1) / 127).astype(np.float16)
        steps = np.where(scale > 0, scale, 1).astype(np.float32)[:, None]
        arrays |= {
            f"{name}_keys": space.keys[place],
            f"{name}_rarity": space.rarity[place].astype(np.float16),
            f"{name}_weights": np.clip(np.rint(block / steps), -127, 127).astype(np.int8),
            f"{name}_scale": scale,
        }
        start = end
    arrays["vector_weights"] = (coefficients[:, start:].T * WEIGHTS["vector"]).astype(np.float16)
    return arrays


def current(folder: Path = COACHING) -> str:
    """The hash of the phrases, the lexicon and the vectors as they are now."""
    phrases = digest(*(read_phrases(folder, task) for task in tasks()))
    return hashlib.sha256((phrases + fingerprint()).encode()).hexdigest()
