"""One round of delivery: claim, send at the allowed pace, record.

    pending --claim--> sending --+--> sent
       ^                         +--> gone | rejected
       |                         +--> unknown      (never sent again)
       +---- later, migrated ----+

Whatever the answer, it is recorded before the round ends. A crash while a message is on its way
leaves the row `sending`; the store turns it into `unknown` at the next start.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from briefing.deliver.pace import Pace
from briefing.model import Gone, Later, Migrated, Outgoing, Rejected, SendOutcome, Sent, Unknown

log = logging.getLogger(__name__)

# Answers take 50-300 ms; so many on their way keep 30 a second going.
IN_FLIGHT = 16
# Waits after `later` without a word from Telegram: 5 s, 10 s, 20 s … 15 min.
BACKOFF_FIRST = timedelta(seconds=5)
BACKOFF_MOST = timedelta(minutes=15)

KINDS: dict[type[SendOutcome], str] = {
    Sent: "sent",
    Later: "later",
    Gone: "gone",
    Migrated: "migrated",
    Rejected: "rejected",
    Unknown: "unknown",
}


class Sender(Protocol):
    """Sends one message; `bot.sender` does it over Telegram."""

    async def send(self, message: Outgoing) -> SendOutcome:
        """Send it once; trouble is an outcome, not an exception."""
        ...


class Outbox(Protocol):
    """Where messages wait; `briefing.store` keeps it."""

    async def claim(self, now: datetime, limit: int) -> tuple[Outgoing, ...]:
        """Mark up to `limit` due messages as being sent, at most one a chat, and return them."""
        ...

    async def record(
        self, outgoing: Outgoing, outcome: SendOutcome, now: datetime, retry_at: datetime | None
    ) -> bool:
        """Write down what became of a claimed message; `retry_at` is set for Later and Migrated.

        Returns:
            False if the claim was given up meanwhile.
        """
        ...


async def deliver_once(
    outbox: Outbox,
    sender: Sender,
    now: Callable[[], datetime],
    limit: int,
    *,
    pace: Pace,
) -> dict[str, int]:
    """Send what is due, at most `limit` messages.

    Args:
        outbox: Claims and records.
        sender: Sends one message.
        now: Tells the time, aware UTC.
        limit: Most messages to claim. A crash makes what is claimed and unsent `unknown`, so
            a few seconds' worth is enough.
        pace: The limiter; the same object for every round.

    Returns:
        Number of messages by outcome: sent, later, gone, migrated, rejected, unknown.

    Raises:
        StoreError: an outcome could not be recorded; the others of the round were.
    """
    claimed = await outbox.claim(now(), limit)
    in_flight = asyncio.Semaphore(IN_FLIGHT)

    async def one(message: Outgoing) -> str:
        wait = await pace.turn(message.chat_id)
        if wait is not None:
            outcome: SendOutcome = Later("this chat's pace", wait)
        else:
            async with in_flight:
                outcome = await _send(sender, message)
        if isinstance(outcome, Later) and outcome.after is not None:
            pace.hold(message.chat_id, outcome.after)
        at = now()
        await outbox.record(message, outcome, at, _retry_at(message, outcome, at))
        return KINDS[type(outcome)]

    # One message's trouble must not cancel another that is on its way.
    finished = await asyncio.gather(*(one(message) for message in claimed), return_exceptions=True)
    counts: Counter[str] = Counter()
    for result in finished:
        if isinstance(result, BaseException):
            raise result
        counts[result] += 1
    return dict(counts)


async def _send(sender: Sender, message: Outgoing) -> SendOutcome:
    try:
        outcome = await sender.send(message)
    except Exception as error:
        # A bug; whether Telegram has the message nobody can say.
        log.exception("delivery %d to chat %d failed in a way nobody planned", message.id, message.chat_id)
        return Unknown(f"{type(error).__name__} while sending")
    if not isinstance(outcome, Sent):
        log.info("delivery %d to chat %d: %s", message.id, message.chat_id, outcome)
    return outcome


def _retry_at(message: Outgoing, outcome: SendOutcome, now: datetime) -> datetime | None:
    if isinstance(outcome, Migrated):
        return now
    if not isinstance(outcome, Later):
        return None
    # 2**8 * 5 s is beyond the most already; the bound keeps the power small
    backoff = min(BACKOFF_FIRST * 2 ** min(message.attempts, 8), BACKOFF_MOST)
    return now + (backoff if outcome.after is None else outcome.after)
