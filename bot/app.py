"""The composition root: the only module that knows every concrete class."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount

from bot.authoring.compiled import compiled_book
from bot.calendars import Calendars
from bot.channels.terminal.channel import TerminalChannel
from bot.channels.web import WebChannel
from bot.core.book import Book, Understanding
from bot.core.deadlines import add
from bot.core.files import LIMIT
from bot.core.vocabulary import VOCABULARY
from bot.documents.export import export_json
from bot.language.catalog import Catalogs
from bot.language.commands import command_menu
from bot.language.render import Renderer
from bot.late import Late, warm
from bot.paths import FLOWS, LOCALES
from bot.runtime.alarm import Alarm
from bot.runtime.fetching import fetched
from bot.runtime.pacing import Pace, Quota
from bot.runtime.ports import Channel, Document, Keeping, StoreUnavailable
from bot.runtime.replica import Replica
from bot.runtime.sender import Route, Sender
from bot.runtime.turns import Batch, Turns
from bot.settings import Settings
from bot.store.engine import connect
from bot.store.files import SqlFiles
from bot.store.sql import SqlStore
from bot.store.transcripts import SqlTranscript
from bot.unbroken import unbroken

if TYPE_CHECKING:
    from bot.channels.telegram.channel import TelegramChannel

__all__ = ["Coach", "chat", "load", "open_store", "run", "utc_now"]

log = logging.getLogger(__name__)

CASE_DOCUMENTS = frozenset({"case_pdf", "case_zip", "case_dates"})
FILES_TOGETHER = 40 * 1024 * 1024
"""Bytes of photos and documents in one file: Telegram takes 50 MB."""
TIDY_EVERY = timedelta(hours=6)


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def load() -> tuple[Book, Renderer]:
    """Read what was authored and what was translated.

    Raises:
        bot.core.issues.AuthoringError: with every mistake in the flows.
        FileNotFoundError: the catalogs are not compiled.
    """
    renderer = Renderer(Catalogs(LOCALES))
    book = compiled_book(FLOWS, VOCABULARY, renderer.catalogs.languages)

    def reader() -> Understanding:
        from bot.language.understanding import Reader  # a third of the start: not before somebody can be answered

        return Reader(
            problems=book.problems,
            objections=book.objections,
            countries=book.countries,
            translate=renderer.translate,
            languages=book.languages,
        )

    return replace(book, understanding=cast("Understanding", Late(reader)), calendar=Calendars()), renderer


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[SqlStore]:
    """The store of the settings, migrated and closed at the end."""
    store = SqlStore(connect(settings.database_url))
    try:
        await store.open()
        yield store
    finally:
        await store.close()


class Coach:
    """The running coach: turns, alarm and sender over a store, with channels attached."""

    def __init__(
        self, book: Book, renderer: Renderer, store: SqlStore, default_language: str, idle_months: int = 0
    ) -> None:
        self.store = store
        self._idle_months = idle_months
        self._renderer = renderer
        self.turns = Turns(book, VOCABULARY, renderer, store, utc_now, default_language, self._committed)
        self.routes: dict[str, Route] = {}
        self.sender = Sender(store, self.routes, self.turns, self._document, utc_now, store.replicas)
        self.replica = (
            Replica(store.replicas, self.sender, self.routes.keys, self._changed)
            if store.replicas is not None
            else None
        )
        self.alarm = Alarm(store, self.turns, utc_now, lambda: self.sender.room)
        self._tasks: list[asyncio.Task[None]] = []

    def attach(self, channel: Channel, overall: float = 0, each: float = 0) -> None:
        """Talk to the people of a channel, so many messages a second at most, over all and to each; 0: unlimited."""
        if self.store.replicas is not None and overall > 0:
            quota = Quota(self.store.replicas, channel.name, overall)
            self.routes[channel.name] = Route(channel, Pace(0, each), quota)
        else:
            self.routes[channel.name] = Route(channel, Pace(overall, each))

    def _committed(self, batch: Batch) -> None:
        self.sender.take((*batch.found, *batch.outbox), batch.acks, batch.answers)
        if batch.rings is not None:
            self.alarm.look(batch.rings)

    def _changed(self, person: str) -> None:
        for route in self.routes.values():
            if isinstance(route.channel, WebChannel):
                route.channel.changed(person)

    async def _document(self, person: str, kind: str, args: dict[str, Any], language: str) -> Document:
        if kind == "export":
            content = export_json(person, await self.store.export(person), utc_now())
            return Document(f"lo-frayer-{utc_now():%Y-%m-%d}.json", content, "application/json")
        if kind == "offer":
            picture = await asyncio.to_thread(_offer_picture, args, language, self._renderer)
            return Document(f"lo-frayer-offer-{utc_now():%Y-%m-%d}.png", picture, "image/png")
        if kind == "letter":
            return await asyncio.to_thread(_letter, args, language)
        if kind in CASE_DOCUMENTS:
            contents = await self._fetched(person, args.get("files", ()))
            return await asyncio.to_thread(_case_document, kind, args, contents, language)
        raise ValueError(f"no document '{kind}'")

    async def _fetched(self, person: str, files: Any) -> list[bytes | None]:
        """The bytes of the files that a person sent, in order; None for one that cannot be had."""
        route = self.routes.get(person.partition(":")[0])
        contents: list[bytes | None] = []
        room = FILES_TOGETHER
        for file in files:
            content = None
            if route is not None and isinstance(route.channel, Keeping):
                content = await fetched(route.channel, person, str(file["file"]), min(LIMIT, room))
            room -= len(content or b"")
            contents.append(content)
        return contents

    async def start(self) -> None:
        """Begin to work, with what was left over first."""
        self.store.serve(self.routes)
        await self._clean()
        work = [self.turns.run(), self.sender.run(), self.alarm.run(), self._tidy()]
        if self.replica is not None:
            await self.replica.join()
            work.append(self.replica.run())
        left = await self.sender.recover()
        if left:
            log.info("%d messages were left over and are being sent", left)
        self._tasks.extend(asyncio.create_task(task) for task in work)

    async def stop(self) -> None:
        """Finish what is under way and leave nothing half done."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.sender.stop()
        if self.replica is not None:
            await self.replica.leave()
        for route in self.routes.values():
            await route.channel.close()

    async def _tidy(self) -> None:
        while True:
            await asyncio.sleep(TIDY_EVERY.total_seconds())
            try:
                await unbroken(self._clean())
            except StoreUnavailable as error:
                log.warning("tidying up has to wait: %s", error)

    async def _clean(self) -> None:
        """Drop what is no longer needed, and wake those who have been away for so long that they are asked."""
        now = utc_now()
        await self.store.tidy(now)
        if self._idle_months:
            gone = add(now.date(), -self._idle_months, "months", lambda _: False)
            if await self.store.wake_idle(datetime.combine(gone, now.time(), tzinfo=UTC), now):
                self.alarm.look(now)


def _offer_picture(figures: dict[str, object], language: str, renderer: Renderer) -> bytes:
    from bot.documents.offer import offer_picture  # typesetting takes 13 MB: only where it is used

    return offer_picture(figures, language, renderer)


def _case_document(kind: str, args: Mapping[str, Any], contents: list[bytes | None], language: str) -> Document:
    made = utc_now()
    if kind == "case_dates":
        from bot.documents.calendar import dates_ics  # as below

        return Document(f"lo-frayer-dates-{made:%Y-%m-%d}.ics", dates_ics(args["dates"], made), "text/calendar")
    if kind == "case_zip":
        from bot.documents.case_zip import case_zip  # as below

        content = case_zip(args, contents, language, made)
        return Document(f"lo-frayer-case-{made:%Y-%m-%d}.zip", content, "application/zip")
    from bot.documents.case_file import case_pdf  # typesetting takes 13 MB: only where it is used

    content = case_pdf(args["page"], contents, language, made)
    return Document(f"lo-frayer-case-{made:%Y-%m-%d}.pdf", content, "application/pdf")


def _letter(words: dict[str, object], language: str) -> Document:
    from bot.documents.letter import letter_name, letter_pdf  # typesetting takes 13 MB: only where it is used

    made = utc_now()
    return Document(letter_name(words, made), letter_pdf(words, language, made), "application/pdf")


async def run(settings: Settings) -> None:
    """Run the coach on the web, and on Telegram if there is a token, until SIGTERM or SIGINT.

    Raises:
        StoreUnavailable: at the start, when the database cannot be reached.
        TokenRefused: Telegram does not know the token.
        OSError: the port is taken.
    """
    book, renderer = load()
    gc.freeze()  # what was read lives as long as the process: nothing to look for there,
    gc.set_threshold(20_000, 20, 20)  # and little among the rest, for turns leave no cycles
    async with open_store(settings) as store:
        coach = Coach(book, renderer, store, settings.default_language, settings.idle_months)
        web = WebChannel(
            SqlTranscript(store), SqlFiles(store), await store.secret("cookies"), utc_now, settings.default_language
        )
        coach.attach(web)
        channels: list[Channel] = [web]
        routes: list[BaseRoute] = []
        if settings.telegram_bot_token is not None:
            telegram = _telegram(settings, renderer)
            coach.attach(
                telegram, settings.telegram_messages_per_second, settings.telegram_messages_per_chat_per_second
            )
            channels.append(telegram)
            routes.extend(telegram.routes)
        site = Starlette(routes=[*routes, Mount("/", web.app(coach.turns))])
        listening = _listen(settings.web_host, settings.web_port)
        await coach.start()
        loop = asyncio.get_running_loop()
        loop.call_soon(warm, partial(book.understanding.command, "", ""), Calendars().warm)  # once it listens
        await _serve(listening, coach, site, channels)


def _telegram(settings: Settings, renderer: Renderer) -> TelegramChannel:
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # 5 MB of its command line, which it can do without
    from bot.channels.telegram.api import Api  # 10 MB: only where there is a token
    from bot.channels.telegram.channel import TelegramChannel
    from bot.channels.telegram.transport import LeanRequest
    from bot.channels.telegram.webhook import Webhook

    assert settings.telegram_bot_token is not None
    api = Api(settings.telegram_api_url, settings.telegram_bot_token.get_secret_value(), LeanRequest())
    webhook = None
    if settings.telegram_webhook_url is not None and settings.telegram_webhook_secret is not None:
        webhook = Webhook(settings.telegram_webhook_url, settings.telegram_webhook_secret.get_secret_value(), utc_now)
    return TelegramChannel(api, utc_now, command_menu(renderer), webhook)


def _listen(host: str, port: int) -> socket.socket:
    """A socket that accepts connections; uvicorn's own would end the process with a log line."""
    return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=2048)


async def _serve(listening: socket.socket, coach: Coach, site: Starlette, channels: list[Channel]) -> None:
    config = uvicorn.Config(
        site,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=3,
    )
    server = _Server(config)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopping.set)
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    print(f"Lo Frayer is listening: http://{shown}:{port}/", flush=True)
    receivers = [asyncio.create_task(channel.run(coach.turns)) for channel in channels]
    serving = asyncio.create_task(server.serve([listening]))
    stopped = asyncio.create_task(stopping.wait())
    try:
        done, _ = await asyncio.wait([*receivers, serving, stopped], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            if task in receivers:
                task.result()
    finally:
        for task in (*receivers, stopped):
            task.cancel()
        await asyncio.gather(*receivers, stopped, return_exceptions=True)
        server.should_exit = True
        await asyncio.gather(serving, return_exceptions=True)
        await coach.stop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(name)


class _Server(uvicorn.Server):
    """Uvicorn without its own signal handlers: the coach stops everything in order."""

    def capture_signals(self):  # type: ignore[no-untyped-def]
        from contextlib import nullcontext

        return nullcontext()


async def chat(settings: Settings, language: str | None = None) -> None:
    """Talk to the coach in the terminal until the input ends."""
    book, renderer = load()
    async with open_store(settings) as store:
        coach = Coach(book, renderer, store, settings.default_language, settings.idle_months)
        terminal = TerminalChannel(utc_now, language)
        coach.attach(terminal)
        await coach.start()
        try:
            await terminal.run(coach.turns)
        finally:
            await coach.stop()
