"""What a hostile or broken server can do to the fetcher: nothing but fail in one line."""

from __future__ import annotations

import asyncio
import base64
import functools
import gzip
import ipaddress
import logging
import socket
import ssl
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import brotli
import httpx
import pytest

from briefing.collect.addresses import CheckedBackend, by_turns_of_families, refusal
from briefing.collect.connections import one_line
from briefing.collect.credentials import with_credentials
from briefing.collect.feeds import parse_feed
from briefing.collect.fetch import Answer, Fetcher
from briefing.collect.inflate import Inflation, Undecodable
from briefing.model import Failed, Feed, Fetched, Polled
from tests.newssite import NewsSite

TLS = Path(__file__).parent.parent / "data" / "tls"
ONE_LOOPBACK = (ipaddress.ip_network("127.0.0.1/32"),)
MIB = 1024 * 1024


@pytest.fixture
async def site() -> AsyncIterator[NewsSite]:
    async with NewsSite() as open_site:
        yield open_site


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(allow_private_network=True) as open_fetcher:
        yield open_fetcher


# --------------------------------------------------------------------------- packed bodies


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("br", functools.partial(brotli.compress, quality=5))],
    ids=["gzip", "br"],
)
async def test_a_bomb_is_cut_without_being_unpacked(
    site: NewsSite, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    bomb = pack(bytes(300 * MIB))
    assert len(bomb) < MIB
    url = site.publish("/bomb", bomb, headers={"Content-Encoding": encoding})
    async with Fetcher(allow_private_network=True, max_bytes=MIB) as fetcher:
        tracemalloc.start()
        got = await fetcher.get(url)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert got == Failed("the body is larger than 1,048,576 bytes", permanent=True)
    assert peak < 16 * MIB


@pytest.mark.parametrize(
    "encoding", ["gzip, gzip", "gzip,deflate", "br, br", "br, gzip", "zstd", "zstd, gzip"]
)
async def test_layers_and_packings_not_asked_for_are_refused(
    site: NewsSite, fetcher: Fetcher, encoding: str
) -> None:
    body = gzip.compress(gzip.compress(bytes(MIB)))
    got = await fetcher.get(site.publish("/layers", body, headers={"Content-Encoding": encoding}))
    assert isinstance(got, Failed)
    assert "packed" in got.reason
    assert site.requests[0].headers["accept-encoding"] == "gzip, deflate, br"


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"news", mtime=0)),
        ("x-gzip", gzip.compress(b"ne", mtime=0) + gzip.compress(b"ws", mtime=0)),
        ("gzip", gzip.compress(b"news", mtime=0) + bytes(8)),
        ("deflate", zlib.compress(b"news")),
        ("deflate", zlib.compress(b"news")[2:-4]),
        ("br", brotli.compress(b"news")),
        ("BR", brotli.compress(b"news")),
        ("identity", b"news"),
        ("utf-8", b"news"),
    ],
)
async def test_packings_as_servers_send_them(
    site: NewsSite, fetcher: Fetcher, encoding: str, packed: bytes
) -> None:
    got = await fetcher.get(site.publish("/z", packed, headers={"Content-Encoding": encoding}))
    assert isinstance(got, Fetched)
    assert got.body == b"news"


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_members_are_found_wherever_the_pieces_are_cut(size: int) -> None:
    packed = (
        gzip.compress(b"ne", mtime=0)
        + gzip.compress(b"w", mtime=0)
        + gzip.compress(b"s", mtime=0)
        + bytes(20)
    )
    inflation = Inflation("gzip")
    got = b"".join(inflation.feed(packed[at : at + size], 100) for at in range(0, len(packed), size))
    inflation.finish()
    assert got == b"news"


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_what_comes_behind_the_end_is_not_kept(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    inflation = Inflation(encoding)
    assert inflation.feed(pack(b"news"), 100) == b"news"
    piece = bytes(64 * 1024)
    tracemalloc.start()
    for _ in range(64):
        assert inflation.feed(piece, 100) == b""
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    inflation.finish()
    assert peak < MIB


def test_a_crowd_of_empty_members_is_refused() -> None:
    inflation = Inflation("gzip")
    with pytest.raises(Undecodable, match="members"):
        inflation.feed(gzip.compress(b"", mtime=0) * 5000, 100)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", b"no gzip at all"),
        ("gzip", gzip.compress(bytes(range(256)) * 9)[:-100]),
        ("br", b"no brotli at all"),
        ("br", brotli.compress(bytes(range(256)) * 9)[:-100]),
        ("br", gzip.compress(b"news", mtime=0)),
        ("br", brotli.compress(b"news") + bytes(8)),
    ],
)
async def test_what_cannot_be_unpacked_is_no_news(
    site: NewsSite, fetcher: Fetcher, encoding: str, body: bytes
) -> None:
    got = await fetcher.get(site.publish("/z", body, headers={"Content-Encoding": encoding}))
    assert isinstance(got, Failed)
    assert "decompressed" in got.reason
    assert not got.permanent


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_pieces_of_any_size_unpack_alike(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    text = b"".join(b"%d" % number for number in range(50_000))
    packed = pack(text)
    for size in (1, 7, 4096, len(packed)):
        inflation = Inflation(encoding)
        pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
        assert b"".join(inflation.feed(piece, len(text) + 1) for piece in pieces) == text
        inflation.finish()
    with pytest.raises(Undecodable):
        Inflation(encoding).feed(b"\x1f\x8b\x08nonsense and more", 100)


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_no_more_is_unpacked_than_there_is_room_for(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    inflation = Inflation(encoding)
    assert inflation.feed(pack(bytes(MIB)), 10) == bytes(10)


def test_brotli_that_goes_on_behind_its_end_is_refused_however_it_is_cut() -> None:
    packed = brotli.compress(b"news")
    with pytest.raises(Undecodable):
        Inflation("br").feed(packed + bytes(8), 100)
    inflation = Inflation("br")
    assert inflation.feed(packed, 100) == b"news"
    with pytest.raises(Undecodable):
        inflation.feed(bytes(8), 100)


async def test_a_length_beyond_the_cap_is_not_waited_for(site: NewsSite, fetcher: Fetcher) -> None:
    got = await fetcher.get(site.publish("/long", b"x", headers={"Content-Length": "99999999999"}))
    assert got == Failed("the body is larger than 15,728,640 bytes", permanent=True)


# --------------------------------------------------------------------------- slow servers


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def talking(talk: Talk) -> AsyncIterator[int]:
    """The port of a server that speaks as it likes; on leaving its connections are closed."""
    talks: list[asyncio.Task[None]] = []

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        talks.append(task)
        try:
            await talk(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        for task in talks:
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)


async def test_packed_bytes_that_come_to_nothing_are_counted() -> None:
    sent = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"news", mtime=0))
        while sent < 64 * MIB:
            writer.write(bytes(64 * 1024))
            await writer.drain()
            sent += 64 * 1024

    async with talking(talk) as port, Fetcher(allow_private_network=True, max_bytes=MIB) as fetcher:
        got = await fetcher.get(f"http://127.0.0.1:{port}/")
    assert got == Failed("the body is larger than 1,048,576 bytes", permanent=True)
    assert sent < 32 * MIB


def dripping(*pieces: bytes, every: float = 0.01) -> Talk:
    """Sends pieces one by one, the last for ever."""

    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces[:-1]:
            writer.write(piece)
        while True:
            writer.write(pieces[-1])
            await writer.drain()
            await asyncio.sleep(every)

    return talk


@pytest.mark.parametrize(
    "pieces",
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
        (b"H", b""),
    ],
    ids=["body", "headers", "nothing"],
)
async def test_a_server_that_drips_is_cut_though_it_never_stops_answering(pieces: tuple[bytes, ...]) -> None:
    async with (
        talking(dripping(*pieces)) as port,
        Fetcher(allow_private_network=True, timeout_s=0.3) as fetcher,
    ):
        got = await fetcher.get(f"http://127.0.0.1:{port}/")
    assert isinstance(got, Failed)
    assert not got.permanent


async def test_endless_headers_are_cut(fetcher: Fetcher) -> None:
    endless = dripping(b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"y" * 8000 + b"\r\n", every=0)
    async with talking(endless) as port:
        got = await fetcher.get(f"http://127.0.0.1:{port}/")
    assert isinstance(got, Failed)


async def test_hung_lookups_of_names_hold_up_no_other_work() -> None:
    # the loop's own threads parse pages; a name server that does not answer must not take them
    release = Event()
    with ThreadPoolExecutor(1) as only_thread:
        asyncio.get_running_loop().set_default_executor(only_thread)
        busy = asyncio.create_task(asyncio.to_thread(release.wait))
        async with NewsSite() as site, Fetcher(allow_private_network=True, timeout_s=10) as fetcher:
            got = await fetcher.get(site.publish("/a", "news").replace("127.0.0.1", "localhost"))
            release.set()
            await busy
    assert isinstance(got, Fetched)


# --------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "address",
    [
        *("168.63.129.16", "169.254.169.254", "fd00:ec2::254", "100.100.100.200", "192.0.0.192"),
        *("64:ff9b:1:7f00:0:100:101:101", "::127.0.0.1", "::ffff:10.0.0.1", "2002:a00:1::1"),
        *("64:ff9b::a9fe:a9fe", "2001:0:7f00:1::", "ff05::1", "239.1.2.3"),
    ],
)
def test_addresses_of_metadata_and_inside_others(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) is not None


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "localhost."])
async def test_other_spellings_of_loopback_are_refused(site: NewsSite, host: str) -> None:
    async with Fetcher() as fetcher:
        got = await fetcher.get(site.publish("/a", "inside").replace("127.0.0.1", host))
    assert isinstance(got, Failed)
    assert site.requests == []


async def test_a_redirect_inside_is_refused(site: NewsSite) -> None:
    async with (
        NewsSite("127.0.0.2") as inside,
        Fetcher(backend=CheckedBackend(permitted=ONE_LOOPBACK)) as fetcher,
    ):
        url = site.publish("/a", status=302, headers={"Location": inside.publish("/admin", "secret")})
        got = await fetcher.get(url)
    assert len(site.requests) == 1, "the first server could be reached"
    assert isinstance(got, Failed)
    assert got.permanent
    assert "127.0.0.2, a loopback address" in got.reason
    assert inside.requests == []


async def test_a_name_that_changes_its_address_between_check_and_connection_gains_nothing() -> None:
    answers = [["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2"]]
    asked: list[str] = []

    async def resolve(host: str, _: int) -> Sequence[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    backend = CheckedBackend(permitted=ONE_LOOPBACK, resolve=resolve)
    async with NewsSite() as site, Fetcher(backend=backend) as fetcher:
        url = site.publish("/a", "news").replace("127.0.0.1", "rebinding.test")
        assert isinstance(await fetcher.get(url), Fetched)
        assert asked == ["rebinding.test"], "the address that was checked is the one connected to"
    async with NewsSite() as site, Fetcher(backend=backend) as fetcher:
        got = await fetcher.get(site.publish("/a", "news").replace("127.0.0.1", "rebinding.test"))
        assert isinstance(got, Failed)
        assert "loopback" in got.reason
        assert site.requests == []


def test_families_take_turns() -> None:
    names = ["2001:4860::1", "2001:4860::2", "2001:4860::3", "1.1.1.1", "1.0.0.1"]
    got = by_turns_of_families([ipaddress.ip_address(name) for name in names])
    assert [str(address) for address in got] == [names[0], names[3], names[1], names[4], names[2]]


async def test_an_address_that_never_answers_does_not_take_all_the_time(site: NewsSite) -> None:
    port = int(site.url("").rpartition(":")[2])

    async def resolve(_: str, __: int) -> Sequence[str]:
        return ["127.0.0.2", "127.0.0.1"]

    backend = CheckedBackend(allow_private_network=True, resolve=resolve, attempt_s=0.1)
    url = site.publish("/a", "news").replace("127.0.0.1", "news.example")
    with ExitStack() as sockets:
        deaf = sockets.enter_context(socket.socket())
        deaf.bind(("127.0.0.2", port))
        deaf.listen(0)
        # a queue that is full answers nobody
        for _ in range(4):
            caller = sockets.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.2", port))
        async with Fetcher(backend=backend, timeout_s=3) as fetcher:
            assert isinstance(await fetcher.get(url), Fetched)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("cannot read https://u:pw@h/feed or http://v:p@x@i/", "cannot read https://h/feed or http://i/"),
        ("a\n b", "a b"),
        ("", "ValueError"),
        ("x" * 190 + " https://user:" + "geheim" * 9 + "@h/", "x" * 190 + " https://h"),
        ("http://h/a?mail=kim@h.example", "http://h/a?mail=kim@h.example"),
    ],
)
def test_an_error_in_one_line_tells_no_password(said: str, told: str) -> None:
    assert one_line(ValueError(said)) == told


async def test_of_several_addresses_only_public_ones_are_tried() -> None:
    async def resolve(_: str, __: int) -> Sequence[str]:
        return ["10.0.0.1", "127.0.0.1", "fe80::1%eth0"]

    async with (
        NewsSite() as site,
        Fetcher(backend=CheckedBackend(permitted=ONE_LOOPBACK, resolve=resolve)) as f,
    ):
        assert isinstance(await f.get(site.publish("/a", "news").replace("127.0.0.1", "mixed.test")), Fetched)


# --------------------------------------------------------------------------- TLS


def tls_server(certificate: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / certificate, TLS / "site.key")
    return context


def trusting(*certificates: str) -> ssl.SSLContext:
    context = httpx.create_ssl_context()
    for name in certificates:
        context.load_verify_locations(TLS / name)
    return context


@pytest.mark.parametrize(
    ("certificate", "trusted", "said"),
    [
        ("site.pem", (), "self-signed certificate"),
        ("other.pem", ("other.pem",), "IP address mismatch"),
        ("expired.pem", ("expired.pem",), "expired"),
    ],
)
async def test_a_certificate_that_is_not_good_is_refused(
    certificate: str, trusted: tuple[str, ...], said: str
) -> None:
    async with (
        NewsSite(tls=tls_server(certificate)) as site,
        Fetcher(allow_private_network=True, trust=lambda: trusting(*trusted)) as fetcher,
    ):
        got = await fetcher.get(site.publish("/a", "news"))
    assert isinstance(got, Failed)
    assert "TLS certificate is not valid" in got.reason
    assert said in got.reason.replace("self signed", "self-signed")
    assert site.requests == []


async def test_a_good_certificate_is_taken() -> None:
    async with (
        NewsSite(tls=tls_server("site.pem")) as site,
        Fetcher(allow_private_network=True, trust=lambda: trusting("site.pem")) as fetcher,
    ):
        assert isinstance(await fetcher.get(site.publish("/a", "news")), Fetched)


# A TLS 1.2 ServerHello without the extension of RFC 5746, as servers of 2009 send it:
# version, random, no session id, ECDHE-RSA-AES256-GCM-SHA384, no compression, no extensions.
_HELLO = b"\x03\x03" + bytes(32) + b"\x00" + b"\xc0\x30" + b"\x00"
_OLD_SERVER_HELLO = (
    b"\x16\x03\x03" + (len(_HELLO) + 4).to_bytes(2) + b"\x02" + len(_HELLO).to_bytes(3) + _HELLO
)


@pytest.mark.parametrize("legacy", [(), ("127.0.0.1",)])
async def test_a_server_without_secure_renegotiation_is_talked_to_only_if_listed(
    legacy: tuple[str, ...],
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(4096)
        writer.write(_OLD_SERVER_HELLO)
        writer.write_eof()
        await reader.read()

    async with talking(talk) as port, Fetcher(allow_private_network=True, legacy_tls=legacy) as fetcher:
        got = await fetcher.get(f"https://127.0.0.1:{port}/")
    assert isinstance(got, Failed)
    # the stub can go no further; what counts is whether its hello was taken
    assert ("UNSAFE_LEGACY_RENEGOTIATION" in got.reason) is not bool(legacy)


# --------------------------------------------------------------------------- entities


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE rss [{}]><rss version="2.0"><channel>{{}}</channel></rss>',
        '<rss version="2.0"><!DOCTYPE rss [{}]><channel>{{}}</channel></rss>',
        '<x/><!DOCTYPE rss [{}]><rss version="2.0"><channel>{{}}</channel></rss>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd" [{}]><rss version="2.0"><channel>{{}}</channel></rss>',
        '<!DOCTYPE rss [{}<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>{{}}</channel></rss>',
    ],
)
def test_entities_of_a_feed_are_not_expanded_wherever_they_are_declared(document: str) -> None:
    bomb = f'<!ENTITY a "{"a" * 300}"><!ENTITY b "{"&a;" * 100}">'
    item = "<item><title>x&b;&x;y</title><link>/a</link></item>"
    body = document.format(bomb).format(item).encode()
    feed = Feed("https://news.example/rss", "가람일보")
    got = parse_feed(Fetched(feed.url, body, "text/xml"), feed, datetime(2026, 3, 3, tzinfo=UTC))
    if isinstance(got, Polled):
        assert not any("aaa" in entry.title or "root:" in entry.title for entry in got.entries)


# --------------------------------------------------------------------------- secrets


async def test_no_log_line_holds_a_password(
    site: NewsSite, fetcher: Fetcher, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)  # httpx and httpcore log addresses
    site.publish("/moved", status=302, headers={"Location": "/loop"})
    site.publish("/loop", status=302, headers={"Location": "/loop"})
    for path in ("/none", "/moved", "/loop"):
        got = await fetcher.get(site.url(path).replace("http://", "http://kim:geheim@"))
        assert isinstance(got, Failed)
        assert "geheim" not in got.reason
    url = site.publish("/ok", "news").replace("http://", "http://kim%40d.example:geheim%21@")
    assert isinstance(await fetcher.get(url), Fetched)
    sent = site.requests[-1].headers["authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent) == b"kim@d.example:geheim!"
    assert "/ok" in caplog.text
    assert "geheim" not in caplog.text
    assert sent not in caplog.text


async def test_passwords_do_not_follow_a_redirect_to_another_server(site: NewsSite, fetcher: Fetcher) -> None:
    async with NewsSite() as other:
        site.publish("/a", status=302, headers={"Location": other.publish("/b", "news")})
        await fetcher.get(site.url("/a").replace("http://", "http://kim:geheim@"))
        assert "authorization" in site.requests[0].headers
        assert "authorization" not in other.requests[0].headers


@pytest.mark.parametrize(
    ("origin", "target", "follow"),
    [
        ("https://kim:geheim@h.example/a", "https://H.example/b", True),
        ("https://kim:geheim@h.example/a", "https://h.example:443/b", True),
        ("http://kim:geheim@h.example:80/a", "https://h.example/b", True),
        ("https://kim:geheim@h.example/a", "http://h.example/b", False),
        ("https://kim:geheim@h.example:8443/a", "http://h.example:8443/b", False),
        ("http://kim:geheim@h.example:8080/a", "https://h.example/b", False),
        ("https://kim:geheim@h.example/a", "https://h.example:8443/b", False),
        ("https://kim:geheim@h.example/a", "https://other.example/b", False),
        ("https://kim:geheim@h.example/a", "https://h.example:x/b", False),
        ("https://kim:geheim@h.example/a", "https://[h.example/b", False),
    ],
)
def test_where_passwords_follow(origin: str, target: str, follow: bool) -> None:
    got = with_credentials(target, origin)
    assert got == (target.replace("://", "://kim:geheim@") if follow else target)


async def test_a_move_that_would_lose_the_password_is_not_kept() -> None:
    async with (
        NewsSite() as plain,
        NewsSite(tls=tls_server("site.pem")) as site,
        Fetcher(allow_private_network=True, trust=lambda: trusting("site.pem")) as fetcher,
    ):
        site.publish("/a", status=301, headers={"Location": plain.publish("/b", "news")})
        got = await fetcher.get(site.url("/a").replace("://", "://kim:geheim@"))
        assert isinstance(got, Fetched)
        assert "authorization" in site.requests[0].headers
        assert "authorization" not in plain.requests[0].headers
        assert got.moved_to is None
        site.publish("/c", status=301, headers={"Location": site.publish("/d", "news")})
        url = site.url("/c").replace("://", "://kim:geheim@")
        got = await fetcher.get(url)
        assert isinstance(got, Fetched)
        assert got.moved_to == url.replace("/c", "/d")


async def test_an_api_is_asked_once_and_answers_with_any_status(site: NewsSite, fetcher: Fetcher) -> None:
    url = site.publish("/api", b'{"errorCode": "024"}', "application/json", status=401)
    got = await fetcher.ask(url, headers={"X-Key": "geheim"})
    assert got == Answer(401, b'{"errorCode": "024"}', "application/json")
    assert site.requests[0].headers["x-key"] == "geheim"
    moved = await fetcher.ask(site.publish("/moved", status=302, headers={"Location": "/api"}))
    assert isinstance(moved, Failed)
    assert len(site.requests) == 2, "a redirect would carry the key elsewhere"
