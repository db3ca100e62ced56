"""People, topics, moves of the day and calendars, asked over real long polling."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from briefing.model import Extraction, Quote, QuotedBy, Span
from tests.bot.talk import ME, ask, press

pytestmark = pytest.mark.usefixtures("chat")

NAMES = tuple(f"강{first}{second}" for first in "가나다라마바" for second in "람솔"[:2])


# ---------------------------------------------------------------------- people


async def test_a_person_is_told_by_post_moves_and_words_with_dates_and_sources(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다", topics=("investment",))
    seen = await ask(api, "/who 남궁솔")
    assert "현직\n• 한빛누리전자 대표이사 — 선임\n" in seen.text
    assert "한빛누리전자 대표이사 선임 · 3.3 가람일보 보도" in seen.text
    assert "• 투자\n" in seen.text
    assert "“공장을 늘리겠다”" in seen.text
    assert "https://garam.example/1" in seen.links
    assert "대표이사에 선임했다" in (await press(api, seen, "근거 보기")).text


@pytest.mark.parametrize(
    "question",
    [
        "남궁솔",
        "/brief 남궁솔",
        "남궁솔 대표이사",
        "남궁솔 대표님",
        "한빛누리전자 대표님 남궁솔",
        "한빛누리전자 남궁솔",
        "HNE 남궁솔 사장",
        "HNE 대표이사 남궁솔",
        "/who 한빛누리전자 남궁 솔",
        "인물 남궁솔",
    ],
)
async def test_a_person_is_found_however_asked(api, publish, question) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    assert "현직" in (await ask(api, question)).text


@pytest.mark.parametrize(
    "question",
    [
        "한빛누리전자 대표이사",
        "/brief HNE CEO 누구야?",
        "한빛누리그룹 대표",
        "/who HNE CEO",
        "HNE 대표님 누구야?",
    ],
)
async def test_who_holds_a_title_at_a_company(api, publish, promote, question) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    await publish("새결바이오랩", "독고윤", "신약을 내겠다")
    await promote("한빛누리전자", ["서문빛"], "부사장")
    asked = await ask(api, question)
    assert "남궁솔 대표이사 — 선임 · 3.3 가람일보 보도" in asked.text
    assert "서문빛" not in asked.text
    assert "독고윤" not in asked.text
    assert "현직" in (await press(api, asked, "인물: 남궁솔")).text
    vice = await ask(api, "한빛누리전자 부사장")
    assert "서문빛 부사장 — 승진" in vice.text
    assert "남궁솔" not in vice.text


async def test_a_title_that_nobody_is_told_to_hold(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    asked = await ask(api, "한빛누리전자 감사")
    assert asked.text == "한빛누리전자 · 감사 · 확인된 사람 없음"
    assert asked.labels == ["한빛누리전자 브리핑"]


async def test_namesakes_are_told_apart_by_buttons(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    await publish("새결바이오랩", "남궁솔", "신약을 내겠다", hours_ago=5)
    asked = await ask(api, "/who 남궁솔")
    assert "2명" in asked.text
    assert asked.labels == ["남궁솔 · 새결바이오랩", "남궁솔 · 한빛누리전자"]
    seen = await press(api, asked, "남궁솔 · 새결바이오랩")
    assert "신약을 내겠다" in seen.text
    assert "공장" not in seen.text
    assert "공장을 늘리겠다" in (await ask(api, "한빛누리전자 남궁솔")).text


async def test_a_briefing_leads_to_its_person(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    await publish("새결바이오랩", "남궁솔", "신약을 내겠다", hours_ago=5)
    seen = await press(api, await ask(api, "/brief 한빛누리전자"), "인물: 남궁솔")
    assert "공장을 늘리겠다" in seen.text
    assert "신약" not in seen.text


async def test_who_without_a_name_or_with_an_unknown_one_says_what_to_do(api) -> None:
    assert "/who 조주완" in (await ask(api, "/who")).text
    assert "‘황보없음’" in (await ask(api, "/who 황보없음")).text
    asked = await ask(api, "/who 한빛누리전자")
    assert asked.labels == ["한빛누리전자 브리핑"]


# ---------------------------------------------------------------------- topics


@pytest.mark.parametrize(
    "question",
    ["/brief 한빛누리전자 AI", "한빛누리전자 ai", "한빛누리전자 인공지능 30일", "/brief 990010 30일 AI"],
)
async def test_a_topic_shows_only_words_on_it(api, publish, question) -> None:
    await publish("한빛누리전자", "남궁솔", "인공지능에 걸겠다", topics=("ai",))
    await publish("한빛누리전자", "위나래", "배당을 늘리겠다", topics=("shareholder",), hours_ago=5)
    seen = await ask(api, question)
    assert "한빛누리전자 · AI · 최근" in seen.text
    assert ("30일" in seen.text) == ("30일" in question)
    assert "인공지능에 걸겠다" in seen.text
    assert "배당" not in seen.text
    assert "인사" not in seen.text


@pytest.mark.parametrize("question", ["AI", "/brief 주제 AI", "인공지능 발언"])
async def test_words_on_a_topic_of_all_companies(api, desk, publish, question) -> None:
    await publish("한빛누리전자", "남궁솔", "인공지능에 걸겠다", topics=("ai",))
    await publish("새결바이오랩", "독고윤", "배당을 늘리겠다", topics=("shareholder",), hours_ago=9)
    await publish("다온모비스텍", "서문빛", "로봇이 스스로 배운다", topics=("ai",), hours_ago=240)
    seen = await ask(api, question)
    assert seen.text.startswith("AI · 전략 발언 · 최근 7일")
    assert "한빛누리전자 남궁솔 대표이사" in seen.text
    assert "인공지능에 걸겠다" in seen.text
    assert "배당" not in seen.text
    assert "로봇" not in seen.text
    assert seen.labels == ["30일", "구독", "근거 보기"]
    longer = await press(api, seen, "30일")
    assert "로봇이 스스로 배운다" in longer.text
    await press(api, longer, "구독")
    subscriber = await desk.subscribers.get(ME)
    assert subscriber is not None
    assert [(one.topic, one.company) for one in subscriber.topics] == [("ai", None)]
    again = await press(api, await ask(api, "/list"), "AI 발언")
    assert "인공지능에 걸겠다" in again.text


async def test_what_is_called_a_topic_and_is_none_is_answered_with_all(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "인공지능에 걸겠다", topics=("ai",))
    asked = await ask(api, "/brief 주제 낚시")
    assert asked.text == "‘낚시’는 아는 주제가 아니에요. 어떤 발언을 볼까요?"
    assert "인공지능에 걸겠다" in (await press(api, asked, "AI")).text


async def test_a_group_by_the_word_for_all_of_it(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "인공지능에 걸겠다", topics=("ai",))
    for question in ("한빛누리그룹 전체", "/brief 한빛누리그룹 전체 30일", "한빛누리그룹 전체 AI"):
        seen = await ask(api, question)
        assert seen.text.startswith("한빛누리그룹 · ")
        assert "인공지능에 걸겠다" in seen.text
    assert (await ask(api, "LG 전체")).text.startswith("LG그룹 · ")
    assert (await ask(api, "한빛누리전자 전체")).text.startswith("한빛누리전자 · ")


async def test_an_unknown_topic_offers_those_there_are(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "주주에게 돌려주겠다", topics=("shareholder",))
    asked = await ask(api, "/brief 한빛누리전자 낚시")
    assert asked.text == "‘낚시’는 알아듣지 못했어요. 한빛누리전자 소식을 보여 드릴게요."
    # only what there are words on
    assert asked.labels == ["주주"]
    assert (await api.next_message(ME)).text.startswith("한빛누리전자 · 최근 7일")
    assert "주주에게 돌려주겠다" in (await press(api, asked, "주주")).text


async def test_a_misspelt_company_keeps_its_topic(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "인공지능에 걸겠다", topics=("ai",))
    asked = await ask(api, "/brief 한빛누리전저 AI")
    assert "한빛누리전자 · AI" in (await press(api, asked, "한빛누리전자")).text


async def test_words_that_no_message_shows_take_no_place_of_those_that_one_does(
    api, publish, record, monkeypatch
) -> None:
    monkeypatch.setattr("briefing.pipeline.lookups.MOST_WORDS", 2)
    await publish("한빛누리전자", "남궁솔", "인공지능에 걸겠다", topics=("ai",), hours_ago=60)
    text = '위나래 한빛누리전자 상무는 "인공지능 행사에 와 주셔서 고맙다"라고 말했다.'
    said = Span(13, 33)
    thanks = Quote(
        "위나래", "한빛누리전자", "상무", text[13:33], QuotedBy.EXECUTIVE, False, said, (Span(0, len(text)),),
        topics=("ai",),
    )  # fmt: skip
    for _ in range(2):
        await record(text, text, Extraction(relevant=True, quotes=(thanks,)), 3)
    seen = await ask(api, "AI")
    assert "인공지능에 걸겠다" in seen.text
    assert "많아" not in seen.text
    # of three there are more than are looked at
    await publish("새결바이오랩", "독고윤", "신약도 인공지능이다", topics=("ai",), hours_ago=30)
    await publish("다온모비스텍", "서문빛", "로봇이 스스로 배운다", topics=("ai",), hours_ago=3)
    cut = await ask(api, "AI")
    assert "\n발언이 많아 3.2(월)부터 찾아봤어요.\n" in cut.text
    assert "인공지능에 걸겠다" not in cut.text


# ---------------------------------------------------------------------- moves


async def test_more_days_than_are_shown_are_cut_aloud(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    assert "\n한 번에 31일까지만 보여 드려요.\n" in (await ask(api, "/moves 60일")).text
    assert "\n한 번에 365일까지만 보여 드려요.\n" in (await ask(api, "/brief 한빛누리전자 9999일")).text
    assert "\n한 번에 31일까지만 보여 드려요.\n" in (await ask(api, "/brief 기술 60일")).text + "\n"
    nothing = await ask(api, "/brief 다온모비스텍 3년")
    assert nothing.text.endswith("임원 소식 없음\n한 번에 365일까지만 보여 드려요.")
    for question in ("/moves 31일", "/moves", "/brief 한빛누리전자 365일", "/brief 한빛누리전자 올해"):
        assert "까지만" not in (await ask(api, question)).text


async def test_the_moves_of_today_over_all_companies(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    await publish("새결바이오랩", "위나래", "신약을 내겠다", hours_ago=4)
    await publish("다온모비스텍", "어제솔", "어제 한 말이다", hours_ago=9)
    today = await ask(api, "/moves")
    assert "3.3(화)" in today.text
    assert "회사 2곳 · 2명" in today.text
    assert "위나래" in today.text
    assert "어제솔" not in today.text
    week = await press(api, today, "최근 7일")
    assert "최근 7일 (2.25–3.3)" in week.text
    assert "어제솔" in week.text
    assert " · 3.2 " in week.text


async def test_a_period_that_is_none_is_asked_back(api) -> None:
    assert "/moves 7일" in (await ask(api, "/moves 언젠가")).text


async def test_a_long_list_is_folded_and_a_button_shows_the_rest(api, promote) -> None:
    await promote("한빛누리전자", NAMES, "상무")
    for question in ("/moves", "/brief 한빛누리전자"):
        seen = await ask(api, question)
        assert "상무 승진 12명: 강가람·강가솔·강나람 외 9명" in seen.text
        assert NAMES[-1] not in seen.text
        rest = await press(api, seen, "상무 승진 12명 보기")
        assert all(name in rest.text for name in NAMES)


# ---------------------------------------------------------------------- calendars


async def test_announced_occasions_come_as_a_list_and_as_a_file(api, announce) -> None:
    await announce("한빛누리전자", "남궁솔", "누리 개발자 대회", date(2026, 3, 12))
    await announce("한빛누리전자", "위나래", "지난 포럼", date(2026, 3, 1))
    await announce("한빛누리전자", "위나래", "어느 만찬", None)
    listed = await ask(api, "/calendar 한빛누리전자")
    assert "3.12(목) 남궁솔 사장 누리 개발자 대회" in listed.text
    assert "지난 포럼" not in listed.text
    assert "날짜 미정" in listed.text
    sent = await api.next_message(ME)
    assert sent.file.name == "한빛누리전자-일정.ics"
    assert sent.file.media_type == "text/calendar"
    (event,) = Calendar.from_ical(sent.file.data).walk("VEVENT")
    assert event.decoded("DTSTART") == date(2026, 3, 12)
    assert event["URL"] == "https://garam.example/1"


async def test_what_is_announced_again_weeks_later_is_one_occasion(api, announce) -> None:
    await announce("한빛누리전자", "남궁솔", "누리 개발자 대회", date(2026, 3, 12), hours_ago=24 * 40)
    await announce("한빛누리전자", "남궁솔", "누리 개발자 대회", date(2026, 3, 12))
    listed = await ask(api, "/calendar 한빛누리전자")
    assert "예정 1건" in listed.text
    assert "보도 2건" in listed.text
    (event,) = Calendar.from_ical((await api.next_message(ME)).file.data).walk("VEVENT")
    assert event["URL"] == "https://garam.example/1"


async def test_without_a_name_the_calendar_is_of_all_that_is_followed(api, announce) -> None:
    await announce("한빛누리전자", "남궁솔", "누리 개발자 대회", date(2026, 3, 12))
    await announce("새결바이오랩", "위나래", "새결 설명회", date(2026, 3, 10))
    assert (await ask(api, "/calendar")).labels == ["한빛누리전자", "다온모비스텍"]
    await ask(api, "/subscribe 한빛누리전자, 새결바이오랩")
    listed = await ask(api, "/calendar")
    assert listed.text.index("새결 설명회") < listed.text.index("누리 개발자 대회")
    assert "구독 2곳 일정" in listed.text


async def test_nothing_announced_is_one_line_without_a_file(api, announce) -> None:
    await announce("한빛누리전자", "남궁솔", "지난 포럼", date(2026, 3, 1))
    assert (await ask(api, "/calendar 한빛누리전자")).text == "한빛누리전자 · 예정된 일정 없음"
    await ask(api, "/help")
    assert len(api.messages(ME)) == 2


async def test_what_was_done_meanwhile_is_announced_no_more(api, announce) -> None:
    await announce("한빛누리전자", "남궁솔", "누리 개발자 대회", None, hours_ago=30)
    await announce("한빛누리전자", "남궁솔", "누리 개발자 대회", None, planned=False)
    assert "없음" in (await ask(api, "/calendar 한빛누리전자")).text


# ---------------------------------------------------------------------- the rest of a digest


async def test_a_digest_shows_the_rest_behind_a_button(api, announce, clock) -> None:
    await ask(api, "/subscribe 한빛누리전자")
    for number in range(15):
        who = f"강{chr(0xAC00 + 600 * number)}솔"
        await announce(
            "한빛누리전자",
            who,
            f"{'가나다라마바사아자차카타파하거'[number]}람 대회",
            date(2026, 3, 12) + timedelta(days=number),
        )
    clock.advance(minutes=1)
    seen = await ask(api, "/digest")
    button = next(label for label in seen.labels if label.startswith("외 "))
    rest = await press(api, seen, button)
    assert seen.text.count("• ") == 12
    assert rest.text.count("• ") == 15


@pytest.mark.parametrize(
    "data",
    [
        "D|1|2|3",
        "D|a|b",
        "D|2|1",
        "D|0|999999999",
        "D|99999999999|1",
        "w|없는이름|0",
        "T|한빛누리전자|nix|7",
        "n|x",
    ],
)
async def test_strange_buttons_are_answered_politely(api, data) -> None:
    asked = await ask(api, "/alerts")
    api.press_data(asked, data)
    assert (await api.next_message(ME)).text.endswith("요.")
