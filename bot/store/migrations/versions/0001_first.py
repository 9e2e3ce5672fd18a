"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("person", sa.String(80), primary_key=True),
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "updates",
        sa.Column("channel", sa.String(20), primary_key=True),
        sa.Column("update_id", sa.String(120), primary_key=True),
        sa.Column("person", sa.String(80)),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("raw", sa.Text),
    )
    op.create_index("updates_by_person", "updates", ["person"])
    op.create_index("updates_by_time", "updates", ["at"])
    op.create_table(
        "outbox",
        sa.Column("person", sa.String(80), primary_key=True),
        sa.Column("id", sa.String(160), primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("handle", sa.String(80)),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger),
        sa.Column("last", sa.Boolean, nullable=False, server_default=sa.text("false")),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "outbox_waiting",
        "outbox",
        ["state", "person", "position"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("outbox_by_time", "outbox", ["created_at"])
    op.create_table(
        "timers",
        sa.Column("person", sa.String(80), primary_key=True),
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("due_at", sa.BigInteger, nullable=False),
    )
    op.create_index("timers_by_time", "timers", ["due_at"])
    op.create_table(
        "entries",
        sa.Column("person", sa.String(80), primary_key=True),
        sa.Column("id", sa.String(160), primary_key=True),
        sa.Column("case", sa.String(20), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("details", sa.Text, nullable=False),
    )
    op.create_table(
        "transcript",
        sa.Column("person", sa.String(80), primary_key=True),
        sa.Column("line", sa.String(160), primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("who", sa.String(8), nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.Column("buttons", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("document", sa.String(120)),
        sa.Column("content", sa.LargeBinary),
    )
    op.create_index("transcript_by_version", "transcript", ["person", "version"])
    op.create_table(
        "meta",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in ("meta", "transcript", "entries", "timers", "outbox", "updates", "people"):
        op.drop_table(table)
