"""Ordinary wordings of what executives do, class by class; invented people, published 2026-03-10."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.reading import activities, done

WHO = "도해솔 나래물산 사장"


def _done(text: str) -> set[str]:
    return done(text, day=date(2026, 3, 10), what=True)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"{WHO}은 9일 해외 투자자들과 비공개 미팅을 이어갔다.", "meeting:해외 투자자들"),
        (f"{WHO}은 해외 투자자들과 일대일 미팅을 진행 중이다.", "meeting:해외 투자자들"),
        (f"{WHO}은 9일 방송사의 유튜브 채널에 출연해 사업을 소개했다.", "event:방송사의 유튜브 채널"),
        (f"취항식에서 {WHO}은 “첫 손님께 감사드린다”며 꽃다발을 건넸다.", "event:취항식"),
        (f"{WHO}은 두바이로 옮겨 그룹 법인장 회의를 주재한다.", "event:그룹 법인장 회의"),
        (f"{WHO}은 5일 과천에서 신년 인사회를 주재한다.", "event:신년 인사회"),
        (f"9일 고무장갑에 앞치마를 두른 {WHO}은 “작은 힘이 됐으면 한다”고 말했다.", "event:앞치마"),
        (f"{WHO}은 9일 침수 가옥에서 토사를 치웠다.", "event:토사를 치웠다"),
        (f"{WHO}은 9일 나래대에서 IR을 열었다.", "event:IR"),
    ],
)
def test_what_is_held_or_gone_to(text: str, what: str) -> None:
    assert f"도해솔:{what}" in _done(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"{WHO}은 12일 구례를 찾는다.", "구례"),
        (f"{WHO}은 9일 강원 산간 기지국을 찾아 설비를 점검했다.", "강원 산간 기지국"),
        (f"{WHO}은 9일 양식시설을 찾아 상황을 확인했다.", "양식시설"),
        (f"{WHO}은 9일 잠실점을 찾아 창구를 점검했다.", "잠실점"),
        (f"{WHO}은 이번 주말에는 광주점 방문이 잡혀 있다.", "광주점"),
        (f"{WHO}은 9일 포항 제1고로를 찾아 직원들을 격려했다.", "제1고로"),
        (f"{WHO}은 9일 강관 공장을 찾아 연휴를 보냈다.", "강관 공장"),
        (f"{WHO}은 9일 청년 창업 복합공간를 방문했다.", "청년 창업 복합공간"),
    ],
)
def test_places_gone_to_see(text: str, place: str) -> None:
    assert f"도해솔:visit:{place}" in _done(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{WHO}은 9일 해법을 찾아 상황을 점검했다.",
        f"{WHO}은 9일 빠진 자료를 찾아 숫자를 확인했다.",
        f"{WHO}은 9일 미국 시장 점검을 위해 회의했다.",
        f"{WHO}은 20년간 공장을 누비며 잔뼈가 굵었다.",
        f"6년간 재임한 {WHO}은 본사 부사장을 맡아 스웨덴으로 돌아간다.",
        f"{WHO} 대신 단우빈 노조위원장이 단상에 올랐다.",
        f"{WHO}이 취임한 뒤 회사는 노조와 임금협약을 세 차례 맺었다.",
        f"{WHO}이 이끄는 연구팀은 결과를 학회에서 발표했다.",
        f"{WHO}이 미국에서 돌아와 회사를 세운 것은 2009년이다.",
        "나래물산은 새 공장을 짓는다. 도해솔 사장이 부지를 골랐다. 공장은 9월 첫 삽을 뜬다.",
    ],
)
def test_what_is_no_deed_of_his(text: str) -> None:
    assert not {d for d in _done(text) if d.startswith("도해솔:")}


def test_a_first_time_is_of_the_house_not_of_its_founder() -> None:
    text = f"{WHO}이 회사를 이끈다. 나래물산은 CES에 참가한다. 도해솔 사장이 창업한 지 8년 만의 첫 참가다."
    assert not _done(text)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (f"{WHO}은 9일 이라크 바그다드에 도착했다.", "이라크 바그다드"),
        (f"{WHO}은 9일 페루 우앙카요로 떠났다.", "페루 우앙카요"),
        (f"{WHO}은 9일 일본에서 돌아왔다.", "일본"),
        (f"{WHO}은 12일 김해공항을 통해 미국으로 돌아간다.", "미국"),
        (f"{WHO}은 유럽 출장에서 거점을 확정하고 돌아왔다.", "유럽 출장"),
        (f"{WHO}은 이번 미국 방문에서 통신사와 협력 방안을 논의할 계획이다.", "미국 방문"),
    ],
)
def test_journeys(text: str, where: str) -> None:
    assert f"도해솔:trip:{where}" in _done(text)


def test_each_side_of_a_delegation_travels() -> None:
    text = (
        "20일부터 케냐를 방문하는 대통령의 경제사절단 명단이 확정됐다. 대기업에서는 도해솔 나래물산 사장과 "
        "백다온 누리상사 대표, 건설사에서는 탁서린 가람건설 대표가 동행한다. 단체에서는 예은결 한국주물협회장이 간다. "
        "명단에 있던 선우솔 다온중공업 대표는 일정이 겹쳐 빠졌다."
    )
    gone = {a.person for a in activities(text, day=date(2026, 3, 10)) if a.kind.value == "trip"}
    assert gone == {"도해솔", "백다온", "탁서린", "예은결"}


def test_who_signs_with_an_official_signs_in_person() -> None:
    lead = f"{WHO}이 9일 제주를 찾았다. "
    assert "도해솔:deal:금융지원 협약" in _done(f"{lead}10일에는 단우빈 제주지사와 금융지원 협약을 맺었다.")
    assert not [d for d in _done(f"{lead}10일에는 제주도와 금융지원 협약을 맺었다.") if ":deal:" in d]


def test_who_sits_down_with_somebody_meets_him() -> None:
    done = _done(f"구본휘 장관은 오전 10시 {WHO}과 마주 앉아 광산 개발을 논의했다.")
    assert done == {"도해솔:meeting:구본휘 장관"}


def test_an_official_told_before_makes_of_a_round_table_a_meeting() -> None:
    text = f"은행장들이 9일 금융감독원장과 만났다. 이날 간담회에는 {WHO} 등이 참석했다."
    assert {d.split(":")[1] for d in _done(text)} == {"meeting"}


def test_hundreds_are_an_audience() -> None:
    done = _done(f"{WHO}은 9일 ‘청년 특강’에서 학생 500여 명과 만났다.")
    assert not [d for d in done if ":meeting:" in d]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"{WHO}은 12일 옥천 허브터미널도 찾는다.", "visit:옥천 허브터미널"),
        (f"{WHO}은 12일 경주에 있는 협력사도 찾기로 했다.", "visit:협력사"),
        (f"{WHO}은 12일 일본도 찾는다.", "trip:일본"),
        (f"{WHO}은 12일 투자자들도 만난다.", "meeting:투자자들"),
    ],
)
def test_what_is_gone_to_besides(text: str, what: str) -> None:
    assert _done(text) == {f"도해솔:{what}"}


@pytest.mark.parametrize(
    "text",
    [
        "현 도해솔 나래물산 사장은 본사 상무로 승진해 귀국한다.",
        f"{WHO}은 5년 만에 귀국해 본사 생산기술센터장을 맡는다.",
        "백다온 나래물산 부사장은 일본으로 떠나는 도해솔 사장의 후임이다.",
    ],
)
def test_who_goes_home_for_a_post_makes_no_journey(text: str) -> None:
    assert not [d for d in _done(text) if ":trip:" in d]


def test_what_an_assembly_decides_is_nobodys_deed() -> None:
    text = f"{WHO}은 다음 달 업무를 시작하며 선임 절차는 주주총회에서 밟는다."
    assert not [d for d in _done(text) if d.startswith("도해솔:")]


def test_everybody_listed_at_an_occasion_is_there() -> None:
    text = f"착공식에는 {WHO}과 백다온 부사장, 시공을 맡은 가람건설 탁서린 대표, 지역 도의원 등이 참석해 시삽을 했다."
    assert {a.person for a in activities(text, day=date(2026, 3, 10))} == {"도해솔", "백다온", "탁서린"}


def test_a_list_goes_on_as_far_as_whom_it_begins_with() -> None:
    text = f"기념식에는 {WHO}, 백다온 누리상사 회장, 진주시장을 비롯한 내빈 400여 명이 참석했다."
    assert {a.person for a in activities(text, day=date(2026, 3, 10))} == {"도해솔", "백다온"}


def test_who_leads_a_crowd_is_at_the_drill_told_before() -> None:
    text = f"나래물산은 9일 여주 물류센터에서 합동소방훈련을 실시했다. 훈련에는 {WHO}과 임직원 80여 명이 참여했다."
    assert _done(text) == {"도해솔:event:합동소방훈련"}


def test_each_of_several_leaves_on_a_day_of_his_own() -> None:
    text = f"{WHO}은 12일, 백다온 누리상사 회장은 14일 각각 출국할 예정이다."
    days = {a.person: a.when for a in activities(text, day=date(2026, 3, 10))}
    assert days == {"도해솔": date(2026, 3, 12), "백다온": date(2026, 3, 14)}


def test_who_shares_the_days_of_a_visit_comes_along() -> None:
    text = f"{WHO}이 9일 여수 공장을 찾았다. 백다온 나래물산 상무가 전 일정을 함께했다."
    assert {a.person for a in activities(text, day=date(2026, 3, 10))} == {"도해솔", "백다온"}


def test_a_region_counts_where_nothing_else_is_told() -> None:
    assert _done(f"{WHO}은 9일 구례를 찾아 상인들을 만났다.") == {"도해솔:meeting:상인들"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{WHO}은 9일 대전시청에서 이장호 대전시장에게 이웃돕기 성금 1억원을 전달했다.", {"도해솔:event"}),
        (f"{WHO}은 9일 대사관을 찾아 성금 5억원을 건넸다.", {"도해솔:event"}),
        (f"나래물산은 9일 용산구청에서 성금 5억원을 전달했다. {WHO}은 말이 없었다.", set()),
        (f"{WHO}은 회사를 통해 성금 5억원을 전달했다.", set()),
    ],
)
def test_a_gift_is_handed_over_where_it_is_told_to_whom(text: str, expected: set[str]) -> None:
    assert done(text, day=date(2026, 3, 10)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{WHO}은 9일 행사장을 찾았다. 오후에는 라인콤의 백다온 CEO와 만나 양해각서를 체결했다.",
            "도해솔:deal",
        ),
        (f"{WHO}은 9일 대만을 찾아 현지 기업들과 업무협약 5건을 맺었다.", "도해솔:deal"),
        (f"9일 다솔대에서 열린 협약식에서 {WHO}(왼쪽)과 감도현 총장이 기념 촬영을 하고 있다.", "도해솔:deal"),
        (f"{WHO}은 7일 프라하에서 유통업체 대표들을 만나고 9일 돌아왔다.", "도해솔:trip"),
        (f"{WHO}이 주재한 경영전략회의가 9일 열렸다.", "도해솔:event"),
        ("나래공사는 9일 대강당에서 제7대 도해솔 사장 취임식을 가졌다.", "도해솔:event"),
        (f"9일 명명식에서 대모를 맡은 {WHO}이 도끼로 줄을 끊었다.", "도해솔:event"),
        (f"9일 준공식에 곽선우 회장은 오지 않았다. {WHO}이 대신 자리를 채웠다.", "도해솔:event"),
    ],
)
def test_ways_of_daily_news(text: str, expected: str) -> None:
    assert expected in done(text, day=date(2026, 3, 10))


@pytest.mark.parametrize(
    "text",
    [
        f"{WHO}은 7일 미국으로 출국해 9일 돌아왔다.",
        f"{WHO}은 병을 이기고 9일 경영 일선으로 돌아왔다. 독일에서 공부했다.",
    ],
)
def test_one_journey_has_one_end(text: str) -> None:
    assert len([a for a in activities(text, day=date(2026, 3, 10)) if a.kind.value == "trip"]) == text.count(
        "출국"
    )


def test_a_ceremony_that_is_left_out_is_nobodys() -> None:
    assert done("나래공사는 9일 도해솔 사장 취임식을 생략했다.", day=date(2026, 3, 10)) == set()
