"""A site that speaks HTTP/2 only (over TLS, by ALPN): a real server on a loopback port.

    async with Http2Site({"/feed": b"<rss/>"}) as site:
        await fetcher.get(site.url("/feed"))
        site.connections, site.paths

Its certificate is its own authority: SSL_CERT_FILE = Http2Site.CERTIFICATE makes httpx trust it.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, Self

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import ConnectionTerminated, RequestReceived


class Http2Site:
    """See the module's docstring."""

    CERTIFICATE: ClassVar[Path] = Path(__file__).parent / "data" / "http2" / "site.pem"

    def __init__(self, pages: Mapping[str, bytes]) -> None:
        self.connections = 0
        self.paths: list[str] = []
        self._pages = pages
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(self.CERTIFICATE, self.CERTIFICATE.with_suffix(".key"))
        tls.set_alpn_protocols(["h2"])
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, ssl=tls)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def url(self, path: str) -> str:
        """Address of a path on this site."""
        return f"https://127.0.0.1:{self._server.sockets[0].getsockname()[1]}{path}"

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        spoken = writer.get_extra_info("ssl_object").selected_alpn_protocol()
        try:
            if spoken == "h2":
                self.connections += 1
                with suppress(ConnectionError, asyncio.CancelledError):
                    await self._talk(reader, writer)
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        http = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        http.initiate_connection()
        writer.write(http.data_to_send())
        while data := await reader.read(65536):
            for event in http.receive_data(data):
                if isinstance(event, RequestReceived):
                    self._answer(http, event)
                if isinstance(event, ConnectionTerminated):
                    return
            writer.write(http.data_to_send())
            await writer.drain()

    def _answer(self, http: H2Connection, request: RequestReceived) -> None:
        path = dict(request.headers)[":path"]
        self.paths.append(path)
        body = self._pages.get(path)
        status = "404" if body is None else "200"
        http.send_headers(request.stream_id, [(":status", status), ("content-type", "text/xml")])
        http.send_data(request.stream_id, body or b"", end_stream=True)
