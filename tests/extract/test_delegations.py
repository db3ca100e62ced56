"""Who travels with a delegation told of before; invented people, published 2024-05-12."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.reading import activities

PARTY = "카자흐스탄 국빈 방문에 맞춰 꾸려진 경제사절단이 11일 오전 서울을 떠났다.\n"


def _trips(text: str) -> set[tuple[str, str, date | None]]:
    return {(a.person, a.what, a.when) for a in activities(text) if a.kind.value == "trip"}


@pytest.mark.parametrize(
    "sentence",
    [
        "대기업에서는 윤서준 누리전자 회장, 백도현 한서화학 대표가 동행했다.",
        "윤서준 누리전자 회장과 백도현 한서화학 대표 등이 이름을 올렸다.",
        "단장은 윤서준 누리전자 회장이 맡았고 중견기업 몫으로는 백도현 한서화학 대표가 뽑혔다.",
        "명단에는 윤서준 누리전자 회장과 백도현 한서화학 대표가 포함됐다.",
    ],
)
def test_members_of_a_delegation_travel_with_it(sentence: str) -> None:
    day = date(2024, 5, 11)
    assert _trips(PARTY + sentence) == {("윤서준", "카자흐스탄", day), ("백도현", "카자흐스탄", day)}


def test_a_delegation_to_come_is_planned() -> None:
    text = (
        "오는 14일 인도를 찾는 대통령을 기업인들이 사절단으로 따라간다. 윤서준 누리전자 회장이 단장을 맡는다."
    )
    found = [a for a in activities(text) if a.kind.value == "trip"]
    assert [(a.person, a.when, a.planned) for a in found] == [("윤서준", date(2024, 5, 14), True)]


@pytest.mark.parametrize(
    "text",
    [
        PARTY + "윤서준 누리전자 회장은 국내 일정을 이유로 이름을 올리지 않았다.",
        PARTY + "윤서준 누리전자 회장은 새 공장 투자에 참여했다.",
        "미국 하원은 10일 사절단을 꾸렸다. 윤서준 누리전자 회장은 새 이사로 뽑혔다.",
        PARTY + "윤서준 누리전자 회장은 협회의 새 이사로 뽑혔다.",
        "정부가 꾸린 사절단이 11일 서울을 떠났다. 윤서준 누리전자 회장이 동행했다.",
        "누리전자는 11일 미국 법인장을 바꿨다. 대표에는 윤서준 누리전자 회장이 뽑혔다.",
    ],
)
def test_who_joins_something_else_does_not_travel(text: str) -> None:
    assert not _trips(text)
