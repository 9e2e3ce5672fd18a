"""People who know what they want, whatever the screens between."""

from __future__ import annotations

from tests.fakes.coach import CoachProcess
from tests.fakes.telegram_api import MessageView, World
from tests.support.databases import query
from tests.support.waiting import PATIENCE, until_so

__all__ = ["PATIENCE", "add_note", "all_said", "answer", "open_card", "open_case", "refused", "walk"]

OPENING = (
    "As to a woman",
    "Something went wrong",
    "I'd rather not say",
    "Nothing less",
    "I don't know",
    "Today",
)
"""The buttons that lead to an opened case; where none of them is there, the first button does."""


async def all_said(world: World, coach: CoachProcess, patience: float = PATIENCE) -> None:
    """Wait until every update has its turn, and all that the coach has to say is said and noted."""

    async def quiet() -> bool:
        if world.stats()["pending_updates"]:
            return False
        waiting = "SELECT count(*) FROM outbox WHERE state = 'waiting'"
        return [(0,)] == await query(coach.settings["DATABASE_URL"], waiting)

    await until_so(quiet, patience)


async def answer(world: World, coach: CoachProcess, user: int, count: int = 1) -> MessageView:
    """What the coach says or edits next, when it has said everything."""
    await world.wait_messages(user, count, edits=True)
    await all_said(world, coach)
    return world.last_message(user)


async def walk(world: World, user: int, until: str, labels: tuple[str, ...] = OPENING) -> MessageView:
    """Tap on until a message says this."""
    for _ in range(40):
        message = world.last_message(user)
        if until in message.text:
            return message
        wanted = next((label for label in labels if label in message.labels), None)
        world.tap(user, wanted, index=None if wanted else 0, message_id=message.message_id)
        await world.wait_messages(user, 1, edits=True)
    raise AssertionError(f"'{until}' did not come; the last words were: {world.last_message(user).text}")


async def open_case(world: World, user: int, language: str = "en") -> None:
    """From the first word to an opened case."""
    world.add_user(user, f"P{user}", language_code=language)
    world.send_command(user, "start")
    await world.wait_messages(user, 1)
    await walk(world, user, "Case opened")


async def open_card(world: World, user: int) -> MessageView:
    """The card of the person's case, where notes are added."""
    world.send_command(user, "cases")
    await world.wait_messages(user, 1, edits=True)
    world.tap(user, index=0)
    return await world.wait_text(user, "On the ladder")


async def add_note(world: World, user: int, card: MessageView, text: str) -> MessageView:
    """Write a note into the case; returns the card that comes after it."""
    world.tap(user, "✍️ Add a note", message_id=card.message_id)
    await world.wait_text(user, "Write what you want to keep")
    world.send_text(user, text)
    return await world.wait_text(user, "On the ladder")


def refused(world: World) -> list[str]:
    """Calls that Telegram did not take, other than polls that were cut off."""
    return [f"{c.method}: {c.description}" for c in world.calls() if c.ok is False and c.method != "getUpdates"]
