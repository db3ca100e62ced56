"""One request to a host after another, with a pause between them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from briefing.collect.urls import host_of

# Hosts whose turn is long over are forgotten when more than this many are known.
_KNOWN = 1000


class Turns:
    """Gives out turns to ask a host, in the order in which they are wanted.

    Args:
        monotonic: Seconds that only grow.
        sleep: Waits so many seconds.
    """

    def __init__(
        self,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._next: dict[str, float] = {}

    async def take(self, url: str, gap_s: float) -> None:
        """Wait for the next turn of the address's host.

        Args:
            url: What is going to be asked for.
            gap_s: Seconds to the turn after this one.
        """
        now = self._monotonic()
        if len(self._next) > _KNOWN:
            self._next = {host: at for host, at in self._next.items() if at > now}
        host = host_of(url)
        at = max(now, self._next.get(host, now))
        self._next[host] = at + gap_s
        if at > now:
            await self._sleep(at - now)
