"""Bringing a database to the schema of this release.

Migrations add: a release runs on the schemas of later ones, so that replicas are replaced one by one, and a release can
be taken back. One that cannot keep to that names itself ``0009.0007``, and so do those after it: the releases before
0007 do not run on it.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.runtime.ports import StoreUnavailable

__all__ = ["HEAD", "migrate"]

HEAD = "0005"
"""The newest migration; a test holds it equal to the folder's."""


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing. Nothing is imported or run when the database is up to date.

    Raises:
        StoreUnavailable: the database is of a later release, and this one cannot use it.
    """
    if _served(connection):
        return
    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_AT_A_TIME)
        if _served(connection):  # another process has done it meanwhile
            return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('lofrayer: migrating'))")


def _served(connection: Connection) -> bool:
    """Whether the schema is one that this release runs on as it is."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is None or found < HEAD:
        return False
    if found == HEAD or (found.partition(".")[2] or HEAD) <= HEAD:
        return True
    raise StoreUnavailable(f"it is at version {found}, this release knows {HEAD}: a later release has used it")
