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


@pytest.mark.parametrize(
    ("sentence", "kind", "rank"),
    [
        ("부사장에는 DS부문 강도일, 노은채, MX사업부 손정한 등 3명이 승진했다.", "promoted", "부사장"),
        ("전무로 승진한 사람은 강도일 기업부문장, 노은채 영업본부장, 손정한 IT부문장 등이다.", "promoted", "전무"),
        ("상무 승진자는 강도일 노은채 손정한 3명이고, 여성은 한 명이다.", "promoted", "상무"),
        ("부사장 승진자 3명은 강도일(54) 사업부장, 노은채(52) 연구소장, 손정한(50) 지원실장이다.", "promoted", "부사장"),
        ("상무 신규 선임 대상은 강도일·노은채·손정한 부장 등 3명이다.", "appointed", "상무"),
        ("이번에 상무로 승진한 임원은 ▲강도일 ▲노은채 ▲손정한 등이다.", "promoted", "상무"),
        ("해외법인장은 △싱가포르 강도일 △시카고 노은채 △상하이 손정한이 새로 맡는다.", "appointed", "해외법인장"),
        ("신임 해외법인장에 △미국 강도일 △중국 노은채 △베트남 손정한을 각각 선임했다.", "appointed", "해외법인장"),
    ],
)  # fmt: skip
def test_rows_behind_heads(sentence: str, kind: str, rank: str) -> None:
    moves = told("나래전자가 13일 임원 인사를 발표했다. " + sentence)
    assert moves == {(name, "나래전자", kind, rank) for name in ("강도일", "노은채", "손정한")}


def test_a_row_with_a_rank_before_each_name() -> None:
    moves = told(LEAD + "승진자는 부사장 강도일, 전무 노은채·손정한, 상무 곽인걸 등 4명이다.")
    ranks = {"강도일": "부사장", "노은채": "전무", "손정한": "전무", "곽인걸": "상무"}
    assert moves == {(name, "나래그룹", "promoted", rank) for name, rank in ranks.items()}


def test_a_row_with_a_house_before_each_name() -> None:
    moves = told(LEAD + "상무로는 나래기계 강도일·노은채, 나래푸드 손정한 등이 승진했다.")
    houses = {"강도일": "나래기계", "노은채": "나래기계", "손정한": "나래푸드"}
    assert moves == {(name, house, "promoted", "상무") for name, house in houses.items()}


@pytest.mark.parametrize(
    "sentence",
    [
        "차기 대표 후보는 강도일, 노은채, 손정한 등 3명이다.",
        "지난해 상무로 승진한 이는 강도일, 노은채, 손정한 등이다.",
        "임원은 강도일, 노은채, 손정한 등 3명이다.",
    ],
)
def test_rows_that_tell_of_no_move(sentence: str) -> None:
    assert told("나래전자가 13일 실적을 발표했다. " + sentence) == set()


def test_rows_are_at_the_house_of_their_paragraph() -> None:
    text = (
        "나래전자는 13일 임원 인사를 했다. 곽인걸, 서해림, 한서우 등은 상무로 새로 선임됐다.\n"
        "다솔제과는 14일 임원 인사를 했다. 강도일, 노은채, 손정한 등은 상무로 승진했다."
    )
    houses = {house for name, house, *_ in told(text, "업계 임원 인사") if name in {"강도일", "손정한"}}
    assert houses == {"다솔제과"}


@pytest.mark.parametrize(
    "row",
    [
        "부사장에는 강도일, 노은채, 손정한 등이 {}",
        "부사장에는 DS부문 강도일, MX사업부 노은채, 손정한 등이 {}",
        "부사장에는 강도일(나래기계)·노은채(나래기계)·손정한(나래푸드)이 {}",
    ],
)
@pytest.mark.parametrize(
    "told_as",
    [
        "승진할 전망이다.",
        "승진할 것으로 보인다.",
        "승진할 것으로 본다.",
        "승진할 것이라는 관측이 나온다.",
        "승진할 가능성이 높다.",
        "승진했다는 소문이 돌았다.",
    ],
)
def test_rows_that_are_only_expected(row: str, told_as: str) -> None:
    assert not {"노은채", "손정한"} & {name for name, *_ in told(LEAD + row.format(told_as))}


@pytest.mark.parametrize(
    "sentence",
    [
        "지난해 나래전자 부사장에는 강도일, 노은채 등 2명이 승진했다.",
        "5년 전 나래전자 부사장에는 강도일, 노은채 등 2명이 승진했다.",
        "당시 부사장에는 DS부문 강도일, MX사업부 노은채 등 2명이 승진했다.",
        "강도일, 노은채 등 2명은 지난해 상무로 승진했다.",
    ],
)
def test_rows_of_times_gone_by(sentence: str) -> None:
    assert told(f"나래전자가 13일 실적을 발표했다. {sentence} 올해는 승진자가 없다.") == set()


@pytest.mark.parametrize(
    "ends",
    [
        "승진했고, 서해림 사장은 유임될 전망이다.",
        "승진했으며 서해림 사장은 물러날 것으로 보인다.",
    ],
)
def test_rows_beside_what_is_expected_of_others(ends: str) -> None:
    moves = told(f"{LEAD}지난해보다 승진자가 줄어든 가운데 강도일, 노은채 등 2명은 상무로 {ends}")
    assert {("강도일", "나래그룹", "promoted", "상무"), ("노은채", "나래그룹", "promoted", "상무")} <= moves
