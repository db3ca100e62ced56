"""Polls are recorded together: what ends while a transaction runs goes into the next one.

A thousand feeds polled at once would otherwise be a thousand transactions that wait for each other.
Nothing is kept in memory for longer than the transaction before it takes; what a crash catches here
has not been recorded, validators included, and is fetched again.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

from briefing.errors import StoreError
from briefing.model import Polled
from briefing.store import Brought, PollRecord, Store

# What one transaction takes at most: other writers wait for it.
_POLLS = 100
_ENTRIES = 2000

_Waiting = tuple[PollRecord, asyncio.Future[Brought]]


class Ledger:
    """Records polls, several in one transaction.

    Args:
        store: The open database.
        first_window: How far back entries are read at first contact with a feed.
    """

    def __init__(self, store: Store, first_window: timedelta) -> None:
        self._store = store
        self._first_window = first_window
        self._waiting: list[_Waiting] = []
        self._writing = asyncio.Lock()

    async def record(self, poll: PollRecord) -> Brought:
        """Keep what a poll brought; what was new in it.

        Raises:
            StoreError: the database failed; nothing of this poll was kept.
        """
        done: asyncio.Future[Brought] = asyncio.get_running_loop().create_future()
        self._waiting.append((poll, done))
        try:
            async with self._writing:
                if not done.done():
                    await self._write()
        except asyncio.CancelledError:
            self._waiting = [waiting for waiting in self._waiting if waiting[1] is not done]
            done.cancel()
            raise
        return await done

    async def _write(self) -> None:
        batch = self._batch()
        try:
            found = await self._store.news.record_polls([poll for poll, _ in batch], self._first_window)
        except asyncio.CancelledError:
            # Whoever wrote for the others is cut off; the next of them writes. If the transaction got
            # through all the same, writing it again changes nothing.
            self._waiting = [one for one in batch if not one[1].done()] + self._waiting
            raise
        except StoreError as error:
            _fail(batch, error)
            return
        except Exception as error:
            if len(batch) == 1:
                _fail(batch, error)
                return
            # One feed's bug must not cost the others their entries.
            while batch:
                await self._write_alone(batch[0], batch)
                batch.pop(0)
            return
        for (_, done), new in zip(batch, found, strict=True):
            if not done.done():
                done.set_result(new)

    async def _write_alone(self, one: _Waiting, left: list[_Waiting]) -> None:
        poll, done = one
        try:
            (new,) = await self._store.news.record_polls([poll], self._first_window)
        except asyncio.CancelledError:
            self._waiting = [waiting for waiting in left if not waiting[1].done()] + self._waiting
            raise
        except Exception as error:
            _fail([one], error)
        else:
            if not done.done():
                done.set_result(new)

    def _batch(self) -> list[_Waiting]:
        """What is written next, the longest waiting first."""
        taken: list[_Waiting] = []
        size = 0
        while self._waiting and len(taken) < _POLLS and (not taken or size < _ENTRIES):
            one = self._waiting.pop(0)
            outcome = one[0].outcome
            size += len(outcome.entries) if isinstance(outcome, Polled) else 0
            taken.append(one)
        return taken


def _fail(batch: list[_Waiting], error: Exception) -> None:
    for _, done in batch:
        if not done.done():
            done.set_exception(error)
