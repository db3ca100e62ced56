"""What happens to everything of a chat when it is gone or gets another id."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from briefing.store.engine import Database
from briefing.store.tables import deliveries, editions, subscribers, subscriptions

# Of two deliveries of one part, the one that has got further stays.
_PROGRESS = ("pending", "gone", "rejected", "sending", "unknown", "sent")


async def lock_subscribers(connection: AsyncConnection, *chat_ids: int) -> None:
    """Lock the subscribers of chats until the transaction ends.

    Whoever changes both a subscriber and its messages locks the subscriber first; then no two of them
    wait for each other.
    """
    known = select(subscribers.c.chat_id).where(subscribers.c.chat_id.in_(chat_ids))
    await connection.execute(known.order_by(subscribers.c.chat_id).with_for_update())


async def close_chat(connection: AsyncConnection, chat_id: int, reason: str, now: datetime) -> None:
    """Make the subscriber inactive and everything that waits for the chat `gone`; nothing is deleted."""
    await connection.execute(
        update(subscribers)
        .where(subscribers.c.chat_id == chat_id, subscribers.c.active)
        .values(active=False, gone_at=now, gone_reason=reason)
    )
    await connection.execute(
        update(deliveries)
        .where(deliveries.c.chat_id == chat_id, deliveries.c.status == "pending")
        .values(status="gone", reason=reason, finished_at=now)
    )


async def leave_topic(connection: AsyncConnection, chat_id: int, thread_id: int) -> None:
    """Send what a topic of a forum was to get to the general topic, now and later."""
    for table, waiting in ((subscribers, true()), (deliveries, deliveries.c.status == "pending")):
        there = (table.c.chat_id == chat_id) & (table.c.thread_id == thread_id) & waiting
        await connection.execute(update(table).where(there).values(thread_id=None))


async def move_chat(connection: AsyncConnection, database: Database, old: int, new: int) -> None:
    """Give everything of chat `old` to chat `new`, which may exist already.

    Subscriptions are united; the new chat's own settings stay. An edition that both have is kept once,
    part by part the delivery that has got further. Topics of the old chat are none of the new one. A message
    of the old chat that another process is sending right now stays with the old id: its own outcome will
    move it.
    """
    if old == new:
        return
    await _move_subscriber(connection, database, old, new)
    moving = (deliveries.c.chat_id == old) & (deliveries.c.status != "sending")
    theirs = {
        (row.edition, row.part): row
        for row in await connection.execute(select(*_PLACE).where(deliveries.c.chat_id == new))
    }
    doubled: list[int] = []
    for row in (await connection.execute(select(*_PLACE).where(moving))).all():
        other = theirs.get((row.edition, row.part))
        if other is not None:
            further = _PROGRESS.index(row.status) > _PROGRESS.index(other.status)
            doubled.append(other.id if further and other.status != "sending" else row.id)
    for delivery_id in doubled:
        await connection.execute(delete(deliveries).where(deliveries.c.id == delivery_id))
    await connection.execute(update(deliveries).where(moving).values(chat_id=new, thread_id=None))
    had = select(editions.c.edition).where(editions.c.chat_id == new).scalar_subquery()
    both = (editions.c.chat_id == old) & editions.c.edition.in_(had)
    await connection.execute(delete(editions).where(both))
    await connection.execute(update(editions).where(editions.c.chat_id == old).values(chat_id=new))


_PLACE = (deliveries.c.id, deliveries.c.edition, deliveries.c.part, deliveries.c.status)


async def _move_subscriber(connection: AsyncConnection, database: Database, old: int, new: int) -> None:
    locked = select(subscribers).where(subscribers.c.chat_id.in_((old, new))).with_for_update()
    rows = {row.chat_id: row for row in await connection.execute(locked)}
    if old not in rows:
        return
    if new not in rows:
        copy: dict[str, Any] = {**rows[old]._mapping, "chat_id": new, "thread_id": None}
        await connection.execute(database.insert(subscribers).values(copy))
    elif rows[old].active and not rows[new].active:
        back = {"active": True, "gone_at": None, "gone_reason": None}
        await connection.execute(update(subscribers).where(subscribers.c.chat_id == new).values(back))
    followed = select(subscriptions).where(subscriptions.c.chat_id == old).order_by(subscriptions.c.id)
    for one in (await connection.execute(followed)).all():
        row = {**one._mapping, "chat_id": new}
        del row["id"]
        await connection.execute(database.insert(subscriptions).values(row).on_conflict_do_nothing())
    await connection.execute(delete(subscribers).where(subscribers.c.chat_id == old))
