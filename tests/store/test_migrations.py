"""The schema that migrations make is the one that the code expects, and the file is private."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Insert, MetaData, inspect, text

import bot.store.migrate
from bot.runtime.ports import StoreUnavailable
from bot.store.engine import connect
from bot.store.migrate import HEAD, migrate
from bot.store.sql import SqlStore
from bot.store.tables import METADATA
from tests.store.samples import contents, keep, said, writes
from tests.support.databases import ENGINES, empty

FOLDER = Path(bot.store.migrate.__file__).parent / "migrations"


@pytest.fixture(params=ENGINES)
def unmigrated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    with empty(request.param, request, tmp_path) as address:
        yield address


def schema(connection: Connection) -> dict[str, Any]:
    """Everything that reflection tells of the tables."""
    inspector = inspect(connection)
    return {
        name: {
            "columns": [{k: str(v) for k, v in sorted(c.items())} for c in inspector.get_columns(name)],
            "key": inspector.get_pk_constraint(name)["constrained_columns"],
            "indexes": sorted(index(dict(i)) for i in inspector.get_indexes(name)),
            "unique": inspector.get_unique_constraints(name),
            "foreign": inspector.get_foreign_keys(name),
        }
        for name in inspector.get_table_names()
        if name != "alembic_version"
    }


def index(found: dict[str, Any]) -> str:
    """An index with its condition as words."""
    options = {name: str(value) for name, value in found.pop("dialect_options", {}).items()}
    return str(sorted({**found, **options}.items()))


async def test_migrations_make_the_tables_of_the_code(tmp_path: Path, store: SqlStore) -> None:
    """The sum of the migrations and the metadata give the same schema."""
    direct = SqlStore(connect(f"sqlite+aiosqlite:///{tmp_path}/direct.db"))
    async with direct.transaction() as connection:
        await connection.run_sync(METADATA.create_all)
        expected = await connection.run_sync(schema)
    await direct.close()
    async with store.transaction() as connection:
        if connection.dialect.name == "sqlite":
            assert await connection.run_sync(schema) == expected
        assert await connection.run_sync(lambda c: compare_metadata(MigrationContext.configure(c), METADATA)) == []


def test_the_newest_migration_is_known() -> None:
    """The code's idea of the newest migration is the folder's; there is one line of them."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_opening_again_changes_nothing(url: str, store: SqlStore) -> None:
    """A second start finds everything in place and everybody still there."""
    await keep(store, writes(said("1")))
    again = SqlStore(connect(url))
    await again.open()
    async with again.transaction() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM people"))).scalar() == 1
    await again.close()


async def test_processes_that_start_together(unmigrated: str) -> None:
    """One of them makes the tables, the others find them."""
    stores = [SqlStore(connect(unmigrated)) for _ in range(3)]
    await asyncio.gather(*(store.open() for store in stores))
    await asyncio.gather(*(keep(store, writes(said(str(n)))) for n, store in enumerate(stores)))
    assert 3 == len((await contents(stores[0]))["updates"])
    for store in stores:
        await store.close()


async def test_migrations_go_back(store: SqlStore) -> None:
    """Down to nothing and up again."""

    def down(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(FOLDER))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")

    async with store.transaction() as connection:
        await connection.run_sync(down)
        assert await connection.run_sync(schema) == {}
        await connection.run_sync(migrate)
        assert set(await connection.run_sync(schema)) == set(METADATA.tables)


async def test_a_database_of_a_later_release_that_only_adds(store: SqlStore) -> None:
    """A release that was rolled back goes on, and leaves the version as it is."""
    async with store.transaction() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await store.open()
    await keep(store, writes(said("1")))
    async with store.transaction() as connection:
        assert "9999" == (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()


async def test_a_database_of_a_later_release_is_left_alone(store: SqlStore) -> None:
    """A release that was rolled back says so instead of writing into a schema that it cannot use."""
    async with store.transaction() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999.9998'"))
    with pytest.raises(StoreUnavailable, match="9999"):
        await store.open()


def to_version(connection: Connection, version: str) -> None:
    """Migrate up to a version."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def shapes(connection: Connection) -> dict[str, dict[str, tuple[str, bool]]]:
    """Type and nullability of every column."""
    inspector = inspect(connection)
    return {
        name: {c["name"]: (str(c["type"]), bool(c["nullable"])) for c in inspector.get_columns(name)}
        for name in inspector.get_table_names()
    }


def rows_of(connection: Connection, number: int) -> list[Insert]:
    """A row for every table, as a release inserts it that knows the columns of this moment."""
    known = MetaData()
    known.reflect(connection)
    kinds: dict[type, object] = {str: f"x{number}", int: number, bool: False, bytes: b"x"}
    return [
        table.insert().values({column.name: kinds[column.type.python_type] for column in table.c})
        for table in known.sorted_tables
        if table.name != "alembic_version"
    ]


async def test_every_migration_only_adds(unmigrated: str) -> None:
    """What one release knows stays as it is in the next, and what it writes is taken there.

    One that cannot keep to that has to name its version ``number.number``, and is left out here.
    """
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    versions = [found.revision for found in ScriptDirectory.from_config(config).walk_revisions()][::-1]
    store = SqlStore(connect(unmigrated))
    async with store.transaction() as connection:
        await connection.run_sync(to_version, versions[0])
        for number, version in enumerate(versions[1:]):
            before = await connection.run_sync(shapes)
            inserts = await connection.run_sync(rows_of, number)
            await connection.run_sync(to_version, version)
            if "." in version:
                continue
            after = await connection.run_sync(shapes)
            kept = {table: {c: after[table].get(c) for c in columns} for table, columns in before.items()}
            assert before == kept, f"{version} changes what was there"
            for statement in inserts:
                await connection.execute(statement)
    await store.close()


async def test_the_file_is_private(tmp_path: Path) -> None:
    """Its folder is made, and nobody else on the machine can read what people told us."""
    store = SqlStore(connect(f"sqlite+aiosqlite:///{tmp_path}/new/folder/people.db"))
    await store.open()
    await keep(store, writes(said("1")))
    files = list((tmp_path / "new/folder").iterdir())
    assert {f.name for f in files} == {"people.db", "people.db-wal", "people.db-shm"}
    assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}
    await store.close()


async def test_what_is_committed_is_on_the_disk(tmp_path: Path) -> None:
    """A commit survives a power cut, readers do not wait for writers, deleted words are overwritten."""
    store = SqlStore(connect(f"sqlite+aiosqlite:///{tmp_path}/people.db"))
    async with store.transaction() as connection:
        settings = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "synchronous", "secure_delete")
        }
    await store.close()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


async def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """It is unavailable at once, and the error says which file and why."""
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file" / "people.db"):
        with pytest.raises(StoreUnavailable, match=str(path)):
            connect(f"sqlite+aiosqlite:///{path}")


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """It is unavailable, and left as it was."""
    path = tmp_path / "letter.txt"
    path.write_bytes(b"this is no database at all, it is a letter to my landlord" * 100)
    before = path.read_bytes()
    store = SqlStore(connect(f"sqlite+aiosqlite:///{path}"))
    with pytest.raises(StoreUnavailable):
        await store.open()
    await store.close()
    assert path.read_bytes() == before
