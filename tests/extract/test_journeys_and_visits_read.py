"""Where executives travel, what they visit, on whom they call and whom they meet; invented people, published 2024-05-12."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.reading import activities, done

PARTY = "카자흐스탄 국빈 방문에 맞춰 꾸려진 경제사절단이 11일 오전 서울을 떠났다. "


def _by(sentence: str) -> set[str]:
    return {f.removeprefix("윤서준:") for f in done(f"윤서준 누리전자 회장은 {sentence}", what=True)}


def test_who_travels_with_a_delegation_visits_with_it() -> None:
    text = (
        f"{PARTY}윤서준 누리전자 회장과 백도현 한서화학 대표가 동행했다. "
        "사절단은 12일 알마티 자동차 공장을 방문했다."
    )
    found = {(a.person, a.what, a.when) for a in activities(text) if a.kind.value == "visit"}
    place, day = "알마티 자동차 공장", date(2024, 5, 12)
    assert found == {("윤서준", place, day), ("백도현", place, day)}


def test_who_travels_with_a_delegation_comes_back_with_it() -> None:
    text = "윤서준 누리전자 회장은 경제사절단 단장으로 11일 카자흐스탄으로 출국했다. 사절단은 14일 귀국한다."
    found = {(a.person, a.when, a.planned) for a in activities(text) if a.kind.value == "trip"}
    assert found == {("윤서준", date(2024, 5, 11), False), ("윤서준", date(2024, 5, 14), True)}


def test_who_travels_with_no_delegation_does_not_come_back_with_one() -> None:
    assert _by("11일 창립기념식에 참석했다. 사절단은 14일 귀국한다.") == {"event:창립기념식"}


@pytest.mark.parametrize(
    ("sentence", "trips"),
    [
        ("오후 김포공항에서 일본으로 출국하면서 배웅 나온 직원들에게 손을 흔들었다.", {"윤서준:trip"}),
        ("일본으로 출국하면서 임직원들의 배웅을 받았다.", {"윤서준:trip"}),
        ("김포공항에서 일본으로 출국하는 백도현 한서화학 대표를 배웅했다.", {"백도현:trip"}),
    ],
)
def test_who_is_seen_off_travels(sentence: str, trips: set[str]) -> None:
    assert done(f"윤서준 누리전자 회장은 11일 {sentence}") == trips


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("11일 오후 인천공항으로 돌아왔다.", {"trip:입국"}),
        ("11일 새벽 김포공항에 돌아왔다.", {"trip:입국"}),
        ("11일 집으로 돌아왔다.", set()),
        ("체코 프라하에서 거래처를 만나고 돌아왔다.", {"trip:체코 프라하"}),
        ("독일 작센주 츠비카우에서 거래처를 만나고 돌아왔다.", {"trip:독일"}),
        ("헝가리에서 사업을 하다 돌아왔다.", set()),
        ("미국에서 박사 학위를 받고 돌아왔다.", set()),
        ("부산에서 거래처를 만나고 돌아왔다.", set()),
    ],
)
def test_coming_back_is_a_journey(sentence: str, facts: set[str]) -> None:
    assert _by(sentence) == facts


@pytest.mark.parametrize(
    ("sentence", "where"),
    [
        ("11일 페루 아레키파로 떠났다.", "페루 아레키파"),
        ("11일 호주 다윈으로 떠났다.", "호주 다윈"),
        ("11일 칠레 안토파가스타로 날아갔다.", "칠레 안토파가스타"),
        ("11일 일본 벳푸를 찾아 온천 호텔 부지를 계약했다.", "일본 벳푸"),
    ],
)
def test_a_journey_is_told_with_its_city(sentence: str, where: str) -> None:
    assert _by(sentence) == {f"trip:{where}"}


def test_a_journey_and_a_visit_of_one_phrase_are_told_once() -> None:
    assert _by("11일 일본 벳푸를 찾아가 부지를 살폈다.") == {"trip:일본 벳푸", "visit:부지"}


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("윤서준 누리전자 회장이 인도를 찾은 것은 2020년 이후 4년 만이다.", {"윤서준:trip:인도"}),
        ("윤서준 누리전자 회장이 11일 인도를 찾은 것은 2018년 이후 6년 만이다.", {"윤서준:trip:인도"}),
        ("윤서준 누리전자 회장이 베트남을 찾은 것은 2021년 이래 3년 만이다.", {"윤서준:trip:베트남"}),
        ("윤서준 누리전자 회장이 베트남을 처음 찾은 것은 2008년 봄이었다.", set()),
    ],
)
def test_the_year_since_which_is_not_the_year_of_it(sentence: str, facts: set[str]) -> None:
    assert done(sentence, what=True) == facts


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("11일 해답을 찾아갔다.", set()),
        ("11일 꿈을 찾아갔다.", set()),
    ],
)
def test_looking_for_something_is_no_visit(sentence: str, facts: set[str]) -> None:
    assert _by(sentence) == facts


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("11일 한서화학 본사에 들렀다.", {"visit:한서화학 본사"}),
        ("11일 협력사 본사에 들러 설비를 점검했다.", {"visit:협력사 본사"}),
        ("11일 가온물산 사옥으로 찾아갔다.", {"visit:가온물산 사옥"}),
        ("11일 오후 본사에 들렀다.", set()),
    ],
)
def test_the_offices_of_others_are_visited(sentence: str, facts: set[str]) -> None:
    assert _by(sentence) == facts


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("11일 오전에는 윤서준 누리전자 사장이 조립반을 찾았다.", {"윤서준:visit:조립반"}),
        ("오후에는 윤서준 누리전자 사장이 조립반을 찾았다.", {"윤서준:visit:조립반"}),
        ("윤서준 누리전자 사장은 9일 열처리반을 찾았다.", {"윤서준:visit:열처리반"}),
        ("오후에는 윤서준 누리전자 사장이 열쇠를 찾았다.", set()),
        ("윤서준 누리전자 사장은 9일 새 해법을 찾았다.", set()),
        ("윤서준 누리전자 사장은 9일 후임자를 찾았다.", set()),
    ],
)
def test_what_is_gone_to_on_a_day_is_not_searched_for(sentence: str, facts: set[str]) -> None:
    assert done(sentence, what=True) == facts


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("11일 경남 산청의 침수 구간을 찾아 안전을 점검했다.", {"visit:경남 산청의 침수 구간"}),
        (
            "11일 전북 무주의 낙석 구간을 찾아 배수 상태를 확인했다.",
            {"visit:전북 무주의 낙석 구간"},
        ),
        ("11일 침수 구간을 찾아 보강했다.", set()),
    ],
)
def test_a_thing_in_a_region_is_visited(sentence: str, facts: set[str]) -> None:
    assert _by(sentence) == facts


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("11일 급수장부터 둘러봤다.", {"visit:급수장"}),
        ("11일 오전부터 둘러봤다.", set()),
        ("11일 신제품부터 둘러봤다.", set()),
        ("11일 인천항을 찾아 급수장부터 둘러봤다.", {"visit:인천항"}),
        ("11일 오전부터 울산공장을 둘러봤다.", {"visit:울산공장"}),
    ],
)
def test_where_a_tour_begins_is_visited(sentence: str, facts: set[str]) -> None:
    assert _by(sentence) == facts


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("11일 바이오단지로 이동해 헝가리 대사를 면담했다.", {"meeting:헝가리 대사"}),
        ("11일 판교 연구소로 건너가 헝가리 대사를 만났다.", {"meeting:헝가리 대사"}),
        ("11일 울산공장으로 이동해 도장 라인을 점검했다.", {"visit:도장 라인"}),
    ],
)
def test_the_way_to_a_meeting_is_no_visit(sentence: str, facts: set[str]) -> None:
    assert _by(sentence) == facts


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("참석해 양극재 생산 시설을 둘러봤다.", {"event:군산공장 준공식"}),
        ("참석한 뒤 익산공장을 방문했다.", {"event:군산공장 준공식", "visit:익산공장"}),
    ],
)
def test_what_is_shown_at_a_ceremony_is_no_visit(sentence: str, facts: set[str]) -> None:
    assert _by(f"11일 군산공장 준공식에 {sentence}") == facts


@pytest.mark.parametrize(
    ("sentence", "whom"),
    [
        ("관광청을 찾아가 축제 후원을 협의했다.", "관광청"),
        ("노조를 찾아가 안전 투자를 약속했다.", "노조"),
        ("노조를 찾아 임금 인상을 약속했다.", "노조"),
        ("금융위원회를 찾아 자본 확충 계획을 협의했다.", "금융위원회"),
        ("국토교통부를 찾아 노선 확대를 건의했다.", "국토교통부"),
        ("주지사 집무실을 방문해 투자 계획을 협의했다.", "주지사 집무실"),
        ("도지사실을 찾아 투자 계획을 협의했다.", "도지사실"),
        ("상인들을 찾아가 보상을 약속했다.", "상인들"),
        ("하청 노동자들을 찾아가 사과했다.", "하청 노동자들"),
        ("유족을 찾아가 사과했다.", "유족"),
    ],
)
def test_calls_on_those_one_speaks_with_are_meetings(sentence: str, whom: str) -> None:
    assert _by(f"11일 {sentence}") == {f"meeting:{whom}"}


@pytest.mark.parametrize(
    "sentence",
    [
        "고객들을 찾아가 사과했다.",
        "취재진을 찾아가 사과했다.",
        "금융위원회를 찾았다.",
    ],
)
def test_customers_reporters_and_silent_calls_are_not_met(sentence: str) -> None:
    assert not _by(f"11일 {sentence}")


@pytest.mark.parametrize(
    ("sentence", "whom"),
    [
        ("참석하지 않고 서울에서 박상민 주한 헝가리 대사를 만났다.", "박상민 주한 헝가리 대사"),
        ("내려오지 않고 서울에서 헝가리 대사를 만났다.", "헝가리 대사"),
        ("불참하고 서울에서 헝가리 대사와 만찬을 함께했다.", "헝가리 대사"),
    ],
)
def test_who_stays_away_may_meet_somebody_elsewhere(sentence: str, whom: str) -> None:
    found = done(f"윤서준 누리전자 회장은 11일 부산 투자포럼에 {sentence}", what=True)
    assert found == {f"윤서준:meeting:{whom}"}


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("25일 만난 백도현 한서화학 대표에게 합작을 제안했다.", date(2024, 4, 25)),
        ("지난 9일 만난 백도현 한서화학 대표에게 합작을 제안했다.", date(2024, 5, 9)),
        ("지난 9일 본지가 만난 백도현 한서화학 대표에게 합작을 제안했다.", None),
    ],
)
def test_the_topic_met_whom_the_verb_modifies(sentence: str, when: date | None) -> None:
    found = {(a.person, a.what, a.when) for a in activities(f"윤서준 누리전자 회장은 {sentence}")}
    both = {("윤서준", "백도현 한서화학 대표", when), ("백도현", "윤서준 누리전자 회장", when)}
    assert found == (both if when else set())


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            (
                "박정수 총리는 11일 중소기업 대표 12명을 초청해 점심을 함께했다. "
                "오찬에는 윤서준 누리전자 회장도 참석했다."
            ),
            {"윤서준:meeting"},
        ),
        (
            (
                "국무총리가 11일 기업인들을 삼청동 공관으로 초청해 점심을 함께했다. "
                "이날 오찬에는 윤서준 누리전자 회장과 백도현 한서화학 대표가 참석했다."
            ),
            {"윤서준:meeting", "백도현:meeting"},
        ),
        (
            "누리전자는 11일 협력사 직원들을 초청해 점심을 함께했다. 오찬에는 윤서준 누리전자 회장도 참석했다.",
            {"윤서준:event"},
        ),
    ],
)
def test_a_meal_given_by_an_official_is_a_meeting(text: str, facts: set[str]) -> None:
    assert done(text) == facts


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        (
            "농림축산식품부 차관 일행 7명을 맞아 두 시간가량 면담했다.",
            {"윤서준:meeting:농림축산식품부 차관 일행 7명"},
        ),
        ("협력사 대표 20명을 맞아 오찬을 함께했다.", {"윤서준:meeting:협력사 대표 20명"}),
        ("헝가리 대사와 인사를 나눴다.", {"윤서준:meeting:헝가리 대사"}),
        ("임직원들과 인사를 나눴다.", set()),
        ("울산공장에서 직원들과 인사를 나눴다.", {"윤서준:visit:울산공장"}),
    ],
)
def test_who_is_received_is_met_and_who_is_greeted_at_work_is_not(sentence: str, facts: set[str]) -> None:
    assert done(f"윤서준 누리전자 회장은 11일 {sentence}", what=True) == facts
