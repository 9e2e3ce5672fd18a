"""Farewells are found without looking at every message."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "outbox_last", "outbox", ["person"], sqlite_where=sa.text("last = 1"), postgresql_where=sa.text("last")
    )


def downgrade() -> None:
    op.drop_index("outbox_last", "outbox")
