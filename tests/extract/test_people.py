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
    ],
)
def test_names_titles_companies(text: str, name: str, company: str, title: str) -> None:
    assert people(text) == {name: (company, title)}


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
    ],
)
def test_other_worlds_are_no_executives(text: str) -> None:
    assert people(text) == {}


def test_two_people_of_one_surname_are_told_apart_by_title() -> None:
    text = "나래전자 곽두레 사장과 곽나미 전무가 나섰다. 곽 전무는 “먼저 간다”고 말했다. 곽 사장은 “늦게 간다”고 말했다."
    quotes = extractor().extract(Article(id="t", text=text)).quotes
    assert [q.speaker for q in quotes] == ["곽나미", "곽두레"]


def test_the_gate_stops_only_what_holds_no_executive() -> None:
    assert not passes(Article("t", "내일은 중부지방에 비가 내린다. 기상청은 우산을 챙기라고 했다."))
    assert passes(Article("t", "곽두레 대표는 웃었다."))
    assert passes(Article("t", "", title="[인사] 나래전자"))


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
