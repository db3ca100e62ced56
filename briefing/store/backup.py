"""Copies of a SQLite database: made while others write, put back while nobody does.

Everything here waits for the disk and is to be called in a thread. PostgreSQL has tools of its own
(pg_dump, pg_restore), which know what to copy together.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import SchemaError, SettingsError, StoreUnavailable
from briefing.store.engine import BUSY_SECONDS, RESTORE, damaged, parse_url
from briefing.store.schema import NEWEST, VERSION_TABLE

# Only its owner may read it: it holds who asked for what.
_MODE = 0o600


@dataclass(frozen=True, slots=True)
class Copied:
    """A finished copy.

    Attributes:
        path: Where it is.
        size: Bytes.
        schema_version: Revision of its schema.
    """

    path: Path
    size: int
    schema_version: str


def sqlite_file(database_url: str) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL.

    Raises:
        SettingsError: The URL is of no accepted form.
    """
    url = parse_url(database_url)
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def back_up(database: Path, target: Path) -> Copied:
    """Copy a database as it is at one moment, while others go on reading and writing.

    VACUUM INTO reads in one transaction, which in WAL mode holds up nobody, and writes only what is
    there: nothing that was deleted is left in the copy's free pages. The copy is checked before it gets
    its name, so a file of that name is a whole database or was there before.

    Args:
        database: The file; it is not changed.
        target: Becomes the copy, mode 0600.

    Raises:
        SettingsError: There is no such database, or the target is there already.
        StoreUnavailable: Reading, writing or checking failed; no target is left behind.
    """
    if not database.is_file():
        raise SettingsError(f"{database}: there is no database to copy")
    if target.exists() or target.is_symlink():
        raise SettingsError(f"{target} is there already; nothing is overwritten")
    part = target.with_name(f"{target.name}.part")
    with _removed_on_failure(part):
        try:
            # SQLite writes into an empty file, and leaves its rights as they are
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _MODE))
        except FileExistsError:
            raise SettingsError(
                f"{part} is there already: another backup runs, or was cut off (then delete it)"
            ) from None
        except OSError as error:
            raise StoreUnavailable(f"{target} cannot be written: {error.strerror}") from error
        try:
            with closing(_opened(database)) as connection:
                connection.execute("VACUUM INTO ?", (str(part),))
        except sqlite3.Error as error:
            if (wrong := _damage(database)) is not None:
                raise StoreUnavailable(f"{database} is damaged: {wrong}; {RESTORE}") from error
            raise StoreUnavailable(f"{database} cannot be copied to {target}: {error}") from error
        version = checked(part)
        _synced(part)
        _named(part, target)
    return Copied(target, target.stat().st_size, version)


def checked(copy: Path) -> str:
    """Make sure that a file is a whole database of ours; its schema version.

    Raises:
        SchemaError: It is newer than this program, or none of ours.
        StoreUnavailable: It is damaged, or cannot be read.
    """
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = [line for (line,) in connection.execute("PRAGMA integrity_check(3)")]
            if found != ["ok"]:
                raise StoreUnavailable(f"{copy} is damaged: {'; '.join(found)}")
            versions = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchall()  # noqa: S608
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            raise SchemaError(f"{copy} is no database of execbrief") from None
        raise StoreUnavailable(f"{copy} cannot be read: {error}") from error
    except sqlite3.DatabaseError as error:
        raise StoreUnavailable(f"{copy} is no database, or a damaged one: {error}") from error
    version = str(versions[0][0]) if versions else ""
    if version > NEWEST:
        raise SchemaError(f"{copy} has schema {version}, newer than this program knows ({NEWEST}); update it")
    return version


def _damage(database: Path) -> str | None:
    """What is wrong with a file that could not be copied; None if nothing is: then it is the copy."""
    try:
        with closing(_opened(database)) as connection:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error) if damaged(error) else None
    return None if found == "ok" else " ".join(str(found).split())


def working_copy(backup: Path, database: Path) -> Path:
    """A checked copy of a backup beside the database, still under another name; the backup stays as it is.

    Raises:
        SettingsError: There is no such file, or it is the database itself.
        SchemaError, StoreUnavailable: See `checked`.
    """
    if not backup.is_file():
        raise SettingsError(f"{backup}: no such file")
    if database.exists() and backup.samefile(database):
        raise SettingsError(f"{backup} is the database itself")
    checked(backup)
    copy = database.with_name(f"{database.name}-restoring")
    with suppress(FileNotFoundError):
        copy.unlink()  # of a restore that was cut off; the lock of the caller says that none is on its way
    with _removed_on_failure(copy):
        try:
            os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _MODE))
            # not a plain copy of the file: a -wal beside the backup belongs to it
            with closing(_opened(backup)) as connection:
                connection.execute("VACUUM INTO ?", (str(copy),))
        except OSError as error:
            raise StoreUnavailable(f"{copy} cannot be written: {error.strerror}") from error
        except sqlite3.Error as error:
            raise StoreUnavailable(f"{backup} cannot be copied: {error}") from error
    return copy


def put_in_place(copy: Path, database: Path, replaced: Path) -> bool:
    """Let a copy become the database; what was there gets another name.

    Args:
        copy: In the same folder, used by nobody.
        database: What it becomes. Nobody may have it open.
        replaced: New name of the file that was there.

    Returns:
        False if there was none.

    Raises:
        StoreUnavailable: Somebody has the database open, or a file cannot be renamed; all is as before.
    """
    try:
        with _alone(copy):
            pass  # whatever its write-ahead log held is in the file now
        _synced(copy)
        if not database.exists():
            copy.rename(database)
            return False
        _owned_as(database, copy)
        with _alone(database):
            # a log that is left is one of a damaged database, and must not be taken for the copy's
            for left in ("-wal", "-shm", "-journal"):
                with suppress(FileNotFoundError):
                    Path(f"{database}{left}").rename(f"{replaced}{left}")
            database.rename(replaced)
            try:
                copy.rename(database)
            except OSError:
                replaced.rename(database)
                raise
    except OSError as error:
        raise StoreUnavailable(f"{database} cannot be replaced: {error.strerror}") from error
    return True


def _owned_as(database: Path, copy: Path) -> None:
    """Give a copy owner and rights of what it replaces: root may restore what a service works with."""
    before = database.stat()
    copy.chmod(before.st_mode & 0o777)
    with suppress(PermissionError, AttributeError):  # nobody else than root may, and Windows has no owners
        os.chown(copy, before.st_uid, before.st_gid)


@contextmanager
def _alone(database: Path) -> Iterator[None]:
    """Hold a database so that nobody else has it open; its write-ahead log is empty and gone.

    In WAL mode every open connection keeps a shared lock on the file
    (https://sqlite.org/walformat.html, 2.3.2), so leaving that mode fails unless we are alone.
    """
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchall()
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise StoreUnavailable(
                f"{database} is in use ({error}); stop every process that works with it"
            ) from error
        except sqlite3.DatabaseError:
            # damaged, which may be why it is being replaced: SQLite can say nothing about who has it open
            yield
            return
        yield


def _opened(database: Path) -> sqlite3.Connection:
    """A connection that reads; SQLite may still have to write the -shm file."""
    uri = f"{database.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


@contextmanager
def _removed_on_failure(path: Path) -> Iterator[None]:
    made = not path.exists()
    try:
        yield
    except BaseException:
        if made:
            with suppress(OSError):
                path.unlink()
        raise


def _synced(path: Path) -> None:
    """To the disk, not only to the kernel."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _named(part: Path, target: Path) -> None:
    """Give a file its name unless there is one; a link refuses where a rename would overwrite."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise SettingsError(f"{target} is there already; nothing is overwritten") from None
    except OSError:
        # a file system without links
        if target.exists():
            raise SettingsError(f"{target} is there already; nothing is overwritten") from None
        part.rename(target)
        return
    part.unlink()
