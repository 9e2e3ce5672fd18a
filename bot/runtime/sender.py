"""The sender: messages from committed turns, and those left over at start, to their channels.

One message at a time per person, in order, at the channel's pace. Nudges go in what the pace leaves over, so that
nobody's answer waits behind them; one that still waits when its person talks to us is dropped. What became of a message
is noted in batches; a crash in between repeats at most the messages that were not noted.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Any

from bot.core.events import Blocked as PersonBlocked
from bot.runtime.logs import trace
from bot.runtime.pacing import Pace, Quota
from bot.runtime.ports import (
    Answering,
    Blocked,
    Button,
    Channel,
    Document,
    Inbox,
    Incoming,
    InlineAnswer,
    OutboxRow,
    Outgoing,
    Refused,
    Replicas,
    Settled,
    Store,
    StoreUnavailable,
    TryLater,
)
from bot.unbroken import unbroken

__all__ = ["Route", "Sender"]

log = logging.getLogger(__name__)

PAGE = 500
"""Left-over messages read at once."""
HANDLES = 20_000
"""Handles of sent messages kept in memory, for edits."""
ROOM = 100
"""People to whom something waits to be sent, below which nudges may be made."""
FAREWELL = 15.0
"""Seconds until what was needed for the last words to a forgotten person goes too."""
PATIENCE = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between tries when a channel cannot be reached."""
GATHER = 0.05
"""Seconds for which results gather before they are noted together; a crash repeats at most so much."""

Documents = Callable[[str, str, dict[str, object], str], Awaitable[Document]]
"""(person, kind, args, language) -> the file."""


@dataclass(slots=True)
class Route:
    """A channel with its pace."""

    channel: Channel
    pace: Pace
    quota: Quota | None = None
    """The limit over all processes that send through the channel, where there are several."""
    resume: float = 0.0
    """Nothing is sent before this moment (monotonic seconds): the channel asked everybody to wait."""
    strained: float = 0.0
    """When one person was last asked to wait: a second one soon after means everybody."""
    nudges: OrderedDict[str, deque[OutboxRow]] = field(default_factory=OrderedDict)
    """Person -> what was said unasked and waits for a moment that nobody else needs."""
    nudging: bool = False
    """Somebody works them off."""


@dataclass(slots=True)
class _Line:
    """The messages that wait for one person."""

    rows: deque[OutboxRow] = field(default_factory=deque)
    turn: float | None = None
    """When the first of them may go (monotonic seconds), where its turn was taken already."""
    dropped: bool = False
    """Somebody else sends them now."""


class Sender:
    """Sends what turns have committed."""

    def __init__(
        self,
        store: Store,
        routes: Mapping[str, Route],
        inbox: Inbox,
        documents: Documents,
        clock: Callable[[], datetime],
        replicas: Replicas | None = None,
    ) -> None:
        self._store = store
        self._replicas = replicas
        self._routes = routes
        self._inbox = inbox
        self._documents = documents
        self._clock = clock
        self._lines: dict[str, _Line] = {}
        self._handles: OrderedDict[tuple[str, str], str | None] = OrderedDict()
        self._results: list[tuple[str, str, Settled, str | None]] = []
        self._settled = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._resting: set[asyncio.Task[Any]] = set()
        """Those of the tasks that only wait for a moment to come."""
        self._stopping = False
        self._under_way: set[tuple[str, str]] = set()
        self._noted: OrderedDict[tuple[str, str], None] = OrderedDict()
        """What became of these is known here, and soon in the store; kept only where there are other processes."""

    # -- taking -------------------------------------------------------------------------------------------------------

    def take(
        self,
        rows: Iterable[OutboxRow],
        acks: Iterable[tuple[str, str, str | None]] = (),
        answers: Iterable[InlineAnswer] = (),
    ) -> None:
        """Take messages, acknowledgements and answers of a committed batch, in order; a message that is known, once.

        Beside other processes they may hand us what waits for a person after our batch has committed, and before we
        hear that it has.
        """
        for answer in answers:
            asked = self._routes.get(_channel(answer.person))
            if asked is not None and isinstance(asked.channel, Answering):
                self._spawn(asked.channel.answer(answer))
        for person, callback, text in acks:
            route = self._routes.get(_channel(person))
            if route is not None:
                self._spawn(route.channel.acknowledge(callback, text))
        for row in rows:
            if not self._knows(row):
                self._take(row)

    def _take(self, row: OutboxRow) -> None:
        line, route = self._lines.get(row.person), self._routes.get(_channel(row.person))
        if line is not None:
            line.rows.append(row)
        elif route is not None and row.expires is not None:
            self._hold_back(route, row)
        else:
            for overtaken in route.nudges.pop(row.person, ()) if route is not None else ():
                self._note(overtaken, "dropped")
            self._begin(row.person, _Line(deque([row])))

    @property
    def room(self) -> bool:
        """Whether more may be said unasked: little waits to be sent."""
        return len(self._lines) + sum(len(route.nudges) for route in self._routes.values()) < ROOM

    def _knows(self, row: OutboxRow) -> bool:
        """Whether a message waits here, is under way, or was noted."""
        line, route = self._lines.get(row.person), self._routes.get(_channel(row.person))
        wait = (*(line.rows if line else ()), *(route.nudges.get(row.person, ()) if route else ()))
        key = (row.person, row.id)
        return key in self._under_way or key in self._noted or any(known.id == row.id for known in wait)

    async def recover(self) -> int:
        """Take what was left over when a process last stopped; returns how many messages."""
        place, found = ("", -1), 0
        while rows := await self._store.waiting(PAGE, place):
            known = [r for r in rows if _channel(r.person) in self._routes]
            self.take(known)
            found += len(known)
            place = (rows[-1].person, rows[-1].position)
        return found

    def _spawn(self, work: Awaitable[None]) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _begin(self, person: str, line: _Line) -> None:
        self._lines[person] = line
        self._spawn(self._drain(person, line))

    def _hold_back(self, route: Route, row: OutboxRow) -> None:
        route.nudges.setdefault(row.person, deque()).append(row)
        if not route.nudging:
            route.nudging = True
            self._spawn(self._nudge(route))

    async def _nudge(self, route: Route) -> None:
        """Begin to send what was held back, first come first served, whenever nobody else waits for the channel."""
        try:
            while route.nudges and not self._stopping:
                wait = await self._busy(route)
                if wait > 0:
                    await self._rest(wait)
                    continue
                if not route.nudges:
                    break
                now = time.monotonic()
                person, rows = route.nudges.popitem(last=False)
                self._begin(person, _Line(rows, now + route.pace.reserve(person, now)))
        finally:
            route.nudging = False

    async def _busy(self, route: Route) -> float:
        """For how many seconds a nudge would take somebody's turn; a turn of all processes together is taken."""
        now = time.monotonic()
        wait = max(route.pace.spare(now), route.resume - now)
        if wait > 0 or route.quota is None:
            return wait
        try:
            return await route.quota.spare()
        except StoreUnavailable:
            return PATIENCE[0]

    def pause(self, channel: str, seconds: float) -> None:
        """Another process was told to leave a channel alone for so long, and so are we."""
        route = self._routes.get(channel)
        if route is not None:
            route.resume = max(route.resume, time.monotonic() + seconds)

    async def let_go(self) -> None:
        """Others were given what waits here: finish what is under way, note it, and forget the rest."""
        for line in self._lines.values():
            line.dropped = True
        self._lines.clear()
        for route in self._routes.values():
            route.nudges.clear()
        while self._under_way:
            await self._rest(GATHER)
        await self._flush()

    # -- sending ------------------------------------------------------------------------------------------------------

    async def _drain(self, person: str, line: _Line) -> None:
        route = self._routes.get(_channel(person))
        while line.rows and not self._stopping and not line.dropped:
            row = line.rows[0]
            outcome: str | None
            handle: str | None
            message = await self._message(row)
            if route is None:
                outcome, handle = "dropped", None
            elif message is None:
                outcome, handle = "failed", None
            else:
                outcome, handle = await self._deliver(route, row, message, line)
            if outcome is None:
                break
            line.rows.popleft()
            self._note(row, outcome, handle, message.message if message is not None else None)
            if outcome == "blocked":
                for later in line.rows:
                    self._note(later, "dropped")
                line.rows.clear()
                await self._sleep(row)
        if self._lines.get(person) is line:
            del self._lines[person]

    async def _deliver(
        self, route: Route, row: OutboxRow, message: Outgoing, line: _Line
    ) -> tuple[str | None, str | None]:
        """Send one message, trying as long as it takes; returns the outcome and the handle."""
        tries = 0
        while not self._stopping:
            try:
                await self._turn(route, row.person, line)
            except StoreUnavailable as error:
                log.warning("a message waits for the database: %s", error)
                await self._rest(PATIENCE[0])
                continue
            while self._replicas is not None and not self._replicas.alive and not line.dropped:
                await self._rest(GATHER)
            if line.dropped:
                break
            if row.expires is not None and self._clock() > row.expires:
                return "dropped", None
            try:
                return "sent", await self._send(route.channel, message)
            except Blocked:
                return "blocked", None
            except Refused as error:
                log.warning("a message was refused: %s", error)
                return "failed", None
            except TryLater as later:
                await self._wait(route, later, tries)
            except Exception as error:
                log.error("sending failed: %s", trace(error))
                if tries >= len(PATIENCE):
                    return "failed", None
                await self._rest(PATIENCE[tries])
            tries += 1
        return None, None

    async def _send(self, channel: Channel, message: Outgoing) -> str | None:
        key = (message.person, message.id)
        self._under_way.add(key)
        try:
            return await channel.send(message)
        finally:
            self._under_way.discard(key)

    async def _turn(self, route: Route, person: str, line: _Line) -> None:
        """Wait until the pace lets the next message to a person go, and the channel does.

        Whose moment passed while the channel was left alone takes another one: else they would all go at once after it.
        """
        while True:
            wait = await self._moment(route, person, line) - time.monotonic()
            if wait > 0:
                await self._rest(wait)
            if time.monotonic() >= route.resume:
                return
            while (wait := route.resume - time.monotonic()) > 0:
                await self._rest(wait)

    async def _moment(self, route: Route, person: str, line: _Line) -> float:
        """When (monotonic seconds) the pace lets the next message to a person go."""
        taken, line.turn = line.turn, None
        if taken is not None:
            return taken
        now = time.monotonic()
        own = now + route.pace.reserve(person, now)
        return own if route.quota is None else max(own, await route.quota.take())

    async def _rest(self, seconds: float) -> None:
        """Wait for a moment to come; nothing is lost when the process stops meanwhile."""
        task = asyncio.current_task()
        assert task is not None
        self._resting.add(task)
        try:
            await asyncio.sleep(seconds)
        finally:
            self._resting.discard(task)

    async def _wait(self, route: Route, later: TryLater, tries: int) -> None:
        now = time.monotonic()
        if later.after is None:
            pause = PATIENCE[min(tries, len(PATIENCE) - 1)]
            route.resume = max(route.resume, now + (pause if later.everyone else 0.0))
        else:
            pause = later.after
            everyone = later.everyone or now < route.strained
            route.strained = max(route.strained, now + pause)
            if everyone:
                await self._leave_alone(route, now + pause)
        await self._rest(now + pause - time.monotonic())

    async def _leave_alone(self, route: Route, until: float) -> None:
        """Nothing is sent before a moment (monotonic seconds), by no process."""
        known, route.resume = route.resume, max(route.resume, until)
        if self._replicas is None or until < known + 1:
            return
        try:
            await self._replicas.pause(route.channel.name, until - time.monotonic())
        except StoreUnavailable:
            log.warning("the other processes will notice by themselves that they have to wait")

    async def _message(self, row: OutboxRow) -> Outgoing | None:
        """The message of a row, or None if it cannot be made."""
        tries = 0
        while True:
            try:
                return await self._made(row)
            except StoreUnavailable as error:
                log.warning("a message waits for the database: %s", error)
                await self._rest(PATIENCE[min(tries, len(PATIENCE) - 1)])
                tries += 1
            except Exception as error:
                log.error("a message could not be made: %s", trace(error))
                return None

    async def _made(self, row: OutboxRow) -> Outgoing:
        payload = row.content if row.content is not None else json.loads(row.payload)
        document = None
        if row.kind == "document":
            document = await self._documents(row.person, payload["kind"], payload["args"], payload["language"])
        target = payload.get("message")
        return Outgoing(
            id=row.id,
            person=row.person,
            kind=row.kind,
            html=payload.get("html", ""),
            buttons=tuple(tuple(Button(**b) for b in line) for line in payload.get("buttons", ())),
            message=target,
            handle=await self._handle(row.person, target) if target else None,
            document=document,
            expires=row.expires,
        )

    async def _handle(self, person: str, message: str) -> str | None:
        key = (person, message)
        if key not in self._handles:
            found = await self._store.handles([key])
            self._handles[key] = found.get(key)
        return self._handles[key]

    # -- noting -------------------------------------------------------------------------------------------------------

    def _note(self, row: OutboxRow, outcome: str, handle: str | None = None, target: str | None = None) -> None:
        state: Settled = "sent" if outcome == "sent" else "failed" if outcome == "failed" else "dropped"
        self._remember((row.person, target or row.id), handle)
        if target and handle:
            self._results.append((row.person, target, "sent", handle))
        self._results.append((row.person, row.id, state, handle))
        if self._replicas is not None:
            self._noted[row.person, row.id] = None
            while len(self._noted) > HANDLES:
                self._noted.popitem(last=False)
        self._settled.set()
        if row.last:
            self._spawn(self._farewell(row.person))

    def _remember(self, key: tuple[str, str], handle: str | None) -> None:
        if handle is None:
            return
        self._handles[key] = handle
        self._handles.move_to_end(key)
        while len(self._handles) > HANDLES:
            self._handles.popitem(last=False)

    async def _farewell(self, person: str) -> None:
        await self._rest(FAREWELL)
        try:
            await self._store.forget_leftovers(person)
        except StoreUnavailable:
            log.warning("what was left of a forgotten person goes at the next start")

    async def _sleep(self, row: OutboxRow) -> None:
        update = token_hex(16)  # and nothing of the person in it: it stays when they are forgotten
        event = PersonBlocked(id=f"sender:{update}", person=row.person, at=self._clock())
        try:
            await self._inbox.accept([Incoming(channel="sender", update=update, event=event)])
        except StoreUnavailable:
            log.warning("a blocked person will be noticed at the next message")

    async def run(self) -> None:
        """Note results until cancelled; what gathers during a transaction goes into the next."""
        while True:
            await self._settled.wait()
            self._settled.clear()
            await asyncio.sleep(GATHER)
            await self._flush()

    async def _flush(self) -> None:
        results, self._results = self._results, []
        if not results:
            return
        try:
            await unbroken(self._store.settle(results))
        except BaseException as error:
            self._results = [*results, *self._results]
            if not isinstance(error, StoreUnavailable):
                raise
            log.warning("what was sent cannot be noted: %s", error)
            await asyncio.sleep(1)
            self._settled.set()

    async def stop(self, patience: float = 5.0) -> None:
        """Finish what is under way, for a few seconds at most, and note it; the rest waits for the next start."""
        self._stopping = True
        for task in tuple(self._resting):
            task.cancel()
        tasks = {t for t in self._tasks if not t.done()}
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=patience)
            for task in late:
                task.cancel()
        await self._flush()


def _channel(person: str) -> str:
    return person.partition(":")[0]
