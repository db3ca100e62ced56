"""kill -9 in a round of polling, wherever it happens to be: no entry lost, none twice."""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

from sqlalchemy import select

from briefing.model import Feed
from briefing.store import open_store
from briefing.store.engine import Database, parse_url
from briefing.store.tables import entries, feeds
from tests.newssite import NewsSite
from tests.store.making import NOW

ROOT = Path(__file__).parents[2]
SEED = 20260302
FEEDS = 40
KILLS = 6
NEW_A_ROUND = 4


def publish(site: NewsSite, rounds: int) -> set[str]:
    """All feeds as they are in that round, every fourth entry shared with the next feed; their addresses."""
    told: set[str] = set()
    for feed in range(FEEDS):
        items: list[str] = []
        for number in range(rounds * NEW_A_ROUND):
            shared = number % 4 == 0
            link = site.url(f"/shared/{feed // 2}/{number}" if shared else f"/{feed}/{number}")
            told.add(link)
            # ids change at every fetch
            items.append(
                f"<item><title>{link}</title><link>{link}</link><guid>{rounds}-{feed}-{number}</guid></item>"
            )
        body = f'<rss version="2.0"><channel><title>t</title>{"".join(items)}</channel></rss>'
        site.publish(f"/feed/{feed}", body, "text/xml", headers={"Last-Modified": str(rounds)})
    return told


async def run_round(url: str, site: NewsSite, kill_at: int | None) -> bool:
    """A round in a process of its own, killed at that request; whether it came to its end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.store.polling_child", url),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    before = len(site.requests)
    ended = asyncio.create_task(process.communicate())
    while not ended.done():
        if kill_at is not None and len(site.requests) - before >= kill_at:
            process.kill()
            break
        await asyncio.wait({ended}, timeout=0.001)
    out, errors = await ended
    assert kill_at is not None or out.startswith(b"done"), errors.decode()
    return out.startswith(b"done")


async def stored(url: str) -> tuple[list[str], dict[str, str | None], dict[str, set[str]]]:
    """Addresses of entries; validator by feed; addresses by feed."""
    database = Database(parse_url(url))
    try:
        async with database.read() as connection:
            rows = (await connection.execute(select(entries.c.url, entries.c.feed_id))).all()
            told = (await connection.execute(select(feeds.c.id, feeds.c.url, feeds.c.last_modified))).all()
    finally:
        await database.close()
    urls = {row.id: row.url for row in told}
    by_feed: dict[str, set[str]] = {url: set() for url in urls.values()}
    for row in rows:
        by_feed[urls[row.feed_id]].add(row.url)
    return [row.url for row in rows], {row.url: row.last_modified for row in told}, by_feed


async def test_rounds_killed_at_random_points_lose_nothing_and_store_nothing_twice(url: str) -> None:
    chance = random.Random(SEED)
    async with NewsSite() as site:
        async with open_store(url) as store:
            await store.news.add_feeds([Feed(site.url(f"/feed/{n}"), "가람일보") for n in range(FEEDS)], NOW)
        cut_short = 0
        for number in range(1, KILLS + 1):
            told = publish(site, number)
            cut_short += not await run_round(url, site, chance.randint(1, FEEDS))
            found, validators, by_feed = await stored(url)
            assert len(found) == len(set(found))
            assert set(found) <= told
            for feed in range(FEEDS):
                # a validator promises that everything the document told is stored
                seen = int(validators[site.url(f"/feed/{feed}")] or 0)
                own = {site.url(f"/{feed}/{n}") for n in range(seen * NEW_A_ROUND) if n % 4}
                assert own <= by_feed[site.url(f"/feed/{feed}")]
        assert cut_short >= KILLS - 2, "the rounds were over before they were killed"
        assert await run_round(url, site, None)
        found, _, _ = await stored(url)
        assert sorted(found) == sorted(told)
        assert await run_round(url, site, None)
        again, _, _ = await stored(url)
        assert sorted(again) == sorted(found)
