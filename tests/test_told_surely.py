"""Digests tell in full what no alert has surely told, by the reader's own day; alerts are rendered once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from briefing.compose.render import Renderer
from briefing.korean.lexicon import load_lexicon
from briefing.model import Edition, Part, Rejected, SendOutcome, Sent, Unknown
from briefing.pipeline import AlertFollowers, Pipeline
from briefing.store import Store
from briefing.store.tables import deliveries
from briefing.subscribers import Language
from tests.store.making import set_digest
from tests.test_pipeline import COMPANY, Clock, desk, follower, move, no_extractor, pipeline, read


async def texts(store: Store, kind: str) -> dict[int, str]:
    """Chat -> its message of a kind."""
    query = select(deliveries).where(deliveries.c.edition.like(f"{kind}:%"))
    async with store.outbox._db.read() as connection:
        return {row.chat_id: row.content["html"] for row in await connection.execute(query)}


@pytest.mark.parametrize(
    ("outcome", "told"), [(Sent(1), False), (Unknown("read timeout"), True), (Rejected("400"), True)]
)
async def test_what_an_alert_did_not_surely_tell_the_digest_tells_in_full(
    tmp_path: Path, outcome: SendOutcome, told: bool
) -> None:
    async with desk(tmp_path) as (store, clock):
        news = pipeline(store, clock)
        await follower(store, clock)
        await set_digest(store, 1, (time(8),), clock() + timedelta(hours=14))
        clock.now += timedelta(minutes=1)
        await read(store, clock, move("강이솔"))
        assert (await news.run(AlertFollowers())).done == 1
        (alert,) = await store.outbox.claim(clock(), 9)
        assert await store.outbox.record(alert, outcome, clock())
        # whatever became of it, it is no alert again
        clock.now += timedelta(minutes=10)
        await read(store, clock, move("강이솔"))
        assert (await news.run(AlertFollowers())).done == 0
        clock.now += timedelta(hours=14)
        assert (await news.compose_due()).done == 1
        digest = (await texts(store, "digest"))[1]
        assert ("알림으로 전한 소식" not in digest) is told
        assert ("• <b>" in digest) is told


async def test_the_day_of_a_digest_is_its_readers(tmp_path: Path) -> None:
    """2025-03-04 23:00 UTC: Wednesday morning in Seoul, Tuesday evening in New York."""
    async with desk(tmp_path) as (store, clock):
        due = datetime(2025, 3, 4, 23, tzinfo=UTC)
        for chat, zone, hour in ((1, "Asia/Seoul", 8), (2, "America/New_York", 18)):
            await store.subscribers.ensure(chat, clock(), (time(hour),), zone)
            await store.subscribers.subscribe(chat, COMPANY, clock())
            await set_digest(store, chat, (time(hour),), due)
        await read(store, clock, move("강이솔"))
        clock.now = due
        assert (await pipeline(store, clock).compose_due()).done == 2
        digests = await texts(store, "digest")
        assert digests[1].startswith("<b>정기 브리핑</b> · 3.5(수)\n")
        assert digests[2].startswith("<b>정기 브리핑</b> · 3.4(화)\n")
        assert digests[1].splitlines()[1:] == digests[2].splitlines()[1:]


class Watched(Renderer):
    """Notes in which threads alerts are rendered."""

    def __init__(self) -> None:
        super().__init__(None, "Asia/Seoul")
        self.threads: list[int] = []

    def alert(self, edition: Edition) -> tuple[Part, ...]:
        self.threads.append(threading.get_ident())
        return super().alert(edition)


async def test_an_alert_is_rendered_once_for_all_who_get_the_same_and_off_the_loop(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        for chat in range(1, 5):
            await follower(store, clock, chat)
        await store.subscribers.change(4, lambda one: replace(one, language=Language.ENGLISH))
        await store.subscribers.subscribe(3, "나래화학", clock())
        clock.now += timedelta(minutes=1)
        await read(store, clock, move("강이솔"))
        renderer = Watched()
        news = _news(store, clock, renderer)
        assert (await news.run(AlertFollowers())).done == 4
        assert len(renderer.threads) == 2, "one a language"
        assert threading.get_ident() not in renderer.threads
        told = await texts(store, "alert")
        assert told[1] == told[2] == told[3] != told[4]


def _news(store: Store, clock: Clock, renderer: Renderer) -> Pipeline:
    return Pipeline(
        store=store,
        fetcher=None,
        extractor=no_extractor,
        lexicon=load_lexicon(),
        renderer=renderer,
        clock=clock,
    )
