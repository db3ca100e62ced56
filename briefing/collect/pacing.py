"""How many requests one host gets at the same time, and how soon after each other."""

from __future__ import annotations

import asyncio
import ipaddress
import weakref
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from types import TracebackType

# Two requests a second to one host: a reader who clicks fast.
GAP_S = 0.5
# Hosts whose last request is remembered; those whose gap is over are forgotten beyond it.
_REMEMBERED = 1000


def polite_gap(host: str) -> float:
    """Seconds between the starts of two requests to a host; none for this machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return 0.0
    try:
        return 0.0 if ipaddress.ip_address(host).is_loopback else GAP_S
    except ValueError:
        return GAP_S


class HostPace:
    """Hands out turns to talk to a host.

    Args:
        at_once: Requests to one host at the same time.
        gap: Seconds between the starts of two requests, by host, if the host does not ask for more.
        monotonic: Seconds that only grow.
        sleep: Waits that many seconds.
    """

    def __init__(
        self,
        at_once: int,
        gap: Callable[[str], float],
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._at_once = at_once
        self._gap = gap
        self._monotonic = monotonic
        self._sleep = sleep
        # Forgotten by itself once no request of the host is under way.
        self._slots: weakref.WeakValueDictionary[str, asyncio.Semaphore] = weakref.WeakValueDictionary()
        # Host -> when the next request may start.
        self._free: dict[str, float] = {}
        # Host -> gap that it has asked for.
        self._asked: dict[str, float] = {}

    def turn(self, host: str) -> AbstractAsyncContextManager[None]:
        """Entered when the host may be talked to, left when that is done.

        Whoever waits for one host keeps no other from its turn.
        """
        slot = self._slots.get(host)
        if slot is None:
            slot = self._slots[host] = asyncio.Semaphore(self._at_once)
        return _Turn(self, host, slot)

    def keep(self, host: str, gap_s: float) -> None:
        """Leave at least so many seconds between two requests to a host from now on; 0 for the usual."""
        self._asked.pop(host, None)
        if gap_s <= 0:
            return
        if len(self._asked) >= _REMEMBERED:
            del self._asked[next(iter(self._asked))]
        self._asked[host] = gap_s

    async def wait(self, host: str) -> None:
        """Wait until the gap after the last request to the host is over, and take the turn."""
        gap = max(self._gap(host), self._asked.get(host, 0.0))
        if gap <= 0:
            return
        now = self._monotonic()
        start = max(now, self._free.get(host, now))
        if len(self._free) >= _REMEMBERED:
            self._free = {name: free for name, free in self._free.items() if free > now}
        self._free[host] = start + gap
        if start > now:
            await self._sleep(start - now)


class _Turn(AbstractAsyncContextManager[None]):
    def __init__(self, pace: HostPace, host: str, slot: asyncio.Semaphore) -> None:
        self._pace = pace
        self._host = host
        self._slot = slot

    async def __aenter__(self) -> None:
        await self._slot.acquire()
        try:
            await self._pace.wait(self._host)
        except BaseException:
            self._slot.release()
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._slot.release()
