"""kill -9 in the middle of polling and reading: nothing lost, nothing twice."""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

from sqlalchemy import text

from briefing.model import Period
from briefing.store import open_store
from briefing.store.engine import Database, parse_url
from tests.store.making import DAY, NOW
from tests.store.reading_child import A_ROUND, ROUNDS

ROOT = Path(__file__).parents[2]
SEED = 20250304


async def run_child(url: str, lines: int | None) -> list[str]:
    """What the child said had been committed; it is killed after that many lines, or runs to its end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.store.reading_child",
        url,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    said: list[str] = []
    while line := (await process.stdout.readline()).decode().strip():
        said.append(line)
        if lines is not None and len(said) >= lines:
            process.kill()  # by now the child is inside its next transaction
            lines = None
    _, errors = await process.communicate()
    assert said, errors.decode()
    return said


async def test_killed_again_and_again(url: str) -> None:
    chance = random.Random(SEED)
    promised: set[str] = set()
    for _ in range(4):
        promised |= set(await run_child(url, chance.randint(ROUNDS, 3 * ROUNDS)))
        async with open_store(url) as store:
            found = await store.news.facts(None, Period(NOW - DAY, NOW + DAY))
            read = {f"read guid-{stored.source.url.rsplit('/', 1)[1]}" for stored in found}
            assert {line for line in promised if line.startswith("read")} <= read
            assert len(found) == 3 * len(read)
    assert "done" not in promised, "the child was never killed in the middle"
    assert (await run_child(url, None))[-1] == "done"
    async with open_store(url) as store:
        counts = await store.counts()
        total = ROUNDS * A_ROUND
        assert (counts.entries, counts.unread, counts.articles, counts.facts) == (total, 0, total, 3 * total)
        found = await store.news.facts(None, Period(NOW - DAY, NOW + DAY))
        rows = await store.news.story_rows(sorted({stored.story_id for stored in found}))
        assert len(rows) == counts.stories
        for row in rows:
            told = {stored.source.article_id for stored in found if stored.story_id == row.id}
            assert row.article_count == len(told)
    if url.startswith("sqlite"):
        database = Database(parse_url(url))
        async with database.read() as connection:
            assert (await connection.execute(text("PRAGMA integrity_check"))).scalar() == "ok"
        await database.close()
