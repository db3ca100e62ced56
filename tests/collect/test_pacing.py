from __future__ import annotations

import asyncio

import pytest

from briefing.collect.fetch import Fetcher
from briefing.collect.pacing import GAP_S, HostPace, polite_gap
from briefing.model import Fetched
from tests.newssite import NewsSite


class Watch:
    """Seconds that pass only by sleeping; sleepers wake in order."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds = max(self.seconds, self.seconds + seconds)
        await asyncio.sleep(0)


async def test_requests_to_one_host_keep_their_distance_and_others_do_not_wait() -> None:
    watch = Watch()
    pace = HostPace(1, lambda _host: 2.0, watch, watch.sleep)
    starts: list[tuple[str, float]] = []
    for host in ("a", "a", "b", "a"):
        async with pace.turn(host):
            starts.append((host, watch.seconds))
    assert starts == [("a", 1000.0), ("a", 1002.0), ("b", 1002.0), ("a", 1004.0)]
    watch.seconds += 60
    async with pace.turn("a"):
        assert watch.seconds == 1064.0, "after a long pause nobody waits"


async def test_a_host_that_asks_for_more_gets_it() -> None:
    watch = Watch()
    pace = HostPace(1, lambda _host: 2.0, watch, watch.sleep)
    starts: list[float] = []
    for gap in (5.0, 5.0, 1.0, 0.0):
        pace.keep("a", gap)
        async with pace.turn("a"):
            starts.append(watch.seconds - 1000.0)
    assert starts == [0.0, 5.0, 10.0, 12.0], "never less than the usual gap"


async def test_hosts_are_forgotten() -> None:
    watch = Watch()
    pace = HostPace(1, lambda _host: 0.5, watch, watch.sleep)
    for number in range(5000):
        watch.seconds += 1
        pace.keep(f"h{number}", 0.5)
        async with pace.turn(f"h{number}"):
            pass
    assert len(pace._free) <= 1001
    assert len(pace._asked) <= 1001
    assert len(pace._slots) <= 1


async def test_only_so_many_talk_to_one_host() -> None:
    pace = HostPace(2, lambda _host: 0.0, Watch())
    most = now = 0

    async def talk() -> None:
        nonlocal most, now
        async with pace.turn("a"):
            now += 1
            most = max(most, now)
            for _ in range(3):
                await asyncio.sleep(0)
            now -= 1

    await asyncio.gather(*(talk() for _ in range(9)))
    assert most == 2


async def test_who_gives_up_while_waiting_leaves_no_hole() -> None:
    forever = asyncio.Event()

    async def sleep(_seconds: float) -> None:
        await forever.wait()

    pace = HostPace(1, lambda _host: 1.0, Watch(), sleep)
    async with pace.turn("a"):
        pass

    async def wait() -> None:
        async with pace.turn("a"):
            pass

    waiting = asyncio.create_task(wait())
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    forever.set()
    async with asyncio.timeout(1):
        await wait()


def test_this_machine_needs_no_sparing() -> None:
    assert [polite_gap(host) for host in ("127.0.0.1", "127.0.0.9", "::1", "localhost")] == [0.0] * 4
    assert polite_gap("news.example") == polite_gap("192.168.0.7") == GAP_S > 0


async def test_the_fetcher_keeps_the_pace_across_feeds_of_a_host() -> None:
    watch = Watch()
    async with NewsSite() as site, Fetcher(allow_private_network=True) as fetcher:
        fetcher._pace = HostPace(1, lambda _host: 2.0, watch, watch.sleep)
        for number in range(4):
            assert isinstance(await fetcher.get(site.publish(f"/{number}", "x")), Fetched)
        assert isinstance(await fetcher.get(site.url("/0").replace("127.0.0.1", "localhost")), Fetched)
    assert watch.slept == [2.0] * 3, "and another host does not wait"


async def test_only_so_many_requests_are_under_way_over_all_hosts() -> None:
    most = now = 0

    async with NewsSite() as site, Fetcher(allow_private_network=True, per_host=50, total=3) as fetcher:
        hop = fetcher._hop

        async def counted(url: str, headers: dict[str, str]) -> object:
            nonlocal most, now
            now += 1
            most = max(most, now)
            try:
                return await hop(url, headers)
            finally:
                now -= 1

        fetcher._hop = counted  # type: ignore[method-assign,assignment]
        urls = [site.publish(f"/{number}", "x") for number in range(20)]
        await asyncio.gather(*(fetcher.get(url) for url in urls))
    assert most == 3
