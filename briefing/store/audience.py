"""Everybody who is written to, a page at a time."""

from __future__ import annotations

from sqlalchemy import func, select

from briefing.store.engine import Database
from briefing.store.tables import subscribers


class AudienceStore:
    """The chats of active subscribers, by id."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def size(self) -> int:
        """How many active subscribers there are."""
        query = select(func.count()).select_from(subscribers).where(subscribers.c.active)
        async with self._db.read() as connection:
            return (await connection.execute(query)).scalar_one()

    async def page(self, after: int | None, limit: int) -> tuple[int, ...]:
        """Chat ids in ascending order after `after` (None: from the first); fewer than `limit` at the end."""
        query = select(subscribers.c.chat_id).where(subscribers.c.active)
        if after is not None:
            query = query.where(subscribers.c.chat_id > after)
        async with self._db.read() as connection:
            found = await connection.execute(query.order_by(subscribers.c.chat_id).limit(limit))
            return tuple(found.scalars())
