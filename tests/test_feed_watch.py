"""Feeds through the pipeline: troubles told, searches followed, slow hosts, floods, corrections."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from briefing.collect.fetch import Fetcher
from briefing.collect.sources import SearchFeeds
from briefing.compose.render import Renderer
from briefing.extract import open_extractor
from briefing.korean.lexicon import load_lexicon
from briefing.model import AlertLevel, Feed, FeedState, Period, Sent
from briefing.pipeline import AlertFollowers, Pipeline, PollFeed
from briefing.store import Store, open_store
from tests.newssite import NewsSite

NOW = datetime.fromisoformat("2026-03-02T23:30:00+00:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADMIN = 4711


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Newsdesk:
    """A pipeline over a real database and a real news site."""

    site: NewsSite
    store: Store
    pipeline: Pipeline
    clock: Clock

    async def feed(self, path: str = "/rss", outlet: str = "가람일보") -> FeedState:
        url = self.site.url(path)
        await self.store.news.add_feeds([Feed(url, outlet, "산업")], self.clock())
        return next(state for state in await self.store.news.feeds() if state.feed.url == url)

    async def poll_until(self, end: datetime) -> None:
        """Every poll that falls due until then, each at its time."""
        while due := [
            s.next_poll for s in await self.store.news.feeds() if s.next_poll and s.next_poll <= end
        ]:
            self.clock.now = max(self.clock.now, min(due))
            await self.pipeline.poll_due()
        self.clock.now = end

    async def messages(self) -> list[str]:
        """What waits for the administrator, oldest first; taken out of the outbox."""
        found: list[str] = []
        while claimed := await self.store.outbox.claim(self.clock(), 10):
            for message in claimed:
                assert message.chat_id == ADMIN
                found.append(message.content.html)
                await self.store.outbox.record(message, Sent(1), self.clock())
        return found


def item(number: int, published: datetime, title: str = "", link: str = "", summary: str = "") -> str:
    return (
        f"<item><title>{title or f'소식 {number}'}</title><link>{link or f'/{number}'}</link>"
        f"<guid>{number}</guid><pubDate>{format_datetime(published)}</pubDate>"
        f"<description>{summary}</description></item>"
    )


def seldom(number: int, now: datetime) -> str:
    """A feed that brings something every other day, and is asked once a day."""
    return rss(*(item(number - past, now - past * 2 * DAY) for past in range(5)))


def rss(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>t</title>{"".join(items)}</channel></rss>'


SEARCH = "/search?q={query}"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Newsdesk]:
    async with (
        NewsSite() as site,
        open_store(f"sqlite:///{tmp_path / 'news.sqlite3'}") as store,
        Fetcher(allow_private_network=True, timeout_s=5) as fetcher,
    ):
        clock = Clock()
        lexicon = load_lexicon()
        pipeline = Pipeline(
            store=store,
            fetcher=fetcher,
            extractor=lambda: open_extractor(lexicon),
            lexicon=lexicon,
            renderer=Renderer(None, "Asia/Seoul"),
            clock=clock,
            admin_ids=frozenset({ADMIN}),
            search=SearchFeeds(site.url(SEARCH), "찾기"),
        )
        yield Newsdesk(site, store, pipeline, clock)


# ------------------------------------------------------------------ troubles


async def test_a_feed_that_fails_is_told_after_a_day_retried_daily_and_recovers_by_itself(
    desk: Newsdesk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await desk.feed()
    desk.site.publish("/rss", status=500)
    await desk.poll_until(NOW + DAY - HOUR)
    assert await desk.messages() == []
    await desk.poll_until(NOW + DAY + HOUR)
    (told,) = await desk.messages()
    assert "가람일보 산업" in told
    assert "answered 500" in told
    assert "has failed since 2026-03-02 23:30 UTC" in caplog.text
    asked = len(desk.site.requests)
    await desk.poll_until(NOW + 30 * DAY)
    assert 28 <= len(desk.site.requests) - asked <= 33, "once a day, for as long as it takes"
    assert await desk.messages() == [], "told once"
    desk.site.publish("/rss", seldom(100, NOW + 30 * DAY))
    await desk.poll_until(NOW + 32 * DAY)
    (well,) = await desk.messages()
    assert "well again" in well
    (state,) = await desk.store.news.feeds()
    assert (state.failures, state.failing_since, state.reported) == (0, None, None)
    assert (await desk.store.counts()).unread == 1, "of the last 48 hours"


async def test_a_second_outage_is_told_again(desk: Newsdesk) -> None:
    await desk.feed()
    for start in (NOW, NOW + 8 * DAY):
        desk.site.publish("/rss", status=404)
        await desk.poll_until(start + 3 * DAY)
        assert len(await desk.messages()) == 1
        desk.site.publish("/rss", seldom(100, start))
        await desk.poll_until(start + 5 * DAY)
        assert len(await desk.messages()) == 1


async def test_our_own_outage_is_one_message(desk: Newsdesk) -> None:
    for number in range(40):
        await desk.feed(f"/none/{number}", f"매체{number}")
    await desk.poll_until(NOW + 2 * DAY)
    told = await desk.messages()
    assert len(told) <= 3, "one edition, in as many messages as Telegram's limits ask for"
    assert sum(text.count("/none/") for text in told) == 40


async def test_a_feed_that_answers_but_brings_nothing_is_told_as_silent(
    desk: Newsdesk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await desk.feed()
    usual = [item(number, NOW - number * 6 * HOUR) for number in range(20)]
    desk.site.publish("/rss", rss(*usual))
    await desk.poll_until(NOW + 3 * DAY)
    assert await desk.messages() == []
    await desk.poll_until(NOW + 6 * DAY)
    (told,) = await desk.messages()
    assert "bring nothing new" in told
    assert "nothing since 2026-03-02 23:30 UTC" in told
    assert "far longer than usual" in caplog.text
    await desk.poll_until(NOW + 9 * DAY)
    assert await desk.messages() == []
    desk.site.publish("/rss", rss(item(99, NOW + 9 * DAY), *usual))
    await desk.poll_until(NOW + 10 * DAY)
    (well,) = await desk.messages()
    assert "well again" in well


async def test_a_slow_feed_is_not_silent_in_its_usual_pause(desk: Newsdesk) -> None:
    await desk.feed()
    desk.site.publish("/rss", rss(*(item(number, NOW - number * 3 * DAY) for number in range(6))))
    await desk.poll_until(NOW + 25 * DAY)
    assert await desk.messages() == []
    await desk.poll_until(NOW + 35 * DAY)
    assert len(await desk.messages()) == 1


async def test_without_administrators_the_log_still_tells(
    desk: Newsdesk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.pipeline._watch._admin_ids = frozenset()
    await desk.feed()
    await desk.poll_until(NOW + 2 * DAY)
    assert "has failed since" in caplog.text
    assert await desk.messages() == []


async def test_a_crash_between_message_and_note_repeats_no_message(desk: Newsdesk) -> None:
    await desk.feed()
    await desk.poll_until(NOW + 2 * DAY)
    (state,) = await desk.store.news.feeds()
    await desk.store.news.mark_reported({state.id: None})  # as if the process had ended before it
    await desk.feed("/other", "누리경제")
    await desk.pipeline._watch.report()
    assert len(await desk.messages()) == 1


# ------------------------------------------------------------------ frequency, moves, validators


async def test_a_busy_feed_is_asked_often_and_a_quiet_one_seldom(desk: Newsdesk) -> None:
    await desk.feed("/busy")
    await desk.feed("/quiet")
    desk.site.publish(
        "/busy", rss(*(item(n, NOW - n * timedelta(minutes=4), link=f"/b{n}") for n in range(30)))
    )
    desk.site.publish("/quiet", rss(*(item(n, NOW - n * 2 * DAY, link=f"/q{n}") for n in range(30))))
    await desk.poll_until(NOW + DAY - HOUR)
    asked = [request.path for request in desk.site.requests]
    assert 230 <= asked.count("/busy") <= 280
    assert asked.count("/quiet") in {1, 2}


async def test_a_feed_without_dates_is_asked_by_when_its_entries_came(desk: Newsdesk) -> None:
    state = await desk.feed()
    for day in range(1, 12):
        undated = [f"<item><title>{n}</title><link>/{n}</link></item>" for n in range(day)]
        desk.site.publish("/rss", rss(*undated))
        await desk.pipeline.poll_due(everything=True)
        desk.clock.now += 4 * HOUR
    (state,) = await desk.store.news.feeds()
    assert state.habit == 4 * HOUR


async def test_a_server_without_validators_that_repeats_its_document_costs_no_parsing(desk: Newsdesk) -> None:
    await desk.feed()
    body = rss(item(1, NOW))
    desk.site.publish("/rss", body)
    await desk.pipeline.poll_due()
    (state,) = await desk.store.news.feeds()
    # the site answers 200 if no validator is sent
    forgetful = FeedState(state.id, state.feed, body_key=state.body_key, last_new=state.last_new)
    read: list[object] = []
    original = desk.pipeline._intake._parsed  # type: ignore[union-attr]

    async def parsed(*args: object) -> object:
        read.append(await original(*args))  # type: ignore[arg-type]
        return read[-1]

    desk.pipeline._intake._parsed = parsed  # type: ignore[assignment,union-attr]
    assert (await desk.pipeline.run(PollFeed(forgetful))).done == 0
    assert type(read[0]).__name__ == "NotModified"


async def test_a_permanent_redirect_is_stored_and_asked_next(desk: Newsdesk) -> None:
    await desk.feed()
    desk.site.publish("/rss", status=308, headers={"Location": "/new"})
    desk.site.publish("/new", rss(item(1, NOW)))
    await desk.pipeline.poll_due()
    await desk.pipeline.poll_due(everything=True)
    assert [request.path for request in desk.site.requests] == ["/rss", "/new", "/new"]


# ------------------------------------------------------------------ slow hosts


async def test_a_host_that_never_answers_keeps_no_other_feed_waiting(desk: Newsdesk) -> None:
    await desk.feed("/slow")
    desk.site.drip("/slow", b"<rss>")
    round_one = asyncio.create_task(desk.pipeline.poll_due())
    while not desk.site.requests:  # noqa: ASYNC110 - a request has no event of its own
        await asyncio.sleep(0)
    await desk.feed("/rss")
    desk.site.publish("/rss", rss(item(1, NOW)))
    async with asyncio.timeout(4):
        assert (await desk.pipeline.poll_due()).done == 1
    assert not round_one.done()
    assert [request.path for request in desk.site.requests] == ["/slow", "/rss"], "and it is not asked twice"
    round_one.cancel()
    with pytest.raises(asyncio.CancelledError):
        await round_one
    await asyncio.sleep(0)
    assert [state.feed.url for state in await desk.store.news.due_feeds(desk.clock())] == [
        desk.site.url("/slow")
    ]
    assert not desk.pipeline._asked


# ------------------------------------------------------------------ searches


async def follow(desk: Newsdesk, chat: int, company: str) -> None:
    await desk.store.subscribers.ensure(chat, desk.clock(), time(8))
    await desk.store.subscribers.subscribe(chat, company, desk.clock())


async def polled_urls(desk: Newsdesk) -> list[str]:
    await desk.pipeline.poll_due()
    return [state.feed.url for state in await desk.store.news.feeds()]


async def test_a_followed_company_is_searched_for_as_long_as_somebody_follows_it(desk: Newsdesk) -> None:
    url = desk.site.url("/search?q=%22%EA%B0%80%EB%9E%8C%EC%A0%95%EB%B0%80%22")
    assert await polled_urls(desk) == []
    await follow(desk, 1, "가람정밀")
    await follow(desk, 2, "가람정밀")
    desk.site.publish("/search", rss(item(1, NOW, "가람정밀 소식")))
    assert await polled_urls(desk) == [url]
    assert [request.target for request in desk.site.requests] == [
        "/search?q=%22%EA%B0%80%EB%9E%8C%EC%A0%95%EB%B0%80%22"
    ]
    assert (await desk.store.counts()).unread == 1
    await desk.store.subscribers.unsubscribe(1, "가람정밀")
    assert await polled_urls(desk) == [url]
    await desk.store.subscribers.deactivate(2, desk.clock())
    assert await polled_urls(desk) == []
    await desk.store.subscribers.reactivate(2)
    assert await polled_urls(desk) == [url]


async def test_a_search_removed_by_hand_stays_removed_and_lists_change_no_search(desk: Newsdesk) -> None:
    await follow(desk, 1, "가람정밀")
    await follow(desk, 1, "누리제철")
    first, second = await polled_urls(desk)
    assert await desk.store.news.remove_feed(first)
    assert await polled_urls(desk) == [second]
    listed = Feed(desk.site.url("/listed"), "가람일보")
    for origin in ("builtin", "file"):
        await desk.store.news.use_list([listed], origin, desk.clock())
        assert await polled_urls(desk) == [second, listed.url]
    assert await desk.store.news.origin_of(second) == "search"


# ------------------------------------------------------------------ floods


async def test_500_entries_at_first_contact_flood_nobody(desk: Newsdesk) -> None:
    await follow(desk, ADMIN, "LG전자")
    await desk.store.subscribers.set_alerts(ADMIN, AlertLevel.ALL, desk.clock() - DAY)
    desk.clock.now += timedelta(minutes=1)
    sentence = "LG전자는 {}일 {} 부사장을 사장으로 승진시켰다고 밝혔다."
    names = [a + b for a in "도유금위채편함노방심" for b in ("서진", "지환", "하람", "은결", "다온")]
    items = []
    for number in range(500):
        title = sentence.format(number % 28 + 1, names[number % 50])
        link = desk.site.publish(
            f"/a{number}", f"<html><body><article><p>{title}</p></article></body></html>"
        )
        items.append(item(number, desk.clock() - number * HOUR, title, link, title))
    desk.site.publish("/rss", rss(*items))
    await desk.feed()
    assert (await desk.pipeline.poll_due()).done == 49, "the last 48 hours"
    counts = await desk.store.counts()
    assert (counts.entries, counts.unread) == (500, 49)
    await desk.pipeline.read_unread()
    await desk.pipeline.run(AlertFollowers())
    told = await desk.messages()
    assert len(told) <= 3, "one edition on all of it"
    await desk.pipeline.poll_due(everything=True)
    assert (await desk.store.counts()).unread == 0


# ------------------------------------------------------------------ corrections

WRONG = "가람정밀은 노지환 부사장을 사장으로 승진시켰다고 2일 밝혔다."
RIGHT = "가람정밀은 유서진 부사장을 사장으로 승진시켰다고 2일 밝혔다."


def article(text: str) -> str:
    return f"<html><body><article><p>{text}</p><p>회사는 새 공장의 준공도 앞두고 있다고 덧붙였다.</p></article></body></html>"


async def people_told(desk: Newsdesk) -> set[str]:
    period = Period(NOW - DAY, desk.clock() + DAY)
    return {fact.fact.person for fact in await desk.store.news.facts(None, period)}  # type: ignore[union-attr]


async def test_a_correction_reaches_the_story(desk: Newsdesk) -> None:
    await desk.feed()
    link = desk.site.publish("/a", article(WRONG))
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "가람정밀 사장에 노지환", link, "첫 판")))
    await desk.pipeline.poll_due()
    await desk.pipeline.read_unread()
    assert await people_told(desk) == {"노지환"}
    desk.clock.now += HOUR
    desk.site.publish("/a", article(RIGHT))
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "[정정] 가람정밀 사장에 유서진", link, "고침")))
    assert (await desk.pipeline.poll_due(everything=True)).done == 0, "it is no new entry"
    assert (await desk.pipeline.read_unread()).done == 1
    assert await people_told(desk) == {"유서진"}
    counts = await desk.store.counts()
    assert (counts.entries, counts.articles, counts.stories, counts.unread) == (1, 1, 1, 0)
    (row,) = await desk.store.news.story_rows([1])
    assert (row.headline, row.article_count) == ("[정정] 가람정밀 사장에 유서진", 1)
    assert [person.name for person in row.people] == ["유서진"]


async def test_what_a_correction_leaves_as_it_was_is_no_news_again(desk: Newsdesk) -> None:
    await desk.feed()
    link = desk.site.publish("/a", article(WRONG))
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "가람정밀 인사", link, "첫 판")))
    await desk.pipeline.poll_due()
    await desk.pipeline.read_unread()
    period = Period(NOW - DAY, NOW + 2 * DAY)
    (before,) = await desk.store.news.facts(None, period)
    desk.clock.now += 3 * HOUR
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "가람정밀 인사 (종합)", link, "둘째 판")))
    await desk.pipeline.poll_due(everything=True)
    await desk.pipeline.read_unread()
    (after,) = await desk.store.news.facts(None, period)
    assert after.source.title == "가람정밀 인사 (종합)"
    assert after.source.read_at == before.source.read_at


async def test_a_corrected_page_that_is_gone_takes_no_fact_away(desk: Newsdesk) -> None:
    await desk.feed()
    link = desk.site.publish("/a", article(WRONG))
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "가람정밀 인사", link, "첫 판")))
    await desk.pipeline.poll_due()
    await desk.pipeline.read_unread()
    desk.site.publish("/a", status=404)
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "가람정밀 인사 2", link, "둘째 판")))
    await desk.pipeline.poll_due(everything=True)
    await desk.pipeline.read_unread()
    assert await people_told(desk) == {"노지환"}


async def test_a_headline_that_changes_at_every_fetch_is_not_read_for_ever(desk: Newsdesk) -> None:
    await desk.feed()
    link = desk.site.publish("/a", article(WRONG))
    for number in range(20):
        desk.site.publish("/rss", rss(item(1, NOW - HOUR, f"조회 {number}", link)))
        await desk.pipeline.poll_due(everything=True)
        await desk.pipeline.read_unread()
    assert sum(request.path == "/a" for request in desk.site.requests) == 6
