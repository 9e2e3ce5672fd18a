"""``lofrayer check``: the flows and the catalogs together."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.authoring.book import check_shelf, read_shelf
from bot.authoring.stale import Stale, stale
from bot.authoring.texts import SourceText, code_texts, shelf_texts, unique
from bot.core.issues import Issue
from bot.core.vocabulary import VOCABULARY
from bot.language import po, vocalised
from bot.language.mo import compile_all
from bot.paths import FLOWS, LOCALES

__all__ = [
    "catalog_issues",
    "check_all",
    "compile_catalogs",
    "stale_facts",
    "update_catalogs",
    "update_vocalised",
]

_CODE = Path(__file__).resolve().parent


def _sentences() -> list[SourceText]:
    return [*shelf_texts(read_shelf(FLOWS)), *code_texts(_CODE, _CODE.parent)]


def check_all(flows: Path | None = None) -> list[Issue]:
    """Every mistake in the flows, and in the catalogs of our own."""
    issues = check_shelf(read_shelf(flows or FLOWS), VOCABULARY)
    if flows is None and any(LOCALES.glob("*/LC_MESSAGES/*.po")):
        issues = sorted([*issues, *catalog_issues()])
    return issues


def stale_facts(months: int, flows: Path | None = None) -> list[Stale]:
    """The facts in the flows that nobody has checked for so many months."""
    return stale(read_shelf(flows or FLOWS).records, datetime.now(UTC).date(), months)


def catalog_issues() -> list[Issue]:
    """Every mistake in the catalogs."""
    sentences = unique(_sentences())
    root = LOCALES.parent
    translated = (i for code in po.languages(LOCALES) for i in po.check(LOCALES, code, sentences, root))
    spoken = vocalised.check(LOCALES, sentences, root)
    return sorted([*po.check_source(sentences.values()), *translated, *spoken])


def update_catalogs() -> dict[str, dict[str, int]]:
    """Bring the catalogs up to date; language -> domain -> untranslated sentences."""
    sentences = _sentences()
    return {code: po.update(LOCALES, code, sentences) for code in po.languages(LOCALES)}


def update_vocalised() -> int:
    """Bring the vocalised lines up to date; how many are to be read over."""
    return vocalised.update(LOCALES, unique(_sentences()).values())


def compile_catalogs() -> list[Path]:
    """Compile the catalogs. Check them first."""
    return compile_all(LOCALES)
