"""Bringing a database to the newest schema: Alembic, run from inside the package.

All steps run in one transaction, on both databases: a step that fails or a process that is killed
leaves the schema as it was. Of two processes that start at once the second waits and then finds
nothing to do (SQLite: BEGIN IMMEDIATE; PostgreSQL: an advisory lock held to the end of the transaction).
"""

from __future__ import annotations

import logging
from importlib.resources import files

from sqlalchemy import Connection, inspect, text

from briefing.errors import SchemaError
from briefing.store.engine import Database
from briefing.store.tables import metadata

log = logging.getLogger(__name__)

VERSION_TABLE = "execbrief_version"
NEWEST = "0008"
"""Revision of the newest file in migrations/versions; a test compares the two."""

_LOCK = 0x65786562  # "exeb": our advisory lock among those of other programs in the same database


async def bring_up(database: Database) -> str:
    """Run the missing migrations.

    Returns:
        The schema version after it.

    Raises:
        SchemaError: If the database is newer than this program, or its tables are not ours.
        StoreUnavailable: If it cannot be reached.
    """
    log.debug("asking %s for its schema", database.where)
    async with database.read() as connection:
        version = await connection.run_sync(current)
    if version == NEWEST:
        return version
    async with database.rebuild() as connection:
        if database.postgres:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        await connection.run_sync(_upgrade, database.where)
        return await connection.run_sync(current) or ""


def current(connection: Connection) -> str | None:
    """The schema version of a database; None if it has none yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608


def _upgrade(connection: Connection, where: str) -> None:
    # Only here, because Alembic costs a tenth of a second and most starts have nothing to migrate.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(files("briefing.store") / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    version = current(connection)
    if version is None:
        foreign = sorted(set(inspect(connection).get_table_names()) & set(metadata.tables))
        if foreign:
            raise SchemaError(
                f"{where} holds tables of another program ({', '.join(foreign)}); "
                "give execbrief a database of its own"
            )
    else:
        try:
            ScriptDirectory.from_config(config).get_revision(version)
        except CommandError as error:
            raise SchemaError(
                f"{where} has schema {version}, newer than this program knows ({NEWEST}); update execbrief"
            ) from error
    command.upgrade(config, "head")
