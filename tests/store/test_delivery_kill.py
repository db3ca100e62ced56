"""kill -9 in the middle of sending the digests of 300 subscribers: none twice, none lost but those unknown."""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from briefing.store import Store, open_store
from briefing.store.tables import deliveries
from tests.botapi import BotApi
from tests.store.making import NOW
from tests.store.test_digests_at_once import read_some, subscribed

ROOT = Path(__file__).parents[2]
SEED = 20261126
SUBSCRIBERS = 300
PATIENCE_S = 120


async def deliver(url: str, api: BotApi, until: int | None, now: datetime = NOW) -> None:
    """A process that sends; killed once Telegram has so many messages in all, or left to its end."""
    command = (sys.executable, "-m", "tests.store.delivering_child", url, api.url, now.isoformat())
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    async with asyncio.timeout(PATIENCE_S):
        if until is None:
            await process.communicate()
            assert process.returncode == 0
            return
        while len(api.sent) < until and process.returncode is None:  # noqa: ASYNC110 (another process)
            await asyncio.sleep(0)
    assert process.returncode is None, "it was done before it could be killed"
    process.kill()
    await process.communicate()


async def states(store: Store) -> dict[int, str]:
    """Chat -> state of its digest."""
    query = select(deliveries.c.chat_id, deliveries.c.status)
    async with store.outbox._db.read() as connection:
        return {row.chat_id: row.status for row in await connection.execute(query)}


async def test_killed_again_and_again_in_mid_digest(url: str) -> None:
    chance = random.Random(SEED)
    async with open_store(url) as store, BotApi() as api:
        await read_some(store, chance, 10)
        await subscribed(store, SUBSCRIBERS, chance)
        kills = sorted(chance.sample(range(20, SUBSCRIBERS - 60), 2))
        for until in kills:
            await deliver(url, api, until)
        await deliver(url, api, None)
        held = Counter((await states(store)).values())
        # what the dead had begun is given up by whoever lives, once nobody can be behind it any more,
        # and what they had only claimed is sent
        later = NOW + timedelta(minutes=5)
        assert (await store.outbox.recover(later)).unknown == held["sending"]
        await deliver(url, api, None, later)
        ended = await states(store)
        times = Counter(message.chat_id for message in api.sent)
        assert set(times.values()) == {1}, "nobody was written to twice"
        assert set(ended) == set(range(1, SUBSCRIBERS + 1))
        assert set(ended.values()) <= {"sent", "unknown"}
        unknown = {chat for chat, state in ended.items() if state == "unknown"}
        assert set(times) | unknown == set(ended), "whoever got nothing is reported as unknown"
        assert {chat for chat, state in ended.items() if state == "sent"} <= set(times)
        # how many depends on how fast outcomes could be recorded; most of those left are not among them
        assert len(unknown) < SUBSCRIBERS // 2
        assert (await store.counts()).outbox["unknown"] == len(unknown), "and shown in the counts"
        print(  # noqa: T201 (what a kill did)
            f"killed at {kills}: {len(times)} got their digest, {len(unknown)} unknown, "
            f"{len(unknown & set(times))} of them had got it"
        )
