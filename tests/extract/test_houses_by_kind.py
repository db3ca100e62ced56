"""Houses of a group that its news call by their kind alone; names invented."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told

NAMED = (
    "솔빛금융지주는 19일 자회사 대표 인사를 했다. 솔빛자산운용은 외부에서 온 곽인걸 전 오크힐자산운용 전무가 이끈다. "
    "솔빛캐피탈과 솔빛카드도 수장이 바뀐다.\n\n"
)
GROUP = "솔빛금융지주는 19일 자회사 대표 인사를 했다.\n\n"

KINDS: list[tuple[str, str, list[Told]]] = [
    (  # of several houses of a kind the group's own
        NAMED,
        "소준모 카드 사장과 기라온 캐피탈 사장, 표경수 자산운용 대표는 이달 말 회사를 떠난다.",
        [
            ("소준모", "솔빛카드", "departed", "사장"),
            ("기라온", "솔빛캐피탈", "departed", "사장"),
            ("표경수", "솔빛자산운용", "departed", "대표"),
        ],
    ),
    (NAMED, "캐피탈 사장에는 우연아 부사장이 선임됐다.", [("우연아", "솔빛캐피탈", "appointed", "사장")]),
    (  # named nowhere
        GROUP,
        "도채윤 증권 사장은 유임됐다. 나은후 생명 대표는 물러난다.",
        [("도채윤", "솔빛증권", "retained", "사장"), ("나은후", "솔빛생명", "departed", "대표")],
    ),
]


@pytest.mark.parametrize(("lead", "text", "moves"), KINDS)
def test_houses_called_by_their_kind(lead: str, text: str, moves: list[Told]) -> None:
    found = {m for m in told(lead + text, "솔빛금융, 자회사 대표 교체") if m[0] != "곽인걸"}
    assert found == set(moves)


@pytest.mark.parametrize(
    ("text", "move"),
    [
        # a part of the group, and a post that heads no house
        ("도채윤 디지털 사장은 유임됐다.", ("도채윤", "솔빛금융지주", "retained", "사장")),
        ("도채윤 투자 대표는 물러난다.", ("도채윤", "솔빛금융지주", "departed", "대표")),
    ],
)
def test_parts_are_no_houses(text: str, move: Told) -> None:
    assert told(GROUP + text, "솔빛금융, 임원 인사") == {move}


def test_a_group_named_for_its_trade_has_divisions() -> None:
    text = "솔빛쇼핑그룹은 19일 임원 인사를 했다. 홈쇼핑 대표에는 우연아 부사장이 선임됐다."
    assert told(text, "솔빛쇼핑그룹 임원 인사") == {("우연아", "솔빛쇼핑그룹", "appointed", "대표")}
