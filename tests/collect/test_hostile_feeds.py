"""Feeds made to choke a parser are read in seconds, and what is no attack is read as ever."""

from __future__ import annotations

import asyncio
import threading
import time
from datetime import UTC, datetime

import pytest

from briefing.collect.charset import decode
from briefing.collect.feeds import parse_feed
from briefing.collect.fencing import DEEPEST, MOST_TAGS, fenced
from briefing.collect.parsing import FeedParser
from briefing.model import Failed, Feed, Fetched, Polled

FEED = Feed("https://news.example/rss", "가람일보")
ITEM = "<item><title>가람전자 인사</title><link>/1</link></item>"
N = 20_000
# Each of these took from ten seconds to minutes; a busy machine needs a second or two now.
SECONDS = 6.0


def parsed(document: str) -> Polled | Failed:
    return parse_feed(
        Fetched(FEED.url, document.encode(), "text/xml"), FEED, datetime(2026, 3, 3, tzinfo=UTC)
    )


def rss(inner: str, of_root: str = "") -> str:
    return f'<rss version="2.0"{of_root}><channel><title>도담</title>{ITEM}{inner}</channel></rss>'


@pytest.mark.parametrize(
    "document",
    [
        "<!DOCTYPE [" + "a" * 3 * N + ITEM,
        rss("<item><title>" + "<x xml:base='a/'>" * N + "</x>" * N + "</title></item>"),
        rss("<item><title>" + "<x base='a/'>" * N + "</title></item>"),
        rss("<item><p><br xml:base='a/'></p></item>" * (N // 2)),
        rss("<item><link>x</link></item>" * N, f' xml:base="https://n.example/{"a/" * 4000}"'),
        rss("<item><x " + " ".join(f'a{number}="1"' for number in range(N)) + "></x><b></item>"),
        rss("", " " + " ".join(f'xmlns:a{number}="u{number}"' for number in range(N))),
        rss("<item><title>" + "<a b='" * N + "</title></item>"),
        rss("<b></item>" + "<!--" * N),
        rss("<b></item>" + "<?" * N),
        rss("<item>" * N),
    ],
    ids=[
        *("doctype", "bases", "loose bases", "mismatched bases", "long base"),
        *("attributes", "namespaces", "quotes", "comments", "instructions", "depth"),
    ],
)
def test_a_feed_made_to_choke_a_parser_is_read_in_seconds(document: str) -> None:
    start = time.thread_time()
    parsed(document)
    assert time.thread_time() - start < SECONDS


def test_a_doctype_with_declarations_is_passed_over() -> None:
    for doctype in (
        "<!DOCTYPE rss>",
        '<!doctype rss [<!ENTITY a "<b>">] >',
        "<!DOCTYPE rss [<!-- ] -->",
        "<!DOCTYPE [",
    ):
        got = parsed(doctype + rss(""))
        assert isinstance(got, Polled)
        assert [entry.title for entry in got.entries] == ["가람전자 인사"]


@pytest.mark.parametrize(
    ("document", "kept"),
    [
        ('<a b="1 > 2"><c/></a>', '<a b="1 > 2"><c/></a>'),
        ("<a><!-- <b> -->x<?php <b> ?></a>", "<a>x</a>"),
        ("<a><![CDATA[<b> xml:base='c' <!-- ]]></a>", "<a><![CDATA[<b> xml:base='c' <!-- ]]></a>"),
        ("<a><![CDATA[<b>", "<a><![CDATA[<b>"),
        ("<a>1 < 2, <AI 시대</a>", "<a>1 < 2, <AI 시대</a>"),
        ('<a b="x><c>', '<a b="x><c>'),
        ("</b><a>", "</b><a>"),
        (f'<a b="{"x" * 20_000}"/>', "<a/>"),
        (f"<a {'b=1 ' * 200}>", "<a>"),
        ('<f xml:base="https://a/"><e xml:base="b/"><l/></e></f>',) * 2,
        (
            '<f><e><c><d><x xml:base = "b/" href="?base=1"/></d></c></e></f>',
            '<f><e><c><d><x xml:nobase = "b/" href="?base=1"/></d></c></e></f>',
        ),
        ('<a></b><c xml:base="d/">', '<a></b><c xml:nobase="d/">'),
    ],
)
def test_only_what_grows_is_taken_out(document: str, kept: str) -> None:
    assert fenced(document) == kept


def test_what_lies_too_deep_is_lifted() -> None:
    got = fenced("<a>" * (DEEPEST + 5) + "x<b/>" + "</a>" * (DEEPEST + 5))
    assert got == "<a>" * DEEPEST + "x" + "</a>" * DEEPEST


def test_a_feed_of_too_many_tags_is_cut_and_closed() -> None:
    got = fenced("<rss><Item>" + "<a/>" * MOST_TAGS + "</Item></rss>")
    assert got.count("<a/>") == MOST_TAGS - 2
    assert got.endswith("<a/></Item></rss>")


def test_line_breaks_never_closed_do_not_hide_the_items_behind_them() -> None:
    got = parsed(
        rss(
            "".join(
                f"<item><link>/b{n}</link><description>{'<br>' * 9}</description></item>" for n in range(40)
            )
        )
    )
    assert isinstance(got, Polled)
    assert len(got.entries) + len(got.problems) == 41


# --------------------------------------------------------------------------- charsets


@pytest.mark.parametrize(
    "name",
    [
        "punycode",
        "undefined",
        "idna",
        "unicode_escape",
        "raw_unicode_escape",
        "utf-7",
        "mbcs",
        "rot13",
        "base64",
        "x",
    ],
)
def test_what_is_no_charset_of_the_web_is_not_believed(name: str) -> None:
    head = f'<?xml version="1.0" encoding="{name}"?>'
    start = time.thread_time()
    assert decode(head.encode() + "\\x41 가람".encode("cp949")) == head + "\\x41 가람"
    decode(head.encode() + b"\xff-" + b"a" * 100_000)
    assert time.thread_time() - start < SECONDS


@pytest.mark.parametrize(
    ("name", "python", "text"),
    [
        *(("EUC-KR", "cp949", "뷁"), ("ks_c_5601-1987", "cp949", "가람"), ("johab", "johab", "가람")),
        *(("Shift_JIS", "shift_jis", "日本"), ("EUC-JP", "euc_jp", "日本"), ("Big5", "big5", "日本")),
        *(("GB2312", "gb2312", "中国"), ("gb18030", "gb18030", "中国"), ("utf-16le", "utf-16-le", "가람")),
        *(("windows-1251", "cp1251", "мир"), ("KOI8-R", "koi8_r", "мир"), ("iso-8859-7", "iso8859_7", "αβγ")),
    ],
)
def test_charsets_of_the_web_are_believed(name: str, python: str, text: str) -> None:
    assert decode(text.encode(python), f"text/html; charset={name}") == text


# --------------------------------------------------------------------------- the deadline


async def test_a_feed_that_takes_too_long_fails_and_holds_up_no_other() -> None:
    over = threading.Event()
    nothing = Polled((), Fetched(FEED.url, b""))

    def parse(fetched: Fetched, _feed: Feed, _now: datetime) -> Polled:
        if fetched.body == b"slow":
            over.wait()
        return nothing

    now = datetime(2026, 3, 3, tzinfo=UTC)
    parser = FeedParser(threads=2, seconds=0.05, parse=parse)
    try:
        late = await parser.parse(Fetched(FEED.url, b"slow"), FEED, now)
        assert late == Failed("took longer than 0.05 s to parse")
        for _ in range(3):
            assert await parser.parse(Fetched(FEED.url, b"news"), FEED, now) is nothing
    finally:
        over.set()


async def test_who_waits_for_a_thread_is_not_late() -> None:
    over = threading.Event()
    nothing = Polled((), Fetched(FEED.url, b""))

    def parse(fetched: Fetched, _feed: Feed, _now: datetime) -> Polled:
        if fetched.body == b"slow":
            over.wait()
        return nothing

    now = datetime(2026, 3, 3, tzinfo=UTC)
    parser = FeedParser(threads=1, seconds=0.05, parse=parse)
    try:
        assert isinstance(await parser.parse(Fetched(FEED.url, b"slow"), FEED, now), Failed)
        waiting = asyncio.create_task(parser.parse(Fetched(FEED.url, b"news"), FEED, now))
        assert not (await asyncio.wait([waiting], timeout=0.15))[0]
    finally:
        over.set()
    assert await waiting is nothing


async def test_a_bug_in_the_parser_is_raised_to_who_asked() -> None:
    def parse(_fetched: Fetched, _feed: Feed, _now: datetime) -> Polled:
        raise ZeroDivisionError

    parser = FeedParser(threads=1, parse=parse)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            await parser.parse(Fetched(FEED.url, b""), FEED, datetime(2026, 3, 3, tzinfo=UTC))
