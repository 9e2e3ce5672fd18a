"""The picture of an offer."""

from __future__ import annotations

import struct
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

import pytest

from bot.documents.offer import offer_picture
from bot.language.catalog import Catalogs
from bot.language.render import Renderer
from bot.paths import LOCALES

FIGURES: dict[str, dict[str, Any]] = {
    "all three": {
        "currency": "ILS",
        "today": "120",
        "offer": {"now": "79.90", "months": 12, "after": "119", "one_off": "49"},
        "rival": {"now": "89", "months": 24},
    },
    "open end": {"today": "120", "offer": {"now": "79.90", "months": 6}, "rival": {"now": "99", "months": 3}},
    "nothing beside it": {"today": None, "offer": {"now": "0", "months": 3, "after": "50"}},
    "all free": {"offer": {"now": "0"}},
    "large": {"today": "123456.78", "offer": {"now": "98765.43", "one_off": "99999.99"}, "rival": {"now": "100000"}},
}


@lru_cache(maxsize=1)
def renderer() -> Renderer:
    return Renderer(Catalogs(LOCALES))


@pytest.mark.parametrize("language", ["he", "en"])
@pytest.mark.parametrize("name", FIGURES)
def test_it_is_a_picture_for_a_phone(name: str, language: str) -> None:
    """A PNG 900 pixels wide, upright or square, small enough to send."""
    picture = offer_picture(FIGURES[name], language, renderer())
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert width == 900
    assert 500 < height < 1400
    assert len(picture) < 300_000


def test_it_is_the_same_every_time() -> None:
    """A message that is sent again carries the same picture."""
    first, second = (offer_picture(FIGURES["all three"], "he", renderer()) for _ in range(2))
    assert first == second


def test_several_at_once() -> None:
    """Pictures asked for in several threads come out right."""
    alone = offer_picture(FIGURES["all three"], "he", renderer())
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda _: offer_picture(FIGURES["all three"], "he", renderer()), range(8)))
    assert drawn == [alone] * 8
