"""One `execbrief poll` at a time on a database: a second one would fetch the same things again."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from briefing.errors import StoreUnavailable
from briefing.store.engine import parse_url

# Names the lock of polling among the advisory locks of a PostgreSQL database: "execpoll" in ASCII.
ADVISORY_LOCK = 0x65786563706F6C6C


@asynccontextmanager
async def turn_to_poll(database_url: str) -> AsyncIterator[bool]:
    """Hold the lock of polling, if it is free.

    The lock lives as long as the connection that took it, so a poll that is killed leaves none
    behind: on PostgreSQL an advisory lock of a session, on SQLite a lock on an empty file beside
    the database (`NAME-polling`), because one on the database would stop its writers.

    Args:
        database_url: As in the settings; the database is there.

    Yields:
        False if another process holds it.

    Raises:
        StoreUnavailable: The lock cannot be asked for.
    """
    url = parse_url(database_url)
    if url.get_backend_name() == "sqlite":
        with closing(_opened(_beside(url))) as connection:
            yield _taken(connection)
        return
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool, hide_parameters=True)
    try:
        async with AsyncExitStack() as stack:
            try:
                held = await stack.enter_async_context(engine.connect())
                asked = await held.execute(
                    text("SELECT pg_try_advisory_lock(:lock)"), {"lock": ADVISORY_LOCK}
                )
            except (DBAPIError, OSError) as error:
                raise StoreUnavailable(f"the lock of polling: {error}") from error
            yield bool(asked.scalar())
    finally:
        await engine.dispose()


def _beside(url: URL) -> Path:
    return Path(f"{url.database}-polling")


def _opened(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(path, timeout=0, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise StoreUnavailable(f"{path}, the lock of polling: {error}") from error


def _taken(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return False
        raise StoreUnavailable(f"the lock of polling: {error}") from error
    return True
