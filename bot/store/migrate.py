"""Bringing a database to the schema of this release."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.runtime.ports import StoreUnavailable

__all__ = ["HEAD", "migrate"]

HEAD = "0004"
"""The newest migration; a test holds it equal to the folder's."""


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing. Nothing is imported or run when the database is up to date.

    Raises:
        StoreUnavailable: the database is of a later release.
    """
    found = _version(connection) if inspect(connection).has_table("alembic_version") else None
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise StoreUnavailable(f"it is at version {found}, this release knows {HEAD}: a later release has used it")
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
