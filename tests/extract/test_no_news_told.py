"""What is an activity and what only sounds like one; invented people, published on Sunday 2024-05-12."""

from __future__ import annotations

import pytest

from tests.extract.reading import done


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("곽선우 누리전자 사장은 10일 포럼에 참석해 2023년 실적을 설명했다.", {"곽선우:event"}),
        ("곽선우 누리전자 사장은 10일 기자간담회를 열고 2023년 실적을 공개했다.", {"곽선우:event"}),
        (
            "곽선우 누리전자 사장은 10일 준공식에 참석해 2021년 착공한 공장의 의미를 설명했다.",
            {"곽선우:event"},
        ),
        ("곽선우 누리전자 사장은 준공식에 참석해 2021년 착공한 공장의 의미를 설명했다.", {"곽선우:event"}),
        (
            "곽선우 누리전자 사장은 10일 서울에서 백승재 다솔 대표를 만나 2023년 체결한 협약을 점검했다.",
            {"곽선우:meeting", "백승재:meeting"},
        ),
        ("곽선우 누리전자 사장은 대학에서 백승재 다솔 대표를 만나 2014년 창업했다.", set()),
        ("곽선우 누리전자 사장은 강연회에 참석해 2014년 누리전자에 합류했다.", set()),
    ],
)
def test_an_old_year_behind_a_deed_tells_its_day_only_where_something_was_founded(
    text: str, found: set[str]
) -> None:
    assert done(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("곽선우 누리전자 사장은 후임 인선을 마치고 10일 미국으로 출국했다.", {"곽선우:trip"}),
        (
            "곽선우 누리전자 사장은 전임 백승재 대표와 함께 10일 미국으로 출국했다.",
            {"곽선우:trip", "백승재:trip"},
        ),
        ("곽선우 누리전자 사장은 새로 부임한 주한 미국대사와 함께 10일 미국으로 출국했다.", {"곽선우:trip"}),
        ("곽선우 누리전자 사장은 인사 발령 직후인 10일 미국 출장을 떠났다.", {"곽선우:trip"}),
        ("곽선우 누리전자 사장은 10일 귀국해 사업을 맡은 임원들과 회의를 열었다.", {"곽선우:trip"}),
        ("곽선우 누리전자 미국법인장은 본사 부사장으로 승진해 10일 귀국했다.", set()),
        ("곽선우 누리전자 미국법인장은 10일 귀국해 본사 영업본부장을 맡는다.", set()),
        ("곽선우 누리전자 미국법인장은 5년 만에 귀국해 본사 생산센터장을 맡는다.", set()),
        ("백승재 누리호텔 총지배인이 10일 부임했다. 전임 총지배인 곽선우 이사는 도쿄로 떠났다.", set()),
    ],
)
def test_who_goes_to_another_post_makes_no_journey(text: str, found: set[str]) -> None:
    told = done(text)
    assert {t for t in told if t.endswith("trip")} == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("곽선우 누리전자 사장은 10일 10년 넘게 거래한 공장을 방문했다.", {"곽선우:visit"}),
        ("곽선우 누리전자 사장은 10일 30년간 일한 직원들을 만났다.", {"곽선우:meeting"}),
        ("곽선우 누리전자 사장은 10일 20년간 이어온 포럼에 참석했다.", {"곽선우:event"}),
        ("곽선우 누리전자 사장은 20년간 현장을 누비며 경험을 쌓았다.", set()),
    ],
)
def test_years_told_of_what_is_visited_are_no_habit(text: str, found: set[str]) -> None:
    assert done(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "곽선우 누리전자 사장은 주가를 찾아 수익률을 확인했다.",
        "곽선우 누리전자 사장은 분실한 휴대전화를 찾아 내용을 확인했다.",
        "곽선우 누리전자 사장은 여유를 찾아 직원을 격려했다.",
        "곽선우 누리전자 사장은 안정을 찾아 조직을 챙겼다.",
        "곽선우 누리전자 사장은 원가를 찾아 내용을 점검했다.",
        "곽선우 누리전자 사장은 원료를 찾아 품질을 점검했다.",
        "곽선우 누리전자 사장은 서류를 찾아 내용을 점검했다.",
        "곽선우 누리전자 사장은 신약을 찾아 효능을 점검했다.",
        "곽선우 누리전자 사장은 광물을 찾아 매장량을 점검했다.",
        "곽선우 누리전자 사장은 균열을 찾아 상태를 점검했다.",
        "곽선우 누리전자 사장은 새 거점을 찾고 있다.",
        "곽선우 누리전자 사장은 온라인 스토어에 들어가 상품평을 확인했다.",
        "코스닥에서 곽선우 누리전자 사장이 거래소에 들어갔다.",
        "곽선우 누리전자 사장은 숙련된 기장을 찾고 있다.",
        "곽선우 누리전자 사장은 10일 상주를 찾아 조문했다.",
        "곽선우 누리전자 사장은 새로운 의미 부여를 찾았다.",
        "곽선우 누리전자 사장은 예산을 찾았다.",
    ],
)
def test_what_is_looked_for_is_no_place(text: str) -> None:
    assert done(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "곽선우 누리전자 사장은 10일 기지국을 찾아 설비를 점검했다.",
        "곽선우 누리전자 사장은 10일 구례를 찾았다.",
        "곽선우 누리전자 사장은 10일 기장군을 찾았다.",
        "곽선우 누리전자 사장은 10일 상주시를 찾았다.",
    ],
)
def test_places_are_found_still(text: str) -> None:
    assert done(text) == {"곽선우:visit"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("곽선우 누리전자 사장은 10일 5대 1 감자 카드를 꺼냈다.", set()),
        ("곽선우 누리전자 사장은 10일 인수 후보 잔해를 치웠다.", set()),
        ("곽선우 누리전자 사장은 10일 농가에서 감자를 캤다.", {"곽선우:event"}),
        ("곽선우 누리전자 사장은 10일 수해 마을에서 토사를 치웠다.", {"곽선우:event"}),
        ("곽선우 누리전자 사장은 고무장갑을 끼고 일하던 시절을 떠올렸다.", set()),
        ("곽선우 누리전자 사장은 앞치마를 두르던 시절을 떠올렸다.", set()),
        ("곽선우 누리전자 사장은 10일 앞치마를 두르고 배식을 도왔다.", {"곽선우:event"}),
    ],
)
def test_work_by_hand_for_others(text: str, found: set[str]) -> None:
    told = done(text)
    assert {t for t in told if t.endswith("event")} == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("곽선우 누리전자 사장은 유학을 마치고 미국에서 돌아왔다.", set()),
        ("곽선우 누리전자 사장은 올해 초 미국에서 돌아와 경영에 참여했다.", set()),
        ("누리전자는 미국에서 돌아온 백승재 전무를 선임했다.", set()),
        ("곽선우 누리전자 사장은 10일 미국 출장에서 돌아왔다.", {"곽선우:trip"}),
        ("곽선우 누리전자 사장은 10일 미국에서 귀국했다.", {"곽선우:trip"}),
        ("곽선우 누리전자 사장은 10일 미국에서 돌아왔다.", {"곽선우:trip"}),
        ("곽선우 누리전자 사장은 미국에서 인천공항으로 돌아왔다.", {"곽선우:trip"}),
        ("누리전자는 10일 미국에서 돌아온 백승재 전무를 선임했다.", set()),
    ],
)
def test_who_comes_home_for_good_was_on_no_journey(text: str, found: set[str]) -> None:
    assert done(text) == found


def test_long_digits_are_read_in_no_time() -> None:
    text = f"곽선우 누리전자 사장은 10일 직원 {'1' * 4000}원을 만났다."
    assert done(text) <= {"곽선우:meeting"}


@pytest.mark.parametrize(
    "text",
    [
        "곽선우 누리전자 사장은 미국에서 박사 학위를 받고 지난 2일 돌아왔다.",
        "누리조선은 10일 진수식을 열었다. 곽선우 누리엔터 대표는 K팝의 대모를 맡아 왔다.",
        "곽선우 누리건설 대표는 10일 계좌이체로 시청에 성금 1억원을 기탁했다.",
        "곽선우 누리건설 대표는 10일 담당자를 통해 시장에게 성금을 전달했다.",
        "누리그룹은 10일 오찬을 열었다. 오찬에는 곽선우 누리그룹 회장이 참석하기로 했으나 빠졌다.",
        "누리그룹은 10일 오찬을 열었다. 오찬에는 곽선우 누리그룹 회장이 참석할 예정이었지만 막지 못했다.",
    ],
)
def test_what_only_sounds_like_being_there(text: str) -> None:
    assert done(text) == set()


def test_who_comes_back_from_partners_or_has_a_part_was_there() -> None:
    back = "곽선우 누리전자 사장은 미국에서 현지 파트너들을 만나고 지난 2일 돌아왔다."
    assert "곽선우:trip" in done(back)
    part = "누리조선은 10일 진수식을 열었다. 곽선우 누리은행 부행장이 대모를 맡았다."
    assert done(part) == {"곽선우:event"}
