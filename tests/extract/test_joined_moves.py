"""Several persons, posts and houses in one sentence, and houses told in another, on invented names."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefing.model import Article
from tests.extract.reading import Told, extractor, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # each conjunct has its house, the verb stands once
            "나래증권은 전산을 맡던 은하림 부사장을, 가온증권은 자산관리를 키운 도결 전무를 대표로 올렸다.",
            {("은하림", "나래증권", "appointed", "대표"), ("도결", "가온증권", "appointed", "대표")},
        ),
        (  # a house that only its place in the sentence shows
            (
                "나래그룹이 인사를 냈다. 나래전선은 두영진 부사장이, 나래화인은 함서윤 부사장이 각각 사장으로 승진하며 "
                "지휘봉을 넘겨받는다."
            ),
            {("두영진", "나래전선", "promoted", "사장"), ("함서윤", "나래화인", "promoted", "사장")},
        ),
        (
            (
                "나래그룹은 배은호 나래유통 전무에게 나래유통 대표 자리를, 소정한 나래푸드 상무에게는 나래푸드 대표 자리를 "
                "각각 맡겼다."
            ),
            {("배은호", "나래유통", "appointed", "대표"), ("소정한", "나래푸드", "appointed", "대표")},
        ),
        (  # the first conjunct has a post of its own, the second an idiom without one
            (
                "나래그룹이 인사를 확정했다. 백소담 부사장은 나래물산 대표로, 나래물산의 왕진석 사장은 적자에 빠진 "
                "나래건설을 살릴 소방수로 투입된다."
            ),
            {("백소담", "나래물산", "appointed", "대표")},
        ),
        (
            "나래제약 곽선우 상무가 대표로 선임됐다. 대표이사 손길호 사장을 비롯해 개발그룹장 태주환 부사장이 유임됐다.",
            {
                ("곽선우", "나래제약", "appointed", "대표"),
                ("손길호", "나래제약", "retained", "대표이사"),
                ("태주환", "나래제약", "retained", "개발그룹장"),
            },
        ),
        (  # a house not said again goes on in the second pair
            "9일 업계에 따르면 나래물류 신임 CEO에는 류장우 전무가, CFO에는 가온증권 기획팀의 조세린 상무가 각각 취임했다.",
            {("류장우", "나래물류", "appointed", "CEO"), ("조세린", "나래물류", "appointed", "CFO")},
        ),
        (
            (
                "나래전자는 최고경영자(CEO)를 에밀리 카터에서 존 박으로 교체했다고 8일 공시했다. 카터 전 CEO는 자문역으로 "
                "남아 인수인계를 돕는다."
            ),
            {
                ("에밀리 카터", "나래전자", "departed", "최고경영자(CEO)"),
                ("존 박", "나래전자", "appointed", "최고경영자(CEO)"),
                ("에밀리 카터", "나래전자", "appointed", "자문역"),
            },
        ),
        (
            "나래전자에서 연구개발본부장은 서하율 상무에서 금태석 전무로 바뀌었다.",
            {
                ("서하율", "나래전자", "departed", "연구개발본부장"),
                ("금태석", "나래전자", "appointed", "연구개발본부장"),
            },
        ),
        (
            "나래철강은 대표이사가 한재두에서 한재두·마윤성 각자대표로 변경됐다고 공시했다. 한재두 대표는 창업주의 장남이다.",
            {("마윤성", "나래철강", "appointed", "각자대표")},
        ),
        (  # a verb that only modifies who is named takes nothing from the verb behind
            "나래텔레콤은 위성사업단장에 류승완 상무를, AI본부장에 외부에서 영입한 케빈 송 전 링크테크 부사장을 임명했다.",
            {
                ("류승완", "나래텔레콤", "appointed", "위성사업단장"),
                ("케빈 송", "나래텔레콤", "appointed", "AI본부장"),
            },
        ),
    ],
)
def test_persons_posts_and_houses_are_joined(text: str, expected: set[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "나래전자 이사회는 위하진 대표를 다시 대표이사로 뽑았다.",
            ("위하진", "나래전자", "retained", "대표이사"),
        ),
        ("나래전자 선우정 공동대표가 이날 사임계를 냈다.", ("선우정", "나래전자", "departed", "공동대표")),
        ("나래전자는 편세준 센터장의 직위를 해제했다.", ("편세준", "나래전자", "departed", "센터장")),
        (
            "나래전자는 형시온 부사장을 대표이사 직무대행으로 지정했다.",
            ("형시온", "나래전자", "appointed", "대표이사 직무대행"),
        ),
        (
            "나래전자는 표근우 부사장의 사직만 받아들였다.",
            ("표근우", "나래전자", "departed", "부사장"),
        ),
        (
            "나래전자는 9월 1일부터 안나 슈미트 마케팅 디렉터가 지사장으로 일한다고 전했다.",
            ("안나 슈미트", "나래전자", "appointed", "지사장"),
        ),
        (
            "차무렬 나래그룹 부회장이 계열사 나래시멘트 대표에서는 내려온다.",
            ("차무렬", "나래시멘트", "departed", "대표"),
        ),
        (
            "나래전자는 방콕에서 일한 크리스토프 뒤랑을 총지배인으로 임명했다.",
            ("크리스토프 뒤랑", "나래전자", "appointed", "총지배인"),
        ),
    ],
)
def test_wordings_of_single_moves(text: str, expected: Told) -> None:
    assert told(text) == {expected}


def test_a_post_held_before_is_no_work_to_come() -> None:
    assert told("나래전자 곽선우 상무는 미국법인 지사장으로 일했다.") == set()


def test_a_paragraph_has_come_to_another_house() -> None:
    moves = told(
        "나래상사는 지하람 부장을 상무로 승진시켰다. 나래화학에서는 표원재 전무가 부사장으로 올랐다.\n"
        "나래세미콘은 변화 대신 안정을 택했다. 태주환 부사장이 유임됐다."
    )
    assert ("태주환", "나래세미콘", "retained", "부사장") in moves


def test_candidates_take_the_post_the_article_asks_about() -> None:
    article = Article(
        id="t",
        text="나래건설 차기 대표를 둘러싼 하마평이 무성하다. 도진무 주택사업본부장과 유하람 해외사업본부장이 내부 후보로 "
        "이름을 올렸다.",
        published=datetime(2026, 3, 10, tzinfo=UTC),
    )
    moves = extractor().extract(article).moves
    assert {(m.person, m.kind.value, m.role, m.status.value) for m in moves} == {
        ("도진무", "appointed", "대표", "rumored"),
        ("유하람", "appointed", "대표", "rumored"),
    }
