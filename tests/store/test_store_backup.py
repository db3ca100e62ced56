"""Backups of a SQLite database with a writer at work, and what restoring refuses."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from briefing.errors import SchemaError, SettingsError, StoreUnavailable
from briefing.model import Part
from briefing.store import open_store
from briefing.store.backup import back_up, put_in_place, sqlite_file, working_copy
from tests.store.making import NOW

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def writing(url: str) -> AsyncIterator[asyncio.StreamReader]:
    """A process that commits entries and articles one after the other, and says so after each."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.store.reading_child", url),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        yield process.stdout
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_copy_made_while_another_process_writes_is_whole(tmp_path: Path) -> None:
    database = tmp_path / "live.sqlite3"
    url = f"sqlite:///{database}"
    told = 0
    made: list[tuple[int, Path]] = []
    async with writing(url) as said:
        while line := (await said.readline()).decode().split():
            told += line[0] == "read"
            if told % 6 == 1 and line[0] == "read":
                target = tmp_path / f"copy-{told}"
                await asyncio.to_thread(back_up, database, target)
                made.append((told, target))
    assert len(made) >= 3
    assert told > made[-1][0], "it went on writing"
    sizes = []
    for committed, copy in made:
        assert copy.stat().st_mode & 0o777 == 0o600
        # not in WAL mode, so it is one file
        assert copy.read_bytes()[18:20] == b"\x01\x01"
        async with open_store(f"sqlite:///{copy}") as store:
            counts = await store.counts()
        assert counts.articles >= committed, "what had been committed before is there"
        assert counts.facts == 3 * counts.articles, "and nothing by halves"
        sizes.append(counts.articles)
    assert sizes == sorted(sizes)


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    path = tmp_path / "news.sqlite3"
    async with open_store(f"sqlite:///{path}") as store:
        await store.outbox.write_edition("one", 7, (Part("waiting"),), NOW)
    return path


def test_nothing_is_overwritten_and_nothing_left_behind(database: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_bytes(b"mine")
    with pytest.raises(SettingsError, match="is there already"):
        back_up(database, there)
    assert there.read_bytes() == b"mine"
    with pytest.raises(SettingsError, match="there is no database to copy"):
        back_up(tmp_path / "none", tmp_path / "copy")
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        back_up(database, tmp_path / "nowhere" / "copy")
    other = tmp_path / "other"
    other.write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreUnavailable):
        back_up(other, tmp_path / "copy")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news.sqlite3", "other", "there"]


def test_a_damaged_database_gives_no_backup(database: Path, tmp_path: Path) -> None:
    damaged = bytearray(database.read_bytes())
    # the second page: the root of some table
    damaged[4096:8192] = b"\xff" * 4096
    database.write_bytes(damaged)
    with pytest.raises(StoreUnavailable):
        back_up(database, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    assert not (tmp_path / "copy.part").exists()


def test_only_whole_databases_of_ours_are_put_back(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "target.sqlite3"
    with pytest.raises(SettingsError, match="no such file"):
        working_copy(tmp_path / "none", target)
    with pytest.raises(SettingsError, match="the database itself"):
        working_copy(database, database)
    foreign = tmp_path / "foreign"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE t (a)")
    with pytest.raises(SchemaError, match="no database of execbrief"):
        working_copy(foreign, target)
    cut = tmp_path / "cut"
    cut.write_bytes(database.read_bytes()[:-8192])
    with pytest.raises(StoreUnavailable):
        working_copy(cut, target)
    newer = tmp_path / "newer"
    back_up(database, newer)
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE execbrief_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(SchemaError, match="newer than this program"):
        working_copy(newer, target)
    assert not list(tmp_path.glob("target*"))


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def give(path: Path, rights: int) -> None:
    path.chmod(rights)


def inode(path: Path) -> int:
    return path.stat().st_ino


async def test_a_database_that_is_open_anywhere_is_not_replaced(database: Path, tmp_path: Path) -> None:
    backup, before = tmp_path / "backup", inode(database)
    back_up(database, backup)
    copy = working_copy(backup, database)
    async with open_store(f"sqlite:///{database}") as store:
        await store.counts()
        with pytest.raises(StoreUnavailable, match="is in use"):
            put_in_place(copy, database, tmp_path / "replaced")
        # a connection that has nothing to do, as those of a pool
        assert (await store.counts()).outbox == {"pending": 1}
    assert inode(database) == before
    give(database, 0o640)
    assert put_in_place(copy, database, tmp_path / "replaced")
    assert mode(database) == 0o640, "rights are those of what it replaces"
    assert inode(tmp_path / "replaced") == before
    async with open_store(f"sqlite:///{database}") as store:
        assert (await store.counts()).outbox == {"pending": 1}


async def test_what_waited_in_a_copy_is_doubted(database: Path) -> None:
    async with open_store(f"sqlite:///{database}") as store:
        assert await store.retention.doubt_unfinished(NOW) == 1
        assert (await store.counts()).outbox == {"unknown": 1}
        assert await store.outbox.claim(NOW, 5) == ()
        assert await store.retention.doubt_unfinished(NOW) == 0


def test_only_sqlite_has_a_file() -> None:
    assert sqlite_file("sqlite:///a/b.sqlite3") == Path("a/b.sqlite3")
    assert sqlite_file("postgresql://h/n") is None
