"""The tables. Every row belongs to a person, so that the whole shards by person.

Times are whole milliseconds since 1970, UTC. Documents (sessions, details, payloads) are JSON text.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    literal_column,
    text,
)

__all__ = [
    "METADATA",
    "WAITING",
    "entries",
    "files",
    "meta",
    "outbox",
    "pace",
    "people",
    "replicas",
    "timers",
    "transcript",
    "updates",
]

METADATA = MetaData()

people = Table(
    "people",
    METADATA,
    Column("person", String(80), primary_key=True),
    Column("session", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
)
"""A person's session. ``version`` counts its turns."""

updates = Table(
    "updates",
    METADATA,
    Column("channel", String(20), primary_key=True),
    Column("update_id", String(120), primary_key=True),
    Column("person", String(80)),
    Column("at", BigInteger, nullable=False),
    Column("error", Text),
    Column("raw", Text),
    Index("updates_by_person", "person"),
    Index("updates_by_time", "at"),
)
"""Every update that was handled, so that a second delivery changes nothing. ``raw`` only for those that failed."""

outbox = Table(
    "outbox",
    METADATA,
    Column("person", String(80), primary_key=True),
    Column("id", String(160), primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("handle", String(80)),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),
    Column("last", Boolean, nullable=False, server_default=text("false")),
    Column("replica", String(16)),
    Index(
        "outbox_waiting",
        "state",
        "person",
        "position",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index("outbox_by_time", "created_at"),
    Index("outbox_last", "person", sqlite_where=text("last = 1"), postgresql_where=text("last")),
)
"""Messages on their way. ``id`` is the effect's; ``handle`` the channel's, once it was sent, and then no text is kept.

``last``: the person asked to be forgotten; the row goes when it was sent. ``replica``: the process that sends it, where
several share the database.
"""

WAITING = outbox.c.state == literal_column("'waiting'")
"""Spelt out: an index over some of the rows is only used where the statement itself shows that it may be."""

timers = Table(
    "timers",
    METADATA,
    Column("person", String(80), primary_key=True),
    Column("key", String(40), primary_key=True),
    Column("due_at", BigInteger, nullable=False),
    Column("paced", Boolean, nullable=False, server_default=text("false")),
    Column("held_until", BigInteger),
    Index("timers_by_time", "paced", "due_at"),
)
"""When a person's dialog wants to be woken. ``paced``: it may wait until the channel has room.

``held_until``: a process fires it now; until then the others, where several share the database, leave it alone.
"""

entries = Table(
    "entries",
    METADATA,
    Column("person", String(80), primary_key=True),
    Column("id", String(160), primary_key=True),
    Column("case", String(20), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("details", Text, nullable=False),
)
"""The case log."""

files = Table(
    "files",
    METADATA,
    Column("person", String(80), primary_key=True),
    Column("id", String(160), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("mime", String(40), nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Photos and documents that were uploaded to us; those sent through Telegram stay there. ``id`` is the event's."""

transcript = Table(
    "transcript",
    METADATA,
    Column("person", String(80), primary_key=True),
    Column("line", String(160), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("who", String(8), nullable=False),
    Column("html", Text, nullable=False),
    Column("buttons", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("document", String(120)),
    Column("content", LargeBinary),
    Index("transcript_by_version", "person", "version"),
)
"""What was said in the web chat, to show it again after a reload."""

meta = Table("meta", METADATA, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False))
"""A few values of the installation itself, such as the key that signs cookies."""

replicas = Table(
    "replicas", METADATA, Column("id", String(16), primary_key=True), Column("until", BigInteger, nullable=False)
)
"""The processes that share the database; one is alive until the moment in its row."""

pace = Table(
    "pace", METADATA, Column("channel", String(20), primary_key=True), Column("free_at", BigInteger, nullable=False)
)
"""Up to when the messages of a channel are given out to the replicas, in microseconds since 1970."""
