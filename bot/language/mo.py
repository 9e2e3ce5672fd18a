"""Compiling catalogs. Imports nothing of ours but the plural table, so that a build can run it."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.language.plurals import PLURAL_FORMS

__all__ = ["MO", "PinnedCatalog", "compile_all", "languages", "read"]

MO = "lofrayer.mo"
"""All domains of a language, compiled into one file."""


def languages(locales: Path) -> list[str]:
    """The languages that are translated into, without the catalogs of their spoken lines."""
    return [name for name in _catalogs(locales) if "@" not in name]


def _catalogs(locales: Path) -> list[str]:
    return sorted(path.parent.name for path in locales.glob("*/LC_MESSAGES"))


def read(path: Path, language: str) -> Catalog:
    """A catalog file."""
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compile_all(locales: Path) -> list[Path]:
    """Compile every language's catalogs into one file each; returns the files.

    ``lofrayer check`` tells much more; here only what no build may carry is refused.

    Raises:
        ValueError: something is not translated, or fuzzy; nothing was compiled.
    """
    lacking: list[str] = []
    compiled: dict[Path, PinnedCatalog] = {}
    for name in _catalogs(locales):
        folder, language = locales / name / "LC_MESSAGES", name.partition("@")[0]
        whole = compiled[folder / MO] = PinnedCatalog(locale=language, charset="utf-8", fuzzy=False)
        for path in sorted(folder.glob("*.po")):
            for message in read(path, language):
                if not message.id:
                    continue
                forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
                if message.fuzzy or not forms or not all(forms):
                    lacking.append(f"{path}:{message.lineno}: {'fuzzy' if message.fuzzy else 'not translated'}")
                elif message.id not in whole:
                    whole.add(message.id, message.string)
    if lacking:
        raise ValueError("\n".join(["the catalogs are not clean:", *lacking]))
    for target, whole in compiled.items():
        scratch = target.with_suffix(".tmp")
        with scratch.open("wb") as file:
            write_mo(file, whole)
        scratch.replace(target)
    return list(compiled)


class PinnedCatalog(Catalog):
    """A catalog with our plural header in place of Babel's."""

    @property
    def num_plurals(self) -> int:
        """How many forms the language has."""
        return int(PLURAL_FORMS[str(self.locale)].partition("nplurals=")[2].partition(";")[0])

    @property
    def plural_expr(self) -> str:
        """Which form a number takes, as a C expression."""
        return PLURAL_FORMS[str(self.locale)].partition("plural=")[2].rstrip(";")


if __name__ == "__main__":
    compile_all(Path(sys.argv[1]))
