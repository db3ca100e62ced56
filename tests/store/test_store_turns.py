"""Turns: a lock that one process at a time holds, and that a kill -9 frees."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from briefing.errors import SettingsError, StoreUnavailable
from briefing.store.turns import Turn, hold
from tests.store.conftest import administer

ROOT = Path(__file__).parents[2]
HOLDS = """
import asyncio, sys
from briefing.store.turns import Turn, hold

async def main():
    async with hold(sys.argv[1], Turn.RUN) as holding:
        print("held" if holding else "taken", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_one_at_a_time_and_turns_do_not_hinder_each_other(url: str) -> None:
    async with hold(url, Turn.POLL) as first, hold(url, Turn.POLL) as second, hold(url, Turn.RUN) as other:
        assert first is not None
        assert second is None
        assert other is not None
        assert await first.still_ours()
    async with hold(url, Turn.POLL) as again:
        assert again is not None, "the lock goes with who held it"


async def test_killed_it_is_free_at_once(url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HOLDS, url), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"held\n"
        async with hold(url, Turn.RUN) as ours:
            assert ours is None
    finally:
        process.kill()
        await process.wait()
    async with asyncio.timeout(10):
        while True:
            # PostgreSQL notices a moment later
            async with hold(url, Turn.RUN) as ours:
                if ours is not None:
                    break


async def test_a_lost_connection_or_file_is_noticed(url: str, tmp_path: Path) -> None:
    async with hold(url, Turn.RUN) as first:
        assert first is not None
        assert await first.still_ours()
        if url.startswith("sqlite"):
            (tmp_path / "store.sqlite3-running").unlink()
        else:
            await administer(
                "SELECT pg_terminate_backend(pid) FROM pg_locks "
                f"WHERE locktype = 'advisory' AND objid = {Turn.RUN.value[1] & 0xFFFFFFFF}"
            )
        assert not await first.still_ours()
        async with hold(url, Turn.RUN) as second:
            assert second is not None, "another one may have it"


async def test_what_keeps_a_lock_from_being_asked_for_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite3-running").mkdir()
    with pytest.raises(StoreUnavailable, match="the lock of running"):
        async with hold(f"sqlite:///{tmp_path / 'a.sqlite3'}", Turn.RUN):
            pass
    with pytest.raises(StoreUnavailable, match="does not exist; create it"):
        async with hold(f"sqlite:///{tmp_path / 'nowhere' / 'a.sqlite3'}", Turn.RUN):
            pass
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        async with hold("postgresql://nobody@127.0.0.1:1/none", Turn.RUN):
            pass
    with pytest.raises(SettingsError, match="cannot be read"):
        async with hold("foo", Turn.RUN):
            pass
