"""`execbrief run` as a process of its own: the order of its start, and how it ends."""

from __future__ import annotations

import asyncio
import json
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.running import ME, PATIENCE_S, RSS, WRONG, asked, ended, only_error, running
from tests.botapi import TOKEN, Answer, BotApi
from tests.newssite import NewsSite


async def test_a_refused_token_is_one_error_before_anything_is_polled(tmp_path: Path) -> None:
    async with BotApi() as api, NewsSite() as site:
        feed = site.drip("/feed.xml", b"<rss>")
        # long enough for whatever was started too early to reach the feed
        api.refusal_delay_s = 0.5
        async with running(tmp_path, api, feed, WRONG) as process:
            _, text = await ended(process)
        assert process.returncode == 2
        assert "Telegram refuses the token in EXECBRIEF_TELEGRAM_TOKEN" in only_error(text)
        assert WRONG not in text
        assert WRONG.split(":")[1] not in text
        assert api.refused == ["getMe"]
        assert site.requests == [], "nothing is polled for a bot that Telegram does not know"


async def test_with_json_every_line_is_an_object_the_last_one_too(tmp_path: Path) -> None:
    async with BotApi() as api, NewsSite() as site:
        feed = site.publish("/feed.xml", RSS, "application/rss+xml")
        async with running(tmp_path, api, feed, WRONG, log_format="json") as process:
            _, text = await ended(process)
    assert process.returncode == 2
    *_, last = [json.loads(line) for line in text.splitlines()]
    assert last["level"] == "CRITICAL"
    assert "Telegram refuses the token in EXECBRIEF_TELEGRAM_TOKEN" in last["message"]
    assert WRONG not in text


async def test_a_token_revoked_later_ends_it_though_a_feed_drips(tmp_path: Path) -> None:
    async with BotApi() as api, NewsSite() as site:
        feed = site.drip("/feed.xml", b"<rss>")
        async with running(tmp_path, api, feed) as process:
            api.say(ME, "/help")
            await api.next_message(ME)
            await asked(site)
            api.revoke()
            seconds, text = await ended(process)
        assert process.returncode == 2
        assert "Telegram refuses the token" in only_error(text)
        assert seconds < 10, "a feed times out after 20 s"
        assert TOKEN not in text
        assert TOKEN.split(":")[1] not in text
        assert "DEBUG" in text, "or there was nothing to leak"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_stop_is_prompt_and_clean_though_a_feed_drips(tmp_path: Path, number: signal.Signals) -> None:
    async with BotApi() as api, NewsSite() as site:
        feed = site.drip("/feed.xml", b"<rss>")
        async with running(tmp_path, api, feed) as process:
            await api.until(lambda: api.called("getUpdates"))
            await asked(site)
            process.send_signal(number)
            seconds, text = await ended(process)
        assert process.returncode == 0
        assert "stopped" in text
        assert "Traceback" not in text
        assert seconds < 10


async def test_ctrl_c_is_heeded_while_the_database_is_being_opened(tmp_path: Path) -> None:
    connected = asyncio.Event()

    async def silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.set()
        try:
            await asyncio.Event().wait()
        finally:
            writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with BotApi() as api, NewsSite() as site:
        feed = site.publish("/feed.xml", RSS, "application/rss+xml")
        url = f"postgresql://nobody@127.0.0.1:{port}/news"
        async with running(tmp_path, api, feed, database=url) as process:
            async with asyncio.timeout(PATIENCE_S):
                await connected.wait()
            process.send_signal(signal.SIGINT)
            seconds, text = await ended(process)
        assert process.returncode == 0
        assert seconds < 10, "connecting gives up after 60 s"
        assert "Traceback" not in text
        assert api.calls == []
    server.close()


async def test_ctrl_c_is_heeded_while_another_process_holds_the_database(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "run.sqlite3", isolation_level=None)) as other:
        other.execute("CREATE TABLE t (a)")
        other.execute("BEGIN EXCLUSIVE")
        async with BotApi() as api, NewsSite() as site:
            feed = site.publish("/feed.xml", RSS, "application/rss+xml")
            async with running(tmp_path, api, feed) as process:
                assert process.stderr is not None
                async with asyncio.timeout(PATIENCE_S):
                    async for line in process.stderr:
                        if b"asking" in line and b"for its schema" in line:
                            break
                process.send_signal(signal.SIGINT)
                seconds, text = await ended(process)
    assert process.returncode == 0
    assert seconds < 10, "the lock is waited for 30 s"
    assert "Traceback" not in text


async def test_telegram_away_at_the_start_does_not_hold_up_the_news(tmp_path: Path) -> None:
    async with BotApi() as api, NewsSite() as site:
        api.script("getMe", Answer(502, body=b"<html>"))
        feed = site.publish("/feed.xml", RSS, "application/rss+xml")
        async with running(tmp_path, api, feed) as process:
            await asked(site)
            api.say(ME, "/help")
            await api.next_message(ME)
            process.send_signal(signal.SIGTERM)
            _, text = await ended(process)
        assert process.returncode == 0
        assert "Telegram cannot be reached" in text
