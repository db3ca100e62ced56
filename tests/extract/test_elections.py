"""Offices of an association that elects its head from among its members; invented people and houses."""

from __future__ import annotations

import pytest

from tests.extract.reading import told

HEAD = "한국벼리포장협회는 9일 정기총회를 열고 노아진 나래판지 대표를 제15대 회장으로 선출했다.\n"
TAIL = "\n노 회장은 2001년 부친이 세운 나래판지에 입사해 2013년 대표에 올랐다. 나래판지는 지난해 매출 1430억원을 올렸다."
TITLE = "포장업계 새 수장에 노아진 나래판지 대표"


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("전임 금교승 회장은 6년간의 임기를 마치고 물러났다.", ("금교승", "한국벼리포장협회", "departed", "회장")),
        ("누리팩 하세별 사장이 신임 부회장을 맡는다.", ("하세별", "한국벼리포장협회", "appointed", "부회장")),
        ("상근부회장에는 견우석 전 한강환경청장이 내정됐다.", ("견우석", "한국벼리포장협회", "appointed", "상근부회장")),
    ],
)  # fmt: skip
def test_offices_are_the_associations(text: str, move: tuple[str, str, str, str]) -> None:
    assert move in told(HEAD + text + TAIL, TITLE)


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("한편 나래판지는 이날 견우석 나래판지 전무를 부회장으로 승진시켰다.", ("견우석", "나래판지", "promoted", "부회장")),
        ("나래판지는 같은 날 주주총회에서 견우석 변호사를 감사로 선임했다.", ("견우석", "나래판지", "appointed", "감사")),
    ],
)  # fmt: skip
def test_the_firm_of_the_new_head_keeps_its_own_posts(text: str, move: tuple[str, str, str, str]) -> None:
    found = told(HEAD + text + TAIL, TITLE)
    assert move in found
    assert ("노아진", "한국벼리포장협회", "appointed", "회장") in found


def test_a_deputy_elected_is_no_head() -> None:
    head = HEAD.replace("제15대 회장으로 선출", "부회장으로 선임")
    found = told(head + "상근감사에는 견우석 전 한강환경청장이 내정됐다." + TAIL, "나래판지 소식")
    assert not {house for person, house, _, _ in found if person == "견우석"} & {"한국벼리포장협회"}


def test_councils_of_branches_are_houses_of_their_own() -> None:
    text = "곽선우 나래상선 사장이 세계해운협의회(WSC) 의장으로 선출됐다."
    assert ("곽선우", "세계해운협의회", "appointed", "의장") in told(
        text, "세계해운협의회 의장에 곽선우 나래상선 사장"
    )
