"""Moves told by counting, by gaps, or in the words of who leaves, on invented names."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told

TWO = "나래제약이 은하림 사장과 두영진 전무에게 미래를 맡긴다. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "이달 말 물러날 예정이던 은하림 나래전자 대표가 유임됐다.",
            {("은하림", "나래전자", "retained", "대표")},
        ),
        (
            TWO + "나래제약은 9일 이사회를 열어 두 사람을 공동대표로 선임했다고 공시했다.",
            {
                ("은하림", "나래제약", "appointed", "공동대표"),
                ("두영진", "나래제약", "appointed", "공동대표"),
            },
        ),
        (
            TWO + "나래제약은 9일 이들을 공동대표로 선임했다.",
            {
                ("은하림", "나래제약", "appointed", "공동대표"),
                ("두영진", "나래제약", "appointed", "공동대표"),
            },
        ),
        (
            "은하림 나래생명 대표와 두영진 나래캐피탈 대표는 1년, 고은새 나래카드 대표는 2년 더 회사를 맡는다.",
            {
                ("은하림", "나래생명", "retained", "대표"),
                ("두영진", "나래캐피탈", "retained", "대표"),
                ("고은새", "나래카드", "retained", "대표"),
            },
        ),
        (
            "은하림 나래건설 회장은 9일 “모든 책임을 지고 회장직을 내려놓겠다”고 밝혔다.",
            {("은하림", "나래건설", "departed", "회장")},
        ),
        (
            "은하림 나래건설 대표는 9일 “대표직에서 물러나겠습니다”라고 말했다.",
            {("은하림", "나래건설", "departed", "대표")},
        ),
        (
            "은하림 나래건설 대표는 9일 “오늘부로 대표직을 사퇴하겠다”고 밝혔습니다.",
            {("은하림", "나래건설", "departed", "대표")},
        ),
        ("은하림 나래건설 대표는 9일 “적자가 나면 대표직에서 물러나겠다”고 말했다.", set()),
        ("은하림 나래건설 대표는 9일 “대표직에서 물러나지 않겠다”고 말했다.", set()),
        ("은하림 나래해운 전무가 밤샘 교섭에 사측 대표로 나섰다.", set()),
    ],
)
def test_moves_said(text: str, expected: set[Told]) -> None:
    assert told(text) == expected


def test_posts_at_houses_that_end_in_a_number() -> None:
    assert told("은하림 나래24 대표가 9일 사임했다.") == {("은하림", "나래24", "departed", "대표")}


def test_the_first_holder_of_a_post() -> None:
    text = (
        "중고거래 플랫폼 나래마켓이 첫 최고재무책임자(CFO)로 은하림 전 다온증권 상무를 영입했다고 9일 밝혔다."
    )
    title = "나래마켓 첫 CFO에 은하림 전 다온증권 상무"
    assert told(text, title) == {("은하림", "나래마켓", "appointed", "최고재무책임자(CFO)")}
