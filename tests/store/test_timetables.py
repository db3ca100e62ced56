"""What must not stop digests: a damaged row, timetables that cannot be looked at."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import pytest
from sqlalchemy import text

from briefing.store import Store, open_store
from tests.store.making import HOUR, NOW, set_digest
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
