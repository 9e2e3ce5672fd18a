"""References into words: gender, isolates, escaping, plurals, dates and sums."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.session import Gender, Profile
from bot.core.text import (
    Bullets,
    Clock,
    Code,
    Count,
    Day,
    Duration,
    InLanguage,
    Joined,
    Moment,
    Money,
    Msg,
    Name,
    Sounded,
    Url,
    Value,
)
from bot.language.bidi import FSI, PDI, isolate, strip_isolates
from bot.language.catalog import Catalogs
from bot.language.forms import pick, pieces
from bot.language.mo import compile_all
from bot.language.numbers import duration
from bot.language.render import NAME_LIMIT, Renderer

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
CATALOG = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Language: he\n"
"Plural-Forms: nplurals=4; plural=(n==1 ? 0 : n==2 ? 1 : n<=10 ? 2 : 3);\n"

msgid "I ask for {amount} back, from {company}."
msgstr "אני {me:מבקש|מבקשת|רוצה} {amount} בחזרה מ{company}."

msgid "Try again"
msgstr "{you:נסה|נסי|כדאי לנסות} שוב"

msgid "Two forms"
msgstr "{you:בוא|בואי}"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "יום"
msgstr[1] "יומיים"
msgstr[2] "{n} ימים"
msgstr[3] "{n} יום"
"""

VOCALISED = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Language: he\n"

msgid "I ask for {amount} back, from {company}."
msgstr "אֲנִי {me:מְבַקֵּשׁ|מְבַקֶּ֫שֶׁת|רוֹצֶה} {amount} בַּחֲזָרָה מִ{company}."
"""
ASKED = Msg(
    "I ask for {amount} back, from {company}.",
    {"amount": Money(Decimal(90)), "company": Name("Bezeq", names={"he": "בזק", "ru": "Безек"})},
)


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    """A renderer of a small Hebrew catalog."""
    folder = tmp_path_factory.mktemp("locales")
    path = folder / "he" / "LC_MESSAGES" / "words.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOG, encoding="utf-8")
    spoken = folder / "he@niqqud" / "LC_MESSAGES" / "words.po"
    spoken.parent.mkdir(parents=True)
    spoken.write_text(VOCALISED, encoding="utf-8")
    compile_all(folder)
    return Renderer(Catalogs(folder))


def shown(renderer: Renderer, value: Value, language: str = "he", gender: Gender = "n") -> str:
    """A value as it stands in a message."""
    return renderer.html(Msg("{it}", {"it": value}), Profile(language=language, gender=gender), NOW)


@pytest.mark.parametrize(("gender", "verb"), [("m", "מבקש"), ("f", "מבקשת"), ("n", "רוצה")])
def test_speakers_form(renderer: Renderer, gender: Gender, verb: str) -> None:
    """The line to say is in the speaker's own form, with names and sums isolated from the Hebrew around them."""
    msg = Msg("I ask for {amount} back, from {company}.", {"amount": Money(Decimal(90)), "company": Name("HOT <b>")})
    html = renderer.html(msg, Profile(gender=gender), NOW)
    assert html.startswith(f"אני {verb} {FSI}")
    assert f"מ{FSI}HOT &lt;b&gt;{PDI}." in html


def test_a_line_in_the_language_of_the_call(renderer: Renderer) -> None:
    """A line to say stands in its own language on the screen of another, with the names and figures of its own."""
    html = shown(renderer, InLanguage(ASKED, "he"), "en", "f")
    assert html.startswith(f"\u200f{FSI}אני מבקשת {FSI}")
    assert f"מ{FSI}בזק{PDI}.{PDI}" in html
    assert "90" in html
    assert f"{FSI}I ask" in shown(renderer, InLanguage(ASKED, "en"), "ru")
    assert shown(renderer, InLanguage(ASKED, "he"), "he").startswith(FSI)


@pytest.mark.parametrize(
    ("language", "gender", "sound"),
    [
        ("en", "f", "aní mevakéshet tish'ím shékel bakhazará miBezeq."),
        ("en", "m", "aní mevakésh tish'ím shékel bakhazará miBezeq."),
        ("en", "n", "aní rotsé tish'ím shékel bakhazará miBezeq."),
        ("ru", "f", "ани́ меваке́шет тиш'и́м ше́кель бахазара́ миБезек."),
    ],
)
def test_how_a_line_sounds(renderer: Renderer, language: str, gender: Gender, sound: str) -> None:
    """A line sounds as the person says it, in their gender, in their letters; names are theirs too."""
    said = strip_isolates(shown(renderer, Sounded(ASKED, "he"), language, gender))
    assert sound == said.replace("\xa0", " ")


def test_a_line_that_is_pasted_is_bare(renderer: Renderer) -> None:
    """What is copied from a line in another language has no marks of direction."""
    msg = Msg("{it}", {"it": InLanguage(Msg("Try again"), "he")})
    assert "נסה שוב" == renderer.plain(msg, Profile(language="en", gender="m"), NOW)


@pytest.mark.parametrize(("gender", "words"), [("m", "נסה שוב"), ("f", "נסי שוב"), ("n", "כדאי לנסות שוב")])
def test_listeners_form(renderer: Renderer, gender: Gender, words: str) -> None:
    """The coach speaks to a person in their form."""
    assert renderer.html(Msg("Try again"), Profile(gender=gender), NOW) == words


def test_without_a_third_form_the_first_is_used(renderer: Renderer) -> None:
    """Who did not say is never left without a word."""
    assert renderer.html(Msg("Two forms"), Profile(gender="n"), NOW) == "בוא"
    assert [pick(("a", "b", "c"), g) for g in ("m", "f", "n")] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "יום"), (2, "יומיים"), (0, "0 ימים"), (5, "5 ימים"), (10, "10 ימים"), (11, "11 יום"), (1200, "1,200 יום")],
)
def test_plurals(renderer: Renderer, count: int, words: str) -> None:
    """Hebrew has one, two, some, and from eleven on many."""
    msg = Msg("{n} day", {"n": Count(count)}, "{n} days", count)
    assert strip_isolates(renderer.html(msg, Profile(), NOW)) == words


@pytest.mark.parametrize(("days", "words"), [(1, "יום אחד"), (10, "10 ימים"), (11, "11 יום"), (45, "45 יום")])
def test_days_that_have_passed(days: int, words: str) -> None:
    """A length of time counts its days as Hebrew does."""
    assert duration(timedelta(days), "he") == words


def test_what_is_not_translated_is_english(renderer: Renderer) -> None:
    """A missing translation, or an unknown language, falls back on the source."""
    assert renderer.html(Msg("Nobody translated this."), Profile(), NOW) == "Nobody translated this."
    assert renderer.html(Msg("Try again"), Profile(language="xx"), NOW) == "Try again"
    assert renderer.html(Msg("{n} day", {"n": Count(1)}, "{n} days", 1), Profile(language="en"), NOW) == "1 day"


def test_a_missing_value_is_seen(renderer: Renderer) -> None:
    """A value that was forgotten shows as an ellipsis, not as an exception to the person."""
    assert renderer.html(Msg("Hello {name}."), Profile(language="en"), NOW) == "Hello …."


@pytest.mark.parametrize(
    ("value", "english", "hebrew"),
    [
        (Money(Decimal("89.90")), "₪89.90", "89.90"),
        (Money(Decimal(1300)), "₪1,300", "1,300"),
        (Money(Decimal("12.5"), "USD"), "$12.50", "12.50"),
        (Day(date(2026, 11, 25)), "November 25", "25 בנובמבר"),
        (Day(date(2027, 1, 3)), "January 3, 2027", "3 בינואר 2027"),
        (Moment(datetime(2026, 11, 22, 10, 5, tzinfo=UTC)), "22.11, 12:05", "22.11, 12:05"),
        (Clock(time(7)), "07:00", "07:00"),
        (Duration(timedelta(days=3)), "3 days", "3 ימים"),
        (Duration(timedelta(days=1)), "1 day", "יום אחד"),
        (Count(12345), "12,345", "12,345"),
        (Code("ב-12/3"), "ב-12/3", "ב-12/3"),
        (Joined((Name("a"), Code("1")), " · "), "a · 1", "a · 1"),
        (Bullets((Name("a"), Name("b"))), "• a\n• b", "• a\n• b"),
    ],
)
def test_values(renderer: Renderer, value: Value, english: str, hebrew: str) -> None:
    """Sums, days and hours are written the local way."""
    assert strip_isolates(shown(renderer, value, "en")) == english
    assert hebrew in strip_isolates(shown(renderer, value, "he"))


def test_links_are_escaped(renderer: Renderer) -> None:
    """An address cannot break out of its mark, and a title is shown for it."""
    html = shown(renderer, Url('https://www.example.com/?a="1"&b=<2>', "The <law>"))
    assert html.startswith('<a href="https://www.example.com/?a=&quot;1&quot;&amp;b=&lt;2&gt;">')
    assert "The &lt;law&gt;" in html
    assert "example.com/x" in shown(renderer, Url("https://www.example.com/x"))


def test_plain_text_has_no_marks_and_no_isolates(renderer: Renderer) -> None:
    """Buttons and pasted texts are plain; what a person typed looks as they typed it."""
    msg = Msg("<b>{company}</b> owes {amount} & more", {"company": Name("<i>A&B"), "amount": Money(Decimal(5))})
    assert renderer.plain(msg, Profile(language="en"), NOW) == "<i>A&B owes ₪5 & more"


@given(text=st.text(max_size=500))
def test_names_are_escaped_isolated_and_short(renderer: Renderer, text: str) -> None:
    """Whatever was typed is shown as text, in an isolate of its own, and not at any length."""
    html = shown(renderer, Name(text), "en")
    assert html[0] == FSI
    assert html[-1] == PDI
    inner = html[1:-1]
    assert "<" not in inner
    assert ">" not in inner
    assert unescape(inner) == (text if len(text) <= NAME_LIMIT else text[:NAME_LIMIT] + "…")


@pytest.mark.parametrize(
    "template", ["{}", "{0}", "{a.b}", "{a[0]}", "{a!r}", "{a:>3}", "{you:a|{b}|c}", "{open", "close}"]
)
def test_templates_are_plain(template: str) -> None:
    """A translation can hold plain names and forms, and nothing that runs."""
    with pytest.raises(ValueError, match=r"\w"):
        pieces(template)


def test_no_catalogs_is_an_error(tmp_path: Path) -> None:
    """A coach that would speak only English by accident does not start."""
    with pytest.raises(FileNotFoundError, match="make catalogs"):
        Catalogs(tmp_path)


def test_isolates() -> None:
    """Codes and numbers run left to right, names by their first letter."""
    assert isolate("12-3", ltr=True) == f"\u206612-3{PDI}"
    assert strip_isolates(isolate("אבג") + isolate("1", ltr=True)) == "אבג1"
