"""Privacy of people who have gone: asked once whether to keep what is kept on them, and then deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.coaching.people import forget_everything
from bot.core.nudges import next_hour, open_until
from bot.core.step import start_aside
from bot.core.talk import Talk
from bot.core.text import Day, Value
from bot.core.words import Words

words = Words()

GRACE = timedelta(days=30)
"""From the question to the deletion."""
DELIVERY = timedelta(days=7)
"""How long the question may take to arrive; a deletion nobody was told of would be worse than a late question."""


@words.timer("idle")
def idle(talk: Talk) -> None:
    """Ask once, at the person's hour; delete everything if nothing has come of it. The store finds who is idle."""
    session, seen = talk.session, talk.session.seen or talk.now
    if talk.now - seen < GRACE:
        return  # they came back
    if session.idle_asked is not None and seen <= session.idle_asked:
        if talk.now - session.idle_asked < GRACE:
            talk.schedule("idle", session.idle_asked + GRACE)
        else:
            forget_everything(talk, None)
        return
    if not session.asleep:
        if open_until(talk.profile, talk.now, talk.book.calendar) is None:
            talk.schedule("idle", next_hour(talk.profile, talk.now, talk.book.calendar))
            return
        start_aside(talk, "idle", {}, talk.now + DELIVERY)
    talk.session = replace(talk.session, idle_asked=talk.now)
    talk.schedule("idle", talk.now + GRACE)


@words.value
def delete_day(talk: Talk) -> Value | None:
    """The day on which everything is deleted."""
    asked = talk.session.idle_asked or talk.now
    return Day((asked + GRACE).astimezone(talk.local_now.tzinfo).date(), dated=True)
