"""Catalogs as translators keep them: brought up to date with the source, checked, compiled only when clean."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Protocol

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from bot.core.issues import Issue
from bot.language.figures import other_numbers
from bot.language.forms import FORMS
from bot.language.mo import PinnedCatalog, languages, read
from bot.language.plurals import PLURAL_FORMS
from bot.language.tone import SPOKEN_WORDS, aloud, uncivil, words_said

__all__ = ["Sentence", "check", "check_source", "languages", "read", "translations", "update", "write"]

_TAG = re.compile(r"</?[a-z]+>")
_SLASH = re.compile(r"[א-ת]/[א-ת]")
_THREE_FORMS = frozenset({"he", "ar", "ru"})
_EXACT = {"he": 2, "ar": 3, "ru": 0, "en": 1}
"""Language -> how many of its plural forms stand for one number each, which need not be written."""
WIDTH = 120


class Sentence(Protocol):
    """What is translated; `bot.authoring.texts.SourceText` is one."""

    @property
    def text(self) -> str:
        """The msgid."""
        ...

    @property
    def path(self) -> str:
        """The file it stands in."""
        ...

    @property
    def line(self) -> int:
        """The line it stands on, from 1."""
        ...

    @property
    def domain(self) -> str:
        """The catalog it is translated in."""
        ...

    @property
    def plural(self) -> str | None:
        """Its form for many."""
        ...

    @property
    def limit(self) -> int | None:
        """The most characters it may have."""
        ...

    @property
    def spoken(self) -> bool:
        """It is said aloud."""
        ...


def update(locales: Path, language: str, sentences: Iterable[Sentence]) -> dict[str, int]:
    """Bring a language's files up to date: new sentences are added untranslated, old ones go.

    Returns:
        The number of untranslated sentences by domain.
    """
    by_domain: dict[str, dict[str, Sentence]] = {}
    places: dict[str, list[tuple[str, int]]] = {}
    for sentence in sentences:
        domain = next((d for d, found in by_domain.items() if sentence.text in found), sentence.domain)
        by_domain.setdefault(domain, {}).setdefault(sentence.text, sentence)
        places.setdefault(sentence.text, []).append((sentence.path, sentence.line))
    folder = locales / language / "LC_MESSAGES"
    known = translations(folder, language)
    missing: dict[str, int] = {}
    for domain, found in by_domain.items():
        catalog = PinnedCatalog(
            locale=language,
            domain=domain,
            project="lofrayer",
            charset="utf-8",
            fuzzy=False,
            header_comment=f"# Lo Frayer: {domain} in {language}.",
        )
        for text, sentence in found.items():
            identity = (text, sentence.plural) if sentence.plural else text
            translated = known.get(text, "")
            if sentence.plural and isinstance(translated, str):
                translated = ()
            flags = ["python-brace-format"] if "{" in text else []
            catalog.add(identity, translated, locations=places[text][:3], flags=flags)
            missing[domain] = missing.get(domain, 0) + (not translated)
        write(folder / f"{domain}.po", catalog, language)
    for path in folder.glob("*.po"):
        if path.stem not in by_domain:
            path.unlink()
    return missing


def write(path: Path, catalog: Catalog, language: str) -> None:
    """Write a catalog file with our plural header, and without what changes from day to day."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=WIDTH, include_lineno=False)
    text = buffer.getvalue().decode()
    header = PLURAL_FORMS[language]
    text = re.sub(r'"Plural-Forms: [^"]*"(\n"[^"]*plural[^"]*")*', f'"Plural-Forms: {header}\\\\n"', text, count=1)
    text = re.sub(r'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator): [^"]*"\n', "", text)
    path.write_text(text, encoding="utf-8")


def translations(folder: Path, language: str) -> dict[str, str | tuple[str, ...]]:
    """What is translated in a folder of catalogs: msgid -> its translation, or its plural forms."""
    known: dict[str, str | tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.po")):
        for message in read(path, language):
            if message.id and message.string:
                key = message.id if isinstance(message.id, str) else message.id[0]
                known.setdefault(key, message.string if isinstance(message.string, str) else tuple(message.string))
    return known


def check_source(sentences: Iterable[Sentence]) -> list[Issue]:
    """What is wrong with the English lines that are said aloud."""
    spoken = (s for s in sentences if s.spoken)
    return [Issue(s.path, s.line, 1, code, text) for s in spoken for code, text in _hard_to_say(s.text)]


# -- checking ---------------------------------------------------------------------------------------------------------


def check(locales: Path, language: str, sentences: Mapping[str, Sentence], root: Path) -> list[Issue]:
    """Everything that is wrong with a language's catalogs."""
    issues: list[Issue] = []
    seen: set[str] = set()
    for path in sorted((locales / language / "LC_MESSAGES").glob("*.po")):
        name = str(path.relative_to(root))
        if f"Plural-Forms: {PLURAL_FORMS[language]}" not in path.read_text(encoding="utf-8"):
            issues.append(Issue(name, 1, 1, "T010", "the Plural-Forms header is not ours", "run 'make catalogs'"))
        for message in read(path, language):
            if not message.id:
                continue
            key = message.id if isinstance(message.id, str) else message.id[0]
            sentence = sentences.get(key)
            if sentence is None:
                continue
            seen.add(key)
            place = (name, message.lineno or 1, 1)
            issues.extend(Issue(*place, code, text) for code, text in _wrong(message, sentence, language))
    for key, sentence in sentences.items():
        if key not in seen:
            issues.append(Issue(sentence.path, sentence.line, 1, "T001", f"not in the {language} catalog: {key[:60]}"))
    return issues


def _wrong(message: Message, sentence: Sentence, language: str) -> Iterator[tuple[str, str]]:
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    if not forms or not all(forms):
        yield "T001", f"not translated: {sentence.text[:60]}"
        return
    if message.fuzzy:
        yield "T009", f"fuzzy: {sentence.text[:60]}"
    wanted = int(PLURAL_FORMS[language].partition("nplurals=")[2][0])
    if sentence.plural is not None and len(forms) != wanted:
        yield "T005", f"{len(forms)} plural forms, {language} has {wanted}"
    for number, form in enumerate(forms):
        yield from _wrong_form(form, sentence, language, plural=sentence.plural is not None, number=number)
        numbers = other_numbers(f"{sentence.text} {sentence.plural or ''}", form, language)
        if numbers and sentence.plural is None:
            yield "T012", f"the numbers differ ({', '.join(numbers)}): {form[:60]}"


def _wrong_form(
    form: str, sentence: Sentence, language: str, *, plural: bool, number: int
) -> Iterator[tuple[str, str]]:
    try:
        given = list(string.Formatter().parse(form))
    except ValueError as error:
        yield "T002", f"braces: {error} in {form[:60]}"
        return
    names = {name for _, name, spec, _ in given if name and not (name in FORMS and spec)}
    source = set(_names(sentence.text)) | set(_names(sentence.plural or ""))
    lacking = source - names - (source if plural and number < _EXACT[language] else set())
    if names - source or lacking:
        yield "T002", f"placeholders {sorted(names)}, the source has {sorted(source)}: {form[:60]}"
    for _, name, spec, conversion in given:
        if conversion or (spec and name not in FORMS):
            yield "T002", f"only plain names and forms may stand in braces: {form[:60]}"
        elif name in FORMS and spec and language in _THREE_FORMS and spec.count("|") != 2:
            yield "T003", f"{spec.count('|') + 1} forms in {{{name}:…}}, three are needed: {form[:60]}"
    if sorted(_TAG.findall(form)) != sorted(_TAG.findall(sentence.text)):
        yield "T006", f"the marks differ from the source: {form[:60]}"
    if language == "he" and _SLASH.search(_TAG.sub("", form)) and "http" not in form:
        yield "T007", f"a slash between words: use {{me:…}} or {{you:…}}: {form[:60]}"
    longest = max((len(said) for said in _said(form)), default=0)
    if sentence.limit is not None and longest > sentence.limit:
        yield "T004", f"{longest} characters, at most {sentence.limit}: {form[:60]}"
    if sentence.spoken:
        yield from _hard_to_say(form)


def _hard_to_say(form: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a line that is said aloud."""
    lines = [aloud(said) for said in _said(form)]
    if max(words_said(line) for line in lines) > SPOKEN_WORDS:
        yield "T008", f"too long to say in a breath: {form[:60]}"
    sharp = next(filter(None, map(uncivil, lines)), None)
    if sharp is not None:
        yield "T011", f"not civil, or a threat that is no step: {sharp[:60]}"


def _said(form: str) -> list[str]:
    """A translation in each of its genders."""
    said = []
    for index in range(3):
        parts = []
        for literal, name, spec, _ in string.Formatter().parse(form):
            parts.append(literal)
            if name in FORMS and spec:
                options = spec.split("|")
                parts.append(options[min(index, len(options) - 1)])
            elif name:
                parts.append(f"{{{name}}}")
        said.append("".join(parts))
    return said


def _names(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]
