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
