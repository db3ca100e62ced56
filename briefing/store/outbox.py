"""The outbox: editions written once, messages claimed by one sender, outcomes kept.

The contract, its state diagram and its invariants: docs/delivery.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from briefing.model import (
    Attempt,
    Gone,
    Later,
    Migrated,
    Outgoing,
    Part,
    Rejected,
    SendOutcome,
    Sent,
    Unknown,
)
from briefing.store.chats import close_chat, lock_subscribers, move_chat
from briefing.store.codec import decode_part
from briefing.store.columns import UtcDateTime
from briefing.store.editions import NewEdition, delivery_row, edition_row, mark_row, move_on, wanted
from briefing.store.engine import Database
from briefing.store.feeds import IN_LIST
from briefing.store.tables import deliveries, editions, subscribers

_T = TypeVar("_T")

RETRY = timedelta(minutes=1)
"""Wait after a `Later` that names none, if the caller gives no time either."""

STALE = timedelta(minutes=5)
"""A claim this old has no sender behind it any more: sends time out within a minute."""


def behind_another(now: datetime) -> ColumnElement[bool]:
    """Whether a message that is due at `now` has to wait for another one of its chat."""
    other = deliveries.alias("other")
    # what is kept for the end of quiet hours was never claimed, has no reason, and holds back nobody
    waits = and_(other.c.status == "pending", or_(other.c.reason.is_not(None), other.c.due <= now))
    # one of a chat at a time: whatever a process has claimed to send next
    taken = and_(other.c.status == "pending", other.c.claimed_at > now - STALE, other.c.id != deliveries.c.id)
    before = or_(other.c.status == "sending", taken, and_(waits, other.c.id < deliveries.c.id))
    return select(other.c.id).where(other.c.chat_id == deliveries.c.chat_id, before).exists()


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

        def write(connection: Connection) -> int:
            known = _known(connection, sorted({edition.chat_id for edition in ordered}))
            asked = [edition for edition in ordered if wanted(edition, known.get(edition.chat_id))]
            if not asked:
                return 0
            added = connection.execute(
                self._db.insert(editions)
                .on_conflict_do_nothing()
                .returning(editions.c.chat_id, editions.c.edition),
                [edition_row(edition, now) for edition in asked],
            )
            fresh = {(row.chat_id, row.edition) for row in added}
            written = [edition for edition in asked if (edition.chat_id, edition.key) in fresh]
            move_on(connection, "next_digest", ((e.chat_id, e.next_digest) for e in asked))
            move_on(connection, "last_digest", ((e.chat_id, e.period_end) for e in written))
            rows = [delivery_row(e, part, now) for e in written for part in range(len(e.parts))]
            if rows:
                # A statement a row (nothing is returned), so that the keys ascend in this order:
                # `claim` takes them as the order of sending.
                connection.execute(insert(deliveries), rows)
            marks = {(e.chat_id, mark): mark_row(e.chat_id, mark, now) for e in written for mark in e.marks}
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
            marks = sorted(set(new.marks))
            rows = [mark_row(new.chat_id, mark, now) for mark in marks]
            insert_new = self._db.insert(editions).on_conflict_do_nothing()
            added = await connection.execute(insert_new.returning(editions.c.edition), rows)
            known = frozenset(marks) - set(added.scalars())
            if known:
                await connection.rollback()
                return known
            known_chats = await connection.run_sync(_known, [new.chat_id])
            subscriber = known_chats.get(new.chat_id)
            if wanted(new, subscriber):
                await connection.execute(insert_new, [edition_row(new, now)])
                parts = [delivery_row(new, part, now) for part in range(len(new.parts))]
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
        """Take messages that are due, for this process alone; `begin` before sending.

        Of each chat at most its oldest waiting message, and none while one of it is being sent. A claim
        that was not begun within `STALE` has no process behind it, and another one takes the message.

        Returns:
            At most `limit`, longest due first.
        """
        unclaimed = or_(deliveries.c.owner.is_(None), deliveries.c.claimed_at <= now - STALE)
        free = (
            select(deliveries.c.id)
            .where(deliveries.c.status == "pending", deliveries.c.due <= now, unclaimed, ~behind_another(now))
            .order_by(deliveries.c.due, deliveries.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=deliveries)
        )
        statement = (
            update(deliveries)
            .where(deliveries.c.id.in_(free))
            .values(owner=self.owner, claimed_at=now)
            .returning(deliveries)
        )

        def take(connection: Connection) -> Sequence[Row[Any]]:
            return connection.execute(statement).all()

        rows = await self._db.write_at_once(take)
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

    async def begin(self, claimed: Sequence[Outgoing], now: datetime) -> frozenset[int]:
        """Mark claimed messages as being sent from now on, in one transaction.

        Returns:
            Keys of those that may be sent: still claimed by this process, and no other of the chat under way.
        """
        ours = [deliveries.c.owner == self.owner, deliveries.c.status == "pending"]
        statement = (
            update(deliveries)
            .where(deliveries.c.id.in_([message.id for message in claimed]), *ours)
            .values(status="sending", claimed_at=now)
            .returning(deliveries.c.id)
        )

        def mark(connection: Connection) -> frozenset[int]:
            return frozenset(connection.execute(statement).scalars())

        try:
            return await self._db.write_at_once(mark)
        except IntegrityError:
            # On PostgreSQL an older message of a chat may have become visible between two claims; the
            # index of one `sending` a chat refuses to begin both. Nothing was marked.
            if len(claimed) == 1:
                return frozenset()
            alone = [await self.begin([message], now) for message in claimed]
            return frozenset().union(*alone)

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
        given_up = ("unknown",) if isinstance(outcome, Sent) else ()
        held = update(deliveries).where(ours, deliveries.c.status.in_((*_CLAIMED, *given_up)))
        async with self._db.write() as connection:
            match outcome:
                case Gone():
                    await lock_subscribers(connection, outgoing.chat_id)
                case Migrated(new_chat_id=new_chat_id):
                    await lock_subscribers(connection, outgoing.chat_id, new_chat_id)
            done = await connection.execute(held.values(_changes(outcome, now, retry_at)))
            if not done.rowcount:
                return False
            match outcome:
                case Gone(reason=reason):
                    await close_chat(connection, outgoing.chat_id, reason, now)
                case Migrated(new_chat_id=new_chat_id):
                    await move_chat(connection, self._db, outgoing.chat_id, new_chat_id)
        return True

    async def record_all(self, attempts: Sequence[Attempt]) -> None:
        """Keep how sending several claimed messages ended, see `record`.

        Those that were sent take one transaction. The others, which are few, have one each: they may touch
        other rows of their chats, and so no two processes wait for each other.
        """
        ours = deliveries.c.owner == self.owner
        held = or_(*(deliveries.c.status == status for status in (*_CLAIMED, "unknown")))
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
        """Give up what is being sent without a sender behind it: it becomes `unknown`.

        Call it at start and then every few minutes. Claims that were never begun need nothing: `claim`
        takes them when they are stale.

        Args:
            owner: Also every message begun by this process name, whatever its age; for a process that starts
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


# A message that this process holds, begun or not.
_CLAIMED = ("pending", "sending")


def _pieces(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Slices small enough for one IN list beside another."""
    for start in range(0, len(values), IN_LIST // 2):
        yield values[start : start + IN_LIST // 2]


def _known(connection: Connection, chat_ids: Sequence[int]) -> dict[int, Row[Any]]:
    """Subscribers among these chats: active, next_digest; locked until the transaction ends."""
    found: dict[int, Row[Any]] = {}
    for start in range(0, len(chat_ids), IN_LIST):
        of_chats = subscribers.c.chat_id.in_(chat_ids[start : start + IN_LIST])
        query = select(subscribers.c.chat_id, subscribers.c.active, subscribers.c.next_digest).where(of_chats)
        locked = connection.execute(query.order_by(subscribers.c.chat_id).with_for_update())
        found |= {row.chat_id: row for row in locked}
    return found


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
        case Gone(reason=reason):
            return {"status": "gone", "reason": reason, "finished_at": now}
        case Rejected(reason=reason):
            return {"status": "rejected", "reason": reason, "finished_at": now}
        case Unknown(reason=reason):
            return {"status": "unknown", "reason": reason, "finished_at": now}
