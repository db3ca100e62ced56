"""Questions, wishes and subscriptions said in sentences."""

from __future__ import annotations

from datetime import date

import pytest

from bot.handlers.phrasing import plainer
from briefing.korean.lexicon import words
from tests.bot.talk import ME, ask, press

HNE = "한빛누리전자"
WORDS = "가전의 구독 사업을 세 배로 키우겠다"


@pytest.mark.parametrize(
    "question",
    [
        f"{HNE} 소식 알려줘",
        f"{HNE} 관련 뉴스 좀 보여줘",
        f"{HNE} 요즘 뭐해?",
        f"{HNE}는 요즘 근황이 어때?",
        f"what did {HNE} do recently?",
    ],
)
@pytest.mark.usefixtures("chat")
async def test_words_that_only_ask_may_stand_several_times(api, publish, question) -> None:
    await publish(HNE, "남궁별", WORDS)
    assert (await ask(api, question)).text.startswith(f"{HNE} · 최근 7일")


@pytest.mark.usefixtures("chat")
async def test_days_are_read_among_words_that_ask(api, publish) -> None:
    await publish(HNE, "남궁별", WORDS, hours_ago=24)
    answer = await ask(api, f"{HNE} 어제 소식 알려줘")
    assert answer.text.startswith(f"{HNE} · 3.2(월) 보도")


@pytest.mark.parametrize(
    "question",
    [
        f"{HNE} 대표는 누구야?",
        f"{HNE}의 대표이사는 누구?",
        f"누가 {HNE} 대표야?",
        f"{HNE} 대표이사가 누구예요",
        f"대표이사가 누구예요 {HNE}",
        f"who is the CEO of {HNE}?",
    ],
)
@pytest.mark.usefixtures("chat")
async def test_who_holds_a_title_is_asked_in_a_sentence(api, publish, question) -> None:
    await publish(HNE, "남궁별", WORDS)
    answer = await ask(api, question)
    assert answer.text.startswith(f"{HNE} · ")
    assert "남궁별 " in answer.text
    assert "최근 7일" not in answer.text


@pytest.mark.parametrize(
    "question", ["남궁별은 누구야?", "남궁별이 누구예요", "남궁별 대표님 누구인가요", "who is 남궁별?"]
)
@pytest.mark.usefixtures("chat")
async def test_who_somebody_is_is_asked_in_a_sentence(api, publish, question) -> None:
    await publish(HNE, "남궁별", WORDS)
    assert (await ask(api, question)).text.startswith("남궁별")


@pytest.mark.parametrize(
    "question",
    [
        f"{HNE} 다음주 일정",
        f"{HNE} 내일",
        f"{HNE} 다음 주 일정 알려줘",
        f"/calendar {HNE} 내일",
        f"내일 {HNE} 일정은?",
        f"{HNE} 일정 알려줘",
    ],
)
@pytest.mark.usefixtures("chat")
async def test_days_to_come_are_the_calendar(api, announce, question) -> None:
    await announce(HNE, "남궁별", "신제품 발표회", date(2026, 3, 9))
    answer = await ask(api, question)
    assert answer.text.startswith(f"{HNE} 일정 · 예정 1건")


@pytest.mark.parametrize("question", ["오늘 인사 있어?", "오늘 인사 좀 알려줘", "/moves 있나요?"])
@pytest.mark.usefixtures("chat")
async def test_moves_of_today_are_asked_in_a_sentence(api, publish, question) -> None:
    await publish(HNE, "남궁별", WORDS)
    assert (await ask(api, question)).text.startswith("임원 인사 · 3.3(화)")


@pytest.mark.usefixtures("chat")
async def test_an_english_question_is_answered_and_english_offered(api, publish) -> None:
    await publish("LG전자", "남궁별", WORDS)
    assert (await ask(api, "what did LG Electronics do this week?")).text.startswith("LG전자 · ")
    hint = await api.next_message(ME)
    assert "/settings switches me to English" in hint.text
    assert "English" in (await press(api, hint, "언어 · Language")).labels


def test_a_name_that_ends_like_a_particle_is_tried_whole_first() -> None:
    assert plainer("새온이 소식은?", lambda _: False) == ("새온이", "새온")
    assert plainer("새온이", lambda _: False) == ("새온",)
    assert plainer("가나", lambda _: False) == ()


def test_words_that_ask_are_lower_case() -> None:
    for part in ("asking", "endings"):
        # words() refuses one that stands twice
        assert all(word == word.lower() for word in words("phrases.toml", part, "words"))
