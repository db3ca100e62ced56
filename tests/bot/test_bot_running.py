"""Starting, stopping, and what goes wrong in between."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.handlers.application import build_application, run_bot
from briefing.errors import SettingsError
from briefing.subscribers import AlertLevel
from tests.bot.talk import ask
from tests.botapi import Answer, blocked

ME = 77


async def test_a_refused_token_is_one_line_without_the_token(api, desk) -> None:
    wrong = "987654321:another-token-that-telegram-refuses-00"
    with pytest.raises(SettingsError) as refused:
        await run_bot(build_application(wrong, desk, base_url=api.url), asyncio.Event())
    assert "EXECBRIEF_TELEGRAM_TOKEN" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "another-token" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__, "python-telegram-bot's own message holds the token"


async def test_a_token_revoked_while_running_ends_the_bot(api, desk) -> None:
    running = asyncio.create_task(
        run_bot(build_application(api.token, desk, base_url=api.url), asyncio.Event())
    )
    await api.until(lambda: api.called("getUpdates"))
    api.revoke()
    with pytest.raises(SettingsError, match="refuses the token"):
        async with asyncio.timeout(10):
            await running


async def test_stopping_is_prompt_and_confirms_what_was_handled(api, desk, talking) -> None:
    async with asyncio.timeout(5):
        async with talking(desk):
            api.say(ME, "/help")
            await api.next_message(ME)
    # a second run gets nothing twice
    async with talking(desk):
        api.say(ME, "/list")
        await api.next_message(ME)
    assert len(api.messages(ME)) == 2


async def test_updates_from_before_the_start_are_answered(api, desk, talking) -> None:
    api.say(ME, "/help")
    async with talking(desk):
        assert "/brief" in (await api.next_message(ME)).text


async def test_telegram_away_at_the_start_is_waited_for(api, desk, caplog, monkeypatch) -> None:
    monkeypatch.setattr("bot.handlers.application.START_WAITS_S", (0,))
    api.script("getMe", Answer(502, body=b"<html>"), Answer(drop=True), Answer(500, "Internal Server Error"))
    stop = asyncio.Event()
    running = asyncio.create_task(run_bot(build_application(api.token, desk, base_url=api.url), stop))
    api.say(ME, "/help")
    await api.next_message(ME)
    stop.set()
    await running
    assert caplog.text.count("cannot be reached") == 3


async def test_an_outage_of_telegram_is_a_line_and_its_end_another(api, desk, caplog, monkeypatch) -> None:
    caplog.set_level("INFO")
    monkeypatch.setattr("bot.handlers.application.START_WAITS_S", (0,))
    api.script("getMe", *[Answer(502, body=b"<html>")] * 4)
    # no more of these than a moment's: between two, python-telegram-bot waits
    api.script("getUpdates", *[Answer(502, body=b"<html>")] * 2)
    stop = asyncio.Event()
    running = asyncio.create_task(run_bot(build_application(api.token, desk, base_url=api.url), stop))
    api.say(ME, "/help")
    await api.next_message(ME)
    stop.set()
    await running
    told = [line for line in caplog.messages if "Telegram" in line]
    assert len(told) == 4, told
    assert [line.startswith("Telegram cannot be reached (") for line in told] == [True, False] * 2
    assert told[1] == told[3] == "Telegram answers again"


async def test_stopping_while_telegram_is_away(desk, caplog) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stop = asyncio.Event()
    application = build_application("1:x", desk, base_url=f"http://127.0.0.1:{port}")
    running = asyncio.create_task(run_bot(application, stop))
    asyncio.get_running_loop().call_later(0.05, stop.set)
    async with asyncio.timeout(5):
        await running


async def test_a_stop_waits_for_what_is_being_answered_and_cuts_off_what_hangs(api, desk, caplog) -> None:
    api.script("sendMessage", *[Answer(stall=True)] * 2, chat_id=ME)
    stop = asyncio.Event()
    application = build_application(api.token, desk, base_url=api.url)
    running = asyncio.create_task(run_bot(application, stop, patience=timedelta(seconds=0.05)))
    api.say(ME, "/help")
    api.say(ME, "/list")  # waits behind it
    await api.until(lambda: len(api.called("sendMessage")) == 1)
    stop.set()
    async with asyncio.timeout(5):
        await running
    assert [line for line in caplog.messages if "cut off" in line] == [
        "2 answers did not finish within 0 s and are cut off"
    ]
    assert len(api.called("sendMessage")) == 1


async def test_polling_goes_on_after_trouble(api, desk, talking) -> None:
    api.script("getUpdates", Answer(502, body=b"<html>Bad Gateway</html>"), Answer(drop=True))
    async with talking(desk):
        api.say(ME, "/help")
        assert "/brief" in (await api.next_message(ME)).text


async def test_a_menu_that_cannot_be_set_stops_nobody(api, desk, talking, caplog) -> None:
    api.script("setMyCommands", Answer(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"))
    async with talking(desk):
        api.say(ME, "/help")
        await api.next_message(ME)
    assert "command menu could not be set" in caplog.text


async def test_a_bug_is_told_in_one_polite_line_and_logged(api, desk, talking, caplog) -> None:
    class Broken:
        def __getattr__(self, name: str):
            raise RuntimeError("the database is away")

    async with talking(replace(desk, news=Broken())):
        api.say(ME, "/brief 한빛누리전자")
        said = await api.next_message(ME)
        api.say(ME, "/help")
        await api.next_message(ME)
    assert said.text.endswith("요.")
    assert "database" not in said.text
    assert "the database is away" in caplog.text


async def test_an_answer_to_someone_who_blocked_the_bot_is_let_go(api, desk, talking, caplog) -> None:
    api.script("sendMessage", blocked(), chat_id=ME)
    async with talking(desk):
        api.say(ME, "/help")
        api.say(ME, "/help")
        await api.next_message(ME)
    assert len(api.called("sendMessage")) == 2, "no word of trouble to a closed door"
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_the_token_is_in_no_log_line_of_ours(api, desk, talking, caplog) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    caplog.set_level(logging.DEBUG, logger="telegram")
    api.script("sendMessage", Answer(drop=True), Answer(500, "Internal Server Error"))
    async with talking(desk):
        api.say(ME, "/help")
        api.say(ME, "/help")
        await api.until(lambda: len(api.called("sendMessage")) == 3)
    api.revoked = True
    with pytest.raises(SettingsError):
        await run_bot(build_application(api.token, desk, base_url=api.url), asyncio.Event())
    lines = [r for r in caplog.records if r.name.split(".")[0] in {"bot", "briefing"}]
    assert lines
    for record in lines:
        text = logging.Formatter().format(record)
        assert api.token not in text


@pytest.mark.parametrize("allowed", [frozenset({ME}), frozenset({ME, 5})])
async def test_only_allowed_chats_are_answered(api, desk, talking, store, allowed) -> None:
    async with talking(replace(desk, allowed_ids=allowed)):
        api.say(99, "/subscribe 한빛누리전자")
        refused = await api.next_message(99)
        api.say(-1001, "안녕하세요")
        api.say(ME, "/help")
        assert "/brief" in (await api.next_message(ME)).text
    assert refused.text.endswith("요.")
    assert await store.subscribers.get(99) is None
    assert api.messages(-1001) == []


async def test_an_allowed_person_may_use_the_bot_in_a_group(api, desk, talking) -> None:
    async with talking(replace(desk, allowed_ids=frozenset({1001}))):
        api.say(-1001, "/help")
        assert "/brief" in (await api.next_message(-1001)).text


async def test_one_slow_chat_does_not_hold_up_another_and_keeps_its_order(api, desk, talking) -> None:
    gate = asyncio.Event()
    news = desk.news

    class Slow:
        def __getattr__(self, name: str):
            return getattr(news, name)

        async def find_companies(self, names: Sequence[str]):
            await gate.wait()
            return await news.find_companies(names)

    async with talking(replace(desk, news=Slow())):
        api.say(ME, "/brief 한빛누리전자")
        api.say(ME, "/help")
        api.say(5, "/help")
        await api.next_message(5)
        assert api.messages(ME) == []
        gate.set()
        first, second = await api.next_message(ME), await api.next_message(ME)
    assert "한빛누리전자" in first.text
    assert "/brief" in second.text


async def test_buttons_of_before_a_restart_work_and_all_kinds_of_updates_are_asked_for(
    api, desk, talking, store
) -> None:
    async with talking(desk):
        asked = await ask(api, "/alerts")
    async with talking(desk):
        api.press(asked, "전체")
        await api.until(lambda: api.messages(ME)[0].edits)
    assert (await store.subscribers.get(ME)).alerts is AlertLevel.ALL
    assert set(api.called("getUpdates")[0]["allowed_updates"]) == {
        "message",
        "edited_message",
        "channel_post",
        "callback_query",
        "inline_query",
        "my_chat_member",
    }
