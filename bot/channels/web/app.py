"""The site of the web chat: its page, and the few addresses that the page calls."""

from __future__ import annotations

import hashlib
import json
import logging
import mimetypes
import re
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web.chat import Chat
from bot.channels.web.cookies import Cookies
from bot.channels.web.limits import Limiter, Rate, TooLarge, TooLargeFile, address, read_body
from bot.channels.web.stream import EventStream, shown
from bot.channels.web.words import RIGHT_TO_LEFT, apology, preferred, title
from bot.core.events import Attachment, Event, Hello, Said, Sent, Tapped
from bot.core.files import KINDS, PICTURES, kind_of
from bot.core.redact import clean, redact
from bot.runtime.ports import Files, Inbox, Incoming, StoreUnavailable

__all__ = ["TEXT_LIMIT", "build"]

logger = logging.getLogger(__name__)

TEXT_LIMIT = 2000
ALBUM_LIMIT = 64
"""Characters of one message; the coach reads no further."""
UPLOAD_LIMIT = 5 * 1024 * 1024
"""Bytes of one file; the page makes large photos smaller before it sends them."""
PAGES = 8
"""Open pages of one person."""
PERSON_WRITES = Rate(burst=30, per_second=1.0)
PERSON_UPLOADS = Rate(burst=20, per_second=0.2)
PERSON_READS = Rate(burst=60, per_second=2.0)
# Many people can share one address (mobile networks do that), so these only stop a flood.
ADDRESS_WRITES = Rate(burst=150, per_second=5.0)
ADDRESS_READS = Rate(burst=400, per_second=20.0)

_STATIC = Path(__file__).parent / "static"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_LINE = re.compile(r"[!-~]{1,200}")
_START = "/start"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

Handler = Callable[[Request], Awaitable[Response]]


class Problem(Exception):
    """A request that is answered with an apology."""

    def __init__(self, status: int, code: str, after: int | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.after = after


def build(
    inbox: Inbox,
    chat: Chat,
    files: Files,
    *,
    cookies: Cookies,
    clock: Callable[[], datetime],
    default_language: str,
    name: str,
) -> Starlette:
    """The site that hands what people do to an inbox."""
    site = _Site(inbox, chat, files, cookies, clock, default_language, name)
    routes = [
        Route("/", site.guarded(site.page)),
        Route("/api/messages", site.guarded(site.message), methods=["POST"]),
        Route("/api/uploads", site.guarded(site.upload), methods=["POST"]),
        Route("/api/taps", site.guarded(site.tap), methods=["POST"]),
        Route("/api/events", site.guarded(site.events)),
        Route("/api/lines", site.guarded(site.lines)),
        Route("/api/files/{line:path}", site.guarded(site.file)),
        Route("/healthz", _health),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]
    return Starlette(routes=routes, middleware=[Middleware(_SafeHeaders)])


class _Site:
    def __init__(
        self,
        inbox: Inbox,
        chat: Chat,
        files: Files,
        cookies: Cookies,
        clock: Callable[[], datetime],
        default_language: str,
        name: str,
    ) -> None:
        self._inbox = inbox
        self._chat = chat
        self._files = files
        self._cookies = cookies
        self._clock = clock
        self._default_language = default_language
        self._name = name
        self._person_writes = Limiter(PERSON_WRITES, clock)
        self._person_uploads = Limiter(PERSON_UPLOADS, clock)
        self._person_reads = Limiter(PERSON_READS, clock)
        self._address_writes = Limiter(ADDRESS_WRITES, clock)
        self._address_reads = Limiter(ADDRESS_READS, clock)
        self._page = Template((_STATIC / "index.html").read_text("utf-8"))
        self._build = _fingerprint(_STATIC)

    def guarded(self, handler: Handler) -> Handler:
        """The handler, answering every failure kindly, and logging none of a person's words."""
        return partial(self._guard, handler)

    async def _guard(self, handler: Handler, request: Request) -> Response:
        try:
            return await handler(request)
        except Problem as problem:
            found = problem
        except TooLargeFile:
            found = Problem(413, "too_large")
        except TooLarge:
            found = Problem(413, "too_long")
        except StoreUnavailable:
            found = Problem(503, "unavailable", after=5)
        except Exception as error:
            # The message of an error may quote what the person wrote; its frames do not.
            frames = "".join(traceback.format_tb(error.__traceback__))
            logger.error("%s at %s\n%s", type(error).__name__, request.scope["route"].path, frames)
            found = Problem(500, "broken")
        words = {"error": found.code, "message": apology(found.code, self._language(request))}
        headers = {"cache-control": "no-store"}
        if found.after is not None:
            headers["retry-after"] = str(found.after)
        return JSONResponse(words, found.status, headers)

    # -- addresses ----------------------------------------------------------------------------------------------------

    async def page(self, request: Request) -> Response:
        self._limit(self._address_reads, address(request))
        language = self._language(request)
        values = {
            "language": language,
            "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
            "title": title(language),
            "build": self._build,
        }
        response = HTMLResponse(self._page.substitute(values), headers={"cache-control": "no-store"})
        self._cookies.keep(response, self._cookies.person(request), secure=request.url.scheme == "https")
        return response

    async def message(self, request: Request) -> Response:
        person, body = await self._written(request)
        text = body.get("text")
        if not isinstance(text, str):
            raise Problem(400, "bad_request")
        text = clean(text).strip()
        if not text:
            raise Problem(400, "bad_request")
        if len(text) > TEXT_LIMIT:
            raise Problem(413, "too_long")
        event = Said(**self._event(request, person, body), text=text)
        # The coach gets the words as they are, so that it can warn of a secret; only the clean ones are kept.
        new = text != _START and await self._chat.person_says(person, event.id, redact(text).text, event.at)
        return await self._hand_on(person, event, new)

    async def upload(self, request: Request) -> Response:
        """A photo or a document: its bytes are the body; its name and what was written with it are headers.

        They are not in the address, for addresses stand in the logs of others.
        """
        self._limit(self._address_writes, address(request))
        person = self._known(request)
        self._refuse_foreign(request)
        self._limit(self._person_uploads, person)
        # A page of somebody else cannot send this type without asking us first, and we never allow it.
        if request.headers.get("content-type", "") != "application/octet-stream":
            raise Problem(415, "bad_request")
        given = self._event(request, person, {"id": request.headers.get("x-update")})
        content = await read_body(request, UPLOAD_LIMIT, TooLargeFile)
        mime = kind_of(content)
        if mime is None:
            raise Problem(415, "wrong_kind")
        if await self._files.full(person, len(content)):
            raise Problem(413, "full")
        caption = redact(unquote(request.headers.get("x-caption", ""))[:TEXT_LIMIT].strip())
        name = _file_name(unquote(request.headers.get("x-name", "")), KINDS[mime])
        event = Sent(
            **given,
            kind="photo" if mime in PICTURES else "document",
            caption=caption.text,
            secret=caption.found,
            attachment=Attachment(given["id"], mime, len(content), name),
            album=request.headers.get("x-album", "")[:ALBUM_LIMIT],
        )
        kept = await self._files.keep(person, event.id, name, mime, content, event.at)
        new = await self._chat.person_says(person, event.id, caption.text, event.at, name)
        try:
            return await self._hand_on(person, event, new)
        except Exception:
            if kept:
                with suppress(StoreUnavailable):
                    await self._files.remove(person, event.id)
            raise

    async def tap(self, request: Request) -> Response:
        person, body = await self._written(request)
        line_id, row, column = body.get("line"), body.get("row"), body.get("column")
        if not isinstance(line_id, str) or not _LINE.fullmatch(line_id):
            raise Problem(400, "bad_request")
        if type(row) is not int or type(column) is not int:
            raise Problem(400, "bad_request")
        line = await self._chat.line(person, line_id)
        button: dict[str, Any] = {}
        if line is not None and line.who == "coach" and row >= 0 and column >= 0:
            with suppress(IndexError):
                button = line.buttons[row][column]
        event = Tapped(**self._event(request, person, body), data=str(button.get("data") or ""))
        new = False
        if line is not None and event.data:
            new = await self._chat.person_taps(person, event.id, line, str(button["text"]), event.at)
        return await self._hand_on(person, event, new)

    async def events(self, request: Request) -> Response:
        person = self._reader(request)
        if self._chat.bells.open(person) >= PAGES:
            raise Problem(429, "too_many", after=30)
        since = _version(request.headers.get("last-event-id") or request.query_params.get("since"))
        return EventStream(self._chat, person, await self._chat.news(person, since))

    async def lines(self, request: Request) -> Response:
        person = self._reader(request)
        news = await self._chat.news(person, _version(request.query_params.get("since")))
        answer = {
            "lines": [shown(line) for line in news.lines],
            "version": news.version,
            "reset": news.reset,
            "more": news.more,
        }
        return JSONResponse(answer, headers={"cache-control": "no-store"})

    async def file(self, request: Request) -> Response:
        person = self._reader(request)
        line_id = request.path_params["line"]
        file = await self._chat.file(person, line_id) if _LINE.fullmatch(line_id) else None
        if file is None:
            raise Problem(404, "not_found")
        name, content = file
        headers = {
            "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "cache-control": "private, no-store",
        }
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(content, media_type=kind, headers=headers)

    # -- what they share ----------------------------------------------------------------------------------------------

    def _language(self, request: Request) -> str:
        return preferred(request.headers.get("accept-language"), self._default_language)

    def _limit(self, limiter: Limiter, key: str) -> None:
        wait = limiter.take(key)
        if wait:
            raise Problem(429, "too_many", after=wait)

    def _known(self, request: Request) -> str:
        person = self._cookies.person(request)
        if person is None:
            raise Problem(401, "stranger")
        return person

    def _refuse_foreign(self, request: Request) -> None:
        """Refuse what a page of another site sends.

        Browsers say so themselves; those that do not (over plain http, and old ones) name the page's origin, which is
        our own address there.
        """
        site = request.headers.get("sec-fetch-site")
        origin = request.headers.get("origin")
        if site is not None:
            foreign = site not in ("same-origin", "none")
        else:
            foreign = origin is not None and origin.partition("://")[2] != request.headers.get("host")
        if foreign:
            raise Problem(403, "bad_request")

    def _reader(self, request: Request) -> str:
        self._limit(self._address_reads, address(request))
        person = self._known(request)
        self._limit(self._person_reads, person)
        return person

    async def _written(self, request: Request) -> tuple[str, dict[str, Any]]:
        """Who writes, and the body of the request."""
        self._limit(self._address_writes, address(request))
        person = self._known(request)
        self._refuse_foreign(request)
        self._limit(self._person_writes, person)
        # A page of somebody else cannot send this type without asking us first, and we never allow it.
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Problem(415, "bad_request")
        try:
            body = json.loads(await read_body(request))
        except (ValueError, RecursionError):
            raise Problem(400, "bad_request") from None
        if not isinstance(body, dict):
            raise Problem(400, "bad_request")
        return person, body

    def _event(self, request: Request, person: str, body: dict[str, Any]) -> dict[str, Any]:
        """What every event says; its id is the page's own, scoped by the person, so that a retry is the same event."""
        update = body.get("id")
        if not isinstance(update, str) or not _UUID.fullmatch(update):
            raise Problem(400, "bad_request")
        hello = Hello(language=self._language(request))
        return {"id": f"{person}:{update}", "person": person, "at": self._clock(), "hello": hello}

    async def _hand_on(self, person: str, event: Event, new: bool) -> Response:
        update = event.id.removeprefix(f"{self._name}:")
        try:
            await self._inbox.accept([Incoming(channel=self._name, update=update, event=event)])
        except Exception:
            if new:  # What was not taken must not look as if it had been.
                with suppress(StoreUnavailable):
                    await self._chat.withdraw(person, event.id)
            raise
        return JSONResponse({"line": event.id}, headers={"cache-control": "no-store"})


async def _health(request: Request) -> Response:
    return PlainTextResponse("ok")


def _file_name(told: str, suffix: str) -> str:
    """A file's name without what does not belong in one; it ends as its content says."""
    told = redact(told[-200:]).text
    stem = told.rpartition(".")[0] if "." in told else told
    words = re.sub(r'[\\/:*?"<>|.\s]+', " ", stem).split()
    return f"{' '.join(words)[:100].strip() or 'file'}.{suffix}"


def _version(text: str | None) -> int:
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,15}", text) else 0


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


class _SafeHeaders:
    """Tells browsers to run nothing but our own files, and to show us in nobody's frame."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # The page names its files with their fingerprint, so a browser may keep them.
        lasting = scope["path"].startswith("/static/") and b"v=" in scope.get("query_string", b"")

        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                if lasting and message["status"] == 200:
                    headers["cache-control"] = "public, max-age=31536000, immutable"
            await send(message)

        await self._app(scope, receive, safe)
