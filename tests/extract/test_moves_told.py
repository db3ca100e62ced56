"""Moves whose person, post or house the clause itself does not say, on invented names."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # who gives a post away leaves it
            "나래그룹은 9일 은하림 회장이 내년 1월 도결 나래전선 부회장에게 그룹 회장직을 넘긴다고 발표했다.",
            {("은하림", "나래그룹", "departed", "회장"), ("도결", "나래그룹", "appointed", "회장")},
        ),
        (  # the successor is named by the copula
            "나래전자 은하림 대표가 9일 자리에서 물러났다. 후임은 두영진 부사장이다.",
            {("은하림", "나래전자", "departed", "대표"), ("두영진", "나래전자", "appointed", "대표")},
        ),
        (  # rank and post of one verb
            "나래전자는 9일 이사회를 열고 은하림 영업본부장을 대표이사 부사장으로 승진 발령했다.",
            {
                ("은하림", "나래전자", "promoted", "부사장"),
                ("은하림", "나래전자", "appointed", "대표이사"),
            },
        ),
        (  # the seat that a mover leaves
            (
                "나래전자는 9일 인사를 냈다. 북미사업본부장이던 은하림 부사장은 소형전지사업부장으로 이동하고, 그 자리는 두영진 "
                "상무가 물려받는다."
            ),
            {
                ("은하림", "나래전자", "appointed", "소형전지사업부장"),
                ("두영진", "나래전자", "appointed", "북미사업본부장"),
            },
        ),
        (  # the post of who bears but a rank
            "나래전자의 소형전지사업부장인 은하림 상무는 9일 용퇴했다.",
            {("은하림", "나래전자", "departed", "소형전지사업부장")},
        ),
        (  # the post that is said goes before the one borne
            (
                "나래그룹 은하림 회장이 경영 일선에서 물러난다. 나래그룹은 9일 은 회장이 계열사 등기이사에서 사임했다고 "
                "공시했다."
            ),
            {("은하림", "나래그룹", "departed", "등기이사")},
        ),
        (  # a post without a title of his own: what somebody once was stands between
            "나래쇼핑은 9일 주총에서 신임 상임감사로 은하림 전 감사원 감사관을 선임하는 안건을 통과시켰다.",
            {("은하림", "나래쇼핑", "appointed", "상임감사")},
        ),
        (  # a motion is no news where it was voted down, and who should go stays
            (
                "9일 나래전자 임시 주총에서 은하림 대표를 사내이사에서 해임하는 안건은 찬성 41%에 그쳐 특별결의 요건을 "
                "채우지 못했다."
            ),
            {("은하림", "나래전자", "retained", "대표")},
        ),
        (  # the bank's head is the bank's
            (
                "나래금융지주는 9일 자회사 대표 인사를 냈다. 은하림 나래은행 부행장은 승진 1순위로 꼽혀 왔다. 차기 "
                "은행장에는 은하림 부행장이 낙점됐다."
            ),
            {("은하림", "나래은행", "appointed", "은행장")},
        ),
        (  # 이후에는 … 맡는다 is to come
            "나래통신 대표 자리는 비어 있다. 이후에는 은하림 경영기획부문장이 대표이사 직무대행을 맡는다.",
            {("은하림", "나래통신", "appointed", "대표이사 직무대행")},
        ),
        # who may serve the term out
        (
            "해임안은 부결됐고, 은하림 나래바이오 대표는 2년 남은 임기를 채울 수 있게 됐다.",
            {("은하림", "나래바이오", "retained", "대표")},
        ),
    ],
)
def test_moves_told_around_the_clause(text: str, expected: set[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # the sentence has a subject of its own
        "나래공사 은하림 부사장이 직무를 대행한다. 공사 설립 이래 현직 사장이 해임되는 것은 처음이다.",
        # what is remarked of an event told before
        "나래백화점 은하림 대표가 소감을 밝혔다. 백화점업계에서 여성이 점장을 맡은 것도 그가 처음이었다.",
        # an office of government, though an enterprise is named
        "기획재정부는 9일 기획조정실장에 은하림 국장을 임명했다. 은 국장은 나래해운 구조조정을 맡았다.",
        # what a newspaper told and the firm denies
        (
            "나래화학은 4일 은하림 대표이사의 사임설에 대해 “사실무근”이라고 밝혔다. 일부 매체는 전날 은 대표가 연내 물러나고 "
            "후임에 두영진 부사장이 선임될 것이라고 보도했다."
        ),
        "한 경제지는 나래화학 은하림 대표가 물러난다고 보도했다. 나래화학은 이를 부인했다.",
        # the item that failed like the one before
        "나래펀드는 새 이사 후보로 은하림 전 나래전자 상무를 내세웠지만 이 안건 역시 통과하지 못했다.",
        # a body of artists, whoever leads it
        "나래만화인협회는 총회를 열고 제14대 회장에 만화가 은하림(59) 씨를 선출했다.",
        # a place beside a grave, and a list on which somebody is
        "영결식장에는 은하림 나래유통 회장과 두영진 다솔유통 사장이 끝까지 자리를 지켰다.",
        "총수 일가 가운데는 은하림 나래호텔 상무가 유일하게 등기이사로 이름을 올리고 있다.",
    ],
)
def test_no_move(text: str) -> None:
    assert told(text) == set()


def test_a_shareholder_is_not_where_people_work() -> None:
    text = (
        "은하림 나래산업 부회장이 사내이사 연임에 성공했다. 지분 9.4%를 들고 있는 나래자산운용은 반대표를 던졌다. 두영진 "
        "대표와 도결 전무의 연임은 90%가 넘는 찬성으로 통과됐다."
    )
    assert {company for _, company, _, _ in told(text, "나래자산운용 반대에도…나래산업 은하림 재선임")} == {
        "나래산업"
    }


def test_one_of_two_named_together_leaves() -> None:
    text = "나래컴퍼니는 9일 은하림·두영진 공동대표 가운데 은 대표가 사임했다고 밝혔다."
    assert {person for person, _, kind, _ in told(text) if kind == "departed"} == {"은하림"}
