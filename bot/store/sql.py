"""The store port over SQLAlchemy Core: the same statements on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    and_,
    bindparam,
    delete,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    text,
    true,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.core.case import Entry
from bot.core.nudges import PACED
from bot.runtime.ports import (
    Incoming,
    Loaded,
    OutboxRow,
    Settled,
    StoreUnavailable,
    Timer,
    Writes,
)
from bot.store.engine import of_database
from bot.store.migrate import migrate
from bot.store.replicas import Replicas
from bot.store.rows import from_ms, outbox_row, to_ms
from bot.store.tables import WAITING, entries, files, meta, outbox, people, timers, transcript, updates

__all__ = ["SqlStore"]

KEEP_UPDATES = timedelta(days=30)
KEEP_SENT = timedelta(days=7)
HOLD = timedelta(seconds=30)
"""How long a timer is left to the process that fires it."""
COLLISION = ("40P01", "40001")
"""What PostgreSQL says when two transactions wait for each other: nothing was done, and it may be done again."""
CHUNK = 500
"""Rows asked for in one ``IN``."""
SLICE = 1000
"""Rows that housekeeping looks at in one transaction: turns wait for no more than that."""


class SqlStore:
    """Keeps people in a database. Implements `bot.runtime.ports.Store`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.insert = _insert(engine)
        self._put = _Statements(self.insert)
        self.replicas = Replicas(engine, self.transaction) if engine.dialect.name == "postgresql" else None
        """What this process arranges with others over the same database; a channel has one process on SQLite."""
        self._channels: tuple[str, ...] | None = None

    def serve(self, channels: Iterable[str]) -> None:
        """From now on only messages and timers of people of these channels are this process's; at first all are."""
        self._channels = tuple(sorted(channels))

    async def open(self) -> None:
        """Bring the schema up to date.

        Raises:
            StoreUnavailable: the database cannot be reached.
        """
        async with self.transaction() as connection:
            await connection.run_sync(migrate)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._engine.dispose()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A transaction; database errors become `StoreUnavailable`."""
        try:
            async with self._engine.begin() as connection:
                yield connection
        except Exception as error:
            if not of_database(error):
                raise
            raise StoreUnavailable(type(error).__name__) from error

    # -- turns --------------------------------------------------------------------------------------------------------

    async def turns(
        self,
        updates: Sequence[Incoming],
        timers: Sequence[Timer],
        people: Sequence[str],
        work: Callable[[Loaded], Writes | set[str]],
    ) -> Writes:
        """Handle a batch of updates and timers in one transaction."""
        for again in (True, True, False):
            try:
                async with self.transaction() as connection:
                    return await connection.run_sync(self._turns, updates, timers, people, work)
            except StoreUnavailable as error:
                if not (again and getattr(getattr(error.__cause__, "orig", None), "sqlstate", None) in COLLISION):
                    if self.replicas is not None:
                        self.replicas.doubt()
                    raise
        raise AssertionError("the last try returns or raises")

    def _turns(
        self,
        connection: Connection,
        updates: Sequence[Incoming],
        timers: Sequence[Timer],
        people: Sequence[str],
        work: Callable[[Loaded], Writes | set[str]],
    ) -> Writes:
        """The whole batch in one go: SQLAlchemy's cost of every ``await`` is paid once."""
        sessions, versions, placeholders = self._sessions(connection, people)
        fresh = self._fresh(connection, updates)  # under the lock: another process may have handled them meanwhile
        loaded = Loaded(fresh, sessions, versions, {}, self._set_timers(connection, timers))
        result = work(loaded)
        while isinstance(result, set):
            loaded.logs.update(self._logs(connection, result))
            result = work(loaded)
        self._write(connection, result)
        for chunk in self._chunks(sorted(placeholders - result.sessions.keys())):
            connection.execute(_UNPLACE, {"people": chunk})
        return result

    def _chunks(self, values: Sequence[Any]) -> Iterable[list[Any]]:
        """Values for several ``IN``, and few lengths of them: PostgreSQL prepares a statement for each."""
        for start in range(0, len(values), CHUNK):
            chunk = list(values[start : start + CHUNK])
            if self.replicas is not None:
                length = min(1 << (len(chunk) - 1).bit_length(), CHUNK)
                chunk += chunk[-1:] * (length - len(chunk))
            yield chunk

    def _set_timers(self, connection: Connection, wanted: Sequence[Timer]) -> dict[tuple[str, str], datetime]:
        found: dict[tuple[str, str], datetime] = {}
        for chunk in self._chunks(sorted({(t.person, t.key) for t in wanted})):
            rows = connection.execute(select(timers).where(tuple_(timers.c.person, timers.c.key).in_(chunk)))
            found.update({(row.person, row.key): from_ms(row.due_at) for row in rows})
        return found

    def _fresh(self, connection: Connection, batch: Sequence[Incoming]) -> frozenset[tuple[str, str]]:
        wanted = {(u.channel, u.update) for u in batch}
        known: set[tuple[str, str]] = set()
        for channel in {c for c, _ in wanted}:
            ids = [u for c, u in wanted if c == channel]
            for chunk in self._chunks(ids):
                rows = connection.execute(_KNOWN, {"channel": channel, "ids": chunk})
                known.update((channel, row.update_id) for row in rows)
        return frozenset(wanted - known)

    def _sessions(
        self, connection: Connection, wanted: Sequence[str]
    ) -> tuple[dict[str, str], dict[str, int], set[str]]:
        """Sessions and versions of people, and the strangers who were given a row of version 0.

        On PostgreSQL these people are locked until the transaction ends; a stranger needs a row for that.
        """
        sessions: dict[str, str] = {}
        versions: dict[str, int] = {}
        placeholders: set[str] = set()
        missing = sorted(set(wanted))
        while missing:
            for chunk in self._chunks(missing):
                statement = _SESSIONS_LOCKED if self.replicas is not None else _SESSIONS
                for person, session, version in connection.execute(statement, {"people": chunk}):
                    if version:
                        sessions[person] = session
                        versions[person] = version
                    else:
                        placeholders.add(person)
            if self.replicas is None:
                break
            missing = [person for person in missing if person not in sessions and person not in placeholders]
            if missing:
                connection.execute(_PLACE, {"people": missing})
        return sessions, versions, placeholders

    def _logs(self, connection: Connection, wanted: Iterable[str]) -> dict[str, list[Entry]]:
        logs: dict[str, list[Entry]] = {person: [] for person in wanted}
        for chunk in self._chunks(sorted(logs)):
            for row in connection.execute(_LOGS, {"people": chunk}):
                logs[row.person].append(_entry(row))
        return logs

    def _write(self, connection: Connection, writes: Writes) -> None:
        for person in writes.forgotten:
            self._forget(connection, person)
        if writes.updates:
            now = to_ms(datetime.now(UTC))
            rows = [
                {
                    "channel": u.channel,
                    "update_id": u.update,
                    "person": person if person not in writes.forgotten else None,
                    "at": now,
                    "error": u.error,
                    "raw": u.raw or None,
                }
                for u, person in writes.updates
            ]
            connection.execute(self._put.updates, rows)
        if writes.sessions:
            rows = [
                {"person": p, "session": s, "version": v, "seen_at": to_ms(at)}
                for p, (s, v, at) in writes.sessions.items()
            ]
            connection.execute(self._put.people, rows)
        if writes.entries:
            rows = [
                {
                    "person": p,
                    "id": i,
                    "case": e.case,
                    "at": to_ms(e.at),
                    "position": position,
                    "kind": e.kind,
                    "details": json.dumps(e.details, ensure_ascii=False),
                }
                for p, i, position, e in writes.entries
            ]
            connection.execute(self._put.entries, rows)
        if writes.outbox:
            senders: dict[str, str | None] = {}
            if self.replicas is not None:
                senders, writes.found = self.replicas.assign(connection, {r.person for r in writes.outbox})
            rows = [
                {
                    "person": r.person,
                    "id": r.id,
                    "position": r.position,
                    "kind": r.kind,
                    "payload": r.payload,
                    "state": "waiting",
                    "created_at": to_ms(r.created),
                    "expires_at": to_ms(r.expires) if r.expires else None,
                    "last": r.last,
                    "replica": senders.get(r.person),
                }
                for r in writes.outbox
            ]
            connection.execute(self._put.outbox, rows)
            if self.replicas is not None:
                writes.outbox = [r for r in writes.outbox if senders[r.person] == self.replicas.id]
        for person, file in writes.discarded:
            connection.execute(delete(files).where(files.c.person == person, files.c.id == file))
            line = update(transcript).where(transcript.c.person == person, transcript.c.line == file)
            connection.execute(line.values(document=None))
        self._write_timers(connection, writes)

    def _write_timers(self, connection: Connection, writes: Writes) -> None:
        taken_back = [key for key, due in writes.timers.items() if due is None]
        for chunk in self._chunks(taken_back):
            connection.execute(delete(timers).where(tuple_(timers.c.person, timers.c.key).in_(chunk)))
        rows = [
            {"person": p, "key": k, "due_at": to_ms(due), "paced": k in PACED}
            for (p, k), due in writes.timers.items()
            if due
        ]
        if rows:
            connection.execute(self._put.timers, rows)

    # -- timers -------------------------------------------------------------------------------------------------------

    async def due_timers(self, now: datetime, limit: int, paced: bool | None = None) -> list[Timer]:
        """Timers that are due, the earliest first: all, only those that may wait for room, or only the others."""
        due = self._free(now, paced) & (timers.c.due_at <= to_ms(now))
        statement = select(timers).where(due).order_by(timers.c.due_at).limit(limit)
        async with self.transaction() as connection:
            rows = (await connection.execute(self._held(statement, now))).all()
            return sorted((Timer(row.person, row.key, from_ms(row.due_at)) for row in rows), key=lambda t: t.due)

    async def next_timer(self, now: datetime, paced: bool | None = None) -> datetime | None:
        """When the earliest timer is due: of all, of those that may wait for room, or of the others."""
        kinds = (False, True) if paced is None else (paced,)
        earliest = [select(func.min(timers.c.due_at)).where(self._free(now, kind)).scalar_subquery() for kind in kinds]
        async with self.transaction() as connection:
            due = [found for found in (await connection.execute(select(*earliest))).one() if found is not None]
            return from_ms(min(due)) if due else None

    def _free(self, now: datetime, paced: bool | None) -> ColumnElement[bool]:
        """Timers that this process may fire."""
        free = self._ours(timers.c.person)
        if paced is not None:
            free &= timers.c.paced == paced
        if self.replicas is None or self.replicas.id is None:
            return free
        return free & or_(timers.c.held_until.is_(None), timers.c.held_until < to_ms(now))

    def _ours(self, person: ColumnElement[str]) -> ColumnElement[bool]:
        """People of the channels that this process serves: others cannot be reached by it."""
        if self._channels is None:
            return true()
        return or_(false(), *(person.startswith(f"{channel}:", autoescape=True) for channel in self._channels))

    def _held(self, wanted: Select[Any], now: datetime) -> Any:
        """Timers asked for, and from now on held for this process if there are others."""
        if self.replicas is None or self.replicas.id is None:
            return wanted
        found = wanted.with_for_update(skip_locked=True).subquery()
        return (
            update(timers)
            .where(timers.c.person == found.c.person, timers.c.key == found.c.key)
            .values(held_until=to_ms(now + HOLD))
            .returning(timers.c.person, timers.c.key, timers.c.due_at)
        )

    # -- outbox -------------------------------------------------------------------------------------------------------

    async def waiting(self, limit: int, after: tuple[str, int] = ("", -1)) -> list[OutboxRow]:
        """Messages of our channels that were not sent yet and that nobody else sends, by person and position."""
        if self.replicas is not None and self.replicas.id is not None:
            return await self.replicas.take_over(limit, after)
        person, position = after
        statement = (
            select(outbox)
            .where(WAITING, self._ours(outbox.c.person))
            .where(or_(outbox.c.person > person, and_(outbox.c.person == person, outbox.c.position > position)))
            .order_by(outbox.c.person, outbox.c.position)
            .limit(limit)
        )
        async with self.transaction() as connection:
            return [outbox_row(row) for row in await connection.execute(statement)]

    async def settle(self, results: Sequence[tuple[str, str, Settled, str | None]]) -> None:
        """Note what became of messages. The words of a message are not kept once it is out."""
        rows = [{"p": person, "i": id_, "state": state, "handle": handle} for person, id_, state, handle in results]
        if self.replicas is not None:
            rows.sort(key=itemgetter("p"))  # in the order in which turns lock them
        if rows:
            async with self.transaction() as connection:
                await connection.execute(_SETTLE, rows)

    async def handles(self, messages: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """The channel's handles of messages that were sent."""
        found: dict[tuple[str, str], str] = {}
        async with self.transaction() as connection:
            for person, id_ in messages:
                row = (await connection.execute(_HANDLE, {"p": person, "i": id_})).first()
                if row is not None and row.handle is not None:
                    found[person, id_] = row.handle
        return found

    # -- a person's own -----------------------------------------------------------------------------------------------

    async def export(self, person: str) -> dict[str, Any]:
        """Everything that is kept on a person, by table."""
        kept: dict[str, Any] = {}
        async with self.transaction() as connection:
            for table in (people, entries, files, timers, outbox, transcript, updates):
                columns = [c for c in table.c if c.name != "content"]
                rows = await connection.execute(select(*columns).where(table.c.person == person))
                kept[table.name] = [_exported(row._asdict()) for row in rows]
        return kept

    async def forget_leftovers(self, person: str) -> None:
        """Delete what was still needed to say good-bye, unless they have come back."""
        async with self.transaction() as connection:
            back = await connection.execute(select(people.c.person).where(people.c.person == person))
            if back.first() is None:
                await connection.run_sync(self._forget, person)

    def _forget(self, connection: Connection, person: str) -> None:
        for table in (people, entries, files, timers, outbox, transcript):
            connection.execute(delete(table).where(table.c.person == person))
        anonymous = update(updates).where(updates.c.person == person).values(person=None, raw=None, error=None)
        connection.execute(anonymous)

    async def sessions(self, after: str = "", limit: int = CHUNK) -> list[tuple[str, str, int]]:
        """People in order of their ids, from after one on: id, stored session, number of turns."""
        statement = (
            select(people.c.person, people.c.session, people.c.version)
            .where(people.c.person > after)
            .order_by(people.c.person)
            .limit(limit)
        )
        async with self.transaction() as connection:
            return [(p, session, version) for p, session, version in await connection.execute(statement)]

    async def count_entries(self) -> dict[str, int]:
        """How many lines the case logs have, by kind."""
        statement = select(entries.c.kind, func.count().label("number")).group_by(entries.c.kind)
        async with self.transaction() as connection:
            return {row.kind: row.number for row in await connection.execute(statement)}

    async def wake_idle(self, before: datetime, now: datetime) -> int:
        """Set the timer ``idle`` of everybody who was last seen before a time, unless it is set."""
        woken, after = 0, ""
        while True:
            some = select(people.c.person, people.c.seen_at).where(people.c.person > after)
            some_people = some.order_by(people.c.person).limit(SLICE).subquery()
            found = select(some_people.c.person, literal("idle"), literal(to_ms(now)), true()).where(
                some_people.c.seen_at < to_ms(before)
            )
            insert = self.insert(timers).from_select(["person", "key", "due_at", "paced"], found)
            async with self.transaction() as connection:
                last = (await connection.execute(select(func.max(some_people.c.person)))).scalar()
                if last is None:
                    return woken
                woken += (await connection.execute(insert.on_conflict_do_nothing())).rowcount
            after = last

    async def tidy(self, now: datetime) -> None:
        """Drop old update ids and messages long sent."""
        await self._drop(updates, updates.c.at < to_ms(now - KEEP_UPDATES))
        await self._drop(outbox, and_(outbox.c.created_at < to_ms(now - KEEP_SENT), not_(WAITING)))
        async with self.transaction() as connection:
            farewells = select(outbox.c.person).where(outbox.c.last, not_(WAITING)).distinct()
            gone = list((await connection.execute(farewells)).scalars())
        for person in gone:
            await self.forget_leftovers(person)

    async def _drop(self, table: Table, old: ColumnElement[bool]) -> None:
        key = table.primary_key.columns
        some = delete(table).where(tuple_(*key).in_(select(*key).where(old).limit(SLICE)))
        dropped = SLICE
        while dropped == SLICE:
            async with self.transaction() as connection:
                dropped = (await connection.execute(some)).rowcount

    # -- the installation ---------------------------------------------------------------------------------------------

    async def secret(self, name: str) -> str:
        """A random value of this installation, made on first use."""
        async with self.transaction() as connection:
            insert = self.insert(meta).values(name=name, value=secrets.token_urlsafe(32)).on_conflict_do_nothing()
            await connection.execute(insert)
            return str((await connection.execute(select(meta.c.value).where(meta.c.name == name))).scalar_one())


class _Statements:
    """What every batch writes, made once."""

    def __init__(self, insert: Any) -> None:
        self.updates = insert(updates).on_conflict_do_nothing()
        self.entries = insert(entries).on_conflict_do_nothing()
        self.outbox = insert(outbox).on_conflict_do_nothing()
        self.people = _upsert(insert(people), (people.c.person,), ("session", "version", "seen_at"))
        self.timers = _upsert(insert(timers), (timers.c.person, timers.c.key), ("due_at", "paced", "held_until"))


def _insert(engine: AsyncEngine) -> Any:
    """The engine's own ``INSERT``; the other engine's takes its time to load."""
    if engine.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        return sqlite_insert
    from sqlalchemy.dialects.postgresql import insert as postgresql_insert

    return postgresql_insert


def _upsert(insert: Any, key: Sequence[Any], changed: Sequence[str]) -> Any:
    return insert.on_conflict_do_update(
        index_elements=list(key), set_={name: insert.excluded[name] for name in changed}
    )


_KNOWN = select(updates.c.update_id).where(
    updates.c.channel == bindparam("channel"), updates.c.update_id.in_(bindparam("ids", expanding=True))
)
_SESSIONS = select(people.c.person, people.c.session, people.c.version).where(
    people.c.person.in_(bindparam("people", expanding=True))
)
_SESSIONS_LOCKED = _SESSIONS.order_by(people.c.person).with_for_update()
_PLACE = text(
    "INSERT INTO people (person, session, version, seen_at)"
    " SELECT person, '', 0, 0 FROM unnest(:people) AS person ON CONFLICT DO NOTHING"
).bindparams(bindparam("people", type_=ARRAY(String)))
_UNPLACE = delete(people).where(people.c.person.in_(bindparam("people", expanding=True)), people.c.version == 0)
_LOGS = (
    select(entries)
    .where(entries.c.person.in_(bindparam("people", expanding=True)))
    .order_by(entries.c.person, entries.c.position)
)
_SETTLE = (
    update(outbox)
    .where(outbox.c.person == bindparam("p"), outbox.c.id == bindparam("i"))
    .values(state=bindparam("state"), handle=bindparam("handle"), payload="")
)
_HANDLE = select(outbox.c.handle).where(outbox.c.person == bindparam("p"), outbox.c.id == bindparam("i"))


def _entry(row: Any) -> Entry:
    return Entry(case=row.case, at=from_ms(row.at), kind=row.kind, details=json.loads(row.details), id=row.id)


def _exported(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _readable(name, value) for name, value in row.items() if value is not None}


def _readable(name: str, value: Any) -> Any:
    if name in ("session", "details", "buttons"):
        return json.loads(value)
    if name in ("at", "seen_at", "due_at", "created_at", "expires_at"):
        return from_ms(value).isoformat()
    return value
