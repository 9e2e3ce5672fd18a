"""A case's file on paper: everything in it can be read and copied, in four scripts, with its photos."""

from __future__ import annotations

import re
import time

import numpy as np
import pytest

from bot.documents.case_file import case_pdf
from tests.documents.pdfs import drawn, lines_of, pages, plain, text_of
from tests.documents.samples import JPEG, MADE, OWN, PDF, PNG, args_of

CONTENTS = [JPEG, PDF, PNG]


def made(language: str, contents: list[bytes | None] | None = None) -> bytes:
    """The file of the case."""
    return case_pdf(args_of("case_pdf", language)["page"], contents or [*CONTENTS], language, MADE)


@pytest.mark.parametrize("language", ["he", "en", "ru"])
def test_every_word_of_the_person_is_in_it(language: str) -> None:
    """Their story, names, promises, notes and captions can be copied from it, and so can the sums and dates."""
    found, own = text_of(made(language)), OWN[language]
    for words in (
        own.story,
        own.rep,
        own.promise,
        own.note,
        own.file,
        own.caption,
        "1234/77",
        "89 90",
        "44 95",
        "2026",
    ):
        missing = [word for word in re.findall(r"\w+", plain(words)) if word not in found]
        assert not missing, missing


def test_arabic_words_are_in_it() -> None:
    """Arabic comes out as letters, not as shapes; the reader may put a gap where a word joins."""
    found, own = text_of(made("ar")).replace(" ", ""), OWN["ar"]
    for words in (own.story, own.rep, own.promise, own.note, own.caption):
        for word in plain(words).split():
            assert word in found


def test_it_speaks_hebrew() -> None:
    """Headings, kinds of lines, whose rule a date is: all of it in the person's language."""
    found = text_of(made("he"))
    for words in (
        "השתלשלות העניינים",
        "תאריכים",
        "מה נעשה עד עכשיו",
        "תמונות ומסמכים",
        "זו ההבטחה שלהם",
        "שיחה של 12 דקות",
    ):
        assert all(word in found for word in words.split()), words


@pytest.mark.parametrize("language", ["he", "ar"])
def test_numbers_are_not_turned_around(language: str) -> None:
    """From right to left, a reference number and a time still stand from left to right."""
    lines = [line for number in range(len(pages(made(language)))) for line in lines_of(made(language), number)]
    for text in ("A-1234/77", "12:00", "89.90"):
        assert any(text in line for line in lines), text


def test_a_struck_line_is_seen_as_struck() -> None:
    """It is there, grey and struck through, and a corrected one keeps what it said before."""
    page = args_of("case_pdf", "en")["page"]
    struck = [line for line in page["timeline"] if line["struck"]]
    assert [line["kind"] for line in struck] == ["hold", "file"]
    found = text_of(made("en"))
    assert "struck out" in found
    assert "31 minutes" in found
    assert "Before it was corrected: spoke to Dan" in found


def test_what_was_struck_out_is_not_shown_to_others() -> None:
    """A photo that was struck out is not among the photos, and what is still ahead or private is not there at all."""
    page = args_of("case_pdf", "en")["page"]
    assert len(page["files"]) == 3
    assert [step["state"] for step in page["steps"]] == ["waiting"]
    found = text_of(made("en"))
    assert "credit" not in found
    assert "nudge" not in found


def coloured(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], colour: tuple[int, int, int]) -> int:
    """How many pixels have about this colour."""
    blue, green, red = (picture[..., n].astype(int) for n in range(3))
    off = abs(red - colour[0]) + abs(green - colour[1]) + abs(blue - colour[2])
    return int((off < 60).sum())


def test_the_photos_are_drawn() -> None:
    """Each photo stands small in the timeline and large behind it; without its bytes there is a word in its place."""
    shown = [drawn(made("he"), number) for number in range(len(pages(made("he"))))]
    blue, red = (sum(coloured(page, colour) for page in shown) for colour in ((20, 40, 200), (200, 30, 30)))
    assert min(blue, red) > 4000
    bare = made("he", [None, None, None])
    without = [drawn(bare, number) for number in range(len(pages(bare)))]
    assert sum(coloured(page, (20, 40, 200)) for page in without) < 50
    assert "ZIP" in text_of(bare)


@pytest.mark.parametrize(("language", "where"), [("he", (0.55, 1.0)), ("en", (0.0, 0.45))])
def test_the_timeline_is_drawn_on_the_side_on_which_lines_begin(language: str, where: tuple[float, float]) -> None:
    """Its axis is a thin line, on the right in Hebrew and on the left in English, and dots stand on it."""
    page = drawn(made(language), scale=2)
    axis = (np.abs(page.astype(int) - np.array([202, 214, 220])).max(axis=2) < 12).sum(axis=0)
    column = int(axis.argmax())
    assert axis[column] > 200
    assert where[0] < column / page.shape[1] < where[1]
    green = (np.abs(page[:, column].astype(int) - np.array([92, 106, 11])).max(axis=1) < 25).sum()
    assert green > 4


def test_pages_are_numbered_a4() -> None:
    """Every page is A4 and says which of how many it is."""
    sizes = pages(made("en"))
    assert {(round(width), round(height)) for width, height in sizes} == {(595, 842)}
    for number in range(len(sizes)):
        assert any(f"{number + 1}/{len(sizes)}" in line for line in lines_of(made("en"), number))


def test_what_people_write_stays_text() -> None:
    """Typst's marks and commands in somebody's words are printed as they are."""
    nasty = '#panic() *b* $x$ `r` <l> @ref // c ]}) "q" \\'
    page = args_of("case_pdf", "en")["page"]
    spoilt = {**page, "story": nasty, "title": nasty, "foot": nasty}
    found = text_of(case_pdf(spoilt, [None] * 3, "en", MADE))
    assert all(word in found for word in nasty.split())


def test_a_case_of_which_nothing_is_known() -> None:
    """An empty section is left out with its heading."""
    page = args_of("case_pdf", "en")["page"]
    bare = {**page, "story": "", "dates": [], "steps": [], "timeline": [], "files": []}
    found = text_of(case_pdf(bare, [], "en", MADE))
    assert "Cellcom" in found
    assert "Timeline" not in found
    assert "Dates" not in found


def test_a_long_case_goes_on_over_pages() -> None:
    """A hundred lines of a year take several pages, and none of them is lost."""
    page = args_of("case_pdf", "he")["page"]
    line = page["timeline"][2]
    many = [{**line, "day": f"יום {n // 4}", "what": f"דבר מספר {n} {'מילים ' * 30}"} for n in range(100)]
    out = case_pdf({**page, "timeline": many}, [*CONTENTS], "he", MADE)
    found = text_of(out)
    assert len(pages(out)) > 4
    assert all(str(n) in found for n in range(100))


def test_it_is_fast_after_the_first() -> None:
    """Some ten milliseconds of work with two photos and a document, more on a slow machine, in the middle of seven."""
    page, taken = args_of("case_pdf", "he")["page"], []
    for number in range(7):
        began = time.process_time()
        case_pdf({**page, "title": f"{number}"}, [*CONTENTS], "he", MADE)
        taken.append(time.process_time() - began)
    assert sorted(taken)[3] < 2
