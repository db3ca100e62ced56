"""From OpenDART to a subscriber's chat: a disclosure whose document names the new head of a company."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pydantic import SecretStr

from bot.app import App, open_app
from bot.handlers.application import build_application, run_bot
from bot.newsroom.server import Request, Response, serve
from bot.sender import open_sender
from bot.settings import Settings
from briefing.pipeline import AlertFollowers, DeliverBatch
from tests.botapi import TOKEN, BotApi
from tests.collect.test_disclosures import EXCHANGE, NUMBER, archive, exchange
from tests.conftest import Clock

CHAT = 4242
MORNING = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)


class OpenDartServer:
    """A list of one disclosure, and its document as soon as there is one."""

    def __init__(self) -> None:
        self.document = b"<result><status>014</status><message>-</message></result>"

    async def answer(self, request: Request) -> Response:
        query = parse_qs(urlsplit(request.target).query)
        if request.path == "/api/document.xml":
            assert query["rcept_no"] == [NUMBER]
            return Response(200, self.document)
        row = {"corp_name": "가람전자", "report_nm": EXCHANGE, "rcept_no": NUMBER, "rcept_dt": "20260303"}
        told = {"status": "000", "total_page": 1, "list": [row] if query["pblntf_ty"] == ["I"] else []}
        return Response(200, json.dumps(told).encode())


@asynccontextmanager
async def newsdesk(tmp_path: Path, api: BotApi, clock: Clock, base: str) -> AsyncIterator[App]:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nurl = "http://127.0.0.1:1/x"\noutlet = "가람일보"\n', encoding="utf-8")
    settings = Settings(
        _env_file=None,
        feeds_file=feeds,
        database_url=f"sqlite:///{tmp_path / 'news.sqlite3'}",
        telegram_token=SecretStr(TOKEN),
        telegram_api_url=api.url,
        opendart_key=SecretStr("geheim"),
        opendart_api_url=base,
        allow_private_network=True,
    )
    async with open_sender(TOKEN, api.url) as sender, open_app(settings, clock=clock, sender=sender) as app:
        stop = asyncio.Event()
        bot = asyncio.create_task(run_bot(build_application(TOKEN, app.desk(), base_url=api.url), stop))
        try:
            yield app
        finally:
            stop.set()
            await bot


async def ticks(app: App) -> None:
    await app.pipeline.poll_due()
    await app.pipeline.read_unread()
    await app.pipeline.run(AlertFollowers())
    while (await app.pipeline.run(DeliverBatch())).done:
        pass


async def test_an_alert_names_the_new_head_of_a_company(tmp_path: Path, clock: Clock) -> None:
    clock.now = MORNING
    dart = OpenDartServer()
    async with BotApi() as api, serve(dart.answer) as base, newsdesk(tmp_path, api, clock, base) as app:
        # nobody has reported on the company yet, so that the chat could not ask for it by name
        await app.store.subscribers.ensure(CHAT, clock(), (time(8),))
        await app.store.subscribers.subscribe(CHAT, "가람전자", clock())
        await ticks(app)
        assert api.messages(CHAT) == [], "the document of a fresh disclosure is not there yet"

        dart.document = archive(
            exchange(
                "김가람, 박서준(각자대표이사)",
                "박서준, 이나래(각자대표이사)",
                ("2. 변경사유", "사임 및 신규선임"),
                ("3. 변경일", "2026-03-03"),
            )
        )
        clock.advance(minutes=10)
        await ticks(app)
        alert = await api.next_message(CHAT)
        assert "가람전자" in alert.text
        assert "이나래" in alert.text
        assert "김가람" in alert.text
        assert "박서준" not in alert.text
        assert "대표이사" in alert.text
        assert f"https://dart.fss.or.kr/dsaf001/main.do?rcpNo={NUMBER}" in alert.links
        clock.advance(hours=1)
        await ticks(app)
        assert len(api.messages(CHAT)) == 1, "once"
