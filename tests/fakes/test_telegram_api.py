"""The fake Telegram refuses, delivers and misbehaves as the real one does."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
import telegram
import telegram.error
import telegram.request
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.fakes.telegram.faults import Kind
from tests.fakes.telegram.formatting import parse_html, to_html, utf16_length
from tests.fakes.telegram_api import ApiError, Settings, TelegramServer, World, WorldError, create_app
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio

TOKEN = "123456789:TEST"
PNG = b"\x89PNG\r\n\x1a\n-not-really"
Json = dict[str, Any]


def keyboard(*buttons: Json) -> Json:
    """An inline keyboard with one button a row."""
    return {"inline_keyboard": [[button] for button in buttons]}


YES_NO = keyboard({"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"})


class Client:
    """Calls the fake as a bot would, with JSON bodies."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def raw(self, method: str, **params: Any) -> httpx.Response:
        """The HTTP answer."""
        return await self.http.post(f"/bot{TOKEN}/{method}", json=params)

    async def ok(self, method: str, **params: Any) -> Any:
        """The result of a call that has to succeed."""
        body = (await self.raw(method, **params)).json()
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        """The code and description of a call that has to fail."""
        response = await self.raw(method, **params)
        body = response.json()
        assert body["ok"] is False
        assert body["error_code"] == response.status_code
        return body["error_code"], body["description"]


@pytest.fixture
def world() -> Iterator[World]:
    """Dana (1) wrote and got a question; Avi (2) never wrote; Noa (3) blocked the bot."""
    world = World(TOKEN)
    world.add_user(1, "Dana", "he")
    world.add_user(2, "Avi", "he")
    world.add_user(3, "Noa", "he")
    world.send_text(1, "hi")
    world.send_text(3, "hi")
    world.block(3)
    yield world
    world.close()


@pytest_asyncio.fixture
async def bot(world: World) -> AsyncIterator[Client]:
    """A client in process; the question to Dana is message 3."""
    transport = httpx.ASGITransport(app=create_app(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://telegram") as http:
        client = Client(http)
        sent = await client.ok("sendMessage", chat_id=1, text="Shall we?", reply_markup=YES_NO)
        assert sent["message_id"] == 3
        yield client


# --- refusals --------------------------------------------------------------------------------------------------------

PARSE = "Bad Request: can't parse entities: "
BUTTON = "Bad Request: can't parse inline keyboard button: "
STALE = "Bad Request: query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def send(**params: Any) -> tuple[str, Json]:
    """A sendMessage to Dana with these parameters."""
    return "sendMessage", {"chat_id": 1, "text": "x", **params}


def html(text: str) -> tuple[str, Json]:
    """A sendMessage to Dana in HTML."""
    return send(text=text, parse_mode="HTML")


def button(**fields: Any) -> tuple[str, Json]:
    """A sendMessage to Dana with this one button."""
    return send(reply_markup=keyboard({"text": "b", **fields}))


def edit(message_id: int, **params: Any) -> tuple[str, Json]:
    """An editMessageText in Dana's chat."""
    return "editMessageText", {"chat_id": 1, "message_id": message_id, "text": "new", **params}


REFUSALS: dict[str, tuple[tuple[str, Json], int, str]] = {
    "unknown method": (("sendPigeon", {}), 404, "Not Found: method not found"),
    "missing text": (("sendMessage", {"chat_id": 1}), 400, "Bad Request: message text is empty"),
    "empty text": (send(text=""), 400, "Bad Request: message text is empty"),
    "blank text": (send(text=" \n\u200f "), 400, "Bad Request: text must be non-empty"),
    "empty after parsing": (html("<b></b>"), 400, "Bad Request: text must be non-empty"),
    "text too long": (send(text="x" * 4097), 400, "Bad Request: message is too long"),
    "text too long in UTF-16": (send(text="😀" * 2049), 400, "Bad Request: message is too long"),
    "text with half characters": (send(text="\ud83d"), 400, "Bad Request: strings must be encoded in UTF-8"),
    "unknown parse mode": (send(parse_mode="BBCode"), 400, "Bad Request: unsupported parse_mode"),
    "unknown tag": (html("<p>x</p>"), 400, PARSE + 'Unsupported start tag "p" at byte offset 0'),
    "bare <": (html("א < b"), 400, PARSE + 'Unsupported start tag "" at byte offset 3'),
    "unclosed tag": (html("<b>x"), 400, PARSE + 'Can\'t find end tag corresponding to start tag "b"'),
    "unclosed start": (html("x <b"), 400, PARSE + "Unclosed start tag at byte offset 2"),
    "wrong nesting": (
        html("<b><i>x</b></i>"),
        400,
        PARSE + 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    ),
    "end without start": (html("x</b>"), 400, PARSE + "Unexpected end tag at byte offset 1"),
    "unknown entity": (html("a&nbsp;b"), 400, PARSE + 'Unsupported HTML entity "&nbsp;" at byte offset 1'),
    "broken caption": (
        ("sendPhoto", {"chat_id": 1, "photo": "x", "caption": "<b>", "parse_mode": "HTML"}),
        400,
        "Bad Request: wrong file identifier/HTTP URL specified",
    ),
    "entity past the end": (
        send(text="hello", entities=[{"type": "bold", "offset": 0, "length": 100}]),
        400,
        "Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100",
    ),
    "no chat id": (("sendMessage", {"text": "x"}), 400, "Bad Request: chat_id is empty"),
    "unknown chat": (send(chat_id=99), 400, "Bad Request: chat not found"),
    "chat not begun": (send(chat_id=2), 400, "Bad Request: chat not found"),
    "chat by name": (send(chat_id="@dana"), 400, "Bad Request: chat not found"),
    "blocked": (send(chat_id=3), 403, "Forbidden: bot was blocked by the user"),
    "action while blocked": (
        ("sendChatAction", {"chat_id": 3, "action": "typing"}),
        403,
        "Forbidden: bot was blocked by the user",
    ),
    "unknown action": (
        ("sendChatAction", {"chat_id": 1, "action": "dance"}),
        400,
        "Bad Request: wrong parameter action in request",
    ),
    "reply to nothing": (
        send(reply_parameters={"message_id": 99}),
        400,
        "Bad Request: message to be replied not found",
    ),
    "markup is no object": (send(reply_markup=[1]), 400, "Bad Request: object expected as reply markup"),
    "markup is broken JSON": (
        send(reply_markup="{"),
        400,
        "Bad Request: can't parse reply keyboard markup JSON object",
    ),
    "keyboard is null": (
        send(reply_markup={"inline_keyboard": None}),
        400,
        'Bad Request: field "inline_keyboard" must be of type Array',
    ),
    "row is no list": (
        send(reply_markup={"inline_keyboard": [{"text": "b"}]}),
        400,
        'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    "empty row": (
        send(reply_markup={"inline_keyboard": [[{"text": "b", "callback_data": "x"}], []]}),
        400,
        "Bad Request: inline keyboard has an empty row",
    ),
    "over 100 buttons": (
        send(reply_markup=keyboard(*({"text": "b", "callback_data": "x"} for _ in range(101)))),
        400,
        "Bad Request: reply markup is too long",
    ),
    "button without text": (
        send(reply_markup=keyboard({"callback_data": "x"})),
        400,
        BUTTON + 'Can\'t find field "text"',
    ),
    "button without action": (button(), 400, BUTTON + "Text buttons are unallowed in the inline keyboard"),
    "empty callback data": (
        button(callback_data=""),
        400,
        BUTTON + "Text buttons are unallowed in the inline keyboard",
    ),
    "two actions": (
        button(callback_data="x", url="https://example.org"),
        400,
        BUTTON + "Exactly one action is allowed, found ['url', 'callback_data']",
    ),
    "callback data over 64 bytes": (button(callback_data="א" * 33), 400, "Bad Request: BUTTON_DATA_INVALID"),
    "empty copy text": (button(copy_text={"text": ""}), 400, "Bad Request: BUTTON_COPY_TEXT_INVALID"),
    "copy text over 256": (button(copy_text={"text": "x" * 257}), 400, "Bad Request: BUTTON_COPY_TEXT_INVALID"),
    "wrong url": (
        button(url="not-a-url"),
        400,
        "Bad Request: inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
    ),
    "wrong scheme": (
        button(url="ftp://example.com"),
        400,
        "Bad Request: inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
    ),
    "identical edit": (edit(3, text=" Shall we? ", reply_markup=YES_NO), 400, NOT_MODIFIED),
    "identical markup": (
        ("editMessageReplyMarkup", {"chat_id": 1, "message_id": 3, "reply_markup": YES_NO}),
        400,
        NOT_MODIFIED,
    ),
    "edit of nothing": (edit(99), 400, "Bad Request: message to edit not found"),
    "edit without id": (
        ("editMessageText", {"chat_id": 1, "text": "x"}),
        400,
        "Bad Request: message identifier is not specified",
    ),
    "edit of the person's message": (edit(1), 400, "Bad Request: message can't be edited"),
    "edit to a long text": (edit(3, text="x" * 4097), 400, "Bad Request: MESSAGE_TOO_LONG"),
    "edit to a reply keyboard": (
        edit(3, reply_markup={"keyboard": [["a"]]}),
        400,
        "Bad Request: inline keyboard expected",
    ),
    "delete of nothing": (
        ("deleteMessage", {"chat_id": 1, "message_id": 99}),
        400,
        "Bad Request: message to delete not found",
    ),
    "unknown callback": (("answerCallbackQuery", {"callback_query_id": "7"}), 400, STALE),
    "unknown inline query": (("answerInlineQuery", {"inline_query_id": "7", "results": []}), 400, STALE),
    "unknown file": (("getFile", {"file_id": "7"}), 400, "Bad Request: invalid file_id"),
    "no document": (("sendDocument", {"chat_id": 1}), 400, "Bad Request: there is no document in the request"),
    "bad command": (
        ("setMyCommands", {"commands": [{"command": "Start!", "description": "x"}]}),
        400,
        "Bad Request: BOT_COMMAND_INVALID",
    ),
    "command without description": (
        ("setMyCommands", {"commands": [{"command": "start", "description": ""}]}),
        400,
        "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    "long description": (("setMyDescription", {"description": "x" * 513}), 400, "Bad Request: DESCRIPTION_TOO_LONG"),
    "long short description": (
        ("setMyShortDescription", {"short_description": "x" * 121}),
        400,
        "Bad Request: ABOUT_TOO_LONG",
    ),
    "menu button of no type": (
        ("setChatMenuButton", {"menu_button": {"type": "magic"}}),
        400,
        "Bad Request: can't parse menu button: MenuButton has unsupported type",
    ),
    "webhook to nowhere": (("setWebhook", {"url": "nowhere"}), 400, "Bad Request: invalid webhook URL specified"),
    "webhook secret": (
        ("setWebhook", {"url": "https://example.org", "secret_token": "a b"}),
        400,
        "Bad Request: secret token contains unallowed characters",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
async def test_refuses_in_telegrams_words(bot: Client, world: World, case: str) -> None:
    """What Telegram refuses is refused with its code and its words, changes nothing, and is logged as refused."""
    (method, params), code, description = REFUSALS[case]
    before = world.messages(1)

    # The escapes of JSON carry what httpx would not encode.
    content = json.dumps(params).encode()
    headers = {"content-type": "application/json"}
    response = await bot.http.post(f"/bot{TOKEN}/{method}", content=content, headers=headers)

    assert response.json() == {"ok": False, "error_code": code, "description": description}
    assert response.status_code == code
    assert world.messages(1) == before
    assert world.calls()[-1].error_code == code


async def test_refuses_a_wrong_token(bot: Client) -> None:
    """A token that is not the bot's is unauthorised."""
    response = await bot.http.get("/bot1:WRONG/getMe")

    assert (response.status_code, response.json()["description"]) == (401, "Unauthorized")


async def test_refuses_a_second_answer_to_a_tap(bot: Client, world: World) -> None:
    """A callback query can be answered once."""
    query = world.tap(1, "Yes")["callback_query"]

    await bot.ok("answerCallbackQuery", callback_query_id=query["id"], text="fine")

    assert await bot.refused("answerCallbackQuery", callback_query_id=query["id"]) == (400, STALE)
    assert world.callback_answer(query["id"]) == {"text": "fine", "show_alert": False, "url": ""}


async def test_refuses_an_answer_that_comes_too_late(bot: Client, world: World) -> None:
    """A callback query expires, by age or when the test says so."""
    world.configure(query_ttl=0.0)
    by_age = world.tap(1, "Yes")["callback_query"]["id"]
    await asyncio.sleep(0.01)
    assert await bot.refused("answerCallbackQuery", callback_query_id=by_age) == (400, STALE)
    world.configure(query_ttl=60.0)
    told = world.tap(1, "Yes")["callback_query"]["id"]
    world.expire_queries()
    assert await bot.refused("answerCallbackQuery", callback_query_id=told) == (400, STALE)


async def test_refuses_a_long_answer_to_a_tap(bot: Client, world: World) -> None:
    """The note above a tapped button holds 200 characters."""
    query = world.tap(1, "Yes")["callback_query"]["id"]

    assert await bot.refused("answerCallbackQuery", callback_query_id=query, text="x" * 201) == (
        400,
        "Bad Request: MESSAGE_TOO_LONG",
    )
    assert await bot.ok("answerCallbackQuery", callback_query_id=query, text="x" * 200)


async def test_refuses_a_long_caption(bot: Client) -> None:
    """A caption holds 1024 characters after parsing."""
    upload = {"document": ("a.txt", b"text")}
    form = {"chat_id": "1", "parse_mode": "HTML"}

    fits = await bot.http.post(
        f"/bot{TOKEN}/sendDocument", data=form | {"caption": f"<b>{'x' * 1024}</b>"}, files=upload
    )
    not_so = await bot.http.post(f"/bot{TOKEN}/sendDocument", data=form | {"caption": "x" * 1025}, files=upload)

    assert fits.json()["ok"]
    assert not_so.json()["description"] == "Bad Request: message caption is too long"


async def test_refuses_empty_files_and_false_photos(bot: Client) -> None:
    """A file has content, and a photo is an image."""
    empty = await bot.http.post(f"/bot{TOKEN}/sendDocument", data={"chat_id": "1"}, files={"document": ("a", b"")})
    false = await bot.http.post(f"/bot{TOKEN}/sendPhoto", data={"chat_id": "1"}, files={"photo": ("a.png", b"text")})

    assert empty.json()["description"] == "Bad Request: file must be non-empty"
    assert false.json()["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_refuses_to_edit_or_delete_twice_deleted(bot: Client) -> None:
    """A deleted message is as unknown as one that never was."""
    await bot.ok("deleteMessage", chat_id=1, message_id=3)

    assert (await bot.refused("deleteMessage", chat_id=1, message_id=3))[1].endswith("message to delete not found")
    assert (await bot.refused(*edit(3)[:1], **edit(3)[1]))[1].endswith("message to edit not found")


async def test_refuses_to_delete_after_two_days() -> None:
    """Messages older than 48 hours stay."""
    now = [1_000_000.0]
    world = World(TOKEN, clock=lambda: now[0])
    world.add_user(1)
    message = world.send_text(1, "hi")["message"]["message_id"]
    now[0] += 49 * 3600
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(world)), base_url="http://t") as http:
        answer = await Client(http).refused("deleteMessage", chat_id=1, message_id=message)

    assert answer == (400, "Bad Request: message can't be deleted for everyone")


async def test_without_lint_is_as_lenient_as_telegram(bot: Client, world: World) -> None:
    """Without lint, what Telegram swallows is swallowed: unknown entities, empty rows, second actions."""
    world.configure(lint=False)
    markup = {"inline_keyboard": [[{"text": "b", "callback_data": "x", "url": "https://example.org"}], []]}

    await bot.ok("sendMessage", chat_id=1, text="a&nbsp;b", parse_mode="HTML", reply_markup=markup)

    seen = world.last_message(1)
    assert seen.text == "a&nbsp;b"
    assert [[b.kind for b in row] for row in seen.buttons] == [["url"]]


# --- formatted text --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        ("🏟 🏟&lt;<i>a</em   >", 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
async def test_html_is_refused_as_by_tdlib(source: str, reason: str) -> None:
    """Broken HTML is refused with the reason and the byte offset that Telegram's own library gives."""
    with pytest.raises(ApiError) as refusal:
        parse_html(source)

    assert refusal.value.description == PARSE + reason


@pytest.mark.parametrize(
    ("source", "text", "canonical"),
    [
        ("&lt;&gt;&amp;&quot;&#1488;&#x5d0", '<>&"אא', '&lt;&gt;&amp;"אא'),
        ("AT&T & co", "AT&T & co", "AT&amp;T &amp; co"),
        ("<strong>a<em>b</em></strong>", "ab", "<b>a<i>b</i></b>"),
        ("<B>a</>", "a", "<b>a</b>"),
        ("😀<u>א</u>😀", "😀א😀", "😀<u>א</u>😀"),
        ('<a href="https://example.org/?a=1&amp;b=2">x</a>', "x", '<a href="https://example.org/?a=1&amp;b=2">x</a>'),
        ('<a href="nowhere">x</a>', "x", "x"),
        ("<code>a<b>b</b></code>", "ab", "<code>ab</code>"),
        ('<pre><code class="language-py">x</code></pre>', "x", '<pre><code class="language-py">x</code></pre>'),
        ("<blockquote expandable>x</blockquote>", "x", "<blockquote expandable>x</blockquote>"),
        ('<span class="tg-spoiler">x</span>', "x", "<tg-spoiler>x</tg-spoiler>"),
        ("<b></b>x", "x", "x"),
    ],
)
async def test_html_reads_as_people_see_it(source: str, text: str, canonical: str) -> None:
    """Good HTML becomes plain text with entities, and those become canonical HTML again."""
    formatted = parse_html(source)

    assert formatted.text == text
    assert to_html(formatted) == canonical


async def test_offsets_count_utf16_units(bot: Client) -> None:
    """Entities of an answer count UTF-16 units, and lengths are measured after parsing."""
    message = await bot.ok("sendMessage", chat_id=1, text="😀 <b>😀</b>", parse_mode="html")
    longest = await bot.ok("sendMessage", chat_id=1, text="<b>" + "x" * 4096 + "</b>", parse_mode="HTML")

    assert message["entities"] == [{"type": "bold", "offset": 3, "length": 2}]
    assert utf16_length(longest["text"]) == 4096


# --- sending, seeing and tapping -------------------------------------------------------------------------------------


async def test_the_person_sees_the_message_as_it_is_now(bot: Client, world: World) -> None:
    """The view of a chat follows edits and deletions."""
    copy = keyboard({"text": "Copy", "copy_text": {"text": "words"}}, {"text": "Web", "url": "https://example.org"})
    await bot.ok("editMessageText", chat_id=1, message_id=3, text="<b>Done</b>", parse_mode="HTML", reply_markup=copy)
    gone = await bot.ok("sendMessage", chat_id=1, text="oops")
    await bot.ok("deleteMessage", chat_id=1, message_id=gone["message_id"])

    seen = world.messages(1, from_bot=True)

    assert [(m.text, m.html, m.edits) for m in seen] == [("Done", "<b>Done</b>", 1)]
    assert [(b.text, b.kind, b.value) for row in seen[0].buttons for b in row] == [
        ("Copy", "copy_text", "words"),
        ("Web", "url", "https://example.org"),
    ]
    assert world.messages(1, deleted=True)[-1].deleted


async def test_an_edit_without_markup_removes_the_buttons(bot: Client, world: World) -> None:
    """Editing to the same text without the keyboard is a change, as in Telegram."""
    await bot.ok("editMessageText", chat_id=1, message_id=3, text="Shall we?")

    assert world.last_message(1).buttons == []


@pytest.mark.parametrize("how", ["json", "form", "query"])
async def test_every_encoding_says_the_same(bot: Client, world: World, how: str) -> None:
    """Parameters may come as JSON, as a form (structures as JSON strings), or in the address."""
    url = f"/bot{TOKEN}/sendmessage"
    flat = {"chat_id": "1", "text": "שלום + & = 100%", "reply_markup": json.dumps(YES_NO)}
    if how == "json":
        response = await bot.http.post(url, json={**flat, "chat_id": 1, "reply_markup": YES_NO})
    elif how == "form":
        response = await bot.http.post(url, data=flat)
    else:
        response = await bot.http.get(url, params=flat)

    assert response.json()["result"]["text"] == "שלום + & = 100%"
    assert world.last_message(1).labels == ["Yes", "No"]


async def test_a_tap_carries_the_message_and_the_data(bot: Client, world: World) -> None:
    """A tap by label, by part of it or by index makes a callback query with the whole message."""
    taps = [world.tap(1, "Yes"), world.tap(1, "N"), world.tap(1, index=-1, message_id=3)]

    queries = [tap["callback_query"] for tap in taps]
    assert [query["data"] for query in queries] == ["y", "n", "n"]
    assert queries[0]["message"]["reply_markup"] == YES_NO
    assert len({query["id"] for query in queries}) == 3


async def test_people_cannot_tap_what_is_not_there(bot: Client, world: World) -> None:
    """Tapping unknown labels, links and deleted messages is a mistake of the test, not an update."""
    await bot.ok("sendMessage", chat_id=1, text="x", reply_markup=keyboard({"text": "Web", "url": "https://e.org"}))
    pending = world.stats()["pending_updates"]

    for attempt in ({"label": "Maybe"}, {"label": "Web"}, {"index": 5}, {"index": 0, "message_id": 99}):
        with pytest.raises(WorldError):
            world.tap(1, **attempt)

    assert world.stats()["pending_updates"] == pending


async def test_a_forged_tap_carries_anything(bot: Client, world: World) -> None:
    """A modified client can send any data, and from a message that is gone."""
    await bot.ok("deleteMessage", chat_id=1, message_id=3)

    query = world.forge_tap(1, "../../etc", message_id=3)["callback_query"]

    assert query["data"] == "../../etc"
    assert query["message"] == {"chat": world.chat(1).person.as_chat(), "message_id": 3, "date": 0}


async def test_reply_keyboards_send_their_text(bot: Client, world: World) -> None:
    """A key of a reply keyboard is tapped like a button and sends its label."""
    await bot.ok("sendMessage", chat_id=1, text="Where?", reply_markup={"keyboard": [["Here", {"text": "There"}]]})

    assert world.last_message(1).keyboard == [["Here", "There"]]
    assert world.tap(1, "There")["message"]["text"] == "There"


async def test_people_send_all_kinds_of_messages(bot: Client, world: World) -> None:
    """Text, commands, photos, voice, stickers, files, locations and edits arrive as Telegram words them."""
    command = world.send_command(1, "start", "ref42")["message"]
    assert (command["text"], command["entities"]) == (
        "/start ref42",
        [{"type": "bot_command", "offset": 0, "length": 6}],
    )
    assert world.send_photo(1, "look")["message"]["caption"] == "look"
    assert world.send_voice(1)["message"]["voice"]["duration"] == 3
    assert world.send_sticker(1)["message"]["sticker"]["emoji"] == "😀"
    assert world.send_document(1)["message"]["document"]["file_name"] == "file.pdf"
    assert world.send_location(1)["message"]["location"]["latitude"] == 32.08
    edited = world.edit_text(1, "/start again")["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("/start again", command["message_id"])
    numbers = [update["update_id"] for update in await bot.ok("getUpdates")]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


async def test_files_go_both_ways(bot: Client, world: World) -> None:
    """The bot downloads what a person sent, and sends a document that can be fetched and sent again."""
    voice = world.send_voice(1, data=b"OggS-hello")["message"]["voice"]
    found = await bot.ok("getFile", file_id=voice["file_id"])
    assert (await bot.http.get(f"/file/bot{TOKEN}/{found['file_path']}")).content == b"OggS-hello"

    form = {"chat_id": "1", "document": "attach://letter"}
    files = {"letter": ("letter.pdf", b"%PDF", "application/pdf")}
    sent = (await bot.http.post(f"/bot{TOKEN}/sendDocument", data=form, files=files)).json()["result"]
    again = await bot.ok("sendDocument", chat_id=1, document=sent["document"]["file_id"])

    assert again["document"] == sent["document"]
    assert world.last_message(1).content["document"]["file_name"] == "letter.pdf"
    photo = (await bot.http.post(f"/bot{TOKEN}/sendPhoto", data={"chat_id": "1"}, files={"photo": ("p", PNG)})).json()
    assert photo["result"]["photo"][0]["file_size"] == len(PNG)


async def test_blocking_is_told_and_felt(bot: Client, world: World) -> None:
    """Blocking and unblocking make my_chat_member updates, and only in between the bot is forbidden to write."""
    told = world.block(1)["my_chat_member"]
    assert (told["old_chat_member"]["status"], told["new_chat_member"]["status"]) == ("member", "kicked")
    assert (await bot.refused(*edit(3)[:1], **edit(3)[1]))[0] == 403
    with pytest.raises(WorldError):
        world.send_text(1, "hello?")

    assert world.unblock(1)["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert await bot.ok("sendMessage", chat_id=1, text="welcome back")


async def test_the_profile_is_kept(bot: Client, world: World) -> None:
    """Commands, descriptions and the menu button are kept by language, scope and chat."""
    commands = [{"command": "start", "description": "Begin"}]
    await bot.ok("setMyCommands", commands=commands, language_code="he")
    await bot.ok("setMyDescription", description="A coach")
    await bot.ok("setMyShortDescription", short_description="Coach", language_code="he")
    await bot.ok("setChatMenuButton", menu_button={"type": "commands"})

    profile = world.bot_profile()

    assert profile["commands"] == [{"scope": '{"type": "default"}', "language_code": "he", "commands": commands}]
    assert profile["descriptions"] == {"": "A coach"}
    assert profile["short_descriptions"] == {"he": "Coach"}
    assert profile["menu_buttons"] == {"None": {"type": "commands"}}


async def test_inline_queries_are_answered_once(bot: Client, world: World) -> None:
    """An inline query is delivered and its checked answer kept."""
    query = world.inline_query(2, "rights")["inline_query"]
    content = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
    result = {"type": "article", "id": "1", "title": "t", "input_message_content": content}
    broken = {**result, "input_message_content": {"message_text": "<b>x", "parse_mode": "HTML"}}

    assert (await bot.refused("answerInlineQuery", inline_query_id=query["id"], results=[broken]))[0] == 400
    await bot.ok("answerInlineQuery", inline_query_id=query["id"], results=[result], cache_time=5)

    answer = world.inline_answer(query["id"])
    assert answer is not None
    assert answer["results"] == [result]


# --- polling ---------------------------------------------------------------------------------------------------------


async def test_an_offset_confirms(bot: Client, world: World) -> None:
    """Updates come again until an offset above them confirms them; limits and negative offsets work."""
    first = await bot.ok("getUpdates")
    assert await bot.ok("getUpdates") == first
    assert await bot.ok("getUpdates", limit=1) == first[:1]
    assert await bot.ok("getUpdates", offset=first[0]["update_id"] + 1) == first[1:]
    assert await bot.ok("getUpdates", offset=-1) == first[-1:]
    assert await bot.ok("getUpdates", offset=first[-1]["update_id"] + 1) == []
    assert world.stats()["pending_updates"] == 0


async def test_a_long_poll_waits_without_work(bot: Client, world: World) -> None:
    """A long poll lasts its timeout when nothing happens, at no cost, and ends at once when something does."""
    await bot.ok("getUpdates", offset=10_000)
    wall, cpu = time.monotonic(), time.process_time()
    assert await bot.ok("getUpdates", offset=10_000, timeout=1) == []
    waited = time.monotonic() - wall
    assert waited >= 0.95
    assert time.process_time() - cpu < 0.8 * waited, "it does not look again and again"

    waiting = asyncio.create_task(bot.ok("getUpdates", timeout=50))
    await until(lambda: world.updates.polled)
    update = world.send_text(1, "now")

    assert await asyncio.wait_for(waiting, 40) == [update]


async def test_allowed_updates_filter_what_comes_later(bot: Client, world: World) -> None:
    """allowed_updates holds for new updates until it is given anew, and leaves no gap in the numbers."""
    pending = await bot.ok("getUpdates", offset=-1, allowed_updates=["callback_query"])
    dropped = world.send_text(1, "unheard")
    kept = world.tap(1, "Yes")

    assert "update_id" not in dropped
    assert kept["update_id"] == pending[-1]["update_id"] + 1
    assert await bot.ok("getUpdates", offset=kept["update_id"]) == [kept]
    await bot.ok("getUpdates", allowed_updates=json.dumps([]))
    assert "update_id" in world.send_text(1, "heard")


@pytest.mark.parametrize("victim", ["waiting", "newcomer"])
async def test_two_pollers_are_in_conflict(bot: Client, world: World, victim: str) -> None:
    """Of two who poll at once one gets 409: the one that waits, as in Telegram, or the newcomer, if so configured."""
    world.configure(poll_conflict=victim)
    await bot.ok("getUpdates", offset=10_000)
    older = asyncio.create_task(bot.raw("getUpdates", timeout=50))
    await until(lambda: world.updates.polled)
    newer = asyncio.create_task(bot.raw("getUpdates", timeout=50))

    done, left = await asyncio.wait((older, newer), return_when=asyncio.FIRST_COMPLETED, timeout=40)

    assert done == {older if victim == "waiting" else newer}
    body = done.pop().result().json()
    assert (body["error_code"], body["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    world.send_text(1, "go on")
    assert (await left.pop()).json()["ok"]


async def test_repeated_and_reordered_updates_are_delivered(bot: Client, world: World) -> None:
    """Injected updates arrive whatever the offset: repeated, with old numbers, of unknown kinds, after a gap."""
    old = (await bot.ok("getUpdates"))[-1]
    offset = old["update_id"] + 1
    await bot.ok("getUpdates", offset=offset)
    world.repeat_update(old)
    world.push_update({"update_id": 5, "message": old["my_chat_member"]})
    world.push_update({"telepathy": {"from": 1}})
    world.skip_ids(10)
    after_gap = world.send_text(1, "hi")

    batch = await bot.ok("getUpdates", offset=offset)

    assert [update["update_id"] for update in batch] == [old["update_id"], 5, offset, offset + 11]
    assert "telepathy" in batch[2]
    assert await bot.ok("getUpdates", offset=offset) == [batch[2], after_gap]


# --- webhook ---------------------------------------------------------------------------------------------------------


class Hook:
    """A bot behind a webhook: answers with the next scripted response, else 200."""

    def __init__(self) -> None:
        self.got: list[tuple[Json, str | None]] = []
        self.script: list[Callable[[], Response]] = []
        self.app = Starlette(routes=[Route("/hook", self.receive, methods=["POST"])])

    async def receive(self, request: Request) -> Response:
        """Take one update."""
        self.got.append((await request.json(), request.headers.get("x-telegram-bot-api-secret-token")))
        return self.script.pop(0)() if self.script else Response()


@pytest.fixture
def hook(world: World) -> Hook:
    """A webhook that the fake reaches in process."""
    hook = Hook()
    world.webhook_transport = httpx.ASGITransport(app=hook.app)
    return hook


async def test_the_webhook_gets_updates_in_order_with_the_secret(bot: Client, world: World, hook: Hook) -> None:
    """setWebhook delivers what is pending and what comes, and polling is refused meanwhile."""
    pending = await bot.ok("getUpdates")
    await bot.ok("setWebhook", url="http://bot.example/hook", secret_token="s3cret")
    world.send_text(1, "one")
    world.send_text(1, "two")

    await world.wait_idle(quiet=0.05)

    assert [u["message"]["text"] for u, _ in hook.got if u.get("message", {}).get("chat", {}).get("id") == 1] == [
        "hi",
        "one",
        "two",
    ]
    assert len(hook.got) == len(pending) + 2
    assert {secret for _, secret in hook.got} == {"s3cret"}
    assert await bot.refused("getUpdates") == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    assert (await bot.ok("getWebhookInfo"))["url"] == "http://bot.example/hook"
    await bot.ok("deleteWebhook")
    assert await bot.ok("getUpdates") == []


async def test_the_webhook_is_retried_until_accepted(bot: Client, world: World, hook: Hook) -> None:
    """A refused update comes again with growing pauses, before the later ones of the same chat."""
    await bot.ok("setWebhook", url="http://bot.example/hook", drop_pending_updates=True)
    hook.script = [lambda: Response(status_code=500), lambda: Response(status_code=503)]
    first, second = world.send_text(1, "one"), world.send_text(1, "two")

    await world.wait_idle(quiet=0.05)

    assert [update for update, _ in hook.got] == [first, first, first, second]
    info = await bot.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert info["pending_update_count"] == 0


async def test_the_webhook_reply_is_obeyed(bot: Client, world: World, hook: Hook) -> None:
    """A method in the reply to an update is carried out, except those that return something."""
    await bot.ok("setWebhook", url="http://bot.example/hook", drop_pending_updates=True)
    hook.script = [
        lambda: JSONResponse({"method": "answerCallbackQuery", "callback_query_id": query, "text": "noted"}),
        lambda: JSONResponse({"method": "getMe"}),
        lambda: JSONResponse({"method": "sendMessage", "chat_id": 1, "text": ""}),
    ]
    query = world.tap(1, "Yes")["callback_query"]["id"]
    await world.wait_calls("answerCallbackQuery")
    world.send_text(1, "and now?")
    world.send_text(1, "and now?")
    await world.wait_idle(quiet=0.05)

    answer = world.callback_answer(query)
    assert answer is not None
    assert answer["text"] == "noted"
    assert world.calls("getMe") == []
    assert world.calls()[-1].via == "webhook"
    assert world.calls()[-1].description == "Bad Request: message text is empty"


async def test_setting_a_webhook_ends_the_long_poll(bot: Client, world: World, hook: Hook) -> None:
    """A request that waits for updates is ended by setWebhook."""
    await bot.ok("getUpdates", offset=10_000)
    waiting = asyncio.create_task(bot.refused("getUpdates", timeout=50))
    await until(lambda: world.updates.polled)

    await bot.ok("setWebhook", url="http://bot.example/hook")

    assert await asyncio.wait_for(waiting, 40) == (409, "Conflict: terminated by setWebhook request")


@contextmanager
def served(app: Starlette, port: int) -> Iterator[None]:
    """The application behind a real socket, in a thread."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=60)


async def test_the_webhook_survives_a_bot_that_restarts() -> None:
    """Over a socket, updates wait while the bot is down, and replies of any form are obeyed when it is up."""
    hook = Hook()
    reply = json.dumps({"method": "sendMessage", "chat_id": 1, "text": "up"}).encode()
    hook.script = [lambda: StreamingResponse(iter((reply[:9], reply[9:])), media_type="application/json")]
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with TelegramServer(World(TOKEN)) as server:
        world = server.world
        world.add_user(1)
        first = world.send_text(1, "are you there?")
        async with httpx.AsyncClient(base_url=server.url) as http:
            bot = Client(http)
            await bot.ok("setWebhook", url=f"http://127.0.0.1:{port}/hook", secret_token="s")
            await world.wait_for(lambda: world.webhook.last_error_message, what="a failed delivery")
            with served(hook.app, port):
                assert (await world.wait_text(1, "up")).from_bot
                await world.wait_idle()
            second = world.send_text(1, "and now?")
            with served(hook.app, port):
                await world.wait_idle()
            assert (await bot.ok("getWebhookInfo"))["last_error_message"].startswith("Connection failed")
    assert hook.got == [(first, "s"), (second, "s")]


async def test_a_plain_webhook_can_be_forbidden(bot: Client, world: World) -> None:
    """With require_https the public server's demand for TLS is enforced."""
    world.configure(require_https=True)

    assert await bot.refused("setWebhook", url="http://bot.example/hook") == (
        400,
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
    )


# --- faults and limits -----------------------------------------------------------------------------------------------


async def test_scripted_errors_hit_the_calls_they_match(bot: Client, world: World) -> None:
    """Faults are used up in order by calls of their method and chat, and nothing is sent meanwhile."""
    world.send_text(2, "hi")
    world.add_fault(method="sendMessage", chat_id=1, code=429, retry_after=7)
    world.add_fault(method="sendMessage", chat_id=1, code=502, body="<html>502 Bad Gateway</html>")
    world.add_fault(method="sendMessage", code=400, description="Bad Request: nope")

    limited = await bot.raw("sendMessage", chat_id=1, text="a")
    other = await bot.raw("sendMessage", chat_id=2, text="b")
    gateway = await bot.raw("sendMessage", chat_id=1, text="c")
    fine = await bot.raw("sendMessage", chat_id=1, text="d")

    assert limited.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert other.json()["description"] == "Bad Request: nope"
    assert (gateway.status_code, gateway.text) == (502, "<html>502 Bad Gateway</html>")
    assert fine.json()["ok"]
    assert [m.text for m in world.messages(1, from_bot=True)] == ["Shall we?", "d"]
    assert len(world.faults) == 0


async def test_a_delay_still_does_the_work() -> None:
    """A client that gives up on a slow answer does not know that its message arrived."""
    with TelegramServer(World(TOKEN)) as server:
        world = server.world
        world.add_user(1)
        world.send_text(1, "hi")
        world.add_fault(kind="delay", method="sendMessage", seconds=2)
        async with httpx.AsyncClient(base_url=server.url, timeout=httpx.Timeout(60, read=0.2)) as http:
            with pytest.raises(httpx.ReadTimeout):
                await Client(http).ok("sendMessage", chat_id=1, text="slow")

        assert [m.text for m in await world.wait_messages(1)] == ["slow"]


@pytest.mark.parametrize(("kind", "arrived"), [("reset_before", False), ("reset_after", True)])
async def test_a_broken_connection_tells_nothing(kind: Kind, arrived: bool) -> None:
    """The client sees the same broken connection whether or not its message was accepted."""
    with TelegramServer(World(TOKEN)) as server:
        world = server.world
        world.add_user(1)
        world.send_text(1, "hi")
        world.add_fault(kind=kind, method="sendMessage")
        async with httpx.AsyncClient(base_url=server.url) as http:
            with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
                await Client(http).ok("sendMessage", chat_id=1, text="did it arrive?")
            assert [m.text for m in world.messages(1, from_bot=True)] == (["did it arrive?"] if arrived else [])
            assert await Client(http).ok("sendMessage", chat_id=1, text="next")


async def test_a_broken_connection_in_process(bot: Client, world: World) -> None:
    """Without a socket a reset looks to the client like one."""
    world.add_fault(kind="reset_after")
    with pytest.raises(httpx.ReadError):
        await bot.ok("sendMessage", chat_id=1, text="arrived")
    assert world.last_message(1).text == "arrived"


async def test_rate_limits_are_enforced() -> None:
    """With limits on, a chat takes a burst and then one message a second; all chats together have their own limit."""
    now = [1_000_000.0]
    world = World(TOKEN, clock=lambda: now[0])
    for user in range(1, 41):
        world.add_user(user)
        world.send_text(user, "hi")
    world.limit_rates(overall=30, per_chat=1, burst=2)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(world)), base_url="http://t") as http:
        bot = Client(http)

        async def codes(users: list[int]) -> list[int]:
            return [(await bot.raw("sendMessage", chat_id=user, text="x")).status_code for user in users]

        assert await codes([1, 1, 1]) == [200, 200, 429]
        refused = (await bot.raw("sendMessage", chat_id=1, text="x")).json()
        assert refused["parameters"] == {"retry_after": 1}
        assert await bot.ok("sendChatAction", chat_id=1, action="typing")
        now[0] += 1
        assert await codes([1, 1]) == [200, 429]
        now[0] += 10
        assert await codes(list(range(1, 41))) == [200] * 30 + [429] * 10
        world.limit_rates(overall=None)
        assert await codes([1, 1, 1]) == [200, 200, 200]


# --- waiting ---------------------------------------------------------------------------------------------------------


async def test_waiting_sees_what_answers_the_last_action(bot: Client, world: World) -> None:
    """wait_messages and wait_text look at what the bot did since the person's last action."""
    world.tap(1, "Yes")
    later = asyncio.create_task(bot.ok("sendMessage", chat_id=1, text="Good, let us begin"))

    assert [m.text for m in await world.wait_messages(1)] == ["Good, let us begin"]
    await later
    await bot.ok("editMessageText", chat_id=1, message_id=3, text="Answered")
    assert [m.message_id for m in await world.wait_messages(1, 2, edits=True)] == [4, 3]
    assert (await world.wait_text(1, "Answered")).message_id == 3
    with pytest.raises(TimeoutError, match="editMessageText ok"):
        await world.wait_messages(1, 2, timeout=0.05)


async def test_waiting_for_a_predicate_costs_nothing(world: World) -> None:
    """wait_for looks again only after changes, even if the predicate reads the world."""
    looks: list[int] = []
    with pytest.raises(TimeoutError):
        await world.wait_for(lambda: looks.append(len(world.messages(1))), timeout=0.3)
    assert len(looks) <= 3


async def test_idle_means_confirmed_and_quiet(bot: Client, world: World) -> None:
    """wait_idle lasts until updates are confirmed and the bot stopped calling."""
    with pytest.raises(TimeoutError, match="updates pending, 0 calls"):
        await world.wait_idle(quiet=0.01, timeout=0.1)
    await bot.ok("getUpdates", offset=10_000)
    await world.wait_idle(quiet=0.05)


async def test_calls_are_logged_with_times(bot: Client, world: World) -> None:
    """Every call is kept with its parameters, outcome, chat and times."""
    before = time.time()
    await bot.ok("sendMessage", chat_id=1, text="hello")

    call = world.calls("sendMessage", user=1)[-1]

    assert (call.params["text"], call.ok, call.result["text"]) == ("hello", True, "hello")
    assert before <= call.time <= (call.done or 0) <= time.time()


# --- the real client, other processes --------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_python_telegram_bot_talks_to_it() -> None:
    """The Bot class of python-telegram-bot works against the fake over a socket, errors included."""
    with TelegramServer(World(TOKEN)) as server:
        world = server.world
        world.add_user(7, "Dana")
        world.send_command(7, "start")
        async with telegram.Bot(TOKEN, base_url=server.base_url, base_file_url=server.base_file_url) as bot:
            assert bot.username == "fake_bot"
            assert await bot.set_my_commands([("start", "Begin")])
            (update,) = await bot.get_updates(timeout=5)
            assert update.message is not None
            button = telegram.InlineKeyboardButton("כן", callback_data="y")
            markup = telegram.InlineKeyboardMarkup([[button]])
            await bot.send_message(7, "<b>שלום</b>", parse_mode="HTML", reply_markup=markup)
            tap = world.tap(7, "כן")
            updates = await bot.get_updates(offset=update.update_id + 1, timeout=5)
            query = updates[0].callback_query
            assert query is not None
            assert query.id == tap["callback_query"]["id"]
            await query.answer("ok")
            await query.edit_message_text("done")
            with pytest.raises(telegram.error.BadRequest, match="not modified"):
                await query.edit_message_text("done")
            document = await bot.send_document(7, b"%PDF-1.4", filename="letter.pdf", caption="here")
            assert document.document is not None
            file = await bot.get_file(document.document.file_id)
            assert await file.download_as_bytearray() == b"%PDF-1.4"
            world.block(7)
            with pytest.raises(telegram.error.Forbidden):
                await bot.send_message(7, "hello?")
            world.add_fault(code=429, retry_after=3)
            with pytest.raises(telegram.error.RetryAfter):
                await bot.get_me()
        assert world.last_message(7).content["document"]["file_name"] == "letter.pdf"


async def test_python_telegram_bot_talks_to_it_in_process(world: World) -> None:
    """The Bot class reaches the application without a socket through an ASGI transport."""
    transport = {"transport": httpx.ASGITransport(app=create_app(world))}
    requests = [telegram.request.HTTPXRequest(httpx_kwargs=transport) for _ in range(2)]
    base_url = "http://telegram/bot"
    async with telegram.Bot(TOKEN, base_url=base_url, request=requests[0], get_updates_request=requests[1]) as bot:
        waiting = asyncio.create_task(bot.get_updates(offset=10_000, timeout=50))
        await until(lambda: world.updates.polled)
        world.skip_ids(10_000)
        world.send_text(1, "hello")
        (update,) = await waiting
        assert update.effective_message is not None
        assert update.effective_message.text == "hello"
        world.add_fault(kind="reset_before", method="sendMessage")
        with pytest.raises(telegram.error.NetworkError):
            await bot.send_message(1, "lost")


async def test_a_server_goes_away_and_comes_back() -> None:
    """Stopping ends long polls at once; started again the server has the same address and memory."""
    server = TelegramServer(World(TOKEN))
    server.start()
    async with httpx.AsyncClient(base_url=server.url, timeout=100) as http:
        waiting = asyncio.create_task(Client(http).raw("getUpdates", timeout=50))
        await until(lambda: server.world.updates.polled)
        start = time.monotonic()
        await asyncio.to_thread(server.stop)
        assert time.monotonic() - start < 40
        assert (await waiting).json() == {"ok": True, "result": []}
        with pytest.raises(httpx.ConnectError):
            await Client(http).raw("getMe")
        server.world.add_user(1)
        update = server.world.send_text(1, "anyone?")
        server.start()
        assert await Client(http).ok("getUpdates", timeout=5) == [update]
        server.stop()


async def test_an_abandoned_long_poll_is_forgotten() -> None:
    """A client that goes away while it waits does not disturb the next one."""
    with TelegramServer(World(TOKEN, settings=Settings(poll_conflict="newcomer"))) as server:
        patience = httpx.Timeout(60, read=0.5)
        async with httpx.AsyncClient(base_url=server.url, timeout=patience) as http:
            with pytest.raises(httpx.ReadTimeout):
                await http.post(f"/bot{TOKEN}/getUpdates", json={"timeout": 50})
        await until(lambda: not server.world.updates.polled)
        async with httpx.AsyncClient(base_url=server.url) as http:
            assert await Client(http).ok("getUpdates", timeout=1) == []


@pytest.fixture(scope="module")
def process() -> Iterator[str]:
    """The fake as a process of its own: its address."""
    command = [sys.executable, "-m", "tests.fakes.telegram_api", "--port", "0", "--token", TOKEN]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        yield running.stdout.readline().strip()
        running.terminate()
        running.wait(timeout=60)


async def test_another_process_is_steered_over_http(process: str) -> None:
    """Everything the world can do is done over /control/, waiting and mistakes included."""
    async with httpx.AsyncClient(base_url=process) as http:

        async def control(action: str, **arguments: Any) -> Any:
            body = (await http.post(f"/control/{action}", json=arguments)).json()
            assert body["ok"], body
            return body["result"]

        await control("add_user", id=5, first_name="Dana", language_code="he")
        update = await control("send_text", user=5, text="hi")
        bot = Client(http)
        assert await bot.ok("getUpdates") == [update]
        waiting = asyncio.create_task(control("wait_messages", user=5, count=1, timeout=60))
        await bot.ok("sendMessage", chat_id=5, text="<b>Hello</b>", parse_mode="HTML", reply_markup=YES_NO)
        assert (await waiting)[0]["html"] == "<b>Hello</b>"
        assert (await control("tap", user=5, label="Yes"))["callback_query"]["data"] == "y"
        assert await control("wait_calls", method="sendMessage")
        seen = (await http.get("/control/messages", params={"user": 5, "from_bot": "true"})).json()["result"]
        assert seen[0]["buttons"][0][0] == {"text": "Yes", "kind": "callback_data", "value": "y"}
        batch = [["add_fault", {"method": "getMe", "code": 500}], ["stats", {}]]
        assert (await http.post("/control/batch", json=batch)).json()["result"][1]["faults_left"] == 1
        assert (await bot.refused("getMe"))[0] == 500
        assert "tap" in (await http.get("/control/")).json()
        codes = [
            (await http.post("/control/tap", json={"user": 5, "label": "Maybe"})).status_code,
            (await http.post("/control/dance", json={})).status_code,
            (await http.post("/control/wait_text", json={"user": 5, "text": "never", "timeout": 0.01})).status_code,
        ]
        assert codes == [400, 404, 408]
        await control("reset")
        assert (await control("stats"))["users"] == 0
