"""Outcomes are written down at once, those that come meanwhile together in the next transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from briefing.model import Attempt

# Outcomes in one transaction at most: it stays short for whoever else writes.
MOST = 500


class Recording(Protocol):
    """Keeps how sending ended; `briefing.store` does."""

    async def record_all(self, attempts: Sequence[Attempt]) -> None:
        """Write down what became of claimed messages."""
        ...


class Recorder:
    """Writes outcomes to the outbox, as soon as it can and as many together as have come by then.

    Alone, an outcome is written at once. While one transaction runs, others gather for the next: at 1,000
    messages a second that is one transaction for some twenty of them instead of a thousand transactions.

    Args:
        outbox: Where to.
    """

    def __init__(self, outbox: Recording) -> None:
        self._outbox = outbox
        self._waiting: list[tuple[Attempt, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def record(self, attempt: Attempt) -> None:
        """Write down an outcome; returns once it is committed.

        Raises:
            StoreError: it could not be recorded.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((attempt, done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write(), name="recorder")
        await done

    async def idle(self) -> None:
        """Wait until what was begun is written, whoever still waits for it."""
        if self._writer is not None:
            await self._writer

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            trouble: Exception | None = None
            try:
                await self._outbox.record_all([attempt for attempt, _ in batch])
            except Exception as error:
                trouble = error
            except BaseException:
                # The loop is being closed: nobody waits for what nobody writes any more.
                for _, done in (*batch, *self._waiting):
                    done.cancel()
                raise
            for _, done in batch:
                if done.done():
                    continue
                if trouble is None:
                    done.set_result(None)
                else:
                    done.set_exception(trouble)
