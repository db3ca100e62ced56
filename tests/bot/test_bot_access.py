"""Who may use the bot and how fast, by every way in."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from bot.app import admitted
from bot.rate_limit import PER_CHAT, PER_USER
from bot.settings import Settings
from tests.bot.talk import GROUP, ME, ask

STRANGER, OTHER_ROOM, CHANNEL = 99, -2002, -1009
BURST = int(PER_USER.burst)
REFUSED = "허락된 사용자만 쓸 수 있는 봇이에요. 운영자에게 문의해 주세요."


@pytest.fixture
async def few(desk, talking, api):
    """The bot runs for ME and GROUP only; what the fixture gives ends it once all before is handled."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(talking(replace(desk, allowed_ids=frozenset({ME, GROUP}))))

        async def settled() -> None:
            assert "/brief" in (await ask(api, "/help")).text
            await stack.aclose()

        yield settled


def post(api, chat_id: int, text: str, kind: str = "channel_post") -> None:
    api.update(
        {
            kind: {
                "message_id": 1,
                "date": 1_700_000_000,
                "chat": {"id": chat_id, "type": "channel", "title": "방송"},
                "sender_chat": {"id": chat_id, "type": "channel", "title": "방송"},
                "text": text,
                "entities": [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}],
            }
        }
    )


# ---------------------------------------------------------------------- allowed_ids


async def test_a_stranger_is_told_once_however_often_they_write(api, store, few) -> None:
    for text in ("/start", "/subscribe 한빛누리전자", "한빛누리전자", "/forget"):
        api.say(STRANGER, text)
    await few()
    assert [message.text for message in api.messages(STRANGER)] == [REFUSED]
    assert await store.subscribers.get(STRANGER) is None


async def test_an_edited_message_opens_no_door(api, store, few) -> None:
    api.say(STRANGER, "/start")
    person = {"id": STRANGER, "is_bot": False, "first_name": "가"}
    chat = {"id": STRANGER, "type": "private", "first_name": "가"}
    api.update(
        {
            "edited_message": {
                "message_id": 9,
                "date": 1_700_000_000,
                "edit_date": 1_700_000_100,
                "chat": chat,
                "from": person,
                "text": "/subscribe 한빛누리전자",
                "entities": [{"type": "bot_command", "offset": 0, "length": 10}],
            }
        }
    )
    await few()
    assert len(api.messages(STRANGER)) == 1
    assert await store.subscribers.get(STRANGER) is None


async def test_a_strangers_press_is_answered_by_one_notice_and_does_nothing(api, store, few) -> None:
    hello = await ask(api, "/start")
    shown = replace(hello, chat_id=STRANGER)
    api.press_data(shown, "s|한빛누리전자")
    api.press_data(shown, "s|다온모비스텍")
    await few()
    assert api.notices == [REFUSED]
    assert api.messages(STRANGER) == []
    assert await store.subscribers.get(STRANGER) is None


async def test_a_channel_and_its_edits_are_not_for_us_and_hear_nothing(api, store, few) -> None:
    post(api, CHANNEL, "/subscribe 한빛누리전자")
    post(api, CHANNEL, "/subscribe 한빛누리전자", "edited_channel_post")
    await few()
    assert api.messages(CHANNEL) == []
    assert await store.subscribers.get(CHANNEL) is None


async def test_an_inline_query_of_a_stranger_finds_nothing(api, few) -> None:
    person = {"id": STRANGER, "is_bot": False, "first_name": "가"}
    api.update({"inline_query": {"id": "7", "from": person, "query": "한빛누리전자", "offset": ""}})
    await few()
    (answer,) = api.called("answerInlineQuery")
    assert answer["results"] == []
    assert answer["is_personal"] is True


async def test_in_another_group_commands_of_ours_are_refused_once(api, store, few) -> None:
    api.say(OTHER_ROOM, "/subscribe@execbrief_test_bot 한빛누리전자")
    api.say(OTHER_ROOM, "/list", by=12)
    await few()
    assert [message.text for message in api.messages(OTHER_ROOM)] == [REFUSED]
    assert await store.subscribers.get(OTHER_ROOM) is None


async def test_in_another_group_what_is_not_for_us_is_passed_over(api, few) -> None:
    for text in ("안녕하세요", "/weather 서울", "/start@another_bot"):
        api.say(OTHER_ROOM, text)
    await few()
    assert api.messages(OTHER_ROOM) == []


async def test_an_allowed_group_is_open_to_all_in_it_and_an_allowed_person_everywhere(api, few) -> None:
    assert "/brief" in (await ask(api, "/help", GROUP)).text
    api.say(OTHER_ROOM, "/help", by=ME)
    assert "/brief" in (await api.next_message(OTHER_ROOM)).text


async def test_a_group_that_leaves_the_list_by_changing_its_id_is_told_to_the_operator(
    api, store, few, caplog
) -> None:
    api.say(GROUP, "", migrate_to_chat_id=-100777)
    await few()
    assert "EXECBRIEF_ALLOWED_IDS does not name" in caplog.text


def test_who_runs_the_bot_may_use_it() -> None:
    def settings(**ids: frozenset[int]) -> Settings:
        return Settings(_env_file=None, **ids)

    assert admitted(settings(allowed_ids=frozenset({1}), admin_ids=frozenset({2}))) == {1, 2}
    assert admitted(settings(admin_ids=frozenset({2}))) == frozenset(), "still open to everybody"


# ---------------------------------------------------------------------- rate limit


async def test_who_asks_too_fast_is_told_once_and_answered_again_later(api, desk, talking, clock) -> None:
    async with talking(desk):
        for _ in range(BURST + 30):
            api.say(ME, "/help")
        api.say(5, "/help")
        await api.next_message(5)
        await api.until(lambda: len(api.messages(ME)) == BURST + 1)
        clock.advance(seconds=3)
        api.say(ME, "/help")
        api.say(ME, "/help")
        await api.until(lambda: len(api.messages(ME)) == BURST + 3)
    said = [message.text for message in api.messages(ME)]
    assert said[BURST] == "조금 빨리 물어보셨어요. 3초 뒤에 다시 보내 주세요."
    assert ["/brief" in text for text in said] == [True] * BURST + [False, True, False]


async def test_pictures_and_evidence_cost_more(api, desk, talking, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    async with talking(desk):
        seen = await ask(api, "/brief 한빛누리전자")
        for number in range(BURST):
            api.press_data(seen, f"e|{number}")
        for _ in range(BURST):
            api.say(5, "/trend 없는회사이름")
        for _ in range(BURST):
            api.say(6, "그래프 없는회사이름")
        api.say(7, "/help")
        await api.next_message(7)
    assert len(api.messages(ME)) == 1 + 7, "19 left, 3 each: 6 whole ones and the debt"
    assert api.notices == ["조금 빨리 물어보셨어요. 9초 뒤에 다시 보내 주세요."]
    assert len(api.messages(5)) == len(api.messages(6)) == 4 + 1, "5 each, and one word"


async def test_a_press_beyond_the_limit_gets_one_notice(api, desk, talking, clock) -> None:
    async with talking(desk):
        hello = await ask(api, "/start")
        for _ in range(BURST - 1):
            api.say(ME, "/help")
        for number in range(6):
            api.press_data(hello, f"b|한빛누리전자|{number + 1}")
        api.say(5, "/help")
        await api.next_message(5)
    assert len(api.notices) == 1
    assert len(api.messages(ME)) == BURST


async def test_administrators_are_never_slowed_down(api, desk, talking) -> None:
    async with talking(replace(desk, admin_ids=frozenset({ME}))):
        for _ in range(BURST + 5):
            api.say(ME, "/help")
        await api.until(lambda: len(api.messages(ME)) == BURST + 5)


async def test_talk_in_a_group_costs_nothing_and_its_commands_are_shared(api, desk, talking) -> None:
    async with talking(desk):
        for number in range(50):
            api.say(GROUP, "다른 이야기", by=number + 1)
            api.say(GROUP, "/weather", by=number + 1)
        for person in range(int(PER_CHAT.burst) + 10):
            api.say(GROUP, "/help", by=1000 + person)
        api.say(5, "/help")
        await api.next_message(5)
    assert len(api.messages(GROUP)) == PER_CHAT.burst + 1
    assert "조금 빨리" in api.messages(GROUP)[-1].text


async def test_anonymous_administrators_of_two_groups_do_not_share_a_bucket(api, desk, talking) -> None:
    async with talking(desk):
        for room in (-11, -12):
            for _ in range(BURST):
                sender = {"id": room, "type": "supergroup", "title": "방"}
                api.say(room, "/help", by=1087968824, sender_chat=sender)
        for room in (-11, -12):
            await api.until(lambda room=room: len(api.messages(room)) == BURST)
            assert all("/brief" in message.text for message in api.messages(room))


async def test_inline_queries_count_a_little_and_then_find_nothing(api, desk, talking) -> None:
    person = {"id": ME, "is_bot": False, "first_name": "가"}
    async with talking(desk):
        for number in range(BURST * 4 + 3):
            api.update({"inline_query": {"id": str(number), "from": person, "query": "한", "offset": ""}})
        await api.until(lambda: len(api.called("answerInlineQuery")) == BURST * 4 + 3)
    answers = api.called("answerInlineQuery")
    assert len(answers) == BURST * 4 + 3
    assert [answer["cache_time"] for answer in answers if not answer["results"]] == [0] * 3
