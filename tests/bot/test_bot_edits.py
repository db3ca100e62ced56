"""Edited questions: answered anew in the place of the answer; settings are not applied twice."""

from __future__ import annotations

import pytest

from tests.bot.talk import GROUP, ME, settled
from tests.botapi_rooms import edit, topic

OWNER = 501

pytestmark = pytest.mark.usefixtures("chat")


async def test_an_edited_question_edits_its_answer(api) -> None:
    question = api.say(ME, "/brief 한빛누리전자")
    assert (await api.next_message(ME)).text.startswith("한빛누리전자")
    edit(api, ME, question, "/brief 다온모비스텍")
    await api.until(lambda: api.messages(ME)[0].edits == 1)
    edit(api, ME, question, "다온모비스텍 30일", after_s=599)
    await api.until(lambda: api.messages(ME)[0].edits == 2)
    (answer,) = api.messages(ME)
    assert answer.text.startswith("다온모비스텍 · 최근 30일")


async def test_late_edits_and_such_that_leave_the_words_are_none(api) -> None:
    question = api.say(ME, "/brief 한빛누리전자")
    await api.next_message(ME)
    edit(api, ME, question, "/brief 한빛누리전자")
    edit(api, ME, question, "/brief 다온모비스텍", after_s=601)
    assert await settled(api, ME) == 1
    assert api.messages(ME)[0].edits == 0


async def test_what_was_no_question_may_become_one(api) -> None:
    mistyped = api.say(GROUP, "/breif 한빛누리전자", by=OWNER)
    edit(api, GROUP, mistyped, "/brief 한빛누리전자", by=OWNER)
    answer = await api.next_message(GROUP)
    assert answer.text.startswith("한빛누리전자")
    assert answer.reply_to == mistyped


async def test_an_answer_of_fewer_messages_leaves_none_of_the_old_ones(api, publish) -> None:
    question = api.say(ME, "/brief 한빛누리전자, 다온모비스텍, 새결바이오랩")
    for _ in range(3):
        await api.next_message(ME)
    edit(api, ME, question, "/brief 다온모비스텍")
    await api.until(lambda: len(api.messages(ME)) == 1)
    edit(api, ME, question, "/brief 다온모비스텍, 새결바이오랩")
    await api.until(lambda: len(api.messages(ME)) == 2)
    assert [message.text.split(" ")[0] for message in api.messages(ME)] == ["다온모비스텍", "새결바이오랩"]


async def test_settings_are_not_applied_twice(api, store) -> None:
    api.members[GROUP, OWNER] = "creator"
    command = api.say(GROUP, "/subscribe 한빛누리전자", by=OWNER)
    await api.next_message(GROUP)
    await store.subscribers.unsubscribe(GROUP, "한빛누리전자")
    edit(api, GROUP, command, "/subscribe 한빛누리전자", by=OWNER)
    edit(api, GROUP, command, "/subscribe 다온모비스텍", by=OWNER, **topic(3))
    said = await api.next_message(GROUP)
    assert "새 메시지로" in said.text
    assert said.reply_to == command
    edit(api, GROUP, command, "/subscribe 한빛누리전자 ", by=900)
    assert "관리자만" in (await api.next_message(GROUP)).text
    assert (await store.subscribers.get(GROUP)).companies == ()


async def test_a_question_that_becomes_a_command_is_carried_out_once(api, store) -> None:
    question = api.say(ME, "다온모비스텍")
    await api.next_message(ME)
    edit(api, ME, question, "다온모비스텍 구독")
    await api.until(lambda: api.messages(ME)[0].edits)
    assert (await store.subscribers.get(ME)).companies == ("다온모비스텍",)
    edit(api, ME, question, "다온모비스텍 해지")
    assert "새 메시지로" in (await api.next_message(ME)).text
    assert (await store.subscribers.get(ME)).companies == ("다온모비스텍",)


async def test_of_a_setting_from_before_a_restart_nobody_knows_whether_it_was_done(api, store) -> None:
    edit(api, ME, 3, "/subscribe 한빛누리전자")
    assert "새 메시지로" in (await api.next_message(ME)).text
    assert await store.subscribers.get(ME) is None or (await store.subscribers.get(ME)).companies == ()


async def test_a_picture_is_not_turned_into_words(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "로봇에 더 투자하겠다")
    question = api.say(ME, "/trend 한빛누리전자")
    assert (await api.next_message(ME)).picture
    edit(api, ME, question, "/brief 한빛누리전자")
    assert (await api.next_message(ME)).text.startswith("한빛누리전자")
    assert len(api.messages(ME)) == 2
