"""Enumerations inside sentences, and what prose only counts; names invented."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from tests.extract import reading

LEAD = "나래그룹이 13일 임원 인사를 발표했다. "


told = partial(reading.told, day=date(2026, 3, 13))


@pytest.mark.parametrize(
    ("sentence", "kind", "rank"),
    [
        ("전무에는 곽인걸(나래기계)·서해림(나래기계)·한서우(㈜나래)가 올랐다.", "promoted", "전무"),
        (
            "곽인걸(나래기계), 서해림(나래기계), 한서우(㈜나래) 등 11명은 상무 명함을 새로 팠다.",
            "promoted",
            "상무",
        ),
    ],
)
def test_rows_with_houses_in_brackets(sentence: str, kind: str, rank: str) -> None:
    assert told(LEAD + sentence) == {
        ("곽인걸", "나래기계", kind, rank),
        ("서해림", "나래기계", kind, rank),
        ("한서우", "나래", kind, rank),
    }


@pytest.mark.parametrize(
    ("sentence", "kind", "rank"),
    [
        ("상무 승진자는 강도일·노은채·손정한이다.", "promoted", "상무"),
        ("강도일, 노은채, 손정한 등 7명은 상무로 새로 선임됐다.", "appointed", "상무"),
        ("전무에는 강도일·노은채·손정한이 올랐다.", "promoted", "전무"),
    ],
)
def test_rows_of_bare_names(sentence: str, kind: str, rank: str) -> None:
    moves = told("나래전자가 13일 임원 인사를 발표했다. " + sentence)
    assert moves == {(name, "나래전자", kind, rank) for name in ("강도일", "노은채", "손정한")}


def test_bullets_inside_a_sentence() -> None:
    assert told(
        LEAD
        + "신임 대표이사는 ▲나래화학 박찬호 부사장(전 나래화학 생산본부장) ▲나래패션 도지원(전 루미에르코리아 대표) 등이다."
    ) == {("박찬호", "나래화학", "appointed", "대표이사"), ("도지원", "나래패션", "appointed", "대표이사")}


@pytest.mark.parametrize(
    "sentence",
    [
        "승진 임원은 부사장 1명, 전무 3명, 상무 11명 등 총 15명으로 지난해(24명)보다 크게 줄었다.",
        "승진자는 전무 2명, 상무 9명 등 모두 11명으로 작년(20명)에 비해 많이 늘었다.",
    ],
)
def test_counts_by_rank_name_nobody(sentence: str) -> None:
    assert told(LEAD + sentence) == set()


def test_those_who_leave() -> None:
    assert told(LEAD + "물러나는 대표는 나래화학 김성태, 나래건설 윤종학 등 2명이다.") == {
        ("김성태", "나래화학", "departed", "대표"),
        ("윤종학", "나래건설", "departed", "대표"),
    }


def test_counts_in_prose_open_no_level_of_the_list_below() -> None:
    text = (
        "나래그룹이 임원 인사를 냈다. 승진자 가운데 ▲40대 6명 ▲여성 4명 ▲외부 영입 2명이 포함됐다.\n\n"
        "◇나래전기\n▲부사장 승진 기윤호 ▲전무 승진 박성재\n\n◇나래유통\n▲상무 승진 고아라"
    )
    assert told(text) == {
        ("기윤호", "나래전기", "promoted", "부사장"),
        ("박성재", "나래전기", "promoted", "전무"),
        ("고아라", "나래유통", "promoted", "상무"),
    }
