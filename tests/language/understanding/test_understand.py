"""`lofrayer understand`: JSON lines in, JSON lines out, whatever comes in."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bot.language.training.understand import answers

KEYS = ["guesses", "decision", "company", "sector", "amount"]


def test_the_command() -> None:
    """Each line is answered by one line with the promised keys; one that is no JSON also says what is wrong."""
    lines = ['{"text": "אומר שאין אף אחד מעליו", "lang": "he"}', "", "not json", '{"text": "she says its the policy"}']
    done = subprocess.run(
        [sys.executable, "-m", "bot", "understand", "--task", "objection"],
        input="\n".join(lines).encode(),
        capture_output=True,
        check=True,
    )
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len(found) == 3
    assert [list(row) for row in found] == [KEYS, [*KEYS, "error"], KEYS]
    assert [row["guesses"][0]["id"] for row in found if row["guesses"]] == ["no_manager_here", "its_policy"]
    assert all(list(guess) == ["id", "score"] for row in found for guess in row["guesses"])


def test_first_message() -> None:
    """A first message gives the problem, the company, its sector and the sum."""
    line = json.dumps({"text": "סלקום חייבו אותי פעמיים 89.90 שקל ואין הסבר", "lang": "he"}, ensure_ascii=False)
    [row] = [json.loads(answer) for answer in answers([line.encode()], "triage")]
    assert row["guesses"][0]["id"] == "overcharge"
    assert (row["company"], row["sector"], row["amount"]) == ("cellcom", "telecom-cellular", 89.9)


@pytest.mark.parametrize(
    "line",
    [b"[]", b"3", b'{"text": 5}', b'{"lang": "he"}', b"\xff\xfe", b"[" * 100000, b'{"text": null}'],
)
def test_bad_lines(line: bytes) -> None:
    """A bad line means nothing and is said to be bad; the next one is answered all the same."""
    bad, good = (json.loads(a) for a in answers([line, b'{"text": "its the policy", "lang": 7}'], "objection"))
    assert (bad["decision"], bad["guesses"], bad["amount"]) == ("none", [], None)
    assert bad["error"] == "expected a JSON object with a text"
    assert good["guesses"][0]["id"] == "its_policy"
    assert "error" not in good


def test_files_from_windows() -> None:
    """A byte order mark and Windows newlines are no part of a line."""
    lines = [b'\xef\xbb\xbf{"text": "its the policy"}\r\n', b"\r\n", b'{"text": "its the policy"}\r\n']
    first, second = answers(lines, "objection")
    assert json.loads(first)["guesses"][0]["id"] == "its_policy"
    assert first == second


@pytest.mark.parametrize("text", ["", "\\ud800", "x" * 20000, "\\u0000", "\\u202e"])
def test_odd_texts(text: str) -> None:
    """Empty, broken and very long texts are texts: answered, without an error."""
    [row] = [json.loads(a) for a in answers([f'{{"text": "{text}"}}'.encode()], "triage")]
    assert list(row) == KEYS
