"""Polls recorded together: few transactions, no poll lost, no poll's trouble another's."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.errors import StoreUnavailable
from briefing.model import Feed
from briefing.pipeline.ledger import Ledger
from briefing.store import Brought, PollRecord, open_store
from briefing.store.polls import PollStore
from tests.store.making import NOW, entry, polled

FEEDS = 30
ONE = Brought(1)


async def all_at_once(ledger: Ledger, ids: Sequence[int]) -> list[Brought | BaseException]:
    records = [PollRecord(key, polled(entry(key)), NOW, NOW) for key in ids]
    return await asyncio.gather(*(ledger.record(record) for record in records), return_exceptions=True)


@pytest.fixture
async def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Sizes of the transactions."""
    sizes: list[int] = []
    record = PollStore.record_polls

    async def counting(
        self: PollStore, polls: Sequence[PollRecord], window: timedelta | None
    ) -> tuple[Brought, ...]:
        sizes.append(len(polls))
        if any(poll.feed_id == -1 for poll in polls):
            raise ValueError("a poll that cannot be recorded")
        if any(poll.feed_id == -2 for poll in polls):
            raise StoreUnavailable("away")
        return await record(self, polls, window)

    monkeypatch.setattr(PollStore, "record_polls", counting)
    return sizes


async def test_what_ends_while_one_is_written_is_written_together(tmp_path: Path, counted: list[int]) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'l.sqlite3'}") as store:
        await store.news.add_feeds([Feed(f"https://f{n}.example/", "신문") for n in range(FEEDS)], NOW)
        ids = [state.id for state in await store.news.feeds()]
        assert await all_at_once(Ledger(store, timedelta(days=2)), ids) == [ONE] * FEEDS
        assert len(counted) <= 2
        assert sum(counted) == FEEDS


async def test_one_that_cannot_be_recorded_costs_no_other(tmp_path: Path, counted: list[int]) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'l.sqlite3'}") as store:
        await store.news.add_feeds([Feed(f"https://f{n}.example/", "신문") for n in range(3)], NOW)
        ids = [state.id for state in await store.news.feeds()]
        told = await all_at_once(Ledger(store, timedelta(days=2)), [ids[0], -1, *ids[1:]])
        assert [one if isinstance(one, Brought) else type(one) for one in told] == [ONE, ValueError, ONE, ONE]


async def test_an_outage_reaches_every_caller(tmp_path: Path, counted: list[int]) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'l.sqlite3'}") as store:
        told = await all_at_once(Ledger(store, timedelta(days=2)), [-2, -2, -2])
        assert [type(one) for one in told] == [StoreUnavailable] * 3


async def test_who_is_cut_off_while_writing_for_others_takes_nobody_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'l.sqlite3'}") as store:
        await store.news.add_feeds([Feed(f"https://f{n}.example/", "신문") for n in range(5)], NOW)
        ids = [state.id for state in await store.news.feeds()]
        begun, go_on = asyncio.Event(), asyncio.Event()
        sizes: list[int] = []
        record = PollStore.record_polls

        async def held(
            self: PollStore, polls: Sequence[PollRecord], window: timedelta | None
        ) -> tuple[Brought, ...]:
            sizes.append(len(polls))
            if len(sizes) == 2:
                begun.set()
                await go_on.wait()
            return await record(self, polls, window)

        monkeypatch.setattr(PollStore, "record_polls", held)
        ledger = Ledger(store, timedelta(days=2))
        tasks = [
            asyncio.create_task(ledger.record(PollRecord(key, polled(entry(key)), NOW, NOW))) for key in ids
        ]
        async with asyncio.timeout(5):
            await begun.wait()
            assert sizes == [1, 4]
            tasks[1].cancel()
            told = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(one) for one in told] == [Brought, asyncio.CancelledError, Brought, Brought, Brought]
        assert (await store.counts()).entries == 4


async def test_who_is_cut_off_takes_nobody_along(tmp_path: Path, counted: list[int]) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'l.sqlite3'}") as store:
        await store.news.add_feeds([Feed(f"https://f{n}.example/", "신문") for n in range(5)], NOW)
        ids = [state.id for state in await store.news.feeds()]
        ledger = Ledger(store, timedelta(days=2))
        tasks = [
            asyncio.create_task(ledger.record(PollRecord(key, polled(entry(key)), NOW, NOW))) for key in ids
        ]
        for _ in range(3):
            await asyncio.sleep(0)
        for task in (tasks[0], tasks[3]):
            task.cancel()
        told = await asyncio.gather(*tasks, return_exceptions=True)
        assert [told[place] for place in (1, 2, 4)] == [ONE] * 3
