"""A small HTTP/1.1 server on loopback, enough to serve feeds and pages to our own fetcher."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import unquote

# Longest request head; ours are a few hundred bytes.
_HEAD_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked.

    Attributes:
        method: GET, HEAD, …
        target: Path and query as sent.
        headers: Names in lower case.
        body: What came with it, of a known length.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        """Decoded path without the query."""
        return unquote(self.target.partition("?")[0])


@dataclass(frozen=True, slots=True)
class Response:
    """What it gets. A body that is an iterator is sent piece by piece, without a length."""

    status: int = 200
    body: bytes | AsyncIterator[bytes] = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Request], Awaitable[Response]]


def page(body: bytes, content_type: str, request: Request) -> Response:
    """A 200 with an ETag, or the 304 that the request's If-None-Match asks for."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if request.headers.get("if-none-match") == etag:
        return Response(304, b"", {"ETag": etag})
    return Response(200, body, {"Content-Type": content_type, "ETag": etag})


@asynccontextmanager
async def serve(
    handler: Handler, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> AsyncIterator[str]:
    """Serve on a free port of a loopback address while the context is open.

    Args:
        handler: Answers requests.
        host: The address.
        tls: Certificate and key, for https.

    Yields:
        The address of the server, without a slash at the end.
    """
    open_connections: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        open_connections.add(task)
        try:
            # A client that goes away is its own business.
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                while await _answer(handler, reader, writer):
                    pass
        except asyncio.CancelledError:
            # The server is closing; asyncio would report the cancelled task otherwise.
            pass
        finally:
            open_connections.discard(task)
            writer.close()

    server = await asyncio.start_server(connected, host, 0, limit=_HEAD_BYTES, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"{'https' if tls else 'http'}://{host}:{port}"
    finally:
        server.close()
        for task in list(open_connections):
            task.cancel()
        await asyncio.gather(*open_connections, return_exceptions=True)
        await server.wait_closed()


async def _answer(handler: Handler, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """One request and its response; True if the connection stays open."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip().split("\r\n")
    words = first.split(" ")
    if len(words) != 3:
        return False
    pairs = (line.partition(":") for line in lines)
    said = {name.strip().lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(said.get("content-length", 0)))
    request = Request(words[0], words[1], said, body)
    response = await handler(request)
    with suppress(ValueError):
        phrase = HTTPStatus(response.status).phrase
        writer.write(f"HTTP/1.1 {response.status} {phrase}\r\n".encode())
    headers = dict(response.headers)
    fixed = isinstance(response.body, bytes)
    if isinstance(response.body, bytes) and response.status != HTTPStatus.NOT_MODIFIED:
        headers.setdefault("Content-Length", str(len(response.body)))
    if not fixed:
        headers["Connection"] = "close"
    writer.write("".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode("utf-8"))
    writer.write(b"\r\n")
    if isinstance(response.body, bytes):
        if request.method != "HEAD" and response.status != HTTPStatus.NOT_MODIFIED:
            writer.write(response.body)
    else:
        async for piece in response.body:
            writer.write(piece)
            await writer.drain()
    await writer.drain()
    return fixed and request.headers.get("connection", "").lower() != "close"
