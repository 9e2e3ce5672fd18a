"""Every update becomes an event, nothing, or an error that is kept; none raises."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.telegram.inbound import ALLOWED_UPDATES, incoming
from bot.core.events import Asked, Attachment, Blocked, Hello, Said, Sent, Tapped, Unblocked
from bot.runtime.ports import Incoming
from tests.fakes.telegram_api import World

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
USER = {"id": 7, "is_bot": False, "first_name": "Dana", "language_code": "he"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Dana"}
GROUP = {"id": -100, "type": "supergroup", "title": "The neighbours"}
COMMON: dict[str, Any] = {"id": "telegram:5", "person": "telegram:7", "at": NOW, "hello": Hello("he")}


def read(**update: Any) -> Incoming:
    """What becomes of an update with the number 5."""
    return incoming({"update_id": 5, **update}, lambda: NOW)


def message(**fields: Any) -> dict[str, Any]:
    """A message in a private chat."""
    return {"message_id": 1, "date": 0, "from": USER, "chat": PRIVATE, **fields}


def test_words() -> None:
    """A text comes as it was typed, with who typed it and in which language their Telegram is."""
    assert read(message=message(text="  /start\u202e x ")) == Incoming(
        "telegram", "5", Said(**COMMON, text="  /start\u202e x ")
    )


@pytest.mark.parametrize("language", [None, 5, {}])
def test_a_language_that_is_not_told(language: Any) -> None:
    """It is unknown then, whatever stands there."""
    event = read(message=message(text="x", **{"from": {**USER, "language_code": language}})).event
    assert event is not None
    assert event.hello == Hello(None)


@pytest.mark.parametrize(
    "kind", ["voice", "audio", "video", "video_note", "sticker", "animation", "location", "contact"]
)
def test_what_is_not_text(kind: str) -> None:
    """The coach hears what kind of thing it was, and nothing of its content."""
    assert read(message=message(**{kind: {"file_id": "secret"}})).event == Sent(**COMMON, kind=kind)


def test_a_caption_is_cleaned_at_once() -> None:
    """A card number under a photo goes no further."""
    event = read(message=message(photo=[{}], caption="my card 4580 4580 4580 4580 x\u202e")).event
    assert isinstance(event, Sent)
    assert "4580" not in event.caption
    assert "\u202e" not in event.caption
    assert event.secret


def test_a_photo_is_kept_in_its_largest_size() -> None:
    """Telegram offers several sizes, in no promised order; only one of them is worth keeping."""
    sizes = [
        {"file_id": "m", "width": 320, "height": 240, "file_size": 20_000},
        {"file_id": "x", "width": 1280, "height": 960, "file_size": 160_000},
        {"file_id": "s", "width": 90, "height": 67, "file_size": 1_000},
    ]
    event = read(message=message(photo=sizes, caption="the bill")).event
    assert event == Sent(**COMMON, kind="photo", caption="the bill", attachment=Attachment("x", "image/jpeg", 160_000))


def test_a_document_comes_with_its_name() -> None:
    """What the sender's program says of it; a card number in the name goes no further."""
    told = {"file_id": "d", "mime_type": "application/pdf", "file_size": 9, "file_name": "bill 4580 4580 4580 4580.pdf"}
    event = read(message=message(document=told)).event
    assert event == Sent(**COMMON, kind="document", attachment=Attachment("d", "application/pdf", 9, "bill ••••.pdf"))


def test_an_album_is_known_by_its_group() -> None:
    """What was sent in one go carries one name; what was sent alone carries none."""
    several = read(message=message(photo=[{}], media_group_id="1357")).event
    alone = read(message=message(photo=[{}])).event
    assert isinstance(several, Sent)
    assert isinstance(alone, Sent)
    assert (several.album, alone.album) == ("1357", "")


@pytest.mark.parametrize("content", [{"photo": []}, {"photo": [{}]}, {"photo": 5}, {"document": {}}, {"document": 5}])
def test_an_attachment_that_is_not_there(content: dict[str, Any]) -> None:
    """Without a file id there is nothing to keep: it is answered as anything else that is no text."""
    event = read(message=message(**content)).event
    assert event == Sent(**COMMON, kind=next(iter(content)))


def test_taps() -> None:
    """With their data and the query that has to be answered."""
    query = {"id": "99", "from": USER, "message": message(), "data": "1.2.3"}
    assert read(callback_query=query).event == Tapped(**COMMON, data="1.2.3", callback="99")


@pytest.mark.parametrize("changed", [{"data": None}, {"data": 5}, {"game_short_name": "x"}])
def test_taps_without_data(changed: dict[str, Any]) -> None:
    """They are taps all the same, on nothing we know."""
    assert read(callback_query={"id": "99", "from": USER, **changed}).event == Tapped(**COMMON, data="", callback="99")


def test_taps_on_a_message_that_is_gone() -> None:
    """Telegram then tells only the chat and a date of 0."""
    query = {"id": "99", "from": USER, "message": {"chat": PRIVATE, "message_id": 3, "date": 0}, "data": "1.2.3"}
    assert isinstance(read(callback_query=query).event, Tapped)


def test_inline_queries() -> None:
    """Only the first page, and never another bot's."""
    query = {"id": "99", "from": USER, "query": "no manager here", "offset": ""}
    assert read(inline_query=query).event == Asked(**COMMON, query="99", text="no manager here")
    assert read(inline_query={**query, "offset": "10"}) == Incoming("telegram", "5")
    assert read(inline_query={**query, "from": {**USER, "is_bot": True}}) == Incoming("telegram", "5")


@pytest.mark.parametrize(
    ("status", "kind"), [("kicked", Blocked), ("left", Blocked), ("member", Unblocked), ("restricted", Unblocked)]
)
def test_blocking(status: str, kind: type) -> None:
    """Who blocks us and who comes back."""
    event = read(my_chat_member={"chat": PRIVATE, "from": USER, "new_chat_member": {"status": status}}).event
    assert isinstance(event, Blocked | Unblocked)
    assert type(event) is kind
    assert event.person == "telegram:7"


@pytest.mark.parametrize(
    "update",
    [
        {"message": message(text="hi", chat=GROUP)},
        {"message": message(text="hi", chat={"id": -5, "type": "group"})},
        {"message": message(text="hi", chat={"id": -5, "type": "channel"})},
        {"message": {"message_id": 1, "chat": PRIVATE, "text": "nobody's"}},
        {"message": message(text="hi", **{"from": {**USER, "is_bot": True}})},
        {"message": message(new_chat_title="x")},
        {"callback_query": {"id": "9", "from": USER, "message": message(chat=GROUP), "data": "1.2.3"}},
        {"my_chat_member": {"chat": GROUP, "from": USER, "new_chat_member": {"status": "member"}}},
        {"edited_message": message(text="changed")},
        {"channel_post": message(text="news", chat=GROUP)},
        {"poll_answer": {"user": USER}},
        {"something_new": {"from": USER}},
        {},
    ],
)
def test_what_means_nothing_to_us(update: dict[str, Any]) -> None:
    """Groups, channels, bots, edits and kinds nobody has thought of yet: their number is kept, nothing else."""
    assert read(**update) == Incoming("telegram", "5")


@pytest.mark.parametrize(
    "update",
    [
        {"message": {}},
        {"message": None},
        {"message": []},
        {"message": "text"},
        {"message": message(**{"from": {"is_bot": False}}, text="hi")},
        {"message": message(**{"from": {"id": "x"}}, text="hi")},
        {"message": message(chat=None, text="hi")},
        {"message": message(chat="private", text="hi")},
        {"message": message(text=None)},
        {"message": message(text=["hi"])},
        {"callback_query": {}},
        {"callback_query": {"from": USER}},
        {"callback_query": {"id": "1", "from": 7, "data": "1.2.3"}},
        {"inline_query": {"from": USER}},
        {"my_chat_member": {"chat": PRIVATE, "from": USER}},
        {"my_chat_member": 5},
    ],
)
def test_what_cannot_be_read(update: dict[str, Any]) -> None:
    """It is kept under its own number, with what is wrong with it."""
    found = read(**update)
    assert (found.channel, found.update, found.event) == ("telegram", "5", None)
    assert found.error is not None
    assert found.error.startswith("unreadable: ")
    assert '"update_id": 5' in found.raw


def test_what_cannot_be_read_still_belongs_to_somebody() -> None:
    """Where it says whose it is, it is theirs to export and to delete."""
    assert read(message=message(chat=None, text="my story")).person == "telegram:7"
    assert read(message=message(chat=None, **{"from": {"id": "7"}})).person is None


@pytest.mark.parametrize("raw", [None, 5, "x", [], {}, {"update_id": "5"}, {"update_id": None, "message": message()}])
def test_what_has_no_number(raw: Any) -> None:
    """It gets a name from its content, so that a second delivery is known."""
    found = incoming(raw, lambda: NOW)
    assert found.error == "no update id"
    assert found.update.startswith("unreadable:")
    assert len(found.update) <= 120
    assert incoming(raw, lambda: NOW) == found


def test_broken_updates_hold_no_secrets() -> None:
    """What is kept of them is cut and cleaned like everything that is typed."""
    raw = read(message={"text": "my card 4580 4580 4580 4580", "more": "x" * 100_000}).raw
    assert "4580" not in raw
    assert len(raw) <= 4000


@pytest.mark.parametrize("strange", ["\ud800", "\x00", "\u202e\u2066", "x" * 50_000, "𝒳" * 5000])
def test_strange_characters(strange: str) -> None:
    """Half a surrogate, a zero, direction marks, endless texts: none of them stops the channel."""
    for update in (
        {"message": message(text=strange, caption=strange)},
        {"message": {"text": strange}},
        {"callback_query": {"id": "9", "from": USER, "data": strange}},
        {"message": message(photo=[], caption=strange)},
        {strange: strange},
    ):
        found = read(**update)
        found.raw.encode()
    incoming({strange: strange}, lambda: NOW).update.encode()


def test_nesting_without_an_end() -> None:
    """An update as deep as memory allows is kept as an error, not as a crash."""
    deep: Any = {}
    for _ in range(100_000):
        deep = {"x": deep}
    found = read(message=message(chat=None, reply_markup=deep))
    assert found.error is not None


def test_what_we_ask_for_is_what_we_read(world: World) -> None:
    """Each kind of update that Telegram is asked for becomes an event."""
    world.updates.allow(ALLOWED_UPDATES)
    world.send_text(1, "hi")
    world.forge_tap(1, "1.2.3")
    world.inline_query(1, "no manager")
    world.block(1)
    kinds = set()
    for update in world.updates.take(0, 100):
        kinds.update(update.keys() - {"update_id"})
        assert incoming(update, lambda: NOW).event is not None
    assert kinds == set(ALLOWED_UPDATES)
