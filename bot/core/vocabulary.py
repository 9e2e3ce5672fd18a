"""All words of the flow language, joined."""

from __future__ import annotations

from bot.core.coaching import (
    advice,
    beyond,
    case_file,
    closing,
    company_card,
    cool_down,
    escalate,
    evidence,
    follow_up,
    hold,
    idle,
    letters,
    live_call,
    my_cases,
    my_rights,
    offers,
    people,
    places,
    practice,
    replies,
    timeline,
    triage,
)
from bot.core.words import Words

__all__ = ["VOCABULARY"]

VOCABULARY = Words.joined(
    people.words,
    places.words,
    triage.words,
    beyond.words,
    live_call.words,
    hold.words,
    escalate.words,
    follow_up.words,
    replies.words,
    idle.words,
    my_cases.words,
    closing.words,
    timeline.words,
    case_file.words,
    evidence.words,
    my_rights.words,
    offers.words,
    letters.words,
    practice.words,
    cool_down.words,
    company_card.words,
    advice.words,
)
