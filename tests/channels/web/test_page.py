"""The page and its headers."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

import bot.channels.web
from bot.channels.web.words import preferred

pytestmark = pytest.mark.asyncio

STATIC = Path(bot.channels.web.__file__).parent / "static"


@pytest.mark.parametrize("path", ["/", "/static/chat.js", "/api/lines", "/api/files/none", "/healthz", "/nowhere"])
async def test_every_answer_is_safe(visitor: httpx.AsyncClient, path: str) -> None:
    """No answer lets a browser run foreign code, guess types, frame us or tell others where it was."""
    headers = (await visitor.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


async def test_page_keeps_its_own_policy() -> None:
    """The page has no inline script or style, asks nobody else for anything, and writes no html but parsed html."""
    page = (STATIC / "index.html").read_text("utf-8")
    script = "".join((STATIC / name).read_text("utf-8") for name in ("texts.js", "chat.js"))
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", script)
    assert not re.search(r"(?:src|href)=\"(?!/static/)", page)


@pytest.mark.parametrize(
    ("header", "language", "direction", "title"),
    [
        ("he-IL,he;q=0.9,en-US;q=0.8", "he", "rtl", "לא פראייר"),
        ("ar", "ar", "rtl", "لو فراير"),
        ("en-GB", "en", "ltr", "Lo Frayer"),
        (None, "he", "rtl", "לא פראייר"),
    ],
)
async def test_page_speaks_the_browsers_language(
    visitor: httpx.AsyncClient, header: str | None, language: str, direction: str, title: str
) -> None:
    """Language and direction of the page follow the browser."""
    visitor.headers.pop("accept-language", None)
    page = await visitor.get("/", headers={"accept-language": header} if header else {})
    assert f'<html lang="{language}" dir="{direction}">' in page.text
    assert f"<title>{title}</title>" in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_files_of_the_page_are_there(visitor: httpx.AsyncClient) -> None:
    """What the page names exists, and may be kept because its name changes with it."""
    page = await visitor.get("/")
    paths = re.findall(r"/static/[^\"]+", page.text)
    assert len(paths) == 4
    for path in paths:
        file = await visitor.get(path)
        assert file.status_code == 200
        assert "immutable" in file.headers["cache-control"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en;q=0.5, ru", "ru"),
        ("iw-IL", "he"),
        ("*", "xx"),
        ("", "xx"),
        ('"><script>, he;q=0', "xx"),
        ("de;q=0.2,fr;q=0.9,es;q=0.8", "fr"),
    ],
)
async def test_preferred_language(header: str, language: str) -> None:
    """The best-liked primary tag wins; nonsense is passed over."""
    assert preferred(header, "xx") == language
