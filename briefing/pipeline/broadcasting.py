"""A message of the operators to everybody: in the outbox once, whatever is pressed twice or restarts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfoNotFoundError

from briefing.compose.audience import quiet_until
from briefing.model import Part
from briefing.store import NewEdition, Store
from briefing.store.audience import Recipient

log = logging.getLogger(__name__)

# Messages written in one transaction.
BATCH: Final = 500
# Of the 30 messages a second that Telegram takes; the rest is left for alerts and digests of other chats.
PER_SECOND: Final = 20


class Standing(StrEnum):
    """What has been decided about a broadcast."""

    OPEN = "open"
    SENT = "sent"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A message to everybody.

    Attributes:
        key: Unique to it, at most 150 characters; a chat gets each key once.
        decided_by: Chat in which it was previewed and is decided on.
        content: What everybody gets.
    """

    key: str
    decided_by: int
    content: Part

    def mark(self, standing: Standing) -> str:
        """Names a decision among the editions of the chat that decides."""
        return f"{self.key}:{standing}"


class Broadcaster:
    """Writes broadcasts to the outbox.

    Args:
        store: The open database.
        clock: Tells the time, aware UTC.
        allowed_ids: Chats that may be written to; empty: all.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime], allowed_ids: frozenset[int]) -> None:
        self._store = store
        self._clock = clock
        self._allowed_ids = allowed_ids

    async def recipients(self) -> int:
        """How many chats would get a broadcast now."""
        if not self._allowed_ids:
            return await self._store.audience.size()
        count, after = 0, None
        while page := await self._store.audience.page(after, BATCH):
            count += sum(one.chat_id in self._allowed_ids for one in page)
            after = page[-1].chat_id
        return count

    async def standing(self, broadcast: Broadcast) -> Standing:
        """What has been decided about it."""
        for standing in (Standing.CANCELLED, Standing.SENT):
            if await self._store.outbox.has_edition(broadcast.decided_by, broadcast.mark(standing)):
                return standing
        return Standing.OPEN

    async def send(self, broadcast: Broadcast) -> int:
        """Write it to everybody who has not got it yet, in batches; the number of chats written to now.

        Cut off in between, it goes on where it was when it is called again. Messages fall due at
        `PER_SECOND`, so that what is urgent meanwhile does not wait behind all of them, and never in
        quiet hours.
        """
        start = self._clock()
        written, after = 0, None
        while page := await self._store.audience.page(after, BATCH):
            reached = [one for one in page if not self._allowed_ids or one.chat_id in self._allowed_ids]
            places = range(written, written + len(reached))
            new = [
                NewEdition(
                    broadcast.key,
                    one.chat_id,
                    (broadcast.content,),
                    subscribers_only=True,
                    not_before=_due(one, start, timedelta(seconds=place // PER_SECOND)),
                    thread_id=one.thread_id,
                )
                for one, place in zip(reached, places, strict=True)
            ]
            written += await self._store.outbox.write_editions(new, self._clock())
            after = page[-1].chat_id
        await self._decide(broadcast, Standing.SENT)
        log.info("broadcast %s written to %d chats", broadcast.key, written)
        return written

    async def cancel(self, broadcast: Broadcast) -> None:
        """Decide that it is not sent."""
        await self._decide(broadcast, Standing.CANCELLED)

    async def _decide(self, broadcast: Broadcast, standing: Standing) -> None:
        mark = broadcast.mark(standing)
        decided = NewEdition(mark, broadcast.decided_by, ())
        await self._store.outbox.write_editions([decided], self._clock())


def _due(one: Recipient, start: datetime, place: timedelta) -> datetime:
    """When a chat's turn of a broadcast comes; those whose quiet hours end together have turns then, too."""
    due = start + place
    try:
        ends = quiet_until(one.quiet, one.timezone, due)
    except ZoneInfoNotFoundError:
        log.warning("chat %d lives in the unknown time zone %s", one.chat_id, one.timezone)
        return due
    return due if ends is None else ends + place
