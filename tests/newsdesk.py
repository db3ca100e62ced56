"""A pipeline over a real database and a real news site, its clock in the hand of the test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from briefing.collect.fetch import Fetcher
from briefing.collect.sources import SearchFeeds
from briefing.compose.render import Renderer
from briefing.extract import open_extractor
from briefing.korean.lexicon import load_lexicon
from briefing.model import Feed, FeedState, Sent
from briefing.pipeline import Pipeline
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


@asynccontextmanager
async def open_newsdesk(folder: Path, **more: Any) -> AsyncIterator[Newsdesk]:
    """Opened over a SQLite file in a folder; `more` goes to the pipeline."""
    async with (
        NewsSite() as site,
        open_store(f"sqlite:///{folder / 'news.sqlite3'}") as store,
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
            **more,
        )
        yield Newsdesk(site, store, pipeline, clock)
