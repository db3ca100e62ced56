"""Moves of published lists, on invented people and companies."""

from __future__ import annotations

import random

import pytest

from briefing.model import Article
from tests.extract.reading import extractor


def told(text: str, title: str) -> list[tuple[str, str | None, str, str | None]]:
    moves = extractor().extract(Article(id="t", text=text, title=title)).moves
    return [(m.person, m.company, m.kind.value, m.role) for m in moves]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "[인사] 미래나래모빌리티",
            "◇ 부사장 승진\n▲ 김도윤 ▲ 박서준\n◇ 상무 신규 선임\n▲ 최지우",
            [
                ("김도윤", "미래나래모빌리티", "promoted", "부사장"),
                ("박서준", "미래나래모빌리티", "promoted", "부사장"),
                ("최지우", "미래나래모빌리티", "appointed", "상무"),
            ],
        ),
        (
            "나래그룹 승진 인사",
            "▲상무→전무(2명)\n나래해운 : 정완수, 임해솔\n[부장->상무] 이가온",
            [
                ("정완수", "나래해운", "promoted", "전무"),
                ("임해솔", "나래해운", "promoted", "전무"),
                ("이가온", "나래그룹", "promoted", "상무"),
            ],
        ),
        (
            "[인사] 나래증권",
            "◇ 승진 △ 상무 신찬 △ 〃 조 율 ◇ 전보 △ 리테일본부장 전무 황철호 (유임) ◇ 퇴임 △ 부사장 곽민",
            [
                ("신찬", "나래증권", "promoted", "상무"),
                ("조 율", "나래증권", "promoted", "상무"),
                ("황철호", "나래증권", "retained", "리테일본부장"),
                ("곽민", "나래증권", "departed", "부사장"),
            ],
        ),
        (
            "나래텔레콤 임원 인사",
            "<부사장 승진>\n장동환 네트워크부문장(前 운용본부장)\n<전무 승진>\n김하영 법무실장(현직 유지)",
            [
                ("장동환", "나래텔레콤", "promoted", "부사장"),
                ("장동환", "나래텔레콤", "appointed", "네트워크부문장"),
                ("김하영", "나래텔레콤", "promoted", "전무"),
            ],
        ),
        (
            "[인사] 국토교통부·나래소프트",
            "■ 국토교통부 ◇ 국장급 전보 △ 도로국장 서현정 ■ 나래소프트 ▲ 대표이사 사장 김나래 ▲ 최고기술책임자(CTO) 이강민",
            [
                ("김나래", "나래소프트", "appointed", "대표이사"),
                ("이강민", "나래소프트", "appointed", "CTO"),
            ],
        ),
        (
            "나래그룹 인사",
            "나래그룹은 1일 인사를 했다.\n조상현(나래제지)·박영호(나래제지)·최익현(나래건설) 등 상무 3명은 전무로 승진했다.",
            [
                ("조상현", "나래제지", "promoted", "전무"),
                ("박영호", "나래제지", "promoted", "전무"),
                ("최익현", "나래건설", "promoted", "전무"),
            ],
        ),
    ],
)
def test_lists_in_many_marks(
    title: str, text: str, expected: list[tuple[str, str | None, str, str | None]]
) -> None:
    assert sorted(told(text, title), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        # levels of headings, whichever is the outer one
        (
            "[인사] 나래은행",
            "◇부행장 <승진> ▲여신그룹 표정훈 <전보> ▲기획그룹 구자룡 ◇본부장 <승진> ▲대구본부 변미옥",
            [
                ("표정훈", "나래은행", "promoted", "부행장"),
                ("구자룡", "나래은행", "appointed", "부행장"),
                ("변미옥", "나래은행", "promoted", "본부장"),
            ],
        ),
        # a company in front of post or name, known by the stem of its group
        (
            "[인사] 나래그룹",
            "◇전무 승진 △나래로지텍 경영지원본부장 서문호 ◇상무 신규 선임 △나래푸르지 곽도담 노은채",
            [
                ("서문호", "나래로지텍", "promoted", "전무"),
                ("서문호", "나래로지텍", "appointed", "경영지원본부장"),
                ("곽도담", "나래푸르지", "appointed", "상무"),
                ("노은채", "나래푸르지", "appointed", "상무"),
            ],
        ),
        # places are no names, whatever they look like: the group tells
        (
            "[인사] 나래증권",
            "◆지점장 전보 ■목동 탁영실 ■수원 엄기백 ■센텀시티 최고봉",
            [(n, "나래증권", "appointed", "지점장") for n in ("탁영실", "엄기백", "최고봉")],
        ),
        # names apart, foreign, Chinese, Latin
        (
            "[인사] 나래전선",
            "◇ 승진 ▲ 전무 최경식 이 환 ▲ 상무 남 궁 민 정다운 ▲ 이사 브라이언 최 ▲ 이사 Lucas Feldmann ▲ 이사 朴英淑",
            [
                ("최경식", "나래전선", "promoted", "전무"),
                ("이 환", "나래전선", "promoted", "전무"),
                ("남 궁 민", "나래전선", "promoted", "상무"),
                ("정다운", "나래전선", "promoted", "상무"),
                ("브라이언 최", "나래전선", "promoted", "이사"),
                ("Lucas Feldmann", "나래전선", "promoted", "이사"),
                ("朴英淑", "나래전선", "promoted", "이사"),
            ],
        ),
        # names before posts, strokes between entries, an arrow that points back
        (
            "나래제약 임원 승진 명단",
            "나래제약이 승진 인사를 했다.\n〈상무이사〉←이사\n임채연 마케팅본부 / 송기봉 향남공장 / 허 란 개발본부",
            [(n, "나래제약", "promoted", "상무이사") for n in ("임채연", "송기봉", "허 란")],
        ),
        # company=post name(note), votes that failed or are still to come
        (
            "[주총] 이사 선임",
            "□ 나래건설=사내이사 도창무(재선임), 사외이사 표은서(신규)\n□ 토담=사내이사 석준표 선임안 부결",
            [
                ("도창무", "나래건설", "retained", "사내이사"),
                ("표은서", "나래건설", "appointed", "사외이사"),
            ],
        ),
        (
            "나래엔진 정기주총",
            "- 사내이사 천우현 선임의 건 가결\n- 사외이사 오정태 선임의 건 부결\n- 사외이사 유해솔 재선임의 건 가결",
            [
                ("천우현", "나래엔진", "appointed", "사내이사"),
                ("유해솔", "나래엔진", "retained", "사외이사"),
            ],
        ),
        # old and new behind a colon; one person after another
        (
            "나래홀딩스 대표 교체",
            "<대표이사 내정>\n○ 위세훈(56) : 나래홀딩스 본부장 상무 → 나래유통 대표이사 전무\n○ 천금석(58) : 나래유통 본부장 전무 → 나래푸드 대표이사 전무",
            [
                ("위세훈", "나래유통", "promoted", "전무"),
                ("위세훈", "나래유통", "appointed", "대표이사"),
                ("천금석", "나래푸드", "appointed", "대표이사"),
            ],
        ),
        (
            "상장사 임원 변동",
            "△나래전자=대표이사 강미르→도연후 △나래화학=사내이사 하승리 신규 선임",
            [
                ("강미르", "나래전자", "departed", "대표이사"),
                ("도연후", "나래전자", "appointed", "대표이사"),
                ("하승리", "나래화학", "appointed", "사내이사"),
            ],
        ),
        # a table whose cells have become lines, one with strokes, one of keys
        (
            "나래중공업 정기 인사(표)",
            "직급\n이름\n새 보직\n종전 보직\n상무(승진)\n민들레\n기술본부장\n설계담당\n전무(이동)\n설경배\n안전총괄\n사업장장",
            [
                ("민들레", "나래중공업", "promoted", "상무"),
                ("민들레", "나래중공업", "appointed", "기술본부장"),
                ("설경배", "나래중공업", "appointed", "안전총괄"),
            ],
        ),
        (
            "나래금융그룹 CEO 인사",
            "회사 | 이름 | 직책 | 비고\n나래은행 | 김도윤 | 은행장 | 연임\n나래카드 | 이하늘 | 사장 | 신임",
            [("김도윤", "나래은행", "retained", "은행장"), ("이하늘", "나래카드", "appointed", "사장")],
        ),
        (
            "나래소재 인사발령",
            "성명 : 김도윤\n현 직위 : 상무\n발령 : 전무 / 생산본부장",
            [("김도윤", "나래소재", "promoted", "전무"), ("김도윤", "나래소재", "appointed", "생산본부장")],
        ),
        # an announcement is a heading, a remark holds for those before it, enumerations in prose
        (
            "나래그룹 임원 인사",
            "부사장 승진자는 다음과 같다.\n▲나래전자 손욱·손명섭 ▲나래화재 박종익",
            [
                ("손욱", "나래전자", "promoted", "부사장"),
                ("손명섭", "나래전자", "promoted", "부사장"),
                ("박종익", "나래화재", "promoted", "부사장"),
            ],
        ),
        (
            "나래전선 승진",
            "▲김도윤 ▲이하늘(이상 부사장) ▲박서준(전무)",
            [
                ("김도윤", "나래전선", "promoted", "부사장"),
                ("이하늘", "나래전선", "promoted", "부사장"),
                ("박서준", "나래전선", "promoted", "전무"),
            ],
        ),
        (
            "나래생명 인사",
            "전무 승진자는 신동구, 상무 승진자는 김대진, 배성완 등이다.",
            [
                ("신동구", "나래생명", "promoted", "전무"),
                ("김대진", "나래생명", "promoted", "상무"),
                ("배성완", "나래생명", "promoted", "상무"),
            ],
        ),
        # an unknown house by its place, a body that is no enterprise, posts by what stands under it
        (
            "[인사] 누리페이·가온시 外",
            "<누리페이> △대표이사 오다은 △〃 제휴본부장 노엘 킴 <가온시> ◇4급 △경제국장 백나무 <한빛종자협회> △회장 어중선(나래종자 대표)",
            [
                ("오다은", "누리페이", "appointed", "대표이사"),
                ("노엘 킴", "누리페이", "appointed", "제휴본부장"),
                ("어중선", "한빛종자협회", "appointed", "회장"),
            ],
        ),
    ],
)
def test_the_many_forms_of_lists(
    title: str, text: str, expected: list[tuple[str, str | None, str, str | None]]
) -> None:
    assert sorted(told(text, title), key=str) == sorted(expected, key=str)


def test_what_is_not_settled_is_a_rumour() -> None:
    text = "27일 명단에 오르내리는 이름이다.\n▲ 나래건설 대표이사 사장 : 단정호 (현 부문 대표) 거론\n▲ 나래전자 대표이사 : 우신규 유력"
    moves = extractor().extract(Article(id="t", text=text, title="나래그룹 사장단 인사 D-1")).moves
    assert {(m.person, m.status.value) for m in moves} == {("단정호", "rumored"), ("우신규", "rumored")}


def test_the_page_behind_a_list_is_not_read() -> None:
    text = (
        "홍길동 기자 hong@example.com\n◇부사장 승진▲마장호\n◇전무 승진▲백여울\n많이 본 뉴스\n1 나래전자 신제품 출시\n"
        '3 이기자 대표 "매출 두 배"\n정치 경제 사회 문화\n발행인 김발행 편집인 이편집\n<저작권자 © 나래, 무단 전재 및 재배포 금지>\n'
        "▲ 왼쪽부터 김도윤 상무, 이하늘 전무"
    )
    assert [m[0] for m in told(text, "[인사] 나래전자 임원 인사")] == ["마장호", "백여울"]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "나래그룹 임원 139명 승진",
            "회사별로는 ▲나래차 66명 ▲나래정공 21명이며 ▲여성 11명 ▲외국인 1명이다.",
        ),
        ("제15회 디자인 대상", "▲대통령상 김민준(나래전자 상무) ▲국무총리상 이서연(나래디자인 대표)"),
        ("[부고] 김철수 나래전자 상무 부친상", "▲김영호씨 별세, 김철수(나래전자 상무)씨 부친상 = 3일"),
        ("법무부 검사 승진 인사", "법무부는 3일 인사를 했다.\n◇검사장급 승진 △대구지검장 옥진하"),
        (
            "나래전자 신임 대표",
            "◇프로필 ▲1965년생 ▲한빛대 경영학과 ▲나래전자 마케팅 상무 ▲가람물산 경영지원 전무 ▲나래전자 대표이사",
        ),
        ("나래전자 대표 교체", "▲ 도해준 나래전자 대표이사"),
        ("신년 인사회 참석자 명단", "◇기업인\n▲김도윤 나래전자 사장\n▲이하늘 가람화학 부회장"),
        ("나래그룹 인사 특징", "이번 인사의 특징이다. ▲여성 임원 3명 승진 ▲외부 영입 강화 ▲연구개발 우대"),
        ("나래전자 메뉴", "• 산업\n• 인사\n• 운세/사주\n나래전자 곽도윤 사장은 웃었다."),
    ],
)
def test_counts_prizes_careers_captions_prosecutors_and_menus_are_no_moves(title: str, text: str) -> None:
    assert told(text, title) == []


@pytest.mark.parametrize("between", [", ", "\n", " ▲경영지원본부장 "])
def test_five_thousand_names_are_read(between: str) -> None:
    choose = random.Random(7).choice
    names = {
        choose("김이박최정강조윤장임") + choose("민서준도윤지우현석") + choose("영수진호성훈은재원태경람솔")
        for _ in range(5000)
    }
    moves = told("◇ 상무 승진\n▲ " + between.join(sorted(names)), "[인사] 나래전자 승진")
    assert {m[0] for m in moves} == names


@pytest.mark.parametrize(
    "hostile",
    [
        "(" * 20_000,
        "→" * 20_000,
        "승진" * 10_000,
        " " * 20_000,
        ": " * 20_000,
        "<" * 20_000,
        "이름\n직책\n" * 3000,
    ],
)
def test_hostile_lists_end(hostile: str) -> None:
    """Each took minutes when a pattern went back over what it had seen."""
    moves = told(f"◇ 상무 승진 ▲{hostile}김도윤", "[인사] 나래전자 승진")
    assert len({m[0] for m in moves}) <= 2, "no names are made out of nothing"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "<나래에너지> ▷ 부사장 탁연우(전략기획실장) ▷ 상무 봉하윤\n\n<도담해운> ▷ 전무 승진 예지안",
            {"탁연우": {"appointed"}, "봉하윤": {"appointed"}, "예지안": {"promoted"}},
        ),
        (
            "◆나래에너지\n◇부사장\n▲ 탁연우\n◆도담해운\n◇상무 승진\n▲ 예지안 ▲ 봉하윤",
            {"탁연우": {"appointed"}, "예지안": {"promoted"}, "봉하윤": {"promoted"}},
        ),
        (
            "두 회사가 승진 인사를 냈다.\n\n<나래에너지> ▷ 부사장 탁연우\n\n<도담해운> ▷ 상무 예지안",
            {"탁연우": {"promoted"}, "예지안": {"promoted"}},
        ),
        (
            "<나래에너지> ▷ 부사장 탁연우\n\n<도담해운> ▷ 상무 예지안\n\n두 사람은 이번에 승진해 자리를 옮긴다.",
            {"탁연우": {"promoted"}, "예지안": {"promoted"}},
        ),
    ],
)
def test_promotions_of_one_company_say_nothing_of_another(text: str, kinds: dict[str, set[str]]) -> None:
    found: dict[str, set[str]] = {}
    for person, _, kind, role in told(text, "[인사·동정] 나래에너지 / 도담해운"):
        if role in {"부사장", "전무", "상무"}:
            found.setdefault(person, set()).add(kind)
    assert found == kinds


@pytest.mark.parametrize(
    "text",
    [
        "◇상무 승진\n△미등기임원 곽도윤 △미등기임원 석예린",
        "<승진> 미등기임원 ▲상무 곽도윤 석예린",
        "[표] 임원 승진자\n성명 직위 구분\n곽도윤 상무 미등기임원\n석예린 상무 미등기임원",
    ],
)
def test_whether_somebody_is_registered_is_no_post(text: str) -> None:
    page = f"나래전자는 21일 임원 인사를 냈다.\n\n{text}"
    assert told(page, "[인사] 나래전자") == [
        ("곽도윤", "나래전자", "promoted", "상무"),
        ("석예린", "나래전자", "promoted", "상무"),
    ]
