"""Sources that are no feeds: APIs polled by the same schedule, bringing the same entries.

Each search is a `Feed` whose address is the question without its key: it is stored, listed and
logged like any other. The key joins it when the question is asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Protocol

from briefing.collect.dates import SEOUL
from briefing.collect.feeds import parse_feed
from briefing.model import Article, Entry, Failed, Feed, FeedState, Fetched, Polled, PollOutcome, Skipped

# How long a source whose key was refused is not asked at all. A restart asks at once.
KEY_HOLD = timedelta(hours=1)
# Quotas are counted by the day in Seoul; clocks differ.
_AFTER_MIDNIGHT = timedelta(minutes=5)


class Source(Protocol):
    """An API that answers like a feed."""

    def feeds(self, companies: Sequence[str]) -> tuple[Feed, ...]:
        """What is to be polled, given the companies that somebody follows."""

    def owns(self, feed: Feed) -> bool:
        """Whether this feed is one of its searches."""

    async def poll(self, state: FeedState, now: datetime) -> PollOutcome:
        """Ask one of its searches; trouble is a value, and holds no key.

        Args:
            state: The search and how asking it has gone.
            now: Aware.
        """

    async def read(self, entry: Entry, now: datetime) -> Article | Skipped | None:
        """The article of one of its entries; None where the page is to be read as any other.

        Args:
            entry: Of any feed.
            now: Aware.

        Returns:
            As of `Pages.read`; what is told of trouble holds no key.
        """


class Sources:
    """The APIs for which the operator has keys; without keys none, and nothing is asked.

    Args:
        sources: Each asked for the feeds it owns.
    """

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._sources = tuple(sources)

    def feeds(self, companies: Sequence[str]) -> tuple[Feed, ...]:
        """Every search that is to be polled, given the companies that somebody follows."""
        return tuple(feed for source in self._sources for feed in source.feeds(companies))

    def of(self, feed: Feed) -> Source | None:
        """The source that a feed is a search of; None for feeds proper."""
        return next((source for source in self._sources if source.owns(feed)), None)

    async def read(self, entry: Entry, now: datetime) -> Article | Skipped | None:
        """The article of an entry, from the source that has it; None where its page is to be read."""
        for source in self._sources:
            if (found := await source.read(entry, now)) is not None:
                return found
        return None


class Hold:
    """A source that is not asked for a while: its quota is spent, or its key is refused.

    All searches of a source share quota and key, so what one learns saves the others a question.
    """

    def __init__(self) -> None:
        self._until: datetime | None = None
        self._reason = ""

    def begin(self, reason: str, now: datetime, wait: timedelta) -> Failed:
        """Hold for so long; what the search that met it reports."""
        self._until, self._reason = now + wait, reason
        return Failed(reason, retry_after=wait)

    def standing(self, now: datetime) -> Failed | None:
        """What a search reports while the hold lasts, without being asked; None when it is over."""
        if self._until is None or now >= self._until:
            return None
        return Failed(self._reason, retry_after=self._until - now)


def until_tomorrow(now: datetime) -> timedelta:
    """Time until the quotas of Korean APIs begin anew: shortly after midnight in Seoul."""
    local = now.astimezone(SEOUL)
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), SEOUL)
    return midnight + _AFTER_MIDNIGHT - local


def json_object(body: bytes) -> Mapping[str, Any] | None:
    """A JSON object, or None if the body is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def as_polled(
    items: Sequence[Mapping[str, str]],
    feed: Feed,
    now: datetime,
    problems: Sequence[str] = (),
    ttl: timedelta | None = None,
) -> Polled | Failed:
    """Items as entries, by the rules that hold for feeds: cut, cleaned, unique.

    Args:
        items: Each with the fields of a JSON Feed item: id, url, title, summary, date_published.
        feed: Whose they are.
        now: Aware.
        problems: Lines for an operator besides those of unusable items.
        ttl: Time before which asking again is of no use.
    """
    document = {"version": "https://jsonfeed.org/version/1.1", "items": list(items)}
    body = json.dumps(document).encode()
    polled = parse_feed(Fetched(feed.url, body, "application/feed+json"), feed, now)
    if isinstance(polled, Failed):
        return polled
    return Polled(polled.entries, Fetched(feed.url, b""), (*problems, *polled.problems), ttl)
