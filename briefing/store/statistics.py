"""Figures for those who run the bot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, distinct, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from briefing.model import Period
from briefing.store.engine import Database
from briefing.store.sending import AFTER_A_WEEK
from briefing.store.tables import articles, deliveries, editions, entries, facts, feeds, subscribers

# How keys of digests begin (compose/editions.py).
DIGESTS = "digest:%"


@dataclass(frozen=True, slots=True)
class Statistics:
    """A day's figures.

    Attributes:
        active: Subscribers that are written to.
        gone: Those that blocked the bot, left or were deleted.
        digests_due: Digests of the day that have been composed, or are still to be.
        digests_written: Those composed with something to send.
        digests_sent: Those whose first message Telegram has taken.
        outbox: Messages by state: those not finished, and those finished that day.
        given_up: Of those rejected, messages that were tried for a week.
        articles: Articles read that day.
        stories: Events they tell of.
        facts: Facts read that day.
        unread: Articles that wait to be read.
        feeds: Feeds that are polled.
        oldest_poll: When the feed that waits longest was due; None if none waits.
        oldest_unread: Since when the article that waits longest is due; None if none waits.
        oldest_pending: Since when the message that waits longest is due; None if none waits.
        bytes_: Size of the database.
    """

    active: int = 0
    gone: int = 0
    digests_due: int = 0
    digests_written: int = 0
    digests_sent: int = 0
    outbox: Mapping[str, int] = field(default_factory=dict)
    given_up: int = 0
    articles: int = 0
    stories: int = 0
    facts: int = 0
    unread: int = 0
    feeds: int = 0
    oldest_poll: datetime | None = None
    oldest_unread: datetime | None = None
    oldest_pending: datetime | None = None
    bytes_: int = 0


class StatisticsStore:
    """Counts across all tables; reads only."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def of(self, day: Period, now: datetime) -> Statistics:
        """The figures of a day.

        Args:
            day: From midnight to midnight.
            now: What is due only later does not wait yet.
        """
        async with self._db.read() as connection:
            figures = {
                name: (await connection.execute(query)).scalar() for name, query in _queries(day, now).items()
            }
            outbox = {
                status: number for query in _outbox(day) for status, number in await connection.execute(query)
            }
            size = await self._size(connection)
        due = figures.pop("composed") + figures.pop("ahead")
        return Statistics(**figures, digests_due=due, outbox=outbox, bytes_=size)

    async def _size(self, connection: AsyncConnection) -> int:
        if self._db.postgres:
            query = text("SELECT pg_database_size(current_database())")
        else:
            query = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int((await connection.execute(query)).scalar_one())


def _outbox(day: Period) -> tuple[Select[Any], ...]:
    """(state, number) of messages not finished, and of those finished that day; each by an index."""
    by_status = select(deliveries.c.status, func.count()).group_by(deliveries.c.status)
    finished = deliveries.c.finished_at >= day.since, deliveries.c.finished_at < day.until
    waiting = (by_status.where(deliveries.c.status == status) for status in ("pending", "sending"))
    return (*waiting, by_status.where(*finished))


def _queries(day: Period, now: datetime) -> dict[str, Select[Any]]:
    """Each figure as a query for one value."""
    subscribed = select(func.count()).select_from(subscribers)
    today = (editions.c.created_at >= day.since, editions.c.created_at < day.until)
    digests = select(func.count()).select_from(editions).where(editions.c.edition.like(DIGESTS), *today)
    first_sent = select(deliveries.c.id).where(
        deliveries.c.chat_id == editions.c.chat_id,
        deliveries.c.edition == editions.c.edition,
        deliveries.c.part == 0,
        deliveries.c.status == "sent",
    )
    ended = (deliveries.c.finished_at >= day.since, deliveries.c.finished_at < day.until)
    read = (articles.c.read_at >= day.since, articles.c.read_at < day.until)
    found = (facts.c.read_at >= day.since, facts.c.read_at < day.until)
    polled = feeds.c.standing == "active"
    waiting = entries.c.status == "unread"
    return {
        "active": subscribed.where(subscribers.c.active),
        "gone": subscribed.where(~subscribers.c.active),
        "composed": digests,
        "ahead": subscribed.where(subscribers.c.active, subscribers.c.next_digest < day.until),
        "digests_written": digests.where(editions.c.parts > 0),
        "digests_sent": digests.where(first_sent.exists()),
        "given_up": select(func.count())
        .select_from(deliveries)
        .where(*ended, deliveries.c.reason.startswith(AFTER_A_WEEK)),
        "articles": select(func.count()).select_from(articles).where(*read),
        "stories": select(func.count(distinct(articles.c.story_id))).where(*read),
        "facts": select(func.count()).select_from(facts).where(*found),
        "unread": select(func.count()).select_from(entries).where(waiting),
        "feeds": select(func.count()).select_from(feeds).where(polled),
        "oldest_poll": select(func.min(feeds.c.next_poll)).where(polled, feeds.c.next_poll <= now),
        "oldest_unread": select(func.min(entries.c.due)).where(waiting, entries.c.due <= now),
        "oldest_pending": select(func.min(deliveries.c.due)).where(
            deliveries.c.status == "pending", deliveries.c.due <= now
        ),
    }
