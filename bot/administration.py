"""Answers to those who run the bot: figures, feeds in trouble, the last errors, broadcasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.error_ring import ErrorRing
from briefing.collect.timing import trouble
from briefing.collect.urls import without_credentials
from briefing.compose.render import Renderer
from briefing.model import FeedState, FeedTrouble, Part, Period
from briefing.pipeline.broadcasting import Broadcast, Broadcaster, Standing
from briefing.store import Store

# A message or two; what is beyond is counted.
FEEDS_SHOWN: Final = 20
EVER: Final = datetime.min.replace(tzinfo=UTC)
ERRORS_SHOWN: Final = 15


@dataclass(frozen=True, slots=True)
class IllFeed:
    """A feed in trouble, for templates/admin/ill_feeds.html.j2.

    Attributes:
        name: Outlet and section.
        address: Without user and password.
        failures: Failed polls in a row; 0 for a feed that answers but is silent.
        since: First failure or last new entry, UTC; None: since it was added.
        reason: What the last failed poll said; "" for a silent feed.
        next_poll: When it is asked again, UTC, or None.
    """

    name: str
    address: str
    failures: int
    since: datetime | None
    reason: str
    next_poll: datetime | None


class Administration:
    """Implements `bot.handlers.Office`.

    Args:
        store: The open database.
        renderer: Turns figures into messages.
        broadcaster: Writes to everybody.
        errors: What was logged lately.
        clock: Tells the time, aware UTC.
    """

    def __init__(
        self,
        store: Store,
        renderer: Renderer,
        broadcaster: Broadcaster,
        errors: ErrorRing,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._renderer = renderer
        self._broadcaster = broadcaster
        self._errors = errors
        self._clock = clock

    async def stats(self) -> tuple[Part, ...]:
        """Figures of today, midnight in the renderer's zone."""
        now = self._clock()
        midnight = now.astimezone(self._renderer.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        # a day of 23 or 25 hours still ends at midnight
        tomorrow = (midnight + timedelta(days=1)).replace(tzinfo=self._renderer.zone)
        figures = await self._store.statistics.of(Period(midnight, tomorrow), now)

        def minutes(since: datetime | None) -> int:
            return max(int((now - since).total_seconds()) // 60, 0) if since else 0

        return self._renderer.admin(
            "stats",
            now,
            at=now,
            figures=figures,
            poll_lag=minutes(figures.oldest_poll),
            read_lag=minutes(figures.oldest_unread),
            send_lag=minutes(figures.oldest_pending),
            megabytes=figures.bytes_ / 1_000_000,
        )

    async def feeds(self) -> tuple[Part, ...]:
        """Feeds that fail or have gone silent, those that are ill longest first."""
        now = self._clock()
        states = await self._store.news.feeds()
        ill = [found for found in (_ill(state, now) for state in states) if found is not None]
        ill.sort(key=lambda one: one.since or EVER)
        return self._renderer.admin(
            "ill_feeds", now, total=len(states), ill=ill[:FEEDS_SHOWN], more=len(ill[FEEDS_SHOWN:])
        )

    def errors(self) -> tuple[Part, ...]:
        """The last warnings and errors, newest first."""
        kept = self._errors.newest()
        shown = kept[:ERRORS_SHOWN]
        return self._renderer.admin("errors", self._clock(), errors=shown, more=len(kept) - len(shown))

    async def recipients(self) -> int:
        """How many chats a broadcast would reach now."""
        return await self._broadcaster.recipients()

    async def standing(self, broadcast: Broadcast) -> Standing:
        """What has been decided about a broadcast."""
        return await self._broadcaster.standing(broadcast)

    async def send(self, broadcast: Broadcast) -> int:
        """Write it to everybody who has not got it; the number of chats written to now."""
        return await self._broadcaster.send(broadcast)

    async def cancel(self, broadcast: Broadcast) -> None:
        """Decide that it is not sent."""
        await self._broadcaster.cancel(broadcast)


def _ill(state: FeedState, now: datetime) -> IllFeed | None:
    """What is wrong with a feed right now; None if nothing is."""
    name = f"{state.feed.outlet} {state.feed.title}".strip()
    address = without_credentials(state.feed.url)
    if state.failures:
        reason = state.last_error or ""
        return IllFeed(name, address, state.failures, state.failing_since, reason, state.next_poll)
    if trouble(state, now) is FeedTrouble.SILENT:
        return IllFeed(name, address, 0, state.last_new, "", state.next_poll)
    return None
