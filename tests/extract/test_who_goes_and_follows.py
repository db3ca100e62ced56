"""Who goes, stays, follows or is only said to, by what they were until now; on invented names."""

from __future__ import annotations

import pytest

from briefing.model import Article
from tests.extract.reading import Told, extractor, told

_NEWS = "마루온물산 인사"
_LEAD = "마루온물산은 12일 이사회를 열고 인사를 의결했다. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what somebody has served as is what he leaves, though he is called by something else
        (
            "사외이사로 일해 온 곽동우 전 국세청장은 임기를 마치고 물러난다.",
            {("곽동우", "사외이사", "departed")},
        ),
        (
            "2018년부터 6년간 사외이사로 일한 곽동우 전 국세청장은 물러난다.",
            {("곽동우", "사외이사", "departed")},
        ),
        ("사외이사를 맡아 온 곽동우 교수는 물러난다.", {("곽동우", "사외이사", "departed")}),
        ("곽동우 전 국세청장은 물러난다.", set()),
        (
            "사외이사로 일한 곽동우 회계사와 여지연 변호사는 이사회를 떠난다.",
            {("곽동우", "사외이사", "departed"), ("여지연", "사외이사", "departed")},
        ),
        ("대표를 6년간 맡아 온 지창훈 사장은 물러난다.", {("지창훈", "대표", "departed")}),
        # for how long somebody goes on
        ("도은영 대표가 1년 더 회사를 이끌기로 했다.", {("도은영", "대표", "retained")}),
        ("도은영 대표 체제를 1년 더 이어 가기로 했다.", {("도은영", "대표", "retained")}),
        # a resignation offered and accepted in one breath
        (
            "회사는 22일 곽중현 사장이 건강상의 이유로 사의를 밝혀 이를 수리했다고 발표했다.",
            {("곽중현", "사장", "departed")},
        ),
        # who stays a while and then goes
        (
            "마커스 린드 부사장은 6월 말까지 자리를 지킨 뒤 회사를 떠난다.",
            {("마커스 린드", "부사장", "departed")},
        ),
        # who is to go
        ("용준형 대표는 교체가 유력하다.", {("용준형", "대표", "departed")}),
        # a verb has a subject of its own, though it names nobody we know
        (
            "강지호 부사장은 유임됐고 나머지 부사장 3명은 회사를 떠난다.",
            {("강지호", "부사장", "retained")},
        ),
        ("차승원 부사장이 사장으로 승진했고, 부회장단은 모두 물러났다.", {("차승원", "사장", "promoted")}),
        (
            "편승규 상무는 전무로 올라 여우진 대표가 비우는 자산사업본부장에 앉는다.",
            {("편승규", "전무", "promoted"), ("편승규", "자산사업본부장", "appointed")},
        ),
        (
            "허민재 재무본부장이 대표로 내정됐다. 영업본부장과 영업담당도 교체됐다.",
            {("허민재", "대표", "appointed")},
        ),
        # one named among those who do it
        ("대표이사인 성낙준 부회장과 각 사업부장은 모두 유임됐다.", {("성낙준", "대표이사", "retained")}),
        # the rank of whoever has just gone, or his post
        (
            "미야케 소이치 사장이 물러난다. 후임에는 도바시 유리 전무가 승진해 10월 1일 취임한다.",
            {("미야케 소이치", "사장", "departed"), ("도바시 유리", "사장", "promoted")},
        ),
        (
            "위성진 재무본부장은 해임됐고, 그 자리에는 신보람 상무가 승진 임명됐다.",
            {("위성진", "재무본부장", "departed"), ("신보람", "재무본부장", "appointed")},
        ),
        # a rank and a post in one
        (
            "구로다 렌 부사장이 사장 겸 CEO로 승진한다.",
            {("구로다 렌", "사장", "promoted"), ("구로다 렌", "CEO", "appointed")},
        ),
        # who stayed before and goes now
        ("3연임에 성공한 손영태 회장은 내년 3월 임기를 마치고 물러난다.", {("손영태", "회장", "departed")}),
        # two posts left at once, two seats kept one after the other
        (
            "봉하준 대표가 책임을 지고 대표이사직과 이사회 의장직에서 모두 물러났다.",
            {("봉하준", "대표이사", "departed"), ("봉하준", "이사회 의장", "departed")},
        ),
        (
            "주총은 명재석 사장을 사내이사로 재선임했다. 이어 열린 이사회는 명 사장을 대표이사로 다시 선임했다.",
            {("명재석", "사내이사", "retained"), ("명재석", "대표이사", "retained")},
        ),
        (
            "로버트 하인즈 최고경영자(CEO)가 사임했다. 하인즈는 이사직도 내려놓는다.",
            {("로버트 하인즈", "최고경영자(CEO)", "departed")},
        ),
        ("TV사업부장인 전재욱 사장은 자리를 지켰다.", {("전재욱", "TV사업부장", "retained")}),
        # the seat of whoever is named with it
        (
            "이사회는 임기가 만료된 최윤석 사외이사 자리에는 손지훈 교수를 선임했다.",
            {("최윤석", "사외이사", "departed"), ("손지훈", "사외이사", "appointed")},
        ),
        # regimes without titles
        (
            "대표이사가 위성진 단독 체제에서 위성진·차은호 공동 체제로 변경됐다.",
            {("차은호", "대표이사", "appointed")},
        ),
        (
            "대표이사가 위성진·석민 각자대표 체제에서 차은호 단독대표 체제로 바뀌었다.",
            {
                ("위성진", "대표이사", "departed"),
                ("석민", "대표이사", "departed"),
                ("차은호", "대표이사", "appointed"),
            },
        ),
        ("여승호 대표는 연임 후보로 추천됐다.", {("여승호", "대표", "retained")}),
        ("부회장단에는 계도훈 부사장이 새로 들어왔다.", {("계도훈", "부회장", "appointed")}),
        ("페터 할렌 회장은 내년에도 회장직을 이어 간다.", {("페터 할렌", "회장", "retained")}),
        # in a hall, as before, both of two, the chair and not the helm
        (
            "채희도 제7대 사장이 8일 본사 대강당에서 취임식을 갖고 업무를 시작했다.",
            {("채희도", "사장", "appointed")},
        ),
        ("홍대철 부행장은 경영기획그룹장을 그대로 맡는다.", {("홍대철", "경영기획그룹장", "retained")}),
        (
            "류선욱 대표이사와 한지호 사내이사의 해임 안건을 표결에 부쳤으나 찬성률이 각각 41.2%, 39.8%에 그쳐 부결됐다.",
            {("류선욱", "대표이사", "retained"), ("한지호", "사내이사", "retained")},
        ),
        ("의장을 겸해 온 편무현 대표는 의장직을 내려놓고 경영에 전념한다.", {("편무현", "의장", "departed")}),
        # for how long somebody else, or the same in another place, did something
        (
            "지난 6년간 회사를 이끈 곽선우 대표에 이어 윤하람 부사장이 대표를 맡았다.",
            {("윤하람", "대표", "appointed")},
        ),
        (
            "30년간 반도체를 판 윤하람 부사장이 14일 새 대표이사를 맡았다.",
            {("윤하람", "대표이사", "appointed")},
        ),
        ("도은재 상무는 나래전자에서 옮겨 와 이번에 CFO를 맡았다.", {("도은재", "CFO", "appointed")}),
        ("경영의 다음 주자로 윤하람 부사장이 대표이사에 선임됐다.", {("윤하람", "대표이사", "appointed")}),
        (
            "대표이사가 김가은·도은재에서 도은재·배수아로 변경됐다.",
            {("김가은", "대표이사", "departed"), ("배수아", "대표이사", "appointed")},
        ),
        (
            "곽선우 전 차관은 로펌 고문으로 있으면서 사외이사에 선임됐다.",
            {("곽선우", "사외이사", "appointed")},
        ),
        # from one rank to another, of two
        (
            "홍주안 실장과 태연서 본부장이 상무에서 전무로 승진했다.",
            {("홍주안", "전무", "promoted"), ("태연서", "전무", "promoted")},
        ),
        (
            "이사회는 프리야 나이르 부사장을 CEO로 즉시 임명한다고 발표했다.",
            {("프리야 나이르", "CEO", "appointed")},
        ),
    ],
)
def test_who_goes_stays_or_follows(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert {(person, role, kind) for person, _, kind, role in told(_LEAD + text, _NEWS)} == expected


@pytest.mark.parametrize(
    "text",
    [
        # asked to take part next
        "지민우 대표는 캠페인에 동참하며 다음 주자로 주해린 다솔푸드 대표와 오병철 가람은행장을 지명했다.",
        "지민우 대표는 챌린지 후속 참여자로 오병철 가람농협 조합장을 추천했다.",
        # for how long, or where, somebody did so
        "심재현 사장은 최근 3년간 모바일개발실장을 맡았다.",
        "심재현 사장은 다솔전자에서 금융사업본부장을 맡았다.",
        # others than whoever is named beside them
        "구속된 곽선우 회장과 공모한 부사장은 해임됐다.",
        "김가은 대표와 대립해 온 부사장은 14일 회사를 떠났다.",
        "도은재 회장과 동서지간인 사장은 연임됐다.",
        # what somebody did before, and what is only supposed
        "안효섭 대표는 두 곳에서 연구원으로 일하다 2003년 마루온을 설립했다.",
        "유나리 사장이 선임되면 그룹 첫 여성 최고경영자가 된다.",
        # who stood in until now
        "그동안 채수안 부사장이 사장 직무를 대행했다.",
        # whether somebody comes back
        "회사는 하상범 부회장이 회장직에도 복귀할지에 대해 답하지 않았다.",
    ],
)
def test_what_is_no_move(text: str) -> None:
    assert told(_LEAD + text, _NEWS) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # only the last is chosen again
            "추천위는 가람카드 대표로는 유미경 부사장을, 가람캐피탈 대표로는 조성민 대표를 다시 추천했다.",
            {
                ("유미경", "가람카드", "appointed", "대표"),
                ("조성민", "가람캐피탈", "retained", "대표"),
            },
        ),
        (  # a new head of the house told of just before
            "마루온디스플레이가 수장을 교체했습니다. 정소은 마루온전자 모바일사업부장이 새 대표를 맡습니다.",
            {("정소은", "마루온디스플레이", "appointed", "대표")},
        ),
        (  # houses of a group, by their kind alone
            (
                "한나래그룹은 25일 인사를 했다. 한나래백화점 대표에는 예정훈 본부장이, 한나래홈쇼핑 대표에는 남궁석 실장이 "
                "내정됐다. 백화점에서는 홍주안 실장이 전무로 승진했다."
            ),
            {
                ("예정훈", "한나래백화점", "appointed", "대표"),
                ("남궁석", "한나래홈쇼핑", "appointed", "대표"),
                ("홍주안", "한나래백화점", "promoted", "전무"),
            },
        ),
        (  # words that say something else as well are no houses
            (
                "한나래그룹 계열 한나래화재와 한나래전자의 공장에서 불이 났다. 화재는 30분 만에 진압됐다. "
                "꺼낼 카드는 많지 않다. 한나래전자의 윤하람 부사장은 물러나기로 했다."
            ),
            {("윤하람", "한나래전자", "departed", "부사장")},
        ),
        (
            "마루온전자의 곽선우 전 장관은 대기업의 등기이사에 올랐다.",
            {("곽선우", "마루온전자", "appointed", "등기이사")},
        ),
        (  # a house known by the seat on its board
            "마루온물산은 곽선우 감사가 물러났다고 밝혔다. 형만호 전 차관은 두리해상의 사외이사 자리를 내놨다.",
            {("곽선우", "마루온물산", "departed", "감사"), ("형만호", "두리해상", "departed", "사외이사")},
        ),
        (  # a house with the name of a common word, known by its head
            (
                "스타트업 흙담이 투자를 유치했다고 19일 밝혔다. 윤사라 흙담 대표는 “흙담은 성장한다”고 말했다. 이번 투자는 "
                "새벽벤처스가 주도했다. 흙담은 이달 초 제은성 부사장을 B2B사업본부장으로 영입했다."
            ),
            {("제은성", "흙담", "appointed", "B2B사업본부장")},
        ),
        (  # rows in prose
            "마루온물산은 5일 인사를 했다. 승진자는 부사장 유다혜·소진호, 전무 곽선우 등 3명이다.",
            {
                ("유다혜", "마루온물산", "promoted", "부사장"),
                ("소진호", "마루온물산", "promoted", "부사장"),
                ("곽선우", "마루온물산", "promoted", "전무"),
            },
        ),
        (
            (
                "마루온그룹은 5일 인사를 했다. 부사장 승진자는 마루온에너지 유다혜, 마루온건설 소진호, 마루온케미칼 파벨 노박 "
                "등 3명이다."
            ),
            {
                ("유다혜", "마루온에너지", "promoted", "부사장"),
                ("소진호", "마루온건설", "promoted", "부사장"),
                ("파벨 노박", "마루온케미칼", "promoted", "부사장"),
            },
        ),
        (
            "마루온그룹은 5일 인사를 했다. 승진자는 총 96명으로 ▲마루온화학 41명 ▲마루온식품 27명 ▲기타 13명이다.",
            set(),
        ),
        (
            "마루온전선은 5일 인사를 했다. 김광현·나종범 상무가 전무로, 강태웅·도혜민 등 2명은 상무로 승진했다.",
            {
                ("김광현", "마루온전선", "promoted", "전무"),
                ("나종범", "마루온전선", "promoted", "전무"),
                ("강태웅", "마루온전선", "promoted", "상무"),
                ("도혜민", "마루온전선", "promoted", "상무"),
            },
        ),
        (
            (
                "마루온전선은 5일 인사를 했다. 김광현·나종범 이사는 상무로 승진했고, 강태웅·도혜민·송기준 등 6명은 이사로 "
                "신규 선임됐다."
            ),
            {
                ("김광현", "마루온전선", "promoted", "상무"),
                ("나종범", "마루온전선", "promoted", "상무"),
                ("강태웅", "마루온전선", "appointed", "이사"),
                ("도혜민", "마루온전선", "appointed", "이사"),
                ("송기준", "마루온전선", "appointed", "이사"),
            },
        ),
    ],
)
def test_at_which_house(text: str, expected: set[Told]) -> None:
    assert told(text, "인사") == expected


@pytest.mark.parametrize(
    ("text", "people"),
    [
        # a verb in front of a surname is no surname
        ("구현민 마루온물산 사장은 웃었다. 30년간 통신을 해 온 구 사장은 “좋다”고 말했다.", {"구현민"}),
        ("진달호 마루온물산 회장이 사과했다. 단상에 선 진 회장은 “죄송하다”고 말했다.", {"진달호"}),
        ("좌승환 마루온은행장은 웃었다. 이변이 없는 한 좌 행장이 은행을 이끈다.", {"좌승환"}),
        # a determiner stands apart from what it determines
        ("마루온물산의 이철 부사장은 “좋다”고 말했다.", {"이철"}),
        ("마루온물산은 양사 대표가 만난다고 밝혔다. 노한결 마루온물산 대표는 “좋다”고 말했다.", {"노한결"}),
        # a sentence has but one topic
        ("마루온물산은 곽정은 부사장을 소개했다.", {"곽정은"}),
        (
            "마루온물산도 조직은 부사장 2명이 나눠 맡는다. 노한결 마루온물산 대표는 “좋다”고 말했다.",
            {"노한결"},
        ),
        # branches, schools and laws are nobody
        ("마루온협회 서울시회 제14대 회장에 곽은섭 새한방수 대표가 당선됐다.", {"곽은섭"}),
        ("의장은 주혜원 마루온물산 사외이사와 김하람 서린대 교수가 맡았다.", {"주혜원"}),
        ("마루온물산은 상법상 이사 요건을 갖춘 노한결 부사장을 소개했다.", {"노한결"}),
    ],
)
def test_who_is_named(text: str, people: set[str]) -> None:
    found = extractor().extract(Article(id="t", text=text, title="마루온물산"))
    assert {person.name for person in found.people} == people


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("노한결 마루온물산 사장은 13일 나루의 리사 홀든 CEO를 만났다.", "나루"),
        ("노한결 마루온물산 사장은 13일 한국의 리사 홀든 CEO를 만났다.", "마루온물산"),
        ("노한결 마루온물산 사장은 13일 회사의 리사 홀든 CEO를 만났다.", "마루온물산"),
    ],
)
def test_a_guest_is_of_the_house_that_owns_him(text: str, company: str) -> None:
    people = extractor().extract(Article(id="t", text=text, title="마루온물산")).people
    assert {person.company for person in people if person.name == "리사 홀든"} == {company}
