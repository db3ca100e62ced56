"""Houses in the brackets of a group's list, and heads of houses: who belongs where."""

from __future__ import annotations

import pytest

from briefing.model import Article
from tests.extract.reading import Told, extractor, told

HOUSES: list[tuple[str, str, list[Told]]] = [
    (  # a house without an ending, that others of the group have, and one with a branch
        "한가람그룹 2026년 임원 승진",
        (
            "한가람그룹이 임원 승진 인사를 했다. 다음은 명단.\n\n○ 전무\n구도산(한가람건업), 나은후(한가람에너지)\n"
            "○ 상무\n도채윤(한가람F&B), 반서진(한가람건업 두바이지사)\n○ 상무보\n예다온 옥지안(이상 한가람건업)"
        ),
        [
            ("구도산", "한가람건업", "promoted", "전무"),
            ("나은후", "한가람에너지", "promoted", "전무"),
            ("도채윤", "한가람F&B", "promoted", "상무"),
            ("반서진", "한가람건업", "promoted", "상무"),
            ("예다온", "한가람건업", "promoted", "상무보"),
            ("옥지안", "한가람건업", "promoted", "상무보"),
        ],
    ),
    (  # a house of another name, named again and again beside houses that show
        "수풀그룹, 임원 인사 단행",
        (
            "수풀그룹은 임원 인사를 단행했다.\n\n▲ 부사장 승진\n- 구도산(수풀제지), 나은후(이든켐), 도채윤(이든켐)\n"
            "▲ 전무 승진\n- 반서진(수풀제지), 우예찬(이든켐)"
        ),
        [
            ("구도산", "수풀제지", "promoted", "부사장"),
            ("나은후", "이든켐", "promoted", "부사장"),
            ("도채윤", "이든켐", "promoted", "부사장"),
            ("반서진", "수풀제지", "promoted", "전무"),
            ("우예찬", "이든켐", "promoted", "전무"),
        ],
    ),
    (  # house and post in brackets: who rises does so there
        "한가람그룹 임원 승진자 명단",
        (
            "한가람그룹이 정기 인사를 했다.\n\n◇부사장 승진\n▲구도산(한가람화학 생산본부장) ▲나은후(現 한가람물산 재무본부장)\n"
            "◇전무 승진\n▲도채윤(한가람화학·54) ▲반서진(경영지원본부장)"
        ),
        [
            ("구도산", "한가람화학", "promoted", "부사장"),
            ("나은후", "한가람물산", "promoted", "부사장"),
            ("도채윤", "한가람화학", "promoted", "전무"),
            ("반서진", "한가람그룹", "promoted", "전무"),
        ],
    ),
    (  # the post that stays, the post to be taken
        "한가람그룹 사장단 인사",
        "한가람그룹은 사장단 인사를 단행했다.\n\n◇승진\n▲사장 구도산(한가람화학 대표이사 내정)\n◇유임\n▲나은후(한가람물산 대표이사)",
        [
            ("구도산", "한가람화학", "promoted", "사장"),
            ("구도산", "한가람화학", "appointed", "대표이사"),
            ("나은후", "한가람물산", "retained", "대표이사"),
        ],
    ),
    (  # a row of names before a house; a step in rank there
        "한가람그룹 임원 승진자 48명",
        (
            "한가람그룹 임원 승진자는 48명이다. 주요 승진자는 다음과 같다.\n\n△부사장 구도산(한가람전자)\n"
            "△전무 나은후·도채윤(한가람전자), 반서진(한가람화학)\n△상무 우예찬(한가람화학 여수공장)"
        ),
        [
            ("구도산", "한가람전자", "promoted", "부사장"),
            ("나은후", "한가람전자", "promoted", "전무"),
            ("도채윤", "한가람전자", "promoted", "전무"),
            ("반서진", "한가람화학", "promoted", "전무"),
            ("우예찬", "한가람화학", "promoted", "상무"),
        ],
    ),
    (  # lines without marks and headings
        "한가람그룹, 계열사 CEO 3명 교체",
        (
            "한가람그룹은 대표이사를 교체하는 인사를 발표했다.\n\n한가람전자 대표이사 사장 구도산\n"
            "한가람건설 대표이사 나은후 (연임)\n한가람에코 대표이사 도채윤 (외부 영입·前 한빛솔루션 대표)"
        ),
        [
            ("구도산", "한가람전자", "appointed", "대표이사"),
            ("나은후", "한가람건설", "retained", "대표이사"),
            ("도채윤", "한가람에코", "appointed", "대표이사"),
        ],
    ),
    (  # fields of work that end like enterprises
        "참솔증권 임원 인사",
        "참솔증권은 임원 인사를 했다.\n\n◇ 본부장\n▷법인영업 구도산 ▷PF금융 나은후 ▷상품기획 도채윤",
        [
            ("구도산", "참솔증권", "appointed", "본부장"),
            ("나은후", "참솔증권", "appointed", "본부장"),
            ("도채윤", "참솔증권", "appointed", "본부장"),
        ],
    ),
    (  # a step in rank within a house
        "한가람그룹 정기 인사",
        "한가람그룹은 인사를 했다. 대상자는 다음과 같다.\n\n• 구도산 한가람전자 부사장 → 사장\n• 나은후 한가람건설 상무 → 한가람리조트 대표",
        [("구도산", "한가람전자", "promoted", "사장"), ("나은후", "한가람리조트", "appointed", "대표")],
    ),
    (  # from house to house
        "한가람그룹 임원 인사",
        "한가람그룹이 계열사 임원 인사를 했다.\n\n◇ 이동\n▲ 구도산 전무 (한가람전자 → 한가람물산)\n▲ 나은후 상무 (한가람물산→한가람건설)",
        [("구도산", "한가람물산", "appointed", "전무"), ("나은후", "한가람건설", "appointed", "상무")],
    ),
    (  # a bank in its head's title
        "참솔금융그룹 계열사 대표 인사",
        "참솔금융그룹은 자회사 대표를 내정했다.\n\n▲참솔은행장 구도산(연임)\n▲참솔카드 대표 나은후(신임)",
        [("구도산", "참솔은행", "retained", "은행장"), ("나은후", "참솔카드", "appointed", "대표")],
    ),
]


@pytest.mark.parametrize(("title", "text", "moves"), HOUSES)
def test_houses_in_brackets(title: str, text: str, moves: list[Told]) -> None:
    assert told(text, title) == set(moves)


@pytest.mark.parametrize(
    "note",
    ["재무", "공채", "여", "서울", "한빛대", "해외영업", "상품기획", "반도체", "바이오"],
)
def test_what_comes_back_in_brackets_need_be_no_house(note: str) -> None:
    text = (
        "한가람그룹이 임원 인사를 했다.\n\n◇상무 승진\n▲구도산(한가람화학) ▲나은후(한가람물산) "
        f"▲도채윤({note}) ▲반서진({note})"
    )
    companies = {
        company
        for person, company, *_ in told(text, "한가람그룹 임원 인사")
        if person in {"도채윤", "반서진"}
    }
    assert companies == {"한가람그룹"}


def test_fields_are_no_houses_in_the_list_of_one_company() -> None:
    text = "한가람화학이 임원 인사를 했다.\n\n◇상무 승진\n▲구도산(바이오) ▲나은후(바이오) ▲도채윤(한가람물산)"
    found = told(text, "한가람화학 임원 승진")
    assert ("구도산", "한가람화학", "promoted", "상무") in found


def test_directors_from_outside_keep_their_own_house() -> None:
    text = "한가람그룹이 인사를 했다.\n\n◇사외이사 선임\n▲구도산(이든회계법인 대표) ▲나은후(수풀제지 사장)"
    assert told(text, "한가람그룹 임원 인사") == {
        ("구도산", "한가람그룹", "appointed", "사외이사"),
        ("나은후", "한가람그룹", "appointed", "사외이사"),
    }


def test_a_group_named_for_its_trade_shares_its_first_syllables_with_its_houses() -> None:
    text = (
        "◇ 부사장\n곽동건 나래상용차 전동화사업부장\n◇ 전무\n탁유선 나래오토파츠 품질본부장\n"
        "◇ 상무\n편민호 나래렌터카 대표이사\n"
    )
    found = {(m[0], m[1]) for m in told(text, "[인사] 나래모빌리티그룹")}
    assert found == {("곽동건", "나래상용차"), ("탁유선", "나래오토파츠"), ("편민호", "나래렌터카")}


def test_who_is_hired_goes_to_the_house_of_the_bracket() -> None:
    text = (
        "나래그룹이 28일 임원 인사를 했다.\n\n상무 승진: 곽선우 이하늘(이상 나래제지)\n"
        "상무 신규 영입: 케이트 윤(나래홀딩스 커뮤니케이션실장), 도하린(다솔소재 연구소장)"
    )
    assert told(text, "나래그룹 임원 인사") == {
        ("곽선우", "나래제지", "promoted", "상무"),
        ("이하늘", "나래제지", "promoted", "상무"),
        ("케이트 윤", "나래홀딩스", "appointed", "상무"),
        ("케이트 윤", "나래홀딩스", "appointed", "커뮤니케이션실장"),
        ("도하린", "나래그룹", "appointed", "상무"),
    }


def test_people_are_at_the_house_of_the_heading_over_them() -> None:
    text = "■ 나래산업 ◇부사장 △곽선우\n■ 나래로지스 ◇대표이사 △부사장 도은재 ◇상무 △윤하람"
    article = Article(id="t", text=text, title="[인사] 나래그룹")
    people = {p.name: p.company for p in extractor().extract(article).people}
    assert people == {"곽선우": "나래산업", "도은재": "나래로지스", "윤하람": "나래로지스"}
