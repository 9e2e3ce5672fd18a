"""What the recogniser looks at in a message: letters, words, concepts, and where its words lie in meaning."""

from __future__ import annotations

import hashlib
import itertools
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.language.understanding.arrays import read_arrays
from bot.language.understanding.lexicon import LEXICON, Lexicon, read_lexicon
from bot.language.understanding.normalise import bare, script, words

__all__ = ["BLOCKS", "VECTORS", "Features", "Vectors", "Views", "features", "fingerprint"]

VECTORS = Path(__file__).with_name("vectors.npz")
BLOCKS = ("letters", "words", "concepts")
USUAL = 0.9995
"""Vectors of less weight are those of words found in dictionaries."""
LONGEST = 90
"""Words of a message that are looked at."""
MOST = 255
"""Times that something occurs above which it is all the same."""
_LOGARITHMS = np.array([0.0, *(1.0 + math.log(n) for n in range(1, MOST + 1))], np.float32)
_ENDINGS = {
    "he": ("ימ", "ות", "יה", "נו", "תי", "תמ", "ה", "ת", "י", "ו"),
    "ar": ("ات", "ين", "ون", "وا", "ها", "هم", "ني", "ه", "ي", "ك"),
    "ru": ("ами", "ями", "ого", "ему", "ться", "ешь", "ить", "ать", "ет", "ит", "ть", "ла", "ли", "ся", "ой", "ый",
           "ая", "ые", "ов", "ом", "ем", "ам", "ах", "л", "а", "я", "у", "ю", "е", "и", "ы", "о", "й", "ь"),
    "en": ("ing", "ed", "es", "s", "ly", "e"),
}  # fmt: skip

Floats = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint32]


@lru_cache(maxsize=2048)
def stem(word: str) -> str:
    """A rough stem: the longest particle in front and one ending gone."""
    kind = script(word)
    if kind in ("he", "ar"):
        longer = [form for form in bare(word) if len(form) >= 3]
        word = longer[-1] if longer else word
    for ending in _ENDINGS.get(kind, ()):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


class Vectors:
    """A vector of meaning for each of many words of the four languages, made ahead of time (see training/vectors)."""

    def __init__(self, path: Path = VECTORS) -> None:
        arrays = read_arrays(path)
        self._keys: Hashes = arrays["keys"]
        self._table: npt.NDArray[np.int8] = arrays["table"]
        self._scale: Floats = arrays["scale"].astype(np.float32)
        self._weights: Floats = arrays["weights"].astype(np.float32)
        self._place = lru_cache(2048)(self._find_place)

    @property
    def size(self) -> int:
        """How many numbers a vector has."""
        return int(self._table.shape[1])

    def places(self, row: list[str]) -> list[int]:
        """Where the vector of each word is; -1 for words without one. Particles in front may be left off."""
        return [self._place(word) for word in row]

    def _find_place(self, word: str) -> int:
        for form in bare(word):
            key = crc32(form.encode())
            place = int(self._keys.searchsorted(np.uint32(key)))
            if place < len(self._keys) and self._keys[place] == key:
                return place
        return -1

    def common(self, place: int) -> bool:
        """Whether the word is in the dictionaries that the vectors were made from, so hardly a misspelling."""
        return place >= 0 and float(self._weights[place]) < USUAL

    def mean(self, places: list[int]) -> Floats:
        """The direction in which the words of a message lie, rare words weighing more; zeros when none is known."""
        places = [place for place in places if place >= 0]
        if not places:
            return np.zeros(self.size, np.float32)
        rows = self._table[places].astype(np.float32) * self._scale
        total = (rows.T @ self._weights[places]).astype(np.float32)
        return (total / (np.sqrt(total @ total) or 1.0)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Views:
    """One message as the recogniser sees it: per block the hashes of what occurs and how often, and a vector."""

    blocks: tuple[tuple[Hashes, Floats], ...]
    vector: Floats
    size: int
    """How many words it has."""


class Features:
    """Turns messages into views. Training and run time share it."""

    def __init__(self, lexicon: Lexicon, vectors: Vectors) -> None:
        self._lexicon = lexicon
        self._vectors = vectors
        self._not = lexicon.concepts.index("not")

    def __call__(self, text: str) -> Views:
        """The views of one message."""
        row = words(text)[:LONGEST]
        places = self._vectors.places(row)
        hashes = (
            itertools.chain.from_iterable(map(_letters, row)),
            _hashed("words", _words(row)),
            _hashed("concepts", self._concepts(row, places)),
        )
        return Views(tuple(map(_count, hashes)), self._vectors.mean(places), len(row))

    def _concepts(self, row: list[str], places: list[int]) -> list[str]:
        hits = self._lexicon.hits(row)
        met = {place for place, _ in hits}
        for place, word in enumerate(row):
            if place not in met and len(word) >= 5 and not self._vectors.common(places[place]):
                hits += [(place, concept) for concept in sorted(self._lexicon.guess(word))]
        hits.sort()
        denied = [place for place, concept in hits if concept == self._not]
        pairs: set[str] = set()
        for at, (place, concept) in enumerate(hits):
            if concept != self._not and any(0 < place - other <= 3 for other in denied):
                pairs.add(f"n{concept}")
            for other_place, other in hits[at + 1 :]:
                if other_place - place > 7:
                    break
                if concept != other:
                    pairs.add(f"p{concept}:{other}" if concept < other else f"p{other}:{concept}")
        return [f"k{concept}" for concept in sorted({c for _, c in hits})] + sorted(pairs)


@lru_cache(maxsize=2048)
def _letters(word: str) -> tuple[int, ...]:
    """The hashes of a word's runs of three to five letters, its edges among them."""
    padded = f" {word} "
    grams = [padded[i : i + size] for size in (3, 4, 5) for i in range(max(len(padded) - size + 1, 0))]
    return tuple(crc32(gram.encode(), BLOCKS.index("letters")) for gram in grams)


def _words(row: list[str]) -> list[str]:
    stems = [stem(word) for word in row]
    return (
        [f"w{word}" for word in row]
        + [f"s{word}" for word in stems]
        + [f"b{a} {b}" for a, b in itertools.pairwise(stems)]
        + [f"g{a} {b}" for a, b in zip(stems, stems[2:], strict=False)]
    )


def _hashed(block: str, names: Iterable[str]) -> list[int]:
    start = BLOCKS.index(block)
    return [crc32(name.encode(), start) for name in names]


def _count(hashes: Iterable[int]) -> tuple[Hashes, Floats]:
    seen = Counter(hashes)
    keys = np.fromiter(seen, np.uint32, len(seen))
    return keys, _LOGARITHMS[np.minimum(np.fromiter(seen.values(), np.intp, len(seen)), MOST)]


@lru_cache(maxsize=1)
def features() -> Features:
    """The features with the lexicon and the vectors of the package."""
    return Features(read_lexicon(), Vectors())


def fingerprint() -> str:
    """A hash of the lexicon and the vectors, which models are trained on."""
    return hashlib.sha256(LEXICON.read_bytes() + VECTORS.read_bytes()).hexdigest()
