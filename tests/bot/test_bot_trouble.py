"""What the log tells of trouble with Telegram."""

from __future__ import annotations

import pytest
from telegram.error import Conflict, NetworkError, TimedOut

from bot.handlers.trouble import ALONE_AFTER_S, ANOTHER_POLLS, Trouble
from tests.botapi import BOT, Answer, standing


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def trouble(seconds: Seconds, caplog: pytest.LogCaptureFixture) -> Trouble:
    caplog.set_level("INFO")
    return Trouble(seconds)


def test_errors_in_turn_are_a_line_each_until_it_is_over(trouble, caplog) -> None:
    for _ in range(3):
        trouble.met(NetworkError("Bad Gateway"))
        trouble.met(TimedOut())
    assert len(caplog.messages) == 2
    trouble.over()
    trouble.over()
    assert caplog.messages[2:] == ["Telegram answers again"]
    trouble.met(TimedOut())
    assert len(caplog.messages) == 4


def test_another_that_polls_is_told_once_though_both_are_answered_in_turn(trouble, seconds, caplog) -> None:
    for _ in range(9):
        trouble.met(Conflict("terminated by other getUpdates request"))
        seconds.now += ALONE_AFTER_S / 4
        trouble.over()
    assert caplog.messages == [ANOTHER_POLLS]
    seconds.now += ALONE_AFTER_S
    trouble.over()
    trouble.over()
    assert caplog.messages[1:] == ["Telegram answers again"]


async def test_one_answer_between_two_conflicts_ends_nothing(api, desk, talking, caplog) -> None:
    caplog.set_level("INFO")
    conflict = Answer(409, "Conflict: terminated by other getUpdates request")
    api.script("getUpdates", conflict)
    async with talking(desk):
        api.say(77, "/help")
        await api.next_message(77)
        api.script("getUpdates", conflict)
        api.say(77, "/list")
        await api.next_message(77)
    told = [line for line in caplog.messages if line == ANOTHER_POLLS or line == "Telegram answers again"]
    assert told == [ANOTHER_POLLS]


async def test_an_update_that_cannot_be_read_holds_up_nothing_behind_it(api, desk, talking, caplog) -> None:
    words = "아무도 적어 두지 않을 말"
    # of a Bot API server older than python-telegram-bot: `can_edit_tag` and others are not there
    member = {"status": "restricted", "is_member": True, "until_date": 0, "user": BOT}
    change = {
        "chat": {"id": -5, "type": "supergroup", "title": words},
        "from": {"id": 9, "is_bot": False, "first_name": words},
        "date": 1,
        "old_chat_member": {"user": BOT, **standing("member")},
        "new_chat_member": member,
    }
    async with talking(desk):
        api.update({"my_chat_member": change})
        api.say(77, "/help")
        assert "/brief" in (await api.next_message(77)).text
    assert (
        len([line for line in caplog.messages if "cannot be read (TypeError); it is left out" in line]) == 1
    )
    assert words not in caplog.text
