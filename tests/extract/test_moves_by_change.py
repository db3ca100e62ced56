"""Regimes that change, candidates who are chosen, subjects without a title, posts served out; invented names."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # one regime after another: who is named no more goes
            "나래전자는 9일 은하림·두영진 각자대표 체제가 은하림 단독대표 체제로 바뀐다고 밝혔다.",
            {("두영진", "나래전자", "departed", "각자대표")},
        ),
        (  # who is named anew comes
            "나래전자는 은하림 단독대표 체제에서 은하림·두영진 공동대표 체제로 전환했다고 9일 공시했다.",
            {("두영진", "나래전자", "appointed", "공동대표")},
        ),
        (  # one goes, another comes
            "나래전자는 은하림·두영진 각자대표 체제에서 은하림·백도온 각자대표 체제로 변경됐다고 9일 공시했다.",
            {("두영진", "나래전자", "departed", "각자대표"), ("백도온", "나래전자", "appointed", "각자대표")},
        ),
        (
            "나래전자는 은하림·두영진 공동대표 체제를 끝내고 두영진 단독대표 체제로 돌아간다고 9일 밝혔다.",
            {("은하림", "나래전자", "departed", "공동대표")},
        ),
        (  # the leave that brings it about
            "나래전자가 두영진 대표의 사임에 따라 은하림 단독대표 체제로 전환한다고 9일 밝혔다.",
            {("두영진", "나래전자", "departed", "대표")},
        ),
        (  # a candidate is chosen for the post stood for
            "나래전자는 9일 주주총회를 열었다. 회사가 추천한 감사 후보 은하림 회계사는 61%의 찬성으로 선임됐다.",
            {("은하림", "나래전자", "appointed", "감사")},
        ),
        (
            "나래전자는 9일 주주총회를 열었다. 사외이사 후보인 은하림 교수의 선임안이 가결됐다.",
            {("은하림", "나래전자", "appointed", "사외이사")},
        ),
        (  # the post is the topic, and a verb before tells what is no news
            "나래전자 새 대표로는 누리컨설팅을 거쳐 2021년 합류한 은하림 최고운영책임자(COO)가 낙점됐다.",
            {("은하림", "나래전자", "appointed", "대표")},
        ),
        (  # nor is what somebody did the post taken
            "나래전자 공동 창업자로 지금까지 영업을 이끈 은하림 이사는 최고운영책임자(COO)로 자리를 옮긴다.",
            {("은하림", "나래전자", "appointed", "최고운영책임자(COO)")},
        ),
        (  # nobody's title, but an age or doings
            "월가 출신 투자자 마이클 조(44)가 전기차 스타트업 나래모터스의 최고재무책임자(CFO)로 합류했다.",
            {("마이클 조", "나래모터스", "appointed", "최고재무책임자(CFO)")},
        ),
        (
            "변호사 출신 은하림(45)이 핀테크 스타트업 나래페이의 최고준법책임자(CCO)를 맡는다.",
            {("은하림", "나래페이", "appointed", "최고준법책임자(CCO)")},
        ),
        (
            "나래전자는 9일 은행에서 보안을 맡던 은하림을 최고정보보호책임자(CISO)로 모셔 왔다.",
            {("은하림", "나래전자", "appointed", "최고정보보호책임자(CISO)")},
        ),
        (  # a Japanese name whose family name may be a Korean one
            "나래전자는 9일 노무라 겐지(67) 사장이 회장이 된다고 밝혔다.",
            {("노무라 겐지", "나래전자", "appointed", "회장")},
        ),
        (  # a house of common words, introduced, led, and told of again
            "새벽배송 업체 새벽나루터를 세운 은하림 대표가 물러난다. 새벽나루터는 9일 은 대표가 의장을 맡는다고 알렸다.",
            {("은하림", "새벽나루터", "departed", "대표"), ("은하림", "새벽나루터", "appointed", "의장")},
        ),
        (  # a post served out is left
            "나래전자는 9일 은하림 대표가 내년 3월까지만 대표직을 수행하고 고문으로 물러난다고 밝혔다.",
            {("은하림", "나래전자", "departed", "대표"), ("은하림", "나래전자", "appointed", "고문")},
        ),
        (  # gone of late, and nothing else is told
            "나래전자 법무실장을 맡아 온 은하림 상무는 지난달 회사를 떠났다.",
            {("은하림", "나래전자", "departed", "상무")},
        ),
        (  # a rank of enterprises needs no house
            "이번 인사에서 여성 임원이 늘었다. 1985년생인 은하림 팀장은 상무로 발탁됐다.",
            {("은하림", None, "promoted", "상무")},
        ),
        (  # rank and post
            "나래전자 은하림 전무가 입사 7년 만에 대표이사 사장에 오른다.",
            {("은하림", "나래전자", "promoted", "사장"), ("은하림", "나래전자", "appointed", "대표이사")},
        ),
        (  # ages behind titles
            "나래전자 은하림 사장(61)이 부회장으로, 두영진 부사장(55)이 사장으로 한 계단씩 올라섰다.",
            {("은하림", "나래전자", "promoted", "부회장"), ("두영진", "나래전자", "promoted", "사장")},
        ),
        (  # a candidate for the post the text seeks, not for the one held
            (
                "나래금융지주 차기 회장에 은하림 나래은행장이 내정됐다. 회장후보추천위원회는 9일 은 행장을 단독 후보로 "
                "추천했다."
            ),
            {("은하림", "나래금융지주", "appointed", "회장")},
        ),
        (  # the helm, and the post it is: one move
            (
                "나래전자는 은하림 부사장을 새 사령탑으로 낙점했다. 은 내정자는 28일 주총을 거쳐 대표이사에 오를 예정이다. "
                "두영진 사장은 상담역으로 위촉됐다."
            ),
            {("은하림", "나래전자", "appointed", "대표이사"), ("두영진", "나래전자", "appointed", "상담역")},
        ),
        (  # called back is not kept
            "나래전자는 지난해 말 물러난 은하림 전 대표를 9일 상임고문으로 다시 불러들였다.",
            {("은하림", "나래전자", "appointed", "상임고문")},
        ),
        (  # a school is nobody
            "나래홀딩스 이사회 의장에 사외이사인 은하림 서울대 교수가 선임됐다.",
            {("은하림", "나래홀딩스", "appointed", "이사회 의장")},
        ),
        (
            "나래전자는 은하림 대표 체제에서 두영진 대표 체제로 전환하는 안건을 9일 의결했다.",
            {("은하림", "나래전자", "departed", "대표"), ("두영진", "나래전자", "appointed", "대표")},
        ),
        (  # the helm is taken once
            "나래항공 은하림 대표이사 부사장이 9일 대표이사 사장으로 승진했다.",
            {("은하림", "나래항공", "promoted", "대표이사 사장")},
        ),
        (  # heads of parts of a firm, beside a delegation
            "나래항공은 9일 은하림 상무를 구매단장으로 선임했다. 지난달 사절단에 동행한 인물이다.",
            {("은하림", "나래항공", "appointed", "구매단장")},
        ),
        (  # a house somebody came through is not where the move is
            "나래물산은 9일 인사를 냈다. 누리전자를 거친 은하림 상무가 전무로 승진했다.",
            {("은하림", "나래물산", "promoted", "전무")},
        ),
    ],
)
def test_is_told(text: str, expected: set[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # regimes: of long ago, not to come, or of no persons
        "나래전자는 2019년 은하림·두영진 공동대표 체제에서 은하림 단독대표 체제로 전환했다. 은하림 대표는 9일 신제품을 공개했다.",
        "나래전자는 은하림·두영진 공동대표 체제에서 은하림 단독대표 체제로 바뀌지 않는다고 9일 밝혔다.",
        "나래전자는 은하림 대표 체제에서 두영진 대표 체제로 전환하는 방안을 검토하지 않는다고 9일 밝혔다.",
        "나래전자가 은하림 대표 체제에서 두영진 대표 체제로 전환하면 사업도 바뀐다.",
        "나래전자가 은하림 대표 체제에서 두영진 대표 체제로 바뀔 가능성은 작다.",
        "나래전자는 지주사 체제에서 사업회사 체제로 전환한다고 9일 은하림 대표가 밝혔다.",
        "정부는 9일 은하림 나래전자 대표의 요청에 따라 규제를 풀었다.",
        # candidates who are not chosen, or for no post of a house
        "나래전자는 9일 주주총회를 열었다. 사외이사 후보인 은하림 교수의 선임안은 부결됐다.",
        "나래전자는 9일 감사 후보인 은하림 세무사를 선임하지 않기로 했다.",
        "민주당은 9일 시장 후보 은하림 의원이 선출됐다고 밝혔다. 나래전자 주가는 올랐다.",
        # absent, serving on, heading a delegation
        "나래전자 은하림 의장은 출장 중이어서 자리를 비웠지만 축하 메시지를 보냈다.",
        "은하림 나래전자 대표는 건강 문제로 한 달간 자리를 비운다.",
        "나래전자 은하림 대표는 연말까지 대표직을 수행한다.",
        "나래전자는 은하림 대표의 사직서를 반려했다고 밝혔다. 은 대표는 잔여 임기를 마칠 예정이다.",
        "나래전자 은하림 대표는 사의를 철회했다고 밝혔다.",
        "나래전자 이사회는 은하림 대표의 사표를 거둬들이기로 했다고 밝혔다.",
        "나래협회가 꾸린 사절단이 베트남에 도착했다. 은하림 협회장(나래볼트 대표)이 단장을 맡았다.",
        # a career, a leave that modifies or that only goes with something else
        "2018년 취임한 은하림 나래전자 대표는 한 차례 연임하며 6년간 회사를 이끌었다.",
        "나래전자는 지난달 물러난 은하림 대표의 후임을 찾고 있다.",
        "나래전자 주가는 은하림 대표가 지난달 사임하면서 크게 떨어졌다.",
        # subjects without a title, and ranks, of no house
        "나래전자는 9일 프로게이머 은하림(25)이 새 팀 감독을 맡는다고 밝혔다.",
        "은하림(45)이 9일 국회에서 대표 발의한 법안이 통과됐다. 나래전자 주가가 올랐다.",
        "성탄절 행사를 맡아 온 은하림은 산타 대표를 맡는다.",
        "나래시 인사에서 은하림 팀장이 과장으로 발탁됐다.",
    ],
)
def test_is_not_told(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "자동차 부품 업체 생산공장을 세운 은하림 회장이 9일 물러난다. 생산공장은 9일 문을 닫았다.",
        "반도체 기업 생산기술 CTO를 은하림 전무가 맡는다.",
        "제약 업체 해외사업 대표로 은하림 전무가 선임됐다.",
    ],
)
def test_part_of_a_firm_is_no_house(text: str) -> None:
    assert {house for _, house, _, _ in told(text)} <= {None}
