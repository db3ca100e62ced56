"""A chat's own data: given out whole, erased whole.

Both go by the column `chat_id`: a table that has one belongs to the chat, also a table that does not
exist yet. What belongs to a chat in any other way is refused by tests/store/test_store_privacy.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Table, delete, func, select

from briefing.model import DeliveryStatus
from briefing.store.chats import lock_subscribers
from briefing.store.engine import Database
from briefing.store.tables import deliveries, metadata

Rows = tuple[Mapping[str, Any], ...]

# Not told to the chat: the words of a message stand in the chat itself, and who sent it is a process
# of the operator's.
LEFT_OUT: Final = frozenset(
    {"deliveries.content", "deliveries.owner", "deliveries.claimed_at", "deliveries.rank"}
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased.

    Attributes:
        rows: Table -> rows of it; tables without any are left out.
        waiting: Messages among them that were still to be sent.
        sent: Messages among them that had arrived.
    """

    rows: Mapping[str, int]
    waiting: int = 0
    sent: int = 0

    def __bool__(self) -> bool:
        return bool(self.rows)


class PrivacyStore:
    """Gives out and erases everything of one chat."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def export(self, chat_id: int) -> dict[str, Rows]:
        """Everything stored of a chat: table -> rows, each column -> value; datetimes in UTC.

        All of it in one transaction, rows in the order of their keys. A chat nobody knows has no rows.
        """
        told: dict[str, Rows] = {}
        async with self._db.read() as connection:
            for table in tables_of_chats():
                shown = [column for column in table.c if f"{table.name}.{column.name}" not in LEFT_OUT]
                query = select(*shown).where(table.c.chat_id == chat_id).order_by(*table.primary_key.columns)
                told[table.name] = tuple(dict(row._mapping) for row in await connection.execute(query))
        return told

    async def forget(self, chat_id: int) -> Forgotten:
        """Erase everything of a chat in one transaction; what waits to be sent to it is not sent.

        A message on its way meanwhile ends as it ends: its outcome finds no row and changes nothing.
        A digest or alert that is being composed finds no subscriber and is not written.
        """
        states = (
            select(deliveries.c.status, func.count())
            .where(deliveries.c.chat_id == chat_id)
            .group_by(deliveries.c.status)
        )
        rows: dict[str, int] = {}
        async with self._db.write() as connection:
            await lock_subscribers(connection, chat_id)
            counts = {row[0]: int(row[1]) for row in await connection.execute(states)}
            for table in reversed(tables_of_chats()):
                # what goes with its parent is counted too, so it goes first
                gone = await connection.execute(delete(table).where(table.c.chat_id == chat_id))
                if gone.rowcount:
                    rows[table.name] = gone.rowcount
        waiting, sent = (counts.get(one.value, 0) for one in (DeliveryStatus.PENDING, DeliveryStatus.SENT))
        return Forgotten(rows, waiting, sent)


def tables_of_chats() -> tuple[Table, ...]:
    """The tables with a column `chat_id`, those that others refer to first."""
    return tuple(table for table in metadata.sorted_tables if "chat_id" in table.c)
