"""Work that one process at a time does on a database: a lock that ends with whoever holds it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from enum import Enum
from pathlib import Path
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from briefing.errors import SettingsError, StoreUnavailable
from briefing.store.engine import check_folder, describe, parse_url, with_remedy

# A host that vanishes without a word must not keep its lock for the two hours of TCP's defaults: the
# server asks after 10 s of silence and gives up after three answers missing (libpq's names, seconds).
_KEEPALIVES = {"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"}
# Longest wait for an answer to "are you there"; seconds.
_ANSWER_S = 10.0


class Turn(Enum):
    """What may be held.

    The value: suffix of the file beside a SQLite database; number among the advisory locks of a
    PostgreSQL database (eight letters in ASCII).
    """

    POLL = ("polling", 0x65786563706F6C6C)
    """`execbrief poll`: a second one would fetch the same things again. "execpoll"."""
    RUN = ("running", 0x6578656372756E73)
    """`execbrief run`: asking Telegram, the scheduler and delivery are single. "execruns"."""


class Holding(Protocol):
    """A turn that is ours."""

    async def still_ours(self) -> bool:
        """False if the lock is gone although nobody gave it back: another process may hold it by now."""
        ...


@asynccontextmanager
async def hold(database_url: str, turn: Turn) -> AsyncIterator[Holding | None]:
    """Hold a turn for the length of the block, if it is free; never waits for whoever holds it.

    The lock lives as long as the connection that took it, so a process that is killed leaves none
    behind: on PostgreSQL an advisory lock of a session, on SQLite a lock on an empty file beside
    the database (`NAME-polling`, `NAME-running`), because one on the database would stop its writers.
    That file's lock is one of the file system: on network file systems it may not hold.

    Args:
        database_url: As in the settings. The folder of a SQLite file is there, the file need not be.
        turn: What to hold.

    Yields:
        None if another process holds it.

    Raises:
        SettingsError: The URL is of no accepted form.
        StoreUnavailable: The lock cannot be asked for.
    """
    url = parse_url(database_url)
    if url.get_backend_name() == "sqlite":
        check_folder(Path(str(url.database)), create=False)
        path = Path(f"{url.database}-{turn.value[0]}")
        with closing(_opened(path, turn)) as connection:
            yield _FileLock(path) if _taken(connection, turn) else None
        return
    engine = create_async_engine(
        url,
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"server_settings": _KEEPALIVES},
    )
    try:
        async with AsyncExitStack() as stack:
            try:
                held = await stack.enter_async_context(engine.connect())
                asked = await held.execute(
                    text("SELECT pg_try_advisory_lock(:lock)"), {"lock": turn.value[1]}
                )
            except DBAPIError as error:
                raise StoreUnavailable(with_remedy(describe(url), error)) from error
            except OSError as error:
                raise StoreUnavailable(f"{describe(url)} cannot be reached: {error}") from error
            except (TypeError, ValueError, OverflowError) as error:
                raise SettingsError(f"DATABASE_URL cannot be used for {describe(url)}: {error}") from error
            yield _SessionLock(held) if asked.scalar() else None
    finally:
        await engine.dispose()


class _FileLock:
    """A lock on a file, ours until this process ends; unless the file is no longer the one by that name."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._inode = path.stat().st_ino

    async def still_ours(self) -> bool:
        try:
            return self._path.stat().st_ino == self._inode
        except OSError:
            return False


class _SessionLock:
    """A lock of a session of PostgreSQL: it goes with the connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def still_ours(self) -> bool:
        try:
            async with asyncio.timeout(_ANSWER_S):
                await self._connection.execute(text("SELECT 1"))
        except (DBAPIError, OSError, TimeoutError):
            return False
        return True


def _opened(path: Path, turn: Turn) -> sqlite3.Connection:
    try:
        return sqlite3.connect(path, timeout=0, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise StoreUnavailable(f"{path}, the lock of {turn.value[0]}: {error}") from error


def _taken(connection: sqlite3.Connection, turn: Turn) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return False
        raise StoreUnavailable(f"the lock of {turn.value[0]}: {error}") from error
    return True
