"""Timers that may wait for room on a channel stand apart from those that may not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("timers", sa.Column("paced", sa.Boolean, nullable=False, server_default=sa.text("false")))
    op.execute(sa.text("UPDATE timers SET paced = true WHERE key = 'nudge'"))
    op.drop_index("timers_by_time", "timers")
    op.create_index("timers_by_time", "timers", ["paced", "due_at"])


def downgrade() -> None:
    op.drop_index("timers_by_time", "timers")
    op.drop_column("timers", "paced")
    op.create_index("timers_by_time", "timers", ["due_at"])
