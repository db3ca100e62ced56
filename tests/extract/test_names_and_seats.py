"""Whose move it is: foreign names, subjects inside other clauses, players, towns and boards, on invented names."""

from __future__ import annotations

import pytest

from briefing.model import Article, QuotedBy
from tests.extract.reading import Told, extractor, told

_NEWS = "마루온물산 인사"
_LEAD = "마루온물산은 12일 이사회를 열고 인사를 의결했다. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 씨 behind a foreign name is no part of it
        ("마루온물산은 마이클 던바 씨를 물류본부장으로 영입했다.", {("마이클 던바", "물류본부장")}),
        ("마루온물산은 대표에 다나카 히로시 씨를 선임했다.", {("다나카 히로시", "대표")}),
        ("마루온물산은 법인장에 에런 화이트먼 전 컨버텍 부사장을 영입했다.", {("에런 화이트먼", "법인장")}),
        # those with whom a firm began
        ("마루온물산 창업 멤버 봉하준 COO가 이달 말 회사를 떠난다.", {("봉하준", "COO")}),
        ("마루온물산 초기 멤버인 봉하준 부사장이 회사를 떠난다.", {("봉하준", "부사장")}),
        # a board's own committee
        ("감사위원회를 이끌던 한스 올레 빈터 이사도 이날 사의를 표했다.", {("한스 올레 빈터", "이사")}),
        # who has a post before, or is followed
        ("탁여울 상무는 봉하준 대표가 비우는 자산그룹장에 앉는다.", {("탁여울", "자산그룹장")}),
        ("탁여울 상무는 봉하준 대표가 겸하던 CFO에 선임됐다.", {("탁여울", "CFO")}),
        ("탁여울 상무는 봉하준 대표가 새로 꾸린 디지털본부장을 맡는다.", {("탁여울", "디지털본부장")}),
        (
            "탁여울 상무는 전무로 승진하며 봉하준 대표 후임으로 자산그룹장을 맡는다.",
            {("탁여울", "전무"), ("탁여울", "자산그룹장")},
        ),
        (
            "탁여울 부사장이 물러난 봉하준 대표의 뒤를 잇는다.",
            {("봉하준", "대표"), ("탁여울", "대표")},
        ),
        # the same words, and a subject of its own
        ("탁여울 부사장이 공석인 자산본부장에 올랐다.", {("탁여울", "자산본부장")}),
        (
            "봉하준 전무가 돌아와 영업본부장을 맡고, 전임자인 탁여울 부사장은 신설된 해외단장으로 자리를 옮겼다.",
            {("봉하준", "영업본부장"), ("탁여울", "해외단장")},
        ),
        ("탁여울 상무가 새로 생긴 CFO를 맡는다.", {("탁여울", "CFO")}),
        # stays, and for how long
        ("봉하준 대표는 2028년 3월까지 대표직을 유지한다.", {("봉하준", "대표")}),
        ("봉하준 대표는 3년 더 대표직을 유지한다.", {("봉하준", "대표")}),
        ("봉하준 대표는 후임이 정해질 때까지 대표직을 유지한다.", set()),
        ("봉하준 대표는 후임자가 선임될 때까지 자리를 지킨다.", set()),
        ("봉하준 대표는 차기 대표 선임까지 자리를 지킨다.", set()),
        # a rise told with the post it comes with
        (
            "봉하준 전 대표가 이끌던 자산사업총괄 자리는 탁여울 부장이 전무로 승진하며 이어받는다.",
            {("탁여울", "전무"), ("탁여울", "자산사업총괄")},
        ),
        # a title shared by two
        ("탁여울과 봉하준 상무가 전무로 승진했다.", {("탁여울", "전무"), ("봉하준", "전무")}),
        ("마루온물산은 탁여울과 봉하준 상무를 승진시켰다.", {("탁여울", None), ("봉하준", None)}),
        ("가수 탁여울과 봉하준 부사장이 회사를 떠난다.", {("봉하준", "부사장")}),
        ("노조와 봉하준 부사장은 회사를 떠난다.", {("봉하준", "부사장")}),
        ("하늘누리전자와 봉하준 부사장은 회사를 떠난다.", {("봉하준", "부사장")}),
        # names with a place in them
        (
            "봉하준 사외이사는 물러나고 이광주 상무가 승진했다.",
            {("봉하준", "사외이사"), ("이광주", None)},
        ),
        # players
        ("배우 봉하준(45)이 극중 마루온물산 대표를 맡는다.", set()),
        ("배우 봉하준(45)이 새 드라마에서 마루온물산 대표를 맡는다.", set()),
        ("배우 봉하준(45)이 마루온물산 대표를 맡는다고 회사가 12일 밝혔다.", {("봉하준", "대표")}),
        # musicians and clubs have members as well
        ("밴드 멤버 봉하준은 팀을 떠난다.", set()),
    ],
)
def test_who_moves(text: str, expected: set[tuple[str, str | None]]) -> None:
    assert {(person, role) for person, _, _, role in told(_LEAD + text, _NEWS)} == expected


def test_field_of_work_is_no_house() -> None:
    text = _LEAD + "마루온물산은 이달 초 부동산개발 부문장으로 봉하준 상무를 영입했다."
    assert {house for _, house, _, _ in told(text, _NEWS)} == {"마루온물산"}


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (  # each part of a foreign name is known
            "마루온물산 임원 인사",
            "∙ 유럽권역본부장 이사벨 모로 전무\n∙ 체코생산법인장 얀 노보트니\n∙ 최고운영책임자(COO) 사라 킴",
            [
                ("이사벨 모로", "마루온물산", "appointed", "유럽권역본부장"),
                ("얀 노보트니", "마루온물산", "appointed", "체코생산법인장"),
                ("사라 킴", "마루온물산", "appointed", "COO"),
            ],
        ),
        (  # fields of work that look like names
            "마루온물산 임원 인사",
            "△ 신소재 연구소장 봉하준\n△ 차세대 배터리연구소장 탁여울\n△ 신사업 본부장 [신임]",
            [
                ("봉하준", "마루온물산", "appointed", "신소재 연구소장"),
                ("탁여울", "마루온물산", "appointed", "차세대 배터리연구소장"),
            ],
        ),
        (  # sent to a ministry
            "[인사] 마루온공단",
            "◇파견\n▶ 국토교통부 봉하준\n◇전보\n▶ 대학협력실장 탁여울",
            [("탁여울", "마루온공단", "appointed", "대학협력실장")],
        ),
        # towns with their province
        ("[인사] 전남 완도군", "◇4급 승진 △경제산업국장 봉하준\n◇6급 승진 △금일읍 탁여울", []),
        ("인사", "[인사] 충남 서산시\n◇5급 승진 △관광과장 봉하준\n◇6급 승진 △기획예산실 탁여울", []),
        ("[인사] 경남 거창군", "경남 거창군은 7월 1일자 인사를 단행했다.\n◇4급 승진\n△경제국장 봉하준", []),
    ],
)
def test_lists(title: str, text: str, expected: list[Told]) -> None:
    assert told(text, title) == set(expected)


SIBLINGS = "치악물산은 29일 심지산 회장의 장녀인 심루아(38) 상무를 전무로, 장남인 심루한(35) 이사를 상무로 승진시키는 인사를 낸다고 밝혔다.\n"


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("심 전무는 글로벌사업본부장까지 겸한다.", "심루아"),
        ("심 상무는 글로벌사업본부장까지 겸한다.", "심루한"),
    ],
)
def test_namesakes_are_told_by_the_rank_they_rise_to(said: str, who: str) -> None:
    promoted = {("심루아", "치악물산", "promoted", "전무"), ("심루한", "치악물산", "promoted", "상무")}
    assert told(SIBLINGS + said) == promoted | {(who, "치악물산", "appointed", "글로벌사업본부장")}


@pytest.mark.parametrize(
    "text",
    [
        "벼리금융지주는 차기 회장을 고른다. 상현우 현 회장의 연임이 유력하다는 관측이 나온다.",
        "금융권에서는 상현우 벼리금융지주 회장의 연임에 무게가 실린다.",
    ],
)
def test_staying_on_that_is_likely_is_a_rumour(text: str) -> None:
    found = extractor().extract(Article(id="t", text=text)).moves
    assert [(m.person, m.kind.value, m.status.value) for m in found] == [("상현우", "retained", "rumored")]


def test_who_filmed_a_report_is_appointed_to_nothing() -> None:
    report = "벼리항공 이재우림 대표는 간담회를 열었습니다.\n촬영기자: 국태현 / 영상편집: 선다울\n■ 제보하기 ▷ 전화: 02-555-0000"
    assert told(report, "벼리항공 대표 간담회") == set()


def test_who_speaks_for_a_central_bank_or_a_crowd_is_no_executive() -> None:
    text = (
        "벼리은행 추건호 행장이 응우옌 티 란 라오스중앙은행 부총재를 만났다. 응우옌 부총재는 “농촌에도 관심을 가져 달라”고 했다. "
        "해변 안전요원 대표 민서람 씨는 “밤마다 호루라기를 분다”고 했다."
    )
    found = extractor().extract(Article(id="t", text=text))
    assert [p.name for p in found.people] == ["추건호"]
    assert all(q.by is not QuotedBy.EXECUTIVE for q in found.quotes)
