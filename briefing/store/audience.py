"""Everybody who is written to, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from briefing.store.engine import Database
from briefing.store.tables import subscribers
from briefing.subscribers import Quiet


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where and when a subscriber may be written to.

    Attributes:
        chat_id: Telegram chat.
        thread_id: Topic of a forum; None for the chat itself.
        timezone: IANA name.
        quiet: Hours in which nothing is sent, local; None if there are none.
    """

    chat_id: int
    thread_id: int | None
    timezone: str
    quiet: Quiet | None


class AudienceStore:
    """The active subscribers, by chat id."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def size(self) -> int:
        """How many active subscribers there are."""
        query = select(func.count()).select_from(subscribers).where(subscribers.c.active)
        async with self._db.read() as connection:
            return (await connection.execute(query)).scalar_one()

    async def page(self, after: int | None, limit: int) -> tuple[Recipient, ...]:
        """Those after chat `after` (None: the first) in ascending order; fewer than `limit` at the end."""
        told = subscribers.c
        query = select(told.chat_id, told.thread_id, told.timezone, told.quiet_begins, told.quiet_ends)
        query = query.where(told.active).order_by(told.chat_id).limit(limit)
        if after is not None:
            query = query.where(told.chat_id > after)
        async with self._db.read() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            Recipient(
                row.chat_id,
                row.thread_id,
                row.timezone,
                None if row.quiet_begins is None else Quiet(row.quiet_begins, row.quiet_ends),
            )
            for row in rows
        )
