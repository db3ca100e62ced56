from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from briefing.collect.addresses import CheckedBackend, refusal
from briefing.collect.fetch import Fetcher
from briefing.model import Failed, Fetched, NotModified
from tests.newssite import NewsSite


@pytest.fixture
async def site() -> AsyncIterator[NewsSite]:
    async with NewsSite() as open_site:
        yield open_site


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(allow_private_network=True) as open_fetcher:
        yield open_fetcher


async def test_a_second_fetch_with_the_validator_is_not_modified(site: NewsSite, fetcher: Fetcher) -> None:
    url = site.publish("/feed", "<rss/>", "text/xml", headers={"Cache-Control": "max-age=600"})
    first = await fetcher.get(url)
    assert isinstance(first, Fetched)
    assert first.body == b"<rss/>"
    assert first.fresh_for == timedelta(minutes=10)
    assert await fetcher.get(url, etag=first.etag) == NotModified(timedelta(minutes=10))


async def test_an_empty_200_is_not_modified(site: NewsSite, fetcher: Fetcher) -> None:
    assert await fetcher.get(site.publish("/empty")) == NotModified()


@pytest.mark.parametrize(("statuses", "moves"), [((301, 308), True), ((301, 302), False)])
async def test_only_a_wholly_permanent_redirect_moves_the_feed(
    site: NewsSite, fetcher: Fetcher, statuses: tuple[int, int], moves: bool
) -> None:
    site.publish("/new", "news")
    site.publish("/b", status=statuses[1], headers={"Location": "/new"})
    got = await fetcher.get(site.publish("/a", status=statuses[0], headers={"Location": "b"}))
    assert isinstance(got, Fetched)
    assert got.url == site.url("/new")
    assert got.moved_to == (site.url("/new") if moves else None)


@pytest.mark.parametrize("validator", ["etag", "last_modified"])
async def test_only_a_document_of_ours_moves_the_feed_when_nothing_is_new(
    site: NewsSite, fetcher: Fetcher, validator: str
) -> None:
    site.publish("/new", "news", headers={"ETag": '"1"', "Last-Modified": "Mon, 02 Mar 2026 09:00:00 GMT"})
    old = site.publish("/old", status=301, headers={"Location": "/new"})
    if validator == "etag":
        first = await fetcher.get(site.url("/new"))
        assert isinstance(first, Fetched)
        got = await fetcher.get(old, etag=first.etag)
        assert got == NotModified(moved_to=site.url("/new"))
    else:
        # any old page of another kind says so too
        site.publish("/new", status=304)
        assert await fetcher.get(old, last_modified="Mon, 02 Mar 2026 09:00:00 GMT") == NotModified()


async def test_an_empty_page_is_no_new_address(site: NewsSite, fetcher: Fetcher) -> None:
    site.publish("/")
    got = await fetcher.get(site.publish("/rss", status=301, headers={"Location": "/"}), etag='"1"')
    assert got == NotModified()


async def test_redirects_end(site: NewsSite, fetcher: Fetcher) -> None:
    got = await fetcher.get(site.publish("/loop", status=302, headers={"Location": "/loop"}))
    assert isinstance(got, Failed)
    assert "5 times" in got.reason
    assert len(site.requests) == 6


async def test_a_redirect_to_a_file_is_refused(site: NewsSite, fetcher: Fetcher) -> None:
    got = await fetcher.get(site.publish("/f", status=302, headers={"Location": "file:///etc/passwd"}))
    assert isinstance(got, Failed)
    assert got.permanent


@pytest.mark.parametrize(
    ("status", "headers", "failed"),
    [
        (503, {"Retry-After": "120"}, Failed("answered 503 Service Unavailable", timedelta(minutes=2))),
        (
            429,
            {"Date": "Sun, 12 May 2024 09:00:00 GMT", "Retry-After": "Sun, 12 May 2024 10:00:00 GMT"},
            Failed("answered 429 Too Many Requests", timedelta(hours=1)),
        ),
    ],
)
async def test_retry_after_in_seconds_and_as_a_date(
    site: NewsSite, fetcher: Fetcher, status: int, headers: dict[str, str], failed: Failed
) -> None:
    assert await fetcher.get(site.publish("/busy", status=status, headers=headers)) == failed


@pytest.mark.parametrize(
    "said",
    [
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 01 Jan 2024 00:00:00 +99999999999999999",
        "9" * 5000 + "x",
        "soon",
    ],
)
async def test_a_wait_that_is_none_leaves_a_failure(site: NewsSite, fetcher: Fetcher, said: str) -> None:
    headers = {"Retry-After": said, "Date": "Sun, 12 May 2024 09:00:00 GMT"}
    got = await fetcher.get(site.publish("/busy", status=503, headers=headers))
    assert got == Failed("answered 503 Service Unavailable")


async def test_absurdly_long_numbers_in_headers_are_numbers(site: NewsSite, fetcher: Fetcher) -> None:
    busy = site.publish("/busy", status=503, headers={"Retry-After": "9" * 5000})
    fresh = site.publish("/fresh", "news", headers={"Cache-Control": f"max-age={'9' * 5000}"})
    got = await fetcher.get(fresh)
    assert isinstance(got, Fetched)
    assert got.fresh_for == timedelta(seconds=10**9)
    assert await fetcher.get(busy) == Failed("answered 503 Service Unavailable", timedelta(seconds=10**9))


async def test_what_nobody_thought_of_is_a_failure_and_a_traceback(caplog: pytest.LogCaptureFixture) -> None:
    async def resolve(_: str, __: int) -> list[str]:
        raise RuntimeError("an odd name")

    async with Fetcher(backend=CheckedBackend(resolve=resolve)) as fetcher:
        for answer in (await fetcher.get("http://news.example/"), await fetcher.ask("http://news.example/")):
            assert answer == Failed("our fetcher failed on it: an odd name")
    assert caplog.text.count("Traceback") == 2


class Stopwatch:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_asks_for_a_pause_gets_it(site: NewsSite, status: int) -> None:
    watch = Stopwatch()
    busy = site.publish("/busy", status=status, headers={"Retry-After": "120"})
    page = site.publish("/page", "news")
    async with Fetcher(allow_private_network=True, monotonic=watch) as fetcher, NewsSite() as other:
        elsewhere = other.publish("/page", "news")
        await fetcher.get(busy)
        watch.seconds += 30
        held = await fetcher.get(page)
        assert isinstance(held, Failed)
        assert (held.retry_after, held.permanent) == (timedelta(seconds=90), False)
        assert "90 s" in held.reason
        assert isinstance(await fetcher.get(elsewhere), Fetched), "another server is asked as before"
        assert len(site.requests) == 1
        watch.seconds += 90
        assert isinstance(await fetcher.get(page), Fetched)


async def test_requests_already_in_the_queue_keep_the_pause_too(site: NewsSite) -> None:
    url = site.publish("/busy", status=503, headers={"Retry-After": "60"})
    async with Fetcher(allow_private_network=True, per_host=1, monotonic=Stopwatch()) as fetcher:
        answers = await asyncio.gather(*(fetcher.get(f"{url}?{number}") for number in range(5)))
    assert [isinstance(answer, Failed) and answer.retry_after for answer in answers] == (
        [timedelta(seconds=60)] * 5
    )
    assert len(site.requests) == 1


async def test_a_redirect_leads_into_no_pause(site: NewsSite, fetcher: Fetcher) -> None:
    async with NewsSite() as other:
        await fetcher.get(other.publish("/busy", status=429, headers={"Retry-After": "60"}))
        got = await fetcher.get(site.publish("/a", status=302, headers={"Location": other.url("/news")}))
        assert isinstance(got, Failed)
        assert got.retry_after is not None
        assert len(other.requests) == 1


async def test_no_pause_is_longer_than_a_day(site: NewsSite) -> None:
    watch = Stopwatch()
    url = site.publish("/busy", status=503, headers={"Retry-After": "999999999"})
    async with Fetcher(allow_private_network=True, monotonic=watch) as fetcher:
        await fetcher.get(url)
        watch.seconds += 24 * 3600
        await fetcher.get(url)
    assert len(site.requests) == 2


async def test_404_is_permanent(site: NewsSite, fetcher: Fetcher) -> None:
    assert await fetcher.get(site.url("/none")) == Failed("answered 404 Not Found", permanent=True)


async def test_a_compressed_bomb_is_cut(site: NewsSite) -> None:
    async with Fetcher(allow_private_network=True, max_bytes=100_000) as fetcher:
        got = await fetcher.get(site.publish("/bomb", b"0" * 5_000_000, gzip=True))
    assert got == Failed("the body is larger than 100,000 bytes", permanent=True)


async def test_gzip_is_unpacked(site: NewsSite, fetcher: Fetcher) -> None:
    got = await fetcher.get(site.publish("/z", "새 소식", gzip=True))
    assert isinstance(got, Fetched)
    assert got.body.decode() == "새 소식"


async def test_a_body_that_never_ends_is_cut_at_the_deadline(site: NewsSite) -> None:
    async with Fetcher(allow_private_network=True, timeout_s=0.2) as fetcher:
        got = await fetcher.get(site.drip("/slow", b"<rss>"))
    assert isinstance(got, Failed)


async def test_private_addresses_are_refused_before_anything_is_sent(site: NewsSite) -> None:
    async with Fetcher() as fetcher:
        for url in (site.url("/"), site.url("/").replace("127.0.0.1", "localhost")):
            got = await fetcher.get(url)
            assert isinstance(got, Failed)
            assert got.permanent
            assert "loopback" in got.reason
    assert site.requests == []


async def test_credentials_are_sent_and_never_told(site: NewsSite, fetcher: Fetcher) -> None:
    url = site.publish("/private", "news").replace("http://", "http://kim:secret@")
    got = await fetcher.get(url)
    assert isinstance(got, Fetched)
    assert site.requests[0].headers["authorization"].startswith("Basic ")
    assert "secret" not in got.url
    failed = await fetcher.get("ftp://kim:secret@news.example/feed")
    assert isinstance(failed, Failed)
    assert "secret" not in failed.reason


async def test_a_closed_port_is_a_failure_in_one_line(fetcher: Fetcher) -> None:
    async with NewsSite() as closed:
        url = closed.url("/")
    got = await fetcher.get(url)
    assert isinstance(got, Failed)
    assert "\n" not in got.reason
    assert not got.permanent


@pytest.mark.parametrize(
    "url", ["", "news", "http://", "http://[::1", "http://a:99999/", "javascript:alert(1)"]
)
async def test_no_address_is_a_permanent_failure(fetcher: Fetcher, url: str) -> None:
    got = await fetcher.get(url)
    assert isinstance(got, Failed)
    assert got.permanent


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1"),
        *(
            "0.0.0.0",
            "240.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fec0::1",
        ),
        *("ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "3fff::1"),
    ],
)
def test_not_public(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) is not None


@pytest.mark.parametrize("address", ["1.1.1.1", "211.234.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_public(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) is None
