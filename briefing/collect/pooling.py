"""Connections kept open for the next request, without a queue in front of them.

httpcore's own pool holds requests back until a connection is free. `Fetcher` has done that before, by
host and in all, so the queue only costs: at every request the pool looks at every connection, several
times over, and gives one connection to several requests, of which all but one come back and look again.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpcore

_Server = tuple[bytes, bytes, int]

# Idle connections are looked through this often, so that none stays open long after its time.
_SWEEP_S = 1.0


@dataclass(eq=False, slots=True)
class _Kept:
    """A connection to a server, how many requests hold it, and whether it takes several (HTTP/2)."""

    server: _Server
    connection: httpcore.AsyncHTTPConnection
    holders: int = 0
    shared: bool = False

    def free(self) -> bool:
        """Whether another request may be given it.

        One that is still being opened to a TLS server may turn out to speak HTTP/2, and is shared until
        that is known.
        """
        if not self.connection.is_available():
            return False
        return not self.holders or self.shared or not self.connection.is_idle()


class KeptConnections:
    """Stands where httpx has httpcore's pool; asked by so many at once as its callers see to.

    Args:
        verify: Whose certificates are trusted.
        most_idle: Idle connections kept open; the one that has been idle for longest goes first.
        expiry_s: Seconds after which an idle connection is closed.
        backend: Opens connections.
        monotonic: Seconds that only grow, by which idle connections are looked through.
    """

    def __init__(
        self,
        *,
        verify: ssl.SSLContext,
        most_idle: int,
        expiry_s: float | None,
        backend: httpcore.AsyncNetworkBackend,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._verify = verify
        self._most_idle = most_idle
        self._expiry_s = expiry_s
        self._backend = backend
        self._monotonic = monotonic
        self._swept = monotonic()
        self._of_server: dict[_Server, list[_Kept]] = {}
        # Held by no request, the one that has been idle for longest first.
        self._idle: dict[_Kept, None] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        kept = [one for of_server in self._of_server.values() for one in of_server]
        self._of_server.clear()
        self._idle.clear()
        for one in kept:
            await one.connection.aclose()

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request; the connection is held until the answer's stream is closed.

        Raises:
            httpcore.UnsupportedProtocol: neither http nor https.
            httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException: as its connections do.
        """
        origin = request.url.origin
        if origin.scheme not in {b"http", b"https"}:
            raise httpcore.UnsupportedProtocol(f"{origin.scheme.decode()}: is not spoken here")
        while True:
            kept = await self._take(origin)
            try:
                response = await kept.connection.handle_async_request(request)
                break
            except httpcore.ConnectionNotAvailable:
                # shared in the hope of HTTP/2, or at the end of its numbers of streams
                await self._give_back(kept)
            except BaseException:
                await self._give_back(kept)
                raise
        kept.shared = response.extensions.get("http_version") == b"HTTP/2"
        return httpcore.Response(
            response.status,
            headers=response.headers,
            content=_Stream(response, lambda: self._give_back(kept)),
            extensions=response.extensions,
        )

    async def _take(self, origin: httpcore.Origin) -> _Kept:
        if self._monotonic() - self._swept >= _SWEEP_S:
            await self._sweep()
        server = origin.scheme, origin.host, origin.port
        of_server = self._of_server.setdefault(server, [])
        # the newest first: what a burst opened beyond need grows old and is closed
        kept = next((one for one in reversed(of_server) if one.free()), None)
        if kept is not None and not kept.holders and kept.connection.has_expired():
            await self._close(kept)
            return await self._take(origin)
        if kept is None:
            connection = httpcore.AsyncHTTPConnection(
                origin,
                ssl_context=self._verify,
                keepalive_expiry=self._expiry_s,
                http2=True,
                network_backend=self._backend,
            )
            kept = _Kept(server, connection)
            of_server.append(kept)
        kept.holders += 1
        self._idle.pop(kept, None)
        return kept

    async def _give_back(self, kept: _Kept) -> None:
        kept.holders -= 1
        if kept.holders:
            return
        if kept.connection.is_closed():
            self._forget(kept)
            return
        self._idle[kept] = None
        if len(self._idle) > self._most_idle:
            await self._close(next(iter(self._idle)))

    async def _sweep(self) -> None:
        self._swept = self._monotonic()
        for kept in tuple(self._idle):
            # while another one was closed it may have been taken
            if kept in self._idle and (kept.connection.is_closed() or kept.connection.has_expired()):
                await self._close(kept)

    async def _close(self, kept: _Kept) -> None:
        self._forget(kept)
        await kept.connection.aclose()

    def _forget(self, kept: _Kept) -> None:
        self._idle.pop(kept, None)
        of_server = self._of_server.get(kept.server, [])
        if kept in of_server:
            of_server.remove(kept)
        if not of_server:
            self._of_server.pop(kept.server, None)


class _Stream:
    """The body of an answer, and what happens when nobody reads it any more."""

    def __init__(self, response: httpcore.Response, done: Callable[[], Awaitable[None]]) -> None:
        self._stream = response.stream
        self._done = done
        self._closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        assert isinstance(self._stream, AsyncIterable)
        try:
            async for part in self._stream:
                yield part
        except BaseException:
            await self.aclose()
            raise

    async def aclose(self) -> None:
        """Give the connection back, or close it if the answer was not read to its end."""
        if self._closed:
            return
        self._closed = True
        try:
            if (close := getattr(self._stream, "aclose", None)) is not None:
                await close()
        finally:
            await self._done()
