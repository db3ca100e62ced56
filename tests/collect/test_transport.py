"""HTTP/2, and the ways a body is packed."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import brotli
import pytest

from briefing.collect.feeds import parse_feed
from briefing.collect.fetch import Fetcher
from briefing.model import Feed, Fetched, Polled
from tests.http2site import Http2Site
from tests.newssite import NewsSite

FEED = b'<rss version="2.0"><channel><title>t</title><item><title>1</title><link>/1</link></item></channel></rss>'


async def test_many_requests_share_one_http2_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(Http2Site.CERTIFICATE))
    async with (
        Http2Site({f"/{number}": FEED for number in range(20)}) as site,
        Fetcher(allow_private_network=True, per_host=8) as fetcher,
    ):
        assert isinstance(await fetcher.get(site.url("/0")), Fetched)
        got = await asyncio.gather(*(fetcher.get(site.url(f"/{number}")) for number in range(1, 20)))
        assert all(isinstance(answer, Fetched) and answer.body == FEED for answer in got)
        assert sorted(site.paths) == sorted(f"/{number}" for number in range(20))
        assert site.connections == 1


@pytest.mark.parametrize("answer", ["304 Not Modified", "404 Not Found", "503 Service Unavailable"])
async def test_an_answer_without_news_leaves_the_connection_open(answer: str) -> None:
    connections: list[asyncio.Task[None] | None] = []
    length = "" if answer.startswith("304") else "Content-Length: 9\r\n"
    body = "" if answer.startswith("304") else "not found"

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(asyncio.current_task())
        with suppress(asyncio.IncompleteReadError):
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(f"HTTP/1.1 {answer}\r\n{length}\r\n{body}".encode())
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/rss"
    async with Fetcher(allow_private_network=True) as fetcher:
        for _ in range(5):
            await fetcher.get(url, etag='"v1"')
    server.close()
    await asyncio.gather(*(task for task in connections if task))
    assert len(connections) == 1


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(FEED)),
        ("deflate", zlib.compress(FEED)),
        ("deflate", zlib.compress(FEED, wbits=-15)),
        ("br", brotli.compress(FEED)),
        ("identity", FEED),
        ("", FEED),
    ],
    ids=["gzip", "deflate", "deflate without zlib's header", "br", "identity", "packs nothing"],
)
async def test_a_packed_feed_is_read(encoding: str, body: bytes) -> None:
    async with NewsSite() as site, Fetcher(allow_private_network=True) as fetcher:
        said = {"Content-Encoding": encoding} if encoding else {}
        url = site.publish("/rss", body, "text/xml", headers=said)
        got = await fetcher.get(url)
        assert isinstance(got, Fetched)
        assert site.requests[0].headers["accept-encoding"] == "gzip, deflate, br"
        polled = parse_feed(got, Feed(url, "도담일보"), datetime.now(UTC))
        assert isinstance(polled, Polled)
        assert len(polled.entries) == 1
