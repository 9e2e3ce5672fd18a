"""The spoken Hebrew lines with their vowels: the same words as the plain ones, whole, and readable in every script."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from bot.authoring.book import read_shelf
from bot.authoring.texts import SourceText, code_texts, shelf_texts, unique
from bot.core.session import Gender
from bot.language import po, vocalised
from bot.language.forms import pick, pieces
from bot.language.niqqud import bare
from bot.language.pronounce import reading
from bot.paths import FLOWS, LOCALES

BOT = Path(__file__).parents[2] / "bot"
GENDERS: tuple[Gender, ...] = ("m", "f", "n")
_LETTER = re.compile("([א-ת])([\u0591-\u05bd\u05c1\u05c2\u05c7]*)")
_VOWEL = re.compile("[\u05b0-\u05bb\u05c7]")


@cache
def sentences() -> dict[str, SourceText]:
    """Every sentence of the product."""
    return unique([*shelf_texts(read_shelf(FLOWS)), *code_texts(BOT, BOT.parent)])


@cache
def lines() -> tuple[tuple[str, str], ...]:
    """Each spoken line: as it is written, and with its vowels."""
    plain = po.translations(LOCALES / "he" / "LC_MESSAGES", "he")
    pointed = po.translations(LOCALES / "he@niqqud" / "LC_MESSAGES", "he")
    return tuple((str(plain[text]), str(pointed[text])) for text, it in sentences().items() if it.spoken)


def said(template: str, gender: Gender) -> str:
    """A template as somebody says it, with a figure for each value."""
    return "".join(
        piece.literal + ("7" if piece.name else pick(piece.forms, gender) if piece.forms else "")
        for piece in pieces(template)
    )


def test_every_spoken_line_has_its_vowels() -> None:
    """No line to say on the phone is without its vowels, and none waits to be read over."""
    assert [] == vocalised.check(LOCALES, sentences(), LOCALES.parent)
    assert len(lines()) > 450


@pytest.mark.parametrize("gender", GENDERS)
def test_the_words_are_those_of_the_plain_line(gender: Gender) -> None:
    """Without its points a vocalised line is the plain one, letter by letter, in each form of address."""
    for plain, pointed in lines():
        assert said(plain, gender) == bare(said(pointed, gender))


def unpointed(word: str) -> Iterator[str]:
    """Letters within a word that have neither a vowel nor a shva, and are not there for the spelling."""
    letters = _LETTER.findall(word)
    for (letter, marks), (following, more) in pairwise(letters):
        carried = following == "ו" and ("\u05b9" in more or "\u05bc" in more)
        if not (_VOWEL.search(marks) or carried or letter in "אהוי"):
            yield letter


@pytest.mark.parametrize("gender", GENDERS)
def test_no_letter_was_forgotten(gender: Gender) -> None:
    """Every consonant within a word has its vowel or its shva, and every shin its dot."""
    for _, pointed in lines():
        for word in vocalised.words(said(pointed, gender)):
            assert [] == list(unpointed(word)), word
            assert [] == [
                m for letter, m in _LETTER.findall(word) if letter == "ש" and not re.search("[\u05c1\u05c2]", m)
            ]


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_every_line_can_be_read(language: str) -> None:
    """In each script and form of address the whole line is in the reader's letters: no Hebrew is left over."""
    for _, pointed in lines():
        for gender in GENDERS:
            sound = reading(said(pointed, gender), language)
            assert not re.search("[\u0590-\u05ff]", sound), sound


def test_what_is_written_alike_is_read_as_one_speaks() -> None:
    """A verb that a man and a woman write alike and say otherwise ("rotse", "rotsa") is read in the speaker's way."""
    alike = re.compile(r"(?<!\w)אני (?:\w+ )?(רוצה|מחכה|מנסה|פונה|רואה)(?!\w)")
    found = [pointed for plain, pointed in lines() if alike.search(said(plain, "f")) and alike.search(said(plain, "m"))]
    assert len(found) > 20
    wrong = [line for line in found if reading(said(line, "m"), "en") == reading(said(line, "f"), "en")]
    assert wrong == []


def test_a_changed_line_is_drafted_from_the_words_of_the_others(tmp_path: Path) -> None:
    """A line whose words are all known is drafted whole; with a new word it waits for somebody to read it over."""
    locales = tmp_path / "locales"
    for name in ("he", "he@niqqud"):
        shutil.copytree(LOCALES / name, locales / name)
    assert 0 == vocalised.update(locales, sentences().values())
    path = locales / "he" / "LC_MESSAGES" / "tactics.po"
    text = path.read_text(encoding="utf-8")
    thanks = next(s.text for s in sentences().values() if s.spoken and s.domain == "tactics" and "{" not in s.text)
    line = str(po.translations(path.parent, "he")[thanks])
    for new, unread in (("תודה, זו הבקשה שלי.", 0), ("תודה, זה משמח.", 1)):
        catalog = po.read(path, "he")
        catalog[thanks].string = new
        po.write(path, catalog, "he")
        assert unread == vocalised.update(locales, sentences().values())
        codes = {issue.code for issue in vocalised.check(locales, sentences(), tmp_path)}
        assert ({"V003", "V004"} if unread else set()) == codes
    drafted = po.translations(locales / "he@niqqud" / "LC_MESSAGES", "he")[thanks]
    assert "תּוֹדָה, זֶה משמח." == drafted
    path.write_text(text, encoding="utf-8")
    assert line == po.translations(path.parent, "he")[thanks]
    assert {"V002"} <= {issue.code for issue in vocalised.check(locales, sentences(), tmp_path)}
