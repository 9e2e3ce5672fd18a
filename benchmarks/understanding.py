"""Ways to recognise what was said, compared on one split; and what the chosen one costs.

    python -m benchmarks.understanding            # the table of approaches, both tasks (some ten minutes)
    python -m benchmarks.understanding --cost     # time per message, time to load, memory

Phrases of one origin are in one fold (`bot.language.training.train.folds`); every row is measured on the same two of
the five folds, each by a model that saw the other four. Beside the share of first guesses that are right stand those
per style and language, the milliseconds a message takes and the megabytes that are kept.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from bot.app import load
from bot.language.training.evaluate import Scores, ranked
from bot.language.training.phrases import LANGUAGES, NONE, STYLES, Phrase, read_phrases, tasks
from bot.language.training.train import COACHING, WEIGHTS, Ints, Space, fit, folds, parts
from bot.language.understanding.features import BLOCKS, VECTORS, Floats, Views, features
from bot.language.understanding.normalise import words

Approach = Callable[[list[Phrase], list[Views], Ints, Ints, Sequence[str]], tuple[Floats, float, float]]
"""Phrases, their views, the places of those to learn from and of those to recognise, the ids -> a score for each id,
the seconds that recognising took and the megabytes that are kept for it."""
FOLDS_USED = (0, 2)
MB = 1 << 20
TODAY = date(2026, 11, 22)
PASTE = (
    "חיכיתי ארבעים דקות והנציגה מסלקום אמרה שהמנהל עסוק, חייבו אותי 89.90 שקל ב-3.11 ומאז איש לא חזר אליי. "
    "I wrote to them twice, она сказала что перезвонит, وما حدا رجعلي. " * 12
)[:2000]


def best_per_id(similar: Floats, train: Ints, phrases: list[Phrase], names: Sequence[str]) -> Floats:
    owner = np.array([names.index(phrases[i].id) for i in train])
    found = np.full((similar.shape[0], len(names)), -1.0, np.float32)
    for place in range(len(names)):
        if (owner == place).any():
            found[:, place] = similar[:, owner == place].max(axis=1)
    return found


def full_text(
    phrases: list[Phrase], views: list[Views], train: Ints, test: Ints, names: Sequence[str]
) -> tuple[Floats, float, float]:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE phrase USING fts5(text, owner UNINDEXED, tokenize='trigram')")
    rows = [(" ".join(words(phrases[i].text)), phrases[i].id) for i in train]
    base.executemany("INSERT INTO phrase VALUES (?, ?)", rows)
    pages, size = (base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    scores = np.zeros((len(test), len(names)), np.float32)
    start = time.process_time()
    for place, i in enumerate(test):
        terms = {w[j : j + 3] for w in words(phrases[i].text) for j in range(max(len(w) - 2, 0))}
        if not terms:
            continue
        query = " OR ".join(f'"{t}"' for t in sorted(terms))
        found = base.execute("SELECT owner, rank FROM phrase WHERE phrase MATCH ? ORDER BY rank LIMIT 50", (query,))
        for owner, rank in found:
            scores[place, names.index(owner)] = max(scores[place, names.index(owner)], -rank)
    return scores, time.process_time() - start, pages * size / MB


def fuzzy(
    phrases: list[Phrase], views: list[Views], train: Ints, test: Ints, names: Sequence[str]
) -> tuple[Floats, float, float]:
    left, right = ([" ".join(words(phrases[i].text)) for i in part] for part in (test, train))
    start = time.process_time()
    similar = process.cdist(left, right, scorer=fuzz.token_set_ratio)
    return best_per_id(similar, train, phrases, names), time.process_time() - start, sum(map(sys.getsizeof, right)) / MB


def linear(**weights: float) -> Approach:
    """A linear SVM over some kinds of features. Its time includes finding the features, its size is a byte a weight."""

    def scores(
        phrases: list[Phrase], views: list[Views], train: Ints, test: Ints, names: Sequence[str]
    ) -> tuple[Floats, float, float]:
        kept = dict(WEIGHTS)
        WEIGHTS.update({name: weights.get(name, 0.0) for name in WEIGHTS})
        try:
            space = Space.of([views[i] for i in train])
            model = fit(space.matrix([views[i] for i in train]), [phrases[i].id for i in train])
            start = time.process_time()
            found = model.decision_function(space.matrix([features()(phrases[i].text) for i in test]))
            spent = time.process_time() - start
        finally:
            WEIGHTS.update(kept)
        result = np.full((len(test), len(names)), -3.0, np.float32)
        result[:, [names.index(c) for c in model.classes_]] = found
        used = sum(len(keys) for name, keys in zip(BLOCKS, space.keys, strict=True) if weights.get(name))
        size = used * (len(names) + 8) + (VECTORS.stat().st_size if weights.get("vector") else 0)
        return result, spent, size / MB

    return scores


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
    "all, linear SVM (chosen)": linear(letters=1.0, words=0.7, concepts=1.3, vector=1.2),
}


def compare(task: str) -> None:
    phrases = read_phrases(COACHING, task)
    seen = features()
    views = [seen(p.text) for p in phrases]
    names = sorted({p.id for p in phrases} | {NONE})
    truth = np.array([names.index(p.id) for p in phrases])
    split = [parts(folds(phrases))[place] for place in FOLDS_USED]
    tested = np.concatenate([test for _, test in split])
    real = truth[tested] != names.index(NONE)
    groups = {
        f"{value}": np.array([value in (phrases[i].style, phrases[i].language) for i in tested]) & real
        for value in (*STYLES, *LANGUAGES)
    }
    print(f"\n{task}: {int(real.sum())} phrases\n")
    print("| approach | top-1 | top-3 | " + " | ".join(groups) + " | ms | MB |")
    print("|---" * (len(groups) + 5) + "|")
    for name, approach in APPROACHES.items():
        found = [approach(phrases, views, train, test, names) for train, test in split]
        order = ranked(np.concatenate([scores for scores, _, _ in found]), names)
        every = Scores.of(order[real], truth[tested][real])
        apart = [f"{Scores.of(order[rows], truth[tested][rows]).top1:.0%}" for rows in groups.values()]
        spent = sum(seconds for _, seconds, _ in found) * 1000 / len(tested)
        cells = [name, f"{every.top1:.1%}", f"{every.top3:.1%}", *apart, f"{spent:.2f}", f"{found[0][2]:.1f}"]
        print(f"| {' | '.join(cells)} |", flush=True)


def memory() -> float:
    """Megabytes that this process holds (Linux)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / MB


def cost() -> None:
    """What understanding costs in all: every reader that a message goes through, and all that they keep."""
    book = load()[0]
    before, start = memory(), time.perf_counter()
    reader = book.understanding
    texts = ["אומר שאין אף אחד מעליו", "she says it is the policy and they charged me 89.90 twice", PASTE[:300], PASTE]
    works: dict[str, Callable[[str], object]] = {
        "objection": lambda text: reader.objection(text, "he"),
        "first message": lambda text: reader.read(text, "he", TODAY),
        "mood": lambda text: reader.mood(text, "he"),
        "quote": reader.quote,
        "rights": lambda text: reader.find_rights(text, "he", "il"),
    }
    for work in works.values():
        work(texts[0])
    print(f"loaded in {(time.perf_counter() - start) * 1000:.0f} ms")
    print("| ms for characters | " + " | ".join(works) + " |\n" + "|---" * (len(works) + 1) + "|")
    for text in texts:
        took = []
        for work in works.values():
            work(text)
            start = time.process_time()
            for _ in range(10):
                work(text)
            took.append(f"{(time.process_time() - start) * 1000 / 10:.2f}")
        print(f"| {len(text)} | {' | '.join(took)} |")
    print(f"kept: {memory() - before:.1f} MB")


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
