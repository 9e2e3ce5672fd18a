"""Photos and documents that people send: which are taken, judged by what stands in them and not by their names."""

from __future__ import annotations

__all__ = ["KINDS", "LIMIT", "PICTURES", "kind_of"]

LIMIT = 10 * 1024 * 1024
"""Bytes of one file. A channel may take less."""

PICTURES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
"""MIME type -> suffix of the pictures that are taken."""

KINDS = {**PICTURES, "application/pdf": "pdf"}
"""MIME type -> suffix of everything that is taken: what a page can show, and nothing that a program runs."""

_HEAD = 1024
"""A PDF may begin with as many bytes of something else."""


def kind_of(content: bytes) -> str | None:
    """The MIME type of a file by its first bytes, or None if it is of no kind that is taken."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    return "application/pdf" if b"%PDF-" in content[:_HEAD] else None
