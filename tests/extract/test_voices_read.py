"""Words that tell what somebody said: forecasts, statements, the crowd outside; names invented."""

from __future__ import annotations

import pytest

from briefing.model import QuotedBy
from tests.extract.reading import quotes


@pytest.mark.parametrize(
    "said",
    ["예상했다", "전망했다", "내다봤다", "조심스럽게 관측했다", "진단했다", "추정했다", "확신했다"],
)
def test_what_somebody_expects_is_said(said: str) -> None:
    found = quotes(f"노기훈 벼리전자 사장은 “하반기에 수요가 살아날 것”으로 {said}.")
    assert [(q.speaker, q.company, q.by) for q in found] == [("노기훈", "벼리전자", QuotedBy.EXECUTIVE)]


def test_what_a_house_expects_is_said_by_nobody_named() -> None:
    found = quotes("벼리전자는 “수요가 하반기에 살아날 것”으로 내다봤다.")
    assert [(q.speaker, q.by) for q in found] == [(None, QuotedBy.UNNAMED)]


def test_what_something_is_held_to_be_is_not_said() -> None:
    assert quotes("노기훈 벼리전자 사장은 이 제도를 “새 성장”으로 평가했다.") == ()


@pytest.mark.parametrize(
    "statement",
    [
        "이라는 성명을 냈다",
        "이란 성명을 냈다",
        "이라는 논평을 냈다",
        "이란 논평을 내놨다",
        "이라는 짧은 논평을 냈다",
    ],
)
def test_a_statement_is_said_by_who_makes_it(statement: str) -> None:
    words = f"“원가 상승이 견디기 힘든 수준”{statement}."
    by_chief = quotes(f"노기훈 벼리전자 회장은 9일 {words}")
    assert [(q.speaker, q.by) for q in by_chief] == [("노기훈", QuotedBy.EXECUTIVE)]
    by_body = quotes(f"한빛제지공업협회는 9일 {words}")
    assert [(q.speaker, q.by) for q in by_body] == [(None, QuotedBy.UNNAMED)]


@pytest.mark.parametrize("statement", ["성명", "논평"])
def test_somebodys_statement_names_who_said_it(statement: str) -> None:
    found = quotes(
        f"“부당한 조치를 당장 거둬야 한다”는 노기훈 벼리전자 회장의 {statement}에 노조가 반발했다."
    )
    assert [(q.speaker, q.by) for q in found] == [("노기훈", QuotedBy.EXECUTIVE)]


def test_the_crowd_outside_speaks_for_itself() -> None:
    found = quotes("옥새연 벼리전자 사장은 시위대가 “물러나라”고 외치자 자리를 떴다.")
    assert [(q.speaker, q.by) for q in found] == [(None, QuotedBy.UNNAMED)]
