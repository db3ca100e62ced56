"""Connections are kept for the next request, given to one at a time, and closed when nobody needs them."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import AsyncExitStack, suppress
from typing import Self

import httpcore
import pytest

from briefing.collect.addresses import CheckedBackend
from briefing.collect.fetch import Fetcher
from briefing.collect.pooling import KeptConnections
from briefing.model import Failed, Fetched

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnews"
CUT_OFF = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nnews"


class Site:
    """A server that counts its connections.

    Args:
        hangs_up: Close a connection after each answer without saying so beforehand.
        answer: What every request gets.
    """

    def __init__(self, *, hangs_up: bool = False, answer: bytes = ANSWER) -> None:
        self.open = self.opened = 0
        self.closed = asyncio.Event()
        self._hangs_up = hangs_up
        self._answer = answer
        self._tasks: list[asyncio.Task[None] | None] = []

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await asyncio.gather(*(task for task in self._tasks if task))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/rss"

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks.append(asyncio.current_task())
        self.open += 1
        self.opened += 1
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(self._answer)
                if self._hangs_up:
                    break
        writer.close()
        self.open -= 1
        self.closed.set()


def fetcher(total: int = 20) -> Fetcher:
    return Fetcher(allow_private_network=True, per_host=total, total=total, timeout_s=5)


async def test_requests_at_the_same_time_have_a_connection_each_and_leave_it_to_the_next() -> None:
    async with Site() as site, fetcher(8) as client:
        for _ in range(3):
            got = await asyncio.gather(*(client.get(site.url) for _ in range(40)))
            assert all(isinstance(answer, Fetched) and answer.body == b"news" for answer in got)
        assert site.opened <= 8


async def test_a_connection_that_its_server_has_closed_is_not_used_again() -> None:
    async with Site(hangs_up=True) as site, fetcher() as client:
        for number in range(1, 6):
            assert isinstance(await client.get(site.url), Fetched)
            assert site.opened == number


async def test_no_more_connections_than_slots_stay_open() -> None:
    async with AsyncExitStack() as stack:
        sites = [await stack.enter_async_context(Site()) for _ in range(5)]
        client = await stack.enter_async_context(fetcher(2))
        for site in sites:
            assert isinstance(await client.get(site.url), Fetched)
        async with asyncio.timeout(5):
            await asyncio.gather(*(site.closed.wait() for site in sites[:3]))
        assert [site.open for site in sites] == [0, 0, 0, 1, 1]


async def test_an_answer_cut_off_by_the_deadline_costs_its_connection_and_no_other() -> None:
    async with Site(answer=CUT_OFF) as slow, Site() as site:
        client = Fetcher(allow_private_network=True, per_host=1, total=1, timeout_s=0.2)
        async with client:
            for number in range(1, 4):
                assert isinstance(await client.get(slow.url), Failed)
                assert slow.opened == number
            assert isinstance(await client.get(site.url), Fetched)
            async with asyncio.timeout(5):
                while slow.open:
                    slow.closed.clear()
                    await slow.closed.wait()


async def test_a_server_that_refuses_is_asked_anew_each_time() -> None:
    async with Site() as site:
        url = site.url
    async with fetcher() as client:
        for _ in range(3):
            got = await client.get(url)
            assert isinstance(got, Failed)
            assert "no connection" in got.reason


async def test_idle_connections_are_closed_when_their_time_is_over() -> None:
    now = 0.0
    backend = CheckedBackend(allow_private_network=True)
    async with (
        Site() as one,
        Site() as other,
        KeptConnections(
            verify=ssl.create_default_context(),
            most_idle=9,
            expiry_s=0.0,
            backend=backend,
            monotonic=lambda: now,
        ) as kept,
    ):
        for site in (one, other, other):
            response = await kept.handle_async_request(httpcore.Request("GET", site.url, headers=HEADERS))
            assert await response.aread() == b"news"
            await response.aclose()
            now += 1.0
        async with asyncio.timeout(5):
            await one.closed.wait()
            await other.closed.wait()
        assert (one.open, other.opened) == (0, 2)
    backend.close()


async def test_nothing_but_http_is_spoken() -> None:
    backend = CheckedBackend(allow_private_network=True)
    kept = KeptConnections(verify=ssl.create_default_context(), most_idle=1, expiry_s=5.0, backend=backend)
    with pytest.raises(httpcore.UnsupportedProtocol):
        await kept.handle_async_request(httpcore.Request("GET", "ws://127.0.0.1:1/", headers=HEADERS))
    backend.close()


HEADERS = {"Host": "127.0.0.1"}
