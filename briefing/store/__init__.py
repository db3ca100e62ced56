"""The database: takes and gives model objects, owns every transaction.

SQLite by default, PostgreSQL by URL; one module an aggregate. Nothing outside sees a table.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from briefing.model import Counts
from briefing.store import schema
from briefing.store.audience import AudienceStore
from briefing.store.engine import Database, parse_url
from briefing.store.news import NewsStore
from briefing.store.outbox import NewEdition, OutboxStore
from briefing.store.polls import Brought, PollRecord
from briefing.store.privacy import PrivacyStore
from briefing.store.register import RegisterStore
from briefing.store.retention import Keeping, RetentionStore
from briefing.store.sending import behind_another
from briefing.store.statistics import StatisticsStore
from briefing.store.subscribers import SubscriberStore
from briefing.store.tables import articles, deliveries, entries, facts, feeds, stories, subscribers
from briefing.store.timetables import TimetableStore

__all__ = [
    "Brought",
    "Keeping",
    "NewEdition",
    "PollRecord",
    "Store",
    "StoreHealth",
    "migrate",
    "open_store",
    "schema_version",
]


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """What `execbrief doctor` and the readiness check ask of a database.

    Attributes:
        where: The database in words, without user and password.
        schema_version: Revision of the schema.
        oldest_poll: Since when the longest overdue feed is due to be asked, UTC; None if none is due. A feed
            never asked is due since it was added.
        oldest_unread: Since when the longest waiting entry is due to be read, UTC; None if none waits.
        oldest_pending: Since when the longest waiting message is due to be sent, UTC; None if none is due.
            What stands behind another message of its chat is not due before that one.
        outbox: Number of messages that are not finished: due, later, sending.
        feeds: Number of feeds that are polled, by how the last poll ended: answering (or not asked yet),
            failing.
        subscribers: Number of chats that get something.
    """

    where: str
    schema_version: str
    oldest_poll: datetime | None
    oldest_unread: datetime | None
    oldest_pending: datetime | None
    outbox: dict[str, int]
    feeds: dict[str, int]
    subscribers: int


class Store:
    """An open database.

    Attributes:
        news: Feeds, entries, articles, facts, stories.
        subscribers: Chats and what they follow.
        outbox: Editions and deliveries.
        register: The imported company register.
        retention: Drops what is kept no longer.
        privacy: Gives out and erases what is stored of one chat.
        audience: Everybody who is written to.
        statistics: Figures for those who run the bot.
    """

    def __init__(self, database: Database, owner: str) -> None:
        self._db = database
        self.news = NewsStore(database)
        self.subscribers = SubscriberStore(database)
        self.timetables = TimetableStore(database)
        self.outbox = OutboxStore(database, owner)
        self.register = RegisterStore(database)
        self.retention = RetentionStore(database)
        self.privacy = PrivacyStore(database)
        self.audience = AudienceStore(database)
        self.statistics = StatisticsStore(database)

    async def counts(self) -> Counts:
        """Sizes of the tables."""
        sizes = {
            "feeds": select(func.count()).select_from(feeds).where(feeds.c.standing == "active"),
            "entries": select(func.count()).select_from(entries),
            "unread": select(func.count()).select_from(entries).where(entries.c.status == "unread"),
            "articles": select(func.count()).select_from(articles),
            "stories": select(func.count()).select_from(stories),
            "facts": select(func.count()).select_from(facts),
            "subscribers": select(func.count()).select_from(subscribers),
        }
        by_status = select(deliveries.c.status, func.count()).group_by(deliveries.c.status)
        async with self._db.read() as connection:
            columns = [query.scalar_subquery().label(name) for name, query in sizes.items()]
            row = (await connection.execute(select(*columns))).one()
            outbox = {status: number for status, number in await connection.execute(by_status)}  # noqa: C416
        return Counts(**row._mapping, outbox=outbox)

    async def health(self, now: datetime) -> StoreHealth:
        """Schema and backlog; what is due only after `now` is no backlog."""
        since = func.coalesce(feeds.c.next_poll, feeds.c.added_at)
        overdue = select(func.min(since)).where(feeds.c.standing == "active", since <= now)
        unread = select(func.min(entries.c.due)).where(entries.c.status == "unread", entries.c.due <= now)
        due = deliveries.c.due <= now
        # one row from the index of what is due, as a rule: a minimum would look at every message
        pending = (
            select(deliveries.c.due)
            .where(deliveries.c.status == "pending", due, ~behind_another(now))
            .order_by(deliveries.c.due, deliveries.c.id)
            .limit(1)
        )
        waiting = select(func.count()).where(deliveries.c.status == "pending")
        polled = select(func.count()).where(feeds.c.standing == "active")
        async with self._db.read() as connection:
            version = await connection.run_sync(schema.current)

            async def one(query: Select[Any]) -> Any:
                return (await connection.execute(query)).scalar()

            return StoreHealth(
                where=self._db.where,
                schema_version=version or "",
                oldest_poll=await one(overdue),
                oldest_unread=await one(unread),
                oldest_pending=await one(pending),
                outbox={
                    "due": await one(waiting.where(due)),
                    "later": await one(waiting.where(~due)),
                    "sending": await one(select(func.count()).where(deliveries.c.status == "sending")),
                },
                feeds={
                    "answering": await one(polled.where(feeds.c.failures == 0)),
                    "failing": await one(polled.where(feeds.c.failures > 0)),
                },
                subscribers=await one(select(func.count()).where(subscribers.c.active)),
            )

    async def close(self) -> None:
        """Close all connections."""
        await self._db.close()


@asynccontextmanager
async def open_store(
    url: str, *, owner: str | None = None, create_parent: bool = False
) -> AsyncIterator[Store]:
    """Open a database at the newest schema; closed at the end of the context.

    Args:
        url: sqlite:///PATH or postgresql://…, with or without the driver's name.
        owner: Names this process in the claims of the outbox; None makes up a name no other process has.
        create_parent: Make the folder of a SQLite file if it is missing.

    Raises:
        SettingsError: If the URL is of no accepted form.
        StoreUnavailable: If the database cannot be reached or opened.
        SchemaError: If its schema is newer than this program, or not ours.
    """
    database = Database(parse_url(url), create_parent=create_parent)
    try:
        await schema.bring_up(database)
        yield Store(database, owner or uuid.uuid4().hex)
    finally:
        await database.close()


async def schema_version(url: str) -> str | None:
    """The schema version of a database as it is; None if it has no schema yet. Nothing is changed.

    Raises:
        SettingsError, StoreUnavailable: As `open_store`.
    """
    database = Database(parse_url(url))
    try:
        async with database.read() as connection:
            return await connection.run_sync(schema.current)
    finally:
        await database.close()


async def migrate(url: str, *, create_parent: bool = False) -> str:
    """Bring a database to the newest schema; its version. Raises what `open_store` raises."""
    database = Database(parse_url(url), create_parent=create_parent)
    try:
        return await schema.bring_up(database)
    finally:
        await database.close()
