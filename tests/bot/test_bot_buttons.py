"""Buttons pressed twice, too late or from another version; groups, forums, blocking, migration."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from briefing.subscribers import AlertLevel
from tests.bot.talk import GROUP, ME, ask, press
from tests.botapi import Answer
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("chat")


# ---------------------------------------------------------------------- buttons


async def test_a_double_tap_is_answered_once_and_later_again(api, clock, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    seen = await ask(api, "/brief 한빛누리전자")
    api.press(seen, "30일")
    api.press(seen, "30일")
    await ask(api, "/help")
    await api.next_message(ME)
    assert len(api.messages(ME)) == 3, "the briefing, its longer form once, the help"
    assert len(api.answered_queries) == 2, "both spinners stop"
    clock.advance(minutes=5)
    await press(api, seen, "30일")


async def test_pressing_a_setting_twice_is_harmless(api, clock, store) -> None:
    asked = await ask(api, "/alerts")
    api.press(asked, "전체")
    await api.until(lambda: api.messages(ME)[0].edits)
    clock.advance(minutes=1)
    api.press(asked, "전체")
    await ask(api, "/list")
    assert (await store.subscribers.get(ME)).alerts is AlertLevel.ALL
    assert len(api.messages(ME)) == 2


@pytest.mark.parametrize(
    "data",
    ["x|한빛누리전자", "b|어디에도없는회사", "b", "t|99:99", "a|loud", "e|", "s|갸…", "{}", "b|…", "u|…|"],
)
async def test_old_and_strange_buttons_are_answered_politely(api, data) -> None:
    asked = await ask(api, "/alerts")
    api.press_data(asked, data)
    assert (await api.next_message(ME)).text.endswith("요.")


async def test_a_press_that_telegram_has_forgotten_is_still_answered(api) -> None:
    hello = await ask(api, "/start")
    api.script(
        "answerCallbackQuery", Answer(400, "Bad Request: query is too old and response timeout expired")
    )
    assert "다온모비스텍" in (await press(api, hello, "다온모비스텍")).text


async def test_a_press_goes_on_though_it_cannot_be_confirmed(api) -> None:
    hello = await ask(api, "/start")
    api.script("answerCallbackQuery", Answer(502, body=b"<html>"), Answer(drop=True))
    assert "다온모비스텍" in (await press(api, hello, "다온모비스텍")).text
    assert "한빛누리전자" in (await press(api, hello, "한빛누리전자")).text


async def test_what_cannot_be_edited_is_answered_by_a_new_message(api, store) -> None:
    api.members[GROUP, -GROUP] = "creator"
    asked = await ask(api, "/alerts", GROUP, message_thread_id=9, is_topic_message=True)
    api.script("editMessageText", Answer(400, "Bad Request: message to edit not found"))
    api.press_data(asked, "a|all", message_thread_id=9, is_topic_message=True)
    said = await api.next_message(GROUP)
    assert said.labels == ["끄기", "CEO급", "인사만", "✓ 전체"]
    assert said.thread_id == 9
    assert (await store.subscribers.get(GROUP)).alerts is AlertLevel.ALL


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 10**20 - 1])
async def test_ids_that_no_database_holds_find_nothing(api, number) -> None:
    asked = await ask(api, "/alerts")
    api.press_data(asked, f"e|{number}")
    assert "근거" in (await api.next_message(ME)).text


async def test_an_empty_beginning_is_no_name_though_only_one_company_is_known(api, store, publish) -> None:
    await publish("겨울나무공방", "남궁솔", "목재를 더 들이겠다")
    await ask(api, "/subscribe 겨울나무공방")
    asked = await ask(api, "/alerts")
    for data in ("b|…", "s|…", "u|…", "E|…"):
        api.press_data(asked, data)
        assert "겨울나무공방" not in (await api.next_message(ME)).text
    assert (await store.subscribers.get(ME)).companies == ("겨울나무공방",)


async def test_a_beginning_that_several_subscriptions_share_means_none(api, store) -> None:
    asked = await ask(api, "/alerts")
    for name in ("옛이름상사", "옛이름물산"):
        await store.subscribers.subscribe(ME, name, NOW)
    api.press_data(asked, "u|옛이름…")
    await api.next_message(ME)
    assert len((await store.subscribers.get(ME)).companies) == 2
    api.press_data(asked, "u|옛이름상…")
    await api.until(lambda: api.messages(ME)[0].edits)
    assert (await store.subscribers.get(ME)).companies == ("옛이름물산",)


# ---------------------------------------------------------------------- chats


async def test_in_a_group_only_commands_are_answered(api) -> None:
    api.say(GROUP, "점심 뭐 먹지")
    api.say(GROUP, "/nonsense")
    seen = await ask(api, "/help", GROUP)
    assert "/brief" in seen.text
    assert len(api.messages(GROUP)) == 1


async def test_in_a_forum_the_answer_goes_to_the_topic(api) -> None:
    seen = await ask(api, "/help", GROUP, message_thread_id=9, is_topic_message=True)
    assert seen.thread_id == 9


async def test_an_unknown_command_leads_to_the_help(api) -> None:
    assert "/help" in (await ask(api, "/weather")).text


async def test_commands_addressed_to_this_bot_in_a_group(api) -> None:
    assert "/brief" in (await ask(api, "/help@execbrief_test_bot", GROUP)).text


async def test_blocking_and_coming_back(api, store) -> None:
    await ask(api, "/subscribe 한빛누리전자")
    who = {"id": ME, "is_bot": False, "first_name": "가"}
    bot = {"id": 123456789, "is_bot": True, "first_name": "b"}

    def changed(old: str, new: str) -> dict[str, object]:
        return {
            "my_chat_member": {
                "chat": {"id": ME, "type": "private", "first_name": "가"},
                "from": who,
                "date": 1_700_000_000,
                "old_chat_member": member(old),
                "new_chat_member": member(new),
            }
        }

    def member(status: str) -> dict[str, object]:
        return {"status": status, "user": bot, **({"until_date": 0} if status == "kicked" else {})}

    api.update(changed("member", "kicked"))
    async with asyncio.timeout(5):
        while (await store.subscribers.get(ME)).active:
            pass
    api.update(changed("kicked", "member"))
    async with asyncio.timeout(5):
        while not (back := await store.subscribers.get(ME)).active:
            pass
    assert back.companies == ("한빛누리전자",)
    assert back.next_digest == datetime(2026, 3, 3, 23, 0, tzinfo=UTC)


async def test_a_chat_given_up_that_writes_is_written_to_again(api, store, clock) -> None:
    await ask(api, "/subscribe 한빛누리전자")
    await store.subscribers.deactivate(ME, clock(), "test")
    await ask(api, "/help")
    assert (await store.subscribers.get(ME)).active


async def test_a_migrated_group_keeps_its_subscriptions(api, store) -> None:
    api.members[-5, 5] = "creator"
    await ask(api, "/subscribe 한빛누리전자", -5)
    api.update({"message": {**api._message(-5), "migrate_to_chat_id": -1005}})
    await ask(api, "/help", -5)
    assert (await store.subscribers.get(-1005)).companies == ("한빛누리전자",)


async def test_a_button_that_no_version_knows_and_one_below_an_inline_result_are_told_so(api) -> None:
    asked = await ask(api, "/alerts")
    api.press_data(asked, "Z|1|2")
    assert "오래된 버튼" in (await api.next_message(ME)).text
    who = {"id": ME, "is_bot": False, "first_name": "가"}
    query = {
        "id": "9",
        "from": who,
        "chat_instance": "1",
        "inline_message_id": "x",
        "data": "b|한빛누리전자|7",
    }
    api.update({"callback_query": query})
    await api.until(lambda: api.notices)
    assert "오래된 버튼" in api.notices[0]
