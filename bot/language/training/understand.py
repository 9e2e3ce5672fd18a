"""Answers for authors and judges: JSON lines of texts in, what they mean out."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from bot.core.book import Understanding

__all__ = ["answer", "answers"]


def answers(lines: Iterable[bytes], task: str) -> Iterator[str]:
    """One JSON line for each line that is not empty; a bad line is answered as one that means nothing."""
    from bot.app import load

    reader = load()[0].understanding
    for line in (given.removeprefix(BOM_UTF8) for given in lines):
        if not line.strip():
            continue
        text, language = _parse(line)
        found = answer(reader, task, text or "", language)
        if text is None:
            found["error"] = "expected a JSON object with a text"
        yield json.dumps(found, ensure_ascii=False)


def answer(reader: Understanding, task: str, text: str, language: str) -> dict[str, Any]:
    """What one text means."""
    reading = reader.read(text, language, date.today())
    found = reader.objection(text, language) if task == "objection" else reading.problem
    amount = None if reading.amount is None else float(reading.amount)
    return {
        "guesses": [{"id": guess.id, "score": guess.score} for guess in found.guesses],
        "decision": found.decision,
        "company": reading.company,
        "sector": reading.sector,
        "amount": int(amount) if amount is not None and amount.is_integer() else amount,
    }


def _parse(line: bytes) -> tuple[str | None, str]:
    try:
        data = json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None, "he"
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        return None, "he"
    language = data.get("lang")
    return data["text"].encode("utf-8", "replace").decode(), language if isinstance(language, str) else "he"
