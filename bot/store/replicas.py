"""Processes that share a PostgreSQL: who sends to whom, how fast all of them together, and what they tell each other.

A replica is alive while its row in ``replicas`` says so; it renews it, and stops sending by itself when it could not.
The messages that wait for a person are all of one replica: a turn hands new ones to the one that has older ones. What a
dead replica left is taken over by whoever looks first. Moments are the database's, so that clocks need not agree.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from secrets import token_hex
from typing import Any

from sqlalchemy import ARRAY, Connection, String, TextClause, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.runtime.ports import OutboxRow, StoreUnavailable
from bot.store.engine import of_database
from bot.store.rows import outbox_row
from bot.store.tables import WAITING, outbox
from bot.unbroken import unbroken

__all__ = ["LEASE", "Replicas"]

log = logging.getLogger(__name__)

LEASE = 10.0
"""Seconds that a replica is alive after it last said so."""
MARGIN = 1.0
"""Seconds before the others give it up at which a replica stops by itself."""
REMEMBERED = 60
"""Seconds that a dead replica's row stays: longer than any transaction that may still hand it messages."""
WIRE = "lofrayer"
"""The name under which replicas notify each other."""
CHANGED = "*"
"""Before the name of a replica that changed somebody's page."""
PAUSED = "!"
"""Before the name of a replica that was asked to wait for everybody."""
BURST = 1.0
"""Seconds of a channel's pace that go at once where nothing was sent for long; not so after a pause."""
RETRY = 1.0


class Replicas:
    """This process among those that share the database. Implements `bot.runtime.ports.Replicas`."""

    def __init__(self, engine: AsyncEngine, transaction: Callable[[], AbstractAsyncContextManager[AsyncConnection]]):
        self._engine = engine
        self._transaction = transaction
        self._until = 0.0
        self.id: str | None = None
        """None until this process has joined: then it sends nothing that others would have to know about."""
        self.channels: list[str] = []
        self._handed: Callable[[str], None] | None = None

    # -- being alive --------------------------------------------------------------------------------------------------

    @property
    def alive(self) -> bool:
        """Whether the others still leave our messages to us."""
        return time.monotonic() < self._until

    async def join(self, channels: Collection[str]) -> None:
        """Become a replica (a new one, if we were one before) that serves these channels."""
        began, new = time.monotonic(), token_hex(8)
        async with self._transaction() as connection:
            await connection.execute(_JOIN, {"id": new, "lease": int(LEASE * 1000)})
        self.id, self.channels, self._until = new, sorted(channels), began + LEASE - MARGIN

    async def beat(self) -> tuple[bool, bool]:
        """Stay alive; returns whether we are, and whether somebody else has died lately."""
        began = time.monotonic()
        given = {"id": self.id, "lease": int(LEASE * 1000), "remembered": REMEMBERED * 1000}
        async with self._transaction() as connection:
            mine, dead = (await connection.execute(_BEAT, given)).one()
        if mine:
            self._until = began + LEASE - MARGIN
        return bool(mine), bool(dead)

    async def leave(self) -> None:
        """Die at once: what is left is for the others."""
        self._until = 0.0
        async with self._transaction() as connection:
            await connection.execute(_LEAVE, {"id": self.id})

    # -- messages -----------------------------------------------------------------------------------------------------

    def assign(self, connection: Connection, people: Collection[str]) -> tuple[dict[str, str | None], list[OutboxRow]]:
        """Who sends the messages of a turn, by person, and messages of older turns that are ours now.

        The people are locked. In all but a few turns nothing waits for them, and one look is enough.
        """
        senders: dict[str, str | None] = dict.fromkeys(people, self.id)
        if self.id is None:
            return senders, []
        waiting = connection.execute(_SENDERS, {"people": _padded(people)}).all()
        if not waiting:
            return senders, []
        rows = connection.execute(_WAITING_LOCKED, {"people": sorted({row.person for row in waiting})}).all()
        living = set(connection.execute(_LIVING).scalars()) | {self.id}
        found: list[OutboxRow] = []
        for person in {row.person: None for row in rows}:
            theirs = [row for row in rows if row.person == person]
            sender = next((row.replica for row in theirs if row.replica in living), self.id)
            senders[person] = sender
            if any(row.replica != sender for row in theirs):
                connection.execute(_HAND, {"person": person, "replica": sender})
            if sender == self.id:
                found.extend(outbox_row(row) for row in theirs)
            else:
                connection.execute(_NOTIFY, {"wire": WIRE, "said": f"{sender} {person}"})
        return senders, found

    async def handed(self, person: str = "") -> list[OutboxRow]:
        """The messages that wait for a person (or for anybody) and are ours to send, in order."""
        statement = _OURS.where(outbox.c.person == person) if person else _OURS
        async with self._transaction() as connection:
            return [outbox_row(row) for row in await connection.execute(statement, {"replica": self.id})]

    async def take_over(self, limit: int, after: tuple[str, int]) -> list[OutboxRow]:
        """Messages of our channels that nobody alive sends, from after a place on; they are ours now."""
        given = {"replica": self.id, "channels": self.channels, "person": after[0], "position": after[1]}
        async with self._transaction() as connection:
            await connection.execute(_ONE_AT_A_TIME)  # so that who is alive is known before anything is taken
            living = list((await connection.execute(_LIVING)).scalars())
            rows = await connection.execute(_TAKE_OVER, {**given, "living": living, "number": limit})
            return sorted((outbox_row(row) for row in rows), key=lambda row: (row.person, row.position))

    # -- pace ---------------------------------------------------------------------------------------------------------

    async def reserve(self, channel: str, rate: float, burst: float, count: int) -> list[float]:
        """The next ``count`` moments at which a message may go, of all replicas together, in seconds from now."""
        interval = 1_000_000 / rate
        async with self._transaction() as connection:
            ahead = await connection.scalar(_RESERVE, {"channel": channel, "cost": round(interval * count)})
        assert ahead is not None
        return [max(0.0, (ahead + i * interval - (burst - 1) * interval) / 1e6) for i in range(count)]

    async def spare(self, channel: str, rate: float, burst: float) -> float:
        """Take a moment if one is free now (0), or say in how many seconds one may be."""
        interval = 1_000_000 / rate
        given = {"channel": channel, "cost": round(interval), "burst": round((burst - 1) * interval)}
        async with self._transaction() as connection:
            if (await connection.execute(_SPARE, given)).first() is not None:
                return 0.0
            busy = await connection.scalar(_BUSY, given)
        return max(0.0, (busy or 0) / 1e6) + interval / 1e6

    async def pause(self, channel: str, seconds: float) -> None:
        """Tell the others that a channel asked everybody to wait, and give out no moment until then."""
        async with self._transaction() as connection:
            await connection.execute(_PAUSE, {"channel": channel, "pause": round((seconds + BURST) * 1_000_000)})
            await connection.execute(_NOTIFY, {"wire": WIRE, "said": f"{PAUSED}{self.id} {channel} {seconds}"})

    # -- what they tell each other ------------------------------------------------------------------------------------

    def doubt(self) -> None:
        """A transaction broke off and may have been committed: what it left may be ours to send."""
        if self._handed is not None:
            self._handed("")

    def tell(self, connection: Connection, person: str) -> None:
        """Tell the others, once this is committed, that a page of this person shows something new."""
        connection.execute(_NOTIFY, {"wire": WIRE, "said": f"{CHANGED}{self.id} {person}"})

    async def listen(
        self, handed: Callable[[str], None], changed: Callable[[str], None], paused: Callable[[str, float], None]
    ) -> None:
        """Hear of people whom others handed to us or whose pages they changed, and of pauses. Until cancelled.

        ``""`` is heard when something may have been missed.
        """
        self._handed = handed
        while True:
            try:
                await self._listen(handed, changed, paused)
            except Exception as error:
                if not (isinstance(error, StoreUnavailable) or of_database(error)):
                    raise
                log.warning("other replicas cannot be heard: %s", type(error).__name__)
            await asyncio.sleep(RETRY)

    async def _listen(
        self, handed: Callable[[str], None], changed: Callable[[str], None], paused: Callable[[str, float], None]
    ) -> None:
        def notified(connection: object, process: int, wire: str, said: str) -> None:
            replica, _, person = said.partition(" ")
            if replica == self.id:
                handed(person)
            elif replica.startswith(CHANGED) and replica != f"{CHANGED}{self.id}":
                changed(person)
            elif replica.startswith(PAUSED) and replica != f"{PAUSED}{self.id}":
                channel, _, seconds = person.partition(" ")
                paused(channel, float(seconds))

        async with self._engine.connect() as connection:
            raw: Any = (await connection.get_raw_connection()).driver_connection
            await raw.add_listener(WIRE, notified)
            try:
                handed("")
                changed("")
                while True:
                    await asyncio.sleep(RETRY)
                    await unbroken(raw.execute("SELECT 1"))  # a connection that is gone does not say so by itself
            finally:
                if not raw.is_closed():
                    await raw.remove_listener(WIRE, notified)


def _padded(people: Collection[str]) -> list[str]:
    """As long as few lists are: a statement is prepared for each length."""
    named = sorted(people)
    return named + named[-1:] * ((1 << (len(named) - 1).bit_length()) - len(named))


def _sql(statement: str) -> TextClause:
    """A statement in which ``{now}`` and ``{now_us}`` are the database's time in milliseconds and microseconds."""
    now = "CAST(extract(epoch FROM clock_timestamp()) * {} AS bigint)"
    return text(statement.replace("{now}", now.format("1000")).replace("{now_us}", now.format("1000000")))


_JOIN = _sql("INSERT INTO replicas (id, until) VALUES (:id, {now} + CAST(:lease AS bigint))")
_BEAT = _sql(
    "WITH mine AS (UPDATE replicas SET until = {now} + CAST(:lease AS bigint)"
    " WHERE id = :id AND until > {now} RETURNING 1),"
    " gone AS (DELETE FROM replicas WHERE until < {now} - CAST(:remembered AS bigint))"
    " SELECT (SELECT count(*) FROM mine), (SELECT count(*) FROM replicas WHERE until <= {now})"
)
_LEAVE = _sql("UPDATE replicas SET until = {now} WHERE id = :id")
_LIVING = _sql("SELECT id FROM replicas WHERE until > {now}")

_OF = outbox.c.person.in_(bindparam("people", expanding=True))
_SENDERS = select(outbox.c.person).where(WAITING, _OF)
_WAITING_LOCKED = select(outbox).where(WAITING, _OF).order_by(outbox.c.person, outbox.c.position).with_for_update()
_HAND = text("UPDATE outbox SET replica = :replica WHERE person = :person AND state = 'waiting'")
_NOTIFY = text("SELECT pg_notify(:wire, :said)")
_OURS = (
    select(outbox).where(WAITING, outbox.c.replica == bindparam("replica")).order_by(outbox.c.person, outbox.c.position)
)
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('lofrayer: taking over'))")
_TAKE_OVER = text(
    "UPDATE outbox SET replica = :replica FROM ("
    "  SELECT person, id FROM outbox WHERE state = 'waiting' AND (replica IS NULL OR replica <> ALL(:living))"
    "  AND split_part(person, ':', 1) = ANY(:channels) AND (person, position) > (:person, CAST(:position AS bigint))"
    "  ORDER BY person, position LIMIT CAST(:number AS integer) FOR UPDATE"
    ") AS left_over WHERE outbox.person = left_over.person AND outbox.id = left_over.id RETURNING outbox.*"
).bindparams(bindparam("living", type_=ARRAY(String)), bindparam("channels", type_=ARRAY(String)))

_RESERVE = _sql(
    "INSERT INTO pace (channel, free_at) VALUES (:channel, {now_us} + CAST(:cost AS bigint))"
    " ON CONFLICT (channel) DO UPDATE SET free_at = greatest(pace.free_at, {now_us}) + CAST(:cost AS bigint)"
    " RETURNING free_at - CAST(:cost AS bigint) - {now_us}"
)
_SPARE = _sql(
    "INSERT INTO pace (channel, free_at) VALUES (:channel, {now_us} + CAST(:cost AS bigint))"
    " ON CONFLICT (channel) DO UPDATE SET free_at = greatest(pace.free_at, {now_us}) + CAST(:cost AS bigint)"
    " WHERE pace.free_at <= {now_us} + CAST(:burst AS bigint) RETURNING 1"
)
_PAUSE = _sql("UPDATE pace SET free_at = greatest(free_at, {now_us} + CAST(:pause AS bigint)) WHERE channel = :channel")
_BUSY = _sql("SELECT free_at - {now_us} - CAST(:burst AS bigint) FROM pace WHERE channel = :channel")
