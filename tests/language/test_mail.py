"""A prepared e-mail arrives as it was written."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.mail import mailto

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60)


@given(subject=TEXTS, lines=st.lists(TEXTS, max_size=4))
def test_it_reads_back(subject: str, lines: list[str]) -> None:
    """Whatever stands in the subject and the body comes out again, line by line."""
    link = urlsplit(mailto("a+b@example.org", subject, "\n".join(lines)))
    assert link.scheme == "mailto"
    assert link.path == "a+b@example.org"
    found = parse_qs(link.query, keep_blank_values=True, strict_parsing=True)
    assert found["subject"] == [subject]
    assert found["body"] == ["\r\n".join("\n".join(lines).splitlines())]


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("a b", "a%20b"),
        ("50% & more? #1 = +2", "50%25%20%26%20more%3F%20%231%20%3D%20%2B2"),
        ("שלום", "%D7%A9%D7%9C%D7%95%D7%9D"),
        ("one\ntwo\r\nthree", "one%0D%0Atwo%0D%0Athree"),
    ],
)
def test_it_is_percent_encoded(text: str, encoded: str) -> None:
    """Spaces are %20 and not a plus, lines end with CRLF, as RFC 6068 says."""
    assert mailto("", "s", text) == f"mailto:?subject=s&body={encoded}"


def test_an_address_cannot_add_headers() -> None:
    """What follows the address stays ours."""
    link = mailto("a@b.example?bcc=x@y.example&body=z", "s", "b")
    assert unquote(urlsplit(link).path) == "a@b.example?bcc=x@y.example&body=z"
    assert set(parse_qs(urlsplit(link).query)) == {"subject", "body"}
