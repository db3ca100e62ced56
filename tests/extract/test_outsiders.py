"""Houses and posts that make nobody an executive, and executives whose texts speak of such houses."""

from __future__ import annotations

import pytest

from briefing.extract.outsiders import outsiders
from briefing.model import Article, Extraction
from tests.extract.reading import extractor


def extracted(text: str, title: str = "소식") -> Extraction:
    return extractor().extract(Article(id="t", text=text, title=title))


def names(text: str, title: str = "소식") -> set[str]:
    return {p.name for p in extracted(text, title).people}


@pytest.mark.parametrize(
    "text",
    [
        # introduced by its kind
        "시민단체 너른들 감도영 대표는 “세금이 샜다”고 말했다.",
        "환경단체인 ‘푸른숨’의 감도영 공동대표는 “강이 썩고 있다”고 비판했다.",
        "동물권 단체 꼬리물기 감도영 대표는 “사육장을 없애야 한다”고 했다.",
        "극단 달무리 감도영 대표는 “관객과 더 가까이 가겠다”고 말했다.",
        "유엔 산하 세계산림계획 감도영 아시아 본부장은 “숲이 사라진다”고 경고했다.",
        "어부들의 모임인 물때나루 감도영 회장은 “파도가 높았다”고 말했다.",
        "‘맑은물’과 ‘흙사랑’ 등 5개 환경단체는 회견을 열었다. 맑은물 감도영 대표는 “보를 열라”고 말했다.",
        "해넘이마을은 아동을 돕는 비영리단체다. 해넘이마을 감도영 대표는 “손길이 모자란다”고 말했다.",
        "보이스피싱 피해자 모임 감도영 대표는 “은행이 책임져야 한다”고 말했다.",
        # by its name
        "서울유족회 감도영 회장은 “진상을 밝혀 달라”고 말했다.",
        "갯벌지킴이 감도영 회장은 “매립을 막겠다”고 말했다.",
        "대통령실 감도영 정책실장은 “규제를 풀겠다”고 말했다.",
        "법원행정처 감도영 기획조정실장은 “재판을 서두르겠다”고 말했다.",
        "유엔난민구호기구 감도영 본부장은 “곡물이 바닥난다”고 말했다.",
        "온새미대 로봇센터 센터장 감도영 박사는 “로봇을 만들었다”고 말했다.",
        # a firm's people, no firm
        "게임사 노동자동맹 감도영 대표는 “야근을 없애야 한다”고 말했다.",
        "중소기업 모임 감도영 대표는 “기름값이 비싸다”고 말했다.",
        "김천 상무 소속 감도영은 “골을 넣겠다”고 말했다.",
        # by the post
        "다온누리의 감도영 상임대표는 “법을 고쳐야 한다”고 말했다.",
        "비평주간의 감도영 집행위원장은 “침묵을 아는 신인”이라고 말했다.",
        "유족 대표 감도영 씨는 “책임자를 처벌하라”고 말했다.",
        "서포터스 회장 감도영씨는 “역사를 지웠다”고 말했다.",
        # 대표 alone, where a body or a party is all that is spoken of
        "학부모참여연대는 25일 회견을 열었다. 감도영 대표는 “숫자가 가지런하다”고 말했다.",
        "국민행복당은 5일 회의를 열었다. 감도영 대표는 “민생을 챙기겠다”고 말했다.",
    ],
)
def test_no_executive_of_what_is_no_enterprise(text: str) -> None:
    found = extracted(text)
    assert not found.people
    assert not found.relevant


@pytest.mark.parametrize(
    "text",
    [
        "열매한줌 감도영 대표는 “올해 매출을 두 배로 늘리겠다”고 말했다.",
        "스타트업 물음표의 감도영 대표는 5일 투자 설명회를 열었다.",
        "초록발자국의 감도영 대표는 “매장을 늘리겠다”고 했다. 환경단체 숨쉬는땅은 “포장재가 늘었다”고 했다.",
        "시민단체의 반발에도 한결중공업 감도영 사장은 “공장을 예정대로 짓겠다”고 말했다.",
        "환경단체 출신 감도영 두레에코 대표는 “폐기물 사업을 키우겠다”고 말했다.",
        "시민단체와 갈등을 빚어 온 나래리조트 감도영 대표는 “사업을 접지 않겠다”고 말했다.",
        "한국산업용로봇협회 감도영 회장은 “수출 지원이 필요하다”고 말했다.",
        "게임 개발사들의 모임인 한국인디게임회 감도영 회장은 “세제 지원이 필요하다”고 말했다.",
        "경제단체인 나래상공회의소 감도영 회장은 “투자 여건을 개선해야 한다”고 말했다.",
        "한국마사회 감도영 회장은 “말산업을 키우겠다”고 말했다.",
        "첫 여성 대표인 감도영 나래화학 대표는 “신사업에 투자하겠다”고 말했다.",
        "나래그룹은 2일 시승회를 열었다. 감도영 회장은 “전기차 10종을 출시하겠다”고 말했다.",
        "미생물 방제제를 개발한 그린바실의 감도영 대표는 “내년에 일본에 내놓겠다”고 밝혔다.",
        "한별전자는 미래기술원장에 감도영 부사장을 선임했다.",
        # firms that are called like circles and movements, ranks of firms, crowds besides a rank
        "모바일 게임사 붉은동맹 감도영 대표는 “신작을 내겠다”고 말했다.",
        "보안기업 ‘안전파수꾼’ 감도영 대표는 “장비를 수출하겠다”고 말했다.",
        "솔미당회 감도영 사장은 “매장을 100곳으로 늘리겠다”고 말했다.",
        "다온청과회 감도영 사장은 “경매 방식을 바꾸겠다”고 말했다.",
        "유엔젤시스 감도영 대표는 “매출이 늘었다”고 말했다.",
        "조합원 대표 감도영 전무는 “매출이 늘었다”고 말했다.",
        # a post of the president's office that firms have too; a firm called like a party
        "다솔컴퍼니 사장과 함께 나온 다솔컴퍼니 감도영 정책실장은 “정산일을 당기겠다”고 설명했다.",
        "서점 체인 책마당의 감도영 대표는 “책만 팔아서는 임대료를 못 낸다”고 말했다.",
        "한결중공업 감도영 상무 소속 부서가 상을 받았다.",
        "한결중공업 감도영 상무 농구단 단장 겸임",
        # who makes plays and games
        (
            "드라마 제작사 달빛픽쳐스가 5일 상장했다. 사극과 주말극 20편을 만들어 시청률 1위에 올랐다. 배우 은달래가 출연한 "
            "영화는 관객 5만명을 모았다. 감도영 대표는 “드라마를 더 만들겠다”고 말했다."
        ),
        "제작사 무대위의해 감도영 대표프로듀서는 “내년 봄에 런던 공연을 연다”고 말했다.",
    ],
)
def test_executives_beside_such_houses(text: str) -> None:
    assert names(text) == {"감도영"}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("가수 라현이 방송에 나왔다. 라현은 그 사장을 다시 만나지 못했다고 했다.", "소식"),
        ("운전기사를 때린 혐의로 수입차 판매사 대표가 재판을 받게 됐다.", "소식"),
        ("대법원은 전직 은행장에게 실형을 확정했다.", "‘청탁’ 전 나래은행장 대법서 징역 확정"),
        ("주민들은 서로 말을 섞지 않는다.", "송전탑 10년…“이장도 회장도 갈라섰다”"),
        ("새 일일드라마가 시작한다. 프랜차이즈 회장 감도영 역은 배우 은달래가 맡았다.", "소식"),
        (
            "공석인 나래캐피탈 사장 자리에는 관료 출신인 표하늘 전 조달청 차장이 물망에 오르고 있다.",
            "소식",
        ),
    ],
)
def test_nobody_is_named_as_executive(text: str, title: str) -> None:
    assert not names(text, title)


def test_words_of_others() -> None:
    front = "나래금융지주 감도영 회장은 5일 총회를 열었다. 감 회장은 “수익을 늘리겠다”고 말했다. "
    for other in (
        "소비자단체 ‘착한소비’는 성명을 내고 “수수료를 내려라”고 요구했다.",
        "환경단체 푸른숨은 성명에서 “석탄 투자를 멈춰라”고 요구했다.",
        "은행을 찾은 도이현(9)군은 “저금통이 생겼다”며 웃었다.",
        "은행을 찾은 도이현양은 “저금통이 생겼다”며 웃었다.",
    ):
        first, second = extracted(front + other).quotes
        assert (first.by, second.by == "executive") == ("executive", False), other


def test_words_of_the_executive() -> None:
    for text in (
        "나래전자 감도영 사장은 시민단체 푸른숨이 낸 고발장에 대해 “사실과 다르다”고 말했다.",
        "나래전자 감도영 사장이 울릉군과 해남군을 찾았다. 감 사장은 “태양광에 투자한다”고 말했다.",
        "나래전자 감도영(52) 사장은 환경단체의 비판에 “겸허히 듣겠다”고 밝혔다.",
    ):
        assert [q.speaker for q in extracted(text).quotes] == ["감도영"], text


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("[인사] 전남 무안군", set()),
        ("[인사] 경기 양주시", set()),
        ("[인사] 나래전자", {"온기석"}),
        ("[인사] 평택항만공사", {"온기석"}),
    ],
)
def test_lists_of_towns(title: str, found: set[str]) -> None:
    assert names("◇승진 △기획예산실장 온기석", title) == found


def test_outsiders_are_told_from_firms() -> None:
    text = "시민단체 다솔전자 앞 시위. 환경단체 푸른숨은 “멈춰라”고 했다. 다솔전자와 두레해운 등 5개 단체."
    assert outsiders(text, {"다솔전자", "푸른숨", "두레해운"}) == {"푸른숨"}
    assert outsiders(text, ()) == frozenset()
