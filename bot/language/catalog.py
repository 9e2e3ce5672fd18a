"""The translations of every language, read from compiled gettext catalogs."""

from __future__ import annotations

import gettext
from pathlib import Path

__all__ = ["SOURCE_LANGUAGE", "Catalogs", "vocalised"]

SOURCE_LANGUAGE = "en"


def vocalised(language: str) -> str:
    """The name of the catalog of a language's spoken lines with their vowels (a gettext locale with a modifier)."""
    return f"{language}@niqqud"


class Catalogs:
    """Translations by language. English is the source and needs no catalog."""

    def __init__(self, folder: Path) -> None:
        """Read ``<folder>/<language>/LC_MESSAGES/*.mo``.

        Raises:
            FileNotFoundError: nothing is compiled there.
        """
        self._tables: dict[str, gettext.NullTranslations] = {SOURCE_LANGUAGE: gettext.NullTranslations()}
        for path in sorted(folder.glob("*/LC_MESSAGES/*.mo")):
            with path.open("rb") as file:
                translations = gettext.GNUTranslations(file)
            language = path.parts[-3]
            plain = language.partition("@")[0]
            if plain in self._tables:
                translations.add_fallback(self._tables[plain])
            self._tables[language] = translations
        if len(self._tables) == 1:
            raise FileNotFoundError(f"no compiled catalogs in {folder}: run 'make catalogs'")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are, Hebrew first."""
        spoken_to = (code for code in self._tables if "@" not in code)
        return tuple(sorted(spoken_to, key=lambda code: (code != "he", code != "en", code)))

    def text(self, language: str, msgid: str) -> str:
        """A msgid in a language; the msgid itself where there is no translation."""
        return self._table(language).gettext(msgid)

    def plural(self, language: str, one: str, many: str, count: int) -> str:
        """The form of a plural message for a count."""
        return self._table(language).ngettext(one, many, count)

    def _table(self, language: str) -> gettext.NullTranslations:
        return self._tables.get(language) or self._tables[SOURCE_LANGUAGE]
