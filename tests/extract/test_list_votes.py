"""Agendas of general meetings: who was elected, who again, who was not."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told

MEETING = "참솔화학은 29일 본사에서 정기 주주총회를 열었다.\n\n"

VOTES: list[tuple[str, list[Told]]] = [
    (
        MEETING
        + "제3-1호 사내이사 구도산 선임의 건 : 가결(재선임)\n제3-2호 사내이사 나은후 선임의 건 : 가결(신규)\n"
        "제3-3호 사외이사 도채윤 선임의 건 : 원안대로 가결 (연임)\n제4호 상근감사 반서진 선임의 건 : 부결(의결정족수 미달)",
        [
            ("구도산", "참솔화학", "retained", "사내이사"),
            ("나은후", "참솔화학", "appointed", "사내이사"),
            ("도채윤", "참솔화학", "retained", "사외이사"),
        ],
    ),
    (  # the result in brackets
        MEETING + "- 사내이사 구도산 선임의 건 (원안 가결)\n- 사외이사 나은후 선임의 건 (부결)\n"
        "- 기타비상무이사 도채윤 선임의 건 (철회)\n- 이사 보수한도 승인의 건 (원안 가결)",
        [("구도산", "참솔화학", "appointed", "사내이사")],
    ),
    (  # the result behind an arrow, with shares
        MEETING + "1호 의안 : 재무제표 승인 → 가결\n2-1호 의안 : 사내이사 구도산 선임 → 가결(찬성 87.1%)\n"
        "2-2호 의안 : 사외이사 나은후 선임 → 부결(찬성 41.2%)\n3호 의안 : 감사 도채윤 재선임 → 가결",
        [
            ("구도산", "참솔화학", "appointed", "사내이사"),
            ("도채윤", "참솔화학", "retained", "감사"),
        ],
    ),
    (  # no motion named, but candidates and results
        MEETING
        + "▲ 사내이사 구도산(재선임) : 가결 (찬성 71%)\n▲ 사내이사 나은후(신규, 주주제안) : 부결 (찬성 33%)\n"
        "▲ 사외이사 도채윤(신규) : 가결",
        [
            ("구도산", "참솔화학", "retained", "사내이사"),
            ("도채윤", "참솔화학", "appointed", "사외이사"),
        ],
    ),
    (  # all of them passed, says the text; the candidate behind the motion
        (
            "참솔화학은 29일 정기 주주총회를 열고 모든 안건을 원안대로 가결했다.\n\n▲ 제1호 재무제표 승인의 건\n"
            "▲ 제2-1호 사내이사 구도산 선임의 건\n▲ 제2-2호 사외이사 선임의 건(후보자: 나은후)\n▲ 제4호 이사 보수한도 승인의 건"
        ),
        [
            ("구도산", "참솔화학", "appointed", "사내이사"),
            ("나은후", "참솔화학", "appointed", "사외이사"),
        ],
    ),
    (  # a vote to dismiss that failed
        MEETING + "제1호 이사 구도산 해임의 건 : 부결\n제2호 사내이사 나은후 선임의 건 : 가결",
        [
            ("구도산", "참솔화학", "retained", "이사"),
            ("나은후", "참솔화학", "appointed", "사내이사"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "moves"), VOTES)
def test_votes(text: str, moves: list[Told]) -> None:
    assert told(text, "참솔화학 정기주총 결과…이사 선임") == set(moves)


@pytest.mark.parametrize(
    "lead",
    [
        "참솔화학은 29일 정기 주주총회를 연다.",
        "참솔화학 이사회는 주총 안건을 모두 원안대로 의결했다. 주총은 29일 열린다.",
        "참솔화학의 지난해 주총에서 안건은 모두 원안대로 가결됐다. 올해 주총은 29일 열릴 예정이다.",
        "참솔화학 주총을 앞두고 자문사는 모든 안건을 원안대로 승인하라고 권고했다.",
    ],
)
def test_motions_still_to_come(lead: str) -> None:
    text = f"{lead}\n\n▲ 제1호 사내이사 구도산 선임의 건\n▲ 제2호 사외이사 나은후 재선임의 건"
    assert told(text, "참솔화학 주총…이사 선임 안건은") == set()


def test_motions_about_nobody() -> None:
    text = (
        "참솔화학 주총에서 안건이 모두 원안대로 가결됐다.\n\n▲ 이사 보수한도 승인의 건\n▲ 정관 일부 변경의 건"
    )
    assert told(text, "참솔화학 주총, 이사 선임 없이 끝나") == set()


@pytest.mark.parametrize(
    ("motions", "moves"),
    [
        (
            "△재무제표 승인 △사내이사 구도산·나은후 선임 △사외이사 도채윤 재선임 등을 원안대로 의결했다.",
            {("구도산", "appointed", "사내이사"), ("나은후", "appointed", "사내이사"), ("도채윤", "retained", "사외이사")},
        ),
        (
            "구도산·나은후 사내이사 재선임, 도채윤 감사위원 선임 안건을 승인했다.",
            {("구도산", "retained", "사내이사"), ("나은후", "retained", "사내이사"), ("도채윤", "appointed", "감사위원")},
        ),
        (  # the second tells the kind of the first
            "사내이사 구도산, 사외이사 도채윤 신규 선임 등 다섯 안건을 가결했다.",
            {("구도산", "appointed", "사내이사"), ("도채윤", "appointed", "사외이사")},
        ),
        (
            "▲재무제표 승인 ▲사내이사 선임(구도산, 나은후) ▲사외이사 선임(도채윤) 안건을 모두 통과시켰다.",
            {("구도산", "appointed", "사내이사"), ("나은후", "appointed", "사내이사"), ("도채윤", "appointed", "사외이사")},
        ),
        ("소액주주가 사내이사 구도산·나은후 선임 안건을 올렸으나 모두 부결했다.", set()),
    ],
)  # fmt: skip
def test_motions_in_a_sentence(motions: str, moves: set[tuple[str, str, str]]) -> None:
    text = "참솔화학은 29일 정기 주주총회를 열고 " + motions
    assert told(text) == {(name, "참솔화학", kind, seat) for name, kind, seat in moves}


@pytest.mark.parametrize(
    "ends",
    [
        "등을 의결했으나 △감사 반서진 선임의 건은 부결됐다.",
        "등을 의결했지만 정관 변경안은 부결됐다.",
        "등을 가결했으며 이사 보수한도 승인은 처리하지 못했다.",
        "안건을 국민연금의 반대에도 가결했다.",
    ],
)
def test_motions_beside_others(ends: str) -> None:
    text = "참솔화학은 29일 정기 주주총회를 열고 △사내이사 구도산 재선임 △사외이사 도채윤 선임 " + ends
    assert told(text) == {
        ("구도산", "참솔화학", "retained", "사내이사"),
        ("도채윤", "참솔화학", "appointed", "사외이사"),
    }


MOTIONS = "참솔화학 사내이사 구도산·나은후 선임, 사외이사 도채윤·반서진 선임"


@pytest.mark.parametrize(
    "sentence",
    [
        f"국민연금은 14일 {MOTIONS}의 건에 찬성하기로 의결했다.",
        f"서스틴베스트는 {MOTIONS} 등 상정된 안건에 모두 찬성했다.",
        f"나래파트너스는 {MOTIONS} 안건을 상정하라고 촉구했다.",
        f"법원은 의결된 {MOTIONS} 결의의 효력을 정지시켰다.",
        f"회사는 {MOTIONS} 안건을 의결할 예정이었으나 정족수 미달로 열리지 못했다.",
        f"2021년 주총에서 회사는 {MOTIONS} 등을 의결했다.",
        f"지난해 주총에서 회사는 {MOTIONS} 등을 의결했다.",
    ],
)
def test_motions_of_others_or_in_vain(sentence: str) -> None:
    rows = {name for name, *_ in told(f"참솔화학이 13일 주총 결과를 알렸다. {sentence}")}
    assert not {"구도산", "나은후", "반서진"} & rows
