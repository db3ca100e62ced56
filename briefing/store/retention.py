"""What is kept no longer: texts that have been read, entries no feed lists, marks and messages long done.

Facts, their evidence sentences, links, stories and people stay for ever. Every step is a small
transaction of its own, so that nobody waits for it and a crash costs one step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Select,
    Update,
    and_,
    delete,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)

from briefing.store.columns import second_of, week_of
from briefing.store.engine import Database
from briefing.store.sightings import LISTED_EVERY
from briefing.store.tables import (
    articles,
    bodies,
    deliveries,
    editions,
    entries,
    feeds,
    signature_keys,
    signatures,
)

STEP = 500
"""Rows of one transaction."""
_KEYS = 20_000  # an article has about thirty

_Changes = Callable[[Sequence[int]], Sequence[Delete | Update]]

_FINISHED = ("sent", "gone", "rejected", "unknown")


@dataclass(frozen=True, slots=True)
class Keeping:
    """Up to when things are kept.

    Attributes:
        texts: Texts of articles read before go, and summaries of entries found before.
        entries: Entries found before go if their feed lists them no longer.
        marks: Marks of what chats were told before go.
        messages: Messages finished before go, with their editions.
    """

    texts: datetime
    entries: datetime
    marks: datetime
    messages: datetime


@dataclass(frozen=True, slots=True)
class Dropped:
    """How much went.

    Attributes:
        texts: Texts of articles and summaries of entries.
        entries: Entries.
        marks: Marks.
        messages: Messages.
    """

    texts: int = 0
    entries: int = 0
    marks: int = 0
    messages: int = 0


class RetentionStore:
    """Drops what is kept no longer, and gives up what a restored copy would send again."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def drop(self, keeping: Keeping) -> Dropped:
        """Drop everything that is past its time; may be cut off and repeated at any point."""
        return Dropped(
            texts=await self._drop_texts(keeping.texts) + await self._empty_summaries(keeping.texts),
            entries=await self._drop_entries(keeping.entries),
            marks=await self._drop_marks(keeping.marks),
            messages=await self._drop_messages(keeping.messages),
        )

    async def doubt_unfinished(self, now: datetime) -> int:
        """Give up all that is not finished, as `unknown`: of a database put back from a copy, what waited
        then may have been sent since, and nothing is sent twice. The number of messages.
        """
        waiting = deliveries.c.status.in_(["pending", "sending"])
        doubt = {
            "status": "unknown",
            "reason": "the database was restored from a copy",
            "finished_at": now,
        }
        async with self._db.write() as connection:
            return (await connection.execute(update(deliveries).where(waiting).values(doubt))).rowcount

    async def _drop_texts(self, before: datetime) -> int:
        """Texts, and the signatures by which articles of the same days are compared."""
        old = (
            select(bodies.c.article_id)
            .join(articles, articles.c.id == bodies.c.article_id)
            .where(articles.c.read_at < before)
            .order_by(articles.c.read_at)
        )
        await self._drop_keys(week_of(second_of(before)))
        return await self._by_steps(
            old,
            lambda ids: [delete(table).where(table.c.article_id.in_(ids)) for table in (signatures, bodies)],
        )

    async def _drop_keys(self, week: int) -> None:
        """Keys filed before a week: articles that old are compared with no new one."""
        row = tuple_(*signature_keys.primary_key.columns)
        old = select(*signature_keys.primary_key.columns).where(signature_keys.c.week < week).limit(_KEYS)
        while True:
            async with self._db.write() as connection:
                gone = await connection.execute(delete(signature_keys).where(row.in_(old)))
            if gone.rowcount < _KEYS:
                return

    async def _empty_summaries(self, before: datetime) -> int:
        old = select(entries.c.id).where(_done(), entries.c.found_at < before, entries.c.summary != "")
        return await self._by_steps(
            old.order_by(entries.c.id),
            lambda ids: [update(entries).where(entries.c.id.in_(ids), _done()).values(summary="")],
        )

    async def _drop_entries(self, before: datetime) -> int:
        """Those missing in a document of their feed; while it stays the same it lists them all."""
        listed = func.coalesce(entries.c.listed_at, entries.c.found_at)
        recent = select(feeds.c.id, feeds.c.document_at, feeds.c.standing)
        async with self._db.read() as connection:
            rows = (await connection.execute(recent)).all()
        dropped = 0
        for row in rows:
            latest = before
            if row.standing == "active":
                if row.document_at is None:
                    continue
                latest = min(before, row.document_at - LISTED_EVERY - timedelta(days=1))
            gone = select(entries.c.id).where(
                entries.c.feed_id == row.id, _done(), entries.c.found_at < before, listed < latest
            )
            dropped += await self._by_steps(
                gone.order_by(entries.c.id),
                lambda ids: [delete(entries).where(entries.c.id.in_(ids), _done())],
            )
        return dropped

    async def _drop_marks(self, before: datetime) -> int:
        return await self._drop_editions(before, editions.c.parts == literal_column("0"))

    async def _drop_messages(self, before: datetime) -> int:
        old = select(deliveries.c.id).where(
            deliveries.c.status.in_(_FINISHED), deliveries.c.finished_at < before
        )
        dropped = await self._by_steps(
            old.order_by(deliveries.c.finished_at),
            lambda ids: [delete(deliveries).where(deliveries.c.id.in_(ids))],
        )
        kept = select(deliveries.c.id).where(
            deliveries.c.chat_id == editions.c.chat_id, deliveries.c.edition == editions.c.edition
        )
        await self._drop_editions(before, and_(editions.c.parts > 0, ~kept.exists()))
        return dropped

    async def _drop_editions(self, before: datetime, which: ColumnElement[bool]) -> int:
        dropped = 0
        old = (
            select(editions.c.chat_id, editions.c.edition)
            .where(which, editions.c.created_at < before)
            .order_by(editions.c.created_at)
        )
        while True:
            async with self._db.write() as connection:
                rows = (await connection.execute(old.limit(STEP))).all()
                by_chat: dict[int, list[str]] = {}
                for row in rows:
                    by_chat.setdefault(row.chat_id, []).append(row.edition)
                for chat_id, keys in sorted(by_chat.items()):
                    # a mark may have been set again meanwhile
                    still = editions.c.edition.in_(sorted(keys)) & (editions.c.created_at < before)
                    gone = delete(editions).where(editions.c.chat_id == chat_id, still)
                    dropped += (await connection.execute(gone)).rowcount
            if len(rows) < STEP:
                return dropped

    async def _by_steps(self, old: Select[Any], changes: _Changes) -> int:
        done = 0
        while True:
            async with self._db.write() as connection:
                ids = (await connection.execute(old.limit(STEP))).scalars().all()
                for change in changes(ids) if ids else ():
                    await connection.execute(change)
            done += len(ids)
            if len(ids) < STEP:
                return done


def _done() -> ColumnElement[bool]:
    return or_(*(entries.c.status == status for status in ("read", "skipped", "old")))
