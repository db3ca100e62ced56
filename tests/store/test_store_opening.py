from __future__ import annotations

import asyncio
import sqlite3
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from briefing.errors import SchemaError, SettingsError, StoreUnavailable
from briefing.store import migrate, open_store, schema
from briefing.store.engine import Database, parse_url
from briefing.store.tables import metadata
from tests.store.making import FEED, NOW


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("sqlite+aiosqlite:////var/a.db", "sqlite+aiosqlite:////var/a.db"),
        ("postgresql://u:p@h/n", "postgresql+asyncpg://u:p@h/n"),
        ("postgresql+asyncpg://h/n", "postgresql+asyncpg://h/n"),
        ("postgresql://h/n?sslmode=require", "postgresql+asyncpg://h/n?ssl=require"),
    ],
)
def test_accepted_urls(given: str, taken: str) -> None:
    assert parse_url(given).render_as_string(hide_password=False) == taken


@pytest.mark.parametrize(
    "given",
    [
        "mysql://u:geheim@h/n",
        "postgres://u:geheim@h/n",
        "postgresql+psycopg://u:geheim@h/n",
        "postgresql://u:geheim@h",
        "u:geheim@h",
        "postgresql://u:geheim@h:port/n",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite://relative.db",
        "sqlite:///a.db?foo=geheim",
        "",
    ],
)
def test_other_urls_name_the_accepted_forms_and_no_password(given: str) -> None:
    with pytest.raises(SettingsError, match=r"(sqlite:///|postgresql://)") as caught:
        parse_url(given)
    assert "geheim" not in str(caught.value)


async def test_missing_folder_is_named_and_made_only_on_request(tmp_path: Path) -> None:
    path = tmp_path / "none" / "store.db"
    with pytest.raises(StoreUnavailable, match=r"none.*create it"):
        await migrate(f"sqlite:///{path}")
    assert not path.parent.exists()
    assert await migrate(f"sqlite:///{path}", create_parent=True) == schema.NEWEST
    assert path.exists()


async def test_a_folder_and_a_file_that_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="is a folder"):
        await migrate(f"sqlite:///{tmp_path}")
    noise = tmp_path / "noise.db"
    noise.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreUnavailable, match=r"noise\.db.*not a database"):
        await migrate(f"sqlite:///{noise}")
    assert noise.read_bytes().startswith(b"not a database")


async def test_postgres_that_does_not_answer(unused_port: int) -> None:
    with pytest.raises(StoreUnavailable, match=f"127.0.0.1:{unused_port}") as caught:
        await migrate(f"postgresql://someone:geheim@127.0.0.1:{unused_port}/news")
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_postgres_database_that_does_not_exist_is_told_with_a_remedy(url: str) -> None:
    missing = make_url(url).set(database="execbrief_nowhere").render_as_string(hide_password=False)
    with pytest.raises(StoreUnavailable, match=r"execbrief_nowhere.*does not exist.*createdb"):
        await migrate(missing)


@pytest.mark.parametrize("option", ["foo=bar", "timeout=5", "channel_binding=geheim"])
async def test_an_option_no_driver_knows_is_named(option: str) -> None:
    with pytest.raises(SettingsError, match=f"option {option.partition('=')[0]} ") as caught:
        await migrate(f"postgresql://u:geheim@127.0.0.1/n?{option}")
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("rest", ["/n?prepared_statement_cache_size=x", "/n?port=x", ":99999/n"])
async def test_a_url_that_cannot_be_connected_with_is_no_traceback(rest: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL cannot be used"):
        await migrate(f"postgresql://u@127.0.0.1{rest}")


@pytest.fixture
async def unused_port() -> int:
    server = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return int(port)


async def test_migrations_and_tables_agree(url: str) -> None:
    await migrate(url)

    def differences(connection: Connection) -> list[Any]:
        options = {"version_table": schema.VERSION_TABLE, "target_metadata": metadata}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    database = Database(parse_url(url))
    async with database.read() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


def test_newest_is_the_head_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(files("briefing.store") / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.NEWEST]


async def test_migrating_twice_changes_nothing(url: str) -> None:
    assert await migrate(url) == schema.NEWEST
    async with open_store(url) as store:
        await store.news.add_feeds([FEED], NOW)
    assert await migrate(url) == schema.NEWEST
    async with open_store(url) as store:
        assert (await store.counts()).feeds == 1
        assert (await store.health(NOW)).schema_version == schema.NEWEST


async def test_processes_that_start_at_once(url: str) -> None:
    code = f"import asyncio; from briefing.store import migrate; print(asyncio.run(migrate({url!r})))"
    starts = [
        asyncio.create_subprocess_exec(
            sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        for _ in range(3)
    ]
    for process in await asyncio.gather(*starts):
        out, err = await process.communicate()
        assert (out.decode().strip(), process.returncode) == (schema.NEWEST, 0), err.decode()


async def run(url: str, *statements: str) -> None:
    database = Database(parse_url(url))
    async with database.write() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await database.close()


async def test_a_newer_database_is_left_alone(url: str) -> None:
    await migrate(url)
    await run(url, f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(SchemaError, match=r"9999.*update execbrief"):
        await migrate(url)


async def test_tables_of_another_program_are_left_alone(url: str) -> None:
    await run(url, "CREATE TABLE feeds (id INTEGER)")
    with pytest.raises(SchemaError, match="another program"):
        await migrate(url)


async def test_a_failed_migration_leaves_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # a view of the same name makes the last tables fail, after others have been made
    await run(url, "CREATE VIEW signature_keys AS SELECT 1 AS one")
    with pytest.raises(Exception, match="signature_keys"):
        await migrate(url)
    await run(url, "DROP VIEW signature_keys")
    assert await migrate(url) == schema.NEWEST


async def test_sqlite_is_opened_for_crashes_and_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    database = Database(parse_url(f"sqlite:///{path}"))
    async with database.read() as connection:
        told = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert told == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 30000}
    async with database.write() as connection:
        await connection.execute(text("SELECT 1"))
        neighbour = sqlite3.connect(path, timeout=0)
        # the write lock is taken at BEGIN, before anything was read on the strength of it
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            neighbour.execute("BEGIN IMMEDIATE")
        neighbour.close()
    await database.close()


async def test_naive_datetimes_are_refused(url: str) -> None:
    async with open_store(url) as store:
        with pytest.raises(Exception, match="naive datetime"):
            await store.news.due_feeds(NOW.replace(tzinfo=None))
