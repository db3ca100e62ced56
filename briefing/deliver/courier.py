"""Delivery: claim, send at the allowed pace, record, as long as something is due.

    pending --claim--> pending, ours --begin--> sending --+--> sent
       ^                                                  +--> gone | rejected
       |                                                  +--> unknown      (never sent again)
       +------------- later, migrated, topic lost --------+

Whatever the answer, it is recorded before the work ends. A crash while a message is on its way
leaves the row `sending`; the store turns it into `unknown`. So a message is begun no sooner than it has
a place among the few that are next; what was only claimed is taken up by another process.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from briefing.deliver.pace import Pace
from briefing.deliver.together import Together
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

log = logging.getLogger(__name__)

# Answers take 50-300 ms; so many on their way keep 30 a second going, and a tenth of the pace any other.
IN_FLIGHT = 16
# Of these so many are begun and wait for their turn: enough to have one begun in time while others write to
# the database, and no more, because a crash leaves them all in doubt. Or a tenth of the pace.
IN_LINE = 5
# How much is claimed beyond what is on its way: the time a claim may take without the sending noticing.
AHEAD_S = 0.5
# Waits after `later` without a word from Telegram: 5 s, 10 s, 20 s … 15 min.
BACKOFF_FIRST = timedelta(seconds=5)
BACKOFF_MOST = timedelta(minutes=15)
# Others give a claim up after five minutes (`store.sending.STALE`); one that has waited so long is not begun.
CLAIM_GOOD_S = 120.0
NOT_BEGUN = Later("not begun", timedelta(0), tried=False)

KINDS: dict[type[SendOutcome], str] = {
    Sent: "sent",
    Later: "later",
    Gone: "gone",
    Migrated: "migrated",
    TopicLost: "topic lost",
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
        """Take up to `limit` due messages for this process, at most one a chat."""
        ...

    async def begin(self, claimed: Sequence[Outgoing], now: datetime) -> frozenset[int]:
        """Mark claimed messages as being sent from now on; keys of those that are still ours."""
        ...

    async def record_all(self, attempts: Sequence[Attempt]) -> None:
        """Write down what became of claimed messages."""
        ...


class Courier:
    """Delivers what is due.

    Args:
        outbox: Claims and records.
        sender: Sends one message.
        now: Tells the time, aware UTC.
        pace: The limiter, the same object as long as the process lives.
        in_flight: Most messages on their way at once; None: by the pace.
        observe: Told the outcome of each message that was tried, as soon as it is kept.
    """

    def __init__(
        self,
        outbox: Outbox,
        sender: Sender,
        now: Callable[[], datetime],
        pace: Pace,
        in_flight: int | None = None,
        *,
        observe: Callable[[str], None] | None = None,
    ) -> None:
        self._outbox = outbox
        self._sender = sender
        self._now = now
        self._pace = pace
        self._observe = observe
        self._beginning = Together(self._begin)
        self._recording = Together(self._record)
        tenth = math.ceil(pace.per_second / 10)
        places = in_flight or max(IN_FLIGHT, tenth)
        self._in_flight = asyncio.Semaphore(places)
        self._in_line = asyncio.Semaphore(min(places, max(IN_LINE, tenth)))
        self._ahead = max(1, math.ceil(min(pace.per_second, 1000) * AHEAD_S))
        self._window = places + self._ahead
        self._under_way: set[asyncio.Task[None]] = set()
        self._less = asyncio.Event()
        self._counts: Counter[str] = Counter()
        self._trouble: BaseException | None = None
        self._stop = asyncio.Event()

    async def deliver(self, stop: asyncio.Event | None = None) -> dict[str, int]:
        """Send until nothing is due any more, page after page of the outbox.

        Args:
            stop: Once set, nothing more is claimed and what has not been begun is given back.

        Returns:
            Number of messages by outcome: sent, later, gone, migrated, topic lost, rejected, unknown.

        Raises:
            StoreError: the outbox failed; what was on its way has come to its end, and what could be
                recorded was.
        """
        self._stop = stop or self._stop
        return await self._whole(self._pages())

    async def once(self, limit: int) -> dict[str, int]:
        """Send at most `limit` messages that are due now; returns and raises what `deliver` does."""
        return await self._whole(self._page(limit))

    async def _whole(self, claiming: Coroutine[Any, Any, object]) -> dict[str, int]:
        try:
            await claiming
            await self._down_to(0)
        except BaseException:
            # Cancelled, or the outbox failed: nothing runs on behind the caller's back.
            if self._trouble is None:
                self._stop = asyncio.Event()
                self._stop.set()
                for task in self._under_way:
                    task.cancel()
            if self._under_way:
                await asyncio.wait(self._under_way)
            await self._beginning.idle()
            await self._recording.idle()
            raise
        if self._trouble is not None:
            raise self._trouble
        counts, self._counts = dict(self._counts), Counter()
        return counts

    async def _pages(self) -> None:
        while not self._stop.is_set() and self._trouble is None and not self._pace.all_held():
            room = self._window - len(self._under_way)
            claimed = await self._page(room)
            if not self._under_way:
                return
            # A short page is the end of what can be claimed until more is recorded: of a chat only one
            # message at a time can be.
            left = self._window - self._ahead if claimed == room else len(self._under_way) // 2
            await self._down_to(min(left, len(self._under_way) - 1))

    async def _page(self, limit: int) -> int:
        claimed = await self._outbox.claim(self._now(), limit)
        good_until = self._pace.clock() + CLAIM_GOOD_S
        for message in claimed:
            task = asyncio.create_task(self._one(message, good_until))
            self._under_way.add(task)
            task.add_done_callback(self._ended)
        return len(claimed)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._trouble = self._trouble or error
        self._less.set()

    async def _down_to(self, count: int) -> None:
        """Wait until at most so many are under way."""
        while len(self._under_way) > count:
            self._less.clear()
            await self._less.wait()

    # ------------------------------------------------------------------ one message

    async def _one(self, message: Outgoing, good_until: float) -> None:
        outcome = await self._sent(message, good_until)
        at = self._now()
        retry_at = _retry_at(message, outcome, at)
        if isinstance(outcome, Sent):
            self._pace.accepted()
        elif isinstance(outcome, Later) and outcome.limited:
            self._pace.refused(message.chat_id, outcome.after or _backoff(message))
        await self._recording.do(Attempt(message, outcome, at, retry_at))
        self._counts[KINDS[type(outcome)]] += 1
        if self._observe is not None and not (isinstance(outcome, Later) and not outcome.tried):
            self._observe(KINDS[type(outcome)])

    async def _sent(self, message: Outgoing, good_until: float) -> SendOutcome:
        sending = False
        try:
            if (wait := await self._pace.chat_turn(message.chat_id)) is not None:
                return Later("this chat's pace", wait, tried=False)
            async with self._in_flight:
                async with self._in_line:
                    if self._stop.is_set() or not await self._beginning.do(message):
                        return NOT_BEGUN
                    # Before its turn: between that and sending nothing may take time, or messages bunch.
                    if (wait := await self._pace.common_turn(message.chat_id)) is not None:
                        return Later("the pace of all chats", wait, tried=False)
                if self._stop.is_set() or self._pace.clock() > good_until:
                    return NOT_BEGUN
                sending = True
                return await _send(self._sender, message)
        except asyncio.CancelledError:
            if sending:
                return Unknown("cut off while sending")
            return NOT_BEGUN

    async def _begin(self, claimed: Sequence[Outgoing]) -> Sequence[bool]:
        begun = await self._outbox.begin(claimed, self._now())
        return [message.id in begun for message in claimed]

    async def _record(self, attempts: Sequence[Attempt]) -> Sequence[None]:
        await self._outbox.record_all(attempts)
        return [None] * len(attempts)


async def deliver_once(
    outbox: Outbox,
    sender: Sender,
    now: Callable[[], datetime],
    limit: int,
    *,
    pace: Pace,
) -> dict[str, int]:
    """Send what is due, at most `limit` messages; see `Courier`."""
    return await Courier(outbox, sender, now, pace).once(limit)


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


def _backoff(message: Outgoing) -> timedelta:
    # 2**8 * 5 s is beyond the most already; the bound keeps the power small
    doubled: timedelta = BACKOFF_FIRST * 2 ** min(message.attempts, 8)
    return min(doubled, BACKOFF_MOST)


def _retry_at(message: Outgoing, outcome: SendOutcome, now: datetime) -> datetime | None:
    if isinstance(outcome, Migrated | TopicLost):
        return now
    if not isinstance(outcome, Later):
        return None
    return now + (_backoff(message) if outcome.after is None else outcome.after)
