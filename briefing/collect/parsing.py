"""Feeds parsed off the event loop, in threads of their own and not for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime

from briefing.collect.feeds import parse_feed
from briefing.model import Failed, Feed, Fetched, Polled

# A feed of 500 entries takes a tenth of a second, the largest that is read to its end some seconds.
LONGEST_S = 30.0
_THREADS = 4

Parse = Callable[[Fetched, Feed, datetime], Polled | Failed]


class FeedParser:
    """Parses feeds in a few threads; one that takes too long fails, and keeps its thread to its end.

    Args:
        threads: Feeds parsed at the same time.
        seconds: What one feed may take; waiting for a thread does not count.
        parse: What is done to a feed.
    """

    def __init__(
        self, threads: int = _THREADS, seconds: float = LONGEST_S, parse: Parse = parse_feed
    ) -> None:
        self._free = asyncio.Semaphore(threads)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="feeds")
        self._seconds = seconds
        self._parse = parse

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
