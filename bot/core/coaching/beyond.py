"""What is no dispute with a business: it is said at once, with who may help."""

from __future__ import annotations

from bot.core.coaching.my_rights import channel_lines
from bot.core.talk import Talk
from bot.core.text import Value
from bot.core.words import Words

words = Words()


@words.guard
def beyond_is(talk: Talk, kind: str) -> bool:
    """The story is of a matter of this kind."""
    return talk.vars.get("beyond") == kind


@words.action
def within(talk: Talk, _: object) -> None:
    """It is a dispute with a business after all, and is not asked about again."""
    talk.remember(beyond=None, within=True)


@words.action
def forget_story(talk: Talk, _: object) -> None:
    """What was told is no matter of ours: nobody comes back to it."""
    talk.remember(story=None)
    talk.set_case(story="", problem="other", sector="general", facts={}, amount=None, since=None)


@words.value
def who_may_help(talk: Talk) -> Value | None:
    """Who takes such matters: name, what they do, and where."""
    kind = talk.vars.get("beyond")
    known = [c for c in talk.country.channels.values() if kind in c.beyond and not c.withdrawn]
    return channel_lines(talk, known)
