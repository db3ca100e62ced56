"""Whom general meetings elect, named in brackets behind the seats; names invented."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told

LEAD = "누리소프트가 31일 정기 주주총회를 열었다.\n\n"
TITLE = "누리소프트, 주총서 이사 선임"

SEATS: list[tuple[str, list[Told]]] = [
    (
        "주총에선 사내이사 2명(노아름·석유빈)과 사외이사 1명(도미솔 한음대 교수)의 선임안이 모두 원안대로 통과됐다.",
        [
            ("노아름", "누리소프트", "appointed", "사내이사"),
            ("석유빈", "누리소프트", "appointed", "사내이사"),
            ("도미솔", "누리소프트", "appointed", "사외이사"),
        ],
    ),
    (  # who is told before is not the subject of the sentence behind
        (
            "주총에서는 사외이사 2명(구도산 전 한빛은행 부행장, 나은후 가람대 교수)을 신규 선임했다. "
            "사내이사 1명(도채윤)은 재선임됐다."
        ),
        [
            ("구도산", "누리소프트", "appointed", "사외이사"),
            ("나은후", "누리소프트", "appointed", "사외이사"),
            ("도채윤", "누리소프트", "retained", "사내이사"),
        ],
    ),
    (
        (
            "사내이사 2명(구도산·나은후)을 재선임하고 사외이사 1명(도채윤 가람대 교수)을 새로 뽑았다. "
            "감사위원(우연아·하예린) 선임의 건도 가결됐다."
        ),
        [
            ("구도산", "누리소프트", "retained", "사내이사"),
            ("나은후", "누리소프트", "retained", "사내이사"),
            ("도채윤", "누리소프트", "appointed", "사외이사"),
            ("우연아", "누리소프트", "appointed", "감사위원"),
            ("하예린", "누리소프트", "appointed", "감사위원"),
        ],
    ),
    (  # each by its own vote
        "사외이사 2명(구도산·나은후) 선임안은 부결됐다. 회사가 내세운 사외이사 2명(도채윤·우연아)은 선임됐다.",
        [
            ("도채윤", "누리소프트", "appointed", "사외이사"),
            ("우연아", "누리소프트", "appointed", "사외이사"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "moves"), SEATS)
def test_seats_filled(text: str, moves: list[Told]) -> None:
    assert told(LEAD + text, TITLE) == set(moves)


@pytest.mark.parametrize(
    "text",
    [
        "사내이사 2명(구도산·나은후)을 재선임하는 안건을 상정한다.",
        "주총에서는 사외이사 후보 2명(구도산·나은후)을 선임할 예정이다.",
        "이사회는 사내이사 3명(남성)과 사외이사 4명(여성 1명)으로 구성됐다.",
        "사외이사 2명(도채윤·우연아)의 임기가 끝나 새 이사를 선임했다.",
        "지난해 주총에서는 사내이사 2명(구도산·나은후)이 선임됐다.",
        "사내이사 2명(구도산·나은후) 선임 안건은 표 대결 끝에 모두 부결됐다.",
    ],
)
def test_seats_not_filled(text: str) -> None:
    assert told(LEAD + text, TITLE) == set()
