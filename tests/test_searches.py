"""Searches of other sources run from the same schedule as feeds, for the companies that are followed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from bot.app import App, open_app
from bot.cli.doctor import _CheckError, _sources
from bot.newsroom.server import Request, Response, serve
from bot.settings import Settings
from briefing.model import Feed
from tests.conftest import Clock

ITEM = {
    "title": "<b>가람전자</b> 새 대표에 유서진",
    "originallink": "https://www.yna.co.kr/view/1",
    "description": "가람전자는 유서진 부사장을 대표이사로 선임했다.",
    "pubDate": "Tue, 03 Mar 2026 08:20:00 +0900",
}


class Servers:
    """Both APIs on one port, for valid keys."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.secret = "geheim"

    async def answer(self, request: Request) -> Response:
        query = parse_qs(urlsplit(request.target).query)
        if request.path == "/v1/search/news.json":
            self.asked.append(query["query"][0])
            if request.headers["x-naver-client-secret"] != self.secret:
                return Response(401, b'{"errorMessage": "Authentication failed", "errorCode": "024"}')
            return Response(200, json.dumps({"items": [ITEM]}).encode())
        self.asked.append(query["pblntf_ty"][0])
        return Response(200, b'{"status": "013", "message": "-"}')


@pytest.fixture
def servers() -> Servers:
    return Servers()


@asynccontextmanager
async def opened(
    tmp_path: Path, clock: Clock, servers: Servers, secret: str = "geheim", *, keys: bool = True
) -> AsyncIterator[App]:
    # a list without [search]: no search of Google News beside these
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nurl = "http://127.0.0.1:1/x"\noutlet = "가람일보"\n', encoding="utf-8")
    async with serve(servers.answer) as url:
        settings = Settings(
            _env_file=None,
            feeds_file=feeds,
            database_url=f"sqlite:///{tmp_path / 'news.sqlite3'}",
            naver_client_id="id" if keys else None,
            naver_client_secret=SecretStr(secret) if keys else None,
            naver_api_url=url,
            opendart_key=SecretStr("geheim") if keys else None,
            opendart_api_url=url,
            allow_private_network=True,
        )
        async with open_app(settings, clock=clock) as app:
            yield app


async def follow(app: App, chat: int, company: str) -> None:
    await app.store.subscribers.ensure(chat, datetime(2026, 3, 1, tzinfo=UTC), (time(8),))
    await app.store.subscribers.subscribe(chat, company, datetime(2026, 3, 1, tzinfo=UTC))


async def titles(app: App) -> list[str]:
    return sorted(state.feed.title for state in await app.store.news.feeds())


async def test_companies_that_are_followed_are_searched_for_when_due(
    tmp_path: Path, clock: Clock, servers: Servers
) -> None:
    async with opened(tmp_path, clock, servers) as app:
        await follow(app, 1, "가람전자")
        await follow(app, 2, "가람전자")
        assert (await app.pipeline.poll_due()).done == 1
        assert sorted(servers.asked) == ['"가람전자"', "E", "I"]
        (entry,) = await app.store.news.unread(clock(), 10)
        assert (entry.entry.title, entry.entry.outlet) == ("가람전자 새 대표에 유서진", "연합뉴스")
        await app.pipeline.poll_due()
        assert len(servers.asked) == 3, "nothing is due yet"
        clock.advance(minutes=20)
        await follow(app, 3, "누리화학")
        assert (await app.pipeline.poll_due()).done == 0, "the same article again is no news"
        assert sorted(servers.asked[3:]) == ['"가람전자"', '"누리화학"', "E", "I"]


async def test_what_nobody_follows_any_more_is_no_longer_searched_for(
    tmp_path: Path, clock: Clock, servers: Servers
) -> None:
    async with opened(tmp_path, clock, servers) as app:
        await app.store.news.add_feeds([Feed("http://127.0.0.1:1/rss", "가람일보", "산업")], clock())
        await follow(app, 1, "가람전자")
        await follow(app, 2, "누리화학")
        await app.pipeline.poll_due()
        assert await titles(app) == ["가람전자", "거래소공시", "기타공시", "누리화학", "산업"]
        await app.store.subscribers.unsubscribe(1, "가람전자")
        await app.store.subscribers.deactivate(2, clock())
        await app.pipeline.poll_due()
        assert await titles(app) == ["거래소공시", "기타공시", "산업"]
        # the lists of feeds and the searches do not touch each other
        await app.store.news.use_list(
            [Feed("http://127.0.0.1:1/other", "누리경제", "기업")], "builtin", clock()
        )
        assert await titles(app) == ["거래소공시", "기업", "기타공시", "산업"]


async def test_searches_are_told_from_feeds_by_their_origin(
    tmp_path: Path, clock: Clock, servers: Servers
) -> None:
    async with opened(tmp_path, clock, servers) as app:
        await app.store.news.add_feeds([Feed("http://127.0.0.1:1/rss", "가람일보", "산업")], clock())
        await app.pipeline.poll_due()
        assert len(await app.store.news.feeds()) == 3
        kept = [state.feed.title for state in await app.store.news.feeds() if state.origin != "source"]
        assert kept == ["산업"]


async def test_without_keys_nothing_is_asked(tmp_path: Path, clock: Clock, servers: Servers) -> None:
    async with opened(tmp_path, clock, servers) as app:
        await follow(app, 1, "가람전자")
        await app.pipeline.poll_due()
    servers.asked.clear()
    clock.advance(hours=1)
    async with opened(tmp_path, clock, servers, keys=False) as app:
        await app.pipeline.poll_due()
        assert await titles(app) == []
    assert servers.asked == []


async def test_a_new_key_is_tried_at_once_after_the_old_one_failed_for_days(
    tmp_path: Path, clock: Clock, servers: Servers
) -> None:
    servers.secret = "new"
    async with serve(servers.answer) as url:

        @asynccontextmanager
        async def with_secret(secret: str) -> AsyncIterator[App]:
            feeds = tmp_path / "feeds.toml"
            feeds.write_text(
                '[[feed]]\nurl = "http://127.0.0.1:1/x"\noutlet = "가람일보"\n', encoding="utf-8"
            )
            settings = Settings(
                _env_file=None,
                feeds_file=feeds,
                database_url=f"sqlite:///{tmp_path / 'news.sqlite3'}",
                naver_client_id="id",
                naver_client_secret=SecretStr(secret),
                naver_api_url=url,
                allow_private_network=True,
            )
            async with open_app(settings, clock=clock) as app:
                yield app

        async with with_secret("old") as app:
            await follow(app, 1, "가람전자")
            for _ in range(12):
                report = await app.pipeline.poll_due()
                clock.advance(days=1)
            assert "the key is refused" in report.problems[0]
            (state,) = await app.store.news.feeds()
            assert state.failures >= 10
        asked = len(servers.asked)
        clock.now = state.next_poll - timedelta(hours=5) if state.next_poll else clock.now
        async with with_secret("new") as app:
            assert (await app.pipeline.poll_due()).problems == ()
        assert len(servers.asked) == asked + 1


@pytest.mark.parametrize(("secret", "said"), [("geheim", "3 searches asked"), ("old", "the key is refused")])
async def test_doctor_says_whether_the_keys_work(servers: Servers, secret: str, said: str) -> None:
    async with serve(servers.answer) as url:
        settings = Settings(
            _env_file=None,
            naver_client_id="id",
            naver_client_secret=SecretStr(secret),
            naver_api_url=url,
            opendart_key=SecretStr("geheim"),
            opendart_api_url=url,
            allow_private_network=True,
        )
        try:
            told = await _sources(settings)
        except _CheckError as error:
            told = str(error)
    assert said in told
    assert "geheim" not in told
