"""Feeds in trouble: failing, silent, well again, and our own outages."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from briefing.compose.render import Renderer
from briefing.model import Feed
from briefing.pipeline.watch import Watch, change
from tests.newsdesk import ADMIN, DAY, HOUR, NOW, Newsdesk, item, rss, seldom


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
    for number in range(24):
        await desk.feed(f"/none/{number}", f"매체{number}")
    await desk.poll_until(NOW + 2 * DAY)
    told = await desk.messages()
    assert len(told) <= 3, "one edition, in as many messages as Telegram's limits ask for"
    assert sum(text.count("/none/") for text in told) == 24


async def test_after_our_own_outage_nobody_waits_for_its_backoff(desk: Newsdesk) -> None:
    elsewhere = desk.site.url("").replace("127.0.0.1", "localhost")
    feeds = [Feed(desk.site.url(f"/{n}"), "가람일보") for n in range(4)] + [
        Feed(f"{elsewhere}/9", "누리경제")
    ]
    await desk.store.news.add_feeds(feeds, NOW)
    paths = [*(f"/{n}" for n in range(4)), "/9"]
    for path in paths:
        desk.site.publish(path, seldom(int(path[1:]) * 100, NOW))
    await desk.pipeline.poll_due()
    for path in paths:
        desk.site.publish(path, status=502)

    async def ticks(end: datetime, every: timedelta) -> None:
        while desk.clock.now < end:
            desk.clock.now += every
            await desk.pipeline.poll_due()

    await ticks(NOW + 38 * HOUR, timedelta(minutes=30))
    waits = [state.next_poll for state in await desk.store.news.feeds() if state.next_poll]
    assert min(waits) - desk.clock.now > 2 * HOUR, "all have backed off"
    for path in paths:
        desk.site.publish(path, seldom(int(path[1:]) * 100 + 10, NOW))
    await ticks(desk.clock.now + timedelta(minutes=15), timedelta(minutes=5))
    assert [state.failures for state in await desk.store.news.feeds()] == [0] * 5


async def test_our_own_outage_is_one_line_and_its_end_another(
    desk: Newsdesk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    elsewhere = desk.site.url("").replace("127.0.0.1", "localhost")
    paths = [f"/{number}" for number in range(5)]
    hosts = [desk.site.url("")] * 4 + [elsewhere]
    feeds = [Feed(f"{host}{path}", f"매체{path[1:]}") for host, path in zip(hosts, paths, strict=True)]
    await desk.store.news.add_feeds(feeds, NOW)

    async def ticks(minutes: int) -> list[str]:
        caplog.clear()
        for _ in range(0, minutes, 5):
            desk.clock.now += timedelta(minutes=5)
            await desk.pipeline.poll_due()
        return [line for line in caplog.messages if "feed" in line]

    for path in paths:
        desk.site.publish(path, status=502)
    (line,) = await ticks(180)
    assert "as if our own network were down: 5 failed" in line
    assert "answered 502" in line
    for path in paths:
        desk.site.publish(path, seldom(int(path[1:]) * 100, NOW))
    (line,) = await ticks(30)
    assert line.startswith("feeds answer again after none did")
    # some that fail while others answer are told each
    for path in paths[:3]:
        desk.site.publish(path, status=502)
    said = await ticks(26 * 60)
    assert {line.split(":")[0] for line in said if "next try" in line} == {f"feed 매체{n}" for n in range(3)}
    assert not any("our own network" in line for line in said)


async def test_one_host_that_is_down_is_not_our_outage(desk: Newsdesk) -> None:
    for number in range(4):
        await desk.feed(f"/none/{number}")
    for _ in range(12):
        await desk.pipeline.poll_due()
        desk.clock.now += timedelta(minutes=5)
    # asked at 0, about 10, 30 and, if jitter allows, not again within the hour
    assert len(desk.site.requests) <= 4 * 4


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
    await desk.store.news.mark_reported({state.id: (None, None)})  # as if the process had ended before it
    await desk.feed("/other", "누리경제")
    await desk.pipeline._watch.report()
    assert len(await desk.messages()) == 1


async def test_rounds_that_overlap_tell_each_feed_once(desk: Newsdesk) -> None:
    for number in range(2):
        await desk.feed(f"/none/{number}", f"매체{number}")
    await desk.pipeline.poll_due()
    desk.clock.now += DAY + timedelta(minutes=1)
    # another process, which knows nothing of our lock
    other = Watch(desk.store, Renderer(None, "Asia/Seoul"), desk.clock, frozenset({ADMIN}))
    watch = desk.pipeline._watch
    found = await desk.store.news.feeds_to_report(desk.clock(), desk.clock() - DAY)
    first, both = (
        [news for state in found[:1] if (news := change(state, desk.clock()))],
        [news for state in found if (news := change(state, desk.clock()))],
    )
    await asyncio.gather(watch._write(ADMIN, first, desk.clock()), other._write(ADMIN, both, desk.clock()))
    told = "".join(await desk.messages())
    assert [told.count(f"/none/{number}") for number in range(2)] == [1, 1]
    await asyncio.gather(watch.report(), watch.report(), other.report())
    assert await desk.messages() == []


async def test_a_recovery_is_told_once_whichever_success_is_seen(desk: Newsdesk) -> None:
    await desk.feed()
    await desk.poll_until(NOW + 2 * DAY)
    assert len(await desk.messages()) == 1
    (failing,) = await desk.store.news.feeds()
    watch = desk.pipeline._watch
    for hours in (1, 2):
        well = replace(
            failing, failing_since=None, failures=0, last_success=desk.clock() + hours * HOUR, silent_at=None
        )
        news = change(well, desk.clock())
        assert news is not None
        await watch._write(ADMIN, [news], desk.clock())
    assert len(await desk.messages()) == 1
