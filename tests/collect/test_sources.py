from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest

from briefing.collect.opml import read_opml, write_opml
from briefing.collect.outlets import outlets
from briefing.collect.sources import load_feeds, load_search
from briefing.collect.urls import canonical_url, host_of
from briefing.errors import DataError
from briefing.model import Feed

DATA = Path(__file__).parents[1] / "data" / "opml"


def test_the_built_in_list() -> None:
    feeds = load_feeds()
    assert len(feeds) >= 40
    assert all(feed.outlet and feed.title and feed.language and feed.note for feed in feeds)
    assert len({canonical_url(feed.url) for feed in feeds}) == len(feeds)
    names = {feed.outlet for feed in feeds}
    assert names >= {"연합뉴스", "뉴시스", "뉴스1"}, "the wires"
    assert sum("보도자료" in feed.title for feed in feeds) >= 3, "press releases"


def test_the_built_in_search_is_google_news_in_korean() -> None:
    search = load_search()
    assert search is not None
    feed = search.feed('LG전자 "본사"')
    parts = urlsplit(feed.url)
    assert parts.netloc == "news.google.com"
    assert parse_qs(parts.query) == {
        "q": ['"LG전자  본사" when:2d'],
        "hl": ["ko"],
        "gl": ["KR"],
        "ceid": ["KR:ko"],
    }
    assert (feed.outlet, feed.language, bool(feed.note)) == ("Google 뉴스", "ko", True)
    assert host_of(feed.url) in outlets().links.aggregators, "its entries belong to other outlets"


def test_a_list_of_ones_own_searches_only_if_it_says_how(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    feed = '[[feed]]\nurl = "https://d.example/rss"\noutlet = "도담일보"\n'
    path.write_text(feed, encoding="utf-8")
    assert load_search(path) is None
    path.write_text(
        feed + '[search]\nurl = "https://s.example/?q={query}"\noutlet = "찾기"\n', encoding="utf-8"
    )
    search = load_search(path)
    assert search is not None
    assert (
        search.feed("가람&정밀").url == "https://s.example/?q=%22%EA%B0%80%EB%9E%8C%26%EC%A0%95%EB%B0%80%22"
    )
    assert load_feeds(path) == (Feed("https://d.example/rss", "도담일보"),)
    opml = tmp_path / "feeds.opml"
    opml.write_bytes(write_opml(load_feeds(path)))
    assert load_search(opml) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("search = 1", "no table"),
        ("[search]\noutlet = 'x'", "no 'url'"),
        ("[search]\nurl = 'https://x/'\noutlet = 'x'", "needs {query}"),
        ("[search]\nurl = 'ftp://x/{query}'\noutlet = 'x'", "no http"),
        ("[search]\nurl = 'https://x/{query}'\noutlet = 'x'\nfoo = ''", "unknown keys: foo"),
    ],
)
def test_a_bad_search_says_what_and_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_search(path)
    assert said in str(caught.value)
    assert "bad.toml" in str(caught.value)


def test_what_miniflux_exports() -> None:
    first, second = read_opml((DATA / "miniflux.opml").read_bytes())
    assert first.url == "https://dodam.example/rss?a=1&b=2"
    assert (first.outlet, first.note) == ('도담일보 "산업" & 기업', "첫 줄\n둘째 줄")
    assert (second.url, second.outlet) == ("https://onsaemi.example/feed", "온새미경제")


def test_what_rss_to_telegram_bot_exports() -> None:
    feeds = read_opml((DATA / "rss_to_telegram_bot.opml").read_bytes())
    assert [(feed.url, feed.outlet) for feed in feeds] == [
        ("https://dodam.example/rss", "도담일보"),
        ("https://gaon.example/atom.xml", "가온매일 - 기업"),
    ]


def test_other_readers_find_address_title_and_category_in_ours() -> None:
    """As Miniflux (nested outlines, xmlUrl, title or text) and listparser (type rss) look for them."""
    feeds = load_feeds()
    root = ElementTree.fromstring(write_opml(feeds))
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    found = {}
    for category in root.iterfind("body/outline"):
        assert category.get("text")
        assert category.get("xmlUrl") is None
        for outline in category:
            assert outline.get("type") == "rss"
            assert outline.get("text")
            found[outline.get("xmlUrl")] = category.get("text")
    assert found == {feed.url: feed.outlet for feed in feeds}


def test_opml_comes_back_as_it_was() -> None:
    feeds = (*load_feeds(), Feed("https://news.example/?a=1&b=2", '도담 "일보" <경제>', "산업", "en", "메모"))
    assert set(read_opml(write_opml(feeds))) == set(feeds)


def test_nested_outlines_of_other_readers() -> None:
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><body><outline text="경제">'
        '<outline title="도담일보" text="도담일보" xmlUrl="https://d.example/rss" htmlUrl="https://d.example"/>'
        '<outline text="깊이"><outline text="온새미" xmlUrl="https://o.example/rss"/></outline></outline>'
        '<outline text="나쁨" xmlUrl="file:///etc/passwd"/></body></opml>'
    )
    assert [(feed.url, feed.outlet) for feed in read_opml(text.encode())] == [
        ("https://d.example/rss", "도담일보"),
        ("https://o.example/rss", "온새미"),
    ]


def test_outlines_that_cannot_be_fetched_lose_no_other() -> None:
    urls = ("http://[::1", "http://", "https:///x", "http://h:99999/", "https://d.example/rss")
    outlines = "".join(f'<outline text="도담일보" xmlUrl="{url}"/>' for url in urls)
    text = f'<opml version="2.0"><body>{outlines}</body></opml>'
    assert [feed.url for feed in read_opml(text.encode())] == ["https://d.example/rss"]


def test_a_language_that_is_none_is_passed_over_in_opml_and_refused_in_toml(tmp_path: Path) -> None:
    def opml(language: str) -> bytes:
        outline = f'<outline text="도담일보" xmlUrl="https://d.example/rss" language="{language}"/>'
        return f'<opml version="2.0"><body>{outline}</body></opml>'.encode()

    assert [read_opml(opml(said))[0].language for said in ("en-US", "x" * 36, "")] == ["en-US", "ko", "ko"]
    path = tmp_path / "feeds.toml"
    row = f'url = "https://d.example/{{query}}"\noutlet = "도담"\nlanguage = "{"x" * 36}"\n'
    path.write_text(f"[[feed]]\n{row}", encoding="utf-8")
    with pytest.raises(DataError, match=r"\[\[feed\]\] 1: 'language' is longer than 35"):
        load_feeds(path)
    path.write_text(f"[search]\n{row}", encoding="utf-8")
    with pytest.raises(DataError, match=r"\[search\]: 'language' is longer than 35"):
        load_search(path)


def test_a_password_in_a_list_is_not_told(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    row = '[[feed]]\nurl = "https://kim:geheim@d.example/rss"\noutlet = "도담일보"\n'
    path.write_text(row * 2, encoding="utf-8")
    with pytest.raises(DataError, match=r"repeats the address https://d\.example/rss") as caught:
        load_feeds(path)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["", "<opml>", "<rss/>", '<!DOCTYPE opml [<!ENTITY a "b">]><opml><body/></opml>'],
)
def test_no_opml(text: str) -> None:
    with pytest.raises(DataError):
        read_opml(text.encode())


def test_a_list_of_ones_own(tmp_path: Path) -> None:
    good = tmp_path / "feeds.toml"
    good.write_text('[[feed]]\nurl = "https://d.example/rss"\noutlet = "도담일보"\n', encoding="utf-8")
    assert load_feeds(good) == (Feed("https://d.example/rss", "도담일보"),)
    opml = tmp_path / "feeds.opml"
    opml.write_bytes(write_opml(load_feeds(good)))
    assert load_feeds(opml) == load_feeds(good)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no [[feed]]"),
        ("[[feed]]\noutlet = 'x'", "no 'url'"),
        ("[[feed]]\nurl = 'ftp://x'\noutlet = 'x'", "no http"),
        ("[[feed]]\nurl = 'http://[::1'\noutlet = 'x'", "no valid address"),
        ("[[feed]]\nurl = 'https:///x'\noutlet = 'x'", "names no host"),
        ("[[feed]]\nurl = 'http://x'\noutlet = 'x'\nfoo = '1'", "unknown keys: foo"),
        ("[[feed]]\nurl = 'http://x'\noutlet = 1", "must be text"),
        ("[[", "no valid TOML"),
    ],
)
def test_a_bad_list_says_what_and_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_feeds(path)
    assert said in str(caught.value)
    assert "bad.toml" in str(caught.value)
