"""The conversation of the peers: twelve turns, three new messages and nine edits, with buttons each time.

It has the shape of ours in `benchmarks.compare`: about the same words, the same number of buttons, the same calls to
the Bot API (a message or an edit, and the answer to the tap). A peer only counts turns and keeps what was tapped.
"""

from __future__ import annotations

__all__ = ["EDITS_FROM", "TURNS", "buttons", "text"]

TURNS = 12
EDITS_FROM = 3
"""From this turn on an answer edits the message that was tapped."""

_LINE = (
    "📞 <b>{turn} · פתיחה</b>\n\n<b>עכשיו אומרים:</b>\n<blockquote>הבנתי. אז שני דברים: שם ותפקיד, בשביל הרישום שלי, "
    "ולאן כותבים למי שיכול לאשר חריגה?</blockquote>\n\n💡 לא מתווכחים אם יש מנהל. עוברים לשאלה מי מוסמך, ולערוץ כתוב."
)
_LABELS = ("זו מחלקה אחרת", "זה בטיפול", "רק באפליקציה", "להתקשר מחר", "שוב לשלוח מסמכים", "אסור להקליט אותי")
_MORE = ("אמרו משהו אחר", "חזרו על זה", "מנהל", "שימור", "הלאה", "לרשום", "לסיים שיחה")


def text(turn: int) -> str:
    """What is said at a turn, in HTML."""
    return _LINE.format(turn=turn)


def buttons(turn: int) -> list[list[tuple[str, str]]]:
    """Rows of (label, callback data)."""
    cells = [(label, f"{turn}.{n}") for n, label in enumerate((*_LABELS, *_MORE))]
    return [cells[i : i + 2] for i in range(0, len(cells), 2)]
