"""Moves told in prose: who follows, stays, joins the board, and what is no move; invented people and houses."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told


@pytest.mark.parametrize(
    ("text", "post", "left"),
    [
        (
            "다솔해운은 11일 강도윤 대표가 본사 전략실장으로 자리를 옮기고, 후임은 서하람 상무가 맡는다고 밝혔다.",
            "전략실장",
            "대표",
        ),
        (
            "다솔해운 강도윤 대표는 지주사 경영기획실장으로 이동하고, 후임에는 서하람 부사장이 선임됐다.",
            "경영기획실장",
            "대표",
        ),
        (
            "다솔해운 강도윤 재무본부장은 감사실장으로 자리를 옮긴다. 후임은 서하람 상무가 맡는다.",
            "감사실장",
            "재무본부장",
        ),
        (
            "다솔해운 강도윤 재무본부장이 감사실장으로 자리를 옮기고, 후임으로 서하람 상무가 낙점됐다.",
            "감사실장",
            "재무본부장",
        ),
    ],
)
def test_who_follows_takes_the_post_left_for_another(text: str, post: str, left: str) -> None:
    assert told(text, "다솔해운 인사") == {
        ("강도윤", "다솔해운", "appointed", post),
        ("서하람", "다솔해운", "appointed", left),
    }


def test_nobody_follows_while_the_successor_is_open() -> None:
    text = (
        "다솔해운 강도윤 재무본부장은 감사실장으로 자리를 옮긴다. 후임은 아직 정해지지 않았다. "
        "서하람 상무는 영업본부장을 맡는다."
    )
    assert told(text, "다솔해운 인사") == {
        ("강도윤", "다솔해운", "appointed", "감사실장"),
        ("서하람", "다솔해운", "appointed", "영업본부장"),
    }


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        (
            "강도윤 다솔해운 재무본부장은 사표가 수리되는 대로 누리벼제지 대표로 자리를 옮긴다.",
            {("강도윤", "누리벼제지", "appointed", "대표")},
        ),
        (
            "강도윤 다솔해운 전무는 사직서가 수리되면 누리벼제지 부사장을 맡는다.",
            {("강도윤", "누리벼제지", "appointed", "부사장")},
        ),
        (
            "강도윤 다솔해운 전무는 사직서가 받아들여지는 대로 누리벼제지 사장에 취임한다.",
            {("강도윤", "누리벼제지", "appointed", "사장")},
        ),
        (
            "강도윤 다솔해운 대표는 사표가 수리되는 대로 회사를 떠난다.",
            {("강도윤", "다솔해운", "departed", "대표")},
        ),
        ("강도윤 다솔해운 대표의 사표가 수리됐다.", {("강도윤", "다솔해운", "departed", "대표")}),
    ],
)
def test_a_resignation_to_be_accepted_only_says_when(text: str, moves: set[Told]) -> None:
    assert told(text, "다솔해운 소식") == moves


@pytest.mark.parametrize(
    "text",
    [
        "강도윤 다솔해운 대표는 후임이 올 때까지 석 달 더 자리를 지키다가 회사를 떠난다.",
        "물러나기로 한 강도윤 다솔해운 대표는 두 달 더 회사를 이끈다. 그는 6월 말 사임한다.",
        "다솔해운 강도윤 대표가 사임한다. 강 대표는 다섯 달 더 자리를 지키기로 했다.",
        "강도윤 다솔해운 대표는 다섯 달 더 자리를 지킨 뒤 물러난다.",
    ],
)
def test_who_stays_some_months_more_leaves(text: str) -> None:
    assert told(text, "다솔해운 대표") == {("강도윤", "다솔해운", "departed", "대표")}


@pytest.mark.parametrize(
    "text",
    [
        "다솔해운은 강도윤 상무(1979년생)를 전무로 승진시켰다.",
        "다솔해운은 강도윤(1984년생) 상무를 전무로 승진시켰다.",
        "강도윤 다솔해운 상무가 1979년생 가운데 처음으로 전무로 승진했다.",
        "다솔해운은 1981년생 강도윤 상무를 전무로 승진시켰다.",
    ],
)
def test_a_year_of_birth_is_no_date_of_old(text: str) -> None:
    assert told(text, "다솔해운 인사") == {("강도윤", "다솔해운", "promoted", "전무")}


def test_a_year_before_the_verb_is_one() -> None:
    assert not told("다솔해운에서 강도윤 상무는 1984년 전무로 승진했다.", "다솔해운 인사")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("강도윤 다솔해운 대표는 다른 회사의 제안을 물리치고 잔류를 택했다.", "대표"),
        ("강도윤 다솔해운 대표는 이적설을 뒤로하고 잔류를 선택했다.", "대표"),
        ("경쟁사 이적설이 돌던 강도윤 다솔해운 부사장이 잔류를 택했다.", "부사장"),
        ("강도윤 다솔해운 부사장이 결국 잔류를 택한다.", "부사장"),
        ("누리벼제지가 다솔해운을 인수한다. 다솔해운은 강도윤 대표가 그대로 경영한다.", "대표"),
        ("누리벼제지에 팔리지만 다솔해운은 창업자인 강도윤 대표가 그대로 경영하기로 했다.", "대표"),
        ("새 주인을 맞은 뒤에도 다솔해운은 강도윤 대표가 그대로 회사를 경영한다.", "대표"),
    ],
)
def test_who_stays_or_runs_the_house_as_before_is_retained(text: str, role: str) -> None:
    assert told(text, "다솔해운 소식") == {("강도윤", "다솔해운", "retained", role)}


@pytest.mark.parametrize(
    "text",
    [
        "강도윤 다솔해운 대표는 잔류를 택하지 않았다.",
        "강도윤 대표가 그대로 경영하던 다솔해운은 문을 닫았다.",
    ],
)
def test_who_did_not_stay_is_not_retained(text: str) -> None:
    assert not told(text, "다솔해운 소식")


@pytest.mark.parametrize(
    "text",
    [
        "강도윤 다솔해운 전무가 이사회에 합류했다.",
        "다솔해운 재무본부장인 강도윤 전무가 새로 이사회에 합류했다.",
        "재무 전문가인 강도윤 다솔해운 부사장이 이사진에 합류한다.",
        "강도윤 누리벼제지 전 대표가 다솔해운 이사회에 합류했다.",
        "다솔해운은 10일 강도윤 전무가 이사회에 새로 진입했다고 밝혔다.",
    ],
)
def test_who_joins_the_board_has_a_seat_there(text: str) -> None:
    assert told(text, "다솔해운 이사회") == {("강도윤", "다솔해운", "appointed", "이사")}


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        (
            "강도윤 다솔해운 전무는 사내이사로 이사회에 합류했다.",
            {("강도윤", "다솔해운", "appointed", "사내이사")},
        ),
        ("강도윤 다솔해운 전무가 이사회에 참석했다.", set()),
    ],
)
def test_a_seat_that_is_named_and_a_meeting(text: str, moves: set[Told]) -> None:
    assert told(text, "다솔해운 이사회") == moves


@pytest.mark.parametrize(
    "text",
    [
        "다솔해운은 대표이사가 서하람 사장으로 변경됐다고 31일 공시했다.",
        "다솔해운은 31일 대표이사가 서하람 사장으로 변경됐다고 공시했다.",
        "다솔해운은 대표이사를 서하람 씨로 변경했다고 31일 공시했다.",
        "다솔해운의 대표이사가 서하람 부사장으로 변경됐다.",
    ],
)
def test_a_filing_tells_to_whom_the_post_changed(text: str) -> None:
    assert told(text, "다솔해운 공시") == {("서하람", "다솔해운", "appointed", "대표이사")}


def test_a_change_of_the_houses_name_appoints_nobody() -> None:
    text = "다솔해운은 사명이 온솔해운으로 변경됐다고 31일 공시했다. 서하람 대표이사는 새 이름을 알렸다."
    assert not told(text, "다솔해운 공시")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "다솔해운은 강도윤 부사장을 CEO로 내정했다. 강 부사장은 26일 주주총회에서 대표이사로 선임된다.",
            {"CEO"},
        ),
        (
            "다솔해운은 강도윤 전무를 CEO로 영입했다. 강 전무는 26일 이사회에서 대표이사에 선임됐다.",
            {"CEO"},
        ),
        (
            (
                "다솔해운 이사회가 강도윤 부사장을 차기 최고경영자 후보로 추천했다. "
                "강 부사장은 주주총회를 거쳐 대표이사에 선임된다."
            ),
            {"최고경영자"},
        ),
        (
            (
                "다솔해운이 강도윤 전 누리벼제지 부사장을 새 최고경영자(CEO)로 영입했다. "
                "강도윤 신임 대표이사는 다음 달 주주총회에서 대표이사로 선임될 예정이다."
            ),
            {"최고경영자(CEO)"},
        ),
        ("다솔해운이 강도윤 전무를 대표로 뽑았다. 강 전무는 4월 CEO에 취임한다.", {"대표"}),
        (
            "다솔해운은 강도윤 부사장을 CEO로 내정했다. 강 부사장은 26일 주주총회에서 사내이사로 선임된다.",
            {"CEO", "사내이사"},
        ),
    ],
)
def test_two_names_of_the_helm_are_one_post(text: str, roles: set[str]) -> None:
    assert told(text, "다솔해운 인사") == {("강도윤", "다솔해운", "appointed", role) for role in roles}


@pytest.mark.parametrize(
    "text",
    [
        "회사를 물려받은 강도윤 다솔해운 대표도 월급 두 달 치를 떼어 성금으로 냈다.",
        "경영권을 넘겨받은 강도윤 다솔해운 회장은 월급을 떼어 기부했다.",
        "자리를 물려받은 강도윤 다솔해운 사장이 주식 절반을 떼어 직원들에게 나눠 줬다.",
        "강도윤 다솔해운 부사장이 그룹 2인자 자리를 굳혔다.",
        "강도윤 다솔해운 부사장이 후계자 자리를 굳혔다.",
        "강도윤 다솔해운 대표가 업계 강자의 자리를 굳혔다.",
        "강도윤 다솔해운 회장은 동남아를 찾는 경제인 대표단 단장을 맡았다.",
        "강도윤 다솔해운 회장이 민간 대표단 단장으로 선임됐다.",
        "강도윤 다솔해운 회장이 베트남을 찾는 기업 대표단 단장으로 뽑혔다.",
        "강도윤 다솔해운 회장이 동남아 대표단장에 선임됐다.",
    ],
)
def test_other_objects_and_leading_a_delegation_are_no_moves(text: str) -> None:
    assert not told(text, "다솔해운 소식")


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("강도윤 다솔해운 사장이 회사에서 손을 뗐다.", ("강도윤", "다솔해운", "departed", "사장")),
        ("강도윤 다솔해운 부사장이 용퇴를 굳혔다.", ("강도윤", "다솔해운", "departed", "부사장")),
        ("강도윤 다솔해운 대표가 사의를 굳혔다.", ("강도윤", "다솔해운", "departed", "대표")),
        ("강도윤 다솔해운 전무가 구매단장에 선임됐다.", ("강도윤", "다솔해운", "appointed", "구매단장")),
    ],
)
def test_their_neighbours_are_moves(text: str, move: Told) -> None:
    assert told(text, "다솔해운 소식") == {move}
