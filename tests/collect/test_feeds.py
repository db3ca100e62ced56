from __future__ import annotations

import time
import timeit
from datetime import UTC, datetime, timedelta

import pytest

from briefing.collect.charset import decode
from briefing.collect.dates import parse_date
from briefing.collect.feeds import parse_feed
from briefing.collect.plaintext import plain_text
from briefing.collect.sources import SearchFeeds
from briefing.collect.urls import canonical_url
from briefing.model import Failed, Feed, Fetched, Polled

NOW = datetime(2024, 5, 12, 9, 0, tzinfo=UTC)
FEED = Feed("https://news.example/rss", "도담일보")
GOOGLE = SearchFeeds("https://news.google.com/rss/search?q={query}", "Google 뉴스")


def polled(body: str | bytes, content_type: str = "text/xml", feed: Feed = FEED) -> Polled:
    data = body.encode("utf-8") if isinstance(body, str) else body
    got = parse_feed(Fetched(feed.url, data, content_type), feed, NOW)
    assert isinstance(got, Polled)
    return got


def rss(*items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'{head}<rss version="2.0"><channel><title>t</title><ttl>15</ttl>{inside}</channel></rss>'


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("Tue, 07 May 2024 14:37:38 +09:00", "2024-05-07T05:37:38"),
        ("Tue, 07 May 2024 14:37:38 +0900", "2024-05-07T05:37:38"),
        ("Tue, 07 May 2024 14:37:38 KST", "2024-05-07T05:37:38"),
        ("Tue, 07 May 2024 14:37:38", "2024-05-07T05:37:38"),
        ("Tue, 07 May 2024 05:37:38 GMT", "2024-05-07T05:37:38"),
        ("Tue, 07 May 2024 14:37:38 GMT+9", "2024-05-07T05:37:38"),
        ("2024-05-07 14:37:38", "2024-05-07T05:37:38"),
        ("2024-05-07T14:37:38.123+09:00", "2024-05-07T05:37:38"),
        ("2024-05-07T05:37:38Z", "2024-05-07T05:37:38"),
        ("2024.05.07 오후 2:37", "2024-05-07T05:37:00"),
        ("2024년 5월 7일 14시 37분", "2024-05-07T05:37:00"),
        ("20240507143738", "2024-05-07T05:37:38"),
        ("2024-05-07", "2024-05-06T15:00:00"),
        ("2031-01-01 00:00:00", "2024-05-12T09:00:00"),
    ],
)
def test_dates(text: str, utc: str) -> None:
    assert parse_date(text, NOW) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text", [None, "", "어제", "1970-01-01", "2024-13-45", "Tue, 99 Foo 2024 99:99:99 +0900"]
)
def test_no_date(text: str | None) -> None:
    assert parse_date(text, NOW) is None


def test_an_entry_as_korean_feeds_write_it() -> None:
    got = polled(
        rss(
            "<no>1</no><title><![CDATA[새솔화학 &quot;E&amp;amp;S&quot; <b>인사</b>]]></title>"
            "<link>\n https://news.example/a?utm_source=rss&amp;id=1 \n</link><guid isPermaLink='false'>g1</guid>"
            "<description>&lt;p&gt;첫 줄&lt;/p&gt;&lt;p&gt;둘째 줄&lt;/p&gt;</description>"
            "<pubDate>2024-05-07 00:00:00</pubDate>"
        )
    )
    (entry,) = got.entries
    assert entry.guid == "g1"
    assert entry.url == "https://news.example/a?id=1"
    assert entry.title == '새솔화학 "E&S" 인사'
    assert entry.summary == "첫 줄\n둘째 줄"
    assert entry.published == datetime(2024, 5, 6, 15, tzinfo=UTC)
    assert got.ttl == timedelta(minutes=15)
    assert got.fetched.body == b""


def test_angle_brackets_that_are_no_tags_stay() -> None:
    (entry,) = polled(rss("<title><![CDATA[<AI 시대> 마루에너지]]></title><link>/a</link>")).entries
    assert entry.title == "<AI 시대> 마루에너지"
    assert entry.url == "https://news.example/a"


def test_an_item_without_link_is_a_problem_and_loses_no_other() -> None:
    got = polled(rss("<title>링크 없음</title>", "<title>있음</title><link>/b</link>"))
    assert [entry.title for entry in got.entries] == ["있음"]
    assert got.problems == ("item 1: no link (링크 없음)",)


def test_guid_and_address_repeat_once_and_the_newest_stays() -> None:
    got = polled(
        rss(
            "<title>옛</title><link>/a</link><guid>g</guid><pubDate>2024-05-07 00:00:00</pubDate>",
            "<title>새</title><link>/a</link><guid>g</guid><pubDate>2024-05-08 00:00:00</pubDate>",
            "<title>같은 주소</title><link>/a?utm_campaign=x</link><guid>h</guid>",
        )
    )
    assert [entry.title for entry in got.entries] == ["새"]


def test_one_guid_for_all_items_hides_none() -> None:
    items = [f"<title>{n}</title><link>/{n}</link><guid>https://outlet.example/</guid>" for n in range(20)]
    got = polled(rss(*items))
    assert len(got.entries) == 20
    assert all(entry.guid == entry.url for entry in got.entries)


@pytest.mark.parametrize("declared", ["utf-8", "euc-kr"])
@pytest.mark.parametrize("real", ["utf-8", "cp949"])
def test_charset(declared: str, real: str) -> None:
    body = rss(
        "<title>펲시 뷁 인사</title><link>/a</link>", head=f'<?xml version="1.0" encoding="{declared}"?>'
    )
    (entry,) = polled(body.encode(real), f"text/xml; charset={declared}").entries
    assert entry.title == "펲시 뷁 인사"


def test_a_byte_order_mark_and_illegal_characters() -> None:
    (entry,) = polled(b"\xef\xbb\xbf" + rss("<title>인\x08사</title><link>/a</link>").encode()).entries
    assert entry.title == "인사"
    assert decode("인사".encode("utf-16")) == "인사"


def test_atom_with_relative_links() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>인사</title><id>tag:1</id>'
        '<link href="/x/1"/><updated>2024-05-08T09:00:00+09:00</updated></entry></feed>'
    )
    (entry,) = polled(atom).entries
    assert entry.url == "https://news.example/x/1"
    assert entry.published == datetime(2024, 5, 8, tzinfo=UTC)


def test_json_feed() -> None:
    text = (
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1",'
        ' "url": "/j", "title": "인사", "date_published": "2024-05-08T09:00:00+09:00"}]}'
    )
    (entry,) = polled(text, "application/feed+json").entries
    assert (entry.guid, entry.url) == ("1", "https://news.example/j")


def test_google_news_names_the_outlet() -> None:
    item = (
        "<title>한별전자 대표 교체 - 새경제</title><link>https://news.google.com/rss/articles/X</link>"
        '<source url="https://new.example">새경제</source><description>&lt;a href="x"&gt;한별전자&lt;/a&gt;</description>'
    )
    (entry,) = polled(rss(item), feed=GOOGLE.feed("한별전자")).entries
    assert (entry.title, entry.outlet, entry.summary) == ("한별전자 대표 교체", "새경제", "")


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    (entry,) = polled(rss("<title>x&b;y</title><link>/a</link>", head=bomb)).entries
    assert "aaaa" not in entry.title


@pytest.mark.parametrize(
    "prolog",
    [
        "<!-- <!DOCTYPE x> -->{}",
        "{}<!DOCTYPE x>",
        "<?xml-stylesheet href='<!DOCTYPE x>'?>\n<!-- a --> {}",
        "<!DOCTYPE x>{}",
        "Warning: deprecated in feed.php\n{}",
    ],
)
def test_no_decoy_gets_entities_expanded(prolog: str) -> None:
    bomb = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 300}"><!ENTITY b "{"&a;" * 100}">]>'
    body = rss(f"<title>x{'&b;' * 10}y</title><link>/a</link>", head=prolog.format(bomb))
    (entry,) = polled(body).entries
    assert "aaa" not in entry.title
    assert len(entry.title) < 100


def test_an_entry_brings_no_more_than_it_needs() -> None:
    long = "가" * 300_000
    item = f"<title>{long}</title><link>/a</link><guid>{{}}</guid><description>{long}</description>"
    one, two = polled(rss(item.format(long + "1"), item.format(long + "2").replace("/a", "/b"))).entries
    assert len(one.title) <= 500
    assert len(one.summary) <= 4000
    assert max(len(one.guid), len(two.guid)) <= 1100
    assert one.guid != two.guid, "long guids stay different"


def test_an_endless_link_is_a_problem_and_loses_no_other() -> None:
    got = polled(rss(f"<title>길다</title><link>/{'a' * 9000}</link>", "<title>짧다</title><link>/b</link>"))
    assert [entry.title for entry in got.entries] == ["짧다"]
    assert "longer than 8,000" in got.problems[0]
    assert len(got.problems[0]) < 200


@pytest.mark.parametrize("reference", ["&#{};", "&amp;#{};", "&#x{};"])
def test_numbers_too_long_to_read(reference: str) -> None:
    body = rss(f"<title>인사{reference.format('1' * 5000)}</title><link>/a</link>")
    (entry,) = polled(body.replace("<ttl>15", f"<ttl>{'9' * 5000}")).entries
    assert entry.title == "인사\ufffd"


@pytest.mark.parametrize(
    "opening", ["<script ", "<style ", "<!-- ", "<b ", "&amp;lt;script ", "<script></script "]
)
def test_the_time_for_a_text_grows_with_its_length(opening: str) -> None:
    # 8 times the length: linear is a factor of 8, quadratic one of 64
    def seconds(repeats: int) -> float:
        markup = opening * repeats
        return min(timeit.repeat(lambda: plain_text(markup), number=1, repeat=3))

    assert seconds(32_000) < 24 * max(seconds(4_000), 1e-3)


@pytest.mark.parametrize("raw", ["&lt;script ", "&lt;!-- "])
def test_a_hostile_summary_is_read_in_no_time(raw: str) -> None:
    body = rss(f"<title>인사</title><link>/a</link><description>{raw * 40_000}</description>")
    start = time.perf_counter()
    assert len(polled(body).entries) == 1
    assert time.perf_counter() - start < 3


def test_what_scripts_styles_and_comments_hide_is_no_text() -> None:
    markup = "가<script>a < b</script>나<STYLE x>p{}</style >다<!-- <script> -->라<script>마"
    assert plain_text(markup) == "가 나 다 라<script>마"


@pytest.mark.parametrize("body", [b"<html><body>login</body></html>", b"{}", b"hello", b"\x00\xff"])
def test_no_feed(body: bytes) -> None:
    assert isinstance(parse_feed(Fetched(FEED.url, body), FEED, NOW), Failed)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://News.Example:80/A?b=2&utm_medium=x#c", "http://news.example/A?b=2"),
        ("https://m.mk.co.kr/news/1/amp", "https://www.mk.co.kr/news/1"),
        ("https://kim:pw@news.example", "https://news.example/"),
        ("https://news.example/%ea%b0%80?fbclid=1", "https://news.example/%EA%B0%80"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_canonical(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical
