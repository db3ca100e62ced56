"""Feeds parsed off the event loop, in threads of their own and not for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from briefing.collect.feeds import parse_feed
from briefing.model import Failed, Feed, Fetched, Polled

# A feed of 500 entries takes a tenth of a second, the largest that is read to its end some seconds.
LONGEST_S = 30.0
_THREADS = 4
# Bodies that wait for a thread or are being parsed. An ordinary round of a thousand feeds, of which a tenth
# changes, brings a fifth of it; four of the largest bodies that the fetcher takes fill it.
MOST_BYTES = 64 * 1024 * 1024

Parse = Callable[[Fetched, Feed, datetime], Polled | Failed]


class FeedParser:
    """Parses feeds in a few threads; one that takes too long fails, and keeps its thread to its end.

    Args:
        threads: Feeds parsed at the same time.
        seconds: What one feed may take; waiting for a thread does not count.
        parse: What is done to a feed.
        most_bytes: Bodies that `admitted` lets in at the same time.
    """

    def __init__(
        self,
        threads: int = _THREADS,
        seconds: float = LONGEST_S,
        parse: Parse = parse_feed,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._free = asyncio.Semaphore(threads)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="feeds")
        self._seconds = seconds
        self._parse = parse
        self._room = _Room(most_bytes)

    @asynccontextmanager
    async def admitted(self) -> AsyncIterator[Callable[[int], Awaitable[None]]]:
        """Room for one body; what is yielded waits until so many bytes fit, and is to be called once.

        Whoever holds a body waits there with the connection it came by (`Fetcher.get`), so that no more
        are fetched than are parsed. The room is free again at the end of the block.
        """
        taken = 0

        async def take(size: int) -> None:
            nonlocal taken
            await self._room.take(size)
            taken += size

        try:
            yield take
        finally:
            self._room.give_back(taken)

    async def parse(self, fetched: Fetched, feed: Feed, now: datetime) -> Polled | Failed:
        """What `parse_feed` makes of an answer, or Failed if it is not ready in time."""
        await self._free.acquire()
        loop = asyncio.get_running_loop()
        work = self._threads.submit(self._parse, fetched, feed, now)

        def over(_: Future[Polled | Failed]) -> None:
            with suppress(RuntimeError):  # the loop may have been closed meanwhile
                loop.call_soon_threadsafe(self._free.release)

        # a thread cannot be stopped, so it is free when it is done and not when nobody waits any more
        work.add_done_callback(over)
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.wrap_future(work)
        except TimeoutError:
            return Failed(f"took longer than {self._seconds:g} s to parse")


class _Room:
    """So many bytes at most, handed out in the order in which they are asked for."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0
        self._door = asyncio.Lock()
        self._freed = asyncio.Event()

    async def take(self, size: int) -> None:
        """Wait until they fit; what is larger than all the room gets it alone."""
        async with self._door:
            while self._taken and self._taken + size > self._most:
                self._freed.clear()
                await self._freed.wait()
            self._taken += size

    def give_back(self, size: int) -> None:
        self._taken -= size
        self._freed.set()
