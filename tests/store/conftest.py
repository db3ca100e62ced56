"""Every test of the store runs on a SQLite file and on PostgreSQL, each in a database of its own."""

from __future__ import annotations

import os
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from briefing.store import Store, open_store

SERVER = os.environ.get("EXECBRIEF_TEST_POSTGRES", "postgresql+asyncpg://root@127.0.0.1/test")


def dsn() -> str:
    return make_url(SERVER).set(drivername="postgresql").render_as_string(hide_password=False)


async def administer(statement: str) -> None:
    connection = await asyncpg.connect(dsn(), timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def create(name: str, how: str = "") -> None:
    """A new database, with more words on how; where there is no server the test is skipped, in CI it fails."""
    try:
        await administer(f"CREATE DATABASE {name} TEMPLATE template0 {how}")
    except OSError as error:
        server = make_url(SERVER).render_as_string(hide_password=True)
        problem = f"PostgreSQL at {server} cannot be reached: {error}"
        if os.environ.get("CI") == "true":
            pytest.fail(problem)
        pytest.skip(problem)


def server_url(name: str) -> str:
    """Address of a database on the server."""
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """Address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.sqlite3'}"
        return
    name = f"execbrief_{uuid.uuid4().hex}"
    await create(name)
    try:
        yield server_url(name)
    finally:
        await administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    async with open_store(url, owner="one") as opened:
        yield opened
