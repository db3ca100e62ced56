"""Delivery from a real outbox through the Telegram sender to a Bot API server on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

import pytest
from telegram.error import RetryAfter
from telegram.ext import ExtBot

from bot.sender import SecondTry, TelegramSender
from bot.transport import api_request, bot_url
from briefing.deliver import Courier, Pace, deliver_once
from briefing.deliver.courier import IN_LINE
from briefing.model import Action, Button, Outgoing, Part, SendOutcome
from briefing.store import Store
from tests.botapi import Answer, BotApi, blocked, migrate, too_many


async def no_wait(_seconds: float) -> None:
    return None


@pytest.fixture
def pace(clock: Callable[[], datetime]) -> Pace:
    """Follows the test's clock and never sleeps: only holds count."""
    return Pace(per_second=1e9, chat_interval_s=0, clock=lambda: clock().timestamp(), sleep=no_wait)


@pytest.fixture
async def sender(api: BotApi) -> AsyncIterator[TelegramSender]:
    request = api_request(read_timeout_s=0.3)
    await request.initialize()
    bot = ExtBot(api.token, base_url=bot_url(api.url), request=request, get_updates_request=request)
    yield TelegramSender(bot)
    await request.shutdown()


async def write(store: Store, chat_id: int, *texts: str, now: datetime, key: str = "digest:1") -> None:
    parts = [Part(text, ((Button("목록", Action("list")),),)) for text in texts]
    assert await store.outbox.write_edition(key, chat_id, parts, now)


async def statuses(store: Store) -> dict[str, int]:
    return {name: count for name, count in (await store.counts()).outbox.items() if count}


async def test_parts_of_an_edition_arrive_once_and_in_order(store, api, sender, clock, pace) -> None:
    await write(store, 1, "<b>하나</b>", "둘", "셋", now=clock())
    await write(store, 2, "다른 방", now=clock())
    rounds = [await deliver_once(store.outbox, sender, clock, 10, pace=pace) for _ in range(4)]
    assert rounds == [{"sent": 2}, {"sent": 1}, {"sent": 1}, {}]
    assert [message.text for message in api.messages(1)] == ["하나", "둘", "셋"]
    assert api.messages(1)[0].entities[0].type == "bold"
    assert [message.text for message in api.messages(2)] == ["다른 방"]
    assert await statuses(store) == {"sent": 4}


async def test_429_holds_that_chat_and_no_other(store, api, sender, clock, pace) -> None:
    await write(store, 1, "하나", now=clock())
    await write(store, 2, "둘", now=clock())
    api.script("sendMessage", too_many(35), chat_id=1)
    assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {"later": 1, "sent": 1}
    clock.advance(seconds=34)
    assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {}
    clock.advance(seconds=1)
    assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {"sent": 1}
    assert len(api.messages(1)) == 1


async def test_5xx_is_tried_again_after_growing_waits(store, api, sender, clock, pace) -> None:
    await write(store, 1, "하나", now=clock())
    api.script("sendMessage", *[Answer(502, body=b"<html>Bad Gateway</html>")] * 3)
    waits = []
    for _ in range(3):
        assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {"later": 1}
        before = clock()
        while not await due(store, clock()):
            clock.advance(seconds=1)
        waits.append((clock() - before).total_seconds())
    assert waits == [5, 10, 20]
    assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {"sent": 1}


async def test_few_are_begun_before_their_turn(store, api, sender, clock) -> None:
    for chat in range(1, 61):
        await write(store, chat, "하나", now=clock())
    turns = asyncio.Event()

    async def no_turn(_seconds: float) -> None:
        await turns.wait()

    pace = Pace(30, 0, clock=lambda: clock().timestamp(), sleep=no_turn)
    delivering = asyncio.create_task(Courier(store.outbox, sender, clock, pace).deliver())
    try:
        async with asyncio.timeout(30):
            begun = await statuses(store)
            while begun.get("sent", 0) < 1 or begun.get("sending", 0) < IN_LINE:
                begun = await statuses(store)
        # time for more to be begun, if more could be: a kill now would leave all of them in doubt
        for _ in range(50):
            assert (await statuses(store))["sending"] == IN_LINE
    finally:
        delivering.cancel()
        await asyncio.wait({delivering})
    assert await statuses(store) == {"sent": 1, "pending": 59}, "given back"


async def due(store: Store, now: datetime) -> bool:
    from sqlalchemy import select

    from briefing.store.tables import deliveries

    async with store.outbox._db.read() as connection:
        query = select(deliveries.c.id).where(deliveries.c.status == "pending", deliveries.c.due <= now)
        return (await connection.execute(query)).first() is not None


async def test_a_message_whose_answer_never_came_is_not_sent_again(store, api, sender, clock, pace) -> None:
    await write(store, 1, "하나", now=clock())
    api.script("sendMessage", Answer(stall=True, deliver=True))
    assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {"unknown": 1}
    clock.advance(days=1)
    assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {}
    assert len(api.messages(1)) == 1
    assert await statuses(store) == {"unknown": 1}


async def test_a_blocked_bot_stops_writing_to_that_chat(store, api, sender, clock, pace) -> None:
    await store.subscribers.ensure(1, clock())
    await write(store, 1, "하나", "둘", now=clock())
    api.script("sendMessage", blocked())
    assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {"gone": 1}
    assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {}
    subscriber = await store.subscribers.get(1)
    assert subscriber is not None
    assert not subscriber.active
    assert api.messages(1) == []


async def test_a_group_that_became_a_supergroup_gets_its_message_there(
    store, api, sender, clock, pace
) -> None:
    await store.subscribers.ensure(-5, clock())
    await store.subscribers.subscribe(-5, "한빛전자", clock())
    await write(store, -5, "하나", now=clock())
    api.script("sendMessage", migrate(-1005), chat_id=-5)
    assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {"migrated": 1}
    assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {"sent": 1}
    assert [message.text for message in api.messages(-1005)] == ["하나"]
    moved = await store.subscribers.get(-1005)
    assert moved is not None
    assert moved.companies == ("한빛전자",)


async def test_a_message_telegram_cannot_read_is_given_up_and_the_next_one_sent(
    store, api, sender, clock, pace
) -> None:
    await write(store, 1, "<b>하나", "둘", now=clock())
    assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {"rejected": 1}
    assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {"sent": 1}
    assert [message.text for message in api.messages(1)] == ["둘"]


async def test_a_bug_in_the_sender_leaves_nothing_stuck(store, api, sender, clock, pace, caplog) -> None:
    class Broken:
        async def send(self, message: Outgoing) -> SendOutcome:
            if message.chat_id == 1:
                raise RuntimeError("broken")
            return await sender.send(message)

    await write(store, 1, "하나", now=clock())
    await write(store, 2, "둘", now=clock())
    assert await deliver_once(store.outbox, Broken(), clock, 10, pace=pace) == {"unknown": 1, "sent": 1}
    assert await statuses(store) == {"unknown": 1, "sent": 1}
    assert "nobody planned" in caplog.text


async def test_a_chat_far_over_its_pace_is_put_off_without_holding_up_the_round(
    store, api, sender, clock, pace
) -> None:
    await write(store, 1, "하나", now=clock())
    await write(store, 2, "둘", now=clock())
    pace.hold(1, timedelta(seconds=50))
    async with asyncio.timeout(5):
        assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {"later": 1, "sent": 1}
    clock.advance(seconds=50)
    assert await deliver_once(store.outbox, sender, clock, 10, pace=pace) == {"sent": 1}
    assert len(api.called("sendMessage")) == 2


async def test_an_outbox_of_many_pages_is_sent_in_one_go_with_parts_in_order(
    store, api, sender, clock, pace
) -> None:
    for chat in range(1, 61):
        await write(store, chat, "하나", "둘", now=clock())
    pace.per_second = 40  # pages of 20, sent as fast as it goes
    courier = Courier(store.outbox, sender, clock, pace, in_flight=4)
    assert await courier.deliver() == {"sent": 120}
    for chat in range(1, 61):
        assert [message.text for message in api.messages(chat)] == ["하나", "둘"]
    assert await courier.deliver() == {}


async def test_being_told_to_stop_gives_back_what_was_not_begun(store, api, sender, clock, pace) -> None:
    for chat in range(1, 41):
        await write(store, chat, "하나", now=clock())
    stop = asyncio.Event()

    class Stopping:
        async def send(self, message: Outgoing) -> SendOutcome:
            stop.set()
            return await sender.send(message)

    counts = await Courier(store.outbox, Stopping(), clock, pace, in_flight=2).deliver(stop)
    assert counts["sent"] == len(api.sent) <= 2
    assert await statuses(store) == {"sent": counts["sent"], "pending": 40 - counts["sent"]}
    # at once, by whoever comes next
    assert await deliver_once(store.outbox, sender, clock, 100, pace=pace) == {"sent": 40 - counts["sent"]}
    assert len(api.sent) == 40


async def test_being_cut_off_leaves_only_what_was_on_its_way_in_doubt(
    store, api, sender, clock, pace
) -> None:
    for chat in range(1, 21):
        await write(store, chat, "하나", now=clock())
    api.script("sendMessage", *[Answer(stall=True, deliver=True)] * 3)
    held = TelegramSender(sender._bot)
    work = asyncio.create_task(Courier(store.outbox, held, clock, pace, in_flight=3).deliver())
    await api.until(lambda: len(api.sent) == 3)
    work.cancel()
    await asyncio.wait({work})
    assert await statuses(store) == {"unknown": 3, "pending": 17}
    assert await deliver_once(store.outbox, sender, clock, 100, pace=pace) == {"sent": 17}


async def test_three_chats_refused_in_a_row_halt_delivery_and_nothing_is_lost(
    store, api, sender, clock, pace
) -> None:
    for chat in range(1, 13):
        await write(store, chat, "하나", now=clock())
    api.script("sendMessage", *[too_many(20)] * 3)
    courier = Courier(store.outbox, sender, clock, pace, in_flight=1)
    counts = await courier.deliver()
    assert counts["later"] >= 3
    assert len(api.called("sendMessage")) == 3, "nobody else is tried against the limit over all"
    clock.advance(seconds=20)
    assert await courier.deliver() == {"sent": 12}


async def test_answers_and_deliveries_keep_one_pace(store, api, clock) -> None:
    """The limit of a chat that an answer ran into holds for deliveries too."""
    pace = Pace(per_second=1e6, clock=lambda: clock().timestamp(), sleep=no_wait)
    request = api_request()
    await request.initialize()
    bot = ExtBot(
        api.token,
        base_url=bot_url(api.url),
        request=request,
        get_updates_request=request,
        rate_limiter=SecondTry(no_wait, pace),
    )
    api.script("sendMessage", too_many(300), chat_id=1)
    with pytest.raises(RetryAfter):
        await bot.send_message(1, "답")
    with pytest.raises(RetryAfter):
        await bot.send_message(1, "답")
    assert len(api.called("sendMessage")) == 1, "what Telegram has said once is not asked again"
    await write(store, 1, "하나", now=clock())
    await write(store, 2, "둘", now=clock())
    assert await deliver_once(store.outbox, TelegramSender(bot), clock, 10, pace=pace) == {
        "later": 1,
        "sent": 1,
    }
    await request.shutdown()
