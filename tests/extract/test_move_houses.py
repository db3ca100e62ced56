"""At which house a move takes place, and who is meant, where the sentence says it from afar."""

from __future__ import annotations

import pytest

from briefing.model import MoveKind
from tests.extract.reading import Told, told

TAKES, LEAVES, STAYS = MoveKind.APPOINTED, MoveKind.DEPARTED, MoveKind.RETAINED


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        (  # a hotel in which an association meets
            "한국도료협회는 22일 서울 가람호텔에서 제44회 정기총회를 열어 맹인호 누리유화 사장을 신임 회장으로 추대했다.",
            [("맹인호", "한국도료협회", TAKES, "회장")],
        ),
        (  # a house founded
            "주이안 전 다솔벤처스 상무와 빈서언 전 다솔벤처스 이사는 최근 모닥샘파트너스를 설립하고 나란히 공동대표에 올랐다.",
            [
                ("주이안", "모닥샘파트너스", TAKES, "공동대표"),
                ("빈서언", "모닥샘파트너스", TAKES, "공동대표"),
            ],
        ),
        (  # persons counted
            "누리물산은 31일 정기주총을 열었다. 마도연 대표와 여진탁 전무가 왔다. 두 사람 모두 사내이사로 선임됐다.",
            [
                ("마도연", "누리물산", TAKES, "사내이사"),
                ("여진탁", "누리물산", TAKES, "사내이사"),
            ],
        ),
        (
            "누리물산은 31일 정기주총을 열었다. 마도연 대표는 물러났다. 감사 표상두 씨도 재신임을 받았다.",
            [("마도연", "누리물산", LEAVES, "대표"), ("표상두", "누리물산", STAYS, "감사")],
        ),
        (  # a unit between the house and the post
            "가람물산은 인사를 냈다. 다솔전자 해외패션본부의 초대 본부장으로는 이탈리아 바이어 출신 루카 콘티가 온다.",
            [("루카 콘티", "다솔전자", TAKES, "본부장")],
        ),
        (  # a research institute of the firm's own
            "가람화학은 1일자로 문보람 박사를 중앙연구소 임상본부장으로 영입했다고 밝혔다.",
            [("문보람", "가람화학", TAKES, "임상본부장")],
        ),
        (  # what a vice president is in charge of is no house
            "누리제약(대표이사 형보주)은 임상개발 부사장으로 문보람 박사를 영입했다고 1일 밝혔다.",
            [("문보람", "누리제약", TAKES, "부사장")],
        ),
        (
            "누리전자는 노태인 이사를 상무로, 허광인 부장을 이사대우로 각각 올렸다.",
            [
                ("노태인", "누리전자", MoveKind.PROMOTED, "상무"),
                ("허광인", "누리전자", MoveKind.PROMOTED, "이사대우"),
            ],
        ),
        (
            "국중언 누리화재 사장이 12일 일신상의 이유로 돌연 사의를 밝힘에 따라 누리화재는 새 사장을 찾는다.",
            [("국중언", "누리화재", LEAVES, "사장")],
        ),
        (  # the end of a Chinese name is no company's
            "가람반도체에서 하드웨어를 총괄하던 첸즈웨이(陳志偉) 수석부사장도 이날 사표를 냈다.",
            [("첸즈웨이", "가람반도체", LEAVES, "수석부사장")],
        ),
        (
            "가람물산은 인사를 냈다. 공동창업자 루카 콘티 씨가 가람물산 디지털사업부장으로 합류한다.",
            [("루카 콘티", "가람물산", TAKES, "디지털사업부장")],
        ),
        (  # a part of a firm that acts for it
            "가람산업 패션부문은 최고운영책임자로 공보람 전무를 발령했다. 누리물산 이사회도 인사를 냈다.",
            [("공보람", "가람산업", TAKES, "최고운영책임자")],
        ),
        (
            "누리그룹은 그란 사장을 불러들인다. 소피아 그란 누리코리아 사장은 누리그룹 본사의 대외협력 사장으로 옮긴다.",
            [("소피아 그란", "누리그룹", TAKES, "사장")],
        ),
        (
            "가람자동차에서는 섀시연구소장 소정인 상무가 자문위원으로 물러난다.",
            [("소정인", "가람자동차", LEAVES, "섀시연구소장")],
        ),
        (  # posts with a number, and persons in brackets
            "누리산업은 주총에서 사외이사 2명(곽민하 법무법인 이안 고문, 진수호 다솔회계법인 대표)을 새로 뽑았다.",
            [("곽민하", "누리산업", TAKES, "사외이사"), ("진수호", "누리산업", TAKES, "사외이사")],
        ),
        (  # not whom the sentence before was about
            "누리산업은 하광인 부사장을 투자심의실장에 앉혔다. IR팀을 이끌던 조민인 책임은 임원(상무보)으로 선임됐다.",
            [("하광인", "누리산업", TAKES, "투자심의실장"), ("조민인", "누리산업", TAKES, "상무보")],
        ),
        (
            "누리산업은 엄태인 상무를 네트워크본부장에 앉혔다. 상무로 새로 선임된 5명의 평균 나이는 46세다.",
            [("엄태인", "누리산업", TAKES, "네트워크본부장")],
        ),
        (
            "가람자산운용 금기언 대표는 물러나고, 후임으로는 데이비드 옹(David Ong) 전 누리에셋 대표가 발탁됐다.",
            [("금기언", "가람자산운용", LEAVES, "대표"), ("데이비드 옹", "가람자산운용", TAKES, "대표")],
        ),
        (
            "누리파이프의 다툼은 지난해 창업주인 고 하진인 명예회장이 유언 없이 세상을 떠나며 시작됐다.",
            [],
        ),
        (  # who writes chooses nobody
            "공인서 기자 = 가람금융지주가 5일 계열사 7곳의 CEO 후보를 추천했다. 표만식 회장은 말을 아꼈다.",
            [],
        ),
    ],
)
def test_houses_and_persons(text: str, moves: list[Told]) -> None:
    assert told(text) == set(moves)


RISES = MoveKind.PROMOTED


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        (  # who rises does so at the house of the post
            "상원그룹은 20일 사장단 인사를 했다. 상원물류 새 대표에는 최하림 상원홀딩스 재무실장이 전무로 승진해 부임한다.",
            [("최하림", "상원물류", TAKES, "대표"), ("최하림", "상원물류", RISES, "전무")],
        ),
        (
            "상원그룹은 20일 인사를 했다. 상원건설 대표에는 서동민(58) 상원홀딩스 재무총괄 부사장이 사장으로 승진해 내정됐다.",
            [("서동민", "상원건설", TAKES, "대표"), ("서동민", "상원건설", RISES, "사장")],
        ),
        (  # a house of the group that is called by a number
            "다솔그룹이 20일 정기 임원인사를 했다. 다솔24는 1984년생인 류다인 상품본부장이 대표를 맡아 그룹 최연소 최고경영자가 됐다.",
            [("류다인", "다솔24", TAKES, "대표")],
        ),
        (
            "다솔그룹이 수장을 대거 바꿨다. 26일 인사에서 다솔백화점 대표에는 편의점을 흑자로 돌려놓은 남현수 다솔24 대표가, 다솔마트 대표에는 곽이든 다솔마트 온라인사업본부장이 각각 발탁됐다.",
            [("남현수", "다솔백화점", TAKES, "대표"), ("곽이든", "다솔마트", TAKES, "대표")],
        ),
        (  # a committee of the group's own
            "다솔그룹이 27일 인사를 단행했다. 그룹 경영조정위원회도 없애기로 했다. 위원회를 이끌던 조병우(66) 부회장은 물러난다.",
            [("조병우", "다솔그룹", LEAVES, "부회장")],
        ),
        (  # a successor from a sister
            "다솔금융지주는 20일 자회사 대표 후보를 추천했다. 다솔자산운용만 얼굴이 바뀐다. 홍유민 대표의 후임으로 다솔은행에서 자산관리그룹을 이끄는 김태린 부행장이 내정됐다.",
            [("김태린", "다솔자산운용", TAKES, "대표")],
        ),
        (  # the house that somebody left is not the one that takes them
            "신임 최고디자인책임자(CDO)로는 이탈리아 출신의 마르코 벨리니 전 누리모터스 디자인 총괄이 영입됐다.",
            [("마르코 벨리니", None, TAKES, "최고디자인책임자(CDO)")],
        ),
        (  # a shareholder that votes against somebody
            "다솔전자 주주총회가 20일 열렸다. 벼리연금은 윤도하 대표 재선임에 반대표를 던졌다. 임기가 끝난 황인택 사외이사는 이날 퇴임했다.",
            [("황인택", "다솔전자", LEAVES, "사외이사")],
        ),
        (  # names, ranks and the next post run on
            "다솔정유는 부사장에 임효철전무 전무에 노상국상무를 각각 승진 발령했다.",
            [("임효철", "다솔정유", RISES, "부사장"), ("노상국", "다솔정유", RISES, "전무")],
        ),
        (  # a city's own officials
            "다솔개발은 20일 대표이사에 최한묵 부사장을 선임했다고 밝혔다. 한편 서울시는 이날 1급 인사를 내고 도시기반시설본부장에 여운혁 국장을, 기후환경본부장에 손미라 국장을 각각 임명했다.",
            [("최한묵", "다솔개발", TAKES, "대표이사")],
        ),
    ],
)
def test_houses_told_by_other_posts_and_persons(text: str, moves: list[Told]) -> None:
    assert told(text) == set(moves)


def test_a_firm_that_only_its_deeds_show() -> None:
    text = (
        "코스닥 바이오텍 진메딕스를 세운 우보람 대표가 물러난다. 진메딕스는 31일 본사에서 주총과 이사회를 열고 "
        "문보람 전무를 대표이사로 선임했다."
    )
    assert told(text) == {
        ("우보람", "진메딕스", LEAVES, "대표"),
        ("문보람", "진메딕스", TAKES, "대표이사"),
    }


def test_shares_terms_and_schools_are_no_list() -> None:
    shares = "[누리파이프 주총]\n인사를 둘러싼 분쟁이 끝났다.\n■ 지분 현황\n-하주용 회장 21.3%\n-하주석 부사장 18.2%"
    terms = "누리중공업 인사가 났다.\n■ 역대 재무책임자\n-2023~2024년 : 하광보 부사장\n-2025년~ : 노익환 전무"
    school = (
        "학교법인 다솔학원은 교수를 총장에 선임했다. 이날 교무위원 인사도 냈다.\n"
        "▲교무처장 은상희 ▲입학처장 계성남 ▲학생처장 태지선"
    )
    assert [told(text) for text in (shares, terms, school)] == [set()] * 3


def test_leaving_at_a_time_is_no_post() -> None:
    text = "가람금융지주 인사가 났다. 기존 대표인 엄정기(카드), 조필중(증권), 남궁솔(캐피탈) 씨는 연말에 모두 퇴임한다."
    assert {(person, role) for person, _, _, role in told(text)} == {
        ("엄정기", "대표"),
        ("조필중", None),
        ("남궁솔", None),
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("소인섭 가람제지 대표가 한국제지공업협회장에 선출됐다.", TAKES),
        ("소인섭 가람제지 대표가 한국제지공업협회장에서 물러난다.", LEAVES),
    ],
)
def test_an_association_named_in_its_heads_post_is_the_house(text: str, kind: str) -> None:
    assert told(text) == {("소인섭", "한국제지공업협회", kind, "회장")}
