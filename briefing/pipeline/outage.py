"""Our own network down: every feed fails, backs off for hours, and would be asked late afterwards."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from briefing.collect.urls import host_of
from briefing.errors import StoreError
from briefing.model import Feed, FeedState
from briefing.store import Store

log = logging.getLogger(__name__)

# While nothing answers one feed is asked this often, whatever its backoff says.
PROBE_EVERY = timedelta(minutes=5)
# Feeds, of at least so many hosts, that must have begun to fail since the last success of any feed.
_FEEDS = 3
_HOSTS = 2
# The probe goes round among so many feeds, those first that answered last.
_PROBED = 5


class Outage:
    """Notices that nothing answers any more, and that something does again.

    The database tells it (failures, successes), so a restart changes nothing but the time of a probe.
    A false alarm costs a request and shortens the backoff of the feeds concerned.

    Args:
        store: The open database.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._probed: datetime | None = None
        self._probes = 0
        self._suspected: set[int] = set()
        # what is not told yet, and whether the outage is
        self._failed: list[tuple[Feed, str, datetime]] = []
        self._told = False

    async def probe(self, now: datetime) -> FeedState | None:
        """A feed to be asked now, due or not; None if there is no outage, or was a probe lately."""
        if self._probed is not None and now - self._probed < PROBE_EVERY:
            return None
        failing = await self._failing()
        if not failing:
            return None
        self._probed = now
        last = sorted(failing, key=lambda state: (state.last_success is None, -_seconds(state)))[:_PROBED]
        self._probes += 1
        return last[self._probes % len(last)]

    async def suspect(self) -> None:
        """Remember the feeds that fail, if it seems to be us."""
        self._suspected |= {state.id for state in await self._failing()}

    def failed(self, feed: Feed, reason: str, due: datetime) -> None:
        """Remember a failure for `tell`.

        Args:
            due: When the feed is asked again, UTC.
        """
        self._failed.append((feed, reason, due))

    async def tell(self, *, answered: bool) -> None:
        """Write a line for every feed that has failed; one line for all of them if it is us.

        Args:
            answered: Whether any feed of the round did.
        """
        failed, self._failed = self._failed, []
        down = not answered and bool(failed) and bool(await self._failing())
        if down and not self._told:
            self._told = True
            feed, reason, _ = failed[0]
            log.warning(
                "no feed answers any more, as if our own network were down: %d failed just now, %s with: %s; "
                "one is asked every %d min, and the next line comes when any answers",
                *(len(failed), feed.outlet, reason, PROBE_EVERY.total_seconds() // 60),
            )
        level = logging.DEBUG if down else logging.WARNING
        for feed, reason, due in failed:
            log.log(level, "feed %s: %s; next try %s", feed.outlet, reason, due)

    async def over(self, now: datetime) -> None:
        """If something has answered since feeds were suspected, make them due, once: it was not them."""
        if not (self._suspected or self._told) or await self._failing():
            return
        # rounds overlap; only the first that sees the end acts on it
        freed, self._suspected = self._suspected, set()
        try:
            revived = await self._store.news.make_due(freed, now)
        except StoreError:
            self._suspected |= freed
            raise
        told, self._told = self._told, False
        if revived or told:
            log.info("feeds answer again after none did; %d are asked at once", revived)

    async def _failing(self) -> tuple[FeedState, ...]:
        states = await self._store.news.failing_since_any_answered()
        hosts = {host_of(state.feed.url) for state in states}
        return states if len(states) >= _FEEDS and len(hosts) >= _HOSTS else ()


def _seconds(state: FeedState) -> float:
    return state.last_success.timestamp() if state.last_success else 0.0
