"""Sentences that look like ones a rule is for and tell something else; invented people, published 2026-03-10."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.model import MoveKind
from tests.extract.reading import done, quotes, told

DAY = date(2026, 3, 10)
HE = "다솔전자 김도윤 사장"
SHE = "누리화학 이하늘 대표"
OTHER = "나래건설 박서준 회장은 8일 포럼에 참석했다. "
TAKES, GOES, STAYS = MoveKind.APPOINTED, MoveKind.DEPARTED, MoveKind.RETAINED


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (f"{HE}은 9일 '의'를 찾았다.", set()),
        (f"{HE}은 시장이 안정을 찾아가고 있다고 말했다.", set()),
        (f"{HE}은 9일 아침부터 둘러봤다.", set()),
        (f"{HE}은 9일 서울의 미래를 찾았다.", set()),
        (f"{HE}은 9일 어머니를 찾아갔다.", set()),
        (f"{HE}은 밤마다 기술자를 찾아가 기술을 익혔다.", set()),
        (f"{HE}은 미국에서 사업을 하다 돌아왔다.", set()),
        (f"{HE}은 결함이 발견된 여객기가 인천공항으로 돌아왔다고 밝혔다.", set()),
        (f"{HE}은 9일 5년 전 추운 겨울에 {SHE}를 만났다고 말했다.", set()),
        (f"{HE}은 노조가 면담한 누리화학 이하늘 부사장을 교체했다.", set()),
        (f"{HE}은 9일 누리화학의 매출을 보고받고 긴급 이사회에 들어갔다.", set()),
    ],
)
def test_what_tells_no_deed(text: str, facts: set[str]) -> None:
    assert done(text, day=DAY, what=True) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            f"{HE}은 9일 시상식에 참석한 뒤 평택공장을 둘러봤다.",
            {"김도윤:event:시상식", "김도윤:visit:평택공장"},
        ),
        (
            f"{HE}은 9일 오전 시무식을 열고 오후에는 평택공장을 둘러봤다.",
            {"김도윤:event:시무식", "김도윤:visit:평택공장"},
        ),
        (
            f"{HE}은 9일 미국 나래모터스를 방문해 협력을 논의했다.",
            {"김도윤:trip:미국", "김도윤:visit:미국 나래모터스"},
        ),
        (f"{HE}은 9일 나래은행을 방문해 임직원들에게 쇄신을 당부했다.", {"김도윤:visit:나래은행"}),
        (f"{HE}은 '24년 매출이 늘자 9일 평택공장을 방문해 '25년 계획을 점검했다.", {"김도윤:visit:평택공장"}),
        (
            f"{HE}은 9일 서울에서 열린 '2026 미래포럼' 기조연설에서 “바꾸겠다”고 말했다.",
            {"김도윤:event:2026 미래포럼 기조연설"},
        ),
        (f"{HE}은 25일 미국을 방문하기로 하는 등 바쁜 달을 보낸다.", {"김도윤:trip:미국"}),
    ],
)
def test_what_is_told_besides(text: str, facts: set[str]) -> None:
    assert done(text, day=DAY, what=True) == facts


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        (
            f"{OTHER}{HE}은 9일 {SHE}와 만나 협력을 논의했고 두 사람은 계약서에 서명했다.",
            {"김도윤", "이하늘"},
        ),
        (
            f"{HE}은 9일 {SHE}를 만났다. 나래건설 박서준 회장은 축하했고 두 사람은 의향서에 서명했다.",
            {"김도윤", "이하늘"},
        ),
    ],
)
def test_two_people_are_those_who_met(text: str, signed: set[str]) -> None:
    assert {f.split(":")[0] for f in done(text, day=DAY) if f.endswith(":deal")} == signed


@pytest.mark.parametrize(
    "text",
    [
        f"{OTHER}{HE}이 9일 박 장관을 만났으며 두 사람은 평택공장을 둘러봤다.",
    ],
)
def test_an_official_beside_him_is_no_executive_told_before(text: str) -> None:
    assert {f for f in done(text, day=DAY) if f.endswith(":visit")} == {"김도윤:visit"}


@pytest.mark.parametrize(
    "text",
    [
        f"{SHE}는 어려운 부부를 도왔다. 부부는 9일 행사에 참석했다.",
        f"{SHE}는 직원들을 격려했다. 이들은 모두 9일 전시회에 참석한다.",
    ],
)
def test_a_crowd_is_not_the_one_told_before(text: str) -> None:
    assert done(text, day=DAY) == set()


@pytest.mark.parametrize(
    "text",
    [
        f"{HE}은 이 제품을 “새로운 것”으로 평가했다.",
        f"{HE}은 “남의 것”으로 분석했다.",
        f"업계는 {HE}이 “사임할 것”으로 관측했다.",
        f"{HE}은 새 공장이 “효자가 될 것”으로 기대된다.",
    ],
)
def test_a_term_or_a_forecast_of_others_is_no_quote(text: str) -> None:
    assert not [q for q in quotes(text) if q.speaker]


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        (f"{HE}은 9일 오후 2시 이사회에 들어갔다.", set()),
        (f"{HE}은 코스닥 잔류를 선택했다.", set()),
        (f"{HE}은 가업을 물려받아 그대로 경영하고 있다.", set()),
        ("다솔해운은 최대주주가 서하람 부사장으로 변경됐다고 9일 공시했다.", set()),
        (f"{HE}이 두 달 더 회사를 이끈다.", {("김도윤", "다솔전자", STAYS, "사장")}),
        ("온빛금융은 지난달 온빛은행장을 교체했다.", set()),
        (
            "다솔전자 주주총회에서 다솔전자 김도윤 회장의 사내이사 재선임안이 부결됐다.",
            {("김도윤", "다솔전자", GOES, "사내이사")},
        ),
        (
            "온빛금융은 지난주 온빛은행장에 노기훈 부행장을 추천했다.",
            {("노기훈", "온빛은행", TAKES, "은행장")},
        ),
    ],
)
def test_what_moves_nobody_else(text: str, moves: set[tuple[str, str, MoveKind, str]]) -> None:
    assert told(text, "다솔전자 소식", day=DAY) == moves


def test_headings_end_what_those_before_them_say() -> None:
    text = "◇면(免)\n▲재무본부장 강도윤\n◇임(任)\n▲재무본부장 문지후"
    assert told(text, "다솔해운 인사", day=DAY) == {
        ("강도윤", "다솔해운", GOES, "재무본부장"),
        ("문지후", "다솔해운", TAKES, "재무본부장"),
    }
