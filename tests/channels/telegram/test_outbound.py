"""Messages reach people within Telegram's limits, and its refusals are understood."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from telegram.error import NetworkError

from bot.channels.telegram.api import Api
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.outbound import deliver, parts
from bot.channels.telegram.transport import LeanRequest
from bot.runtime.ports import Blocked, Button, Document, InlineAnswer, InlineLine, Outgoing, Refused, TryLater
from tests.fakes.telegram_api import TelegramServer, World

BUTTONS = (
    (Button("one", data="1.2.0"), Button("two", data="1.2.1")),
    (Button("open", url="https://example.org/"), Button("copy", copy="words")),
)


def say(html: str = "<b>hi</b>", person: int = 1, **changes: Any) -> Outgoing:
    """A message to a person."""
    return Outgoing(**{"id": "e:1", "person": f"telegram:{person}", "kind": "say", "html": html, **changes})


def edit(handle: str | None, html: str = "new", **changes: Any) -> Outgoing:
    """A change of a message."""
    return say(html, kind="edit", message="e:0", handle=handle, **changes)


# -- what people see


async def test_a_message_with_buttons(api: Api, world: World) -> None:
    """Words with their marks, buttons row by row, no preview of links; the handle is Telegram's id."""
    handle = await deliver(api, say("<b>hi</b> &lt;you&gt; שלום", buttons=BUTTONS))
    seen = world.last_message(1)
    assert handle == str(seen.message_id)
    assert seen.html == "<b>hi</b> &lt;you&gt; שלום"
    assert [[(b.text, b.kind, b.value) for b in row] for row in seen.buttons] == [
        [("one", "callback_data", "1.2.0"), ("two", "callback_data", "1.2.1")],
        [("open", "url", "https://example.org/"), ("copy", "copy_text", "words")],
    ]
    assert "is_disabled" in str(world.calls("sendMessage")[0].params["link_preview_options"])


async def test_buttons_that_telegram_does_not_take(api: Api, world: World) -> None:
    """No e-mail is opened from there, and half a text on the clipboard is worse than none; the rest stays."""
    buttons = ((Button("mail", url="mailto:a@b.example"), Button("long", copy="x" * 257)), (Button("ok", data="1"),))
    await deliver(api, say(buttons=buttons))
    assert world.last_message(1).labels == ["ok"]
    await deliver(api, say(buttons=buttons[:1]))
    assert world.last_message(1).labels == []


async def test_an_edit_changes_words_and_buttons(api: Api, world: World) -> None:
    """In place, and the handle stays."""
    handle = await deliver(api, say(buttons=BUTTONS))
    assert await deliver(api, edit(handle, "<i>new</i>")) == handle
    seen = world.messages(1, from_bot=True)
    assert [(m.html, m.labels, m.edits) for m in seen] == [("<i>new</i>", [], 1)]


async def test_an_edit_of_an_unknown_message_is_sent(api: Api, world: World) -> None:
    """Without a handle there is nothing to change, so the words come as a new message."""
    handle = await deliver(api, edit(None, "new"))
    assert [(str(m.message_id), m.text) for m in world.messages(1, from_bot=True)] == [(handle, "new")]


async def test_a_message_is_taken_away(api: Api, world: World) -> None:
    """And if it is gone already, or never was, that is fine too."""
    handle = await deliver(api, say())
    for _ in range(2):
        assert await deliver(api, say("", kind="delete", handle=handle)) == handle
    assert world.messages(1, from_bot=True) == []
    assert await deliver(api, say("", kind="delete", handle=None)) is None


async def test_files(api: Api, world: World) -> None:
    """A document keeps its name; a picture is shown as one."""
    name = 'תיק "1".json'
    file = Document(name, '{"a": "שלום\r\n--x"}'.encode(), "application/json")
    await deliver(api, say("", kind="document", document=file))
    shown = world.last_message(1).content["document"]
    assert shown["file_name"] == name.replace('"', "%22")
    assert shown["mime_type"] == "application/json"
    assert world.files[shown["file_id"]].data == file.content
    picture = Document("offer.png", b"\x89PNG\r\n\x1a\n-not-really", "image/png")
    await deliver(api, say("", kind="document", document=picture))
    assert world.last_message(1).kind == "photo"


async def test_inline_answers(api: Api, world: World) -> None:
    """The lines that were found, for this person only, and the way into our own chat."""
    query = world.inline_query(1, "no manager")["inline_query"]["id"]
    channel = TelegramChannel(api, lambda: None, {})  # type: ignore[arg-type, return-value]
    await channel.answer(InlineAnswer("telegram:1", query, (InlineLine("t", "x", "n"),) * 2, "o" * 70))
    answer = world.inline_answer(query)
    assert answer is not None
    assert [r["input_message_content"]["message_text"] for r in answer["results"]] == ["x", "x"]
    assert answer["is_personal"] is True
    assert len(answer["button"]["text"]) == 64
    await channel.answer(InlineAnswer("telegram:1", "unknown", ()))


async def test_taps_are_acknowledged(api: Api, world: World) -> None:
    """With words or without; a query that is too old is no trouble."""
    channel = TelegramChannel(api, lambda: None, {})  # type: ignore[arg-type, return-value]
    query = world.forge_tap(1, "1")["callback_query"]["id"]
    await channel.acknowledge(query, "noted")
    assert (world.callback_answer(query) or {})["text"] == "noted"
    await channel.acknowledge(query, None)
    await channel.acknowledge("unknown", None)


# -- long texts


async def test_a_long_message_comes_in_pieces(api: Api, world: World) -> None:
    """Whole paragraphs, in order, nothing lost; the buttons stand under the last, whose handle it is."""
    paragraphs = [f"<b>{n}</b> " + "אבגד " * 150 for n in range(12)]
    handle = await deliver(api, say("\n\n".join(paragraphs), buttons=BUTTONS))
    seen = world.messages(1, from_bot=True)
    assert len(seen) == 3
    assert [bool(m.labels) for m in seen] == [False, False, True]
    assert str(seen[-1].message_id) == handle
    assert (
        "\n\n".join(m.text for m in seen).split() == " ".join(paragraphs).replace("<b>", "").replace("</b>", "").split()
    )


def test_lengths_are_telegrams() -> None:
    """Characters outside the basic plane count twice, marks and escapes do not."""
    assert len(parts("😀" * 2048)) == 1
    assert len(parts("<b>" + "&lt;" * 4096 + "</b>")) == 1
    assert len(parts("a" * 4000 + "\n\n" + "b" * 94)) == 1
    assert len(parts("a" * 4000 + "\n\n" + "b" * 95)) == 2


async def test_an_endless_paragraph_is_cut(api: Api, world: World) -> None:
    """Within the limit to the last unit, with a sign that something is missing, and not in the middle of a sign."""
    for text in ("x" * 10_000, "😀" * 5000, "a" + "😀" * 5000, "&amp;&lt;" * 4000):
        await deliver(api, say(f"<b>{text}</b>"))
        seen = world.last_message(1).text
        assert seen.endswith("…")
        assert 4090 <= len(seen.encode("utf-16-le")) // 2 <= 4096


async def test_a_mark_over_several_pieces(api: Api, world: World) -> None:
    """When the cut goes through a quotation, the words are worth more than the marks."""
    await deliver(api, say("<blockquote>" + "\n\n".join(["a" * 3000, "b" * 3000]) + "</blockquote>"))
    assert [m.text[0] for m in world.messages(1, from_bot=True)] == ["a", "b"]


async def test_broken_marks(api: Api, world: World, caplog: pytest.LogCaptureFixture) -> None:
    """A message that Telegram cannot read is sent without marks, and it is said so in the log, without the words."""
    await deliver(api, say("<b>you & <i>me</b>", buttons=BUTTONS))
    seen = world.last_message(1)
    assert seen.text == "you & me"
    assert seen.labels == ["one", "two", "open", "copy"]
    assert "not well formed" in caplog.text
    assert "you" not in caplog.text


# -- refusals


async def test_the_same_words_again(api: Api, world: World) -> None:
    """An edit that changes nothing has been carried out."""
    handle = await deliver(api, say("same", buttons=BUTTONS))
    assert await deliver(api, edit(handle, "same", buttons=BUTTONS)) == handle


@pytest.mark.parametrize(
    "reason",
    ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"],
)
async def test_a_message_that_cannot_be_changed_any_more(api: Api, world: World, reason: str) -> None:
    """The person deleted it or it is too old: the words come as a new message, which is the one to change now."""
    world.add_fault(method="editMessageText", code=400, description=f"Bad Request: {reason}")
    handle = await deliver(api, edit("5", "new"))
    assert str(world.last_message(1).message_id) == handle


async def test_a_message_that_the_person_deleted(api: Api, world: World) -> None:
    """As it really happens: it is gone, so it is sent anew."""
    handle = await deliver(api, say("old"))
    await deliver(api, say("", kind="delete", handle=handle))
    assert await deliver(api, edit(handle, "new")) != handle
    assert [m.text for m in world.messages(1, from_bot=True)] == ["new"]


async def test_who_does_not_want_to_hear(api: Api, world: World) -> None:
    """Blocked us, never wrote, or is gone: all the same to us, for messages, changes and files."""
    handle = await deliver(api, say())
    world.block(1)
    file = Document("x.json", b"{}", "application/json")
    for message in (say(), edit(handle), say("", kind="document", document=file), say(person=3), say(person=99)):
        with pytest.raises(Blocked):
            await deliver(api, message)
    world.add_fault(code=403, description="Forbidden: user is deactivated")
    with pytest.raises(Blocked):
        await deliver(api, say(person=2))


@pytest.mark.parametrize("html", ["", "   ", "<b> </b>"])
async def test_nothing_to_say(api: Api, world: World, html: str) -> None:
    """Telegram takes no empty message, ever."""
    with pytest.raises(Refused, match="empty"):
        await deliver(api, say(html))


async def test_a_refusal_quotes_nobody(api: Api, world: World) -> None:
    """Its reason says what kind of call it was and not what stood in it."""
    world.add_fault(code=400, description="Bad Request: wrong thing: the person's own words")
    with pytest.raises(Refused) as refused:
        await deliver(api, say("the person's own words"))
    assert str(refused.value) == "say: Wrong thing"


async def test_too_fast(api: Api, world: World) -> None:
    """It says how long to wait; that is this chat's affair first."""
    world.add_fault(code=429, retry_after=7)
    with pytest.raises(TryLater) as later:
        await deliver(api, say())
    assert (later.value.after, later.value.everyone) == (7, False)


@pytest.mark.parametrize(
    "fault",
    [
        {"code": 500},
        {"code": 502, "body": "<html>Bad Gateway</html>"},
        {"code": 504, "body": ""},
        {"code": 401},
        {"code": 404},
        {"code": 302, "body": "<html>elsewhere</html>"},
        {"code": 200, "body": "<html>Welcome to the hotel's network</html>"},
        {"code": 200, "body": "null"},
        {"code": 200, "body": "[]"},
        {"code": 200, "body": '{"hello": "world"}'},
        {"kind": "reset_before", "times": 2},
    ],
)
async def test_telegram_is_in_trouble(
    api: Api, world: World, fault: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever comes instead of an answer, nobody's message is thrown away for it."""
    await deliver(api, say())
    world.add_fault(**fault)
    with pytest.raises(TryLater) as later:
        await deliver(api, say())
    assert later.value.everyone
    assert await deliver(api, say()) is not None


async def test_no_answer_in_time(server: TelegramServer, world: World) -> None:
    """It may have been sent; it is tried again, and the others go on."""
    impatient = Api(server.url, server.world.token, LeanRequest())
    world.add_fault(kind="delay", seconds=2)
    call = impatient.call

    async def short(method: str, parameters: dict[str, Any] | None = None, **more: Any) -> Any:
        return await call(method, parameters, timeout=0.1)

    impatient.call = short  # type: ignore[method-assign]
    with pytest.raises(TryLater) as later:
        await deliver(impatient, say())
    assert (later.value.after, later.value.everyone) == (None, False)
    await impatient.close()
    await world.wait_calls("sendMessage")


async def test_nobody_there() -> None:
    """A server that cannot be reached affects everybody."""
    api = Api("http://127.0.0.1:9", "1:x", LeanRequest())
    with pytest.raises(TryLater) as later:
        await deliver(api, say())
    assert later.value.everyone
    with pytest.raises(NetworkError, match="ConnectionRefusedError"):
        await api.call("getMe")


async def test_errors_do_not_show_the_token(server: TelegramServer, world: World) -> None:
    """It stands in every address that is called, and must stand in no error."""
    api = Api("http://127.0.0.1:9", "1:SECRET", LeanRequest())
    try:
        await api.call("getMe")
    except NetworkError as error:
        chain: BaseException | None = error
        while chain is not None:
            assert "SECRET" not in f"{chain!r}"
            chain = chain.__cause__ or chain.__context__


async def test_people_do_not_wait_for_each_other(api: Api, world: World) -> None:
    """Calls to several people run at the same time."""
    world.add_fault(kind="delay", seconds=40, chat_id=1)
    slow = asyncio.create_task(deliver(api, say(person=1)))
    await world.wait_for(lambda: world.calls("sendMessage", 1), what="the slow call")
    await deliver(api, say(person=2))
    assert not slow.done()
    slow.cancel()
    await asyncio.gather(slow, return_exceptions=True)
