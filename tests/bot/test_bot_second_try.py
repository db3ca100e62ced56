"""Answers that Telegram does not take at first."""

from __future__ import annotations

import pytest

from bot.sender import LONGEST_WAIT
from tests.bot.talk import ME, ask
from tests.botapi import Answer, too_many

pytestmark = pytest.mark.usefixtures("chat")


async def test_an_answer_is_sent_again_after_the_wait_telegram_asks_for(api, waits) -> None:
    api.script("sendMessage", too_many(7))
    assert "/brief" in (await ask(api, "/help")).text
    assert waits.seconds == [7]
    assert len(api.called("sendMessage")) == 2


@pytest.mark.parametrize("trouble", [Answer(502, body=b"<html>Bad Gateway</html>"), Answer(500, "Internal")])
async def test_an_answer_that_was_not_accepted_is_sent_again(api, waits, trouble) -> None:
    api.script("sendMessage", trouble)
    assert "/brief" in (await ask(api, "/help")).text
    assert len(waits.seconds) == 1
    assert len(api.messages(ME)) == 1


async def test_a_change_of_a_message_is_made_again(api, waits) -> None:
    asked = await ask(api, "/alerts")
    api.script("editMessageText", too_many(3))
    api.press(asked, "전체")
    await api.until(lambda: api.messages(ME)[0].edits)
    assert waits.seconds == [3]
    assert len(api.messages(ME)) == 1


async def test_nothing_more_is_sent_into_a_flood_limit(api, waits) -> None:
    api.script("sendMessage", too_many(7), too_many(9))
    api.say(ME, "/help")
    assert "구독" in (await ask(api, "/list")).text
    assert waits.seconds == [7]
    assert len(api.called("sendMessage")) == 3, "twice the help, once the list"


async def test_who_would_have_to_wait_long_is_not_kept_waiting(api, waits) -> None:
    api.script("sendMessage", too_many(int(LONGEST_WAIT.total_seconds()) + 1))
    api.say(ME, "/help")
    await ask(api, "/list")
    assert waits.seconds == []
    assert len(api.called("sendMessage")) == 2


async def test_an_answer_that_may_have_arrived_is_neither_repeated_nor_denied(api, waits) -> None:
    api.script("sendMessage", Answer(drop=True, deliver=True))
    assert "/brief" in (await ask(api, "/help")).text
    assert "구독" in (await ask(api, "/list")).text
    assert len(api.messages(ME)) == 2
    assert waits.seconds == []


async def test_what_fails_twice_is_said_once(api) -> None:
    api.script("sendMessage", Answer(502, body=b"-"), Answer(502, body=b"-"))
    assert (await ask(api, "/help")).text.startswith("지금은 답을 드리지 못했어요")
    assert len(api.called("sendMessage")) == 3


async def test_a_message_telegram_refuses_is_not_repeated(api, waits) -> None:
    api.script("sendMessage", Answer(400, "Bad Request: message is too long"))
    assert (await ask(api, "/help")).text.startswith("지금은 답을 드리지 못했어요")
    assert waits.seconds == []
