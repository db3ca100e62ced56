"""People whom sentences name behind a rank with their houses in brackets; names invented."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told

LEAD = "다솔그룹이 28일 정기 임원인사를 했다.\n\n"
TITLE = "다솔그룹 정기 임원인사"

ROWS: list[tuple[str, list[Told]]] = [
    (
        "사장 승진자는 도채윤(다솔제지)과 나은후(다솔로지텍) 두 명이다. 도 사장은 대표이사직도 함께 맡는다.",
        [
            ("도채윤", "다솔제지", "promoted", "사장"),
            ("나은후", "다솔로지텍", "promoted", "사장"),
            ("도채윤", "다솔제지", "appointed", "대표이사"),
        ],
    ),
    (  # the post of another house; a surname that two of them bear tells of none
        "사장으로 승진한 인물은 도채윤(다솔제지)과 나은후(다솔로지텍)다. 나 사장은 다솔푸드 대표이사를 겸한다.",
        [
            ("도채윤", "다솔제지", "promoted", "사장"),
            ("나은후", "다솔로지텍", "promoted", "사장"),
            ("나은후", "다솔푸드", "appointed", "대표이사"),
        ],
    ),
    (
        "사장 승진자는 도채윤(다솔제지)과 도은후(다솔로지텍)다. 도 사장은 경영기획실장까지 맡는다.",
        [("도채윤", "다솔제지", "promoted", "사장"), ("도은후", "다솔로지텍", "promoted", "사장")],
    ),
    (  # foreign names, and a part of the house
        "부사장으로는 문새나(다솔홀딩스), 차오 린(다솔제지 중국법인), 팜 반 퐁(다솔전자)이 승진 명단에 이름을 올렸다.",
        [
            ("문새나", "다솔홀딩스", "promoted", "부사장"),
            ("차오 린", "다솔제지", "promoted", "부사장"),
            ("팜 반 퐁", "다솔전자", "promoted", "부사장"),
        ],
    ),
    (  # in turn
        "전무로는 반도윤(다솔건설), 구하린(다솔푸드)이, 상무로는 차은결(다솔화학)과 노아름(다솔제지)이 각각 승진했다.",
        [
            ("반도윤", "다솔건설", "promoted", "전무"),
            ("구하린", "다솔푸드", "promoted", "전무"),
            ("차은결", "다솔화학", "promoted", "상무"),
            ("노아름", "다솔제지", "promoted", "상무"),
        ],
    ),
    (  # fields and ages are no houses; old titles
        (
            "상무 승진자는 김나래(전략)·박도윤(재무) 등 5명이다. 전무 승진자는 곽태호(58), 우연아(55)다. "
            "부사장 승진자는 구하린 전무(다솔화학), 반도윤 전무(다솔건설)다."
        ),
        [
            ("김나래", "다솔그룹", "promoted", "상무"),
            ("박도윤", "다솔그룹", "promoted", "상무"),
            ("곽태호", "다솔그룹", "promoted", "전무"),
            ("우연아", "다솔그룹", "promoted", "전무"),
            ("구하린", "다솔화학", "promoted", "부사장"),
            ("반도윤", "다솔건설", "promoted", "부사장"),
        ],
    ),
    (
        "부회장 승진은 하예린(다솔홀딩스) 한 명이다. 상무에는 김나래(다솔제지), 박도윤(다솔전자)이 새로 선임됐다.",
        [
            ("하예린", "다솔홀딩스", "promoted", "부회장"),
            ("김나래", "다솔제지", "appointed", "상무"),
            ("박도윤", "다솔전자", "appointed", "상무"),
        ],
    ),
    (  # the house behind a row is all of theirs
        "상무에는 김나래·박도윤·구하린(이상 다솔제지), 곽태호, 우연아(이상 다솔전자), 반도윤(다솔건설) 등 6명이 새로 선임됐다.",
        [
            ("김나래", "다솔제지", "appointed", "상무"),
            ("박도윤", "다솔제지", "appointed", "상무"),
            ("구하린", "다솔제지", "appointed", "상무"),
            ("곽태호", "다솔전자", "appointed", "상무"),
            ("우연아", "다솔전자", "appointed", "상무"),
            ("반도윤", "다솔건설", "appointed", "상무"),
        ],
    ),
    (
        "도채윤·나은후(다솔제지), 문새나(다솔전자)는 전무로 승진했다.",
        [
            ("도채윤", "다솔제지", "promoted", "전무"),
            ("나은후", "다솔제지", "promoted", "전무"),
            ("문새나", "다솔전자", "promoted", "전무"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "moves"), ROWS)
def test_who_rises_with_houses_in_brackets(text: str, moves: list[Told]) -> None:
    assert told(LEAD + text, TITLE) == set(moves)


@pytest.mark.parametrize(
    "text",
    [
        "사장 승진 후보로는 도채윤(다솔제지)과 나은후(다솔로지텍)가 거론된다.",
        "부회장 승진자로는 하예린(다솔홀딩스)이 유력하다.",
        "지난해 사장 승진자는 도채윤(다솔제지)과 나은후(다솔로지텍)였다.",
        "전무 승진자 명단에서는 곽태호(다솔건설), 우연아(다솔화학)가 제외됐다.",
        "사장 승진자로는 도채윤(다솔제지)과 나은후(다솔로지텍)가 포함되지 못하고 탈락했다.",
    ],
)
def test_who_is_only_thought_of_or_left_out(text: str) -> None:
    assert told(LEAD + text, TITLE) == set()
