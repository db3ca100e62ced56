"""Moves of published lists, on invented people and companies."""

from __future__ import annotations

import random
import time

import pytest

from briefing.model import Article
from tests.extract.reading import extractor


def told(text: str, title: str) -> list[tuple[str, str | None, str, str | None]]:
    moves = extractor().extract(Article(id="t", text=text, title=title)).moves
    return [(m.person, m.company, m.kind.value, m.role) for m in moves]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "[인사] 미래나래모빌리티",
            "◇ 부사장 승진\n▲ 김도윤 ▲ 박서준\n◇ 상무 신규 선임\n▲ 최지우",
            [
                ("김도윤", "미래나래모빌리티", "promoted", "부사장"),
                ("박서준", "미래나래모빌리티", "promoted", "부사장"),
                ("최지우", "미래나래모빌리티", "appointed", "상무"),
            ],
        ),
        (
            "나래그룹 승진 인사",
            "▲상무→전무(2명)\n나래해운 : 정완수, 임해솔\n[부장->상무] 이가온",
            [
                ("정완수", "나래해운", "promoted", "전무"),
                ("임해솔", "나래해운", "promoted", "전무"),
                ("이가온", "나래그룹", "promoted", "상무"),
            ],
        ),
        (
            "[인사] 나래증권",
            "◇ 승진 △ 상무 신찬 △ 〃 조 율 ◇ 전보 △ 리테일본부장 전무 황철호 (유임) ◇ 퇴임 △ 부사장 곽민",
            [
                ("신찬", "나래증권", "promoted", "상무"),
                ("조 율", "나래증권", "promoted", "상무"),
                ("황철호", "나래증권", "retained", "리테일본부장"),
                ("곽민", "나래증권", "departed", "부사장"),
            ],
        ),
        (
            "나래텔레콤 임원 인사",
            "<부사장 승진>\n장동환 네트워크부문장(前 운용본부장)\n<전무 승진>\n김하영 법무실장(현직 유지)",
            [
                ("장동환", "나래텔레콤", "promoted", "부사장"),
                ("장동환", "나래텔레콤", "appointed", "네트워크부문장"),
                ("김하영", "나래텔레콤", "promoted", "전무"),
            ],
        ),
        (
            "[인사] 국토교통부·나래소프트",
            "■ 국토교통부 ◇ 국장급 전보 △ 도로국장 서현정 ■ 나래소프트 ▲ 대표이사 사장 김나래 ▲ 최고기술책임자(CTO) 이강민",
            [
                ("김나래", "나래소프트", "appointed", "대표이사"),
                ("이강민", "나래소프트", "appointed", "CTO"),
            ],
        ),
        (
            "나래그룹 인사",
            "나래그룹은 1일 인사를 했다.\n조상현(나래제지)·박영호(나래제지)·최익현(나래건설) 등 상무 3명은 전무로 승진했다.",
            [
                ("조상현", "나래제지", "promoted", "전무"),
                ("박영호", "나래제지", "promoted", "전무"),
                ("최익현", "나래건설", "promoted", "전무"),
            ],
        ),
    ],
)
def test_lists_in_many_marks(
    title: str, text: str, expected: list[tuple[str, str | None, str, str | None]]
) -> None:
    assert sorted(told(text, title), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "나래그룹 임원 139명 승진",
            "회사별로는 ▲나래차 66명 ▲나래정공 21명이며 ▲여성 11명 ▲외국인 1명이다.",
        ),
        ("제15회 디자인 대상", "▲대통령상 김민준(나래전자 상무) ▲국무총리상 이서연(나래디자인 대표)"),
        ("[부고] 김철수 나래전자 상무 부친상", "▲김영호씨 별세, 김철수(나래전자 상무)씨 부친상 = 3일"),
        ("법무부 검사 승진 인사", "법무부는 3일 인사를 했다.\n◇검사장급 승진 △대구지검장 옥진하"),
        ("나래전자 메뉴", "• 산업\n• 인사\n• 운세/사주\n나래전자 곽도윤 사장은 웃었다."),
    ],
)
def test_counts_prizes_obituaries_prosecutors_and_menus_are_no_moves(title: str, text: str) -> None:
    assert told(text, title) == []


def test_five_thousand_names_are_read_in_seconds() -> None:
    choose = random.Random(7).choice
    names = {
        choose("김이박최정강조윤장임") + choose("민서준도윤지우현석") + choose("영수진호성훈은재원태경람솔")
        for _ in range(5000)
    }
    started = time.perf_counter()
    moves = told("◇ 상무 승진\n▲ " + " ".join(sorted(names)), "[인사] 나래전자 승진")
    assert {m[0] for m in moves} == names
    assert time.perf_counter() - started < 20
