"""Opening a database: URLs, SQLite pragmas, read and write transactions, outages as StoreUnavailable."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import QueuePool

from briefing.errors import SettingsError, StoreUnavailable

log = logging.getLogger(__name__)

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_FORMS = (
    "sqlite:///PATH, sqlite+aiosqlite:///PATH, postgresql://USER:PASSWORD@HOST/NAME "
    "or postgresql+asyncpg://USER:PASSWORD@HOST/NAME"
)
# What may follow the question mark: the parameters of asyncpg.connect that are text, and SQLAlchemy's one.
_POSTGRES_OPTIONS = frozenset(
    {
        *("host", "port", "user", "password", "passfile", "service", "servicefile", "ssl"),
        *("target_session_attrs", "krbsrvname", "gsslib", "prepared_statement_cache_size"),
    }
)
# SQLSTATE (PostgreSQL manual, appendix A) -> what an operator does about it.
_REMEDIES = {
    "3D000": "create it (createdb NAME) or change DATABASE_URL",
    "28000": "change the user in DATABASE_URL or let it in",
    "28P01": "change user or password in DATABASE_URL",
    "42501": "give the user of DATABASE_URL the right to",
    "53300": "too many connections; close some or raise max_connections",
}
# What SQLite calls a file whose pages are not what they should be: SQLITE_CORRUPT, SQLITE_NOTADB.
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
RESTORE = "put a backup in its place: execbrief restore BACKUP (docs/operations.md, What to do when)"
# How long a writer waits for another one; transactions here take milliseconds, a backup may take seconds.
BUSY_SECONDS = 30
_READ_ONLY = "execbrief_read"
# SQLite moves what was written from its log into the file as part of a commit, once the log has so many pages
# of 4 KiB, and whoever commits waits for the disk. We have it moved beside the writing after so many
# transactions, long before.
_LOG_PAGES = 16_000
CHECKPOINT_EVERY = 32

T = TypeVar("T")


def parse_url(url: str) -> URL:
    """The URL with the driver we use.

    Raises:
        SettingsError: If it is none of the accepted forms. The message never repeats the URL,
            which may hold a password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise SettingsError(f"DATABASE_URL cannot be read; write {_FORMS}") from None
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        raise SettingsError(f"DATABASE_URL begins with {parsed.drivername}://; write {_FORMS}")
    parsed = parsed.set(drivername=driver)
    if driver.startswith("sqlite"):
        if parsed.database in (None, "", ":memory:") or str(parsed.database).startswith("file:"):
            raise SettingsError("DATABASE_URL names no SQLite file; write sqlite:///PATH")
        if parsed.host:
            raise SettingsError("DATABASE_URL of SQLite takes three slashes before the path: sqlite:///PATH")
        if parsed.query:
            raise SettingsError(
                "DATABASE_URL of SQLite takes no options; write sqlite:///PATH and nothing after it"
            )
        return parsed
    if not parsed.database:
        raise SettingsError("DATABASE_URL names no database; write postgresql://USER:PASSWORD@HOST/NAME")
    query = dict(parsed.query)
    if "sslmode" in query:  # what hosting providers print; asyncpg calls it ssl
        query["ssl"] = query.pop("sslmode")
        parsed = parsed.set(query=query)
    if unknown := sorted(query.keys() - _POSTGRES_OPTIONS):
        raise SettingsError(
            f"DATABASE_URL has the option {', '.join(unknown)} after the question mark, which asyncpg "
            f"does not know; it knows {', '.join(sorted(_POSTGRES_OPTIONS - {'password'}))} and sslmode"
        )
    return parsed


def describe(url: URL) -> str:
    """The database as an operator would name it, without user and password."""
    if url.get_backend_name() == "sqlite":
        return f"SQLite database {url.database}"
    return f"PostgreSQL database {url.database} on {url.host or 'localhost'}:{url.port or 5432}"


class Database:
    """One engine with its two kinds of transaction.

    Attributes:
        where: The database in words for messages; never holds a password.
        postgres: True on PostgreSQL, False on SQLite.
    """

    def __init__(self, url: URL, *, create_parent: bool = False) -> None:
        self.where = describe(url)
        self.postgres = url.get_backend_name() == "postgresql"
        self._threaded: Engine | None = None
        self._written = 0
        self._checkpoint: asyncio.Task[None] | None = None
        if self.postgres:
            try:
                self._engine = create_async_engine(url, pool_pre_ping=True, hide_parameters=True)
            except (ArgumentError, ValueError) as error:
                raise SettingsError(f"DATABASE_URL cannot be used for {self.where}: {error}") from None
        else:
            check_folder(Path(str(url.database)), create=create_parent)
            self._engine = create_async_engine(
                url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS}
            )
            _prepare_sqlite(self._engine.sync_engine)
            plain = url.set(drivername="sqlite+pysqlite")
            # the connection used last, which alone knows that its cached pages are still true: what another
            # one has written makes SQLite read all of them anew
            self._threaded = create_engine(
                plain,
                hide_parameters=True,
                connect_args={"timeout": BUSY_SECONDS},
                poolclass=QueuePool,
                pool_use_lifo=True,
            )
            _prepare_sqlite(self._threaded)
        self._reader = self._engine.execution_options(**{_READ_ONLY: True})

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads; on SQLite it never waits for a writer."""
        with self._outages():
            async with AsyncExitStack() as stack:
                yield await self._opened(stack, self._reader.connect())

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that is committed at the end, or rolled back by an exception."""
        with self._outages():
            async with AsyncExitStack() as stack:
                yield await self._opened(stack, self._engine.begin())

    async def read_at_once(self, work: Callable[[Connection], T]) -> T:
        """What `work` reads in one transaction; see `write_at_once`."""
        return await self._at_once(work, {_READ_ONLY: True})

    async def write_at_once(self, work: Callable[[Connection], T]) -> T:
        """What `work` does in one transaction, committed at its end.

        For what is done often with many statements. On SQLite the whole of it runs in a thread: aiosqlite
        changes threads three or four times a statement, which takes longer than the statement. Cancelled,
        the transaction still ends, one way or the other, whole.

        Args:
            work: Touches nothing but the connection, which ends with it.
        """
        done = await self._at_once(work, {})
        self._written += 1
        if self._written >= CHECKPOINT_EVERY and (self._checkpoint is None or self._checkpoint.done()):
            self._written = 0
            self._checkpoint = asyncio.create_task(self._move_log())
        return done

    async def _move_log(self) -> None:
        """Have SQLite move its log into the file; neither readers nor writers wait for that."""
        engine = self._threaded
        if engine is None:
            return

        def move() -> None:
            connection = engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").close()
            finally:
                connection.close()

        try:
            await asyncio.to_thread(move)
        except (DBAPIError, sqlite3.Error) as error:
            # the next one does it, or a commit whose log has grown too long
            log.warning("%s: the log could not be moved into the file: %s", self.where, error)

    async def _at_once(self, work: Callable[[Connection], T], options: dict[str, Any]) -> T:
        engine = self._threaded
        if engine is None:
            async with self.read() if options else self.write() as connection:
                return await connection.run_sync(work)

        def whole() -> T:
            with engine.connect() as connection:
                connection.execution_options(**options)
                with connection.begin():
                    return work(connection)

        with self._outages():
            return await asyncio.to_thread(whole)

    @asynccontextmanager
    async def rebuild(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that may replace tables others refer to, for migrations.

        SQLite changes a table by making it anew; with foreign keys in force, dropping the old one would
        empty the tables that refer to it (https://sqlite.org/lang_altertable.html, section 7).
        """
        with self._outages():
            async with AsyncExitStack() as stack:
                connection = await self._opened(stack, self._engine.connect())
                if not self.postgres:
                    driver: Any = (await connection.get_raw_connection()).driver_connection
                    await driver.execute("PRAGMA foreign_keys=OFF")
                    stack.push_async_callback(driver.execute, "PRAGMA foreign_keys=ON")
                async with connection.begin():
                    yield connection

    def insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """An INSERT of the database's own dialect, for ON CONFLICT."""
        return postgresql.insert(table) if self.postgres else sqlite.insert(table)

    async def close(self) -> None:
        """Close all connections."""
        if self._checkpoint is not None:
            await self._checkpoint
        await self._engine.dispose()
        if self._threaded is not None:
            self._threaded.dispose()

    async def _opened(
        self, stack: AsyncExitStack, opening: AbstractAsyncContextManager[AsyncConnection]
    ) -> AsyncConnection:
        """The connection; whatever hinders it is the operator's to mend, and never a traceback."""
        try:
            return await stack.enter_async_context(opening)
        except (OperationalError, InterfaceError):
            raise
        except DBAPIError as error:
            raise StoreUnavailable(with_remedy(self.where, error)) from error
        except (TypeError, ValueError, OverflowError) as error:
            raise SettingsError(f"DATABASE_URL cannot be used for {self.where}: {error}") from error

    @contextmanager
    def _outages(self) -> Iterator[None]:
        try:
            yield
        except (OperationalError, InterfaceError) as error:
            raise StoreUnavailable(with_remedy(self.where, error)) from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise StoreUnavailable(f"{self.where}: the connection was lost") from error
            if type(error) is DatabaseError and not self.postgres:  # not a database, or a damaged one
                raise StoreUnavailable(with_remedy(self.where, error)) from error
            raise
        except PoolTimeout as error:
            raise StoreUnavailable(f"{self.where}: all connections are in use") from error
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise StoreUnavailable(f"{self.where} cannot be reached: {error}") from error


def with_remedy(where: str, error: DBAPIError) -> str:
    """What a database says against us, and what an operator does about it."""
    remedy = _REMEDIES.get(str(getattr(error.orig, "sqlstate", "")))
    if damaged(error.orig):
        remedy = RESTORE
    told = f"{where}: {error.orig}"
    return f"{told}; {remedy}" if remedy else told


def damaged(error: BaseException | None) -> bool:
    """Whether SQLite says that a file is damaged, or no database at all."""
    # the low byte; the others say where it was noticed
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def check_folder(path: Path, *, create: bool) -> None:
    """Make sure that there can be a SQLite file of this name.

    Raises:
        StoreUnavailable: Its folder is not there, or cannot be made; or it is a folder itself.
    """
    folder = path.absolute().parent
    if create:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(f"folder {folder} for the database cannot be made: {error}") from error
    if not folder.is_dir():
        raise StoreUnavailable(
            f"folder {folder} for the database does not exist; create it or change DATABASE_URL"
        )
    if path.is_dir():
        raise StoreUnavailable(f"{path} is a folder; DATABASE_URL must name a file")


def _prepare_sqlite(engine: Engine) -> None:
    """Pragmas, and transactions that begin as we say and not as the driver guesses.

    A transaction that reads first and writes later fails at once ("database is locked") if another
    one has written meanwhile, whatever the busy timeout. BEGIN IMMEDIATE takes the write lock first
    and waits for it. Recipe: SQLAlchemy, dialects/sqlite, "transaction isolation".

    synchronous=NORMAL with WAL: what is committed outlives the process (kill -9), because it lies in
    the kernel's cache; only a power cut may take back the last commits, never leave a broken file.
    """

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={BUSY_SECONDS * 1000}",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            f"wal_autocheckpoint={_LOG_PAGES}",
            "foreign_keys=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get(_READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
