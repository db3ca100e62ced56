"""Notes in square brackets behind names, headings that look like them, remarks, and tables."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told

LEAD = "참솔화학은 1일자로 임원 인사를 했다.\n\n"

LISTS: list[tuple[str, list[Told]]] = [
    (  # each note tells of the name before it
        (
            "▣ 부문장\n소재부문장 전무 구도산 [前 소재사업부장]\n생산부문장 부사장 나은후 [유임]\n"
            "글로벌부문장 전무 토마시 비엘릭 〔전 폴란드법인장〕\n▣ 연구소장\n중앙연구소장 상무 아이샤 카림 [신규 영입]\n"
            "▣ 코퍼레이트\n인사총무실장 상무 도채윤 [前 인사팀장]\n▣ 신사업\n신사업추진단장 반서진"
        ),
        [
            ("구도산", "참솔화학", "appointed", "소재부문장"),
            ("나은후", "참솔화학", "retained", "생산부문장"),
            ("토마시 비엘릭", "참솔화학", "appointed", "글로벌부문장"),
            ("아이샤 카림", "참솔화학", "appointed", "중앙연구소장"),
            ("도채윤", "참솔화학", "appointed", "인사총무실장"),
            ("반서진", "참솔화학", "appointed", "신사업추진단장"),
        ],
    ),
    (
        "▲ 경영지원실장 구도산 [유임]\n▲ 나은후 생산본부장 [유임]\n▲ 품질본부장 도채윤",
        [
            ("구도산", "참솔화학", "retained", "경영지원실장"),
            ("나은후", "참솔화학", "retained", "생산본부장"),
            ("도채윤", "참솔화학", "appointed", "품질본부장"),
        ],
    ),
    (  # headings stay headings
        "[승진] ▲전무 구도산 ▲상무 나은후 [전보] ▲경영지원실장 도채윤",
        [
            ("구도산", "참솔화학", "promoted", "전무"),
            ("나은후", "참솔화학", "promoted", "상무"),
            ("도채윤", "참솔화학", "appointed", "경영지원실장"),
        ],
    ),
    (
        "참솔물산 [승진]\n▲전무 구도산 ▲상무 나은후\n참솔전자 [전보]\n▲경영지원실장 도채윤",
        [
            ("구도산", "참솔물산", "promoted", "전무"),
            ("나은후", "참솔물산", "promoted", "상무"),
            ("도채윤", "참솔전자", "appointed", "경영지원실장"),
        ],
    ),
    (  # from one post to another
        "▶ 전보\n구도산 (영업1본부장 → 해외영업본부장)\n나은후 (전략실장→미주법인장)",
        [
            ("구도산", "참솔화학", "appointed", "해외영업본부장"),
            ("나은후", "참솔화학", "appointed", "미주법인장"),
        ],
    ),
    (  # a post behind a dash, a career behind one
        "1) 구도산 상무 - 자동차보험부문장\n2) 나은후 상무 - 디지털혁신실장\n3) 재무본부장 도채윤 – 前 한빛회계법인 상무",
        [
            ("구도산", "참솔화학", "appointed", "자동차보험부문장"),
            ("나은후", "참솔화학", "appointed", "디지털혁신실장"),
            ("도채윤", "참솔화학", "appointed", "재무본부장"),
        ],
    ),
    (  # one who rises says nothing of the others
        "- 구도산 사장\n- 나은후 부사장(유임)\n- 도채윤 부사장(승진)",
        [
            ("구도산", "참솔화학", "appointed", "사장"),
            ("나은후", "참솔화학", "retained", "부사장"),
            ("도채윤", "참솔화학", "promoted", "부사장"),
        ],
    ),
    (  # sentences and remarks beside a list
        (
            "승진자는 2명으로 지난해(3명)보다 크게 줄었다. 신임 임원은 40대가 7명(58%)으로 가장 많다.\n\n"
            "◇ 상무 승진\n▲ 구도산(생산팀장) ▲ 나은후\n* 승진자 명단은 가나다순\n총 2명"
        ),
        [("구도산", "참솔화학", "promoted", "상무"), ("나은후", "참솔화학", "promoted", "상무")],
    ),
    (  # what stays, in the column of the old post; a foreigner whose second name could be Korean
        (
            "성명 | 신임 보직 | 전 보직\n구도산 | 대표이사 부사장 | 운영총괄 전무\n다카하시 유이 | 식음사업담당 이사 | 도쿄사무소장\n"
            "나은후 | 경영지원실장 상무 | (유임)\n공석 | 품질실장 | -\n도채윤 | 마케팅담당 이사 | [신규 영입]"
        ),
        [
            ("구도산", "참솔화학", "appointed", "대표이사"),
            ("다카하시 유이", "참솔화학", "appointed", "식음사업담당"),
            ("나은후", "참솔화학", "retained", "경영지원실장"),
            ("도채윤", "참솔화학", "appointed", "마케팅담당"),
        ],
    ),
    (
        "구분 | 이름 | 직책 | 비고\n부사장 | 구도산 | 생산본부장 | 유임\n부사장 | 나은후 | 영업본부장 | 승진",
        [
            ("구도산", "참솔화학", "retained", "생산본부장"),
            ("나은후", "참솔화학", "promoted", "부사장"),
            ("나은후", "참솔화학", "appointed", "영업본부장"),
        ],
    ),
    (
        "계열사 | 신임 대표 | 전임 대표\n참솔건설 | 구도산 | 나은후\n라온테크 | 도채윤(유임) | -",
        [("구도산", "참솔건설", "appointed", "대표"), ("도채윤", "라온테크", "retained", "대표")],
    ),
    (
        "이름 / 담당 / 전직\n구도산 / 기업금융그룹장 / 강남영업본부장\n나은후 / 디지털그룹장 / 유임",
        [
            ("구도산", "참솔화학", "appointed", "기업금융그룹장"),
            ("나은후", "참솔화학", "retained", "디지털그룹장"),
        ],
    ),
    (  # the post beside an old one is new; beside one held still, or by itself, it is not
        (
            "◇ 부사장 승진\n▲ 구도산(생산본부장, 前 구미공장장)\n▲ 나은후(前 재무실장)\n▲ 도채윤(품질실장)\n"
            "▲ 반서진(연구소장, 현 선행연구팀장)\n◇ 신규 선임\n▲ 하은결(재무팀장, 전 회계팀장)"
        ),
        [
            ("구도산", "참솔화학", "promoted", "부사장"),
            ("구도산", "참솔화학", "appointed", "생산본부장"),
            ("나은후", "참솔화학", "promoted", "부사장"),
            ("도채윤", "참솔화학", "promoted", "부사장"),
            ("반서진", "참솔화학", "promoted", "부사장"),
            ("하은결", "참솔화학", "appointed", "재무팀장"),
        ],
    ),
    (  # posts beside the own one
        "◇ 승진\n▲부사장 구도산(생산본부장 겸직) ▲전무 나은후(겸 재무실장)\n◇ 겸직\n▲전략기획실장 전무 도채윤(ESG추진단장 겸임)",
        [
            ("구도산", "참솔화학", "promoted", "부사장"),
            ("구도산", "참솔화학", "appointed", "생산본부장"),
            ("나은후", "참솔화학", "promoted", "전무"),
            ("나은후", "참솔화학", "appointed", "재무실장"),
            ("도채윤", "참솔화학", "appointed", "전략기획실장"),
            ("도채윤", "참솔화학", "appointed", "ESG추진단장"),
        ],
    ),
    (  # who comes from elsewhere takes the post in the bracket, unless it is another house's or a profession
        (
            "◇상무 영입\n▲구도산(전략본부장) ▲나은후(나래소재 연구소장) ▲도채윤(변호사) ▲반서진(전 한빛전자 상무)\n"
            "◇상무 승진\n▲하은결(품질실장)"
        ),
        [
            ("구도산", "참솔화학", "appointed", "상무"),
            ("구도산", "참솔화학", "appointed", "전략본부장"),
            ("나은후", "참솔화학", "appointed", "상무"),
            ("도채윤", "참솔화학", "appointed", "상무"),
            ("반서진", "참솔화학", "appointed", "상무"),
            ("하은결", "참솔화학", "promoted", "상무"),
        ],
    ),
    (  # where somebody comes from, behind the post taken and behind who follows whom
        (
            "◇ 보직 변경\n구도산 부사장 – 생산본부장 (前 구미공장장)\n나은후 상무 – 감사실장 (前 현장관리담당)\n"
            "◇ 대표이사\n참솔카드 : 도채윤 → 반서진(참솔은행 부행장)\n참솔신탁 : 하은결 → 이하늘(내부 승진)"
        ),
        [
            ("구도산", "참솔화학", "appointed", "생산본부장"),
            ("나은후", "참솔화학", "appointed", "감사실장"),
            ("도채윤", "참솔카드", "departed", "대표이사"),
            ("반서진", "참솔카드", "appointed", "대표이사"),
            ("하은결", "참솔신탁", "departed", "대표이사"),
            ("이하늘", "참솔신탁", "appointed", "대표이사"),
        ],
    ),
    (  # the step in the bracket of a heading
        "○ 신규 선임(상무): 구도산(41·법무담당)\n○ 승진(상무→전무): 나은후(51·CFO)\n○ 승진(전무→부사장): 도채윤(54)",
        [
            ("구도산", "참솔화학", "appointed", "상무"),
            ("나은후", "참솔화학", "promoted", "전무"),
            ("도채윤", "참솔화학", "promoted", "부사장"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "moves"), LISTS)
def test_lists(text: str, moves: list[Told]) -> None:
    assert told(LEAD + text, "참솔화학 임원 인사") == set(moves)


@pytest.mark.parametrize(
    "text",
    [
        "참석 임원은 다음과 같다.\n\n구도산 부사장 [생산]\n나은후 전무 [재무]",
        "회장단 일정은 다음과 같다.\n\n▲ 10일 구도산 회장 베트남 출장\n▲ 12일 나은후 부회장 전시회 참석",
        "새 대표가 선임됐다.\n\n■ 구도산 대표 약력\n△1966년생 △1990년 참솔화학 입사 △2019년 부사장 승진",
        "구도산 사장 : 베트남 하노이 공장\n나은후 부사장 : 인도 첸나이 공장",
        "주총에서 이사 선임안이 통과됐다.\n\n▲ 주주가치 제고 ▲ 신사업 확대 ▲ 배당 확대",
        "이름 | 재임 기간 | 현직\n구도산 | 2001~2005 | 고문\n나은후 | 2005~2010 | 퇴임",
        "이름 | 직책 | 보수(억원)\n구도산 | 회장 | 32\n나은후 | 부회장 | 21",
        "구단 | 신임 감독 | 전임 감독\n참솔 | 구도산 | 나은후",
        "▣ 경영지원\n인사팀\n재무팀\n▣ 글로벌\n미주팀",
    ],
)
def test_what_is_no_list_of_moves(text: str) -> None:
    assert told("참솔화학 인사 담당 임원들이 모였다. " + text, "참솔화학 사장단 회의") == set()


def test_a_seat_that_the_headline_names() -> None:
    text = "참솔화학은 주총에서 사외이사를 선임했다.\n\n△ 구도산(전 한빛은행 부행장) △ 나은후 한빛대 교수(재선임)"
    assert told(text, "참솔화학 사외이사 2명 선임") == {
        ("구도산", "참솔화학", "appointed", "사외이사"),
        ("나은후", "참솔화학", "retained", "사외이사"),
    }
