"""Feeds in trouble: told to administrators once, and once more when they are well again."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.collect.timing import FAILING_TOLD_AFTER, trouble
from briefing.collect.urls import without_credentials
from briefing.compose.render import Renderer
from briefing.model import FeedState, FeedTrouble
from briefing.store import NewEdition, Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FeedNews:
    """A change in how a feed is doing, for log lines and templates/admin/feeds.html.j2.

    Attributes:
        feed: The feed as it is now.
        trouble: What is wrong; None: nothing any more.
        since: Since when, UTC: first failure, last new entry, or the success that ended it.
    """

    feed: FeedState
    trouble: FeedTrouble | None
    since: datetime | None

    @property
    def name(self) -> str:
        """Outlet and section."""
        return f"{self.feed.feed.outlet} {self.feed.feed.title}".strip()

    @property
    def address(self) -> str:
        """Address without user and password."""
        return without_credentials(self.feed.feed.url)

    @property
    def mark(self) -> str:
        """Names this change; an administrator is told each once."""
        # each success moves the time of a recovery; the trouble that it ended stays the same
        since = self.feed.reported_since if self.trouble is None else self.since
        at = "" if since is None else f"{since:%Y-%m-%dT%H:%M:%SZ}"
        return f"feed:{self.feed.id}:{self.trouble or f'well:{self.feed.reported}'}:{at}"

    @property
    def line(self) -> str:
        """One line for the log."""
        since = "it was added" if self.since is None else f"{self.since:%Y-%m-%d %H:%M} UTC"
        shown = f"feed {self.name} ({self.address})"
        match self.trouble:
            case FeedTrouble.FAILING:
                reason = self.feed.last_error or "no reason kept"
                return f"{shown} has failed since {since}: {reason}; it is tried again once a day"
            case FeedTrouble.SILENT:
                return f"{shown} answers, but has brought nothing new since {since}, far longer than usual"
            case None:
                return f"{shown} is well again"


class Watch:
    """Finds feeds whose trouble has lasted, or is over, and says so.

    Args:
        store: The open database.
        renderer: Templates.
        clock: Tells the time, aware UTC.
        admin_ids: Chats that are written to; nobody if empty, the log is written either way.
    """

    def __init__(
        self, store: Store, renderer: Renderer, clock: Callable[[], datetime], admin_ids: frozenset[int]
    ) -> None:
        self._store = store
        self._renderer = renderer
        self._clock = clock
        self._admin_ids = admin_ids
        self._reporting = asyncio.Lock()

    async def report(self) -> int:
        """Tell what has changed; the number of feeds told of.

        The messages are written first, with a mark for each feed in the same transaction, and only
        then is the feed noted as told: a crash in between repeats no message, nor does another round
        or process that finds the same.
        """
        async with self._reporting:
            now = self._clock()
            states = await self._store.news.feeds_to_report(now, now - FAILING_TOLD_AFTER)
            news = [one for one in (change(state, now) for state in states) if one is not None]
            if not news:
                return 0
            for admin in sorted(self._admin_ids):
                await self._write(admin, news, now)
            for one in news:
                log.log(logging.INFO if one.trouble is None else logging.WARNING, "%s", one.line)
            await self._store.news.mark_reported({one.feed.id: (one.trouble, one.since) for one in news})
            return len(news)

    async def _write(self, chat_id: int, news: Sequence[FeedNews], now: datetime) -> None:
        """One message on all of it: when our own network was down, every feed failed."""
        fresh = list(news)
        while fresh:
            marks = tuple(one.mark for one in fresh)
            digest = hashlib.blake2b("\n".join(marks).encode(), digest_size=16).hexdigest()
            parts = self._renderer.admin("feeds", now, news=fresh)
            edition = NewEdition(f"admin:feeds:{digest}", chat_id, parts, marks=marks)
            told = await self._store.outbox.write_once(edition, now)
            if not told:
                return
            fresh = [one for one in fresh if one.mark not in told]


def change(state: FeedState, now: datetime) -> FeedNews | None:
    """What administrators do not know of a feed yet; None if there is nothing."""
    found = trouble(state, now)
    if found == state.reported:
        return None
    match found:
        case FeedTrouble.FAILING:
            return FeedNews(state, found, state.failing_since)
        case FeedTrouble.SILENT:
            return FeedNews(state, found, state.last_new)
        case None:
            return FeedNews(state, found, state.last_success)
