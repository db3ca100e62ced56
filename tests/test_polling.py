"""Rounds of polling: by frequency, past slow hosts, with searches for what is followed, without floods."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from datetime import datetime, time, timedelta

import pytest

from briefing.collect.feeds import parse_feed
from briefing.collect.fetch import Fetcher
from briefing.collect.parsing import FeedParser
from briefing.collect.sources.apis import Sources
from briefing.model import Article, Entry, Failed, Feed, FeedState, Fetched, Polled, PollOutcome, Skipped
from briefing.pipeline import AlertFollowers, PollFeed
from briefing.pipeline.intake import READ_ATTEMPTS
from briefing.store import PollRecord
from briefing.store.polls import PollStore
from briefing.subscribers import AlertLevel
from tests.newsdesk import ADMIN, DAY, HOUR, NOW, Newsdesk, item, rss


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


async def test_a_move_is_stored_even_if_nothing_has_changed(desk: Newsdesk) -> None:
    await desk.feed()
    desk.site.publish("/rss", rss(item(1, NOW)))
    await desk.pipeline.poll_due()
    desk.site.publish("/rss", status=301, headers={"Location": "/new"})
    desk.site.publish("/new", rss(item(1, NOW)))  # the same document: the validator still holds
    await desk.pipeline.poll_due(everything=True)
    (state,) = await desk.store.news.feeds()
    assert state.feed.url == desk.site.url("/new")
    assert "if-none-match" in desk.site.requests[-1].headers


# ------------------------------------------------------------------ slow hosts


async def test_a_host_that_never_answers_keeps_no_other_feed_waiting(desk: Newsdesk) -> None:
    slow, fast = await desk.feed("/slow"), await desk.feed("/fast")
    desk.site.drip("/slow", b"<rss>")
    desk.site.publish("/fast", rss(*(item(n, NOW - n * timedelta(minutes=4)) for n in range(5))))
    round_one = asyncio.create_task(desk.pipeline.poll_due())
    async with asyncio.timeout(4):
        # a request has no event of its own
        while len(desk.site.requests) < 2 or fast.id in desk.pipeline._asked:  # noqa: ASYNC110
            await asyncio.sleep(0)
        assert desk.pipeline._asked == {slow.id}
        await desk.feed("/rss")
        desk.site.publish("/rss", rss(item(1, NOW, link="/other")))
        assert (await desk.pipeline.poll_due()).done == 1
        desk.clock.now += timedelta(minutes=6)
        desk.site.publish("/fast", rss(item(9, desk.clock.now)))
        assert (await desk.pipeline.poll_due()).done == 1, "of the round that still waits for the slow one"
    assert not round_one.done()
    asked = [request.path for request in desk.site.requests]
    assert asked.count("/slow") == 1, "and it is not asked twice"
    assert (asked.count("/fast"), asked.count("/rss")) == (2, 1)
    round_one.cancel()
    with pytest.raises(asyncio.CancelledError):
        await round_one
    await asyncio.sleep(0)
    assert [state.feed.url for state in await desk.store.news.due_feeds(desk.clock())] == [
        desk.site.url("/slow")
    ]
    assert not desk.pipeline._asked


async def test_no_more_bodies_are_fetched_than_the_parser_has_room_for(desk: Newsdesk) -> None:
    over = threading.Event()
    body = rss(*(item(n, NOW) for n in range(5)))

    def parse(fetched: Fetched, feed: Feed, now: datetime) -> Polled | Failed:
        over.wait()
        return parse_feed(fetched, feed, now)

    for number in range(12):
        await desk.feed(f"/{number}")
        desk.site.publish(f"/{number}", body)
    desk.site.publish("/page", "<p>")
    desk.pipeline._reading()._parser = FeedParser(threads=1, parse=parse, most_bytes=2 * len(body.encode()))

    def asked() -> int:
        return sum(request.path != "/page" for request in desk.site.requests)

    polling = asyncio.create_task(desk.pipeline.poll_due())
    try:
        async with asyncio.timeout(20), Fetcher(allow_private_network=True) as other:
            # a request has no event of its own
            while asked() < 4:  # noqa: ASYNC110
                await asyncio.sleep(0)
            for _ in range(20):
                await other.get(desk.site.url("/page"))
        assert asked() == 4, "two in the room, and one in each of the host's two slots"
    finally:
        over.set()
    report = await polling
    assert not report.problems
    assert asked() == 12


async def test_a_body_larger_than_the_room_is_parsed_alone(desk: Newsdesk) -> None:
    for number in range(3):
        await desk.feed(f"/{number}")
        desk.site.publish(f"/{number}", rss(item(number, NOW)))
    desk.pipeline._reading()._parser = FeedParser(most_bytes=1)
    async with asyncio.timeout(20):
        assert (await desk.pipeline.poll_due()).done == 3


class Broken:
    """A source with a bug that one feed and one entry bring to light."""

    def feeds(self, companies: Sequence[str]) -> tuple[Feed, ...]:
        return ()

    def owns(self, feed: Feed) -> bool:
        return feed.url.endswith("/broken")

    async def poll(self, state: FeedState, now: datetime) -> PollOutcome:
        raise OverflowError("a date nobody thought of")

    async def read(self, entry: Entry, now: datetime) -> Article | Skipped | None:
        if entry.url.endswith("/broken-page"):
            raise OverflowError("a page nobody thought of")
        return None


async def test_a_bug_that_one_feed_or_page_brings_to_light_stops_no_other(
    desk: Newsdesk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.pipeline._intake._sources = Sources([Broken()])  # type: ignore[union-attr]
    await desk.feed("/broken", "나쁜일보")
    await desk.feed("/rss")
    page = desk.site.publish(
        "/page", "<html><body><article><p>LG전자가 신제품을 냈다.</p></article></body></html>"
    )
    bad = item(2, NOW, link=desk.site.url("/broken-page"))
    desk.site.publish("/rss", rss(item(1, NOW, link=page), bad))
    report = await desk.pipeline.poll_due()
    assert report.done == 2
    assert "a date nobody thought of" in report.problems[0]
    assert (await desk.store.news.due_feeds(desk.clock())) == (), "and it is not met again at every tick"
    read = await desk.pipeline.read_unread()
    assert (read.done, read.skipped) == (1, 1)
    for _ in range(READ_ATTEMPTS):
        desk.clock.now += 6 * HOUR
        await desk.pipeline.read_unread()
    counts = await desk.store.counts()
    assert (counts.articles, counts.unread) == (2, 0), "its headline is still news"
    await desk.poll_until(NOW + DAY + HOUR)
    assert any("나쁜일보" in told for told in await desk.messages())
    assert "a bug of ours" in caplog.text


async def test_a_poll_that_cannot_be_recorded_is_a_failure_of_its_feed(
    desk: Newsdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.feed("/bad")
    await desk.feed("/rss")
    desk.site.publish("/bad", rss(item(1, NOW, "독", link="/1")))
    desk.site.publish("/rss", rss(item(2, NOW, link="/2")))
    record = PollStore.record_polls

    async def failing(self: PollStore, polls: Sequence[PollRecord], *rest: object) -> object:
        told = [e.title for p in polls if isinstance(p.outcome, Polled) for e in p.outcome.entries]
        if "독" in told:
            raise ValueError("a value no column takes")
        return await record(self, polls, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(PollStore, "record_polls", failing)
    report = await desk.pipeline.poll_due()
    assert report.done == 1
    assert "a value no column takes" in report.problems[0]
    assert [state.failures for state in await desk.store.news.feeds()] == [1, 0]


# ------------------------------------------------------------------ searches


async def follow(desk: Newsdesk, chat: int, company: str) -> None:
    await desk.store.subscribers.ensure(chat, desk.clock(), (time(8),))
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
