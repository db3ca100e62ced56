"""Reading entries: how the queue is taken, what trouble does to it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import App, open_app
from bot.settings import Settings
from briefing.model import Entry, Feed, Fetched, PendingEntry, Polled
from briefing.pipeline.intake import READ_ATTEMPTS, by_turns_of_hosts
from tests.conftest import Clock
from tests.newssite import NewsSite
from tests.store.making import record_poll

BODY = "편승우 가람모빌리티 부회장이 9일 울산 배터리공장을 방문해 신규 라인을 점검했다."
PAGE = f"<html><body><article><p>{BODY}</p></article></body></html>"


def pending(number: int, host: str) -> PendingEntry:
    return PendingEntry(number, 1, Entry(f"g{number}", f"https://{host}/{number}", "제목", "가람일보"))


def test_a_queue_is_taken_by_turns_of_hosts() -> None:
    queue = [
        *(pending(number, "a.example") for number in range(10)),
        *(pending(number, "b.example") for number in range(10, 12)),
        pending(12, "c.example"),
    ]
    assert [one.id for one in by_turns_of_hosts(queue, 6)] == [0, 10, 12, 1, 11, 2]
    assert sorted(one.id for one in by_turns_of_hosts(queue, 100)) == list(range(13))
    assert by_turns_of_hosts([], 16) == ()


@pytest.fixture
async def site() -> AsyncIterator[NewsSite]:
    async with NewsSite() as open_site:
        yield open_site


@pytest.fixture
async def app(tmp_path: Path, clock: Clock) -> AsyncIterator[App]:
    settings = Settings(
        _env_file=None,
        database_url=f"sqlite:///{tmp_path / 'news.sqlite3'}",
        allow_private_network=True,
    )
    async with open_app(settings, clock=clock) as opened:
        yield opened


async def bring(app: App, *entries: Entry) -> None:
    await app.store.news.add_feeds([Feed("https://feed.example/rss", "가람일보")], app.clock())
    (state,) = await app.store.news.feeds()
    polled = Polled(entries, Fetched(state.feed.url, b""))
    await record_poll(app.store, state.id, polled, app.clock(), app.clock())


async def test_one_article_under_several_addresses_is_one(app: App, site: NewsSite) -> None:
    head = f'<link rel="canonical" href="{site.url("/news/20260302001")}">'
    page = PAGE.replace("<body>", f"<head>{head}</head><body>")
    entries = [
        Entry(path, site.publish(path, page), "인사", "가람일보", app.clock())
        for path in ("/news/20260302001", "/mobile/20260302001", "/amp/view/20260302001")
    ]
    await bring(app, *entries)
    report = await app.pipeline.read_unread()
    assert report.done == 3
    assert (await app.store.counts()).articles == 1


async def test_a_server_that_stays_down_costs_the_text_but_not_the_headline(
    app: App, site: NewsSite, clock: Clock
) -> None:
    site.publish("/robots.txt", status=404)
    entry = Entry("g", site.publish("/1", status=502), "가람모빌리티 인사", "가람일보", app.clock())
    whole = replace(entry, guid="h", url=site.publish("/2", PAGE), title="가람모빌리티 방문")
    await bring(app, entry, whole)
    assert (await app.pipeline.read_unread()).done == 1, "the other page is read at once"
    for _ in range(READ_ATTEMPTS - 1):
        clock.advance(hours=6)
        report = await app.pipeline.read_unread()
    assert report.done == 1
    assert (await app.store.counts()).articles == 2
    assert await app.store.news.unread(clock(), 10) == ()


async def test_a_password_in_a_feeds_address_is_never_logged_or_reported(
    app: App, site: NewsSite, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("briefing", "httpx", "httpcore"):
        caplog.set_level(logging.DEBUG, name)
    faults = {
        "/404": site.url("/404"),
        "/html": site.publish("/html", "<html>login</html>"),
        "/empty-item": site.publish("/empty-item", "<rss version='2.0'><channel><item/></channel></rss>"),
        "/loop": site.publish("/loop", status=302, headers={"Location": "/loop"}),
    }
    secret = [url.replace("http://", "http://kim:geheim@") for url in faults.values()]
    secret += ["http://kim:geheim@127.0.0.1:1/rss", "https://kim:geheim@no-such-host.invalid/rss"]
    await app.store.news.add_feeds([Feed(url, "가람일보") for url in secret], clock())
    report = await app.pipeline.poll_due()
    assert len(report.problems) == 5
    assert "geheim" not in caplog.text + repr(report)
    assert not any("geheim" in (state.last_error or "") for state in await app.store.news.feeds())
