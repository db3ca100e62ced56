"""`@bot LG전자` in any chat."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from briefing.compose.markup import parse
from briefing.subscribers import FollowedPerson
from tests.bot.conftest import LONG_NAME
from tests.bot.talk import ME, ask
from tests.botapi_rooms import inline_results

STRANGER = 99


@pytest.fixture
async def news(publish) -> None:
    await publish("한빛누리전자", "남궁솔", "로봇에 더 투자하겠다")
    await publish("다온모비스텍", "도하준", "공장을 더 짓겠다")


pytestmark = pytest.mark.usefixtures("news")


def titles(results) -> list[str]:
    return [result["title"].split(" · ")[0] for result in results]


@pytest.mark.usefixtures("chat")
async def test_a_company_gives_its_briefing(api) -> None:
    (result, *_) = await inline_results(api, ME, "한빛누리전자")
    assert result["type"] == "article"
    assert result["title"].startswith("한빛누리전자 · 최근 7일")
    assert "남궁솔" in result["description"]
    content = result["input_message_content"]
    assert content["parse_mode"] == "HTML"
    said = parse(content["message_text"])
    assert said.units <= 4096
    assert "로봇에 더 투자하겠다" in said.text
    buttons = [button for row in result["reply_markup"]["inline_keyboard"] for button in row]
    assert "구독" in [button["text"] for button in buttons]
    assert all("callback_data" not in button for button in buttons), "the bot is no member there"
    sent = api.inline_answers[-1]
    assert (sent["is_personal"], sent["cache_time"]) == (True, 60)


@pytest.mark.usefixtures("chat")
async def test_its_links_do_in_private_what_the_buttons_say(api, store) -> None:
    (result, *_) = await inline_results(api, ME, "한빛누리전자")
    links = {b["text"]: b["url"] for row in result["reply_markup"]["inline_keyboard"] for b in row}
    start = {label: url.partition("?start=")[2] for label, url in links.items()}
    assert all(url.startswith("https://t.me/execbrief_test_bot?start=") for url in links.values())
    assert "최근 30일" in (await ask(api, f"/start {start['30일']}")).text
    assert "선임했다" in (await ask(api, f"/start {start['근거 보기']}")).text
    assert "구독했어요" in (await ask(api, f"/start {start['구독']}")).text
    assert (await store.subscribers.get(ME)).companies == ("한빛누리전자",)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("990010 30일", "한빛누리전자"),
        ("한빛누리전자 로", "한빛누리전자"),
        ("한빛누", "한빛누리전자"),
        ("HN", "한빛누리전자"),
        ("한빛누리젼자", "한빛누리전자"),
        ("남궁솔", "남궁솔"),
        ("남궁", "남궁솔"),
        (LONG_NAME[:10], LONG_NAME),
    ],
)
@pytest.mark.usefixtures("chat")
async def test_what_is_typed_is_understood_or_completed(api, query, first) -> None:
    results = await inline_results(api, ME, query)
    assert titles(results)[0].startswith(first)
    assert len(results) <= 5


@pytest.mark.parametrize("query", ["zzqqxx", "가" * 61, "<b>&"])
@pytest.mark.usefixtures("chat")
async def test_what_means_nothing_finds_nothing(api, query) -> None:
    assert await inline_results(api, ME, query) == []


@pytest.mark.usefixtures("chat")
async def test_without_words_one_s_own_subscriptions_else_companies_in_the_news(api, store) -> None:
    assert "한빛누리전자" in titles(await inline_results(api, STRANGER, ""))
    await ask(api, "/subscribe 새결바이오랩")
    await store.subscribers.follow(ME, FollowedPerson("도하준"), (await store.subscribers.get(ME)).created_at)
    mine = titles(await inline_results(api, ME, "  "))
    assert mine[0] == "새결바이오랩"
    assert mine[1].startswith("도하준")
    assert len(mine) == 2
    assert api.inline_answers[-1]["is_personal"] is True


async def test_only_who_is_admitted_finds_something_and_nothing_is_kept_for_others(
    api, desk, talking
) -> None:
    async with talking(replace(desk, allowed_ids=frozenset({ME}))):
        assert await inline_results(api, STRANGER, "한빛누리전자") == []
        assert api.inline_answers[-1]["cache_time"] == 0
        assert await inline_results(api, ME, "한빛누리전자") != []
        assert api.inline_answers[-1]["is_personal"] is True


async def test_trouble_is_one_harmless_result(api, desk, talking, caplog, tmp_path) -> None:
    async with talking(desk):
        with closing(sqlite3.connect(tmp_path / "test.sqlite3")) as database:
            database.execute("ALTER TABLE facts RENAME TO away")
        (result,) = await inline_results(api, ME, "없는회사")
    assert result["title"] == "지금은 찾아보지 못했어요. 잠시 뒤에 다시 해 주세요."
    assert api.inline_answers[-1]["cache_time"] == 0
    assert "an inline query failed" in caplog.text
