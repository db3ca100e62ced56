"""What must not stop digests: a damaged row, timetables that cannot be looked at, a clock put right."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from briefing.compose.audience import next_digest
from briefing.store import Store, open_store
from tests.store.making import DAY, HOUR, NOW, set_digest
from tests.store.test_digests_at_once import COMPANIES, Clock, desk, written

EIGHT = time(8)


async def followers(store: Store, due: datetime) -> None:
    """Chats 1 to 3 with a digest at eight."""
    for chat in (1, 2, 3):
        await store.subscribers.ensure(chat, NOW, (EIGHT,))
        await store.subscribers.subscribe(chat, COMPANIES[0], NOW)
        await set_digest(store, chat, (EIGHT,), due)


async def damage(store: Store, column: str, value: str, chat: int = 3) -> None:
    async with store.subscribers._db.write() as connection:
        statement = f"UPDATE subscribers SET {column} = '{value}' WHERE chat_id = {chat}"
        await connection.execute(text(statement))


@pytest.mark.parametrize("due_too", [False, True])
@pytest.mark.parametrize(("column", "value"), [("digest_times", "8"), ("digest_days", "월"), ("kinds", "x")])
async def test_a_damaged_row_stops_nobody_elses_digest(
    url: str, due_too: bool, column: str, value: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_store(url) as store:
        await followers(store, NOW)
        if not due_too:
            await set_digest(store, 3, (EIGHT,), NOW + 9 * HOUR)
        await damage(store, column, value)
        clock = Clock(NOW)
        pipeline = desk(store, clock)
        assert (await pipeline.compose_due()).done == 2
        assert {chat for chat, _, _ in await written(store)} <= {1, 2}
        assert ("subscriber 3 cannot be read" in caplog.text) == due_too
        # it is told once, and takes the place of nobody in the next page
        said = caplog.text.count("subscriber 3")
        await set_digest(store, 1, (EIGHT,), NOW)
        assert [one.chat_id for one in await store.subscribers.due(NOW, 1)] == [1]
        assert caplog.text.count("subscriber 3") == said


async def test_a_damaged_row_stops_nobody_elses_alerts(url: str) -> None:
    async with open_store(url) as store:
        await followers(store, NOW)
        await damage(store, "kinds", "x")
        assert [one.chat_id for one in await store.subscribers.followers([COMPANIES[0]])] == [1, 2]


async def test_composing_goes_on_if_timetables_cannot_be_looked_at(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever it is: here a moment that is none, in a row that is not due."""
    async with open_store(f"sqlite:///{tmp_path / 'news.sqlite3'}") as store:
        await followers(store, NOW)
        await damage(store, "next_digest", "never")
        assert (await desk(store, Clock(NOW)).compose_due()).done == 2
        assert "could not be compared" in caplog.text


async def test_a_clock_put_back_by_seconds_over_the_hour_of_a_digest_changes_nothing(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_store(url) as store:
        due = next_digest((EIGHT,), "Asia/Seoul", NOW)
        assert due is not None
        await followers(store, due)
        # 3 has had none today: by a wrong clock it is due a day late, which is no step of seconds
        await set_digest(store, 3, (EIGHT,), due + DAY)
        clock = Clock(due + timedelta(seconds=5))
        pipeline = desk(store, clock)
        assert (await pipeline.compose_due()).done == 2
        clock.now = due - timedelta(seconds=1)
        assert (await pipeline.compose_due()).done == 0
        assert "1 digests were due later" in caplog.text
        kept = {chat: await store.subscribers.get(chat) for chat in (1, 2, 3)}
        assert [one and one.next_digest for one in kept.values()] == [due + DAY, due + DAY, due]
        clock.now = due + timedelta(seconds=1)
        assert (await pipeline.compose_due()).done == 1, "3, and nobody is composed for again"
        clock.now = due + DAY
        assert (await pipeline.compose_due()).done == 3
