"""Reading pages politely: robots.txt, turns, and the outlet's own page behind Google's links."""

from __future__ import annotations

import asyncio
import base64
import ipaddress
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from briefing.collect.addresses import CheckedBackend
from briefing.collect.fetch import Fetcher
from briefing.collect.google_links import Exchange, address_in, address_of, exchange_in, is_google_link
from briefing.collect.pages import Pages
from briefing.collect.robots import Robots, Rules, parse_robots
from briefing.model import Article, Entry, Skipped
from tests.newssite import NewsSite

ENTRY = Entry("g", "", "가람모빌리티 인사", "도담일보", summary="편승우 부회장이 물러난다.")
BODY = "편승우 가람모빌리티 부회장이 9일 울산 배터리공장을 방문해 신규 라인을 점검했다."
PAGE = f"<html><body><article><p>{BODY}</p></article></body></html>"


class Watch:
    """A clock whose sleepers do not sleep."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def site() -> AsyncIterator[NewsSite]:
    async with NewsSite() as open_site:
        yield open_site


@pytest.fixture
async def fetcher(watch: Watch) -> AsyncIterator[Fetcher]:
    """Every name leads to this machine."""

    async def resolve(_: str, __: int) -> Sequence[str]:
        return ["127.0.0.1"]

    backend = CheckedBackend(permitted=[ipaddress.ip_network("127.0.0.0/8")], resolve=resolve)
    async with Fetcher(
        backend=backend, gap=lambda _: 0.0, monotonic=watch, sleep=watch.sleep
    ) as open_fetcher:
        yield open_fetcher


@pytest.fixture
def pages(fetcher: Fetcher, watch: Watch) -> Pages:
    return Pages(fetcher, monotonic=watch)


def on(host: str, url: str) -> str:
    return url.replace("127.0.0.1", host)


def at(url: str) -> Entry:
    return replace(ENTRY, url=url)


def asked(site: NewsSite) -> list[str]:
    return [request.path for request in site.requests]


# --------------------------------------------------------------------------- robots.txt


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /private", "/private/1", False),
        ("User-agent: *\nDisallow: /private", "/news/1", True),
        ("User-agent: *\nDisallow:", "/news/1", True),
        ("User-agent: *\nDisallow: /\nAllow: /news/", "/news/1", True),
        ("User-agent: *\nAllow: /news\nDisallow: /news", "/news", True),
        ("User-agent: *\nDisallow: /*.html$", "/a/b.html", False),
        ("User-agent: *\nDisallow: /*.html$", "/a/b.html?x=1", True),
        ("User-agent: *\nDisallow: /*print=", "/a?x=1&print=1", False),
        ("User-agent: *\nDisallow: /a*b*c$", "/a-b-bc", False),
        ("User-agent: *\nDisallow: /$", "/", False),
        ("User-agent: *\nDisallow: /$", "/news", True),
        ("User-agent: *\nDisallow: /뉴스", "/%EB%89%B4%EC%8A%A4/1", False),
        ("User-agent: *\nDisallow: /%7Ekim", "/~kim/1", False),
        ("User-agent: GPTBot\nDisallow: /", "/news/1", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: execbrief\nDisallow: /x", "/news/1", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: ExecBrief/1.0\nDisallow: /", "/news/1", False),
        ("User-agent: GPTBot\nUser-agent: execbrief\n\nDisallow: /news", "/news/1", False),
        ("User-agent: execbrief\nDisallow: /a\nUser-agent: execbrief\nDisallow: /b", "/a", False),
        ("User-agent: execbriefer\nDisallow: /", "/news/1", True),
        (
            "\ufeffUser-agent: *\r\n# all\r\nDisallow: /news # not this\r\nSitemap: https://x/",
            "/news/1",
            False,
        ),
        ("Disallow: /", "/news/1", True),
        ("<html><body>not found: /</body></html>", "/news/1", True),
        ("", "/news/1", True),
    ],
)
def test_robots(robots: str, path: str, allowed: bool) -> None:
    assert parse_robots(robots.encode()).allow(f"https://news.example{path}") is allowed


def test_robots_of_old_servers_and_of_hostile_ones() -> None:
    assert not parse_robots("# 뉴스\nUser-agent: *\nDisallow: /a".encode("cp949")).allow(
        "https://n.example/a"
    )
    stars = parse_robots(f"User-agent: *\nDisallow: /{'*a' * 5000}$".encode())
    assert stars.allow("https://n.example/" + "a" * 4000 + "b")
    assert parse_robots(b"User-agent: *\nDisallow: /a\n" + b"Allow: /b\n" * 100_000).allow(
        "https://n.example/b"
    )
    assert parse_robots(b"User-agent: *\nCrawl-delay: nan\nCrawl-delay: -1\nCrawl-delay: x") == Rules()


async def test_what_robots_does_not_allow_keeps_its_headline(site: NewsSite, pages: Pages) -> None:
    site.publish("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain")
    got = await pages.read(at(site.publish("/private/1", PAGE)))
    assert isinstance(got, Article)
    assert got.headline_only
    assert got.text == "가람모빌리티 인사\n편승우 부회장이 물러난다."
    assert "robots.txt of 127.0.0.1 does not allow it" in got.note
    assert asked(site) == ["/robots.txt"], "the page itself was not asked for"


async def test_robots_is_asked_for_once_a_day(site: NewsSite, pages: Pages, watch: Watch) -> None:
    site.publish("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain")
    url = site.publish("/news/1", PAGE)
    first, second = await asyncio.gather(pages.read(at(url)), pages.read(at(url)))
    assert isinstance(first, Article)
    assert first == second
    assert first.text == BODY
    assert asked(site).count("/robots.txt") == 1
    watch.seconds += 24 * 3600 + 1
    await pages.read(at(url))
    assert asked(site).count("/robots.txt") == 2


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_no_robots_allows_everything(site: NewsSite, pages: Pages, status: int) -> None:
    site.publish("/robots.txt", "no", status=status)
    got = await pages.read(at(site.publish("/news/1", PAGE)))
    assert isinstance(got, Article)
    assert not got.headline_only


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_server_that_fails_to_say_is_asked_again_later(
    site: NewsSite, pages: Pages, watch: Watch, status: int
) -> None:
    site.publish("/robots.txt", "busy", status=status)
    url = site.publish("/news/1", PAGE)
    got = await pages.read(at(url))
    assert isinstance(got, Skipped)
    assert got.retry
    assert "robots.txt of 127.0.0.1 cannot be read: answered" in got.reason
    site.publish("/robots.txt", "User-agent: *\nAllow: /", "text/plain")
    watch.seconds += 300
    assert isinstance(await pages.read(at(url)), Article)


async def test_an_older_robots_holds_while_the_server_fails_to_say(
    site: NewsSite, fetcher: Fetcher, watch: Watch
) -> None:
    robots = Robots(fetcher, monotonic=watch)
    site.publish("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain")
    rules = await robots.rules_for(site.url("/a"))
    site.publish("/robots.txt", status=500)
    watch.seconds += 24 * 3600 + 1
    assert await robots.rules_for(site.url("/a")) == rules != Rules()
    watch.seconds += 24 * 3600 + 1
    assert await robots.rules_for(site.url("/a")) == rules


async def test_a_reader_that_gives_up_leaves_robots_to_the_next_and_nothing_running(
    site: NewsSite, fetcher: Fetcher, watch: Watch
) -> None:
    robots = Robots(fetcher, monotonic=watch)
    before = asyncio.all_tasks()
    site.drip("/robots.txt", b"User-agent: *\n")
    first = asyncio.create_task(robots.rules_for(site.url("/a")))
    second = asyncio.create_task(robots.rules_for(site.url("/b")))
    async with asyncio.timeout(5):
        await site.asked.wait()
    first.cancel()
    site.publish("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain")
    async with asyncio.timeout(5):
        assert await second == Rules((("/private", False),))
    assert asked(site) == ["/robots.txt"] * 2
    site.drip("/robots.txt", b"User-agent: *\n")
    watch.seconds += 24 * 3600 + 1
    site.asked.clear()
    alone = asyncio.create_task(robots.rules_for(site.url("/a")))
    async with asyncio.timeout(5):
        await site.asked.wait()
    alone.cancel()
    await asyncio.wait([alone])
    running = {
        task for task in asyncio.all_tasks() - before if "rules_for" in repr(task) or "_fetch" in repr(task)
    }
    assert not running


async def test_a_redirect_asks_the_robots_of_where_it_leads(site: NewsSite, pages: Pages) -> None:
    async with NewsSite() as other:
        other.publish("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
        there = other.publish("/news/1", PAGE)
        got = await pages.read(at(site.publish("/go", status=302, headers={"Location": there})))
        assert isinstance(got, Article)
        assert got.headline_only
        assert asked(other) == ["/robots.txt"]


@pytest.mark.parametrize(
    ("exempt", "whole"),
    [
        (["news.example"], True),
        (["example"], True),
        (["*"], True),
        (["other.example", "w.news.example"], False),
    ],
)
async def test_hosts_with_whose_permission_the_operator_reads(
    site: NewsSite, fetcher: Fetcher, exempt: list[str], whole: bool
) -> None:
    site.publish("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
    pages = Pages(fetcher, exempt=exempt)
    got = await pages.read(at(on("www.news.example", site.publish("/news/1", PAGE))))
    assert isinstance(got, Article)
    assert got.headline_only is not whole
    assert ("/robots.txt" in asked(site)) is not whole


# --------------------------------------------------------------------------- turns


@pytest.mark.parametrize(("said", "kept"), [("3", 3.0), ("86400", 10.0)])
async def test_a_pause_that_robots_asks_for_is_kept(
    site: NewsSite, pages: Pages, watch: Watch, said: str, kept: float
) -> None:
    site.publish("/robots.txt", f"User-agent: *\nCrawl-delay: {said}", "text/plain")
    url = on("news.example", site.publish("/1", PAGE))
    for _ in range(3):
        await pages.read(at(url))
    assert watch.slept == [kept, 2 * kept]
    watch.slept.clear()
    await pages.read(at(on("other.example", site.url("/1"))))
    assert watch.slept == [], "another host does not wait for this one"


# --------------------------------------------------------------------------- Google's links


def link(record: bytes, path: str = "rss/articles") -> str:
    identifier = base64.urlsafe_b64encode(record).decode().rstrip("=")
    return f"https://news.google.com/{path}/{identifier}?oc=5"


def old_record(address: str) -> bytes:
    length = len(address)
    size = bytes([length]) if length < 128 else bytes([length & 0x7F | 0x80, length >> 7])
    return b'\x08\x13"' + size + address.encode() + b"\xd2\x01\x00"


TOKEN_LINK = link(old_record("AU_yqLabcdefghijklmnopqrstuvwxyz0123456789"))
ANSWER = ')]}\'\n\n[["wrb.fr","Fbv4je","[\\"garturlres\\",\\"%s\\",1]",null,null,null,"generic"],["di",9]]'


@pytest.mark.parametrize("path", ["rss/articles", "articles", "read"])
@pytest.mark.parametrize("address", ["https://n.example/1", f"https://n.example/{'a' * 200}"])
def test_an_old_link_holds_the_address(address: str, path: str) -> None:
    found = link(old_record(address), path)
    assert is_google_link(found)
    assert address_in(found) == address


@pytest.mark.parametrize(
    "url",
    [
        TOKEN_LINK,
        link(old_record("javascript:alert(1)/////")),
        link(old_record("https://news.google.com/x")),
        link(b'\x08\x13"\xff\xff\xff\xff\xff\xff'),
        link(b"something else entirely"),
        "https://news.google.com/rss/articles/AAAAAAAAAAAAAAAAA",
        "https://news.google.com/topics/CAAqJggKIiBDQkFTRWdvSUwyMHZNRGx6TVdZU0FtVnVHZ0pWVXlnQVAB",
    ],
)
def test_a_link_that_holds_none(url: str) -> None:
    assert address_in(url) is None


def test_what_is_exchanged_for_an_address() -> None:
    page = (
        '<c-wiz><div jscontroller="x" data-n-a-id="CBMi" data-n-a-ts="1772500000" data-n-a-sg="AbC_-1"></div>'
    )
    exchange = exchange_in(page)
    assert exchange == Exchange("CBMi", "AbC_-1", 1772500000)
    ((call,),) = json.loads(exchange.form()["f.req"])
    assert call[0] == "Fbv4je"
    question = json.loads(call[1])
    assert question[0] == "garturlreq"
    assert question[2:] == ["CBMi", 1772500000, "AbC_-1"]
    assert exchange_in("<html>consent</html>") is None
    assert exchange_in(page.replace("1772500000", "soon")) is None


@pytest.mark.parametrize(
    ("answer", "address"),
    [
        (ANSWER % "https://n.example/1", "https://n.example/1"),
        (ANSWER.replace("\n\n", "\n\n180\n") % "https://n.example/1" + "\n25\n[]", "https://n.example/1"),
        (ANSWER % "javascript:alert(1)", None),
        (ANSWER % "https://news.google.com/rss/articles/x", None),
        (ANSWER.replace("garturlres", "other"), None),
        (')]}\'\n\n[["wrb.fr","Fbv4je",null]]', None),
        ("<html>429</html>", None),
        ("[[" * 5000, None),
        ("", None),
    ],
)
def test_an_answer_to_an_exchange(answer: str, address: str | None) -> None:
    assert address_of(answer) == address


async def test_a_link_leads_to_the_outlets_page(site: NewsSite, pages: Pages) -> None:
    address = on("press.example", site.publish("/news/1", PAGE)) + "?utm_source=google"
    got = await pages.read(at(link(old_record(address))))
    assert isinstance(got, Article)
    assert got.text == BODY
    assert got.url == address.partition("?")[0]
    assert got.title == ENTRY.title


def google(site: NewsSite) -> str:
    """A link with a token on a server that plays Google."""
    local = on("news.google.com", site.url("/"))
    return TOKEN_LINK.replace("https://news.google.com/", local)


async def test_a_token_is_exchanged_for_the_address(site: NewsSite, pages: Pages) -> None:
    url = google(site)
    address = on("press.example", site.publish("/news/1", PAGE))
    path = url.partition("?")[0].partition(".com")[2].partition("/")[2]
    site.publish(f"/{path}", '<div data-n-a-id="CBMi" data-n-a-ts="177" data-n-a-sg="AbC"></div>')
    site.publish("/_/DotsSplashUi/data/batchexecute", ANSWER % address, "application/json")
    got = await pages.read(at(url))
    assert isinstance(got, Article)
    assert (got.text, got.url) == (BODY, address)
    (post,) = [request for request in site.requests if request.method == "POST"]
    assert post.headers["content-type"] == "application/x-www-form-urlencoded"
    assert "garturlreq" in parse_qs(post.body.decode())["f.req"][0]


async def test_a_link_that_redirects_by_itself(site: NewsSite, pages: Pages) -> None:
    url = google(site)
    address = on("press.example", site.publish("/news/1", PAGE))
    path = url.partition("?")[0].partition(".com")[2].partition("/")[2]
    site.publish(f"/{path}", status=302, headers={"Location": address})
    got = await pages.read(at(url))
    assert isinstance(got, Article)
    assert (got.text, got.url) == (BODY, address)


@pytest.mark.parametrize("page", ["<html><title>Google 뉴스</title>동의가 필요합니다</html>", "", None])
async def test_an_address_that_cannot_be_found_out_leaves_the_headline(
    site: NewsSite, pages: Pages, page: str | None
) -> None:
    url = google(site)
    if page is not None:
        site.publish("/" + url.partition("?")[0].partition(".com")[2].partition("/")[2], page)
    got = await pages.read(at(url))
    assert isinstance(got, Article)
    assert got.headline_only
    assert got.text.startswith("가람모빌리티 인사")
    assert (got.url, got.outlet) == (url, "도담일보")


async def test_a_resolved_page_that_is_gone_keeps_the_outlets_address(site: NewsSite, pages: Pages) -> None:
    address = on("press.example", site.url("/gone"))
    got = await pages.read(at(link(old_record(address))))
    assert isinstance(got, Article)
    assert got.headline_only
    assert got.url == address


async def test_google_that_asks_for_a_pause_is_asked_later(site: NewsSite, pages: Pages) -> None:
    url = google(site)
    site.publish("/robots.txt", status=404)
    path = url.partition("?")[0].partition(".com")[2].partition("/")[2]
    site.publish(f"/{path}", status=429, headers={"Retry-After": "600"})
    got = await pages.read(at(url))
    assert isinstance(got, Skipped)
    assert (got.retry, got.retry_after) == (True, timedelta(seconds=600))


async def test_trouble_that_may_pass_is_tried_again(site: NewsSite, pages: Pages) -> None:
    got = await pages.read(at(site.publish("/a", status=502)))
    assert got == Skipped("answered 502 Bad Gateway", retry=True)
    gone = await pages.read(at(site.url("/none")))
    assert isinstance(gone, Article)
    assert gone.note == "answered 404 Not Found"
