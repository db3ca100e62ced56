"""/export and /forget as a person meets them: alone, in a group, with a message on its way."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.sender import open_sender
from briefing.deliver import Pace, deliver_once
from briefing.model import Part
from tests.bot.talk import GROUP, ME, ask, press
from tests.botapi import Message

pytestmark = pytest.mark.usefixtures("chat")

OWNER, MEMBER = 501, 502


async def edited(api, message: Message) -> Message:
    def now() -> Message:
        return next(one for one in api.messages(message.chat_id) if one.message_id == message.message_id)

    await api.until(lambda: now().edits)
    return now()


async def test_the_export_is_a_file_with_settings_subscriptions_and_what_was_sent(api, store, clock) -> None:
    await ask(api, "/subscribe 한빛누리전자, 다온모비스텍")
    await ask(api, "/digest 07:30")
    await store.outbox.write_edition("digest:2026-03-02T22:30Z", ME, (Part("비밀 아닌 글"),), clock())
    await store.outbox.write_edition("digest:2026-03-02T22:30Z", 99, (Part("남의 글"),), clock())
    sent = await ask(api, "/export")
    assert sent.text.splitlines()[0].endswith("요. 지우려면 /forget 을 보내 주세요.")
    assert "설정, 구독 2건, 알린 기록 1건, 메시지 기록 1건이 들어 있고" in sent.text
    assert (sent.file.name, sent.file.media_type) == ("execbrief-export.json", "application/json")
    told = json.loads(sent.file.data)
    assert (told["format"], told["version"], told["chat_id"]) == ("execbrief-export", 1, ME)
    assert told["exported_at"] == "2026-03-02T23:30:00Z"
    assert told["settings"]["digest_times"] == "07:30"
    assert told["settings"]["next_digest"] == "2026-03-03T22:30:00Z"
    assert [one["name"] for one in told["subscriptions"]] == ["한빛누리전자", "다온모비스텍"]
    assert told["subscriptions"][0]["created_at"] == "2026-03-02T23:30:00Z"
    (edition,), (delivery,) = told["editions"], told["deliveries"]
    assert (edition["edition"], edition["parts"]) == ("digest:2026-03-02T22:30Z", 1)
    assert (delivery["status"], delivery["due"]) == ("pending", "2026-03-02T23:30:00Z")
    assert "남의 글" not in sent.file.data.decode()
    assert "글" not in json.dumps(told["deliveries"], ensure_ascii=False), "the words stand in the chat"


@pytest.mark.parametrize("command", ["/export", "/forget"])
async def test_who_never_came_has_nothing_stored_and_asking_stores_nothing(api, store, command) -> None:
    assert "저장된 정보가 없어요" in (await ask(api, command)).text
    assert await store.subscribers.get(ME) is None


async def test_forgetting_is_asked_confirmed_and_told(api, store, clock) -> None:
    await ask(api, "/subscribe 한빛누리전자")
    await store.outbox.write_edition("digest:1", ME, (Part("하나"), Part("둘")), clock())
    asked = await ask(api, "/forget")
    assert "구독 1건" in asked.text
    assert "되돌릴 수 없어요" in asked.text
    assert asked.labels == ["모두 지우기", "그만두기"]
    assert await store.subscribers.get(ME) is not None, "nothing yet"
    api.press(asked, "모두 지우기")
    done = await edited(api, asked)
    assert "구독 1건, 보내려던 메시지 2건을 지웠고" in done.text
    assert done.labels == []
    assert not any((await store.privacy.export(ME)).values())
    hello = await ask(api, "/start")
    assert "안녕하세요" in hello.text
    assert (await store.subscribers.get(ME)).companies == ()


async def test_who_thinks_better_of_it_keeps_everything(api, store) -> None:
    await ask(api, "/subscribe 한빛누리전자")
    asked = await ask(api, "/forget")
    api.press(asked, "그만두기")
    assert "지우지 않았어요" in (await edited(api, asked)).text
    assert (await store.subscribers.get(ME)).companies == ("한빛누리전자",)


async def test_pressing_twice_erases_once_and_does_no_harm(api, store, clock) -> None:
    await ask(api, "/subscribe 한빛누리전자")
    asked = await ask(api, "/forget")
    api.press(asked, "모두 지우기")
    await edited(api, asked)
    clock.advance(minutes=1)
    api.press(asked, "모두 지우기")
    await api.until(lambda: len(api.answered_queries) == 2)
    assert "/brief" in (await ask(api, "/help")).text
    assert await store.subscribers.get(ME) is None


async def test_a_question_of_yesterday_erases_nothing(api, store, clock) -> None:
    await ask(api, "/subscribe 한빛누리전자")
    asked = await ask(api, "/forget")
    clock.advance(hours=2)
    assert "오래된 버튼" in (await press(api, asked, "모두 지우기")).text
    assert await store.subscribers.get(ME) is not None


@pytest.mark.parametrize("data", ["F", "F|yes", "F|yes|x", "F|yes|999999999999", "F|no|1"])
async def test_button_data_that_makes_no_sense_erases_nothing(api, store, data) -> None:
    hello = await ask(api, "/start")
    api.press_data(hello, data)
    assert "오래된 버튼" in (await api.next_message(ME)).text
    assert await store.subscribers.get(ME) is not None


# ---------------------------------------------------------------------- groups


@pytest.mark.parametrize("command", ["/export", "/forget"])
async def test_in_a_group_only_administrators_may(api, store, command) -> None:
    api.members[GROUP, OWNER] = "creator"
    api.say(GROUP, "/subscribe 한빛누리전자", by=OWNER)
    await api.next_message(GROUP)
    api.say(GROUP, command, by=MEMBER)
    assert (await api.next_message(GROUP)).text == "이 대화의 관리자만 할 수 있어요."
    api.say(GROUP, command, by=OWNER)
    told = await api.next_message(GROUP)
    assert told.file is not None if command == "/export" else told.labels == ["모두 지우기", "그만두기"]


async def test_in_a_group_only_administrators_may_confirm(api, store) -> None:
    api.members[GROUP, OWNER] = "administrator"
    api.say(GROUP, "/subscribe 한빛누리전자", by=OWNER)
    await api.next_message(GROUP)
    api.say(GROUP, "/forget", by=OWNER)
    asked = await api.next_message(GROUP)
    for label in asked.labels:
        api.press(asked, label, by=MEMBER)
    await api.until(lambda: len(api.notices) == 2)
    assert set(api.notices) == {"이 대화의 관리자만 할 수 있어요."}
    assert await store.subscribers.get(GROUP) is not None
    api.press(asked, "모두 지우기", by=OWNER)
    await edited(api, asked)
    assert await store.subscribers.get(GROUP) is None


async def test_an_anonymous_administrator_speaks_as_the_group_itself(api, store, clock) -> None:
    await store.subscribers.ensure(GROUP, clock())
    anonymous = {"sender_chat": {"id": GROUP, "type": "supergroup", "title": "방"}}
    api.say(GROUP, "/export", by=1087968824, **anonymous)
    assert (await api.next_message(GROUP)).file is not None
    linked = {"sender_chat": {"id": -1002, "type": "channel", "title": "남의 방송"}}
    api.say(GROUP, "/export", by=136817688, **linked)
    assert "관리자만" in (await api.next_message(GROUP)).text


# ---------------------------------------------------------------------- while something is on its way


async def test_a_delivery_on_its_way_is_finished_and_leaves_nothing(api, store, clock) -> None:
    """The message leaves, the chat is erased before Telegram's answer is written down."""
    await ask(api, "/subscribe 한빛누리전자")
    await store.outbox.write_edition("digest:1", ME, (Part("가는 중"), Part("기다리는 글")), clock())
    left, answered = asyncio.Event(), asyncio.Event()
    async with open_sender(api.token, api.url) as sender:

        class Slow:
            async def send(self, message):
                outcome = await sender.send(message)
                left.set()
                await answered.wait()
                return outcome

        delivering = asyncio.create_task(deliver_once(store.outbox, Slow(), clock, 10, pace=Pace()))
        await left.wait()
        assert (await api.next_message(ME)).text == "가는 중"
        asked = await ask(api, "/forget")
        api.press(asked, "모두 지우기")
        await edited(api, asked)
        answered.set()
        assert await delivering == {"sent": 1}
        assert await deliver_once(store.outbox, sender, clock, 10, pace=Pace()) == {}
    assert not any((await store.privacy.export(ME)).values())
    assert [message.text for message in api.messages(ME)].count("기다리는 글") == 0
