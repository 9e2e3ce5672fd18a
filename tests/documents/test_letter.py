"""The letter on paper: in four scripts, on one page, with nobody's words as commands."""

from __future__ import annotations

import shutil
import subprocess
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.documents.letter import letter_name, letter_pdf

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
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


def extracted(pdf: bytes, folder: Path) -> str:
    """The text of a PDF as a reader of it copies it, without marks of direction."""
    path = folder / "letter.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode()
    return "".join(c for c in unicodedata.normalize("NFKC", found) if unicodedata.category(c) != "Cf")


def words(text: str) -> list[str]:
    """The words of a text, without marks of direction, in no order; in Arabic a reader may join or split them."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return [word.strip(".,:;!،") for word in plain.split()]


@needs_poppler
@pytest.mark.parametrize("language", ["he", "en", "ru"])
def test_every_word_can_be_copied_from_it(language: str, tmp_path: Path) -> None:
    """All that the letter says is text in the PDF, in its script and in others, with its numbers whole."""
    letter = LETTERS[language]
    found = extracted(letter_pdf(letter, language, MADE), tmp_path)
    known = set(words(found))
    for part in (letter["date"], letter["subject"], letter["greeting"], letter["closing"], *letter["body"]):
        missing = [w for w in words(part) if w not in known and w not in found]
        assert not missing, missing
    for line in (*letter["recipient"], *letter["about"], *letter["signature"]):
        assert all(word in found for word in words(line))


@needs_poppler
def test_arabic_can_be_copied_from_it(tmp_path: Path) -> None:
    """Arabic letters come out as letters, not as shapes; the reader may put a gap where a word joins."""
    found = extracted(letter_pdf(LETTERS["ar"], "ar", MADE), tmp_path).replace(" ", "")
    for word in ("الموضوع", "شكوى", "خصم", "تحدثت", "مع", "דנה", "فاتورة", "هاتفي", "Cellcom", "A-1234"):
        assert word in found


@needs_poppler
def test_what_people_write_stays_text(tmp_path: Path) -> None:
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
    found = extracted(letter_pdf(letter, "en", MADE), tmp_path)
    for line in nasty:
        for word in line.split():
            assert word in found
    assert "root:" not in found


@pytest.mark.parametrize("language", sorted(LETTERS))
def test_it_is_one_a4_page(language: str) -> None:
    """A PDF, small enough to send, of a single page."""
    made = letter_pdf(LETTERS[language], language, MADE)
    assert made.startswith(b"%PDF-")
    assert made.count(b"/Type /Page\n") + made.count(b"/Type/Page/") <= 1
    assert len(made) < 100_000


@needs_poppler
def test_a_long_letter_goes_on_with_its_pages_numbered(tmp_path: Path) -> None:
    """Two rights, five lines of the log and a page of own words take two pages; nothing is cut off."""
    body = ["מילים " * 150, "השתלשלות העניינים:\n" + "\n".join(["22 בנובמבר: הובטח " + "כסף " * 20] * 5), "כלל " * 110]
    letter = {**LETTERS["he"], "body": [*body, *LETTERS["he"]["body"]]}
    (tmp_path / "full.pdf").write_bytes(letter_pdf(letter, "he", MADE))
    told = subprocess.run(["pdfinfo", str(tmp_path / "full.pdf")], capture_output=True, check=True).stdout.decode()
    assert "Pages:           2" in told
    assert "A4" in told
    assert "2/2" in extracted((tmp_path / "full.pdf").read_bytes(), tmp_path)


def test_pictographs_leave_no_boxes() -> None:
    """Emoji, which no font of ours has, are left out rather than printed as boxes."""
    plain = {**LETTERS["en"], "body": ["Thank you"]}
    with_emoji = {**LETTERS["en"], "body": ["Thank you 🙏🏽❤️👨‍👩‍👧"]}
    assert letter_pdf(plain, "en", MADE) == letter_pdf(with_emoji, "en", MADE)


def test_it_is_fast_after_the_first() -> None:
    """Under 100 ms of work, in the middle of ten."""
    taken = []
    for number in range(10):
        began = time.process_time()
        letter_pdf({**LETTERS["he"], "greeting": f"{number}"}, "he", MADE)
        taken.append(time.process_time() - began)
    assert sorted(taken)[5] < 0.1


def test_several_at_once() -> None:
    """Letters asked for in several threads come out right."""
    alone = {language: letter_pdf(letter, language, MADE) for language, letter in LETTERS.items()}
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda language: letter_pdf(LETTERS[language], language, MADE), sorted(LETTERS) * 4))
    assert made == [alone[language] for language in sorted(LETTERS) * 4]


def test_its_name_says_what_it_is() -> None:
    """The file is named by the letter and the day."""
    assert letter_name(LETTERS["he"], MADE) == "complaint-2026-11-22.pdf"
