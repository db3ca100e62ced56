"""What `execbrief explain` says of what is no article, and of times."""

from __future__ import annotations

import asyncio
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.article import is_feed
from briefing.model import Fetched
from tests.newssite import NewsSite
from tests.test_command_line import execbrief

RSS = (
    '<rss version="2.0"><channel><title>t</title><item><title>a</title><link>/1</link></item></channel></rss>'
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title></feed>'
NOW = datetime(2026, 11, 26, tzinfo=UTC)


async def explain(folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    env = {"EXECBRIEF_ALLOW_PRIVATE_NETWORK": "true"}
    return await asyncio.to_thread(execbrief, "explain", source, cwd=folder, env=env)


@pytest.mark.parametrize(
    ("body", "feed"),
    [
        (RSS, True),
        (f"\ufeff\n<?xml version='1.0'?>\n<!-- <html> -->\n<!DOCTYPE rss>{RSS}", True),
        (ATOM, True),
        ('{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": []}', True),
        ('{"id": "a1", "text": "기사"}', False),
        ("<html><body><feed></feed><item><title>a</title></item></body></html>", False),
        ("feed 라는 낱말로 시작하는 기사", False),
        ("<!-- -->" * 2000, False),
    ],
)
def test_a_feed_is_known_by_its_root(body: str, feed: bool) -> None:
    assert is_feed(Fetched("https://a.example/x", body.encode(), "text/html"), NOW) is feed


async def test_a_feed_is_not_explained_as_an_article(tmp_path: Path) -> None:
    async with NewsSite() as site:
        done = await explain(tmp_path, site.publish("/rss", RSS, "text/html"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "this is a feed; give the address of one of its articles" in done.stderr
    (tmp_path / "feed.xml").write_text(RSS, encoding="utf-8")
    assert "this is a feed" in (await explain(tmp_path, "feed.xml")).stderr


async def test_what_can_be_no_article_is_named_for_what_it_is(tmp_path: Path) -> None:
    ftp = await explain(tmp_path, "ftp://a.example/x")
    assert ftp.returncode == 2
    assert "ftp://a.example/x is no http or https address" in ftp.stderr
    assert "/dev/null: no regular file" in (await explain(tmp_path, "/dev/null")).stderr
    assert ": a folder" in (await explain(tmp_path, str(tmp_path))).stderr
    for name in ("empty.txt", "empty.json", "empty.html"):
        (tmp_path / name).write_text(" \n", encoding="utf-8")
        empty = await explain(tmp_path, name)
        assert (empty.returncode, empty.stdout) == (1, "")
        assert f"{name}: the file is empty; give it the text of an article" in empty.stderr


async def test_what_an_article_could_do_to_the_terminal_is_written_out(tmp_path: Path) -> None:
    text = "도윤재 미루반도체 사장은\x1b]0;제목\x07\x9b2J “값을\u202e 내린다”고 말했다.\r\n둘째\t줄\r끝"
    (tmp_path / "a.txt").write_bytes(text.encode())
    shown = (await explain(tmp_path, "a.txt")).stdout
    assert "도윤재 미루반도체 사장은\\u001b]0;제목\\u0007\\u009b2J “값을\\u202e 내린다”고 말했다." in shown
    assert "둘째\t줄\\u000d끝" in shown
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_a_day_that_nothing_can_be_counted_from_ends_nothing(tmp_path: Path, day: str) -> None:
    (tmp_path / "a.txt").write_text("도윤재 미루반도체 사장은 12월 1일자로 물러난다.", encoding="utf-8")
    done = await asyncio.to_thread(execbrief, "explain", "--published", day, "a.txt", cwd=tmp_path)
    assert "Traceback" not in done.stderr
    assert "departed" in done.stdout or "no day of a newspaper; give one like 2026-11-24" in done.stderr


async def test_the_time_of_publication_is_told_in_the_operators_zone(tmp_path: Path) -> None:
    line = '{"text": "도윤재 미루반도체 사장이 말했다.", "published": "2026-03-12T00:30:00+00:00"}'
    (tmp_path / "a.json").write_text(line, encoding="utf-8")
    assert "2026-03-12T09:30:00+09:00" in (await explain(tmp_path, "a.json")).stdout
