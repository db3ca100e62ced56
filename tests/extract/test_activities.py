"""What executives do, with invented people and companies; published on Sunday 2024-05-12."""

from __future__ import annotations

import time
from datetime import date

import pytest

from briefing.extract.activities import find_activities
from briefing.model import ActivityKind
from tests.extract.reading import activities, analysed, extractor

INTRO = "윤서준 누리전자 사장과 백도현 누리전자 부사장은 회사를 이끈다.\n"


@pytest.mark.parametrize(
    ("text", "kind", "when"),
    [
        ("윤서준 누리전자 사장이 10일 서울에서 열린 산업 포럼에 참석했다.", "event", date(2024, 5, 10)),
        ("윤서준 누리전자 사장은 오는 14일 기업설명회를 주재한다.", "event", date(2024, 5, 14)),
        ("윤서준 누리전자 사장은 9일 평택 공장을 찾아 라인을 둘러봤다.", "visit", date(2024, 5, 9)),
        ("윤서준 누리전자 사장은 11일(현지시간) 미국으로 출국했다.", "trip", date(2024, 5, 11)),
        ("윤서준 누리전자 사장이 지난달 30일 한서화학과 공급 계약서에 서명했다.", "deal", date(2024, 4, 30)),
        ("윤서준 누리전자 사장은 전날 독일 부품사 경영진과 만났다.", "meeting", date(2024, 5, 11)),
        ("윤서준 누리전자 사장은 8일 착공식 기념사에서 “값을 내린다”고 말했다.", "event", date(2024, 5, 8)),
    ],
)
def test_kinds_and_days(text: str, kind: str, when: date) -> None:
    assert [(a.person, a.kind, a.when) for a in activities(text)] == [("윤서준", ActivityKind(kind), when)]


@pytest.mark.parametrize(
    "text",
    [
        "누리전자는 10일 평택에서 준공식을 열었다.",
        "윤 사장은 포럼에 참석하지 않았다.",
        "윤 사장은 지난해 11월에도 평택 공장을 찾은 바 있다.",
        "공항에는 백 부사장이 나와 일행을 배웅했다.",
        "윤 사장은 해법을 찾았다.",
        "윤 사장은 기자들과 만나 웃었다.",
        "정부는 10일 포럼을 열었다.",
    ],
)
def test_what_is_no_activity(text: str) -> None:
    assert activities(INTRO + text) == ()


def test_who_is_received_meets_too() -> None:
    (met,) = activities("문태오 총리는 10일 윤서준 누리전자 회장을 접견했다.")
    assert (met.person, met.kind, met.what) == ("윤서준", ActivityKind.MEETING, "문태오 총리")


def test_a_round_table_with_a_counterpart_is_a_meeting_and_a_press_conference_is_none() -> None:
    (talks,) = activities("윤서준 누리전자 사장은 10일 협력사 대표 30여 명을 초청해 간담회를 가졌다.")
    (press,) = activities("윤서준 누리전자 사장은 10일 기자회견을 열었다.")
    assert (talks.kind, press.kind) == (ActivityKind.MEETING, ActivityKind.EVENT)


def test_who_presents_at_the_occasion_told_before() -> None:
    text = (
        "10일 서울에서 기술 포럼이 열렸다. 윤서준 누리전자 사장이 '다음 반도체'를 주제로 발표했다. "
        "이날 행사에는 백도현 누리전자 부사장도 함께했다."
    )
    found = {(a.person, a.what, a.when) for a in activities(text)}
    assert found == {("윤서준", "기술 포럼", date(2024, 5, 10)), ("백도현", "기술 포럼", date(2024, 5, 10))}


def test_everybody_listed_takes_part() -> None:
    text = "10일 기념식에는 윤서준 누리전자 사장과 백도현 한서화학 대표, 문태오 군수 등 80여 명이 참석했다."
    assert {(a.person, a.kind.value) for a in activities(text)} == {("윤서준", "event"), ("백도현", "event")}


def test_both_sides_sign() -> None:
    text = "윤서준 누리전자 사장과 백도현 한서화학 대표는 10일 업무협약을 맺었다."
    found = activities(text)
    assert {(a.person, a.kind) for a in found} == {
        ("윤서준", ActivityKind.DEAL),
        ("백도현", ActivityKind.DEAL),
    }
    assert found[0].companions == ("백도현",)


def test_a_stretch_of_days_ahead_is_planned_and_has_a_place() -> None:
    found = activities(
        "윤서준 누리전자 사장은 14일부터 사흘간 미국 시애틀에서 열리는 최고경영자 서밋에 참석한다."
    )
    (summit,) = found
    assert (summit.when, summit.until, summit.planned) == (date(2024, 5, 14), date(2024, 5, 16), True)
    assert summit.place == "미국 시애틀"


def test_an_omitted_subject_is_taken_from_the_sentence_before() -> None:
    found = activities("윤서준 누리전자 사장은 10일 평택에 내렸다. 이어 평택 공장을 둘러봤다.")
    assert [(a.person, a.kind.value) for a in found] == [("윤서준", "visit")]
    assert found[0].resolutions[0].person == "윤서준"


def test_who_is_quoted_at_the_occasion_takes_part() -> None:
    text = (
        "누리전자는 10일 서울 본사에서 기업설명회를 열었다.\n"
        "윤서준 누리전자 사장은 “내년 매출을 두 배로 늘리겠다”고 말했다.\n"
    )
    assert [(a.person, a.what, a.when) for a in activities(text)] == [
        ("윤서준", "기업설명회", date(2024, 5, 10))
    ]


def test_the_day_of_the_announcement_is_not_the_day_of_the_deed() -> None:
    (signed,) = activities("누리전자는 윤서준 사장이 9일 공급 계약서에 서명했다고 12일 밝혔다.")
    assert signed.when == date(2024, 5, 9)


def test_a_long_text_takes_linear_time() -> None:
    line = (
        "윤서준 누리전자 사장은 10일 서울에서 열린 포럼에 참석해 평택 공장을 둘러보고 독일 경영진과 만났다. "
    )
    document = analysed(line * 1500)
    started = time.process_time()
    find_activities(document, extractor().lexicon)
    assert time.process_time() - started < 8
