"""Seeing places of work: building sites, trials and works at a plant; occasions that are none."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.reading import done

_DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    "text",
    [
        "도해솔 나래건설 사장이 9일 한강 빗물터널 공사장을 예고 없이 찾았다.",
        "도해솔 나래건설 사장은 9일 나래밸브 시험동에서 시제품 가동 모습을 참관했다.",
        "도해솔 나래건설 사장은 9일 여수 공장에서 시운전을 참관했다.",
        "도해솔 나래건설 사장은 9일 조립동에서 생산 공정을 참관했다.",
    ],
)
def test_who_sees_works_where_they_are_done_visits(text: str) -> None:
    assert done(text, day=_DAY) == {"도해솔:visit"}


@pytest.mark.parametrize(
    "text",
    [
        "도해솔 나래건설 사장은 9일 상하이 모터쇼를 참관했다.",
        "도해솔 나래건설 사장은 9일 훈련장에서 소방훈련을 참관했다.",
        "도해솔 나래건설 사장은 9일 코엑스에서 열린 로봇 전시회에서 시운전을 참관했다.",
        "여민준 한강관광공사 사장은 9일 주주총회에 참석했다.",
    ],
)
def test_who_watches_an_occasion_is_there(text: str) -> None:
    assert {one.partition(":")[2] for one in done(text, day=_DAY)} == {"event"}


@pytest.mark.parametrize(
    "text",
    [
        "도해솔 나래은행장이 9일 죽도지점 창구를 둘러봤다.",
        "도해솔 나래물산 사장은 9일 보육원을 찾아 도시락을 날랐다.",
    ],
)
def test_a_part_of_a_place_and_work_done_there_are_one_visit(text: str) -> None:
    assert done(text, day=_DAY) == {"도해솔:visit"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("도해솔 나래물산 전무는 회사를 떠나 대학 강단에 선다.", set()),
        ("도해솔 나래물산 전무는 퇴임 뒤 교단에 설 예정이다.", set()),
        ("도해솔 나래물산 전무는 9일 한빛대 강단에 섰다.", {"도해솔:event"}),
        ("도해솔 나래물산 전무는 9일 모교 강단에 올라 강연했다.", {"도해솔:event"}),
    ],
)
def test_who_leaves_to_teach_stands_on_no_stage(text: str, expected: set[str]) -> None:
    assert done(text, day=_DAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "도해솔 나래은행장은 9일 서울 망원시장에서 과일과 떡을 산 뒤 인근 복지관에 전했다.",
        "도해솔 나래은행장은 9일 부산 자갈치시장에서 장을 봤다.",
        "도해솔 나래택배 대표는 9일 새벽 곤지암 물류터미널에서 분류 작업을 지켜봤다.",
        "도해솔 나래건설 사장은 9일 순천 공장으로 옮겨 단조 설비를 둘러봤다.",
        "도해솔 나래건설 사장은 9일 화성 공장으로 자리를 옮겨 생산라인을 점검했다.",
        "도해솔 나래공사 사장은 9일 현충탑을 참배했다.",
    ],
)
def test_who_shops_watches_work_or_goes_over_visits(text: str) -> None:
    assert done(text, day=_DAY) == {"도해솔:visit"}


@pytest.mark.parametrize(
    "text",
    [
        "도해솔 나래증권 대표는 9일 주식시장에서 자사주 1만 주를 샀다.",
        "도해솔 나래증권 대표는 9일 채권을 유럽 시장에서 구매했다.",
        "도해솔 나래건설 사장은 중국 시장에서 점유율이 오르는 것을 지켜봤다.",
        "도해솔 나래건설 사장은 9일 본사를 판교 사옥으로 옮겨 직원들을 격려했다.",
        "도해솔 나래건설 사장은 2011년 다솔연구소로 옮겨 수석연구원을 지냈다.",
        "도해솔 나래건설 부사장은 창원공장으로 자리를 옮겨 설비를 챙기게 됐다.",
        "도해솔 나래건설 부사장은 나래건설 울산공장으로 옮겨 생산을 점검해 왔다.",
        "도해솔 나래푸드 대표는 새벽마다 노량진수산시장에서 생선을 사 온다고 설명했다.",
        "도해솔 나래푸드 대표는 가락시장에서 사과를 사 매장에서 판다.",
        "도해솔 나래건설 대표는 중고시장에서 장비를 샀다.",
    ],
)
def test_trade_and_removals_are_no_visits(text: str) -> None:
    assert done(text, day=_DAY) == set()


def test_who_looks_after_something_with_the_visitor_came_along() -> None:
    seen = "도해솔 나래항공 사장이 9일 김포공항 격납고를 찾았다. "
    along = "도 사장은 백다온 정비본부장과 함께 예비 부품 재고를 확인했다."
    assert done(seen + along, day=_DAY) == {"도해솔:visit", "백다온:visit"}
    assert done("도해솔 나래항공 사장은 백다온 정비본부장과 함께 재고를 확인했다.", day=_DAY) == set()
    others = "문태오 나래항공 대표는 백다온 정비본부장과 함께 예비 부품 재고를 확인했다."
    assert done(seen + others, day=_DAY) == {"도해솔:visit"}
    at_his_desk = "도 사장은 백다온 정비본부장과 함께 해외시장 동향을 살폈다."
    assert done(seen + at_his_desk, day=_DAY) == {"도해솔:visit"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "산업부 장관은 9일 창원공장을 방문했다. 현장에는 도해솔 나래전자 사장이 함께했다.",
            {"도해솔:visit"},
        ),
        (
            "산업부 장관은 9일 창원공장을 방문하려다 취소했다. 현장에는 도해솔 나래전자 사장이 함께했다.",
            set(),
        ),
        (
            (
                "산업부 장관은 9일 창원공장을 방문했다. 현장에는 노조의 반대 집회가 열렸고 "
                "도해솔 나래전자 사장은 서울 본사에서 화상으로 참석했다."
            ),
            set(),
        ),
    ],
)
def test_who_goes_with_an_official_is_where_he_went(text: str, expected: set[str]) -> None:
    assert done(text, day=_DAY) == expected


@pytest.mark.parametrize("stream", ["조문이 이어졌다", "발길이 이어졌다", "발길이 끊이지 않았다"])
def test_those_who_come_to_mourn_are_told_by_their_steps(stream: str) -> None:
    text = (
        f"9일 고인의 빈소에는 오전부터 도해솔 나래그룹 회장, 백다온 누리물산 대표 등 재계 인사들의 {stream}."
    )
    assert done(text, day=_DAY) == {"도해솔:visit", "백다온:visit"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("도해솔 나래그룹 회장과 백다온 다솔그룹 회장의 조문이 이어졌다.", {"도해솔:visit", "백다온:visit"}),
        ("이준 장관, 도해솔 나래그룹 회장 등이 보낸 조화와 각계의 조문 행렬이 이어졌다.", set()),
        ("도해솔 나래그룹 회장과 인연이 깊은 재계 인사들의 발길이 이어졌다.", set()),
        ("도해솔 나래그룹 회장이 보낸 근조화환이 놓였고 재계의 발길이 이어졌다.", set()),
        (
            "상주인 도해솔 나래그룹 회장이 조문객을 맞았고 백다온 다솔그룹 회장 등의 발길이 이어졌다.",
            {"백다온:visit"},
        ),
    ],
)
def test_who_sends_flowers_or_mourns_himself_does_not_come(text: str, expected: set[str]) -> None:
    assert done("9일 고인의 빈소에는 " + text, day=_DAY) == expected
