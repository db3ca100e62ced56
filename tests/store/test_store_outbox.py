from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time, timedelta

import pytest

from briefing.model import (
    Action,
    Attempt,
    Button,
    Gone,
    Later,
    Migrated,
    Outgoing,
    Part,
    Rejected,
    SendOutcome,
    Sent,
    Unknown,
)
from briefing.store import NewEdition, Store, open_store
from tests.store.making import DAY, HOUR, NOW, set_digest

MINUTE = timedelta(minutes=1)
KEYBOARD = ((Button("근거", Action("evidence", ("3",))), Button("원문", url="https://news.example/1")),)


async def claimed(store: Store, now: object = NOW) -> list[tuple[int, str, int]]:
    found = await store.outbox.claim(now, 100)  # type: ignore[arg-type]
    return [(each.chat_id, each.edition, each.part) for each in found]


async def test_an_edition_is_written_once(store: Store) -> None:
    parts = (Part("<b>하나</b>", KEYBOARD), Part("둘"))
    assert not await store.outbox.has_edition(1, "digest:1")
    assert await store.outbox.write_edition("digest:1", 1, parts, NOW)
    assert not await store.outbox.write_edition("digest:1", 1, (Part("다른"),), NOW)
    assert await store.outbox.write_edition("digest:1", 2, parts, NOW)
    assert await store.outbox.has_edition(1, "digest:1")
    first, second = await store.outbox.claim(NOW, 10)
    assert first == Outgoing(first.id, 1, "digest:1", 0, parts[0])
    assert second.chat_id == 2


async def test_a_digest_moves_its_subscriber_on(store: Store) -> None:
    await store.subscribers.ensure(1, NOW)
    await set_digest(store, 1, (time(8),), NOW)
    written = {"next_digest": NOW + DAY, "period_end": NOW}
    # an empty digest that is not sent is an edition all the same
    assert await store.outbox.write_edition("digest:1", 1, (), NOW, **written)  # type: ignore[arg-type]
    found = await store.subscribers.get(1)
    assert found is not None
    assert (found.next_digest, found.last_digest) == (NOW + DAY, NOW)
    # the edition exists already: nobody may stay due for ever
    await set_digest(store, 1, (time(8),), NOW)
    again = {"next_digest": NOW + DAY, "period_end": NOW + HOUR}
    assert not await store.outbox.write_edition("digest:1", 1, (Part("a"),), NOW, **again)  # type: ignore[arg-type]
    found = await store.subscribers.get(1)
    assert found is not None
    assert (found.next_digest, found.last_digest) == (NOW + DAY, NOW)
    assert await claimed(store) == []


async def test_many_editions_at_once(store: Store) -> None:
    parts = (Part("하나"), Part("둘"), Part("셋"))
    new = [NewEdition("digest:1", chat, parts) for chat in range(1500, 0, -1)]
    assert await store.outbox.write_editions(new, NOW) == 1500
    assert await store.outbox.write_editions(new, NOW) == 0
    for part in range(3):
        batch = await store.outbox.claim(NOW, 2000)
        assert sorted(each.chat_id for each in batch) == list(range(1, 1501))
        assert {each.part for each in batch} == {part}
        for each in batch if part == 0 else batch[:1]:
            assert await store.outbox.record(each, Sent(1), NOW)
        if part:
            break


async def test_of_a_chat_one_message_at_a_time_in_order(store: Store) -> None:
    await store.outbox.write_edition("a", 1, (Part("1"), Part("2")), NOW)
    await store.outbox.write_edition("b", 1, (Part("3"),), NOW)
    order = []
    for _ in range(3):
        (one,) = await store.outbox.claim(NOW, 10)
        assert await store.outbox.claim(NOW, 10) == ()
        order.append(one.content.html)
        await store.outbox.record(one, Sent(5), NOW)
    assert order == ["1", "2", "3"]
    assert await store.outbox.claim(NOW, 10) == ()
    assert (await store.counts()).outbox == {"sent": 3}


async def test_later_waits_and_what_follows_waits_too(store: Store) -> None:
    await store.outbox.write_edition("a", 1, (Part("1"), Part("2")), NOW)
    await store.outbox.write_edition("a", 2, (Part("other"),), NOW)
    first, other = await store.outbox.claim(NOW, 10)
    await store.outbox.begin([other], NOW)
    await store.outbox.record(first, Later("429", timedelta(seconds=17)), NOW)
    assert await store.outbox.claim(NOW + timedelta(seconds=16), 10) == ()
    (again,) = await store.outbox.claim(NOW + timedelta(seconds=17), 10)
    assert again == replace(first, attempts=1)
    await store.outbox.record(again, Later("502", timedelta(seconds=1)), NOW, NOW + HOUR)
    assert await store.outbox.claim(NOW + HOUR - MINUTE, 10) == ()
    health = await store.health(NOW)
    assert health.oldest_pending is None, "what follows does not count as overdue before its turn"
    assert health.outbox == {"due": 1, "later": 1, "sending": 1}
    assert (await store.health(NOW + HOUR)).oldest_pending == NOW + HOUR
    (again,) = await store.outbox.claim(NOW + HOUR, 10)
    assert again.attempts == 2
    await store.outbox.record(again, Later("connect"), NOW + HOUR)
    assert await store.outbox.claim(NOW + HOUR, 10) == ()
    assert len(await store.outbox.claim(NOW + HOUR + MINUTE, 10)) == 1


@pytest.mark.parametrize("outcome", [Rejected("too long"), Unknown("read timeout"), Sent(3)])
async def test_an_end_does_not_block_what_follows(store: Store, outcome: SendOutcome) -> None:
    await store.outbox.write_edition("a", 1, (Part("1"), Part("2")), NOW)
    (first,) = await store.outbox.claim(NOW, 10)
    assert await store.outbox.record(first, outcome, NOW)
    assert not await store.outbox.record(first, Later("late answer"), NOW)
    assert await claimed(store) == [(1, "a", 1)]
    assert await claimed(store, NOW + 365 * DAY) == [(1, "a", 1)], "never begun; the first is done with"


async def test_a_chat_that_is_gone(store: Store) -> None:
    await store.subscribers.ensure(1, NOW)
    await store.outbox.write_edition("a", 1, (Part("1"), Part("2")), NOW)
    (first,) = await store.outbox.claim(NOW, 10)
    await store.outbox.record(first, Gone("blocked by the user"), NOW)
    assert (await store.counts()).outbox == {"gone": 2}
    found = await store.subscribers.get(1)
    assert found is not None
    assert not found.active


async def test_a_group_that_migrates_while_it_is_written_to(store: Store) -> None:
    await store.subscribers.ensure(-5, NOW)
    await store.subscribers.subscribe(-5, "다온전자", NOW)
    await store.outbox.write_edition("a", -5, (Part("1"), Part("2")), NOW)
    (first,) = await store.outbox.claim(NOW, 10)
    await store.outbox.record(first, Migrated(-1005), NOW)
    (again,) = await store.outbox.claim(NOW, 10)
    assert again == replace(first, chat_id=-1005)
    await store.outbox.record(again, Sent(1), NOW)
    assert await claimed(store) == [(-1005, "a", 1)]
    assert await store.subscribers.get(-5) is None


@pytest.mark.parametrize(
    ("old", "new", "sent", "left"),
    [
        (Sent(1), None, {"sent": 1}, []),
        (None, Sent(1), {"sent": 1}, []),
        (None, None, {"pending": 1}, [(-1005, "a", 0)]),
        (Unknown("timeout"), None, {"unknown": 1}, []),
    ],
)
async def test_an_edition_both_ids_have_is_not_sent_twice(
    store: Store,
    old: SendOutcome | None,
    new: SendOutcome | None,
    sent: dict[str, int],
    left: list[tuple[int, str, int]],
) -> None:
    outcomes = [(-5, old), (-1005, new)]
    for chat, outcome in sorted(outcomes, key=lambda pair: pair[1] is None):
        await store.outbox.write_edition("a", chat, (Part("1"),), NOW)
        if outcome is not None:
            (one,) = await store.outbox.claim(NOW, 10)
            await store.outbox.record(one, outcome, NOW)
    await store.subscribers.migrate(-5, -1005)
    assert (await store.counts()).outbox == sent
    assert await claimed(store) == left


async def test_migration_leaves_alone_what_is_being_sent(store: Store) -> None:
    await store.outbox.write_edition("a", -5, (Part("1"), Part("2")), NOW)
    await store.outbox.write_edition("b", -1005, (Part("3"),), NOW)
    old, new = sorted(await store.outbox.claim(NOW, 10), key=lambda each: -each.chat_id)
    await store.subscribers.migrate(-5, -1005)
    assert await store.outbox.claim(NOW, 10) == ()
    assert await store.outbox.record(new, Sent(1), NOW)
    assert await store.outbox.record(old, Migrated(-1005), NOW)
    assert await claimed(store) == [(-1005, "a", 0)]


async def test_recovering_spares_the_living(url: str) -> None:
    async with open_store(url, owner="one") as one, open_store(url, owner="two") as two:
        for chat in (1, 2):
            await one.outbox.write_edition("a", chat, (Part("1"), Part("2")), NOW)
        (mine,) = await one.outbox.claim(NOW, 1)
        (theirs,) = await two.outbox.claim(NOW + 4 * MINUTE, 1)
        assert (await two.outbox.recover(NOW + 9 * MINUTE)).unknown == 0, "claimed is not begun"
        assert await one.outbox.begin([mine], NOW) == {mine.id}
        assert await two.outbox.begin([mine, theirs], NOW + 4 * MINUTE) == {theirs.id}
        assert (await two.outbox.recover(NOW + 4 * MINUTE)).unknown == 0
        assert (await two.outbox.recover(NOW + 5 * MINUTE)).unknown == 1
        assert (await one.counts()).outbox == {"pending": 2, "sending": 1, "unknown": 1}
        # a process that was only slow: what it knows for certain is taken, but nothing is sent again
        assert not await one.outbox.record(mine, Later("429"), NOW + 6 * MINUTE)
        assert await one.outbox.record(mine, Sent(9), NOW + 6 * MINUTE)
        assert not await one.outbox.record(theirs, Sent(9), NOW)
        assert (await two.outbox.recover(NOW + 4 * MINUTE, owner="two")).unknown == 1
        assert (await one.counts()).outbox == {"pending": 2, "sent": 1, "unknown": 1}
        assert len(await two.outbox.claim(NOW + HOUR, 10)) == 2


async def test_what_was_claimed_and_never_begun_is_taken_up_by_another_process(url: str) -> None:
    async with open_store(url, owner="one") as one, open_store(url, owner="two") as two:
        await one.outbox.write_edition("a", 1, (Part("1"), Part("2")), NOW)
        (mine,) = await one.outbox.claim(NOW, 1)
        assert (await one.counts()).outbox == {"pending": 2}
        assert await two.outbox.claim(NOW + 4 * MINUTE, 10) == ()
        (theirs,) = await two.outbox.claim(NOW + 5 * MINUTE, 10)
        assert theirs == mine
        # whoever was only slow has lost it
        assert await one.outbox.begin([mine], NOW + 5 * MINUTE) == frozenset()
        assert not await one.outbox.record(mine, Sent(1), NOW + 5 * MINUTE)
        assert await two.outbox.begin([theirs], NOW + 5 * MINUTE) == {theirs.id}


async def test_what_is_given_back_counts_as_no_attempt(store: Store) -> None:
    await store.outbox.write_edition("a", 1, (Part("1"),), NOW)
    (mine,) = await store.outbox.claim(NOW, 1)
    assert await store.outbox.record(mine, Later("not begun", timedelta(0), tried=False), NOW)
    assert await store.outbox.claim(NOW, 1) == (mine,)


async def test_outcomes_recorded_together(store: Store) -> None:
    for chat in (1, 2, 3, 4):
        await store.outbox.write_edition("a", chat, (Part("1"),), NOW)
    claimed_now = await store.outbox.claim(NOW, 10)
    assert len(await store.outbox.begin(claimed_now, NOW)) == 4
    outcomes = (Sent(11), Unknown("read timeout"), Sent(12), Later("502", MINUTE))
    pairs = zip(claimed_now, outcomes, strict=True)
    await store.outbox.record_all([Attempt(message, outcome, NOW) for message, outcome in pairs])
    assert (await store.counts()).outbox == {"sent": 2, "unknown": 1, "pending": 1}
    assert len(await store.outbox.claim(NOW + MINUTE, 10)) == 1


async def test_two_processes_never_claim_the_same(url: str) -> None:
    async with open_store(url, owner="one") as one, open_store(url, owner="two") as two:
        parts = (Part("1"), Part("2"), Part("3"))
        await one.outbox.write_editions([NewEdition("a", chat, parts) for chat in range(40)], NOW)
        seen: list[tuple[int, int]] = []

        async def drain(store: Store) -> None:
            while len(seen) < 120:
                for each in await store.outbox.claim(NOW, 7):
                    seen.append((each.chat_id, each.part))
                    assert await store.outbox.record(each, Sent(1), NOW)

        async with asyncio.timeout(60):
            await asyncio.gather(drain(one), drain(two), drain(one), drain(two))
        assert len(seen) == len(set(seen)) == 120
        for chat in range(40):
            assert [part for number, part in seen if number == chat] == [0, 1, 2]
        assert (await one.counts()).outbox == {"sent": 120}


async def test_what_waits_for_the_end_of_quiet_hours_holds_back_nothing(store: Store) -> None:
    await store.subscribers.ensure(1, NOW)
    quiet = NewEdition("alert:a", 1, (Part("밤"),), not_before=NOW + HOUR, thread_id=5)
    await store.outbox.write_editions([quiet, NewEdition("digest:b", 1, (Part("아침"),))], NOW)
    (first,) = await store.outbox.claim(NOW, 10)
    assert (first.edition, first.thread_id) == ("digest:b", None)
    # what was tried and comes later does hold back, or the order of a chat would break
    await store.outbox.record(first, Later("429", HOUR / 2), NOW)
    await store.outbox.write_editions([NewEdition("digest:c", 1, (Part("저녁"),))], NOW)
    assert await store.outbox.claim(NOW, 10) == ()
    (again,) = await store.outbox.claim(NOW + HOUR / 2, 10)
    assert again.edition == "digest:b"
    await store.outbox.record(again, Sent(1), NOW + HOUR / 2)
    (held,) = await store.outbox.claim(NOW + HOUR, 1)
    assert (held.edition, held.thread_id) == ("alert:a", 5)


async def test_an_alert_waits_for_no_digest_of_others(store: Store) -> None:
    for chat in range(1, 6):
        await store.subscribers.ensure(chat, NOW)
    digests = [NewEdition(f"digest:{chat}", chat, (Part("아침"),)) for chat in range(1, 6)]
    broadcast = NewEdition("broadcast:9:9", 5, (Part("공지"),))
    await store.outbox.write_editions([broadcast, *digests], NOW)
    later = NOW + MINUTE
    await store.outbox.write_editions([NewEdition("alert:a", 4, (Part("인사"),))], later)
    claimed = await store.outbox.claim(later, 1)
    assert [(one.chat_id, one.edition) for one in claimed] == [(4, "digest:4")], "what waits before it"
    await store.outbox.record(claimed[0], Sent(1), later)
    claimed = await store.outbox.claim(later, 10)
    assert [one.edition for one in claimed] == [
        "alert:a",
        "digest:1",
        "digest:2",
        "digest:3",
        "broadcast:9:9",
    ]


async def test_what_was_tried_for_a_week_is_given_up_and_holds_its_chat_back_no_more(store: Store) -> None:
    await store.outbox.write_editions([NewEdition("digest:1", 1, [Part("a")])], NOW)
    await store.outbox.write_editions([NewEdition("digest:1", 2, [Part("never tried")])], NOW)
    (message,) = [one for one in await store.outbox.claim(NOW, 9) if one.chat_id == 1]
    await store.outbox.record(message, Later("500", 300 * DAY), NOW)
    await store.outbox.write_editions([NewEdition("digest:2", 1, [Part("b")])], NOW + 6 * DAY)
    assert (await store.outbox.recover(NOW + 6 * DAY)).given_up == 0
    assert await claimed(store, NOW + 6 * DAY) == [(2, "digest:1", 0)]
    assert (await store.outbox.recover(NOW + 7 * DAY)).given_up == 1
    assert await claimed(store, NOW + 7 * DAY) == [(2, "digest:1", 0), (1, "digest:2", 0)]
    assert (await store.counts()).outbox == {"pending": 2, "rejected": 1}
