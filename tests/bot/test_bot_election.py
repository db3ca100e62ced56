"""Of two that run one leads: who stands by takes over, at an end, at a kill -9, at a lost lock."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.election import Rhythm, leading
from briefing.store.turns import Turn, hold
from tests.bot.running import ME, RSS, ended, free_port, running, until_said
from tests.botapi import BotApi
from tests.newssite import NewsSite
from tests.store.conftest import administer, url

__all__ = ["url"]  # a fixture: SQLite and PostgreSQL

QUICK = Rhythm(ask=timedelta(seconds=0.02), check=timedelta(seconds=0.02))


@pytest.fixture
async def site() -> AsyncIterator[NewsSite]:
    async with NewsSite() as server:
        yield server


async def standing_ready(port: int) -> tuple[int, str]:
    async with httpx.AsyncClient(timeout=10) as client:
        answer = await client.get(f"http://127.0.0.1:{port}/readyz")
    return answer.status_code, answer.json()["duty"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
async def test_the_second_process_takes_over_when_the_first_ends(
    tmp_path: Path, api: BotApi, site: NewsSite, url: str, number: signal.Signals
) -> None:
    feed = site.publish("/feed.xml", RSS, "application/rss+xml")
    one, two = str(free_port()), str(free_port())
    async with running(tmp_path, api, feed, database=url, http_port=one, log_level="INFO") as first:
        await until_said(first, "answering as @")
        async with running(tmp_path, api, feed, database=url, http_port=two, log_level="INFO") as second:
            await until_said(second, "another process runs the bot on this database; standing by")
            assert await standing_ready(int(one)) == (200, "leading")
            assert await standing_ready(int(two)) == (503, "standby")
            api.say(ME, "/help")
            await api.next_message(ME)
            first.send_signal(number)
            await until_said(second, "takes over")
            await until_said(second, "answering as @")
            assert await standing_ready(int(two)) == (200, "leading")
            api.say(ME, "/list")
            await api.next_message(ME)
            second.send_signal(signal.SIGTERM)
            _, text = await ended(second)
    assert second.returncode == 0
    assert "Traceback" not in text
    polling = [values for values in api.called("getUpdates") if values.get("timeout")]
    assert len(polling) >= 2
    assert len(api.messages(ME)) == 2, "each question was answered by one of them"


async def test_who_stands_by_stops_when_told(tmp_path: Path, api: BotApi, site: NewsSite) -> None:
    feed = site.publish("/feed.xml", RSS, "application/rss+xml")
    database = f"sqlite:///{tmp_path / 'run.sqlite3'}"
    async with hold(database, Turn.RUN) as ours:
        assert ours is not None
        async with running(tmp_path, api, feed, database=database) as process:
            await until_said(process, "standing by")
            process.send_signal(signal.SIGTERM)
            _, text = await ended(process)
    assert process.returncode == 0
    assert "stopped" in text
    assert api.calls == []
    assert site.requests == []


async def test_a_lock_that_is_lost_and_free_is_taken_again(tmp_path: Path, url: str, caplog) -> None:
    caplog.set_level("WARNING")
    async with leading(url, asyncio.Event(), on_standby=lambda: None, rhythm=QUICK) as lost:
        assert lost is not None
        await lose(url, tmp_path)
        async with asyncio.timeout(10):
            while "ours again" not in caplog.text:  # noqa: ASYNC110 (a log line is no event)
                await asyncio.sleep(0)
        assert not lost.is_set()
        async with hold(url, Turn.RUN) as other:
            assert other is None, "it is held"


async def test_a_lock_that_another_one_has_by_now_ends_the_lead(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    async with leading(database, asyncio.Event(), on_standby=lambda: None, rhythm=QUICK) as lost:
        assert lost is not None
        # in one step for the watcher: it runs only where we wait
        await lose(database, tmp_path)
        async with hold(database, Turn.RUN) as other, asyncio.timeout(10):
            assert other is not None
            await lost.wait()


async def lose(database: str, folder: Path) -> None:
    if database.startswith("sqlite"):
        (folder / "store.sqlite3-running").unlink()
        return
    await administer(
        "SELECT pg_terminate_backend(pid) FROM pg_locks "
        f"WHERE locktype = 'advisory' AND objid = {Turn.RUN.value[1] & 0xFFFFFFFF}"
    )


async def test_waiting_ends_when_told_to_stop(tmp_path: Path) -> None:
    database, stop, stood = f"sqlite:///{tmp_path / 'a.sqlite3'}", asyncio.Event(), asyncio.Event()
    async with hold(database, Turn.RUN):
        asking = leading(database, stop, on_standby=stood.set, rhythm=QUICK)
        entering = asyncio.create_task(asking.__aenter__())
        await stood.wait()
        stop.set()
        assert await entering is None
        await asking.__aexit__(None, None, None)


async def test_a_patient_one_waits_for_a_database_that_is_away(tmp_path: Path, caplog) -> None:
    folder = tmp_path / "later"
    database = f"sqlite:///{folder / 'a.sqlite3'}"
    asking = leading(database, asyncio.Event(), on_standby=lambda: None, rhythm=QUICK, patient=True)
    entering = asyncio.create_task(asking.__aenter__())
    async with asyncio.timeout(10):
        while "cannot be asked for" not in caplog.text:  # noqa: ASYNC110 (a log line is no event)
            await asyncio.sleep(0)
        folder.mkdir()
        assert await entering is not None
    await asking.__aexit__(None, None, None)
