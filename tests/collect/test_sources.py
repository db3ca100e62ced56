from __future__ import annotations

from pathlib import Path

import pytest

from briefing.collect.opml import read_opml, write_opml
from briefing.collect.sources import load_feeds
from briefing.errors import DataError
from briefing.model import Feed


def test_the_built_in_list() -> None:
    feeds = load_feeds()
    assert len(feeds) >= 20
    assert all(feed.outlet and feed.title and feed.note for feed in feeds)


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
