"""Topics of a forum: where digests and alerts go, and what becomes of them when a topic ends."""

from __future__ import annotations

import pytest

from bot.sender import open_sender
from briefing.deliver import Pace
from briefing.deliver.courier import Courier
from briefing.model import Part
from briefing.store.outbox import NewEdition
from tests.bot.talk import GROUP, ask
from tests.botapi_rooms import topic

OWNER = 501


@pytest.fixture
def forum(api):
    api.members[GROUP, OWNER] = "creator"
    return api


@pytest.mark.usefixtures("chat")
async def test_a_subscription_in_a_topic_sends_digests_there(forum, store) -> None:
    said = await ask(forum, "/subscribe 한빛누리전자", GROUP, by=OWNER, **topic(9))
    assert said.thread_id == 9
    told = await forum.next_message(GROUP)
    assert (told.thread_id, told.text) == (9, "이제 정기 브리핑과 알림을 이 주제로 보내 드려요.")
    assert (await store.subscribers.get(GROUP)).thread_id == 9
    # settings made elsewhere keep it, another subscription moves it
    await ask(forum, "/alerts 전체", GROUP, by=OWNER, **topic(4))
    assert (await store.subscribers.get(GROUP)).thread_id == 9
    await ask(forum, "/subscribe 다온모비스텍", GROUP, by=OWNER)
    assert "일반 주제" in (await forum.next_message(GROUP)).text
    assert (await store.subscribers.get(GROUP)).thread_id is None


@pytest.mark.usefixtures("chat")
async def test_a_thread_of_replies_is_no_topic(forum, store) -> None:
    await ask(forum, "/subscribe 한빛누리전자", GROUP, by=OWNER, message_thread_id=9)
    assert (await store.subscribers.get(GROUP)).thread_id is None


@pytest.mark.usefixtures("chat")
async def test_a_subscribe_button_in_a_topic_counts_too_and_unknown_names_do_not(forum, store) -> None:
    briefing = await ask(forum, "/brief 한빛누리전자", GROUP, by=OWNER, **topic(9))
    await ask(forum, "/subscribe 아무도모르는회사", GROUP, by=OWNER, **topic(9))
    assert await store.subscribers.get(GROUP) is None
    forum.press_data(briefing, "s|한빛누리전자", by=OWNER, **topic(9))
    assert (await forum.next_message(GROUP)).thread_id == 9
    await forum.next_message(GROUP)
    assert (await store.subscribers.get(GROUP)).thread_id == 9


@pytest.mark.parametrize("why", ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"])
async def test_of_a_lost_topic_everything_goes_to_the_general_one(api, store, clock, why) -> None:
    await store.subscribers.ensure(GROUP, clock())
    await store.subscribers.set_thread(GROUP, 9)
    editions = [
        NewEdition(f"digest:{number}", GROUP, (Part(f"<b>{number}</b> 첫째"), Part("둘째")), thread_id=9)
        for number in (1, 2)
    ]
    await store.outbox.write_editions(editions, clock())
    api.lost_topics[GROUP, 9] = why
    async with open_sender(api.token, api.url) as sender:
        counts = await Courier(store.outbox, sender, clock, Pace(1000)).deliver()
        assert counts == {"topic lost": 1, "sent": 4}
    assert [message.thread_id for message in api.messages(GROUP)] == [None] * 4
    assert [message.text for message in api.messages(GROUP)] == ["1 첫째", "둘째", "2 첫째", "둘째"]
    assert (await store.subscribers.get(GROUP)).thread_id is None
    assert (await store.subscribers.get(GROUP)).active


async def test_another_topic_chosen_meanwhile_stays(api, store, clock) -> None:
    await store.subscribers.ensure(GROUP, clock())
    await store.subscribers.set_thread(GROUP, 5)
    await store.outbox.write_editions([NewEdition("digest:1", GROUP, (Part("첫째"),), thread_id=9)], clock())
    api.lost_topics[GROUP, 9] = "TOPIC_DELETED"
    async with open_sender(api.token, api.url) as sender:
        await Courier(store.outbox, sender, clock, Pace(1000)).deliver()
    assert (await store.subscribers.get(GROUP)).thread_id == 5


async def test_a_new_id_of_the_group_forgets_the_topic(store, clock) -> None:
    await store.subscribers.ensure(GROUP, clock())
    await store.subscribers.set_thread(GROUP, 9)
    await store.outbox.write_editions([NewEdition("digest:1", GROUP, (Part("첫째"),), thread_id=9)], clock())
    await store.subscribers.migrate(GROUP, -100777)
    assert (await store.subscribers.get(-100777)).thread_id is None
    (waiting,) = await store.outbox.claim(clock(), 5)
    assert (waiting.chat_id, waiting.thread_id) == (-100777, None)
