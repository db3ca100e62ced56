"""A subscriber's first day: real HTTP on both sides, a database file, an injected clock."""

from __future__ import annotations

import asyncio
import html
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import App, open_app, register_feeds
from bot.handlers.application import build_application, run_bot
from bot.schedule import TIMETABLE
from bot.sender import open_sender
from bot.settings import load_settings
from briefing.pipeline import AlertFollowers, DeliverBatch
from tests.botapi import TOKEN, BotApi
from tests.newssite import NewsSite

SEOUL = ZoneInfo("Asia/Seoul")
CHAT = 4242
# Saturday 11 May 2024, 21:00 in Seoul
EVENING = datetime(2024, 5, 11, 21, 0, tzinfo=SEOUL)

PAGE = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{title} - {outlet}</title></head><body>
<nav><ul><li><a href="/">경제</a></li><li><a href="/it">IT</a></li><li><a href="/sports">스포츠</a></li></ul></nav>
<article><h1>{title}</h1><figure><img src="/p.jpg" alt=""><figcaption>행사장 모습. /{outlet}</figcaption></figure>
{body}<p>{outlet} 나기자 na@{host}</p></article>
<aside><h3>많이 본 뉴스</h3><ul><li><a href="/1">비 그친 뒤 기온 뚝</a></li></ul></aside>
<footer>ⓒ {outlet}. 무단 전재 및 재배포 금지</footer></body></html>"""

TRIP = (
    "<p>조주완 LG전자 사장이 11일(현지시간) 미국 캘리포니아주에서 열린 ‘북미 인재 포럼’에 참석했다.</p>"
    "<p>조 사장은 이 자리에서 “로봇과 전장에서 다음 십 년의 성장을 찾겠다”고 말했다. 그는 13일 샌프란시스코에서 "
    "기업설명회도 주관한다.</p>"
)
REPEAT = (
    "<p>LG전자 조주완 사장은 현지시간 11일 미국 캘리포니아주에서 열린 ‘북미 인재 포럼’에 참석해 지원자들을 만났다.</p>"
    "<p>그는 “로봇과 전장에서 다음 십 년의 성장을 찾겠다”고 밝혔다.</p>"
)
MOVE = (
    "<p>다온화학은 11일 이사회를 열고 유서진 부사장을 신임 대표이사 사장에 선임했다고 밝혔다.</p>"
    "<p>민태호 대표이사는 임기를 마치고 물러난다.</p>"
)
SPORT = "<p>프로축구 가람FC가 11일 홈경기에서 2대 1로 이겼다. 감독은 “선수들이 잘 뛰었다”고 말했다.</p>" * 2


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now.astimezone(ZoneInfo("UTC"))


def publish(site: NewsSite, outlet: str, stories: list[tuple[str, str, str, datetime]]) -> str:
    """Pages and an RSS feed of one outlet; returns the feed's address."""
    items = []
    for path, title, body, when in stories:
        page = PAGE.format(title=html.escape(title), outlet=outlet, host="news.example", body=body)
        site.publish(f"/{outlet}{path}", page)
        items.append(
            f"<item><title>{html.escape(title)}</title><link>{site.url(f'/{outlet}{path}')}</link>"
            f"<guid>{outlet}{path}</guid><pubDate>{format_datetime(when)}</pubDate></item>"
        )
    return site.publish(
        f"/{outlet}/rss",
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{outlet}</title>{"".join(items)}</channel></rss>',
        "application/rss+xml",
    )


@asynccontextmanager
async def newsdesk(tmp_path: Path, api: BotApi, feeds: dict[str, str], clock: Clock) -> AsyncIterator[App]:
    """The bot as `execbrief run` builds it, without the scheduler: the test makes the ticks."""
    listed = tmp_path / "feeds.toml"
    listed.write_text(
        "".join(f'[[feed]]\nurl = "{url}"\noutlet = "{outlet}"\n' for outlet, url in feeds.items()),
        encoding="utf-8",
    )
    settings = load_settings(
        telegram_token=TOKEN,
        telegram_api_url=api.url,
        database_url=f"sqlite:///{tmp_path / 'news.sqlite3'}",
        feeds_file=listed,
        allow_private_network=True,
    )
    async with (
        open_sender(TOKEN, api.url) as sender,
        open_app(settings, clock=clock, sender=sender) as app,
    ):
        await register_feeds(app.store, settings.feeds_file, clock())
        stop = asyncio.Event()
        bot = asyncio.create_task(run_bot(build_application(TOKEN, app.desk(), base_url=api.url), stop))
        try:
            yield app
        finally:
            stop.set()
            await bot


async def round_of_ticks(app: App) -> None:
    await app.pipeline.poll_due()
    await app.pipeline.read_unread()
    await app.pipeline.run(AlertFollowers())
    await app.pipeline.compose_due()
    while (await app.pipeline.run(DeliverBatch())).done:
        pass


async def test_subscribe_publish_poll_digest_at_the_hour_and_brief(tmp_path: Path) -> None:
    clock = Clock(EVENING)
    async with BotApi() as api, NewsSite() as site:
        hour = timedelta(hours=1)
        feeds = {
            "새결경제": publish(
                site,
                "새결경제",
                [
                    ("/1", "조주완 LG전자 사장, 미국서 인재 확보", TRIP, EVENING - hour),
                    ("/2", "다온화학 새 대표에 유서진", MOVE, EVENING - 2 * hour),
                ],
            ),
            "한빛신문": publish(
                site,
                "한빛신문",
                [
                    ("/7", "LG전자 조주완, 북미 인재 포럼 참석", REPEAT, EVENING),
                    ("/8", "가람FC 홈에서 승리", SPORT, EVENING),
                ],
            ),
        }
        async with newsdesk(tmp_path, api, feeds, clock) as app:
            # a newcomer subscribes
            api.say(CHAT, "/subscribe 엘지전자")
            reply = await api.next_message(CHAT)
            assert "LG전자" in reply.text
            assert "08:00" in reply.text

            # the desk reads; nothing is due before the hour but the news is there for the asking
            await round_of_ticks(app)
            counts = await app.store.counts()
            assert (counts.articles, counts.unread) == (4, 0)

            api.say(CHAT, "/brief LG전자")
            brief = await api.next_message(CHAT)
            assert brief.text.splitlines()[0].startswith("LG전자")
            assert "조주완 사장" in brief.text
            assert brief.text.count("북미 인재 포럼") == 1, "two outlets, one event"
            assert "보도 2건" in brief.text
            assert "5.13(월) 조주완 사장 기업설명회" in brief.text
            assert "로봇과 전장에서 다음 십 년의 성장을 찾겠다" in brief.text
            assert brief.text.count("로봇과 전장") == 1
            assert "인재 포럼 참석해 지원자" not in brief.text
            assert "많이 본 뉴스" not in brief.text
            assert "다온화학" not in brief.text
            assert site.url("/새결경제/1") in brief.links or site.url("/한빛신문/7") in brief.links

            # evidence: the sentence itself, and how the short form was read
            api.press(brief, "근거 보기")
            evidence = await api.next_message(CHAT)
            assert "조 사장" in evidence.text
            assert "조주완" in evidence.text
            assert "새결경제" in evidence.text

            # the digest comes at eight, once
            clock.now = datetime(2024, 5, 12, 7, 59, tzinfo=SEOUL)
            await round_of_ticks(app)
            assert len(api.messages(CHAT)) == 3
            clock.now = datetime(2024, 5, 12, 8, 0, tzinfo=SEOUL)
            await round_of_ticks(app)
            digest = await api.next_message(CHAT)
            assert "조주완 사장" in digest.text
            assert "다온화학" not in digest.text
            await round_of_ticks(app)
            assert len(api.messages(CHAT)) == 4, "once a day"

        # the process goes away and comes back a day later: what was due is made up for, once
        clock.now = datetime(2024, 5, 13, 11, 0, tzinfo=SEOUL)
        async with newsdesk(tmp_path, api, feeds, clock) as app:
            await round_of_ticks(app)
            await round_of_ticks(app)
            assert len(api.messages(CHAT)) == 5
            assert (await app.store.counts()).articles == 4, "nothing is read twice"
    conditional = [request for request in site.requests if "if-none-match" in request.headers]
    assert conditional, "the second poll of a feed is conditional"


async def test_an_alert_on_a_move_comes_at_once_and_only_once(tmp_path: Path) -> None:
    clock = Clock(EVENING)
    async with BotApi() as api, NewsSite() as site:
        first = publish(site, "새결경제", [("/2", "다온화학 새 대표에 유서진", MOVE, EVENING)])
        second = publish(site, "한빛신문", [("/9", "다온화학, 유서진 대표 선임", MOVE, EVENING)])
        async with newsdesk(tmp_path, api, {"새결경제": first, "한빛신문": second}, clock) as app:
            await app.pipeline.poll_due()
            await app.pipeline.read_unread()
            # a company that only the news knows can be asked for and subscribed to
            api.say(CHAT, "/subscribe 다온화학")
            assert "다온화학" in (await api.next_message(CHAT)).text
            await round_of_ticks(app)
            alert = await api.next_message(CHAT)
            assert "유서진" in alert.text
            assert "대표이사" in alert.text
            await round_of_ticks(app)
        async with newsdesk(tmp_path, api, {"새결경제": first, "한빛신문": second}, clock) as app:
            await round_of_ticks(app)
        assert len(api.messages(CHAT)) == 2


async def test_an_alert_is_there_within_a_minute_of_reading_one_for_three_outlets(tmp_path: Path) -> None:
    clock = Clock(EVENING)
    every = {tick.job: tick.every for tick in TIMETABLE}
    async with BotApi() as api, NewsSite() as site:
        outlets = ("새결경제", "한빛신문", "누리일보")
        feeds = {name: publish(site, name, []) for name in outlets}
        async with newsdesk(tmp_path, api, feeds, clock) as app:
            await app.store.subscribers.ensure(CHAT, clock())
            await app.store.subscribers.subscribe(CHAT, "다온화학", clock())
            clock.now += timedelta(minutes=30)
            for number, name in enumerate(outlets[:2]):
                publish(site, name, [(f"/{number}", "다온화학 새 대표에 유서진", MOVE, clock.now)])
            await app.pipeline.poll_due()
            await app.pipeline.read_unread()
            read = clock.now
            # each tick at the last moment it may come
            clock.now += every["alerts"]
            await app.pipeline.run(AlertFollowers())
            clock.now += every["deliver"]
            await app.pipeline.deliver(asyncio.Event())
            (alert,) = api.messages(CHAT)
            assert clock.now - read <= timedelta(minutes=1)
            assert "유서진" in alert.text
            assert "보도 2건" in alert.text
            # a third outlet, hours later, says nothing new
            clock.now += timedelta(hours=2)
            publish(site, outlets[2], [("/2", "다온화학 대표에 유서진 선임", MOVE, clock.now)])
            await round_of_ticks(app)
            assert (await app.store.counts()).articles == 3
            assert api.messages(CHAT) == [alert]
