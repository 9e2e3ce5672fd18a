"""Ways to recognise what was said, compared on one split; and what the chosen one costs.

    python -m benchmarks.understanding            # the table of approaches, both tasks (some ten minutes)
    python -m benchmarks.understanding --cost     # time per message, time to load, memory

Phrases of one origin are in one fold (`bot.language.training.train.folds`); every row is measured on the same folds.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import time
from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process
from sklearn.neighbors import NearestCentroid

from bot.language.training.evaluate import Scores, ranked
from bot.language.training.phrases import NONE, Phrase, read_phrases, tasks
from bot.language.training.train import COACHING, WEIGHTS, Ints, Space, fit, folds, parts
from bot.language.understanding.features import Floats, Views, features
from bot.language.understanding.normalise import words
from bot.language.understanding.recogniser import read_recogniser

Approach = Callable[[list[Phrase], list[Views], Ints, Ints, Sequence[str]], Floats]


def best_per_id(similar: Floats, train: Ints, phrases: list[Phrase], names: Sequence[str]) -> Floats:
    owner = np.array([names.index(phrases[i].id) for i in train])
    found = np.full((similar.shape[0], len(names)), -1.0, np.float32)
    for place in range(len(names)):
        if (owner == place).any():
            found[:, place] = similar[:, owner == place].max(axis=1)
    return found


def full_text(phrases: list[Phrase], views: list[Views], train: Ints, test: Ints, names: Sequence[str]) -> Floats:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE phrase USING fts5(text, owner UNINDEXED, tokenize='trigram')")
    rows = [(" ".join(words(phrases[i].text)), phrases[i].id) for i in train]
    base.executemany("INSERT INTO phrase VALUES (?, ?)", rows)
    scores = np.zeros((len(test), len(names)), np.float32)
    for place, i in enumerate(test):
        terms = {w[j : j + 3] for w in words(phrases[i].text) for j in range(max(len(w) - 2, 0))}
        if not terms:
            continue
        query = " OR ".join(f'"{t}"' for t in sorted(terms))
        found = base.execute("SELECT owner, rank FROM phrase WHERE phrase MATCH ? ORDER BY rank LIMIT 50", (query,))
        for owner, rank in found:
            scores[place, names.index(owner)] = max(scores[place, names.index(owner)], -rank)
    return scores


def fuzzy(phrases: list[Phrase], views: list[Views], train: Ints, test: Ints, names: Sequence[str]) -> Floats:
    left, right = ([" ".join(words(phrases[i].text)) for i in part] for part in (test, train))
    return best_per_id(process.cdist(left, right, scorer=fuzz.token_set_ratio, workers=2), train, phrases, names)


def linear(**weights: float) -> Approach:
    def scores(phrases: list[Phrase], views: list[Views], train: Ints, test: Ints, names: Sequence[str]) -> Floats:
        kept = dict(WEIGHTS)
        WEIGHTS.update({name: weights.get(name, 0.0) for name in WEIGHTS})
        try:
            space = Space.of([views[i] for i in train])
            model = fit(space.matrix([views[i] for i in train]), [phrases[i].id for i in train])
            found = model.decision_function(space.matrix([views[i] for i in test]))
        finally:
            WEIGHTS.update(kept)
        result = np.full((len(test), len(names)), -3.0, np.float32)
        result[:, [names.index(c) for c in model.classes_]] = found
        return result

    return scores


def centroid(phrases: list[Phrase], views: list[Views], train: Ints, test: Ints, names: Sequence[str]) -> Floats:
    space = Space.of([views[i] for i in train])
    model = NearestCentroid().fit(space.matrix([views[i] for i in train]), [phrases[i].id for i in train])
    middle = model.centroids_ / np.linalg.norm(model.centroids_, axis=1, keepdims=True)
    result = np.full((len(test), len(names)), -3.0, np.float32)
    result[:, [names.index(c) for c in model.classes_]] = space.matrix([views[i] for i in test]) @ middle.T
    return result


APPROACHES: dict[str, Approach] = {
    "SQLite FTS5, trigrams, bm25": full_text,
    "rapidfuzz token_set_ratio": fuzzy,
    "letters (3-5), linear SVM": linear(letters=1.0),
    "words and pairs, linear SVM": linear(words=1.0),
    "word vectors, linear SVM": linear(vector=1.0),
    "concepts, linear SVM": linear(concepts=1.0),
    "letters + words": linear(letters=1.0, words=0.7),
    "letters + words + vectors": linear(letters=1.0, words=0.7, vector=1.2),
    "letters + words + concepts": linear(letters=1.0, words=0.7, concepts=1.3),
    "all, nearest centroid": centroid,
    "all, linear SVM (chosen)": linear(letters=1.0, words=0.7, concepts=1.3, vector=1.2),
}


def compare(task: str) -> None:
    phrases = read_phrases(COACHING, task)
    seen = features()
    views = [seen(p.text) for p in phrases]
    names = sorted({p.id for p in phrases} | {NONE})
    truth = np.array([names.index(p.id) for p in phrases])
    real = truth != names.index(NONE)
    for name, approach in APPROACHES.items():
        scores = np.zeros((len(phrases), len(names)), np.float32)
        for train, test in parts(folds(phrases)):
            scores[test] = approach(phrases, views, train, test, names)
        print(f"| {task} | {name} | {Scores.of(ranked(scores, names)[real], truth[real])}", flush=True)


def cost() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    readers = [read_recogniser(task) for task in tasks()]
    loaded = time.perf_counter() - start
    texts = ["אומר שאין אף אחד מעליו", "she says it is the policy " * 6, "говорит, что никого нет " * 40]
    for reader in readers:
        reader.recognise(texts[0])
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"load {loaded * 1000:.0f} ms, memory {(after - before) / 1024:.1f} MB")
    for text in texts:
        start = time.perf_counter()
        for _ in range(50):
            readers[0].recognise(text)
        print(f"{len(text):4d} characters: {(time.perf_counter() - start) * 20:.2f} ms")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--cost", action="store_true", help="only what the chosen one costs")
    if arguments.parse_args().cost:
        cost()
        return
    for task in tasks():
        compare(task)


if __name__ == "__main__":
    main()
