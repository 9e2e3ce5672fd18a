"""What must be true of letters: values and guards that exist, facts to ask for, rights to quote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.authoring.knowledge import Record
from bot.authoring.source import Path_
from bot.core.dialog import Guards, Paragraph
from bot.core.issues import Issue, did_you_mean
from bot.core.knowledge import Letter, Right
from bot.core.letters import FACTS
from bot.core.talk import placeholders
from bot.core.words import Words

__all__ = ["check_letters"]


def check_letters(records: Iterable[Record], words: Words) -> list[Issue]:
    """Every mistake in letters that other records do not have."""
    records = list(records)
    written = {r.value.id for r in records if isinstance(r.value, Right) and r.value.written}
    known = {r.value.id for r in records if isinstance(r.value, Right)}
    issues: list[Issue] = []
    for record in records:
        if isinstance(record.value, Letter):
            check = _Check(record, words)
            issues.extend(check.all(record.value))
            silent = [right for right in record.value.rights if right in known - written]
            issues.extend(check.issue(("rights",), "L004", f"'{r}' has no sentence for letters") for r in silent)
    return issues


class _Check:
    def __init__(self, record: Record, words: Words) -> None:
        self._record = record
        self._words = words

    def issue(self, where: Path_, code: str, message: str, hint: str = "") -> Issue:
        return self._record.source.issue((*self._record.where, *where), code, message, hint)

    def all(self, letter: Letter) -> Iterator[Issue]:
        yield from self._guards(letter.when, ("when",))
        for key, paragraphs in (("recipient", letter.recipient), ("paragraphs", letter.paragraphs)):
            for index, paragraph in enumerate(paragraphs):
                yield from self._guards(paragraph.when, (key, index))
                yield from self._values(_texts(paragraph), (key, index))
        yield from self._values(letter.subject, ("subject",))
        if placeholders(letter.subject[-1]):
            yield self.issue(("subject",), "K008", "the last wording must need no value", "add a plain one")
        for index, ask in enumerate(letter.asks):
            if ask.fact not in FACTS:
                yield self.issue(("asks", index), "L001", f"no fact '{ask.fact}'", did_you_mean(ask.fact, FACTS))
        if letter.rights and not letter.cites:
            yield self.issue(("rights",), "L002", "rights are named, and none is quoted", "add 'cites: true'")
        if not letter.channels and not letter.kinds:
            yield self.issue((), "L003", "the letter goes nowhere", "add 'channels' or 'kinds'")

    def _guards(self, guards: Guards, where: Path_) -> Iterator[Issue]:
        for guard in guards:
            if guard.name not in self._words.guards:
                hint = did_you_mean(guard.name, self._words.guards)
                yield self.issue(where, "D005", f"no guard '{guard.name}'", hint)

    def _values(self, texts: Iterable[str], where: Path_) -> Iterator[Issue]:
        for name in dict.fromkeys(n for text in texts for n in placeholders(text)):
            if name not in self._words.values:
                yield self.issue(where, "D006", f"no value '{name}'", did_you_mean(name, self._words.values))


def _texts(paragraph: Paragraph) -> list[str]:
    return [*paragraph.text, *([paragraph.plural] if paragraph.plural else [])]
