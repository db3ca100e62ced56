"""Who is at an occasion, who is not, and what is no occasion; invented people, published 2024-05-12."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.reading import activities, done, told

STAFF = "윤서준 누리전자 사장과 백도현 한서화학 대표가 업계를 이끈다.\n"


def _done(text: str) -> set[str]:
    return done(text, what=True)


@pytest.mark.parametrize(
    "text",
    [
        "단장은 나래산업연합회의 윤서준 회장이 맡았다.",
        "윤서준 누리전자 사장은 금융위원회의 심사를 통과한 뒤 단상에 올랐다.",
        STAFF + "두 사람은 10일 여행사 나래투어에 사표를 냈다. 윤 사장은 무대에 올랐다.",
    ],
)
def test_an_organisation_is_no_occasion(text: str) -> None:
    assert not [a for a in activities(text) if a.what.endswith(("회의", "행사"))]


def test_who_leaves_without_meeting_does_not_meet() -> None:
    assert not activities(STAFF + "두 사람은 10일 따로 만나지 않고 청사를 빠져나갔다.")
    assert len(activities(STAFF + "두 사람은 10일 따로 만나고 청사를 빠져나갔다.")) == 2


@pytest.mark.parametrize(
    ("absence", "trips"),
    [
        ("윤 사장이 자리를 비운 사이 백도현 부사장이 회사를 이끌었다.", 1),
        ("윤 사장은 이날 이사회 만찬에 참석하지 않았다.", 1),
    ],
)
def test_who_was_away_once_still_travels(absence: str, trips: int) -> None:
    text = f"윤서준 누리전자 사장이 돌아왔다. {absence} 윤 사장은 11일 하노이로 출국했다."
    assert len([a for a in activities(text) if a.person == "윤서준" and a.kind.value == "trip"]) == trips


def test_who_stays_away_from_an_occasion_is_not_there() -> None:
    text = (
        "누리전자는 10일 서울에서 창립기념식을 열었다. 윤서준 누리전자 회장의 기념사는 백도현 사장이 대독했다. "
        "윤 회장은 기념사에서 “다시 뛰자”고 했다."
    )
    assert "윤서준" not in {a.person for a in activities(text)}


def test_what_somebody_wishes_there_is_no_condition_of_being_there() -> None:
    wish = "물량을 끌어올려야 부진을 메울 수 있다고 했다."
    assert _done(f"윤서준 누리전자 사장은 협력사 송년회에 참석해 {wish}") == {"윤서준:event:협력사 송년회"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "윤서준 누리전자 사장, 백도현 한서화학 대표 등 70여명이 자리를 함께한 가운데 10일 ‘소재 포럼’이 열렸다.",
            {"윤서준:event:‘소재 포럼’", "백도현:event:‘소재 포럼’"},
        ),
        (
            "윤서준 누리전자 사장과 백도현 한서화학 대표가 참석한 가운데 양사는 10일 합작계약 조인식을 가졌다.",
            {"윤서준:deal:합작계약 조인식", "백도현:deal:합작계약 조인식"},
        ),
        (
            "누리조선은 10일 명명식을 열었다. 윤서준 누리조선 사장, 백도현 한서해운 대표 등 150여 명이 자리를 메웠다.",
            {"윤서준:event:명명식", "백도현:event:명명식"},
        ),
        (
            "업계는 10일 안전 결의대회를 열었다. 윤서준 누리항공 사장을 비롯한 대표들이 서약서를 읽었다.",
            {"윤서준:event:안전 결의대회"},
        ),
        (
            "업계는 10일 안전 결의대회를 열었다. 누구도 웃지 않았다. 출장 중인 윤서준 누리항공 사장을 대신해 백도현 상무가 나왔다.",
            {"백도현:event:안전 결의대회"},
        ),
    ],
)
def test_who_attends_is_told_of_many(text: str, found: set[str]) -> None:
    assert _done(text) == found


def test_who_keeps_his_seat_attends_nothing() -> None:
    assert not activities("누리전자는 10일 주총을 열었다. 윤서준 사장은 당분간 자리를 지킨다.")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("누리전자는 10일 준공식을 열었다. 윤서준 사장은 환영사에서 “고맙다”고 했다.", "준공식"),
        (
            "【부산】 ‘부품산업전시회(PIE)’에 10일 윤서준 누리전자 사장이 참석했다.",
            "부품산업전시회(PIE)",
        ),
    ],
)
def test_an_occasion_is_named_in_full_and_without_debris(text: str, what: str) -> None:
    assert [a.what.strip("‘’") for a in activities(text)] == [what]


def test_words_at_a_return_to_office_need_a_ceremony() -> None:
    assert not activities("윤서준 누리전자 회장이 돌아왔다. 그는 복귀 인사말에서 “공사로 갚겠다”고 했다.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "윤서준 누리전자 사장은 5일 경북 영덕 오십천 제방을 찾아 복구 상황을 살폈다.",
            "visit:경북 영덕 오십천 제방",
        ),
        ("윤서준 누리전자 사장은 같은 시각 강원 삼척의 취수장으로 향했다.", "visit:강원 삼척의 취수장"),
        ("[동정] 윤서준 누리수산 사장, 태풍피해 위판장 찾아 복구상황 점검", "visit:태풍피해 위판장"),
        ("윤서준 누리전자 대표는 10일 미국 라스베이거스에서 열리는 CES로 떠났다.", "trip:미국 라스베이거스"),
        (
            "누리산업협회는 2일 총회를 열었다. 윤서준 누리전자 회장은 인사말을 통해 올해가 끝자락이라고 경고하면서 문화를 바꾸겠다고 했다.",
            "event:총회",
        ),
        (
            "누리전자는 2일 서울에서 주총을 열었다. 윤서준 회장은 폐회 인사에서 “비용을 줄이겠다”고 말했다.",
            "event:주총",
        ),
        (
            "누리전자는 2일 이임식을 열었다. 새로 온 윤서준 사장은 환송사를 맡았다.",
            "event:이임식",
        ),
        (
            "윤서준 누리항공 대표는 2일 한서항공과의 협정식에 회사를 대표해 서명자로 나섰다.",
            "deal:협정식",
        ),
    ],
)
def test_what_is_done_where(text: str, found: str) -> None:
    assert f"윤서준:{found}" in _done(text)


def test_who_is_named_in_a_sentence_is_not_who_a_headline_names() -> None:
    assert not activities("윤서준 누리수산 사장, 직원들은 그를 그렇게 부른다. 위판장을 찾아 복구를 점검했다.")


def test_a_house_that_ends_in_o_does_not_set_the_day_ahead() -> None:
    text = "누리바이오는 8일 온라인 설명회를 소집했다. 윤서준 누리바이오 사장은 “자료를 내겠다”고 밝혔다."
    assert [(a.what, a.when) for a in activities(text)] == [("온라인 설명회", date(2024, 5, 8))]


def test_a_meeting_only_asked_for_is_no_occasion() -> None:
    text = "누리전자는 8일 임시 주총 소집을 청구했다. 윤서준 누리전자 사장은 “되돌려놓겠다”고 밝혔다."
    assert not activities(text)


@pytest.mark.parametrize(
    ("lead", "words"),
    [
        ("의원총회를 열어 경선을 치렀다", "윤서준 회장은 “결과에 승복한다”고 했다."),
        ("기자간담회를 열었다", "윤서준 회장은 회동 뒤 취재진에 “숫자만 남았다”고 귀띔했다."),
        ("주주총회를 열었다", "윤서준 우리사주조합장은 “다시 도전하겠다”고 밝혔다."),
    ],
)
def test_words_said_elsewhere_or_by_others_make_no_attendance(lead: str, words: str) -> None:
    assert not activities(f"누리전자는 9일 서울에서 {lead}. {words}")


def test_who_chairs_a_cooperative_of_firms_is_an_executive() -> None:
    text = "송년 기자간담회에서 윤서준 나래골판지공업협동조합 이사장은 “값이 올랐다”고 내다봤다."
    assert _done(text) == {"윤서준:event:송년 기자간담회"}
    assert not activities(text.replace("공업협동조합", "장학재단"))


def test_work_at_the_scene_of_an_occasion_is_no_visit() -> None:
    text = "누리증권은 8일 채용박람회에 나섰다. 윤서준 누리증권 상무는 9일 현장에서 학생 20명을 상담했다."
    assert "visit" not in {a.kind.value for a in activities(text)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "누리전자는 10일 신제품 공개 행사를 열었다. 윤서준 사장은 검은 옷차림으로 등장해 제품을 소개했다.",
            {"윤서준:event:신제품 공개 행사"},
        ),
        (
            "누리전자가 10일 기념식을 가졌다. 윤서준 사장과 백도현 부사장 등 경영진이 총출동했다.",
            {"윤서준:event:기념식", "백도현:event:기념식"},
        ),
        (
            "문태오 총리는 10일 윤서준 누리전자 사장, 백도현 한서화학 대표 등과 만찬을 했다.",
            {"윤서준:meeting:문태오 총리", "백도현:meeting:문태오 총리"},
        ),
        ("윤서준 누리전자 사장 초청 강연회가 10일 나래대에서 열렸다.", {"윤서준:event:초청 강연회"}),
        (
            "노사는 10일 상견례를 했다. 사측에서는 윤서준 사장이, 노조에서는 문태오 위원장이 참석했다.",
            {"윤서준:meeting:상견례"},
        ),
        ("윤서준 누리전자 사장은 10일 주한 독일대사의 예방을 받았다.", {"윤서준:meeting:주한 독일대사"}),
        ("주한 독일대사가 10일 윤서준 누리전자 사장과 환담했다.", {"윤서준:meeting:주한 독일대사"}),
        ("윤서준 누리전자 사장은 10일 안전 점검 회의를 직접 챙겼다.", {"윤서준:event:안전 점검 회의"}),
        ("윤서준 누리전자 사장은 오후 3시께 구미 2공장을 점검했다.", {"윤서준:visit:구미 2공장"}),
    ],
)
def test_who_is_where_by_turns_of_phrase(text: str, found: set[str]) -> None:
    assert _done(text) == found


def test_who_came_up_in_a_trade_long_ago_is_not_at_the_occasion() -> None:
    assert not activities("누리전자는 10일 기념식을 열었다. 윤서준 사장은 업계에 등장한 지 20년이 됐다.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "윤서준 누리전자 사장은 10일 2020년 인수한 완도 공장에 들러 설비를 살폈다.",
            {"윤서준:visit:완도 공장"},
        ),
        ("윤서준 누리전자 사장은 2020년 완도 공장에 들러 설비를 살폈다.", set()),
        (
            "두 회사는 10일 공동 기자회견을 열었다. 윤서준 누리전자 사장과 백도현 한서화학 대표가 나란히 마이크 앞에 앉았다.",
            {"윤서준:event:공동 기자회견", "백도현:event:공동 기자회견"},
        ),
        ("누리전자는 10일 공장을 열었다. 사옥을 찾으려던 윤서준 누리전자 사장은 일정을 미뤘다.", set()),
        (
            "누리전자는 10일 공장을 열었다. 사옥을 찾은 윤서준 누리전자 사장은 일정을 미뤘다.",
            {"윤서준:visit:사옥"},
        ),
    ],
)
def test_the_past_of_a_place_and_what_was_only_meant(text: str, found: set[str]) -> None:
    assert _done(text) == found


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("하마드 왕세자가 9일 기업인들과 오찬을 했다. 오찬에는 추민석 벼리그룹 회장이 초대받았다.", {"추민석"}),
        ("하마드 왕세자가 9일 기업인들과 오찬을 했다. 오찬에 초대받은 추민석 벼리그룹 회장은 가지 못했다.", set()),
        ("하마드 왕세자가 9일 기업인들과 오찬을 했다. 오찬에는 추민석 벼리그룹 회장도 초대됐지만 사양했다.", set()),
        ("대통령은 9일 기업인 간담회를 열었다. 이날 참석자는 추민석 벼리그룹 회장, 반정희 누리호텔 대표 등 7명이다.", {"추민석", "반정희"}),
        ("대통령은 9일 기업인 간담회를 열었다. 이날 참석자는 추민석 벼리그룹 회장이 아니라 반정희 누리호텔 대표였다.", {"반정희"}),
        ("대통령은 9일 기업인 간담회를 열었다. 이날 참석자는 추민석 벼리그룹 회장의 장남 등 7명이다.", set()),
        ("추민석 벼리그룹 회장은 9일 백악관 만찬에 초대받고 거절했다.", set()),
        ("추민석 벼리그룹 회장은 내년 다보스포럼에 초대받았다.", set()),
    ],
)  # fmt: skip
def test_who_is_asked_and_who_is_named_one_by_one(text: str, who: set[str]) -> None:
    assert {a.person for a in activities(text)} == who


@pytest.mark.parametrize("craft", ["전세기 편으로", "대한항공편으로", "항공편으로"])
def test_a_journey_by_whatever_craft(craft: str) -> None:
    text = f"마동훈 벼리중공업 회장이 13일 {craft} 베트남 출장길에 올랐다."
    assert [(a.person, a.kind.value, a.what) for a in activities(text)] == [("마동훈", "trip", "베트남 출장")]


SIDES = "경제계에서는 추민석 벼리그룹 회장, 반정희 누리호텔 대표가 나왔다."


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        ("국회의장이 9일 경제단체장들과 만났다. 시장을 점검하기 위해서다.\n" + SIDES, {"추민석:meeting", "반정희:meeting"}),
        ("국토부 장관이 9일 업계 대표들과 머리를 맞댔다. 대책을 찾자는 자리였다.\n정부 쪽에서는 차관이, 업계 쪽에서는 추민석 벼리그룹 회장이 자리를 지켰다.", {"추민석:meeting"}),
        ("9일 서울에서 자선 음악회가 열렸다. 객석은 가득 찼다.\n" + SIDES, {"추민석:event", "반정희:event"}),
        ("철강사 경영자들이 9일 서울에서 회동했다. 1년 만이다.\n참석자는 추민석 벼리그룹 회장과 반정희 누리호텔 대표다.", {"추민석:meeting", "반정희:meeting"}),
        ("철강사 경영자들이 9일 철강 값을 올렸다. 1년 만이다.\n" + SIDES, set()),
        ("국회의장이 9일 경제단체장들과 만났다.\n업계에서는 추민석 벼리그룹 회장이 물러날 것이라는 전망이 나왔다.", set()),
        ("국회의장이 9일 경제단체장들과 만났다.\n재판에서는 추민석 벼리그룹 회장이 증인으로 나왔다.", set()),
        ("국회의장이 9일 경제단체장들과 만났다.\n업계에서는 추민석 벼리그룹 회장이 만든 제품이 나왔다.", set()),
        ("9일 벼리포럼이 열렸다. 전문가들이 머리를 맞댔다. 추민석 벼리그룹 회장도 참석했다.", {"추민석:event"}),
        ("국회의장이 9일 경제단체장들과 만났다. " + "시장이 흔들리고 있다. " * 30 + SIDES, set()),
    ],
)  # fmt: skip
def test_who_is_named_by_the_side_he_comes_from(text: str, deeds: set[str]) -> None:
    assert done(text) == deeds


def test_who_keeps_his_seat_at_a_table_keeps_no_post() -> None:
    met = "국토부 장관이 9일 업계 대표들과 머리를 맞댔다.\n"
    assert not told(met + "업계 쪽에서는 추민석 벼리그룹 회장, 반정희 누리호텔 대표가 자리를 지켰다.")
    kept = "벼리그룹 회장이 9일 사장단과 만났다. 그룹은 이날 임원 인사를 했다. 재계에서는 반정희 누리호텔 대표가 자리를 지켰다."
    assert told(kept) == {("반정희", "누리호텔", "retained", "대표")}


@pytest.mark.parametrize("until", ["밤 11시까지", "새벽 3시 반까지", "12시간 동안"])
def test_nobody_keeps_a_post_for_hours(until: str) -> None:
    assert not told(f"추민석 벼리전력 사장은 비상상황실에서 {until} 자리를 지켰다.")


def test_who_drops_out_for_a_reason_is_absent() -> None:
    there = "9일 서울에서 벼리포럼이 열렸다. 지난달 포럼에 참석했던 추민석 벼리그룹 회장은 "
    assert not activities(there + "건강을 이유로 빠졌다. 이 자리에는 기업인 50명이 참석했다.")
