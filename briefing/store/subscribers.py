"""Subscribers: chats, what they follow, when their digest is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row, Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from briefing.model import AlertLevel, Subscriber
from briefing.store.chats import close_chat, move_chat
from briefing.store.engine import Database
from briefing.store.feeds import IN_LIST
from briefing.store.tables import subscribers, subscriptions


class SubscriberStore:
    """Aggregate of subscribers and their subscriptions."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def get(self, chat_id: int) -> Subscriber | None:
        """The subscriber of a chat, or None."""
        found = await self._select(select(subscribers).where(subscribers.c.chat_id == chat_id))
        return found[0] if found else None

    async def ensure(
        self, chat_id: int, now: datetime, digest_time: time | None = None, timezone: str = "Asia/Seoul"
    ) -> Subscriber:
        """The subscriber of a chat, created with these settings if there is none; a known one keeps its own.

        A new subscriber has no next digest yet; `set_digest` gives one.
        """
        row = {
            "chat_id": chat_id,
            "timezone": timezone,
            "digest_time": digest_time,
            "alerts": AlertLevel.MOVES.value,
            "alerts_since": now,
            "active": True,
            "created_at": now,
        }
        async with self._db.write() as connection:
            await connection.execute(self._db.insert(subscribers).values(row).on_conflict_do_nothing())
        found = await self.get(chat_id)
        assert found is not None, "just inserted"
        return found

    async def subscribe(self, chat_id: int, company: str, now: datetime) -> bool:
        """Follow a company by its canonical name, from `now` on.

        Returns:
            False if it is followed already, or the chat is unknown.
        """
        async with self._db.write() as connection:
            known = select(subscribers.c.chat_id).where(subscribers.c.chat_id == chat_id)
            if (await connection.execute(known.with_for_update())).first() is None:
                return False
            row = {"chat_id": chat_id, "company": company, "created_at": now}
            statement = self._db.insert(subscriptions).values(row).on_conflict_do_nothing()
            return (await connection.execute(statement)).rowcount > 0

    async def unsubscribe(self, chat_id: int, company: str) -> bool:
        """Follow a company no more; False if it was not followed."""
        followed = (subscriptions.c.chat_id == chat_id) & (subscriptions.c.company == company)
        async with self._db.write() as connection:
            return (await connection.execute(delete(subscriptions).where(followed))).rowcount > 0

    async def set_alerts(self, chat_id: int, level: AlertLevel, now: datetime) -> bool:
        """Choose which stories are pushed, from `now` on; False if the chat is unknown."""
        return await self._change(chat_id, {"alerts": level.value, "alerts_since": now})

    async def postpone_digest(self, chat_id: int, due: datetime, until: datetime | None) -> bool:
        """Make a digest that is due at `due` due at `until`, or never; False if it was due no more."""
        statement = (
            update(subscribers)
            .where(subscribers.c.chat_id == chat_id, subscribers.c.next_digest == due)
            .values(next_digest=until)
        )
        async with self._db.write() as connection:
            return (await connection.execute(statement)).rowcount > 0

    async def set_digest(
        self,
        chat_id: int,
        digest_time: time | None,
        next_digest: datetime | None,
        timezone: str | None = None,
    ) -> bool:
        """Choose the hour of the digest, None for none; False if the chat is unknown.

        Args:
            digest_time: Local wall-clock time.
            next_digest: When it is next due, UTC.
            timezone: IANA name; None leaves it as it is.
        """
        changes: dict[str, Any] = {"digest_time": digest_time, "next_digest": next_digest}
        if timezone is not None:
            changes["timezone"] = timezone
        return await self._change(chat_id, changes)

    async def deactivate(self, chat_id: int, now: datetime, reason: str = "stopped") -> None:
        """Write to a chat no more: it is kept, but inactive, and what waits for it is gone."""
        async with self._db.write() as connection:
            await close_chat(connection, chat_id, reason, now)

    async def reactivate(self, chat_id: int, next_digest: datetime | None = None) -> bool:
        """Write to a chat again; False if it is unknown.

        Args:
            next_digest: When its digest is next due, UTC. Without it nothing due while the chat was
                away is caught up either: a digest stays off until `set_digest`.
        """
        return await self._change(
            chat_id, {"active": True, "gone_at": None, "gone_reason": None, "next_digest": next_digest}
        )

    async def migrate(self, old_chat_id: int, new_chat_id: int) -> None:
        """A group has become a supergroup: everything of the old chat now belongs to the new one."""
        async with self._db.write() as connection:
            await move_chat(connection, self._db, old_chat_id, new_chat_id)

    async def due(self, now: datetime, limit: int) -> tuple[Subscriber, ...]:
        """Active subscribers whose digest is due, longest waiting first."""
        return await self._select(
            select(subscribers)
            .where(subscribers.c.next_digest <= now, subscribers.c.active)
            # and nothing else: thousands are due at one moment, and would be sorted for every page
            .order_by(subscribers.c.next_digest)
            .limit(limit)
        )

    async def companies(self) -> tuple[str, ...]:
        """Canonical names of the companies that active subscribers follow, in alphabetical order."""
        query = (
            select(subscriptions.c.company)
            .join(subscribers, subscribers.c.chat_id == subscriptions.c.chat_id)
            .where(subscribers.c.active)
            .distinct()
        )
        async with self._db.read() as connection:
            return tuple(sorted((await connection.execute(query)).scalars()))

    async def followers(self, companies: Sequence[str]) -> tuple[Subscriber, ...]:
        """Active subscribers who follow at least one of these companies by canonical name, by chat id."""
        found: dict[int, Subscriber] = {}
        names = sorted(set(companies))
        for start in range(0, len(names), IN_LIST):
            following = select(subscriptions.c.chat_id).where(
                subscriptions.c.company.in_(names[start : start + IN_LIST])
            )
            query = select(subscribers).where(subscribers.c.active, subscribers.c.chat_id.in_(following))
            found |= {subscriber.chat_id: subscriber for subscriber in await self._select(query)}
        return tuple(found[chat_id] for chat_id in sorted(found))

    async def _change(self, chat_id: int, changes: dict[str, Any]) -> bool:
        statement = update(subscribers).where(subscribers.c.chat_id == chat_id).values(changes)
        async with self._db.write() as connection:
            return (await connection.execute(statement)).rowcount > 0

    async def _select(self, query: Select[Any]) -> tuple[Subscriber, ...]:
        async with self._db.read() as connection:
            rows = (await connection.execute(query)).all()
            followed = await _companies(connection, [row.chat_id for row in rows])
        return tuple(_subscriber(row, followed.get(row.chat_id, ())) for row in rows)


async def _companies(
    connection: AsyncConnection, chat_ids: Sequence[int]
) -> dict[int, tuple[tuple[str, datetime], ...]]:
    """Companies by chat and since when, in order of subscription."""
    found: dict[int, list[tuple[str, datetime]]] = {}
    for start in range(0, len(chat_ids), IN_LIST):
        query = (
            select(subscriptions.c.chat_id, subscriptions.c.company, subscriptions.c.created_at)
            .where(subscriptions.c.chat_id.in_(chat_ids[start : start + IN_LIST]))
            .order_by(subscriptions.c.id)
        )
        for chat_id, company, since in await connection.execute(query):
            found.setdefault(chat_id, []).append((company, since))
    return {chat_id: tuple(followed) for chat_id, followed in found.items()}


def _subscriber(row: Row[Any], followed: Iterable[tuple[str, datetime]]) -> Subscriber:
    return Subscriber(
        chat_id=row.chat_id,
        companies=tuple(company for company, _ in followed),
        followed_since=tuple(since for _, since in followed),
        alerts_since=row.alerts_since,
        timezone=row.timezone,
        digest_time=row.digest_time,
        next_digest=row.next_digest,
        alerts=AlertLevel(row.alerts),
        active=row.active,
        created_at=row.created_at,
        last_digest=row.last_digest,
    )
