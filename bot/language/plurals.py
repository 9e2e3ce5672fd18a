"""Plural headers, pinned: Babel's own table changes between releases (Hebrew, Arabic, French)."""

from __future__ import annotations

__all__ = ["PLURAL_FORMS"]

PLURAL_FORMS = {
    "en": "nplurals=2; plural=(n != 1);",
    "he": "nplurals=4; plural=(n==1 ? 0 : n==2 ? 1 : n<=10 ? 2 : 3);",
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4"
        " : 5);"
    ),
    "ru": ("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"),
}
"""Language -> the ``Plural-Forms`` header of its catalogs, after the CLDR categories for whole numbers."""
