"""Forms of published lists: what is glued to a house, what a note behind the last name tells, tables."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told

FORMS: list[tuple[str, str, list[Told]]] = [
    (  # what happened is glued to the house
        "[인사] 다솔정공·누리라면",
        "◇다솔정공<승진>▷전무 길재민▷이사 황동오<전보>▷창원공장장 이사 문병서\n◇누리라면<임원 승진>▷전무이사 주하민",
        [
            ("길재민", "다솔정공", "promoted", "전무"),
            ("황동오", "다솔정공", "promoted", "이사"),
            ("문병서", "다솔정공", "appointed", "창원공장장"),
            ("주하민", "누리라면", "promoted", "전무이사"),
        ],
    ),
    (  # a rank told behind the last of those who have it
        "[인사] 다솔건설",
        "▶승진 ▷김부영 건축사업본부장 ▷이상목 호남지사장(이상 전무) ▷표구름 국내영업2팀 ▷마동철 안전보건팀(이상 상무)",
        [
            ("김부영", "다솔건설", "promoted", "전무"),
            ("김부영", "다솔건설", "appointed", "건축사업본부장"),
            ("이상목", "다솔건설", "promoted", "전무"),
            ("이상목", "다솔건설", "appointed", "호남지사장"),
            ("표구름", "다솔건설", "promoted", "상무"),
            ("마동철", "다솔건설", "promoted", "상무"),
        ],
    ),
    (  # houses before colons, under a post
        "다솔그룹 정기 인사",
        "□ 대표이사 신규 선임\n다솔쇼핑 : 배가온 (현 다솔쇼핑 상품본부장)\n다솔마트 : 홍주원 (현 다솔마트 신선식품부문장)",
        [
            ("배가온", "다솔쇼핑", "appointed", "대표이사"),
            ("홍주원", "다솔마트", "appointed", "대표이사"),
        ],
    ),
    (  # the rank in the column of what happens
        "다솔화학 임원 인사",
        "구분 | 성명 | 신임 보직 | 현 보직\n사장 승진 | 함일권 | 전지소재부문장 | 정밀소재사업부장",
        [
            ("함일권", "다솔화학", "promoted", "사장"),
            ("함일권", "다솔화학", "appointed", "전지소재부문장"),
        ],
    ),
    (  # ages and schools in brackets are no houses
        "다솔식탁, 신임 임원 선임",
        "다솔식탁이 신임 임원을 선임했다.\n\n◇ 상무\n△ 최고기술책임자(CTO) 하성률(41·카이스트 전산학과)\n△ 가맹사업본부장 문예서(40·이화여대 경영학과)",
        [
            ("하성률", "다솔식탁", "appointed", "상무"),
            ("하성률", "다솔식탁", "appointed", "CTO"),
            ("문예서", "다솔식탁", "appointed", "상무"),
            ("문예서", "다솔식탁", "appointed", "가맹사업본부장"),
        ],
    ),
    (  # the post now held in brackets: who has risen; a house of the group glued to its head
        "다솔그룹 사장단 인사",
        "다솔그룹이 사장단 인사를 발표했다.\n\n△ 노승주 다솔홀딩스 경영기획실장 부사장(현 다솔홀딩스 재무담당 전무)\n△ 박경완 다솔인재원장(현 다솔케미칼 대표이사 사장)\n\n노 부사장은 전무에서 한 단계 올라섰다.",
        [
            ("노승주", "다솔홀딩스", "promoted", "부사장"),
            ("노승주", "다솔홀딩스", "appointed", "경영기획실장"),
            ("박경완", "다솔인재원", "appointed", "원장"),
        ],
    ),
    (  # houses behind the last of their people, the last of all a foreigner
        "다솔중공업그룹 승진 인사",
        "〈신임 상무보〉\n김건우 김기석 엄보경(이상 다솔중공업) 공유진 류주희(이상 다솔기계) 손치훈 진주원 이반 콜로프(이상 다솔조선)",
        [
            ("김건우", "다솔중공업", "appointed", "상무보"),
            ("김기석", "다솔중공업", "appointed", "상무보"),
            ("엄보경", "다솔중공업", "appointed", "상무보"),
            ("공유진", "다솔기계", "appointed", "상무보"),
            ("류주희", "다솔기계", "appointed", "상무보"),
            ("손치훈", "다솔조선", "appointed", "상무보"),
            ("진주원", "다솔조선", "appointed", "상무보"),
            ("이반 콜로프", "다솔조선", "appointed", "상무보"),
        ],
    ),
    (  # foreign names that Korean ones look like, or that have a syllable a word; names of Korean words
        "다솔전자 임원 승진",
        (
            "◇ 상무 승진\n▲ 팜 반 퐁(베트남법인) ▲ 하야시 유미(일본지역본부) ▲ 왕 웨이(중국법인) ▲ 사토 겐지(광학)\n"
            "◇ 승진\n▲ 상무보 박하늘별 정다올 문 로빈"
        ),
        [
            ("팜 반 퐁", "다솔전자", "promoted", "상무"),
            ("하야시 유미", "다솔전자", "promoted", "상무"),
            ("왕 웨이", "다솔전자", "promoted", "상무"),
            ("사토 겐지", "다솔전자", "promoted", "상무"),
            ("박하늘별", "다솔전자", "promoted", "상무보"),
            ("정다올", "다솔전자", "promoted", "상무보"),
            ("문 로빈", "다솔전자", "promoted", "상무보"),
        ],
    ),
    (  # what looks like one name and is two, or a place
        "다솔전자 임원 승진",
        "◇ 상무 승진\n▲ 이반석 김하늘 ▲ 상하이 왕민수 ▲ 하야시현 유미진",
        [
            ("이반석", "다솔전자", "promoted", "상무"),
            ("김하늘", "다솔전자", "promoted", "상무"),
            ("왕민수", "다솔전자", "promoted", "상무"),
            ("하야시현", "다솔전자", "promoted", "상무"),
            ("유미진", "다솔전자", "promoted", "상무"),
        ],
    ),
    (  # a name that ends like a verb, at the end of its line
        "[인사] 다솔증권",
        "<승진>\n▲ 전무 이반석 ▲ 상무 왕민수 김하늘 ▲ 상무보 유미진 장하다",
        [
            ("이반석", "다솔증권", "promoted", "전무"),
            ("왕민수", "다솔증권", "promoted", "상무"),
            ("김하늘", "다솔증권", "promoted", "상무"),
            ("유미진", "다솔증권", "promoted", "상무보"),
            ("장하다", "다솔증권", "promoted", "상무보"),
        ],
    ),
    (  # a rank set off by a stroke
        "[인사] 다솔전자",
        "◇ 승진\n▲ 부사장 / 이반석(생산)\n▲ 전무 / 왕민수(재무), 유미진(영업)",
        [
            ("이반석", "다솔전자", "promoted", "부사장"),
            ("왕민수", "다솔전자", "promoted", "전무"),
            ("유미진", "다솔전자", "promoted", "전무"),
        ],
    ),
    (  # what a note tells besides the heading
        "다솔해운 임원 승진",
        "◇사장 승진 ▲이반석(대표이사 내정)\n◇전무 승진 ▲왕민수(전략실장 보임)",
        [
            ("이반석", "다솔해운", "promoted", "사장"),
            ("이반석", "다솔해운", "appointed", "대표이사"),
            ("왕민수", "다솔해운", "promoted", "전무"),
            ("왕민수", "다솔해운", "appointed", "전략실장"),
        ],
    ),
    (  # a rank in a note, where the list is of posts
        "다솔전자 조직 개편",
        "본부장급 인사는 다음과 같다.\n\n- 콘텐츠본부장 : 이반석\n- 재무본부장 : 왕민수 (이사 승진)",
        [
            ("이반석", "다솔전자", "appointed", "콘텐츠본부장"),
            ("왕민수", "다솔전자", "appointed", "재무본부장"),
            ("왕민수", "다솔전자", "promoted", "이사"),
        ],
    ),
    (  # seats on a board: what people are besides
        "다솔전자 정기 주총",
        (
            "다솔전자는 27일 주총을 열었다.\n◇사외이사 선임 △이반석 한빛회계법인 고문 △왕민수 수풀제지 고문 "
            "△박미라 전 나래은행 부행장\n◇사내이사 선임 △유미진 연구소장\n◇상임이사 선임 △기획본부장 김하늘"
        ),
        [
            ("이반석", "다솔전자", "appointed", "사외이사"),
            ("왕민수", "다솔전자", "appointed", "사외이사"),
            ("박미라", "다솔전자", "appointed", "사외이사"),
            ("유미진", "다솔전자", "appointed", "사내이사"),
            ("김하늘", "다솔전자", "appointed", "기획본부장"),
        ],
    ),
    (  # old and new ranks in a table
        "다솔그룹 사장단 인사",
        (
            "성명 | 현 직책 | 신임 직책\n이반석 | 다솔전자 부사장 | 다솔전자 사장\n"
            "왕민수 | 다솔물산 전무 | 다솔물산 대표이사 부사장\n유미진 | 다솔화학 대표이사 | 다솔소재 대표이사"
        ),
        [
            ("이반석", "다솔전자", "promoted", "사장"),
            ("왕민수", "다솔물산", "appointed", "대표이사"),
            ("유미진", "다솔소재", "appointed", "대표이사"),
        ],
    ),
]


@pytest.mark.parametrize(("title", "text", "moves"), FORMS)
def test_forms_of_lists(title: str, text: str, moves: list[Told]) -> None:
    assert told(text, title) == set(moves)
