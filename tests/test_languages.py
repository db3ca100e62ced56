"""Digests and alerts in the language of each chat."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from briefing.model import Sent
from briefing.pipeline import AlertFollowers
from briefing.store import Store
from briefing.subscribers import FollowedPerson, Language
from tests.conftest import Clock
from tests.test_following import chat, desk, move, pipeline, read


async def sent(store: Store, clock: Clock) -> dict[int, str]:
    """What each chat is sent now."""
    told = await store.outbox.claim(clock(), 100)
    for one in told:
        await store.outbox.record(one, Sent(1), clock())
    return {one.chat_id: one.content.html for one in told}


async def test_alerts_and_digests_of_chats_that_follow_the_same(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await chat(store, clock, 1, FollowedPerson("유서진"))
        await chat(store, clock, 2, FollowedPerson("유서진"), language=Language.ENGLISH)
        await chat(store, clock, 3, FollowedPerson("유서진"))
        clock.now += timedelta(minutes=1)
        await read(store, clock, move("유서진"))
        await pipeline(store, clock).run(AlertFollowers())
        alerts = await sent(store, clock)
        assert "<b>Move</b>" in alerts[2]
        assert "<b>인사</b>" in alerts[1]
        assert alerts[1] == alerts[3]
        clock.now += timedelta(hours=1)
        await pipeline(store, clock).compose_due()
        digests = await sent(store, clock)
        assert "<b>Executive Briefing</b>" in digests[2]
        assert "<b>정기 브리핑</b>" in digests[1]
        assert digests[1] == digests[3]
