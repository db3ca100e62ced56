"""Layouts of lists: parts of one house as headings, round headings, steps with posts, enumerations told about."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told

LAYOUTS: list[tuple[str, str, list[Told]]] = [
    (  # parts of the one house the list is of
        "가람전자 임원 승진",
        "아래는 명단.\n\n【생활가전사업부】\n○ 부사장 승진\n구석수 류윤태\n【경영지원】\n○ 상무 승진\n명민철 여규태",
        [
            ("구석수", "가람전자", "promoted", "부사장"),
            ("류윤태", "가람전자", "promoted", "부사장"),
            ("명민철", "가람전자", "promoted", "상무"),
            ("여규태", "가람전자", "promoted", "상무"),
        ],
    ),
    (  # in a notice of several houses such a heading may be one
        "[인사] 한빛기획부·가람염전공사 外",
        "■한빛기획부 △국고과장 편지현\n■가람염전공사 ◇상임이사 △경영관리이사 국승호",
        [("국승호", "가람염전공사", "appointed", "경영관리이사")],
    ),
    (  # headings in round brackets, before marks
        "[인사] 참빛생명",
        "◈ 참빛생명\n(임원 승진) ∆ 상무 현선미 ∆ 〃 사공인규\n(임원 해촉) ∆ 상무 하솔민\n(임원 연임) ∆ 이사 성지환",
        [
            ("현선미", "참빛생명", "promoted", "상무"),
            ("사공인규", "참빛생명", "promoted", "상무"),
            ("하솔민", "참빛생명", "departed", "상무"),
            ("성지환", "참빛생명", "retained", "이사"),
        ],
    ),
    (  # the bullet of typewriters
        "[인사] 가람항로공사",
        (
            "가람항로공사가 13일 인사를 발령했다.\n\n□ 상임이사 선임\nㅇ 경영본부장 채두진 ㅇ 운영본부장 지병수\n"
            "□ 비상임이사 연임\nㅇ 이순철 ㅇ 황율호"
        ),
        [
            ("채두진", "가람항로공사", "appointed", "경영본부장"),
            ("지병수", "가람항로공사", "appointed", "운영본부장"),
            ("이순철", "가람항로공사", "retained", "비상임이사"),
            ("황율호", "가람항로공사", "retained", "비상임이사"),
        ],
    ),
    (  # rank and post on both sides of an arrow
        "가람반도체 임원 인사",
        (
            "가람반도체가 17일 임원 인사를 냈다.\n\n사공찬영 부사장(설계본부장) → 사장(대표이사)\n"
            "변정아 전무(생산기획실장) → 전무(품질본부장)\n박인규 수석(설계팀) → 상무"
        ),
        [
            ("사공찬영", "가람반도체", "promoted", "사장"),
            ("사공찬영", "가람반도체", "appointed", "대표이사"),
            ("변정아", "가람반도체", "appointed", "품질본부장"),
            ("박인규", "가람반도체", "promoted", "상무"),
        ],
    ),
    (  # whom the headline counts need not be whom the list names
        "가람전자, 상무 3명 선임",
        "가람전자는 9일 임원인사를 했다.\n\n이날 함께 발표한 장학생은 다음과 같다.\n\n공도현, 민서윤, 한미르",
        [],
    ),
    (  # an enumeration that goes on with the sentence before
        "가람솔그룹 임원 인사",
        "가람솔그룹이 인사를 했다. 상무보 12명도 상무로 올라섰다. 정상훈(㈜가람솔홀딩스)·김도현(가람솔해운) 등이다.",
        [
            ("정상훈", "가람솔홀딩스", "promoted", "상무"),
            ("김도현", "가람솔해운", "promoted", "상무"),
        ],
    ),
    (  # who rose, who is new, told as subject
        "가람솔그룹 임원 인사",
        (
            "가람솔그룹이 인사를 했다. 상무보에서 상무로 오른 임원은 박진웅(가람솔해운)·양지석(가람솔조선) 등 6명이다. "
            "새로 임원이 된 이는 홍재욱(가람솔해운)·주우성(가람솔조선) 등 상무보 8명이다."
        ),
        [
            ("박진웅", "가람솔해운", "promoted", "상무"),
            ("양지석", "가람솔조선", "promoted", "상무"),
            ("홍재욱", "가람솔해운", "appointed", "상무보"),
            ("주우성", "가람솔조선", "appointed", "상무보"),
        ],
    ),
    (  # told of another year
        "가람솔그룹 임원 인사",
        (
            "가람솔그룹이 인사를 했다. 재작년에는 2명이 상무로 승진했다. 정상훈(가람솔해운)·김도현(가람솔해운) 등이다. "
            "2019년 상무로 승진한 임원은 박진웅(가람솔해운)·양지석(가람솔조선) 등 5명이다."
        ),
        [],
    ),
    (  # a part of the house with one entry
        "가람홀딩스 임원 승진",
        "가람홀딩스는 9일 임원 인사를 했다.\n\n【금융】\n▲ 상무 공도현",
        [("공도현", "가람홀딩스", "promoted", "상무")],
    ),
    (  # of whom nothing has been told
        "가람솔그룹 임원 인사",
        "가람솔그룹이 인사를 했다. 사고로 다친 직원도 여럿이었다. 정상훈(가람솔해운)·김도현(가람솔해운) 등이다.",
        [],
    ),
]


@pytest.mark.parametrize(("title", "text", "expected"), LAYOUTS)
def test_layouts(title: str, text: str, expected: list[Told]) -> None:
    assert told(text, title) == set(expected)


def test_steps_of_a_career_under_a_heading_are_nobody() -> None:
    text = """◇사장 승진
■위홍렬 벼리유화 대표이사 사장 ▲1955년생 ▲나래대 화학공학과 ▲1979년 입사 ▲2010년 여수단지 총괄
■노미란 벼리정밀화학 대표이사 사장 ▲1958년생 ▲누리여대 약학과 ▲2006년 연구소장 선임
◇이동
■표용태 벼리에너지 대표이사 사장 ▲1953년생 ▲서울대 경제학과 ▲2009년 벼리정밀화학 대표이사"""
    assert {person for person, _, _, _ in told(text, "벼리그룹 사장단 인사 면면")} == {
        "위홍렬",
        "노미란",
        "표용태",
    }
