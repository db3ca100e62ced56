"""The outbox: editions written once, messages claimed by one sender, outcomes kept.

The contract, its state diagram and its invariants: docs/delivery.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, and_, bindparam, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from briefing.model import (
    Attempt,
    DeliveryStatus,
    Gone,
    Later,
    Migrated,
    Outgoing,
    Part,
    Rejected,
    SendOutcome,
    Sent,
    TopicLost,
    Unknown,
)
from briefing.store.chats import close_chat, leave_topic, lock_subscribers, move_chat
from briefing.store.codec import decode_part, encode_part
from briefing.store.columns import UtcDateTime
from briefing.store.engine import Database
from briefing.store.feeds import IN_LIST
from briefing.store.tables import deliveries, editions, subscribers

_T = TypeVar("_T")

RETRY = timedelta(minutes=1)
"""Wait after a `Later` that names none, if the caller gives no time either."""

STALE = timedelta(minutes=5)
"""A claim this old has no sender behind it any more: sends time out within a minute."""


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


class OutboxStore:
    """Aggregate of editions and deliveries.

    Args:
        owner: Names this process in its claims.
    """

    def __init__(self, database: Database, owner: str) -> None:
        self._db = database
        self.owner = owner

    # -------------------------------------------------------------- writing

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
        async with self._db.write() as connection:
            known = await _known(connection, sorted({edition.chat_id for edition in ordered}))
            ordered = [edition for edition in ordered if _wanted(edition, known.get(edition.chat_id))]
            if not ordered:
                return 0
            added = await connection.execute(
                self._db.insert(editions)
                .on_conflict_do_nothing()
                .returning(editions.c.chat_id, editions.c.edition),
                [_edition_row(edition, now) for edition in ordered],
            )
            fresh = {(row.chat_id, row.edition) for row in added}
            written = [edition for edition in ordered if (edition.chat_id, edition.key) in fresh]
            await _move_on(connection, "next_digest", ((e.chat_id, e.next_digest) for e in ordered))
            await _move_on(connection, "last_digest", ((e.chat_id, e.period_end) for e in written))
            rows = [_delivery_row(e, part, now) for e in written for part in range(len(e.parts))]
            if rows:
                # Sorted, because `claim` takes the keys as the order of sending.
                await connection.execute(
                    insert(deliveries).returning(deliveries.c.id, sort_by_parameter_order=True), rows
                )
            marks = {(e.chat_id, mark): _mark_row(e.chat_id, mark, now) for e in written for mark in e.marks}
            if marks:
                kept = self._db.insert(editions)
                again = {"created_at": kept.excluded.created_at}
                upsert = kept.on_conflict_do_update(index_elements=["chat_id", "edition"], set_=again)
                await connection.execute(upsert, list(marks.values()))
        return len(written)

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
            subscriber = (await _known(connection, [new.chat_id])).get(new.chat_id)
            if _wanted(new, subscriber):
                await connection.execute(insert_new, [_edition_row(new, now)])
                parts = [_delivery_row(new, part, now) for part in range(len(new.parts))]
                await connection.execute(
                    insert(deliveries).returning(deliveries.c.id, sort_by_parameter_order=True), parts
                )
        return frozenset()

    async def has_edition(self, chat_id: int, edition_key: str) -> bool:
        """True if the chat has had this edition, sent or not."""
        query = select(editions.c.parts).where(
            editions.c.chat_id == chat_id, editions.c.edition == edition_key
        )
        async with self._db.read() as connection:
            return (await connection.execute(query)).first() is not None

    async def told(
        self, chat_ids: Sequence[int], marks: Sequence[str], since: datetime
    ) -> set[tuple[int, str]]:
        """Which of these chats have been told which of these facts since a time, as (chat, mark)."""
        found: set[tuple[int, str]] = set()
        wanted = sorted(set(marks))
        async with self._db.read() as connection:
            for chats in _pieces(sorted(set(chat_ids))):
                for keys in _pieces(wanted):
                    query = select(editions.c.chat_id, editions.c.edition).where(
                        editions.c.chat_id.in_(chats),
                        editions.c.edition.in_(keys),
                        editions.c.created_at >= since,
                    )
                    found |= {(row.chat_id, row.edition) for row in await connection.execute(query)}
        return found

    async def told_since(self, chat_ids: Sequence[int], since: datetime) -> dict[int, frozenset[str]]:
        """Marks of all facts that these chats have been told since a time, by chat."""
        found: dict[int, set[str]] = {}
        async with self._db.read() as connection:
            for chats in _pieces(sorted(set(chat_ids))):
                query = select(editions.c.chat_id, editions.c.edition).where(
                    editions.c.chat_id.in_(chats), editions.c.parts == 0, editions.c.created_at >= since
                )
                for row in await connection.execute(query):
                    found.setdefault(row.chat_id, set()).add(row.edition)
        return {chat_id: frozenset(marks) for chat_id, marks in found.items()}

    # -------------------------------------------------------------- sending

    async def claim(self, now: datetime, limit: int) -> tuple[Outgoing, ...]:
        """Take messages that are due, for this process alone; they are `sending` afterwards.

        Of each chat at most its oldest waiting message, and none while one of it is being sent.

        Returns:
            At most `limit`, longest due first.
        """
        other = deliveries.alias("other")
        # what is kept for the end of quiet hours was never claimed, has no reason, and holds back nobody
        waits = and_(other.c.status == "pending", or_(other.c.reason.is_not(None), other.c.due <= now))
        before = or_(other.c.status == "sending", and_(waits, other.c.id < deliveries.c.id))
        blocked = select(other.c.id).where(other.c.chat_id == deliveries.c.chat_id, before).exists()
        free = (
            select(deliveries.c.id)
            .where(deliveries.c.status == "pending", deliveries.c.due <= now, ~blocked)
            .order_by(deliveries.c.due, deliveries.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=deliveries)
        )
        statement = (
            update(deliveries)
            .where(deliveries.c.id.in_(free))
            .values(status="sending", owner=self.owner, claimed_at=now)
            .returning(deliveries)
        )

        def take(connection: Connection) -> Sequence[Row[Any]]:
            return connection.execute(statement).all()

        try:
            rows = await self._db.write_at_once(take)
        except IntegrityError:
            # On PostgreSQL an older message of a chat may have become visible between two claims; the
            # index of one `sending` a chat then refuses the second claim. Nothing was taken.
            return ()
        return tuple(
            Outgoing(
                id=row.id,
                chat_id=row.chat_id,
                edition=row.edition,
                part=row.part,
                content=decode_part(row.content),
                attempts=row.attempts,
                thread_id=row.thread_id,
            )
            for row in sorted(rows, key=lambda row: (row.due, row.id))
        )

    async def record(
        self, outgoing: Outgoing, outcome: SendOutcome, now: datetime, retry_at: datetime | None = None
    ) -> bool:
        """Keep how sending a claimed message ended.

        Args:
            retry_at: After `Later`: when to try again; None takes the wait of the outcome, or a minute.

        Returns:
            False if the claim is no longer ours (given up by `recover`): then only `Sent` is still
            taken, because it turns doubt into knowledge.
        """
        ours = (deliveries.c.id == outgoing.id) & (deliveries.c.owner == self.owner)
        given_up = "unknown" if isinstance(outcome, Sent) else "sending"
        held = update(deliveries).where(ours, deliveries.c.status.in_(("sending", given_up)))
        async with self._db.write() as connection:
            match outcome:
                case Gone() | TopicLost():
                    await lock_subscribers(connection, outgoing.chat_id)
                case Migrated(new_chat_id=new_chat_id):
                    await lock_subscribers(connection, outgoing.chat_id, new_chat_id)
            done = await connection.execute(held.values(_changes(outcome, now, retry_at)))
            if not done.rowcount:
                return False
            match outcome:
                case Gone(reason=reason):
                    await close_chat(connection, outgoing.chat_id, reason, now)
                case TopicLost() if outgoing.thread_id is not None:
                    await leave_topic(connection, outgoing.chat_id, outgoing.thread_id)
                case Migrated(new_chat_id=new_chat_id):
                    await move_chat(connection, self._db, outgoing.chat_id, new_chat_id)
        return True

    async def record_all(self, attempts: Sequence[Attempt]) -> None:
        """Keep how sending several claimed messages ended, see `record`.

        Those that were sent take one transaction. The others, which are few, have one each: they may touch
        other rows of their chats, and so no two processes wait for each other.
        """
        ours = deliveries.c.owner == self.owner
        held = or_(deliveries.c.status == "sending", deliveries.c.status == "unknown")
        statement = (
            update(deliveries)
            .where(deliveries.c.id == bindparam("delivery"), ours, held)
            .values(
                status="sent",
                message_id=bindparam("message"),
                finished_at=bindparam("moment", type_=UtcDateTime),
                reason=None,
            )
        )
        sent: list[dict[str, Any]] = []
        for attempt in attempts:
            if isinstance(attempt.outcome, Sent):
                told = {"message": attempt.outcome.message_id, "moment": attempt.at}
                sent.append({"delivery": attempt.outgoing.id, **told})
        if sent:

            def keep(connection: Connection) -> None:
                connection.execute(statement, sent)

            await self._db.write_at_once(keep)
        for attempt in attempts:
            if not isinstance(attempt.outcome, Sent):
                await self.record(attempt.outgoing, attempt.outcome, attempt.at, attempt.retry_at)

    async def recover(self, now: datetime, *, owner: str | None = None, older_than: timedelta = STALE) -> int:
        """Give up claims without a sender behind them: what was being sent becomes `unknown`.

        Call it at start and then every few minutes.

        Args:
            owner: Also every claim of this process name, whatever its age; for a process that starts
                again under its old name and knows that nobody else bears it.
            older_than: Claims of others are left alone until they are this old.

        Returns:
            The number of messages now unknown.
        """
        orphaned = deliveries.c.claimed_at <= now - older_than
        if owner is not None:
            orphaned = or_(orphaned, deliveries.c.owner == owner)
        statement = (
            update(deliveries)
            .where(deliveries.c.status == "sending", orphaned)
            .values(status="unknown", reason="the process ended while sending", finished_at=now)
        )
        async with self._db.write() as connection:
            return (await connection.execute(statement)).rowcount


def _pieces(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Slices small enough for one IN list beside another."""
    for start in range(0, len(values), IN_LIST // 2):
        yield values[start : start + IN_LIST // 2]


def _wanted(edition: NewEdition, subscriber: Row[Any] | None) -> bool:
    if subscriber is None:
        return edition.due is None and not edition.subscribers_only
    return bool(subscriber.active) and edition.due in {None, subscriber.next_digest}


async def _known(connection: AsyncConnection, chat_ids: Sequence[int]) -> dict[int, Row[Any]]:
    """Subscribers among these chats: active, next_digest; locked until the transaction ends."""
    found: dict[int, Row[Any]] = {}
    for start in range(0, len(chat_ids), IN_LIST):
        of_chats = subscribers.c.chat_id.in_(chat_ids[start : start + IN_LIST])
        query = select(subscribers.c.chat_id, subscribers.c.active, subscribers.c.next_digest).where(of_chats)
        locked = await connection.execute(query.order_by(subscribers.c.chat_id).with_for_update())
        found |= {row.chat_id: row for row in locked}
    return found


def _mark_row(chat_id: int, mark: str, now: datetime) -> dict[str, Any]:
    return {"chat_id": chat_id, "edition": mark, "parts": 0, "created_at": now}


async def _move_on(
    connection: AsyncConnection, column: str, times: Iterable[tuple[int, datetime | None]]
) -> None:
    """Set a time of subscribers, where there is one to set."""
    rows = [{"chat": chat_id, "time": time} for chat_id, time in times if time is not None]
    if rows:
        of_chat = subscribers.c.chat_id == bindparam("chat")
        moment = bindparam("time", type_=UtcDateTime)
        await connection.execute(update(subscribers).where(of_chat).values({column: moment}), rows)


def _edition_row(edition: NewEdition, now: datetime) -> dict[str, Any]:
    return {
        "chat_id": edition.chat_id,
        "edition": edition.key,
        "parts": len(edition.parts),
        "created_at": now,
    }


def _delivery_row(edition: NewEdition, part: int, now: datetime) -> dict[str, Any]:
    return {
        "chat_id": edition.chat_id,
        "edition": edition.key,
        "part": part,
        "content": encode_part(edition.parts[part]),
        "status": DeliveryStatus.PENDING.value,
        "due": max(now, edition.not_before) if edition.not_before else now,
        "thread_id": edition.thread_id,
        "attempts": 0,
        "created_at": now,
    }


def _changes(outcome: SendOutcome, now: datetime, retry_at: datetime | None) -> dict[str, Any]:
    """Columns of a delivery after an outcome."""
    waiting = {"status": "pending", "claimed_at": None, "owner": None}
    match outcome:
        case Sent(message_id=message_id):
            return {"status": "sent", "message_id": message_id, "finished_at": now, "reason": None}
        case Later(reason=reason, after=after):
            due = retry_at or now + (after or RETRY)
            attempts = deliveries.c.attempts + 1 if outcome.tried else deliveries.c.attempts
            return {**waiting, "due": due, "reason": reason, "attempts": attempts}
        case Migrated():
            return {**waiting, "due": now, "reason": "the group has a new id"}
        case TopicLost():
            return {**waiting, "due": now, "thread_id": None, "reason": "the topic is closed or deleted"}
        case Gone(reason=reason):
            return {"status": "gone", "reason": reason, "finished_at": now}
        case Rejected(reason=reason):
            return {"status": "rejected", "reason": reason, "finished_at": now}
        case Unknown(reason=reason):
            return {"status": "unknown", "reason": reason, "finished_at": now}
