"""An offer as a picture that can be read at a glance: bars for today, the offer and the rival over one year and two.

No name and no word of the person is on it, so that it can be shown to others.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from threading import Lock
from typing import Any

from bot.core.coaching.offer_lines import headline, in_months, terms
from bot.core.offers import LONG, SPANS, Comparison, Offer, Verdict, offer_of
from bot.core.text import Money, Msg
from bot.documents.typeset import png
from bot.language.bidi import RTL
from bot.language.render import Renderer

__all__ = ["offer_picture"]

_TEMPLATE = Path(__file__).with_suffix(".typ")
_PIXELS_PER_INCH = 162
"""900 pixels wide: sharp on a phone."""
_one_at_a_time = Lock()
"""Each takes some 20 MB while it is drawn."""
_TONES: dict[Verdict, str] = {"good": "good", "turns": "bad", "dearer": "bad", "no_better": "bad"}


def offer_picture(figures: Mapping[str, Any], language: str, renderer: Renderer) -> bytes:
    """A PNG of the figures: ``offer`` and ``rival`` as `bot.core.offers.offer_of` reads them, ``today`` a month.

    About 30 ms of work, and 100 ms more the first time. Safe in any thread.

    Raises:
        KeyError: there is no offer in the figures.
    """
    today, rival = figures.get("today"), figures.get("rival")
    comparison = Comparison(
        offer_of(figures["offer"]),
        Decimal(str(today)) if today is not None else None,
        offer_of(rival) if rival is not None else None,
    )
    drawing = _Drawing(comparison, str(figures.get("currency", "ILS")), language, renderer)
    with _one_at_a_time:
        return png(_TEMPLATE, drawing.figures(), _PIXELS_PER_INCH)


class _Drawing:
    """The words and lengths of the picture."""

    def __init__(self, comparison: Comparison, currency: str, language: str, renderer: Renderer) -> None:
        self._comparison = comparison
        self._currency = currency
        self._language = language
        self._renderer = renderer

    def figures(self) -> dict[str, Any]:
        """What the template draws."""
        comparison = self._comparison
        return {
            "language": self._language,
            "rtl": self._language in RTL,
            "tone": _TONES.get(comparison.verdict, "plain"),
            "head": self._said(headline(comparison, self._currency)),
            "terms": self._said(terms(comparison.offer, self._currency)),
            "spans": [{"title": self._said(in_months(over)), "rows": self._rows(over)} for over in SPANS],
            "foot": self._said(Msg("As if today's price stayed as it is")) if comparison.today is not None else "",
        }

    def _rows(self, over: int) -> list[dict[str, Any]]:
        comparison = self._comparison
        drawn = [self._row("offer", Msg("Their offer"), comparison.offer, over, comparison.against_today(over))]
        if comparison.today is not None:
            drawn.insert(0, self._row("today", Msg("Today"), Offer(comparison.today), over, None))
        if comparison.rival is not None:
            rival = Comparison(comparison.rival, comparison.today)
            drawn.append(self._row("rival", Msg("Rival's offer"), comparison.rival, over, rival.against_today(over)))
        return drawn

    def _row(self, kind: str, label: Msg, offer: Offer, over: int, more: Decimal | None) -> dict[str, Any]:
        """A bar: its known part as a share of the longest, and the part that is open as if the price stayed."""
        known, whole = offer.so_far(over), self._whole(offer, over)
        total = self._said(Msg("{it}", {"it": Money(known, self._currency)}))
        row = {
            "kind": kind,
            "label": self._said(label),
            "sum": total if offer.total(over) is not None else f"{total} + ?",
            "share": float(known / self._longest),
            "open": float((whole - known) / self._longest),
            "note": "",
            "tone": "plain",
        }
        if more:
            difference = {"difference": Money(abs(more), self._currency)}
            row["note"] = self._said(
                Msg("{difference} less than today" if more < 0 else "{difference} more than today", difference)
            )
            row["tone"] = "good" if more < 0 else "bad"
        return row

    @property
    def _longest(self) -> Decimal:
        comparison = self._comparison
        offers = [comparison.offer, comparison.rival, Offer(comparison.today) if comparison.today else None]
        return max((self._whole(offer, LONG) for offer in offers if offer is not None), default=Decimal(0)) or Decimal(
            1
        )

    @staticmethod
    def _whole(offer: Offer, over: int) -> Decimal:
        return offer.so_far(over) + (over - offer.known_months(over)) * offer.now

    def _said(self, text: Msg) -> str:
        return self._renderer.translate(text, self._language)
