"""Webhook mode from Telegram's side: set with the secret, delivered once, taken away by long polling."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from telegram import Bot
from telegram.error import InvalidToken

from bot.handlers.application import UPDATES
from bot.transport import bot_url
from bot.web.server import SECRET_HEADER
from bot.web.webhook import Webhook
from tests.bot.running import ME, RSS, ended, free_port, running, until_said
from tests.botapi import Answer, BotApi
from tests.newssite import NewsSite

SECRET = "hook-secret-0123456789"


@pytest.fixture
async def feed() -> AsyncIterator[str]:
    async with NewsSite() as site:
        yield site.publish("/feed.xml", RSS, "application/rss+xml")


def hooked(port: int) -> dict[str, str]:
    return {
        "webhook_url": f"http://127.0.0.1:{port}/telegram/hook",
        "webhook_secret": SECRET,
        "http_port": str(port),
    }


async def test_a_bot_is_talked_to_by_webhook_and_then_by_polling(
    tmp_path: Path, api: BotApi, feed: str
) -> None:
    port = free_port()
    # said before there is a bot: Telegram keeps it
    api.say(ME, "/help")
    async with running(tmp_path, api, feed, **hooked(port)) as process:
        begun = await until_said(process, "delivered to the webhook")
        assert "/brief" in (await api.next_message(ME)).text
        api.say(ME, "/list")
        await api.next_message(ME)
        assert api.hook.secret == SECRET
        assert api.hook.allowed == list(UPDATES)
        assert set(api.hook.status) == {200}
        assert api.called("getUpdates") == []
        async with httpx.AsyncClient() as client:
            forged = {"update_id": 10**6, "message": {}}
            url = f"http://127.0.0.1:{port}/telegram/hook"
            assert (await client.post(url, json=forged)).status_code == 403
            told = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
            assert (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200
        assert 'execbrief_webhook_requests_total{outcome="accepted"} 2.0' in told
        assert 'execbrief_webhook_requests_total{outcome="refused"} 1.0' in told
        # the second may be on its way from its answer to the counter
        assert re.search(r"execbrief_update_handling_seconds_count [12]\.0", told)
        process.send_signal(signal.SIGTERM)
        _, text = await ended(process)
    assert process.returncode == 0
    assert SECRET not in begun + text
    assert "DEBUG" in begun, "or there was nothing to leak"
    assert api.hook.url, "Telegram keeps what comes until the next start"
    api.say(ME, "/help")
    async with running(tmp_path, api, feed) as process:
        await until_said(process, "answering as @")
        await api.next_message(ME)
        assert api.hook.url == ""
        assert api.called("getUpdates")
        process.send_signal(signal.SIGTERM)
        await ended(process)
    assert len(api.messages(ME)) == 3, "nothing lost, nothing answered twice"


async def test_a_stop_answers_what_was_accepted(tmp_path: Path, api: BotApi, feed: str) -> None:
    port = free_port()
    async with running(tmp_path, api, feed, **hooked(port)) as process:
        await until_said(process, "delivered to the webhook")
        chat = {"id": ME, "type": "private", "first_name": "가"}
        message = {"message_id": 1, "date": 1_700_000_000, "chat": chat, "from": {**chat, "is_bot": False}}
        body = {"update_id": 5, "message": {**message, "text": "/help", "entities": [COMMAND]}}
        async with httpx.AsyncClient(headers={SECRET_HEADER: SECRET}) as client:
            for _ in range(2):
                answer = await client.post(f"http://127.0.0.1:{port}/telegram/hook", content=json.dumps(body))
                assert answer.status_code == 200
        process.send_signal(signal.SIGTERM)
        _, text = await ended(process)
    assert process.returncode == 0, text
    assert len(api.messages(ME)) == 1


COMMAND = {"type": "bot_command", "offset": 0, "length": 5}


async def test_a_port_that_is_taken_is_one_line_and_exit_2(tmp_path: Path, api: BotApi, feed: str) -> None:
    async with asyncio.timeout(60):
        server = await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with running(tmp_path, api, feed, http_port=str(port)) as process:
            _, text = await ended(process)
        server.close()
    assert process.returncode == 2
    assert f"port {port} on 127.0.0.1 cannot be opened" in text
    assert "EXECBRIEF_HTTP_PORT" in text
    assert api.calls == []


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    async with Bot(api.token, base_url=bot_url(api.url)) as opened:
        yield opened


def looking(bot: Bot) -> Webhook:
    url = "http://127.0.0.1:9/hook"
    return Webhook(bot, url, SECRET, ["message"], look_every=timedelta(seconds=0.02))


async def test_a_webhook_that_somebody_takes_away_is_set_again(api: BotApi, bot: Bot, caplog) -> None:
    keeping = asyncio.create_task(looking(bot).keep())
    await api.until(lambda: api.hook.url)
    await api.hook.delete()
    await api.until(lambda: len(api.called("setWebhook")) == 2)
    assert api.hook.secret == SECRET
    assert "somebody has set another webhook" in caplog.text
    keeping.cancel()
    await asyncio.wait({keeping})


async def test_trouble_of_telegram_is_waited_for(api: BotApi, bot: Bot, caplog, monkeypatch) -> None:
    monkeypatch.setattr("bot.web.webhook.FIRST_WAITS_S", (0,))
    api.script("setWebhook", Answer(502, body=b"<html>"), Answer(drop=True))
    api.script("getWebhookInfo", Answer(500, "Internal Server Error"))
    keeping = asyncio.create_task(looking(bot).keep())
    await api.until(lambda: len(api.called("getWebhookInfo")) == 2)
    assert caplog.text.count("the webhook cannot be set") == 2
    assert caplog.text.count("the webhook cannot be looked at") == 1
    assert len(api.called("setWebhook")) == 3
    keeping.cancel()
    await asyncio.wait({keeping})


async def test_a_revoked_token_is_noticed_though_nobody_polls(api: BotApi, bot: Bot) -> None:
    keeping = asyncio.create_task(looking(bot).keep())
    await api.until(lambda: api.called("getWebhookInfo"))
    api.revoke()
    with pytest.raises(InvalidToken):
        async with asyncio.timeout(10):
            await keeping


async def test_what_telegram_could_not_deliver_is_told_once(api: BotApi, bot: Bot, caplog) -> None:
    keeping = asyncio.create_task(looking(bot).keep())
    await api.until(lambda: api.hook.url)
    api.hook.last_error = (1_700_000_000, "Connection refused")
    seen = len(api.called("getWebhookInfo"))
    await api.until(lambda: len(api.called("getWebhookInfo")) >= seen + 4)
    assert caplog.text.count("Telegram could not deliver at") == 1
    keeping.cancel()
    await asyncio.wait({keeping})
