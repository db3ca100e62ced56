"""Subscribers: chats, what they follow, when their digest is due."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, select, update

from briefing.model import FactKind
from briefing.store.chats import close_chat, move_chat
from briefing.store.engine import Database
from briefing.store.feeds import IN_LIST
from briefing.store.tables import subscribers, subscriptions
from briefing.subscribers import (
    AlertLevel,
    FollowedPerson,
    FollowedTopic,
    Language,
    Quiet,
    Subscriber,
)

log = logging.getLogger(__name__)

COMPANY, PERSON, TOPIC = "company", "person", "topic"
"""Kinds of subscriptions."""

PAUSED = "off "
"""In front of the hours of a digest that is off, by which it is known when it is turned on again."""


class SubscriberStore:
    """Aggregate of subscribers and their subscriptions."""

    def __init__(self, database: Database) -> None:
        self._db = database
        # Chats whose row cannot be read.
        self._damaged: set[int] = set()

    async def get(self, chat_id: int) -> Subscriber | None:
        """The subscriber of a chat, or None.

        Raises:
            ValueError: The row is damaged.
        """
        query = select(subscribers).where(subscribers.c.chat_id == chat_id)

        def read(connection: Connection) -> Subscriber | None:
            row = connection.execute(query).first()
            return _subscriber(row, _followed(connection, [chat_id]).get(chat_id, ())) if row else None

        return await self._db.read_at_once(read)

    async def ensure(
        self,
        chat_id: int,
        now: datetime,
        digest_times: Sequence[time] = (),
        timezone: str = "Asia/Seoul",
        language: Language = Language.KOREAN,
    ) -> Subscriber:
        """The subscriber of a chat, created with these settings if there is none; a known one keeps its own.

        A new subscriber has no next digest yet; `change` gives one.
        """
        row = {
            "chat_id": chat_id,
            "timezone": timezone,
            "digest_times": _hours_text(digest_times),
            "language": language.value,
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
        """Follow a company by its canonical name, from `now` on; see `follow`."""
        return await self._follow(chat_id, COMPANY, company, None, now)

    async def unsubscribe(self, chat_id: int, company: str) -> bool:
        """Follow a company no more; False if it was not followed."""
        return await self._unfollow(chat_id, COMPANY, company, None)

    async def follow(self, chat_id: int, what: FollowedPerson | FollowedTopic, now: datetime) -> bool:
        """Follow a person or a topic, from `now` on.

        Returns:
            False if it is followed already, or the chat is unknown.
        """
        return await self._follow(chat_id, *_named(what), now)

    async def unfollow(self, chat_id: int, what: FollowedPerson | FollowedTopic) -> bool:
        """Follow a person or a topic no more; False if it was not followed."""
        return await self._unfollow(chat_id, *_named(what))

    async def unfollow_all(self, chat_id: int) -> int:
        """Follow nothing any more; how many subscriptions that ended."""
        statement = delete(subscriptions).where(subscriptions.c.chat_id == chat_id)
        async with self._db.write() as connection:
            return (await connection.execute(statement)).rowcount

    async def _follow(self, chat_id: int, kind: str, name: str, company: str | None, now: datetime) -> bool:
        async with self._db.write() as connection:
            known = select(subscribers.c.chat_id).where(subscribers.c.chat_id == chat_id)
            if (await connection.execute(known.with_for_update())).first() is None:
                return False
            row = {
                "chat_id": chat_id,
                "kind": kind,
                "name": name,
                "company": company or "",
                "created_at": now,
            }
            statement = self._db.insert(subscriptions).values(row).on_conflict_do_nothing()
            return (await connection.execute(statement)).rowcount > 0

    async def _unfollow(self, chat_id: int, kind: str, name: str, company: str | None) -> bool:
        followed = (
            (subscriptions.c.chat_id == chat_id)
            & (subscriptions.c.kind == kind)
            & (subscriptions.c.name == name)
            & (subscriptions.c.company == (company or ""))
        )
        async with self._db.write() as connection:
            return (await connection.execute(delete(subscriptions).where(followed))).rowcount > 0

    async def change(self, chat_id: int, change: Callable[[Subscriber], Subscriber]) -> Subscriber | None:
        """Change settings of a subscriber as they are stored at that moment, in one transaction.

        Only what differs is written, so that of two changes at the same time neither undoes the other. What
        is followed, whether the chat is active, and what it was sent stay as they are stored.

        Args:
            change: From the settings as they are to the settings as they shall be; touches nothing else.

        Returns:
            The subscriber as stored afterwards; None if the chat is unknown.
        """

        def write(connection: Connection) -> Subscriber | None:
            query = select(subscribers).where(subscribers.c.chat_id == chat_id).with_for_update()
            row = connection.execute(query).first()
            if row is None:
                return None
            before = _subscriber(row, _followed(connection, [chat_id]).get(chat_id, ()))
            after = change(before)
            old, new = _settings(before), _settings(after)
            differing = {column: value for column, value in new.items() if value != old[column]}
            if differing:
                this = update(subscribers).where(subscribers.c.chat_id == chat_id)
                connection.execute(this.values(differing))
            return after

        return await self._db.write_at_once(write)

    async def set_alerts(self, chat_id: int, level: AlertLevel, now: datetime) -> bool:
        """Choose which stories are pushed, from `now` on; False if the chat is unknown."""
        return await self._change(chat_id, {"alerts": level.value, "alerts_since": now})

    async def set_thread(self, chat_id: int, thread_id: int | None) -> bool:
        """Choose the topic of a forum that digests and alerts go to from now on; None for the general one.

        What is written already goes where it was to go. False if the chat is unknown.
        """
        return await self._change(chat_id, {"thread_id": thread_id})

    async def postpone_digest(self, chat_id: int, due: datetime, until: datetime | None) -> bool:
        """Make a digest that is due at `due` due at `until`, or never; False if it was due no more."""
        statement = (
            update(subscribers)
            .where(subscribers.c.chat_id == chat_id, subscribers.c.next_digest == due)
            .values(next_digest=until)
        )
        async with self._db.write() as connection:
            return (await connection.execute(statement)).rowcount > 0

    async def deactivate(self, chat_id: int, now: datetime, reason: str = "stopped") -> None:
        """Write to a chat no more: it is kept, but inactive, and what waits for it is gone."""
        async with self._db.write() as connection:
            await close_chat(connection, chat_id, reason, now)

    async def reactivate(self, chat_id: int, next_digest: datetime | None = None) -> bool:
        """Write to a chat again; False if it is unknown.

        Args:
            next_digest: When its digest is next due, UTC. Without it nothing due while the chat was
                away is caught up either: a digest stays off until its hours are chosen.
        """
        return await self._change(
            chat_id, {"active": True, "gone_at": None, "gone_reason": None, "next_digest": next_digest}
        )

    async def migrate(self, old_chat_id: int, new_chat_id: int) -> None:
        """A group has become a supergroup: everything of the old chat now belongs to the new one."""
        async with self._db.write() as connection:
            await move_chat(connection, self._db, old_chat_id, new_chat_id)

    async def due(self, now: datetime, limit: int) -> tuple[Subscriber, ...]:
        """Active subscribers whose digest is due, longest waiting first.

        A row that cannot be read stays due: it is logged once, and takes nobody's place at the next look.
        """
        found = await self._select(
            select(subscribers)
            .where(subscribers.c.next_digest <= now, subscribers.c.active)
            # and nothing else: thousands are due at one moment, and would be sorted for every page
            .order_by(subscribers.c.next_digest)
            .limit(limit + len(self._damaged))
        )
        return found[:limit]

    async def companies(self) -> tuple[str, ...]:
        """Canonical names of the companies that active subscribers follow, in alphabetical order."""
        query = (
            select(subscriptions.c.name)
            .join(subscribers, subscribers.c.chat_id == subscriptions.c.chat_id)
            .where(subscribers.c.active, subscriptions.c.kind == COMPANY)
            .distinct()
        )
        async with self._db.read() as connection:
            return tuple(sorted((await connection.execute(query)).scalars()))

    async def followers(
        self, companies: Collection[str], persons: Collection[str] = (), topics: Collection[str] = ()
    ) -> tuple[Subscriber, ...]:
        """Active subscribers who follow at least one of these, by chat id.

        Args:
            companies: Canonical names.
            persons: Names of people, whatever company a follower adds to them.
            topics: Ids of topics, whatever company a follower adds to them.
        """
        found: dict[int, Subscriber] = {}
        for kind, wanted in ((COMPANY, companies), (PERSON, persons), (TOPIC, topics)):
            names = sorted(set(wanted))
            for start in range(0, len(names), IN_LIST):
                following = select(subscriptions.c.chat_id).where(
                    subscriptions.c.kind == kind, subscriptions.c.name.in_(names[start : start + IN_LIST])
                )
                query = select(subscribers).where(subscribers.c.active, subscribers.c.chat_id.in_(following))
                found |= {subscriber.chat_id: subscriber for subscriber in await self._select(query)}
        return tuple(found[chat_id] for chat_id in sorted(found))

    async def _change(self, chat_id: int, changes: dict[str, Any]) -> bool:
        statement = update(subscribers).where(subscribers.c.chat_id == chat_id).values(changes)
        async with self._db.write() as connection:
            return (await connection.execute(statement)).rowcount > 0

    async def _select(self, query: Select[Any]) -> tuple[Subscriber, ...]:
        def read(connection: Connection) -> tuple[Subscriber, ...]:
            rows = connection.execute(query).all()
            followed = _followed(connection, [row.chat_id for row in rows])
            read_rows = (self._readable(row, followed.get(row.chat_id, ())) for row in rows)
            return tuple(filter(None, read_rows))

        return await self._db.read_at_once(read)

    def _readable(self, row: Row[Any], followed: Sequence[_Followed]) -> Subscriber | None:
        """A subscriber among others, whom a damaged row must not keep waiting; None for such a row."""
        try:
            subscriber = _subscriber(row, followed)
        except ValueError as error:
            if row.chat_id not in self._damaged:
                log.warning("subscriber %d cannot be read, and gets nothing: %s", row.chat_id, error)
            self._damaged.add(row.chat_id)
            return None
        self._damaged.discard(row.chat_id)
        return subscriber


def _followed(connection: Connection, chat_ids: Sequence[int]) -> dict[int, list[_Followed]]:
    """Subscriptions by chat, in order of subscription."""
    found: dict[int, list[_Followed]] = {}
    for start in range(0, len(chat_ids), IN_LIST):
        rows = connection.execute(_FOLLOWED, {"chats": chat_ids[start : start + IN_LIST]})
        for chat_id, kind, name, company, since in rows:
            found.setdefault(chat_id, []).append((kind, name, company or None, since))
    return found


# kind, name, company, since when
_Followed = tuple[str, str, str | None, datetime]

_FOLLOWED = (
    select(
        subscriptions.c.chat_id,
        subscriptions.c.kind,
        subscriptions.c.name,
        subscriptions.c.company,
        subscriptions.c.created_at,
    )
    .where(subscriptions.c.chat_id.in_(bindparam("chats", expanding=True)))
    .order_by(subscriptions.c.id)
)


def _settings(subscriber: Subscriber) -> dict[str, Any]:
    """Columns that a subscriber chooses."""
    quiet = subscriber.quiet
    return {
        "timezone": subscriber.timezone,
        "digest_times": _hours_text(subscriber.digest_times, subscriber.paused_times),
        "digest_days": "".join(map(str, sorted(subscriber.digest_days))),
        "on_holidays": subscriber.on_holidays,
        "empty_digest": subscriber.empty_digest,
        "next_digest": subscriber.next_digest,
        "alerts": subscriber.alerts.value,
        "alerts_since": subscriber.alerts_since,
        "quiet_begins": quiet.begins if quiet else None,
        "quiet_ends": quiet.ends if quiet else None,
        "kinds": ",".join(kind.value for kind in FactKind if kind in subscriber.kinds),
        "language": subscriber.language.value,
        "thread_id": subscriber.thread_id,
    }


def _named(what: FollowedPerson | FollowedTopic) -> tuple[str, str, str | None]:
    """Kind, name and company of a subscription."""
    if isinstance(what, FollowedPerson):
        return PERSON, what.name, what.company
    return TOPIC, what.topic, what.company


def _hours_text(hours: Sequence[time], paused: Sequence[time] = ()) -> str:
    told = ",".join(f"{hour:%H:%M}" for hour in sorted(set(hours or paused)))
    return told if hours or not told else PAUSED + told


# Thousands of subscribers have the same few settings.
@lru_cache(maxsize=1024)
def hours_of(text: str, *, paused: bool = False) -> tuple[time, ...]:
    """Hours of a digest that is on; with `paused` of one that is off."""
    if text.startswith(PAUSED) is not paused:
        return ()
    return tuple(time.fromisoformat(hour) for hour in text.removeprefix(PAUSED).split(",") if hour)


@lru_cache(maxsize=256)
def days_of(text: str) -> frozenset[int]:
    """ISO weekdays with a digest."""
    return frozenset(map(int, text))


@lru_cache(maxsize=64)
def _kinds(text: str) -> frozenset[FactKind]:
    return frozenset(map(FactKind, filter(None, text.split(","))))


def _subscriber(row: Row[Any], followed: Sequence[_Followed]) -> Subscriber:
    companies: list[str] = []
    since: list[datetime] = []
    persons: list[FollowedPerson] = []
    topics: list[FollowedTopic] = []
    for kind, name, company, begun in followed:
        if kind == COMPANY:
            companies.append(name)
            since.append(begun)
        elif kind == PERSON:
            persons.append(FollowedPerson(name, company, begun))
        elif kind == TOPIC:
            topics.append(FollowedTopic(name, company, begun))
    begins, ends = row.quiet_begins, row.quiet_ends
    return Subscriber(
        chat_id=row.chat_id,
        companies=tuple(companies),
        followed_since=tuple(since),
        persons=tuple(persons),
        topics=tuple(topics),
        alerts_since=row.alerts_since,
        timezone=row.timezone,
        digest_times=hours_of(row.digest_times),
        paused_times=hours_of(row.digest_times, paused=True),
        digest_days=days_of(row.digest_days),
        on_holidays=row.on_holidays,
        empty_digest=row.empty_digest,
        next_digest=row.next_digest,
        alerts=AlertLevel(row.alerts),
        quiet=Quiet(begins, ends) if begins is not None and ends is not None else None,
        kinds=_kinds(row.kinds),
        language=Language(row.language),
        thread_id=row.thread_id,
        active=row.active,
        created_at=row.created_at,
        last_digest=row.last_digest,
    )
