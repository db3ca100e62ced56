"""Rounds of polling: by frequency, past slow hosts, with searches for what is followed, without floods."""

from __future__ import annotations

import asyncio
from datetime import time, timedelta

import pytest

from briefing.model import AlertLevel, Feed, FeedState
from briefing.pipeline import AlertFollowers, PollFeed
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
