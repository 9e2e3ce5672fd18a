"""An e-mail that is ready to be sent, as a link (RFC 6068)."""

from __future__ import annotations

from urllib.parse import quote

__all__ = ["mailto"]


def mailto(address: str, subject: str, body: str) -> str:
    """A ``mailto:`` link; lines end with CRLF, and everything but letters, digits and ``-._~`` is percent-encoded.

    In the address ``@`` and ``+`` stay as they are. An empty address leaves the choice to the person.
    """
    lines = "\r\n".join(body.splitlines())
    return f"mailto:{quote(address, safe='@+')}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"
