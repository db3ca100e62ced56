"""What cannot be done is refused with its reason, and with what can be done instead."""

from __future__ import annotations

import pytest

from bot.handlers import Desk
from briefing.subscribers import Subscriber
from tests.bot.talk import ME, ask, press

pytestmark = pytest.mark.usefixtures("chat")

HNE, DMB = "한빛누리전자", "다온모비스텍"


async def me(desk: Desk) -> Subscriber:
    found = await desk.subscribers.get(ME)
    assert found is not None
    return found


@pytest.mark.parametrize("command", ["calendar", "trend"])
async def test_a_person_behind_a_command_for_companies(api, publish, command) -> None:
    await publish(HNE, "남궁별", "공장을 짓겠다")
    asked = await ask(api, f"/{command} 남궁별")
    assert asked.text == f"남궁별은 인물이에요. /{command} 뒤에는 회사 이름을 적어 주세요."
    assert asked.labels == ["인물: 남궁별", HNE]
    assert (await press(api, asked, "인물: 남궁별")).text.startswith(f"남궁별 · {HNE}")


async def test_several_people_at_once(api, publish) -> None:
    await publish(HNE, "남궁별", "공장을 짓겠다")
    await publish(DMB, "서문빛", "로봇에 투자하겠다")
    assert (await ask(api, "/who 남궁별, 서문빛")).text.startswith("남궁별")
    assert (await api.next_message(ME)).text.startswith("서문빛")


async def test_somebody_is_followed_once(api, desk: Desk, publish) -> None:
    await publish(HNE, "남궁별", "공장을 짓겠다")
    await ask(api, "/subscribe 남궁별")
    assert (await ask(api, f"/subscribe 남궁별 {HNE}")).text == "남궁별은 이미 구독하고 있어요."
    assert [(one.name, one.company) for one in (await me(desk)).persons] == [("남궁별", None)]


async def test_who_is_followed_anywhere_needs_no_company(api, desk: Desk, publish) -> None:
    await publish(HNE, "남궁별", "공장을 짓겠다")
    await ask(api, f"/subscribe 남궁별 {HNE}")
    assert "구독했어요" in (await ask(api, "/subscribe 남궁별")).text
    assert [(one.name, one.company) for one in (await me(desk)).persons] == [("남궁별", None)]


async def test_hours_are_refused_with_their_reason(api, desk: Desk) -> None:
    many = await ask(api, "/digest 7시 8시 9시 10시 11시 12시 13시")
    assert many.text.startswith("하루 6번까지 받을 수 있어요")
    assert (await ask(api, "/quiet 22:00 22:00")).text.startswith("시작과 끝이 같아서")
    assert (await ask(api, "/quiet 22:00")).text.startswith("‘22:00’을 시간으로 읽지 못했어요")
    assert (await ask(api, "/digest 매주 월요일 9시")).text.startswith("이제 월 09:00")
    assert (await me(desk)).digest_days == frozenset({1})
    assert (await ask(api, "/digest 아침 일곱 시")).text.startswith("이제 월 07:00")


async def test_names_beyond_the_limit_are_named(api) -> None:
    names = [HNE, DMB, "새결바이오랩", "남궁별", "서문빛", "한빛누리그룹", "독고윤"]
    api.say(ME, f"/brief {', '.join(names)} 인사")
    while "5곳까지" not in (said := await api.next_message(ME)).text:
        pass
    assert said.text.endswith("한빛누리그룹, 독고윤은 다시 보내 주세요.")
    assert said.labels == ["한빛누리그룹"]
    assert (await press(api, said, "한빛누리그룹")).text.startswith("한빛누리그룹 · 인사")


async def test_what_is_followed_is_found_though_misspelt(api, desk: Desk, publish) -> None:
    await publish("새솔누리화학", "남궁별", "공장을 짓겠다")
    await ask(api, "/subscribe 새솔누리화학")
    await ask(api, "/subscribe 남궁별")
    asked = await ask(api, "/unsubscribe 새솔누리화확")
    assert asked.text == "‘새솔누리화확’을 찾지 못했어요. 혹시 이 회사인가요?"
    assert asked.labels == ["새솔누리화학"]
    person = await ask(api, "/unsubscribe 남궁벌")
    assert (person.text, person.labels) == ("‘남궁벌’을 찾지 못했어요. 혹시 이분인가요?", ["남궁별"])


@pytest.mark.parametrize("typed", ["/subscribe 남궁벌", "남궁벌 소식 받고 싶어"])
async def test_somebody_misspelt_is_offered_to_follow(api, desk: Desk, publish, typed) -> None:
    await publish(HNE, "남궁별", "공장을 짓겠다")
    asked = await ask(api, typed)
    assert (asked.text, asked.labels) == ("‘남궁벌’을 찾지 못했어요. 혹시 이분인가요?", ["남궁별 구독"])
    assert "구독했어요" in (await press(api, asked, "남궁별 구독")).text


async def test_somebody_misspelt_in_a_sentence(api, publish) -> None:
    await publish(HNE, "남궁별", "공장을 짓겠다")
    assert (await ask(api, "남궁벌 소식 알려줘")).labels == ["인물: 남궁별"]
    assert (await ask(api, "/calendar 남궁벌")).labels == ["인물: 남궁별"]


async def test_dead_ends_lead_to_help(api) -> None:
    asked = await ask(api, "/brief 아무도모르는회사")
    assert asked.text.endswith("회사·인물·주제 이름이나 종목코드로 다시 보내 주세요.")
    told = await press(api, asked, "도움말")
    for word in ("쉼표로 여럿", "/quiet", "/timezone", "언어", "LG전자 어제", "LG전자 사장"):
        assert word in told.text
    several = await ask(api, "/subscribe 아무도모르는회사, 누구도모르는상사")
    assert several.labels == ["도움말"]
