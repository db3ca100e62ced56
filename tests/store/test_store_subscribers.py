from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import time

from briefing.model import Company, FactKind, Part
from briefing.store import Store
from briefing.subscribers import AlertLevel, Quiet, Subscriber
from tests.store.making import DAY, HOUR, NOW, set_digest


async def test_a_new_subscriber(store: Store) -> None:
    assert await store.subscribers.get(7) is None
    made = await store.subscribers.ensure(7, NOW, (time(8, 30),), "Europe/Berlin")
    assert made == Subscriber(
        7, timezone="Europe/Berlin", digest_times=(time(8, 30),), created_at=NOW, alerts_since=NOW
    )
    assert await store.subscribers.ensure(7, NOW + DAY, (time(9),)) == made
    assert (await store.counts()).subscribers == 1


async def test_subscriptions_keep_their_order(store: Store) -> None:
    await store.subscribers.ensure(-1001234567890, NOW)
    for name in ("세온중공업", "다온전자", "가람금융"):
        assert await store.subscribers.subscribe(-1001234567890, name, NOW)
    assert not await store.subscribers.subscribe(-1001234567890, "다온전자", NOW)
    assert await store.subscribers.unsubscribe(-1001234567890, "세온중공업")
    assert not await store.subscribers.unsubscribe(-1001234567890, "세온중공업")
    found = await store.subscribers.get(-1001234567890)
    assert found is not None
    assert found.companies == ("다온전자", "가람금융")
    assert not await store.subscribers.subscribe(99, "다온전자", NOW)


async def test_settings(store: Store) -> None:
    made = await store.subscribers.ensure(7, NOW, (time(8),))
    assert await store.subscribers.set_alerts(7, AlertLevel.ALL, NOW)
    await set_digest(store, 7, (time(18, 5),), NOW + HOUR)
    expected = replace(made, alerts=AlertLevel.ALL, digest_times=(time(18, 5),), next_digest=NOW + HOUR)
    assert await store.subscribers.get(7) == expected
    off = replace(expected, digest_times=(), paused_times=(time(7),), next_digest=None, timezone="Asia/Tokyo")
    assert await store.subscribers.change(7, lambda _: off) == off
    assert await store.subscribers.get(7) == off
    assert not await store.subscribers.set_alerts(99, AlertLevel.OFF, NOW)


async def test_of_changes_at_the_same_time_none_undoes_another(store: Store) -> None:
    made = await store.subscribers.ensure(7, NOW, (time(8),))
    changes: list[Callable[[Subscriber], Subscriber]] = [
        lambda kept: replace(kept, digest_times=(time(9),), next_digest=NOW + HOUR),
        lambda kept: replace(kept, quiet=Quiet(time(22), time(7))),
        lambda kept: replace(kept, kinds=kept.kinds ^ {FactKind.QUOTE}),
        lambda kept: replace(kept, kinds=kept.kinds ^ {FactKind.MOVE}),
        lambda kept: replace(kept, timezone="Asia/Tokyo"),
    ]
    await asyncio.gather(
        *(store.subscribers.change(7, change) for change in changes),
        store.subscribers.set_alerts(7, AlertLevel.ALL, NOW),
        store.subscribers.subscribe(7, "다온전자", NOW),
    )
    found = await store.subscribers.get(7)
    assert found is not None
    assert found == replace(
        made,
        digest_times=(time(9),),
        next_digest=NOW + HOUR,
        quiet=Quiet(time(22), time(7)),
        kinds=frozenset({FactKind.ACTIVITY}),
        timezone="Asia/Tokyo",
        alerts=AlertLevel.ALL,
        companies=("다온전자",),
        followed_since=found.followed_since,
    )
    assert await store.subscribers.change(99, lambda kept: kept) is None


async def test_due_subscribers_longest_waiting_first(store: Store) -> None:
    for chat, wait in ((1, HOUR), (2, 2 * HOUR), (3, -HOUR), (4, 3 * HOUR)):
        await store.subscribers.ensure(chat, NOW)
        await set_digest(store, chat, (time(8),), NOW - wait)
    await store.subscribers.ensure(5, NOW)
    await store.subscribers.deactivate(4, NOW)
    assert [found.chat_id for found in await store.subscribers.due(NOW, 10)] == [2, 1]
    assert [found.chat_id for found in await store.subscribers.due(NOW, 1)] == [2]


async def test_followers(store: Store) -> None:
    for chat, names in (
        (1, ["다온전자", "세온중공업"]),
        (2, ["세온중공업"]),
        (3, ["가람금융"]),
        (4, ["다온전자"]),
    ):
        await store.subscribers.ensure(chat, NOW)
        for name in names:
            await store.subscribers.subscribe(chat, name, NOW)
    await store.subscribers.deactivate(4, NOW)
    found = await store.subscribers.followers(["다온전자", "세온중공업"])
    assert [(each.chat_id, each.companies) for each in found] == [
        (1, ("다온전자", "세온중공업")),
        (2, ("세온중공업",)),
    ]
    assert await store.subscribers.followers([]) == ()
    assert len(await store.subscribers.followers([*map(str, range(2500)), "가람금융"])) == 1


async def test_leaving_and_coming_back(store: Store) -> None:
    await store.subscribers.ensure(1, NOW)
    await store.subscribers.subscribe(1, "다온전자", NOW)
    await store.outbox.write_edition("alert:1", 1, (Part("하나"),), NOW)
    await store.subscribers.deactivate(1, NOW)
    assert await store.outbox.claim(NOW, 10) == ()
    assert (await store.counts()).outbox == {"gone": 1}
    assert not await store.outbox.write_edition("alert:2", 1, (Part("둘"),), NOW)
    assert await store.subscribers.reactivate(1, NOW + DAY)
    found = await store.subscribers.get(1)
    assert found is not None
    assert (found.active, found.companies, found.next_digest) == (True, ("다온전자",), NOW + DAY)
    # no flood: what was gone stays gone
    assert await store.outbox.claim(NOW + DAY, 10) == ()


async def test_a_migrated_group_takes_everything_along(store: Store) -> None:
    await store.subscribers.ensure(-5, NOW, (time(7),))
    await store.subscribers.subscribe(-5, "다온전자", NOW)
    await store.outbox.write_edition("digest:1", -5, (Part("하나"), Part("둘")), NOW)
    before = await store.subscribers.get(-5)
    await store.subscribers.migrate(-5, -1005)
    assert before is not None
    assert await store.subscribers.get(-5) is None
    assert await store.subscribers.get(-1005) == replace(before, chat_id=-1005)
    assert await store.outbox.has_edition(-1005, "digest:1")
    (claimed,) = await store.outbox.claim(NOW, 10)
    assert (claimed.chat_id, claimed.part) == (-1005, 0)
    await store.subscribers.migrate(-5, -1005)
    await store.subscribers.migrate(-1005, -1005)
    assert await store.subscribers.get(-1005) is not None


async def test_a_migrated_group_that_is_known_by_both_ids(store: Store) -> None:
    for chat, names in ((-5, ["세온중공업", "다온전자"]), (-1005, ["다온전자", "가람금융"])):
        await store.subscribers.ensure(chat, NOW)
        for name in names:
            await store.subscribers.subscribe(chat, name, NOW)
        await store.outbox.write_edition("digest:1", chat, (Part("하나"),), NOW)
    await store.outbox.write_edition("alert:1", -5, (Part("알림"),), NOW)
    await store.subscribers.deactivate(-1005, NOW)
    await store.subscribers.migrate(-5, -1005)
    found = await store.subscribers.get(-1005)
    assert found is not None
    assert found.active
    assert found.companies == ("다온전자", "가람금융", "세온중공업")
    assert (await store.counts()).subscribers == 1
    assert (await store.counts()).outbox == {"gone": 1, "pending": 1}
    (claimed,) = await store.outbox.claim(NOW, 10)
    assert (claimed.chat_id, claimed.edition) == (-1005, "alert:1")


async def test_the_register_is_replaced_as_a_whole(store: Store) -> None:
    assert await store.register.companies() == ()
    first = Company("다온전자", "123450", "KOSPI", ("Daon",), "다온그룹", ("서지안", "한도윤"))
    group = Company("다온그룹", is_group=True)
    many = [first, group, first, *(Company(f"회사 {number}") for number in range(5000))]
    assert await store.register.replace(many) == 5003
    assert await store.register.companies() == tuple(many)
    assert await store.register.replace([group]) == 1
    assert await store.register.companies() == (group,)
    assert await store.register.replace([]) == 0
    assert await store.register.companies() == ()
