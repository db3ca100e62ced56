"""Who is named, with which title at which company, and who counts as an executive."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.extract.gate import passes
from briefing.model import Article, Person
from tests.extract.reading import extractor


def people(text: str, title: str = "") -> dict[str, tuple[str | None, str | None]]:
    found: tuple[Person, ...] = extractor().extract(Article(id="t", text=text, title=title)).people
    return {p.name: (p.company, p.title) for p in found}


@pytest.mark.parametrize(
    ("text", "name", "company", "title"),
    [
        ("곽두레 나래전자 사장은 웃었다.", "곽두레", "나래전자", "사장"),
        ("나래전자 곽두레 사장은 웃었다.", "곽두레", "나래전자", "사장"),
        ("나래그룹 혁신연구소의 곽두레 상무는 웃었다.", "곽두레", "나래그룹", "상무"),
        ("나래정보통신㈜ 곽두레 부사장은 웃었다.", "곽두레", "나래정보통신", "부사장"),
        ("곽두레 나래소프트 의장은 “투자를 늘린다”고 말했다.", "곽두레", "나래소프트", "의장"),
        ("한국전자산업진흥회 곽두레 회장은 웃었다.", "곽두레", "한국전자산업진흥회", "회장"),
        ("나래제약(대표 곽두레)은 신약을 냈다.", "곽두레", "나래제약", "대표"),
        (
            "나래전자는 이날 행사를 열었다. 곽두레 VS사업본부장(부사장)이 함께했다.",
            "곽두레",
            "나래전자",
            "VS사업본부장(부사장)",
        ),
        ("나래은행 선우 은 부행장이 나섰다.", "선우은", "나래은행", "부행장"),
        ("막스 베켄(Max Becken) 나래버스코리아 사장은 웃었다.", "막스 베켄", "나래버스코리아", "사장"),
        ("요나스 클라이버 나래바이오 회장은 웃었다.", "요나스 클라이버", "나래바이오", "회장"),
        ("화롱바이오의 쉬쯔룽(許子龍) 회장은 웃었다.", "쉬쯔룽", "화롱바이오", "회장"),
        # foreign names by vocabulary and syllables, before and behind companies and titles
        ("나래버스의 카트야 브렌너 사장이 왔다.", "카트야 브렌너", "나래버스", "사장"),
        ("나래버스 CEO 빅토르 하른스크는 웃었다.", "빅토르 하른스크", "나래버스", "CEO"),
        ("나래버스의 창업자인 오마르 벨하디가 왔다.", "오마르 벨하디", "나래버스", "창업자"),
        ("소니아 폰 라이벤 나래전자 부사장은 웃었다.", "소니아 폰 라이벤", "나래전자", "부사장"),
        ("응우옌 반 탄 나래물산 부사장은 웃었다.", "응우옌 반 탄", "나래물산", "부사장"),
        ("모리타 하루오 나래전기 사장은 웃었다.", "모리타 하루오", "나래전기", "사장"),
        ("클레어 문 나래전자 전무는 웃었다.", "클레어 문", "나래전자", "전무"),
        ("루시아 산체스-오르비 나래모터스 전무는 웃었다.", "루시아 산체스-오르비", "나래모터스", "전무"),
        ("막스 베켄(나래전자 상무)씨 부친상=4일 발인.", "막스 베켄", "나래전자", "상무"),
        ("토마스 켈러 아시아·태평양 총괄사장은 웃었다.", "토마스 켈러", None, "총괄사장"),
        # Korean names that the analyzer takes apart or for words
        ("곽은도 나래항만공사 사장이 문을 열었다.", "곽은도", "나래항만공사", "사장"),
        ("나래전자의 노이든 전무가 나섰다.", "노이든", "나래전자", "전무"),
        ("공동창업자 여울 CPO와 곽두레 CTO는 남는다.", "여울", None, "CPO"),
        ("朴泰秀 나래상사 부사장은 웃었다.", "朴泰秀", "나래상사", "부사장"),
        ("나래전자 창업자 곽두레, 물러난다.", "곽두레", "나래전자", "창업자"),
        ("글쓴이는 나래전자의 곽두레 대표다.", "곽두레", "나래전자", "대표"),
        # companies
        ("소속사 나래엔터테인먼트 곽두레 대표는 웃었다.", "곽두레", "나래엔터테인먼트", "대표"),
        ("나래마루 테크놀로지스 곽두레 대표는 웃었다.", "곽두레", "나래마루 테크놀로지스", "대표"),
        ("두레마루 리테일의 곽두레 대표는 웃었다.", "곽두레", "두레마루 리테일", "대표"),
        ("안터 곽두레 대표는 웃었다.", "곽두레", "안터", "대표"),
        ("중견기업협의회 곽두레 회장은 웃었다.", "곽두레", "중견기업협의회", "회장"),
        ("나래산업(012345) 대표 곽두레는 웃었다.", "곽두레", "나래산업", "대표"),
        ("나래전자 곽두레 사업지원TF장(사장)은 웃었다.", "곽두레", "나래전자", "사업지원TF장(사장)"),
        (
            "나래전자가 두레호텔에서 잔치를 열었다. 이날 곽두레 회장이 나섰다.",
            "곽두레",
            "나래전자",
            "회장",
        ),
        ("나래은행 새 전략을 곽두레 재무그룹 부행장이 밝혔다.", "곽두레", "나래은행", "부행장"),
    ],
)
def test_names_titles_companies(text: str, name: str, company: str | None, title: str) -> None:
    assert people(text)[name] == (company, title)


@pytest.mark.parametrize(
    "text",
    [
        "나래당 곽두레 대표는 국회에서 여당을 비판했다.",
        "곽두레 나래대 경영학과 교수는 시장을 내다봤다.",
        "곽두레 산업부 장관은 공장을 찾았다.",
        "곽두레 나래FC 감독은 웃었다.",
        "대한나래변호사협회장 곽두레 회장은 성명을 냈다.",
        "드라마에서 나래그룹 회장 곽두레(배우 나미르)는 사장을 내쫓는다.",
        "나래투자증권 곽두레 연구원은 매출을 내다봤다.",
        "대한나래빙상연맹 곽두레 회장은 웃었다.",
        "한국나래환자단체연합 곽두레 대표는 성명을 냈다.",
        "배우 나미르는 드라마에서 극 중 곽두레 전무를 연기했다.",
        "곽두레 회장(배우 나미르)의 유언장은 백지였다.",
        "펀드가 사외이사 후보 곽두레 변호사를 추천했다.",
        "나래은 회사를 떠나 두바이 지사장을 바꿨다.",
        "조향장치를 만드는 한 업체 대표는 한숨을 쉬었다.",
        "사기 혐의로 나래사 대표 곽모(44)씨를 출국금지했다.",
        # bodies of sports, arts and scholars, also with what they are called for short
        "국제나래탁구연합(NTU) 회장 루돌프 하인켈이 임기를 남기고 물러난다.",
        "대한나래스쿼시연맹 곽두레 회장은 웃었다.",
        "대한체육진흥회 곽두레 회장은 “선수들이 흘린 땀이 헛되지 않게 하겠다”고 말했다.",
        "나래포럼 의장인 곽두레 가람대 교수는 “규제를 풀어야 한다”고 말했다.",
        "곽두레 나래시의회 의장은 “예산을 꼼꼼히 보겠다”고 말했다.",
        "곽두레 의장은 “나래전자의 증설을 반긴다”고 말했다.",
        "나래만화인협회 곽두레 회장은 웃었다.",
        "한국나래경영학회 곽두레 회장은 논문을 냈다.",
        "나래 그린호스 곽두레 단장은 “이적 시장에서 공격수를 데려오겠다”고 말했다.",
        # circles of believers, neighbours and players, alliances of citizens
        "곽두레 나래사 신도회장은 등을 달았다.",
        "나래동 주민자치회 곽두레 회장은 꽃을 심었다.",
        "나래마을 영농회 곽두레 회장은 “볕이 좋다”고 말했다.",
        "푸른나래행동동맹 곽두레 공동대표는 성명을 냈다.",
        # a bank that papers call like somebody, a club of players, a particle
        "한은 총재는 “금리를 더 지켜보겠다”고 말했다.",
        "기사회 회장은 “침착한 바둑”이라고 했다.",
        "마을에선 이장도 회장도 갈라섰다.",
        # the army's team
        "전역 앞둔 상무 선수 7명이 돌아온다.",
        # schools by their short names
        "곽두레 나래해대 국제교류센터장은 웃었다.",
        "국립나래자원관리원 곽두레 단장은 섬을 돌아봤다.",
        # plays, by what they are spoken of with
        "16부작 드라마의 마지막 회에서 곽두레 회장은 법정에 선다. 최고 시청률은 9%, 주인공은 배우 나미르다.",
    ],
)
def test_other_worlds_are_no_executives(text: str) -> None:
    assert people(text) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # what only looks like the other worlds
        ("곽두레 나래현대 연구개발센터장은 “신차를 늘린다”고 말했다.", "곽두레"),
        ("곽은도 나래전자 사장도 회의에 참석했다.", "곽은도"),
        ("곽두레 나래전자 상무는 선수 후원을 늘린다고 밝혔다.", "곽두레"),
        ("나래은행 한은주 부행장은 대출을 늘린다고 밝혔다.", "한은주"),
        (
            "배우 나미르가 출연한 드라마의 시청률이 올랐다. 제작진의 시즌2다. 나래사 곽두레 대표가 밝혔다.",
            "곽두레",
        ),
    ],
)
def test_executives_beside_other_worlds(text: str, name: str) -> None:
    assert name in people(text)


def test_a_company_beside_a_title_is_nobody() -> None:
    text = "곽두레 대표가 미루온을 세웠다. 윤가람 전무도 미루온에 합류했다. 미루온 대표 자리는 비었다."
    assert set(people(text)) == {"곽두레", "윤가람"}


def test_a_former_post_keeps_its_house_beside_the_new_one() -> None:
    text = "나래은행은 곽두레 전 두레은행 상무를 준법감시인으로 선임했다."
    assert people(text)["곽두레"] == ("두레은행", "전 두레은행 상무")


def test_two_people_of_one_surname_are_told_apart_by_title() -> None:
    text = "나래전자 곽두레 사장과 곽나미 전무가 나섰다. 곽 전무는 “먼저 간다”고 말했다. 곽 사장은 “늦게 간다”고 말했다."
    quotes = extractor().extract(Article(id="t", text=text)).quotes
    assert [q.speaker for q in quotes] == ["곽나미", "곽두레"]


def test_the_gate_stops_only_what_holds_no_executive() -> None:
    assert not passes(Article("t", "내일은 중부지방에 비가 내린다. 기상청은 우산을 챙기라고 했다."))
    assert passes(Article("t", "곽두레 대표는 웃었다."))
    assert passes(Article("t", "", title="[인사] 나래전자"))


def test_a_sentence_without_its_article_tells_an_executive_by_surname_and_title() -> None:
    def relevant(text: str) -> bool:
        return extractor().extract(Article(id="t", text=text)).relevant

    assert relevant("곽 사장은 “올해는 점포를 늘리지 않겠다”고 덧붙였다.")
    assert relevant("그린 CEO는 지난주 “소비자가 답”이라고 말했다.")
    assert not relevant("곽 대표는 의총에서 “민생이 먼저”라고 말했다.")
    assert not relevant("나래시의 한 공장 사장은 “일손이 없다”고 말했다.")


def test_an_article_behind_the_gate_still_gives_its_quotations() -> None:
    read = extractor().extract(Article("t", "소방 관계자는 “진화에 시간이 걸렸다”고 설명했다."))
    assert [q.text for q in read.quotes] == ["진화에 시간이 걸렸다"]
    assert not read.relevant


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.one_of(
            st.text(max_size=40),
            st.sampled_from(
                [
                    "곽두레 사장은 ",
                    "“",
                    "”",
                    '"',
                    "고 말했다. ",
                    "◇ 승진\n▲ ",
                    "상무 ",
                    "(",
                    ")",
                    "나래전자 ",
                    "그는 ",
                    "\n",
                    "선임했다.",
                    "\x00",
                    "\ud800",
                    "→",
                    "〃 ",
                ]
            ),
        ),
        max_size=30,
    )
)
def test_no_text_raises(parts: list[str]) -> None:
    text = "".join(parts)
    read = extractor().extract(Article("t", text, title=text[:30]))
    for fact in read.facts:
        assert all(0 <= span.start <= span.end <= len(text) for span in fact.evidence)


def test_a_page_with_menus_names_everybody_of_the_article() -> None:
    page = (
        "산업\n\n  • 재계\n  • 인사\n\n나래전자 곽두레 사장, 美출장\n\n나래전자 곽두레 최고경영자(CEO)가 출장길에 올랐다.\n\n"
        "곽 사장은 행사를 열었다. 윤가온 HE사업본부장(사장)과 은누리 VS사업본부장(부사장), 이솔 북미이노베이션센터장이 함께했다.\n\n"
        "인공지능연구소 한은솔 상무도 발표했다.\n\nCopyright ⓒ 나래신문"
    )
    assert people(page) == {
        "곽두레": ("나래전자", "최고경영자(CEO)"),
        "윤가온": ("나래전자", "HE사업본부장(사장)"),
        "은누리": ("나래전자", "VS사업본부장(부사장)"),
        "이솔": ("나래전자", "북미이노베이션센터장"),
        "한은솔": ("나래전자", "상무"),
    }


def test_all_heads_that_a_bracket_names() -> None:
    found = people("누리제약(공동대표 형남인·공인서)은 신약을 냈다고 1일 밝혔다.")
    assert found == {"형남인": ("누리제약", "공동대표"), "공인서": ("누리제약", "공동대표")}


def test_where_somebody_studied_is_no_employer() -> None:
    found = people("스타트업 온도나래는 한빛대 박사 함지인 대표가 2023년 세운 회사다. 함 대표는 웃었다.")
    assert found == {"함지인": ("온도나래", "대표")}


def test_a_name_that_begins_like_a_company_makes_nobody_its_officer() -> None:
    found = people("곽두레 나래전자 회장이 출국했다. 은누리 부회장과 한진만 사장이 함께했다.")
    assert {company for company, _ in found.values()} == {"나래전자"}


def test_a_verb_before_a_name_is_no_part_of_it() -> None:
    assert list(people("누리물산은 철강부문을 맡아 온 마루인 전무를 대표에 내정했다.")) == ["마루인"]


def test_a_word_before_a_transcription_is_no_name() -> None:
    found = people(
        "누리온은 1일 아니카 보르(Anika Borg) 유럽사업 총괄이 CEO에 오른다고 밝혔다. 유럽사업 총괄은 토머스 리드 CMO가 겸임한다."
    )
    assert set(found) == {"아니카 보르", "토머스 리드"}


def test_a_foreign_name_behind_a_verb_is_whole() -> None:
    found = people(
        "누리온은 인사를 냈다. 마케팅총괄은 화장품 회사에서 20년을 일한 클레르 모로가 맡는다. 곽민우 대표가 밝혔다."
    )
    assert "일한 클레르" not in found


def test_a_given_name_before_a_family_name_and_a_degree() -> None:
    found = people("누리온은 최고기술책임자(CTO)에 미국에서 로봇을 연구한 지니 박 박사를 영입했다고 밝혔다.")
    assert list(found) == ["지니 박"]


def test_a_family_name_written_like_a_word_for_new() -> None:
    assert people("누리제약은 마이클 신 대표가 사임했다고 밝혔다.") == {"마이클 신": ("누리제약", "대표")}
    assert list(people("누리제약은 이 회사 제이든 강 대표가 사임했다고 밝혔다.")) == ["제이든 강"]
    assert people("누리제약은 신 대표이사 체제로 바뀐다. 신 부회장도 뽑는다.") == {}


def test_a_noun_before_a_title_is_no_name() -> None:
    assert people("누리제약은 소액주주 추천 이사는 부결했다.") == {}
    told = people(
        "재판에 넘겨진 코스닥 상장사 전직 대표가 실형을 받았다. 재판부는 “상장사 대표이사로서 책임을 저버렸다”고 했다."
    )
    assert told == {}
    assert set(people("누리그룹은 면세점 대표에게 백화점을 맡겼다. 안겸 누리면세점 대표가 취임했다.")) == {
        "안겸"
    }
