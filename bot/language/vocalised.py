"""The spoken Hebrew lines with their vowels: kept beside the plain ones, brought up to date with them, and checked.

``locales/he@niqqud`` holds a line for each line that is said aloud, in the same words, forms and placeholders as in
``locales/he``. A line that is new or has changed is drafted from the words of the others; where one of its words was
never pointed, or in two ways, the draft is marked fuzzy until somebody has read it over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.core.issues import Issue
from bot.language.catalog import vocalised
from bot.language.mo import PinnedCatalog, read
from bot.language.niqqud import bare
from bot.language.po import Sentence, translations, write
from bot.language.pronounce import read_out

__all__ = ["LANGUAGE", "check", "update"]

LANGUAGE = "he"
_POINTS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
_WORD = re.compile(f"(?<![0-9א-ת])[א-ת](?:[א-ת{_POINTS}״׳]*[א-ת{_POINTS}])?")
_HELD = re.compile(r"\{[a-z_]+\}")
"""A placeholder; the words of gendered forms are words like any other."""


_FORMS = re.compile(r"\{(?:me|you):([^{}]*)\}")


def _folder(locales: Path) -> Path:
    return locales / vocalised(LANGUAGE) / "LC_MESSAGES"


def _said(locales: Path, sentences: Iterable[Sentence]) -> dict[str, tuple[Sentence, str]]:
    """Each spoken sentence that is translated: msgid -> where it stands, and the plain line."""
    plain = translations(locales / LANGUAGE / "LC_MESSAGES", LANGUAGE)
    return {s.text: (s, line) for s in sentences if s.spoken and isinstance(line := plain.get(s.text), str) and line}


def words(line: str) -> list[str]:
    """The Hebrew words of a line that are to be pointed; a letter that stands alone is one only as a prefix."""
    found = _WORD.finditer(_HELD.sub(lambda held: " " * len(held[0]), line))
    return [m[0] for m in found if not read_out(bare(m[0])) and (len(bare(m[0])) > 1 or line[m.end() :][:1] == "-")]


def _unpointed(line: str) -> str:
    """The plain line of a pointed one: forms that differ in their vowels alone, as of *rotse* and *rotsa*, are one."""

    def one(found: re.Match[str]) -> str:
        options = set(found[1].split("|"))
        return options.pop() if len(options) == 1 else found[0]

    return _FORMS.sub(one, bare(line))


# -- bringing up to date ----------------------------------------------------------------------------------------------


def update(locales: Path, sentences: Iterable[Sentence]) -> int:
    """Draft the lines that are new or have changed, and drop those that are gone.

    Returns:
        The number of lines to be read over.
    """
    said = _said(locales, sentences)
    known: dict[str, tuple[str, bool]] = {}
    for path in sorted(_folder(locales).glob("*.po")):
        for message in read(path, LANGUAGE):
            if isinstance(message.id, str) and message.id and isinstance(message.string, str):
                known[message.id] = (message.string, message.fuzzy)
    pointed = _pointed(line for line, fuzzy in known.values() if not fuzzy)
    by_domain: dict[str, PinnedCatalog] = {}
    unread = 0
    for text, (sentence, plain) in said.items():
        line, fuzzy = known.get(text, ("", True))
        if _unpointed(line) != plain:
            line, fuzzy = _draft(plain, pointed)
        unread += fuzzy
        catalog = by_domain.setdefault(
            sentence.domain,
            PinnedCatalog(
                locale=LANGUAGE,
                domain=sentence.domain,
                project="lofrayer",
                charset="utf-8",
                fuzzy=False,
                header_comment=f"# Lo Frayer: the spoken lines of {sentence.domain} in {LANGUAGE}, with their vowels.",
            ),
        )
        catalog.add(text, line, locations=[(sentence.path, sentence.line)], flags=["fuzzy"] if fuzzy else [])
    for path in _folder(locales).glob("*.po"):
        if path.stem not in by_domain:
            path.unlink()
    _folder(locales).mkdir(parents=True, exist_ok=True)
    for domain, catalog in by_domain.items():
        write(_folder(locales) / f"{domain}.po", catalog, LANGUAGE)
    return unread


def _pointed(lines: Iterable[str]) -> dict[str, Counter[str]]:
    """Plain word -> the ways it is pointed."""
    found: dict[str, Counter[str]] = {}
    for line in lines:
        for word in words(line):
            found.setdefault(bare(word), Counter())[word] += 1
    return found


def _draft(plain: str, pointed: Mapping[str, Counter[str]]) -> tuple[str, bool]:
    """A line with the points its words have elsewhere, and whether it is to be read over."""
    wanted, sure = set(words(plain)), True
    parts: list[str] = []
    last = 0
    for held in [*_HELD.finditer(plain), None]:
        end = held.start() if held is not None else len(plain)

        def point(found: re.Match[str]) -> str:
            nonlocal sure
            ways = pointed.get(found[0]) if found[0] in wanted else None
            sure = sure and (found[0] not in wanted or (ways is not None and len(ways) == 1))
            return ways.most_common(1)[0][0] if ways else found[0]

        parts.append(_WORD.sub(point, plain[last:end]))
        if held is not None:
            parts.append(held[0])
            last = held.end()
    return "".join(parts), not sure


# -- checking ---------------------------------------------------------------------------------------------------------


def check(locales: Path, sentences: Mapping[str, Sentence], root: Path) -> list[Issue]:
    """Everything that is wrong with the vocalised lines; nothing where there are none at all."""
    paths = sorted(_folder(locales).glob("*.po"))
    if not paths:
        return []
    said = _said(locales, sentences.values())
    issues: list[Issue] = []
    seen: set[str] = set()
    for path in paths:
        for message in read(path, LANGUAGE):
            if isinstance(message.id, str) and message.id in said:
                seen.add(message.id)
                place = (str(path.relative_to(root)), message.lineno or 1, 1)
                found = _wrong(str(message.string), said[message.id][1], fuzzy=message.fuzzy)
                issues.extend(Issue(*place, code, text, hint) for code, text, hint in found)
    for text, (sentence, _) in said.items():
        if text not in seen:
            hint = "run 'lofrayer catalogs --update', and read the line over"
            issues.append(Issue(sentence.path, sentence.line, 1, "V001", f"not vocalised: {text[:60]}", hint))
    return issues


def _wrong(line: str, plain: str, *, fuzzy: bool) -> Iterator[tuple[str, str, str]]:
    if _unpointed(line) != plain:
        yield "V002", f"other words than the plain line: {bare(line)[:60]}", f"it says: {plain[:60]}"
    unread = [word for word in words(line) if word == bare(word)]
    if unread:
        yield "V003", f"without points: {' '.join(unread)}", ""
    if fuzzy:
        yield "V004", f"drafted, and not read over: {line[:60]}", "read it over and take the word 'fuzzy' away"
