"""People and topics followed: digests and alerts hold their news; what was alerted is only named."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

from briefing.korean.lexicon import load_lexicon
from briefing.model import FactKind, Quote, Sent
from briefing.pipeline import AlertFollowers
from briefing.store import Store
from briefing.subscribers import ALL_KINDS, AlertLevel, FollowedPerson, FollowedTopic, Quiet
from tests.store.making import NOW, set_digest
from tests.test_pipeline import COMPANY, Clock, desk, follower, move, pipeline, read, waiting, words


async def chat(
    store: Store, clock: Clock, number: int, *wants: FollowedPerson | FollowedTopic, **settings: object
) -> None:
    await store.subscribers.ensure(number, clock(), (time(8),))
    chosen = {"alerts": AlertLevel.ALL, "next_digest": NOW + timedelta(hours=1), **settings}
    await store.subscribers.change(number, lambda made: replace(made, **chosen))  # type: ignore[arg-type]
    for one in wants:
        assert await store.subscribers.follow(number, one, clock())


def on_ai(person: str) -> Quote:
    return replace(words(person), topics=("ai",))


async def messages(store: Store, clock: Clock) -> dict[int, str]:
    """What each chat is sent now, tags left out of nothing."""
    sent = await store.outbox.claim(clock(), 100)
    return {one.chat_id: one.content.html for one in sent}


async def test_who_follows_a_person_or_a_topic_is_alerted_of_that_only(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await chat(store, clock, 1, FollowedPerson("유서진"))
        await chat(store, clock, 2, FollowedPerson("유서진", COMPANY))
        await chat(store, clock, 3, FollowedPerson("유서진", "미르중공업"))
        await chat(store, clock, 4, FollowedTopic("ai"))
        await chat(store, clock, 5, FollowedTopic("ai", "미르중공업"))
        clock.now += timedelta(minutes=1)
        await read(store, clock, move("유서진"))
        await read(store, clock, on_ai("도하준"))
        await read(store, clock, words("서지안"))
        await pipeline(store, clock).run(AlertFollowers())
        told = await messages(store, clock)
        assert set(told) == {1, 2, 4}
        assert "유서진" in told[1]
        assert "도하준" in told[4]
        assert "서지안" not in told[4]


async def test_digests_hold_people_and_topics_and_leave_out_kinds_not_wanted(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await chat(store, clock, 1, FollowedPerson("유서진"), FollowedTopic("ai"))
        await chat(
            store, clock, 2, FollowedPerson("유서진"), kinds=ALL_KINDS - {FactKind.MOVE}, empty_digest=False
        )
        await read(store, clock, move("유서진"))
        await read(store, clock, on_ai("도하준"))
        await read(store, clock, words("서지안"))
        clock.now += timedelta(hours=1)
        await pipeline(store, clock).compose_due()
        told = await messages(store, clock)
        assert set(told) == {1}, "no digest where nothing is wanted and an empty one is not sent"
        assert "유서진" in told[1]
        assert "도하준" in told[1]
        assert "서지안" not in told[1]


async def test_the_reason_is_no_namesake_of_whom_is_followed(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        topic = FollowedTopic("ai")
        await chat(store, clock, 1, FollowedPerson("도하준", "나래화학"), topic)
        await chat(store, clock, 2, FollowedPerson("도하준", COMPANY), topic)
        await chat(store, clock, 3, FollowedPerson("도하준"), topic)
        # of two topics, the one at another company
        await chat(store, clock, 4, FollowedTopic("ai", "나래화학"), FollowedTopic("invest"))
        await read(store, clock, replace(words("도하준"), topics=("ai", "invest")))
        clock.now += timedelta(hours=1)
        await pipeline(store, clock).compose_due()
        told = await messages(store, clock)
        because = {number: re.findall(r"구독: ([^<\n]*)", html) for number, html in told.items()}
        assert because == {1: ["ai 발언"], 2: ["도하준"], 3: ["도하준"], 4: ["invest 발언"]}


async def test_the_reason_may_be_a_person_of_a_group(tmp_path: Path) -> None:
    lexicon = load_lexicon()
    house = next(one for one in lexicon.companies if one.is_group)
    group, member = house.name, lexicon.members(house)[-1]
    assert member != group
    async with desk(tmp_path) as (store, clock):
        await chat(store, clock, 1, FollowedPerson("도하준", group), FollowedTopic("ai"))
        await read(store, clock, replace(on_ai("도하준"), company=member))
        clock.now += timedelta(hours=1)
        await pipeline(store, clock).compose_due()
        (html,) = (await messages(store, clock)).values()
        assert "구독: 도하준" in html


async def test_a_fact_asked_for_twice_is_told_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await chat(store, clock, 1, FollowedPerson("유서진"))
        await store.subscribers.subscribe(1, COMPANY, clock())
        await read(store, clock, move("유서진"))
        clock.now += timedelta(hours=1)
        await pipeline(store, clock).compose_due()
        (html,) = (await messages(store, clock)).values()
        assert html.count("유서진") == 1
        assert "사건 1건" in html


async def test_a_digest_names_what_was_alerted_and_tells_the_rest(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await follower(store, clock, level=AlertLevel.MOVES)
        await set_digest(store, 1, (time(8),), clock() + timedelta(hours=1))
        await read(store, clock, move("유서진"))
        await pipeline(store, clock).run(AlertFollowers())
        await read(store, clock, words("서지안"))
        clock.now += timedelta(hours=1)
        await pipeline(store, clock).compose_due()
        (alert,) = await store.outbox.claim(clock(), 10)
        assert "유서진" in alert.content.html
        await store.outbox.record(alert, Sent(1), clock())
        (digest,) = await store.outbox.claim(clock(), 10)
        html = digest.content.html
        assert "사건 1건" in html
        assert "서지안" in html
        assert "알림으로 전한 소식 1건: 가람정밀" in html


async def test_alerts_of_the_top_leave_out_other_ranks(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await follower(store, clock, level=AlertLevel.TOP)
        await read(store, clock, move("유서진", role="상무"))
        await pipeline(store, clock).run(AlertFollowers())
        assert await waiting(store) == 0
        await read(store, clock, move("도하준", role="대표이사"))
        await pipeline(store, clock).run(AlertFollowers())
        assert await waiting(store) == 1


async def test_alerts_of_quiet_hours_come_when_they_end(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await follower(store, clock)
        local = (clock() + timedelta(hours=9)).time()
        until = (clock() + timedelta(hours=9 + 2)).time()
        await store.subscribers.change(1, lambda me: replace(me, quiet=Quiet(local, until)))
        await read(store, clock, move("유서진"))
        await pipeline(store, clock).run(AlertFollowers())
        assert await store.outbox.claim(clock(), 10) == ()
        clock.now += timedelta(hours=2)
        (late,) = await store.outbox.claim(clock(), 10)
        assert "유서진" in late.content.html
