"""Alembic's environment: it runs on the connection that `bot.store.migrate` hands over."""

from __future__ import annotations

from alembic import context

from bot.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)

with context.begin_transaction():
    context.run_migrations()
