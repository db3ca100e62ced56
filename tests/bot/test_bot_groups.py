"""Groups: who may change settings, what the bot answers to, and how it is greeted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bot.talk import GROUP, ME, ask, settled
from tests.botapi import BOT, Answer
from tests.botapi_rooms import member_changed, mention, reply_to

OWNER, MEMBER = 501, 502


@pytest.fixture
def rooms(api):
    api.members[GROUP, OWNER] = "creator"
    return api


CHANGING = (
    "/subscribe 한빛누리전자",
    "/unsubscribe 한빛누리전자",
    "/settings",
    "/alerts 전체",
    "/digest 07:30",
    "/digest 끄기",
    "/timezone 런던",
    "/quiet 22:00 07:00",
    "/start 990010",
)


@pytest.mark.parametrize("text", CHANGING)
@pytest.mark.usefixtures("chat")
async def test_only_administrators_change_settings(rooms, store, text) -> None:
    api = rooms
    said = await ask(api, text, GROUP, by=MEMBER)
    assert said.text == "이 대화의 관리자만 할 수 있어요."
    assert await store.subscribers.get(GROUP) is None
    assert "관리자만" not in (await ask(api, text, GROUP, by=OWNER)).text


@pytest.mark.parametrize(
    "text", ["/brief 한빛누리전자", "/help", "/list", "/digest", "/moves", "/who 없음이"]
)
@pytest.mark.usefixtures("chat")
async def test_everybody_may_ask_and_the_answer_replies_to_the_question(rooms, text) -> None:
    question = rooms.say(GROUP, text, by=MEMBER)
    said = await rooms.next_message(GROUP)
    assert "관리자" not in said.text
    assert said.reply_to == question
    assert rooms.called("sendMessage")[-1]["reply_parameters"]["allow_sending_without_reply"] is True
    assert not rooms.called("getChatMember")


@pytest.mark.usefixtures("chat")
async def test_in_private_an_answer_is_no_reply(api) -> None:
    assert (await ask(api, "/help")).reply_to is None


@pytest.mark.usefixtures("chat")
async def test_an_administrator_is_known_for_a_minute(rooms, clock) -> None:
    await ask(rooms, "/alerts 전체", GROUP, by=OWNER)
    await ask(rooms, "/alerts 끄기", GROUP, by=OWNER)
    assert len(rooms.called("getChatMember")) == 1
    rooms.members[GROUP, OWNER] = "member"
    clock.advance(seconds=61)
    assert "관리자만" in (await ask(rooms, "/alerts 전체", GROUP, by=OWNER)).text


@pytest.mark.parametrize(
    "trouble",
    [
        Answer(400, "Bad Request: CHAT_ADMIN_REQUIRED"),
        Answer(502, "Bad Gateway"),
        Answer(403, "Forbidden: no"),
    ],
)
@pytest.mark.usefixtures("chat")
async def test_where_telegram_does_not_tell_nobody_may(rooms, store, trouble) -> None:
    rooms.script("getChatMember", trouble)
    assert "확인하지 못했어요" in (await ask(rooms, CHANGING[0], GROUP, by=OWNER)).text
    assert await store.subscribers.get(GROUP) is None
    # and that is not remembered
    assert "구독했어요" in (await ask(rooms, CHANGING[0], GROUP, by=OWNER)).text


@pytest.mark.usefixtures("chat")
async def test_an_anonymous_administrator_speaks_as_the_group(api, store) -> None:
    anonymous = {"sender_chat": {"id": GROUP, "type": "supergroup", "title": "방"}}
    assert "구독했어요" in (await ask(api, CHANGING[0], GROUP, by=1087968824, **anonymous)).text
    other = {"sender_chat": {"id": -1002, "type": "channel", "title": "남의 방송"}}
    assert "관리자만" in (await ask(api, "/unsubscribe 한빛누리전자", GROUP, by=136817688, **other)).text
    assert (await store.subscribers.get(GROUP)).companies == ("한빛누리전자",)


@pytest.mark.usefixtures("chat")
async def test_buttons_that_change_settings_refuse_members_with_a_notice(rooms, store) -> None:
    asked = await ask(rooms, "/alerts", GROUP, by=OWNER)
    for data in ("a|all", "x|alerts|all", "s|한빛누리전자", "t|off", "S|hours", "o|-|ai"):
        rooms.press_data(asked, data, by=MEMBER)
    assert await settled(rooms) == 1
    assert rooms.notices == ["이 대화의 관리자만 할 수 있어요."] * 6
    assert (await store.subscribers.get(GROUP)).alerts.value == "moves"
    rooms.press_data(asked, "a|all", by=OWNER)
    await rooms.until(lambda: rooms.messages(GROUP)[0].edits)
    assert (await store.subscribers.get(GROUP)).alerts.value == "all"


@pytest.mark.usefixtures("chat")
async def test_two_administrators_press_the_same_switch_at_the_same_time(rooms, store) -> None:
    rooms.members[GROUP, MEMBER] = "administrator"
    page = await ask(rooms, "/settings", GROUP, by=OWNER)
    rooms.press_data(page, "x|empty|toggle", by=OWNER)
    rooms.press_data(page, "x|empty|toggle", by=MEMBER)
    await settled(rooms)
    assert (await store.subscribers.get(GROUP)).empty_digest is False, "both wanted the same"
    assert len(rooms.answered_queries) == 2


# ---------------------------------------------------------------------- what is meant for the bot


@pytest.mark.usefixtures("chat")
async def test_commands_of_another_bot_are_not_ours(api) -> None:
    api.say(GROUP, "/brief@otherbot 한빛누리전자")
    api.say(ME, "/brief@otherbot 한빛누리전자")
    assert await settled(api) == 0
    assert await settled(api, ME) == 0


@pytest.mark.parametrize("text", ["@execbrief_test_bot 한빛누리전자", "한빛누리전자 @Execbrief_Test_Bot"])
@pytest.mark.usefixtures("chat")
async def test_the_bot_listens_to_its_name(api, text) -> None:
    name = next(word for word in text.split() if word.startswith("@"))
    said = await ask(api, text, GROUP, by=MEMBER, **mention(text, name))
    assert said.text.startswith("한빛누리전자 · 최근 7일")


@pytest.mark.usefixtures("chat")
async def test_korean_commands_need_the_name_and_the_right(rooms, store) -> None:
    rooms.say(GROUP, "구독 한빛누리전자", by=OWNER)
    other = "@otherbot 구독 한빛누리전자"
    rooms.say(GROUP, other, by=OWNER, **mention(other, "@otherbot"))
    text = "@execbrief_test_bot 구독 한빛누리전자"
    assert "관리자만" in (await ask(rooms, text, GROUP, by=MEMBER, **mention(text))).text
    assert "구독했어요" in (await ask(rooms, text, GROUP, by=OWNER, **mention(text))).text
    assert (await store.subscribers.get(GROUP)).companies == ("한빛누리전자",)
    assert len(rooms.messages(GROUP)) == 2


@pytest.mark.usefixtures("chat")
async def test_replies_to_the_bot_are_answered_if_they_ask_something(api) -> None:
    briefing = await ask(api, "/brief 한빛누리전자", GROUP)
    answer = await ask(api, "다온모비스텍", GROUP, by=MEMBER, **reply_to(briefing))
    assert answer.text.startswith("다온모비스텍")
    api.say(GROUP, "이건 좀 의외네", by=MEMBER, **reply_to(briefing))
    api.say(GROUP, "다온모비스텍", by=MEMBER, **reply_to(briefing, {**BOT, "id": 5, "username": "x"}))
    opened = {"forum_topic_created": {"name": "주제", "icon_color": 1}}
    api.say(GROUP, "다온모비스텍", by=MEMBER, **reply_to(briefing, **opened))
    assert await settled(api) == 2


@pytest.mark.usefixtures("chat")
async def test_copies_are_nobody_s_question(api, store) -> None:
    channel = {"id": -1009, "type": "channel", "title": "방송"}
    api.say(GROUP, CHANGING[0], sender_chat=channel, is_automatic_forward=True)
    api.say(ME, "한빛누리전자 · 최근 7일", via_bot=BOT)
    assert await settled(api) == 0
    assert await settled(api, ME) == 0


# ---------------------------------------------------------------------- letting the bot in


@pytest.mark.parametrize("kind", ["group", "supergroup"])
@pytest.mark.usefixtures("chat")
async def test_a_group_is_greeted_once(api, store, kind) -> None:
    member_changed(api, GROUP, kind, "left", "member", by=OWNER)
    hello = await api.next_message(GROUP)
    assert "/brief" in hello.text
    assert "08:00" in hello.text
    member_changed(api, GROUP, kind, "member", "administrator", by=OWNER)
    member_changed(api, GROUP, kind, "administrator", "left", by=OWNER)
    member_changed(api, GROUP, kind, "kicked", "member", by=OWNER)
    assert await settled(api) == 1
    assert (await store.subscribers.get(GROUP)).active


async def test_who_is_not_admitted_is_not_greeted(api, desk, talking, store) -> None:
    async with talking(replace(desk, allowed_ids=frozenset({ME}))):
        member_changed(api, GROUP, "group", "left", "member", by=OWNER)
        member_changed(api, GROUP, "group", "left", "member", by=ME)
        assert "/brief" in (await api.next_message(GROUP)).text
        assert await store.subscribers.get(GROUP) is not None
    assert len(api.messages(GROUP)) == 1
