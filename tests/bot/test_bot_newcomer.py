"""What people who tried the bot stumbled over: subscribing, leaving, hours, settings, coming back."""

from __future__ import annotations

from datetime import time

import pytest

from bot.handlers import Desk
from briefing.model import FactKind
from briefing.subscribers import FollowedTopic, Quiet, Subscriber
from tests.bot.talk import ME, ask, press
from tests.botapi import BotApi, Message

pytestmark = pytest.mark.usefixtures("chat")

HNE, DAON = "한빛누리전자", "다온모비스텍"


async def me(desk: Desk) -> Subscriber:
    found = await desk.subscribers.get(ME)
    assert found is not None
    return found


def now(api: BotApi, message: Message) -> Message:
    """A message as it is now."""
    return next(one for one in api.messages(ME) if one.message_id == message.message_id)


async def edited(api: BotApi, message: Message, label: str) -> Message:
    """A message after a press that changes it."""
    before = now(api, message).edits
    api.press(now(api, message), label)
    await api.until(lambda: now(api, message).edits > before)
    return now(api, message)


@pytest.mark.parametrize("typed", [f"남궁별 {DAON}", f"{DAON} 남궁별"])
async def test_a_person_of_another_company_is_asked_back(api, desk, publish, typed) -> None:
    await publish(HNE, "남궁별", "구독 사업을 키우겠다")
    asked = await ask(api, f"/subscribe {typed}")
    assert f"{DAON}의 ‘남궁별’은 기사에서 찾지 못했어요" in asked.text
    assert asked.labels == [f"남궁별({HNE})", f"{DAON} 구독"]
    assert await desk.subscribers.get(ME) is None or (await me(desk)).follows_nothing
    await press(api, asked, f"남궁별({HNE})")
    (followed,) = (await me(desk)).persons
    assert (followed.name, followed.company) == ("남궁별", HNE)


async def test_a_person_of_the_company_typed_is_followed_at_once(api, desk, publish) -> None:
    await publish(HNE, "남궁별", "구독 사업을 키우겠다")
    assert "구독했어요" in (await ask(api, f"/subscribe 남궁별 {HNE}")).text
    assert (await me(desk)).persons[0].company == HNE


async def test_everything_followed_can_be_left_by_a_button(api, desk, publish) -> None:
    await publish(HNE, "남궁별", "구독 사업을 키우겠다")
    for name in (DAON, "LG그룹", "남궁별", "주제 AI"):
        await ask(api, f"/subscribe {name}")
    everything = [DAON, "LG그룹", "남궁별", "AI 발언"]
    for number, label in enumerate(everything):
        asked = await ask(api, "/unsubscribe")
        assert asked.labels == everything[number:]
        await edited(api, asked, label)
    assert (await me(desk)).follows_nothing


async def test_everything_is_left_at_once_after_a_question(api, desk, publish, clock) -> None:
    assert "구독" in (await ask(api, "/unsubscribe 전체")).text
    await publish(HNE, "남궁별", "구독 사업을 키우겠다")
    for name in (DAON, "LG그룹", "남궁별", "주제 AI"):
        await ask(api, f"/subscribe {name}")
    asked = await ask(api, "/unsubscribe 전체")
    assert asked.text == "구독 4개를 모두 해지할까요?"
    assert asked.labels == ["모두 해지", "그만두기"]
    assert "해지하지 않았어요" in (await edited(api, asked, "그만두기")).text
    old = await ask(api, "모두 해지")
    clock.advance(hours=2)
    assert "해지했어요" not in (await press(api, old, "모두 해지")).text
    assert len((await me(desk)).companies) == 2
    done = await edited(api, await ask(api, "/unsubscribe all"), "모두 해지")
    assert done.text.startswith("구독 4개를 모두 해지했어요.")
    assert (await me(desk)).follows_nothing


async def test_a_company_that_shares_its_name_with_a_group_offers_the_group(api, desk) -> None:
    done = await ask(api, "/subscribe LG")
    assert "LG그룹 구독" in done.labels
    await press(api, done, "LG그룹 구독")
    assert set((await me(desk)).companies) == {"LG", "LG그룹"}
    assert "LG그룹 구독" not in (await ask(api, "/subscribe LG")).labels
    await ask(api, "/subscribe SK 전체, 한화그룹 전체")
    assert set((await me(desk)).companies) == {"LG", "LG그룹", "SK그룹", "한화그룹"}


async def test_an_unknown_topic_is_answered_with_all_topics(api, desk) -> None:
    asked = await ask(api, "/subscribe 주제 바나나")
    assert "‘바나나’는 아는 주제가 아니에요" in asked.text
    assert {"AI", "투자", "주주"} <= set(asked.labels)
    await press(api, asked, "투자")
    assert [one.topic for one in (await me(desk)).topics] == ["investment"]
    assert isinstance((await me(desk)).topics[0], FollowedTopic)
    assert "AI" in (await ask(api, "/subscribe 주제")).labels


@pytest.mark.parametrize("typed", ["weekdays 8am", "평일 오전 8시", "8:00 am on weekdays"])
async def test_days_and_an_hour_in_either_language(api, desk, typed) -> None:
    assert (await ask(api, f"/digest {typed}")).text == "이제 평일 08:00에 보내 드릴게요."
    assert (await me(desk)).digest_times == (time(8),)
    assert (await me(desk)).digest_days == frozenset(range(1, 6))


async def test_the_digest_comes_back_at_its_hours(api, desk) -> None:
    await ask(api, "/digest 07:30 18:00")
    await ask(api, "/digest 끄기")
    assert (await me(desk)).digest_times == ()
    assert (await me(desk)).next_digest is None
    # off is off, however often
    await ask(api, "/digest 끄기")
    assert "07:30, 18:00" in (await ask(api, "/digest 켜기")).text
    assert (await me(desk)).digest_times == (time(7, 30), time(18))
    assert (await me(desk)).paused_times == ()


async def test_hours_turned_off_in_the_settings_come_back_too(api, desk) -> None:
    await ask(api, "/digest 07:30 18:00")
    page = await ask(api, "/settings")
    page = await edited(api, page, "받는 시각")
    page = await edited(api, page, "받지 않기")
    assert (await me(desk)).digest_times == ()
    assert "07:30, 18:00" in (await ask(api, "/digest 켜기")).text


@pytest.mark.parametrize(
    ("typed", "hours", "days"),
    [
        ("매일 9시", (time(9),), {1, 2, 3, 4, 5, 6, 7}),
        ("평일 오전 8시", (time(8),), {1, 2, 3, 4, 5}),
        ("9시 매일", (time(9),), {1, 2, 3, 4, 5, 6, 7}),
        ("주말 10시 반", (time(10, 30),), {6, 7}),
        ("weekdays 07:30 18:00", (time(7, 30), time(18)), {1, 2, 3, 4, 5}),
        ("7시 18시", (time(7), time(18)), {1, 2, 3, 4, 5, 6, 7}),
    ],
)
async def test_hours_of_the_digest_as_people_say_them(api, desk, typed, hours, days) -> None:
    assert "보내 드릴게요" in (await ask(api, f"/digest {typed}")).text
    assert (await me(desk)).digest_times == hours
    assert (await me(desk)).digest_days == days
    assert (await me(desk)).next_digest is not None


@pytest.mark.parametrize(
    "typed", ["22시 7시", "22:00-07:00", "22시~7시", "밤 10시부터 아침 7시까지", "22시부터 7시"]
)
async def test_quiet_hours_as_people_say_them(api, desk, typed) -> None:
    await ask(api, f"/quiet {typed}")
    assert (await me(desk)).quiet == Quiet(time(22), time(7))


@pytest.mark.parametrize("typed", ["9", "9시 친구"])
async def test_what_are_no_two_hours(api, desk, typed) -> None:
    assert "읽지 못했어요" in (await ask(api, f"/quiet {typed}")).text


async def notice(api, page, label: str) -> str:
    before = len(api.called("answerCallbackQuery"))
    api.press(page, label)
    await api.until(lambda: len(api.called("answerCallbackQuery")) > before)
    return api.called("answerCallbackQuery")[-1].get("text", "")


async def test_why_a_setting_cannot_be_turned_off_is_said(api, desk) -> None:
    page = await ask(api, "/settings")
    page = await edited(api, page, "소식 종류")
    for label in ("✓ 행보", "✓ 전략 발언"):
        page = await edited(api, page, label)
    assert "한 가지는 남겨" in await notice(api, page, "✓ 인사")
    assert (await me(desk)).kinds == {FactKind.MOVE}


async def test_the_last_weekday_and_a_seventh_hour_are_refused_with_a_reason(api, desk) -> None:
    await ask(api, "/digest 06:00 07:00 08:00 09:00 12:00 15:00")
    page = await ask(api, "/settings")
    page = await edited(api, page, "받는 시각")
    assert "하루 6번까지" in await notice(api, page, "18:00")
    assert len((await me(desk)).digest_times) == 6
    assert "✓ 06:00" not in (await edited(api, page, "✓ 06:00")).labels
    await ask(api, "/digest 주말 8시")
    days = await ask(api, "/settings")
    days = await edited(api, days, "요일")
    days = await edited(api, days, "✓ 토")
    assert "하루는 남겨" in await notice(api, days, "✓ 일")


async def test_who_comes_back_sees_what_is_followed(api) -> None:
    assert "아래에서 회사를 누르면" in (await ask(api, "/start")).text
    await ask(api, f"/subscribe {HNE}")
    assert (await ask(api, "/start")).text.startswith("다시 오셨네요")
    assert f"• {HNE}" in (await api.next_message(ME)).text
