"""Whom an office appoints, heads of public enterprises, shortlists, associations, short particles."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told

MOVES: list[tuple[str, list[Told]]] = [
    (  # no executive before, the head of a public enterprise now
        "국토교통부는 함원태 前 교통물류차관보를 가람도로공단 이사장으로 임명했다고 6일 밝혔다.",
        [("함원태", "가람도로공단", "appointed", "이사장")],
    ),
    ("교육부는 함원태 전 차관보를 가람대학교 이사장으로 임명했다고 6일 밝혔다.", []),
    (  # an office appoints, the post stands beside the name
        "산업부는 13일 우창수 가람광업공사 사장, 천미라 다솔전기공사 사장, 하종렬 나래무역공사 사장을 임명했다고 밝혔다.",
        [
            ("우창수", "가람광업공사", "appointed", "사장"),
            ("천미라", "다솔전기공사", "appointed", "사장"),
            ("하종렬", "나래무역공사", "appointed", "사장"),
        ],
    ),
    (
        "산업부는 13일 무역정책실장에 우창수 국장을 임명했다고 밝혔다.",
        [],
    ),
    # the house that takes somebody from another one, a council, a proposal, candidates of several houses
    (
        "가람전자는 9일 새 대표를 뽑았다. 이사회는 공도현 다솔전자 대표를 선임했다.",
        [("공도현", "가람전자", "appointed", "대표")],
    ),
    ("산업부는 9일 민관협의회를 꾸렸다. 산업부는 공도현 가람전자 사장, 민서윤 다솔전자 사장을 위촉했다.", []),
    ("국토교통부는 함원태 전 차관보를 가람도로공단 이사장으로 임명 제청했다.", []),
    ("가람도로공단 이사장 후보로 공도현 교수, 민서윤 교수가 추천됐다.", []),
    (
        "가람금융지주는 가람증권 대표에 공도현 부사장, 가람카드 대표에 민서윤 부사장을 최종 후보로 확정했다.",
        [("공도현", "가람증권", "appointed", "대표"), ("민서윤", "가람카드", "appointed", "대표")],
    ),
    ("가람전자 노조는 9일 공도현 대표의 사직서도 받아들이라고 요구했다.", []),
    (
        "한들제약에선 두진혁 공동대표가 재신임을 받았다.",
        [("두진혁", "한들제약", "retained", "공동대표")],
    ),
    (
        "가람금융지주 이사회는 석문수 가람은행장, 예지환 가람증권 사장을 최종 후보로 확정했다.",
        [],
    ),
    (
        "다온중견상공연합이 19일 정기총회를 열고 변종석 가람정공 회장을 제11대 회장으로 추대했다.",
        [("변종석", "다온중견상공연합", "appointed", "회장")],
    ),
    (
        "가람은행 개인영업의 사공철 부행장이 물러난다.",
        [("사공철", "가람은행", "departed", "부행장")],
    ),
    (
        "가람몰은 12일 긴급 이사회를 열고 허담 대표의 사임서를 받아들였다.",
        [("허담", "가람몰", "departed", "대표")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), MOVES)
def test_who_is_appointed(text: str, expected: list[Told]) -> None:
    assert told(text) == set(expected)
