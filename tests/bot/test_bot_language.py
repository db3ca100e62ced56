"""The language of a chat: taken from Telegram at first, chosen in the settings, kept for everything that is sent."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.handlers import Desk
from briefing.store import Store
from briefing.subscribers import Language
from tests.bot.conftest import Talking
from tests.bot.talk import GROUP, ME, ask
from tests.botapi import BotApi, Message
from tests.conftest import Clock

HANGUL = re.compile("[가-힣]")
ENGLISH = {"id": ME, "is_bot": False, "first_name": "A", "language_code": "en-US"}
SETTINGS = ["Times", "Days", "Alerts", "Quiet hours", "Kinds of news", "Time zone"]


def labels(message: Message) -> list[str]:
    return [button["text"] for row in message.buttons for button in row]


async def in_english(api: BotApi, text: str, chat_id: int = ME) -> Message:
    return await ask(api, text, chat_id, **{"from": ENGLISH})


async def language(store: Store, chat_id: int = ME) -> Language:
    found = await store.subscribers.get(chat_id)
    assert found is not None
    return found.language


@pytest.mark.usefixtures("chat")
async def test_a_new_chat_reads_the_language_of_its_telegram(api: BotApi, store: Store) -> None:
    hello = await in_english(api, "/start")
    assert "Hello" in hello.text
    assert await language(store) is Language.ENGLISH
    other = await ask(api, "/start", 78)
    assert "안녕하세요" in other.text
    assert await language(store, 78) is Language.KOREAN


@pytest.mark.usefixtures("chat")
async def test_days_are_written_small_inside_a_sentence(api: BotApi) -> None:
    assert "Digest: every day at 08:00." in (await in_english(api, "/subscribe 한빛누리전자")).text
    assert "(now every day at 08:00)" in (await ask(api, "/help")).text
    assert "\nEvery day." in (await ask(api, "/settings days")).text


@pytest.mark.usefixtures("chat")
async def test_a_chat_keeps_its_language_whatever_its_telegram_says(api: BotApi, store: Store) -> None:
    await ask(api, "/start")
    kept = await in_english(api, "/help")
    assert "구독 목록" in labels(kept)
    assert await language(store) is Language.KOREAN


@pytest.mark.usefixtures("chat")
async def test_a_chat_never_seen_is_answered_in_its_language_without_being_stored(
    api: BotApi, store: Store
) -> None:
    helped = await in_english(api, "/help")
    assert "My list" in labels(helped)
    assert await store.subscribers.get(ME) is None


@pytest.mark.usefixtures("chat")
async def test_the_language_is_chosen_in_the_settings_and_holds_at_once(api: BotApi, store: Store) -> None:
    panel = await ask(api, "/settings")
    api.press(panel, "언어 · Language")
    await api.until(lambda: api.messages(ME)[-1].edits)
    api.press(api.messages(ME)[-1], "English")
    await api.until(lambda: "✓ English" in labels(api.messages(ME)[-1]))
    assert "‹ Settings" in labels(api.messages(ME)[-1])
    assert await language(store) is Language.ENGLISH
    again = await ask(api, "/settings")
    assert labels(again)[:6] == SETTINGS
    assert "Time zone  Seoul" in again.text
    assert HANGUL.findall(again.text) == []


@pytest.mark.usefixtures("chat")
async def test_answers_to_commands_hold_no_korean_but_names(api: BotApi) -> None:
    names = "한빛누리전자|다온모비스텍|언어 · Language|LG전자|조주완"
    # a chat each, or the last ones would be too fast
    said = [
        await ask(api, text, number, **{"from": {**ENGLISH, "id": number}})
        for number, text in enumerate((
            "/start", "/help", "/subscribe 한빛누리전자", "/list", "/digest", "/digest off", "/digest 07:10",
            "/alerts", "/alerts all", "/quiet 22:00 07:00", "/timezone Europe/Paris", "/settings", "/moves",
            "/brief 한빛누리전자", "/brief 없는회사이름", "/calendar", "/trend 한빛누리전자", "/forget", "/nothing",
        ), 1000)
    ]  # fmt: skip
    told = [line for one in said for line in (one.text, *labels(one))]
    told = [re.sub(names, "", line).replace("없는회사이름", "") for line in told]
    assert [line for line in told if HANGUL.search(line)] == []


async def test_menus_are_set_in_both_languages(api: BotApi, desk: Desk, talking: Talking) -> None:
    async with talking(desk):
        await api.until(lambda: ("en", None) in api.menus_in)
        assert api.menu is not None
    korean, english = api.menu, api.menus_in["en", None]
    assert [line["command"] for line in korean] == [line["command"] for line in english]
    assert all(HANGUL.search(line["description"]) for line in korean)
    assert not any(HANGUL.search(line["description"]) for line in english)


async def test_a_bug_is_told_in_the_language_of_the_chat(api: BotApi, desk: Desk, talking: Talking) -> None:
    class Broken:
        def __getattr__(self, name: str) -> object:
            raise RuntimeError("away")

    async with talking(replace(desk, news=Broken())):  # type: ignore[arg-type]
        assert (await in_english(api, "/brief 한빛누리전자")).text.startswith("I could not answer")
        assert (await ask(api, "/brief 한빛누리전자", 78)).text.endswith("요.")


@pytest.mark.usefixtures("chat")
async def test_plain_english_words_are_commands(api: BotApi, store: Store) -> None:
    assert "You now follow 한빛누리전자" in (await in_english(api, "Follow 한빛누리전자")).text
    assert "You follow 1" in (await in_english(api, "list")).text
    assert "no longer follow" in (await in_english(api, "unfollow 한빛누리전자")).text
    assert "/brief" in (await in_english(api, "Help")).text


@pytest.mark.usefixtures("chat")
async def test_a_group_is_answered_in_the_language_it_has(api: BotApi, store: Store, clock: Clock) -> None:
    await store.subscribers.ensure(GROUP, clock(), (), "Asia/Seoul", Language.ENGLISH)
    helped = await ask(api, "/help", GROUP)
    assert "My list" in labels(helped)


@pytest.mark.usefixtures("chat")
async def test_chats_side_by_side_are_each_answered_in_their_own(api: BotApi) -> None:
    for number in range(80, 90):
        person = {**ENGLISH, "id": number, "language_code": "en" if number % 2 else "ko"}
        api.say(number, "/help", **{"from": person})
    for number in range(80, 90):
        helped = await api.next_message(number)
        assert labels(helped) == (["My list"] if number % 2 else ["구독 목록"])
