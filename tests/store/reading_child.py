"""Run as a program: polls and reads invented entries, and says so after each commit, until it is killed."""

from __future__ import annotations

import asyncio
import sys

from briefing.store import open_store
from tests.store.making import FEED, NOW, article, entry, extraction, polled, record_poll, signature

ROUNDS = 12
A_ROUND = 5


async def main(url: str) -> None:
    async with open_store(url) as store:
        await store.news.add_feeds([FEED], NOW)
        (feed,) = await store.news.feeds()
        for turn in range(ROUNDS):
            start = turn * A_ROUND
            entries = [entry(number) for number in range(start, start + A_ROUND)]
            await record_poll(store, feed.id, polled(*entries), NOW, NOW)
            print("polled", turn, flush=True)  # noqa: T201
            while waiting := await store.news.unread(NOW, 3):
                for each in waiting:
                    page = article(each.entry.url)
                    shared = await store.news.candidates(["k1"], NOW, NOW - NOW.replace(year=2024))
                    story = shared[-1].story_id if len(shared) % 3 else None
                    await store.news.record_article(each, page, extraction(), signature(), story, NOW)
                    print("read", each.entry.guid, flush=True)  # noqa: T201
        print("done", flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
