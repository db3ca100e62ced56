"""A news site for tests: a real HTTP server on a loopback port, with faults to order.

    async with NewsSite() as site:
        site.publish("/feed.xml", rss, "application/rss+xml")          # 200 with ETag, 304 when asked
        site.publish("/old", status=301, headers={"Location": "/new"})
        site.publish("/busy", b"", status=503, headers={"Retry-After": "60"})
        site.drip("/slow", b"<rss>")                                   # sends a byte, then nothing more
        await fetcher.get(site.url("/feed.xml"))
        site.requests                                                  # what was asked, in order

Publishing a path again replaces it. A body published with gzip=True is sent compressed.
"""

from __future__ import annotations

import asyncio
import gzip as gzip_module
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from typing import Self

from bot.newsroom.server import Request, Response, page, serve


class NewsSite:
    """See the module's docstring. `requests` logs every request, `asked` is set by each; `url(path)` gives the address."""

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self._host = host
        self._tls = tls
        self.requests: list[Request] = []
        self.asked = asyncio.Event()
        self._pages: dict[str, Response] = {}
        self._dripping: dict[str, bytes] = {}
        self._stack = AsyncExitStack()
        self._base = ""

    async def __aenter__(self) -> Self:
        self._base = await self._stack.enter_async_context(serve(self._answer, self._host, self._tls))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def url(self, path: str) -> str:
        """Address of a path on this site."""
        return self._base + path

    def publish(
        self,
        path: str,
        body: bytes | str = b"",
        content_type: str = "text/html; charset=utf-8",
        *,
        headers: Mapping[str, str] | None = None,
        status: int = 200,
        gzip: bool = False,
    ) -> str:
        """Serve a body under a path from now on; gives back its address."""
        data = body.encode("utf-8") if isinstance(body, str) else body
        said = {"Content-Type": content_type, **(headers or {})}
        if gzip:
            data, said["Content-Encoding"] = gzip_module.compress(data), "gzip"
        self._pages[path] = Response(status, data, said)
        self._dripping.pop(path, None)
        return self.url(path)

    def drip(self, path: str, first: bytes) -> str:
        """Serve some bytes of a body that never ends."""
        self._dripping[path] = first
        return self.url(path)

    async def _answer(self, request: Request) -> Response:
        self.requests.append(request)
        self.asked.set()
        if (first := self._dripping.get(request.path)) is not None:
            return Response(200, _endless(first), {"Content-Type": "text/xml"})
        found = self._pages.get(request.path)
        if found is None:
            return Response(404, b"not found")
        if found.status != 200 or not found.body:
            return found
        assert isinstance(found.body, bytes)
        answer = page(found.body, found.headers["Content-Type"], request)
        return Response(answer.status, answer.body, {**found.headers, **answer.headers})


async def _endless(first: bytes) -> AsyncIterator[bytes]:
    yield first
    await asyncio.Event().wait()
