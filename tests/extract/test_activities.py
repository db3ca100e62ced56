"""What executives do, with invented people and companies; published on Sunday 2024-05-12."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from briefing.extract.activities import find_activities
from briefing.model import ActivityKind, Article
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # idioms by dictionary form, apart from their noun
        ("의사봉은 윤서준 누리전자 사장이 잡았다.", {"윤서준:event"}),
        ("10일 기조연설 무대에는 윤서준 누리전자 사장이 올랐다.", {"윤서준:event"}),
        ("윤서준 누리전자 사장과 백도현 한서화학 대표가 10일 테이프를 자르고 있다.", {"윤서준:event", "백도현:event"}),
        ("윤서준 누리전자 사장은 11일 임직원들과 배추 500포기를 버무렸다.", {"윤서준:event"}),
        ("윤서준 누리전자 사장은 10일 미국행 비행기에 몸을 실었다.", {"윤서준:trip"}),
        ("윤서준 누리전자 사장은 12일 한국을 찾는다.", {"윤서준:trip"}),
        ("윤서준 누리전자 사장의 방한은 3년 만이다.", {"윤서준:trip"}),
        ("윤서준 누리전자 사장은 10일 노조 대표단과 테이블에 마주 앉았다.", {"윤서준:meeting"}),
        ("윤서준 누리전자 사장과 백도현 한서화학 대표가 전날 머리를 맞댔다.", {"윤서준:meeting", "백도현:meeting"}),
        ("윤서준 누리전자 사장은 10일 주지사와의 면담에서 투자를 약속했다.", {"윤서준:meeting"}),
        ("윤서준 누리전자 사장은 10일 평택항 동부두 안전 점검에 나섰다.", {"윤서준:visit"}),
        ("윤서준 누리전자 사장은 첫 행선지로 천안 공장을 택했다.", {"윤서준:visit"}),
        ("윤서준 누리전자 사장은 11일 명동 매장에서 판매원으로 변신했다.", {"윤서준:visit"}),
        ("윤서준 누리전자 사장과 백도현 한서화학 대표는 10일 합작 계약서에 도장을 찍었다.", {"윤서준:deal", "백도현:deal"}),
        # what is held somewhere is an occasion, whatever its name
        ("윤서준 누리전자 사장은 10일 부산에서 열린 소재 한마당에 나왔다.", {"윤서준:event"}),
        ("윤서준 누리전자 사장은 8일 시상식에서 대상을 받았다.", {"윤서준:event"}),
        ("윤서준 누리전자 사장 주재로 10일 비상경영회의가 열렸다.", {"윤서준:event"}),
        # who acts
        ("리본을 자른 이는 윤서준 누리전자 사장과 백도현 한서화학 대표였다.", {"윤서준:event", "백도현:event"}),
        ("윤서준 누리전자 사장은 백도현 한서화학 대표와 함께 평택 공장을 찾았다.", {"윤서준:visit", "백도현:visit"}),
        ("윤서준 누리전자 사장과 부품을 만드는 백도현 한서화학 대표가 10일 포럼에 참석했다.", {"윤서준:event", "백도현:event"}),
        ("문태오 장관은 10일 윤서준 누리전자 사장 등 경제인들과 간담회를 열었다.", {"윤서준:meeting"}),
        ("10일 포럼에는 윤서준 누리전자 사장을 대신해 백도현 누리전자 부사장이 참석했다.", {"백도현:event"}),
        ("윤서준 누리전자 사장의 축사는 백도현 누리전자 부사장이 대독했다.", {"백도현:event"}),
    ],
)  # fmt: skip
def test_who_does_what(text: str, found: set[str]) -> None:
    assert {f"{a.person}:{a.kind.value}" for a in activities(text)} == found


@pytest.mark.parametrize(
    "text",
    [
        "윤 사장은 10일 노조를 만날 수 있다고 밝혔다.",
        "윤 사장은 10일 포럼 참석 여부를 고심하고 있다.",
        "윤 사장이 평택 공장을 찾으면 노조도 만나겠다고 했다.",
        "윤 사장은 매주 월요일 평택 공장을 찾는다.",
        "윤 사장은 유상증자에 참여했다.",
        "윤 사장은 새 대표 자리에 앉았다.",
        "윤 사장은 주총에서 사내이사로 재선임됐다.",
        "윤 사장은 10일 검찰에 참고인으로 출석했다.",
        "윤 사장은 10일 부인이 대신 시상식에서 상을 받았다.",
        "윤 사장은 직원들과 점심을 먹었다.",
        "윤 사장은 사내 방송에서 “힘을 내자”고 말했다.",
    ],
)
def test_what_only_looks_like_a_deed(text: str) -> None:
    assert activities(INTRO + text) == ()


def test_somebody_comes_along_on_what_was_told_last() -> None:
    text = (
        "윤서준 누리전자 사장은 11일 미국으로 떠났다. 13일 현지 경영진과 만난다. "
        "이번 출장은 백도현 누리전자 부사장이 수행한다."
    )
    found = {(a.person, a.kind.value, a.when) for a in activities(text)}
    assert ("백도현", "trip", date(2024, 5, 11)) in found


def test_the_same_again_on_other_days() -> None:
    text = (
        "윤서준 누리전자 사장은 9일 창원에서 거래 기업 대표들과 점심을 함께했다. "
        "윤 사장은 16일 광주, 23일 대구에서도 같은 자리를 갖는다."
    )
    assert [a.when for a in activities(text)] == [date(2024, 5, d) for d in (9, 23, 16)]


def test_the_next_sentence_says_where_it_was() -> None:
    text = "윤서준 누리전자 사장이 신입사원들 앞에 섰다. 10일 평택에서 열린 입사식에서다."
    (there,) = activities(text)
    assert (there.kind, there.what, there.when) == (ActivityKind.EVENT, "입사식", date(2024, 5, 10))


def test_a_lead_without_a_day_takes_the_first_one_behind_it() -> None:
    found = activities(
        "윤서준 누리전자 사장이 협력사 대표들을 만났다. 윤 사장은 9일 수원에서 “고맙다”고 했다."
    )
    assert [(a.kind, a.when) for a in found] == [(ActivityKind.MEETING, date(2024, 5, 9))]


def test_two_occasions_of_one_day_stay_two() -> None:
    text = "윤서준 누리전자 사장은 10일 오전 준공식에 참석했다. 오후에는 반도체 포럼에서 축사를 했다."
    assert len(activities(text)) == 2


def test_who_is_chosen_at_an_assembly_is_not_said_to_speak_there() -> None:
    text = "누리전자는 10일 주주총회를 열어 윤서준 부사장을 대표이사로 선임했다. 윤 대표는 “혁신하겠다”고 말했다."
    assert activities(text) == ()


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


def test_a_long_text_of_one_deed_is_one_deed() -> None:
    line = (
        "윤서준 누리전자 사장은 10일 서울에서 열린 포럼에 참석해 평택 공장을 둘러보고 독일 경영진과 만났다. "
    )
    document = analysed(line * 1500)
    found, _ = find_activities(document, extractor().lexicon)
    assert {a.person for a in found} == {"윤서준"}
    assert len(found) < 10, "one occasion told over and over is one occasion"


def test_who_came_along_is_not_whom_he_means() -> None:
    text = (
        "표가람 벼리전자 사장이 11일 미국 출장에 나섰다. 곽선우 벼리전자 부사장과 도은재 벼리전자 상무가 동행했다. "
        "그는 13일 뉴욕에서 열리는 기업설명회에 참석할 예정이다."
    )
    found = extractor().extract(Article(id="t", text=text, published=datetime(2026, 3, 12, tzinfo=UTC)))
    assert [a.person for a in found.activities if a.what == "기업설명회"] == ["표가람"]


def test_being_there_too_is_no_meeting() -> None:
    text = (
        "표가람 벼리전자 사장은 11일 서울에서 소재 포럼을 열었다. "
        "곽선우 벼리전자 부사장, 도은재 벼리전자 상무가 이 자리에 함께했다."
    )
    found = extractor().extract(Article(id="t", text=text, published=datetime(2026, 3, 12, tzinfo=UTC)))
    assert {a.kind.value for a in found.activities} == {"event"}


@pytest.mark.parametrize(
    "text",
    [
        "소유진 가나전기 사장은 새 공장을 짓는다. 11일 서울 본사에서 그를 만났다.",
        "소유진 가나전기 사장은 30년을 현장에서 보냈다. 그를 지난 10일 사무실에서 만나 이야기를 들었다.",
        "“값을 내리지 않겠다.” 소유진 가나전기 사장의 말이다. 기자들은 이날 여수공장에서 그를 만났다.",
        "소유진 가나전기 사장은 꼼꼼하다. 본지는 11일 소유진 사장을 서울 본사에서 만났다.",
        "소유진 가나전기 사장은 꼼꼼하다. 취재진이 11일 서울 본사에서 소 사장과 맹준호 부사장을 만났다.",
        "소유진 가나전기 사장은 꼼꼼하다. 우리는 10일 그와 저녁을 함께했다.",
        "소유진 가나전기 사장은 배우를 잘 안다. 그는 10일 그를 다시 만났다.",
    ],
)
def test_who_writes_meets_nobody(text: str) -> None:
    assert activities(text) == ()


@pytest.mark.parametrize(
    ("text", "met"),
    [
        (
            "가나전기 소유진 사장은 11일 네덜란드 벨라텍의 얀 더브리스 최고경영자(CEO)를 만나 장비를 논의했다.",
            {"소유진": "벨라텍의 얀 더브리스 최고경영자(CEO)", "얀 더브리스": "소유진 가나전기 사장"},
        ),
        (
            "소유진 가나전기 사장은 11일 마크 헨더슨 노스필드 회장과 저녁을 함께했다.",
            {"소유진": "마크 헨더슨 노스필드 회장", "마크 헨더슨": "소유진 가나전기 사장"},
        ),
        (
            "가나전기 소유진 사장은 11일 다라전자 맹준호 부회장과 회동했다.",
            {"소유진": "다라전자 맹준호 부회장", "맹준호": "소유진 가나전기 사장"},
        ),
        (
            "소유진 가나전기 사장은 12일 출국했다. 소 사장은 이날 맹준호 다라전자 부회장을 만났다.",
            {"소유진": "맹준호 다라전자 부회장", "맹준호": "소유진 가나전기 사장"},
        ),
        (
            "기자가 묻자 소유진 가나전기 사장은 웃었다. 소 사장은 이날 저녁 맹준호 다라전자 부회장을 만났다.",
            {"소유진": "맹준호 다라전자 부회장", "맹준호": "소유진 가나전기 사장"},
        ),
    ],
)
def test_each_side_of_a_meeting_met_the_other(text: str, met: dict[str, str]) -> None:
    found = {a.person: a.what for a in activities(text) if a.kind is ActivityKind.MEETING}
    assert found == met


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("도란로봇 피서연 부회장, 미국 출장", "미국 출장"),
        ("피서연 도란로봇 부회장 방한…협력사 물색\n로봇 업계가 들썩인다.", "방한"),
        ("[단독] 도란로봇 피서연 부회장 베트남 출장길", "베트남 출장"),
    ],
)
def test_a_headline_tells_a_journey_without_a_verb(text: str, what: str) -> None:
    found = activities(text, title=text.partition("\n")[0])
    assert [(a.person, a.company, a.kind, a.what) for a in found] == [
        ("피서연", "도란로봇", ActivityKind.TRIP, what)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "도란로봇 피서연 부회장, 미국 출장…돌연 취소",
        "도란로봇 피서연 부회장, 미국 출장 논란",
        "도란로봇 피서연 부회장, 출장",
    ],
)
def test_a_headline_tells_no_journey_that_is_none(text: str) -> None:
    assert activities(text, title=text) == ()
