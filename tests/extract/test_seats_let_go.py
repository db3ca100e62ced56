"""Posts let go of with 놓고, taken over from the ill, kept by one motion beside another that fails; invented people."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told

HEAD = "강석주 가람중공업 대표"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{HEAD}는 9일 대표이사직을 놓고 사내이사로만 활동한다.",
            {("강석주", "가람중공업", "departed", "대표이사")},
        ),
        (
            "강석주 가람중공업 전 대표와 강윤호 부사장은 대표 자리를 놓고 다투다 떠나는 직원을 붙잡았다.",
            set(),
        ),
        (f"{HEAD}와 강윤호 부사장은 합병 방안을 놓고 이야기를 나눴다.", set()),
        (
            "지난달 입원한 강석주 가람중공업 회장의 자리를 강윤호 부사장이 물려받는다.",
            {("강윤호", "가람중공업", "appointed", "회장")},
        ),
        (
            "나래물산 주총에서 도해솔 대표를 다시 뽑는 안건은 가결, 정관 변경 안건은 부결됐다.",
            {("도해솔", "나래물산", "retained", "대표")},
        ),
        ("나래물산 주총에서 도해솔 대표를 다시 뽑는 안건은 반대에 부딪혀 부결됐다.", set()),
        ("강석주 가람중공업 회장은 9일 새 대표에 선임된 이가람과 악수했다.", set()),
    ],
)
def test_seats_let_go(text: str, expected: set[Told]) -> None:
    assert told(text) == expected
