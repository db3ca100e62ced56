"""The outbox while it is being sent: messages claimed, begun by one process, outcomes kept.

The contract, its state diagram and its invariants: docs/delivery.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, or_, select, update
from sqlalchemy.exc import IntegrityError

from briefing.model import (
    Attempt,
    Gone,
    Later,
    Migrated,
    Outgoing,
    Rejected,
    SendOutcome,
    Sent,
    TopicLost,
    Unknown,
)
from briefing.store.chats import close_chat, leave_topic, lock_subscribers, move_chat
from briefing.store.codec import decode_part
from briefing.store.columns import UtcDateTime
from briefing.store.engine import Database
from briefing.store.tables import deliveries

RETRY = timedelta(minutes=1)
"""Wait after a `Later` that names none, if the caller gives no time either."""

STALE = timedelta(minutes=5)
"""A claim this old has no sender behind it any more: sends time out within a minute."""

AFTER_A_WEEK = "given up after a week: "
"""In front of the reason of a message that was given up."""

GIVEN_UP = timedelta(days=7)
"""A message that was tried and has waited so long is no news, and would hold back its chat for ever."""

# A message that this process holds, begun or not.
_CLAIMED = ("pending", "sending")


def behind_another(now: datetime) -> ColumnElement[bool]:
    """Whether a message that is due at `now` has to wait for another one of its chat."""
    other = deliveries.alias("other")
    # What is kept for the end of quiet hours was never claimed, has no reason, and holds back nobody. What
    # was due when it was written does, even where the clock has been set back since.
    at_once = or_(other.c.due <= now, other.c.due <= other.c.created_at)
    waits = and_(other.c.status == "pending", or_(other.c.reason.is_not(None), at_once))
    # one of a chat at a time: whatever a process has claimed to send next
    taken = and_(other.c.status == "pending", other.c.claimed_at > now - STALE, other.c.id != deliveries.c.id)
    before = or_(other.c.status == "sending", taken, and_(waits, other.c.id < deliveries.c.id))
    return select(other.c.id).where(other.c.chat_id == deliveries.c.chat_id, before).exists()


@dataclass(frozen=True, slots=True)
class Recovered:
    """Messages that `recover` has put an end to.

    Attributes:
        unknown: Those that were being sent without a sender behind them.
        given_up: Those that were tried for too long.
    """

    unknown: int
    given_up: int


class SendingStore:
    """Deliveries on their way out.

    Args:
        owner: Names this process in its claims.
    """

    def __init__(self, database: Database, owner: str) -> None:
        self._db = database
        self.owner = owner

    async def claim(self, now: datetime, limit: int) -> tuple[Outgoing, ...]:
        """Take messages that are due, for this process alone; `begin` before sending.

        Of each chat at most its oldest waiting message, and none while one of it is being sent. A claim
        that was not begun within `STALE` has no process behind it, and another one takes the message.

        Returns:
            At most `limit`: alerts first, broadcasts last, of each the longest due first.
        """
        unclaimed = or_(deliveries.c.owner.is_(None), deliveries.c.claimed_at <= now - STALE)
        free = (
            select(deliveries.c.id)
            .where(deliveries.c.status == "pending", deliveries.c.due <= now, unclaimed, ~behind_another(now))
            .order_by(deliveries.c.rank, deliveries.c.due, deliveries.c.id)
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
            for row in sorted(rows, key=lambda row: (row.rank, row.due, row.id))
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

    async def recover(
        self, now: datetime, *, owner: str | None = None, older_than: timedelta = STALE
    ) -> Recovered:
        """Give up what is being sent without a sender behind it: it becomes `unknown`.

        Call it at start and then every few minutes. Claims that were never begun need nothing: `claim`
        takes them when they are stale. What was tried and has waited for `GIVEN_UP` is `rejected`.

        Args:
            owner: Also every message begun by this process name, whatever its age; for a process that starts
                again under its old name and knows that nobody else bears it.
            older_than: Claims of others are left alone until they are this old.
        """
        orphaned = deliveries.c.claimed_at <= now - older_than
        if owner is not None:
            orphaned = or_(orphaned, deliveries.c.owner == owner)
        statement = (
            update(deliveries)
            .where(deliveries.c.status == "sending", orphaned)
            .values(status="unknown", reason="the process ended while sending", finished_at=now)
        )
        free = or_(deliveries.c.owner.is_(None), deliveries.c.claimed_at <= now - STALE)
        tried = deliveries.c.status == "pending", deliveries.c.reason.is_not(None), free
        given_up = (
            update(deliveries)
            .where(*tried, deliveries.c.created_at <= now - GIVEN_UP)
            .values(status="rejected", reason=AFTER_A_WEEK + deliveries.c.reason, finished_at=now)
        )
        async with self._db.write() as connection:
            rejected = (await connection.execute(given_up)).rowcount
            return Recovered((await connection.execute(statement)).rowcount, rejected)


def _changes(outcome: SendOutcome, now: datetime, retry_at: datetime | None) -> dict[str, Any]:
    """Columns of a delivery after an outcome."""
    waiting = {"status": "pending", "claimed_at": None, "owner": None}
    match outcome:
        case Sent(message_id=message_id):
            return {"status": "sent", "message_id": message_id, "finished_at": now, "reason": None}
        case Later(reason=reason, after=after):
            due = retry_at or now + (RETRY if after is None else after)
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
