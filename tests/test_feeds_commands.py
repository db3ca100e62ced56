"""`execbrief feeds …` against a real news site."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from briefing.collect.sources import load_feeds
from briefing.model import Entry, Failed, Feed, Fetched, NotModified, Polled
from briefing.store import PollRecord, open_store
from tests.newssite import NewsSite
from tests.store.making import record_poll
from tests.test_command_line import execbrief

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
DATA = Path(__file__).parent / "data" / "opml"


@pytest.fixture
async def site() -> AsyncIterator[NewsSite]:
    async with NewsSite() as opened:
        yield opened


async def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {"EXECBRIEF_ALLOW_PRIVATE_NETWORK": "true", "EXECBRIEF_FEEDS_FILE": "feeds.toml"}
    return await asyncio.to_thread(execbrief, "feeds", *args, cwd=folder, env=env)


def rss(*dates: datetime | None, extra: str = "") -> str:
    items = (
        f"<item><title>{n}</title><link>/{n}</link>"
        + (f"<pubDate>{format_datetime(date)}</pubDate>" if date else "")
        + "</item>"
        for n, date in enumerate(dates)
    )
    return f'<rss version="2.0"><channel><title>t</title>{"".join(items)}{extra}</channel></rss>'


async def test_check_tells_in_one_line_each_what_is_wrong(site: NewsSite, tmp_path: Path) -> None:
    recent = [NOW - n * timedelta(hours=1) for n in range(5)]
    faults = {
        "good": rss(*recent),
        "undated": rss(*recent, None, None),
        "old": rss(*(date - 30 * DAY for date in recent)),
        "empty": rss(),
        "linkless": rss(*recent, extra="<item><title>링크 없음</title></item>"),
        "page": "<html><body>점검 중</body></html>",
        "nothing": "",
    }
    for name, body in faults.items():
        site.publish(f"/{name}", body, "text/xml")
    site.publish("/moved", status=301, headers={"Location": "/good"})
    site.publish("/gone", status=410)
    names = [*faults, "moved", "gone"]
    (tmp_path / "feeds.toml").write_text(
        "".join(
            f'[[feed]]\nurl = "{site.url(f"/{name}")}"\noutlet = "{name}"\ntitle = "산업"\n' for name in names
        ),
        encoding="utf-8",
    )
    done = await run(tmp_path, "check")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "ok   good 산업: 5 entries",
        "ok   undated 산업: 7 entries, 2 without date",
        f"FAIL old 산업 ({site.url('/old')}): silent, its newest entry is 30 days old, 5 entries",
        f"FAIL empty 산업 ({site.url('/empty')}): a feed, but nothing in it",
        "ok   linkless 산업: 5 entries, 1 unusable: item 6: no link (링크 없음)",
        f"FAIL page 산업 ({site.url('/page')}): the answer is a web page, not a feed",
        f"FAIL nothing 산업 ({site.url('/nothing')}): the answer is empty",
        f"ok   moved 산업: 5 entries, moved to {site.url('/good')}",
        f"FAIL gone 산업 ({site.url('/gone')}): answered 410 Gone",
    ]
    one = await run(tmp_path, "check", site.url("/good"))
    assert (one.returncode, one.stdout) == (0, "ok   good 산업: 5 entries\n")


async def test_feeds_without_title_are_told_apart_by_their_address(site: NewsSite, tmp_path: Path) -> None:
    site.publish("/one", rss(NOW), "text/xml")
    secret = site.url("/none").replace("//", "//kim:geheim@")
    (tmp_path / "feeds.toml").write_text(
        "".join(f'[[feed]]\nurl = "{url}"\noutlet = "가"\n' for url in (site.url("/one"), secret)),
        encoding="utf-8",
    )
    checked = await run(tmp_path, "check")
    assert checked.stdout.splitlines() == [
        f"ok   가 ({site.url('/one')}): 1 entry",
        f"FAIL 가 ({site.url('/none')}): answered 404 Not Found",
    ]
    unknown = await run(tmp_path, "check", site.url("/other"))
    assert unknown.stdout == f"FAIL {site.url('/other')}: answered 404 Not Found\n"
    env = {"EXECBRIEF_ALLOW_PRIVATE_NETWORK": "true", "EXECBRIEF_FEEDS_FILE": "feeds.toml"}
    polled = await asyncio.to_thread(execbrief, "poll", cwd=tmp_path, env=env)
    assert polled.stderr.splitlines() == [
        "1 feed failed",
        "feed\taddress\twhat went wrong",
        f"가\t{site.url('/none')}\tanswered 404 Not Found",
    ], "each failure is told once"


async def test_doctor_names_feeds_known_to_be_in_trouble(site: NewsSite, tmp_path: Path) -> None:
    names = ["a", "b", "c", "d", "e", "failing", "silent"]
    for name in names:
        site.publish(f"/{name}", rss(NOW), "text/xml")
    (tmp_path / "feeds.toml").write_text(
        "".join(f'[[feed]]\nurl = "{site.url(f"/{name}")}"\noutlet = "{name}"\n' for name in names),
        encoding="utf-8",
    )
    env = {"EXECBRIEF_ALLOW_PRIVATE_NETWORK": "true", "EXECBRIEF_FEEDS_FILE": "feeds.toml"}
    well = await asyncio.to_thread(execbrief, "doctor", cwd=tmp_path, env=env)
    assert "ok   polls: 0 feeds in the database" in well.stdout
    async with open_store(f"sqlite:///{tmp_path / 'execbrief.sqlite3'}") as store:
        await store.news.use_list(load_feeds(tmp_path / "feeds.toml"), "file", NOW - 40 * DAY)
        *_, failing, silent = await store.news.feeds()
        await record_poll(store, failing.id, Failed("answered 410 Gone"), NOW, NOW - DAY / 2)
        entry = Entry("1", silent.feed.url, "제목", "silent", NOW - 31 * DAY)
        brought = Polled((entry,), Fetched(silent.feed.url, b""))
        for outcome, when in ((brought, NOW - 30 * DAY), (NotModified(), NOW - DAY)):
            record = PollRecord(silent.id, outcome, NOW, when, patience=4 * DAY)
            await store.news.record_polls([record], first_window=None)
    done = await asyncio.to_thread(execbrief, "doctor", cwd=tmp_path, env=env)
    assert done.returncode == 1
    assert "ok   feeds: 5 asked, all answered" in done.stdout
    (line,) = [line for line in done.stdout.splitlines() if " polls: " in line]
    assert line.startswith("FAIL polls: 2 of 7 feeds in trouble: failing (")
    assert "answered 410 Gone; silent (" in line
    assert "answers, but has brought nothing since" in line


async def test_adding_a_known_feed_again_changes_what_is_given_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(
        '[[feed]]\nurl = "https://a.example/"\noutlet = "가"\ntitle = "산업"\nlanguage = "en"\n',
        encoding="utf-8",
    )

    async def known() -> Feed:
        async with open_store(f"sqlite:///{tmp_path / 'execbrief.sqlite3'}") as store:
            return (await store.news.feeds())[0].feed

    before = load_feeds(tmp_path / "feeds.toml")[0]
    again = await run(tmp_path, "add", "https://a.example/")
    assert again.stdout == "known already; outlet and title stay as they are\n"
    assert await known() == before
    other = '[[feed]]\nurl = "https://c.example/"\noutlet = "라"\n'
    (tmp_path / "feeds.toml").write_text(other, encoding="utf-8")
    renamed = await run(tmp_path, "add", "https://a.example/", "--outlet", "나")
    assert renamed.stdout == "known already; outlet and title updated\n"
    assert await known() == replace(before, outlet="나")
    # a feed that has moved is known by its old address too, but what is known of it is not told by that
    async with open_store(f"sqlite:///{tmp_path / 'execbrief.sqlite3'}") as store:
        (state, _) = await store.news.feeds()
        moved = Fetched("https://b.example/", b"", moved_to="https://b.example/")
        await record_poll(store, state.id, Polled((), moved), NOW, NOW)
    old = await run(tmp_path, "add", "https://a.example/", "--title", "다")
    assert (old.returncode, old.stdout) == (1, "")
    assert "https://a.example/ has moved" in old.stderr
    assert await known() == replace(before, outlet="나", url="https://b.example/")


async def test_check_takes_an_address_as_the_list_shows_it(site: NewsSite, tmp_path: Path) -> None:
    shown = site.publish("/private", rss(NOW), "text/xml")
    stored = shown.replace("://", "://kim:geheim@")
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{stored}"\noutlet = "가람"\n', encoding="utf-8")
    done = await run(tmp_path, "check", shown)
    assert (done.returncode, done.stdout) == (0, f"ok   가람 ({site.url('/private')}): 1 entry\n")
    assert "authorization" in site.requests[-1].headers


@pytest.mark.parametrize("name", ["miniflux.opml", "rss_to_telegram_bot.opml"])
async def test_what_other_readers_export_is_imported_and_comes_out_again(name: str, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(
        '[[feed]]\nurl = "https://a.example/"\noutlet = "가"\n', encoding="utf-8"
    )
    done = await run(tmp_path, "import", str(DATA / name))
    assert done.stdout == f"2 feeds in {DATA / name}: 2 added, 0 known already\n"
    exported = await run(tmp_path, "export", "out.opml")
    assert exported.returncode == 0
    again = await run(tmp_path, "import", "out.opml")
    assert again.stdout == "3 feeds in out.opml: 0 added, 3 known already\n"


async def test_administrators_of_the_settings_are_told(site: NewsSite, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(
        f'[[feed]]\nurl = "{site.url("/none")}"\noutlet = "가람일보"\n', encoding="utf-8"
    )
    async with open_store(f"sqlite:///{tmp_path / 'execbrief.sqlite3'}") as store:
        await store.news.use_list(load_feeds(tmp_path / "feeds.toml"), "file", NOW - 2 * DAY)
        (state,) = await store.news.feeds()
        await record_poll(store, state.id, Failed("down"), NOW, NOW - 2 * DAY)
    env = {"EXECBRIEF_ALLOW_PRIVATE_NETWORK": "true", "EXECBRIEF_FEEDS_FILE": "feeds.toml"}
    env |= {"EXECBRIEF_ADMIN_IDS": "4711, -1001"}
    done = await asyncio.to_thread(execbrief, "poll", "--all", cwd=tmp_path, env=env)
    assert "has failed since" in done.stderr, "the log tells too"
    async with open_store(f"sqlite:///{tmp_path / 'execbrief.sqlite3'}") as store:
        waiting = await store.outbox.claim(NOW + DAY, 10)
    assert sorted(message.chat_id for message in waiting) == [-1001, 4711]
    assert all("answered 404 Not Found" in message.content.html for message in waiting)


async def test_list_shows_the_search_of_a_followed_company(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(
        '[search]\nurl = "https://s.example/?q={query}"\noutlet = "찾기"\n'
        '[[feed]]\nurl = "https://a.example/"\noutlet = "가"\n',
        encoding="utf-8",
    )
    assert "가람정밀" not in (await run(tmp_path, "list")).stdout
    async with open_store(f"sqlite:///{tmp_path / 'execbrief.sqlite3'}") as store:
        await store.subscribers.ensure(1, NOW)
        await store.subscribers.subscribe(1, "가람정밀", NOW)
    assert "찾기\t가람정밀\thttps://s.example/?q=" in (await run(tmp_path, "list")).stdout
    exported = (await run(tmp_path, "export")).stdout
    assert "https://a.example/" in exported
    assert "s.example" not in exported, "imported, a search would stay for ever"
    async with open_store(f"sqlite:///{tmp_path / 'execbrief.sqlite3'}") as store:
        await store.subscribers.unsubscribe(1, "가람정밀")
    assert "가람정밀" not in (await run(tmp_path, "list")).stdout
