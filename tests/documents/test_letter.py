"""The letter on paper: in four scripts, on one page, with nobody's words as commands."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.documents.letter import letter_name, letter_pdf
from tests.documents.pdfs import lines_of, pages, plain, text_of

MADE = datetime(2026, 11, 22, 9, 30, 15, 123456, tzinfo=UTC)
FSI, LRI, PDI = "\u2068", "\u2066", "\u2069"

LETTERS: dict[str, dict[str, Any]] = {
    "he": {
        "letter": "complaint",
        "date": "22 בנובמבר 2026",
        "to": "לכבוד",
        "recipient": [f"{FSI}סלקום{PDI}", "מחלקת פניות הציבור", f"{FSI}service@cellcom.example{PDI}"],
        "subject": "הנדון: תלונה – חיוב שגוי",
        "about": [f"מספר פנייה: {LRI}A-1234{PDI}"],
        "greeting": "שלום רב,",
        "body": [
            f"מאז 20 באוקטובר חויבתי בסכום של {FSI}89.90 ₪{PDI}, ולמיטב ידיעתי מדובר בטעות.",
            f"דיברתי עם {FSI}Dana Levi{PDI} ועם {FSI}Анна{PDI}.",
            "אבקש תשובה מנומקת בכתב עד 6 בדצמבר.",
        ],
        "closing": "בברכה,",
        "signature": [f"{FSI}נועה לוי{PDI}", f"{FSI}050-1234567{PDI}"],
    },
    "en": {
        "letter": "complaint",
        "date": "November 22, 2026",
        "to": "To:",
        "recipient": ["Cellcom", "Public inquiries"],
        "subject": "Re: Complaint – a wrong charge",
        "about": [],
        "greeting": "Hello,",
        "body": [
            "Since October 20 I have been charged ₪89.90, which I believe is a mistake.",
            "I spoke with דנה.",
            "Please answer in writing, with reasons, by December 6.",
        ],
        "closing": "Sincerely,",
        "signature": [],
    },
    "ru": {
        "letter": "complaint",
        "date": "22 ноября 2026 г.",
        "to": "Кому:",
        "recipient": ["Cellcom"],
        "subject": "Тема: жалоба – ошибочное списание",
        "about": [f"Номер обращения: {LRI}A-1234{PDI}"],
        "greeting": "Здравствуйте!",
        "body": ["С 20 октября с меня списывают 89,90 ₪; полагаю, что это ошибка.", "Прошу ответить письменно."],
        "closing": "С уважением,",
        "signature": ["Ноа Леви"],
    },
    "ar": {
        "letter": "complaint",
        "date": "22 تشرين الثاني 2026",
        "to": "إلى:",
        "recipient": ["Cellcom"],
        "subject": "الموضوع: شكوى – خصم خاطئ",
        "about": [f"رقم التوجه: {LRI}A-1234{PDI}"],
        "greeting": "تحية طيبة،",
        "body": [f"تحدثت مع {FSI}דנה{PDI} بشأن فاتورة هاتفي.", "أطلب جوابكم في غضون أسبوعين."],
        "closing": "مع خالص التقدير،",
        "signature": ["نوعا"],
    },
}


def words(text: str) -> list[str]:
    """The words and numbers of a text, in no order; in Arabic a reader may join or split them."""
    return re.findall(r"\w+", plain(text))


@pytest.mark.parametrize("language", ["he", "en", "ru"])
def test_every_word_can_be_copied_from_it(language: str) -> None:
    """All that the letter says is text in the PDF, in its script and in others."""
    letter = LETTERS[language]
    found = text_of(letter_pdf(letter, language, MADE))
    single = (letter["date"], letter["subject"], letter["greeting"], letter["closing"])
    for part in (*single, *letter["body"], *letter["recipient"], *letter["about"], *letter["signature"]):
        missing = [word for word in words(part) if word not in found]
        assert not missing, missing


@pytest.mark.parametrize(
    ("language", "whole"),
    [("he", ("A-1234", "89.90", "service@cellcom.example", "Dana Levi", "050-1234567")), ("ar", ("A-1234", "Cellcom"))],
)
def test_numbers_and_addresses_are_not_turned_around(language: str, whole: tuple[str, ...]) -> None:
    """On a page from right to left they still stand from left to right, in one piece."""
    lines = lines_of(letter_pdf(LETTERS[language], language, MADE))
    for text in whole:
        assert any(text in line for line in lines), (text, lines)


def test_arabic_can_be_copied_from_it() -> None:
    """Arabic letters come out as letters, not as shapes; the reader may put a gap where a word joins."""
    found = text_of(letter_pdf(LETTERS["ar"], "ar", MADE)).replace(" ", "")
    for word in ("الموضوع", "شكوى", "خصم", "تحدثت", "مع", "דנה", "فاتورة", "هاتفي", "Cellcom", "1234"):
        assert word in found


def test_what_people_write_stays_text() -> None:
    """Typst's marks and commands in somebody's words are printed as they are, in every part of the letter."""
    nasty = [
        '#read("/etc/passwd")',
        "#set page(fill: red)",
        "*bold* _em_ $x^2$ `raw` <label> @ref // comment /* */ \\ ~ --- = heading",
        "#panic()",
        '"quoted" \\"escaped\\"',
        "]})",
        "{{letter_by}}",
    ]
    letter = {**LETTERS["en"], "body": nasty, "recipient": nasty[:2], "subject": nasty[2], "signature": nasty[3:4]}
    found = text_of(letter_pdf(letter, "en", MADE))
    for line in nasty:
        for word in line.split():
            assert word in found
    assert "root:" not in found


@pytest.mark.parametrize("language", sorted(LETTERS))
def test_it_is_one_a4_page(language: str) -> None:
    """A PDF, small enough to send, of a single page."""
    made = letter_pdf(LETTERS[language], language, MADE)
    assert made.startswith(b"%PDF-")
    assert [(round(width), round(height)) for width, height in pages(made)] == [(595, 842)]
    assert len(made) < 100_000


def test_a_long_letter_goes_on_with_its_pages_numbered() -> None:
    """Two rights, five lines of the log and a page of own words take two pages; nothing is cut off."""
    body = ["מילים " * 150, "השתלשלות העניינים:\n" + "\n".join(["22 בנובמבר: הובטח " + "כסף " * 20] * 5), "כלל " * 110]
    letter = {**LETTERS["he"], "body": [*body, *LETTERS["he"]["body"]]}
    made = letter_pdf(letter, "he", MADE)
    assert [(round(width), round(height)) for width, height in pages(made)] == [(595, 842)] * 2
    assert any("2/2" in line for line in lines_of(made, 1))


def test_pictographs_leave_no_boxes() -> None:
    """Emoji, which no font of ours has, are left out rather than printed as boxes."""
    plain = {**LETTERS["en"], "body": ["Thank you"]}
    with_emoji = {**LETTERS["en"], "body": ["Thank you 🙏🏽❤️👨‍👩‍👧"]}
    assert letter_pdf(plain, "en", MADE) == letter_pdf(with_emoji, "en", MADE)


def test_it_is_fast_after_the_first() -> None:
    """Some ten milliseconds of work, more on a slow machine, in the middle of ten."""
    taken = []
    for number in range(10):
        began = time.process_time()
        letter_pdf({**LETTERS["he"], "greeting": f"{number}"}, "he", MADE)
        taken.append(time.process_time() - began)
    assert sorted(taken)[5] < 2


def test_several_at_once() -> None:
    """Letters asked for in several threads come out right."""
    alone = {language: letter_pdf(letter, language, MADE) for language, letter in LETTERS.items()}
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda language: letter_pdf(LETTERS[language], language, MADE), sorted(LETTERS) * 4))
    assert made == [alone[language] for language in sorted(LETTERS) * 4]


def test_its_name_says_what_it_is() -> None:
    """The file is named by the letter and the day."""
    assert letter_name(LETTERS["he"], MADE) == "complaint-2026-11-22.pdf"
