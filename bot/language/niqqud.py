"""Points of Hebrew: taking them off, and the words that dates bring, with theirs."""

from __future__ import annotations

import re

__all__ = ["MONTHS", "POINT", "bare"]

POINT = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
"""A point or another mark that full niqqud adds to a letter."""

MONTHS = "יָ֫נוּאָר פֶ֫בְּרוּאָר מֶרְץ אַפְּרִיל מַאי י֫וּנִי י֫וּלִי א֫וֹגוּסְט סֶפְּטֶ֫מְבֶּר אוֹקְט֫וֹבֶּר נוֹבֶ֫מְבֶּר דֵּצֶ֫מְבֶּר"
"""January to December, between spaces; the ole (``U+05AB``) marks a stress that is not on the last syllable."""


def bare(text: str) -> str:
    """A text without its points: the plain spelling."""
    return POINT.sub("", text)
