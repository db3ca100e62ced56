"""The outbox as it is written: editions, each once, and what must happen with them in one transaction.

The contract, its state diagram and its invariants: docs/delivery.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, insert, select, update

from briefing.model import DeliveryStatus, Part
from briefing.store.codec import encode_part
from briefing.store.feeds import IN_LIST
from briefing.store.sending import SendingStore
from briefing.store.tables import deliveries, editions, subscribers

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class NewEdition:
    """A rendered edition, about to be written.

    Attributes:
        key: Names the occasion for this chat; at most 200 characters.
        chat_id: Telegram chat.
        parts: Messages in order; none for an occasion on which nothing is said.
        next_digest: For digests: when the subscriber's next one is due, UTC.
        period_end: For digests: end of the time covered, UTC.
        due: For digests: the subscriber's `next_digest` it was composed for. If the subscriber has
            chosen otherwise since, the edition is not written.
        marks: Keys of facts it tells, kept with it so that no fact is told twice (`told`).
        not_before: Send it no earlier, UTC; later ones of the chat do not wait for it. None: at once.
        thread_id: Topic of a forum; None for the chat itself.
        subscribers_only: Not written for a chat without a subscriber: one that was erased while the
            edition was composed stays erased.
    """

    key: str
    chat_id: int
    parts: Sequence[Part]
    next_digest: datetime | None = None
    period_end: datetime | None = None
    due: datetime | None = None
    marks: tuple[str, ...] = ()
    not_before: datetime | None = None
    thread_id: int | None = None
    subscribers_only: bool = False


class OutboxStore(SendingStore):
    """Aggregate of editions and deliveries: writing here, sending in `SendingStore`."""

    async def write_edition(  # noqa: PLR0917
        self,
        edition_key: str,
        chat_id: int,
        parts: Sequence[Part],
        now: datetime,
        next_digest: datetime | None = None,
        period_end: datetime | None = None,
    ) -> bool:
        """Write one edition; see `write_editions`.

        Returns:
            False if the chat has had this edition, or is inactive.
        """
        edition = NewEdition(edition_key, chat_id, parts, next_digest, period_end)
        return await self.write_editions([edition], now) == 1

    async def write_editions(self, new: Sequence[NewEdition], now: datetime) -> int:
        """Write editions and, for digests, the subscriber's next due time, in one transaction.

        An edition whose key the chat has had is not written again; its next due time is set all the
        same, so that nobody stays due. Nothing is written for an inactive subscriber, or one whose
        digest is no longer due when it was.

        Returns:
            The number of editions written.
        """
        # Each once, and in one order everywhere, so that two processes never wait for each other.
        unique = {(edition.chat_id, edition.key): edition for edition in reversed(new)}
        ordered = [unique[place] for place in sorted(unique)]

        def write(connection: Connection) -> int:
            known = _known(connection, sorted({edition.chat_id for edition in ordered}))
            wanted = [edition for edition in ordered if _wanted(edition, known.get(edition.chat_id))]
            if not wanted:
                return 0
            added = connection.execute(
                self._db.insert(editions)
                .on_conflict_do_nothing()
                .returning(editions.c.chat_id, editions.c.edition),
                [_edition_row(edition, now) for edition in wanted],
            )
            fresh = {(row.chat_id, row.edition) for row in added}
            written = [edition for edition in wanted if (edition.chat_id, edition.key) in fresh]
            _move_on(connection, "next_digest", ((e.chat_id, e.next_digest) for e in wanted))
            _move_on(connection, "last_digest", ((e.chat_id, e.period_end) for e in written))
            rows = [_delivery_row(e, part, now) for e in written for part in range(len(e.parts))]
            if rows:
                # A statement a row (nothing is returned), so that the keys ascend in this order:
                # `claim` takes them as the order of sending.
                connection.execute(insert(deliveries), rows)
            _hurry(connection, sorted({e.chat_id for e in written if rank_of(e.key) == ALERT}), now)
            marks = {(e.chat_id, mark): _mark_row(e.chat_id, mark, now) for e in written for mark in e.marks}
            if marks:
                kept = self._db.insert(editions)
                again = {"created_at": kept.excluded.created_at}
                upsert = kept.on_conflict_do_update(index_elements=["chat_id", "edition"], set_=again)
                connection.execute(upsert, list(marks.values()))
            return len(written)

        return await self._db.write_at_once(write)

    async def write_once(self, new: NewEdition, now: datetime) -> frozenset[str]:
        """Write an edition only if the chat has been told none of its marks; else nothing.

        Returns:
            The marks that were there before, by whomever written; empty if the edition was written.
        """
        async with self._db.write() as connection:
            wanted = sorted(set(new.marks))
            rows = [_mark_row(new.chat_id, mark, now) for mark in wanted]
            insert_new = self._db.insert(editions).on_conflict_do_nothing()
            added = await connection.execute(insert_new.returning(editions.c.edition), rows)
            known = frozenset(wanted) - set(added.scalars())
            if known:
                await connection.rollback()
                return known
            known_chats = await connection.run_sync(_known, [new.chat_id])
            subscriber = known_chats.get(new.chat_id)
            if _wanted(new, subscriber):
                await connection.execute(insert_new, [_edition_row(new, now)])
                parts = [_delivery_row(new, part, now) for part in range(len(new.parts))]
                if parts:
                    await connection.execute(insert(deliveries), parts)
        return frozenset()

    async def has_edition(self, chat_id: int, edition_key: str) -> bool:
        """True if the chat has had this edition, sent or not."""
        query = select(editions.c.parts).where(
            editions.c.chat_id == chat_id, editions.c.edition == edition_key
        )
        async with self._db.read() as connection:
            return (await connection.execute(query)).first() is not None

    async def told(
        self,
        chat_ids: Sequence[int],
        since: datetime,
        marks: Sequence[str] | None = None,
        *,
        surely: bool = False,
    ) -> dict[int, frozenset[str]]:
        """Marks of facts that these chats have been told since a time, by chat.

        Args:
            chat_ids: Telegram chats.
            since: UTC.
            marks: Only these; None for all.
            surely: Leave out what was told at a moment of which an alert did not surely arrive (`unknown`,
                `rejected`, `gone`).
        """
        found: dict[int, dict[str, datetime]] = {}
        doubtful: set[tuple[int, datetime]] = set()

        def read(connection: Connection) -> None:
            for chats in _pieces(sorted(set(chat_ids))):
                query = _MARKS.where(editions.c.chat_id.in_(chats), editions.c.created_at >= since)
                for keys in [None] if marks is None else _pieces(sorted(set(marks))):
                    of_keys = query if keys is None else query.where(editions.c.edition.in_(keys))
                    for chat_id, mark, moment in connection.execute(of_keys):
                        found.setdefault(chat_id, {})[mark] = moment
            if surely:
                for chats in _pieces(sorted(found)):
                    # an alert and its marks are written at one moment
                    alerts = deliveries.c.chat_id.in_(chats), deliveries.c.created_at >= since
                    for chat_id, moment in connection.execute(_UNSURE.where(*alerts)):
                        doubtful.add((chat_id, moment))

        await self._db.read_at_once(read)
        return {
            chat_id: frozenset(mark for mark, moment in known.items() if (chat_id, moment) not in doubtful)
            for chat_id, known in found.items()
        }


_MARKS = select(editions.c.chat_id, editions.c.edition, editions.c.created_at).where(editions.c.parts == 0)
_UNSURE = select(deliveries.c.chat_id, deliveries.c.created_at).where(
    deliveries.c.edition.like("alert:%"), deliveries.c.status.in_(["unknown", "rejected", "gone"])
)


def _pieces(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Slices small enough for one IN list beside another."""
    for start in range(0, len(values), IN_LIST // 2):
        yield values[start : start + IN_LIST // 2]


def _wanted(edition: NewEdition, subscriber: Row[Any] | None) -> bool:
    if subscriber is None:
        return edition.due is None and not edition.subscribers_only
    return bool(subscriber.active) and edition.due in {None, subscriber.next_digest}


def _known(connection: Connection, chat_ids: Sequence[int]) -> dict[int, Row[Any]]:
    """Subscribers among these chats: active, next_digest; locked until the transaction ends."""
    found: dict[int, Row[Any]] = {}
    for start in range(0, len(chat_ids), IN_LIST):
        of_chats = subscribers.c.chat_id.in_(chat_ids[start : start + IN_LIST])
        query = select(subscribers.c.chat_id, subscribers.c.active, subscribers.c.next_digest).where(of_chats)
        locked = connection.execute(query.order_by(subscribers.c.chat_id).with_for_update())
        found |= {row.chat_id: row for row in locked}
    return found


def _mark_row(chat_id: int, mark: str, now: datetime) -> dict[str, Any]:
    return {"chat_id": chat_id, "edition": mark, "parts": 0, "created_at": now}


def _move_on(connection: Connection, column: str, times: Iterable[tuple[int, datetime | None]]) -> None:
    """Set a time of subscribers, where there is one to set; of hundreds it is nearly always the same."""
    chats: dict[datetime, list[int]] = {}
    for chat_id, time in times:
        if time is not None:
            chats.setdefault(time, []).append(chat_id)
    for time, of_time in chats.items():
        for part in _pieces(of_time):
            moved = update(subscribers).where(subscribers.c.chat_id.in_(part)).values({column: time})
            connection.execute(moved)


def _edition_row(edition: NewEdition, now: datetime) -> dict[str, Any]:
    return {
        "chat_id": edition.chat_id,
        "edition": edition.key,
        "parts": len(edition.parts),
        "created_at": now,
    }


ALERT, USUAL, BROADCAST = range(3)
_RANKS = {"alert": ALERT, "broadcast": BROADCAST}


def rank_of(edition_key: str) -> int:
    """Which editions go first: an alert waits for no digest of others, a broadcast for everything."""
    return _RANKS.get(edition_key.partition(":")[0], USUAL)


def _hurry(connection: Connection, chat_ids: Sequence[int], now: datetime) -> None:
    """Let what waits before an alert of these chats go as soon as the alert itself."""
    for part in _pieces(chat_ids):
        waiting = deliveries.c.chat_id.in_(part), deliveries.c.status == "pending", deliveries.c.due <= now
        connection.execute(update(deliveries).where(*waiting, deliveries.c.rank > ALERT).values(rank=ALERT))


def _delivery_row(edition: NewEdition, part: int, now: datetime) -> dict[str, Any]:
    return {
        "chat_id": edition.chat_id,
        "edition": edition.key,
        "part": part,
        "content": encode_part(edition.parts[part]),
        "status": DeliveryStatus.PENDING.value,
        "rank": rank_of(edition.key),
        "due": max(now, edition.not_before) if edition.not_before else now,
        "thread_id": edition.thread_id,
        "attempts": 0,
        "created_at": now,
    }
