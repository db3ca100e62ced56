"""Leaving everything, or somebody, twice over, by words, and in a channel."""

from __future__ import annotations

import asyncio

import pytest

from bot.handlers import Desk
from bot.handlers.buttons import react
from bot.keyboards import minutes_of
from briefing.model import Action
from tests.bot.talk import ME, ask, press
from tests.bot.test_bot_newcomer import DAON, HNE, edited, me

pytestmark = pytest.mark.usefixtures("chat")


async def test_a_second_yes_says_that_nothing_is_left(api, desk: Desk) -> None:
    await ask(api, f"/subscribe {HNE}, {DAON}")
    first, second = await ask(api, "/unsubscribe 전체"), await ask(api, "모두 해지")
    assert (await edited(api, first, "모두 해지")).text.startswith("구독 2개를 모두 해지했어요.")
    assert (await edited(api, second, "모두 해지")).text == "이제 구독하는 것이 없어요."
    assert (await me(desk)).follows_nothing


async def test_two_presses_at_one_time_do_not_share_out_the_count(api, desk: Desk) -> None:
    await ask(api, f"/subscribe {HNE}, {DAON}")
    yes = Action("unsubscribe_all", ("yes", minutes_of(desk.clock())))
    done = await asyncio.gather(react(desk, ME, yes), react(desk, ME, yes))
    first, second = sorted(one.parts[0].html for one in done if one)
    assert first.startswith("구독 2개를 모두 해지했어요.")
    assert second == "이제 구독하는 것이 없어요."


async def test_yes_and_no_by_words_answer_the_question_whether_to_leave_everything(api, desk: Desk) -> None:
    await ask(api, f"/subscribe {HNE}")
    await ask(api, "/unsubscribe 전체")
    assert "‘모두 해지’를 눌러" in (await ask(api, "네")).text
    assert (await ask(api, "아니요")).text == "해지하지 않았어요. 그대로 계속 보내 드릴게요."
    assert (await ask(api, "네")).text == "알겠어요. 아무것도 바꾸지 않았어요."
    question = await ask(api, "모두 해지")
    await edited(api, question, "모두 해지")
    assert (await ask(api, "아니요")).text == "알겠어요. 아무것도 바꾸지 않았어요."


async def test_a_question_that_was_not_asked_is_not_remembered(api) -> None:
    await ask(api, "/unsubscribe 전체")
    assert (await ask(api, "네")).text == "알겠어요. 아무것도 바꾸지 않았어요."


async def test_a_second_press_says_that_a_person_is_not_followed(api, desk: Desk, publish, clock) -> None:
    await publish(HNE, "남궁별", "구독 사업을 키우겠다")
    await ask(api, "/subscribe 남궁별")
    page = await ask(api, "남궁별")
    assert "남궁별 구독을 해지했어요" in (await press(api, page, "구독 취소")).text
    # the press is done with before the next question of its chat is answered
    await ask(api, "/list")
    clock.advance(minutes=1)
    again = await press(api, page, "구독 취소")
    assert again.text == "남궁별은 구독하고 있지 않아요."
    assert again.labels == ["구독 목록"]


async def test_a_button_of_one_namesake_leaves_no_other(api, desk: Desk, publish) -> None:
    await publish(HNE, "남궁별", "구독 사업을 키우겠다")
    await ask(api, f"/subscribe 남궁별 {HNE}")
    said = await react(desk, ME, Action("unfollow_person", ("남궁별", "-", "new")))
    assert said is not None
    assert "구독하고 있지 않아요" in said.parts[0].html
    assert len((await me(desk)).persons) == 1


async def test_a_second_press_on_a_topic_says_so_too(api, desk: Desk) -> None:
    await ask(api, "/subscribe 주제 AI")
    pressed = Action("unfollow_topic", ("-", "ai"))
    for said in ("해지했어요", "AI 발언은 구독하고 있지 않아요."):
        done = await react(desk, ME, pressed)
        assert done is not None
        assert said in done.parts[0].html
    assert await react(desk, ME, Action("unfollow_topic", ("-", "no-topic"))) is None
