"""What many want written at once is written together: a transaction for all that have come by then."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

I = TypeVar("I")  # noqa: E741 (in)
O = TypeVar("O")  # noqa: E741 (out)

# In one transaction at most: it stays short for whoever else writes.
MOST = 500


class Together(Generic[I, O]):
    """Does things at once, and together with all that come while the last were being done.

    Alone, a thing is done without delay. At 1,000 messages a second some twenty share a transaction.

    Args:
        work: Does several things, and gives as many results in their order.
    """

    def __init__(self, work: Callable[[Sequence[I]], Awaitable[Sequence[O]]]) -> None:
        self._work = work
        self._waiting: list[tuple[I, asyncio.Future[O]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def do(self, item: I) -> O:
        """Do one thing; returns once its transaction is committed.

        Raises:
            StoreError: it could not be done.
        """
        done: asyncio.Future[O] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._run(), name="together")
        return await done

    async def idle(self) -> None:
        """Wait until what was begun is done, whoever still waits for it."""
        if self._worker is not None:
            await self._worker

    async def _run(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            try:
                results = await self._work([item for item, _ in batch])
            except Exception as error:
                for _, done in batch:
                    if not done.done():
                        done.set_exception(error)
            except BaseException:
                # The loop is being closed: nobody waits for what nobody does any more.
                for _, done in (*batch, *self._waiting):
                    done.cancel()
                raise
            else:
                for (_, done), result in zip(batch, results, strict=True):
                    if not done.done():
                        done.set_result(result)
