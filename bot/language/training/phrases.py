"""The training phrases: read from ``*.phrases.yaml`` files, and grouped into families of one origin."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.language.understanding.normalise import bare, script, words

__all__ = ["LANGUAGES", "NONE", "STYLES", "Phrase", "content", "digest", "families", "read_phrases", "tasks"]

NONE = "none"
"""The id of phrases that belong nowhere."""
LANGUAGES = ("he", "en", "ar", "ru")
STYLES = ("plain", "verbatim", "reported", "typo", "slang", "long", "indirect")
TASKS = {"objection": "objections", "triage": "problems"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase as people type it, and what it means."""

    text: str
    id: str
    language: str
    style: str


def tasks() -> tuple[str, ...]:
    """What is recognised."""
    return tuple(TASKS)


def read_phrases(folder: Path, task: str) -> list[Phrase]:
    """All phrases of a task below ``flows/knowledge/coaching``, those of no id included."""
    found: dict[tuple[str, str], Phrase] = {}
    paths = sorted((folder / TASKS[task]).glob("*.phrases.yaml"))
    none = folder / "none.phrases.yaml"
    for path in [*paths, *([none] if none.exists() else [])]:
        owner = NONE if path == none else path.name.removesuffix(".phrases.yaml")
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for language in LANGUAGES:
            styles = data.get(language) or {}
            if owner == NONE:
                styles = {NONE: styles.get(task)}
            for style, rows in styles.items():
                for text in rows or ():
                    phrase = Phrase(str(text), owner, language, str(style))
                    found.setdefault((owner, phrase.text), phrase)
    return list(found.values())


def digest(*sets: Iterable[Phrase]) -> str:
    """A hash of phrases that does not depend on the layout of their files."""
    rows = sorted(f"{p.id}\t{p.language}\t{p.text}" for phrases in sets for p in phrases)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def stem(word: str) -> str:
    """A rough stem, to tell whether two phrases share a word."""
    kind = script(word)
    if kind in ("he", "ar"):
        forms = [f for f in bare(word) if len(f) >= 3]
        word = forms[-1] if forms else word
        for ending in (
            ("ימ", "ות", "יה", "נו", "תי", "תמ", "ה", "ת", "י", "ו")
            if kind == "he"
            else ("ات", "ين", "ون", "وا", "ها", "هم", "ه", "ي")
        ):
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)]
        return word
    return word[:5] if len(word) > 5 else word


def content(phrases: Sequence[Phrase]) -> list[frozenset[str]]:
    """The content words of each phrase: stems that are not spread over many ids."""
    spread: defaultdict[str, set[str]] = defaultdict(set)
    rows = [{stem(w) for w in words(p.text) if len(w) > 1 and not w.isdigit()} for p in phrases]
    for phrase, row in zip(phrases, rows, strict=True):
        for word in row:
            spread[word].add(phrase.id)
    ids = len({p.id for p in phrases})
    common = {w for w, owners in spread.items() if len(owners) > max(3, 0.3 * ids)}
    return [frozenset(row - common) for row in rows]


def families(phrases: Sequence[Phrase], overlap: float = 0.34) -> list[int]:
    """For each phrase the number of its family: phrases of one id and language with much the same wording."""
    parent = list(range(len(phrases)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    grams = [_grams(p.text) for p in phrases]
    meat = content(phrases)
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, phrase in enumerate(phrases):
        groups[phrase.id, phrase.language].append(i)
    for members in groups.values():
        for place, i in enumerate(members):
            for j in members[:place]:
                close = _share(meat[i], meat[j]) >= overlap and len(meat[i] & meat[j]) >= 1
                if close or _share(grams[i], grams[j]) >= 0.4:
                    parent[root(i)] = root(j)
    return [root(i) for i in range(len(phrases))]


def _grams(text: str) -> frozenset[str]:
    joined = " ".join(words(text))
    return frozenset(joined[i : i + 3] for i in range(len(joined) - 2))


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0
