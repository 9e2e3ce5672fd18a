"""What people type, on good days and on bad ones."""

from __future__ import annotations

import re

from tests.support.chat import Chat

__all__ = ["NASTY", "ORDINARY", "SECRETS", "check_nothing_secret"]

CARD = "4111111111111111"
CODE = "739184"
SECRETS = [
    CARD,
    "my card is 4111 1111 1111 1111 12/28",
    "4111-1111-1111-1111",
    "חויבתי בכרטיס 4111 1111 1111 1111 פעמיים",
    f"the code is {CODE}",
    f"קוד האימות: {CODE}",
    f"код подтверждения {CODE}",
    f"رمز التحقق {CODE}",
]
ORDINARY = [
    "סלקום חייבו אותי פעמיים 89.90 מהשבוע שעבר",
    "הם אמרו שאין מנהל",
    "Pelephone charged me twice since 3.11",
    "תפריט",
    "stop",
    "89.90",
    "1",
    "2",
    "25.11",
    "tomorrow",
    "לפני שבוע",
    "Dana",
    "123-456",
    "כן",
    "no",
    "רמי לוי",
    "warranty",
]
NASTY = [
    "",
    " ",
    "\n\n",
    "/",
    "//",
    "/ call",
    "/nonsense",
    "/start@lofrayer_bot deep-link",
    "/CALL",
    "👍",
    "👩‍👩‍👧‍👦" * 30,
    "א" * 10_000,
    "a " * 5_000,
    "9" * 10_000,
    "\u202egnihtemos\u202c",
    "\u0000\u0007\u001b[31m",
    "\ud800",
    "<b>bold</b> & <script>alert('x')</script>",
    "{amount} {0} {!r} %s %(x)s",
    "}{",
    "'; DROP TABLE sessions; --",
    "٤٢",
    "1e999",
    "-5",
    "NaN",
    "99999999999999999999 ₪",
    "0.00000000001",
    "31.2.2026",
    "29.2",
    "1.1.0001",
    "31.12.9999",
    "\u2028",
    "\t",
]


def check_nothing_secret(chat: Chat) -> None:
    """No secret is in what is stored, logged or shown."""
    kept = (chat.stored or b"").decode() + repr(chat.log) + repr([m.text for m in chat.messages])
    assert CODE not in kept
    assert CARD not in re.sub(r"[\s./_–-]", "", kept)
