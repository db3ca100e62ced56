"""Moves of several persons, posts and houses in one sentence: who takes which post where."""

from __future__ import annotations

import pytest

from briefing.model import MoveKind
from tests.extract.reading import Told, told

TAKES, RISES, LEAVES, STAYS = (
    MoveKind.APPOINTED,
    MoveKind.PROMOTED,
    MoveKind.DEPARTED,
    MoveKind.RETAINED,
)

PERSONS: list[tuple[str, list[Told]]] = [
    (  # a house between the names and their title
        "표윤재·노하늘 다솔화학 상무가 전무로 승진했다.",
        [("표윤재", "다솔화학", RISES, "전무"), ("노하늘", "다솔화학", RISES, "전무")],
    ),
    (  # counted behind the names
        "다솔화학은 표윤재, 노하늘 등 상무 2명을 전무로 승진시켰다.",
        [("표윤재", "다솔화학", RISES, "전무"), ("노하늘", "다솔화학", RISES, "전무")],
    ),
    (  # one title, one vote
        "다솔화학 주주총회에서 표윤재·노하늘 사외이사 선임 안건이 통과됐다.",
        [("표윤재", "다솔화학", TAKES, "사외이사"), ("노하늘", "다솔화학", TAKES, "사외이사")],
    ),
    (  # each with a house in brackets
        "다솔그룹에서는 표윤재(다솔화학)·노하늘(다솔건설) 부사장이 사장으로 승진했다.",
        [("표윤재", "다솔화학", RISES, "사장"), ("노하늘", "다솔건설", RISES, "사장")],
    ),
    (
        "다솔그룹 사장 승진자는 표윤재 부사장(다솔화학), 노하늘 부사장(다솔건설) 등 2명이다.",
        [("표윤재", "다솔화학", RISES, "사장"), ("노하늘", "다솔건설", RISES, "사장")],
    ),
    (  # whose son somebody is
        "다솔항공은 표규상 회장 장남인 표윤재 부사장을 사장으로 승진시켰다.",
        [("표윤재", "다솔항공", RISES, "사장")],
    ),
    (
        "다솔항공 창업주인 표규상 회장과 아들 표윤재 부사장은 사내이사에서 사임했다.",
        [("표규상", "다솔항공", LEAVES, "사내이사"), ("표윤재", "다솔항공", LEAVES, "사내이사")],
    ),
    (  # one goes, the other stays
        "다솔그룹은 표윤재 다솔화학 대표를 교체하고 노하늘 다솔건설 대표를 유임했다.",
        [("표윤재", "다솔화학", LEAVES, "대표"), ("노하늘", "다솔건설", STAYS, "대표")],
    ),
    (  # a foreigner without a title
        "베르텍은 새 CEO에 에밀리 첸을 임명했다고 8일 발표했다.",
        [("에밀리 첸", "베르텍", TAKES, "CEO")],
    ),
    (
        "다솔자산운용은 표윤재 대표가 떠난 자리에 노하늘 부사장을 선임했다.",
        [("노하늘", "다솔자산운용", TAKES, "대표")],
    ),
    (
        "다솔제약은 20일 주총을 연다고 공시했다. 감사위원을 겸하는 표윤재 사외이사는 재선임 대상에 올랐다.",
        [("표윤재", "다솔제약", STAYS, "사외이사")],
    ),
]

HOUSES: list[tuple[str, list[Told]]] = [
    (  # two posts at two houses
        "표윤재 부사장은 다솔그룹 경영전략실장과 다솔홀딩스 대표를 겸임한다.",
        [("표윤재", "다솔그룹", TAKES, "경영전략실장"), ("표윤재", "다솔홀딩스", TAKES, "대표")],
    ),
    (  # heads who change houses
        "다솔렌탈 표윤재 대표가 다솔상사로, 다솔상사 노하늘 대표가 다솔렌탈로 각각 자리를 옮긴다.",
        [("표윤재", "다솔상사", TAKES, "대표"), ("노하늘", "다솔렌탈", TAKES, "대표")],
    ),
    (  # the group fills what has become free at a house of it
        "다솔그룹은 다솔렌탈 표윤재 대표가 사임함에 따라 노하늘 부사장을 대표로 선임했다.",
        [("표윤재", "다솔렌탈", LEAVES, "대표"), ("노하늘", "다솔렌탈", TAKES, "대표")],
    ),
    (
        "다솔은행 표윤재 기업금융그룹 부행장이 임기 만료로 퇴임한다.",
        [("표윤재", "다솔은행", LEAVES, "부행장")],
    ),
    (
        "호텔 운영사 더다솔은 표윤재 부산점 총지배인을 부사장으로 승진시켰다.",
        [("표윤재", "더다솔", RISES, "부사장")],
    ),
    (
        "다솔금융지주는 4일 표윤재 부행장을 누리은행장 단독 후보로 추천했다고 공시했다.",
        [("표윤재", "누리은행", TAKES, "은행장")],
    ),
    (
        "다솔금융 회장추천위원회는 표윤재 현 회장을 단독 후보로 재추천했다.",
        [("표윤재", "다솔금융", STAYS, "회장")],
    ),
    (  # names of two words
        "베르텍 코리아는 신임 지사장에 표윤재 전무를 선임했다.",
        [("표윤재", "베르텍 코리아", TAKES, "지사장")],
    ),
    ("스튜디오 다솔은 표윤재 이사를 대표로 선임했다.", [("표윤재", "스튜디오 다솔", TAKES, "대표")]),
    (  # nobody bears a post that is still to be taken
        "한국다솔 신임 사장으로 표윤재 전무가 선출됐다.",
        [("표윤재", "한국다솔", TAKES, "사장")],
    ),
    (
        "다솔게임즈 표윤재 부대표는 개발 자회사 '누리숲'의 대표로 이동한다.",
        [("표윤재", "누리숲", TAKES, "대표")],
    ),
    (
        "한국주물협회 부회장단에는 표윤재 다솔캐스팅 대표와 노하늘 누리정주 대표가 새로 이름을 올렸다.",
        [("표윤재", "한국주물협회", TAKES, "부회장"), ("노하늘", "한국주물협회", TAKES, "부회장")],
    ),
    (  # officers of an association are heads of other firms
        "한국주물협회는 24일 총회를 열었다. 표윤재 다솔캐스팅 사장은 부회장에서 물러났다.",
        [("표윤재", "한국주물협회", LEAVES, "부회장")],
    ),
    (  # the post begins the phrase
        "표윤재 다솔중공업 사장이 한국기계산업협회 회장직을 내려놓는다.",
        [("표윤재", "한국기계산업협회", LEAVES, "회장")],
    ),
    (  # the house of the sentence before
        "다솔저축은행은 표윤재 대표를 유임했다. 반면 누리저축은행은 사령탑을 갈았다. 노하늘 대표가 1년 만에 사임했다.",
        [("표윤재", "다솔저축은행", STAYS, "대표"), ("노하늘", "누리저축은행", LEAVES, "대표")],
    ),
    (  # a house told by its branch
        "다솔금융지주가 15일 인사를 냈다. 이강토 다솔카드 부사장은 유임됐다. 2년간 카드를 이끈 표윤재 대표는 물러난다.",
        [("이강토", "다솔카드", STAYS, "부사장"), ("표윤재", "다솔카드", LEAVES, "대표")],
    ),
]


@pytest.mark.parametrize(("text", "moves"), [*PERSONS, *HOUSES])
def test_each_has_its_post_and_house(text: str, moves: list[Told]) -> None:
    assert told(text) == set(moves)
