"""What processes that share a database arrange: who sends which message, fires which timer, and how fast."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("replica", sa.String(16)))
    op.add_column("timers", sa.Column("held_until", sa.BigInteger))
    op.create_table(
        "replicas",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "pace",
        sa.Column("channel", sa.String(20), primary_key=True),
        sa.Column("free_at", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("pace")
    op.drop_table("replicas")
    op.drop_column("timers", "held_until")
    op.drop_column("outbox", "replica")
