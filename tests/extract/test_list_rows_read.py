"""Rows of personnel lists: headings, steps, notes, houses and what is no entry; invented people and houses."""

from __future__ import annotations

import pytest

from tests.extract.reading import Told, told


@pytest.mark.parametrize(
    ("heads", "moves"),
    [
        (
            "◇전무A\n강도윤 서하람\n◇전무B\n문지후",
            {("강도윤", "전무A"), ("서하람", "전무A"), ("문지후", "전무B")},
        ),
        ("◇ 전무B→전무A\n▲강도윤 ▲서하람", {("강도윤", "전무A"), ("서하람", "전무A")}),
        ("◇전무A 승진\n▲강도윤 ▲서하람", {("강도윤", "전무A"), ("서하람", "전무A")}),
        ("◇전무B 승진(2명)\n강도윤 서하람", {("강도윤", "전무B"), ("서하람", "전무B")}),
    ],
)
def test_steps_are_glued_to_their_letters(heads: str, moves: set[tuple[str, str]]) -> None:
    found = told(heads, "다솔해운 임원 승진")
    assert found == {(person, "다솔해운", "promoted", rank) for person, rank in moves}


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        (
            "◇면\n▲재무본부장 강도윤 ▲영업본부장 서하람\n◇신규 선임\n▲재무본부장 문지후",
            {
                ("강도윤", "다솔해운", "departed", "재무본부장"),
                ("서하람", "다솔해운", "departed", "영업본부장"),
                ("문지후", "다솔해운", "appointed", "재무본부장"),
            },
        ),
        (
            "◇면(免)\n▲감사실장 라온유\n◇선임\n▲감사실장 진서겸",
            {
                ("라온유", "다솔해운", "departed", "감사실장"),
                ("진서겸", "다솔해운", "appointed", "감사실장"),
            },
        ),
        (
            "<면>\n재무본부장 강도윤\n<선임>\n재무본부장 문지후",
            {
                ("강도윤", "다솔해운", "departed", "재무본부장"),
                ("문지후", "다솔해운", "appointed", "재무본부장"),
            },
        ),
    ],
)
def test_who_stands_under_relieved_leaves(text: str, moves: set[Told]) -> None:
    assert told(text, "[인사] 다솔해운") == moves


@pytest.mark.parametrize(
    "heading",
    [
        "◇ 전무 승진(괄호 안은 현 보직)",
        "◇전무 승진(괄호 안은 현 직책)",
        "<전무 승진(괄호 안은 현직)>",
        "◇전무 승진 (괄호 안은 현 소속)",
    ],
)
def test_a_heading_tells_what_its_brackets_hold(heading: str) -> None:
    found = told(f"{heading}\n▲강도윤(재무본부장) ▲서하람(영업본부장)", "다솔해운 임원 승진")
    assert found == {("강도윤", "다솔해운", "promoted", "전무"), ("서하람", "다솔해운", "promoted", "전무")}


@pytest.mark.parametrize(
    ("row", "houses"),
    [
        (
            "▲강도윤(다솔제지) 서하람(〃) 문지후(다솔해운) 라온유(〃)",
            {"강도윤": "다솔제지", "서하람": "다솔제지", "문지후": "다솔해운", "라온유": "다솔해운"},
        ),
        ("강도윤(다솔제지)·서하람(〃)", {"강도윤": "다솔제지", "서하람": "다솔제지"}),
        ("강도윤(다솔제지) 서하람(″)", {"강도윤": "다솔제지", "서하람": "다솔제지"}),
        (
            "강도윤(다솔제지) 서하람(〃) 문지후(〃)",
            {"강도윤": "다솔제지", "서하람": "다솔제지", "문지후": "다솔제지"},
        ),
    ],
)
def test_ditto_repeats_the_note_before_it(row: str, houses: dict[str, str]) -> None:
    found = told(f"◇상무 승진\n{row}", "다솔그룹 임원 승진")
    assert {(person, company) for person, company, _, _ in found} == set(houses.items())


@pytest.mark.parametrize(
    ("title", "text", "moves"),
    [
        (
            "다솔해운 임원 인사",
            "다솔해운은 임원 인사를 했다.◎전무 강도윤◎상무 서하람",
            {("강도윤", "appointed", "전무"), ("서하람", "appointed", "상무")},
        ),
        (
            "다솔해운 임원 인사",
            "다솔해운은 임원 인사를 했다.\n\n◎재무본부장 강도윤◎영업본부장 서하람",
            {("강도윤", "appointed", "재무본부장"), ("서하람", "appointed", "영업본부장")},
        ),
        (
            "[인사] 다솔해운",
            "◎전무 승진▲강도윤▲서하람◎상무 승진▲문지후",
            {
                ("강도윤", "promoted", "전무"),
                ("서하람", "promoted", "전무"),
                ("문지후", "promoted", "상무"),
            },
        ),
        (
            "[인사] 다솔해운",
            "<승진>◎전무 강도윤◎상무 서하람",
            {("강도윤", "promoted", "전무"), ("서하람", "promoted", "상무")},
        ),
    ],
)
def test_a_double_ring_opens_an_item(title: str, text: str, moves: set[tuple[str, str, str]]) -> None:
    assert told(text, title) == {(person, "다솔해운", kind, role) for person, kind, role in moves}


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        (
            "◇전보\n▲재무본부장 강도윤(←감사실장) ▲영업본부장 서하람(←부산지점장)",
            {("강도윤", "appointed", "재무본부장"), ("서하람", "appointed", "영업본부장")},
        ),
        (
            "▲재무본부장 강도윤(←감사실장)\n▲영업본부장 서하람(←부산지점장)",
            {("강도윤", "appointed", "재무본부장"), ("서하람", "appointed", "영업본부장")},
        ),
        (
            "◇선임\n▲재무본부장 강도윤(←감사실장) ▲상무 서하람(←이사)",
            {("강도윤", "appointed", "재무본부장"), ("서하람", "appointed", "상무")},
        ),
        (  # who has risen is told of one alone
            "▲재무본부장 상무 강도윤(←감사실장, 이사에서 승진) ▲영업본부장 상무 서하람(←부산지점장)",
            {
                ("강도윤", "appointed", "재무본부장"),
                ("강도윤", "promoted", "상무"),
                ("서하람", "appointed", "영업본부장"),
            },
        ),
        (
            "▲전무 강도윤(감사실장·상무에서 승진) ▲전무 서하람(부산지점장)",
            {("강도윤", "promoted", "전무"), ("서하람", "appointed", "전무")},
        ),
        (
            "▲전무 강도윤(재무본부장 겸임, 승진)\n▲상무 서하람(51)",
            {("강도윤", "promoted", "전무"), ("서하람", "appointed", "상무")},
        ),
    ],
)
def test_notes_tell_where_people_come_from(text: str, moves: set[tuple[str, str, str]]) -> None:
    found = told(text, "다솔해운 임원 인사")
    assert found == {(person, "다솔해운", kind, role) for person, kind, role in moves}


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        (
            "◇부사장급\n▲재무본부장 강도윤 ▲영업본부장 서하람",
            {("강도윤", "appointed", "재무본부장"), ("서하람", "appointed", "영업본부장")},
        ),
        (
            "◇부사장급\n▲강도윤 재무본부장\n◇전무급\n▲문지후 감사실장",
            {("강도윤", "appointed", "재무본부장"), ("문지후", "appointed", "감사실장")},
        ),
        (
            "◇부사장급 승진\n▲강도윤 ▲서하람",
            {("강도윤", "promoted", "부사장"), ("서하람", "promoted", "부사장")},
        ),
    ],
)
def test_the_level_of_posts_is_no_rise(text: str, moves: set[tuple[str, str, str]]) -> None:
    found = told(text, "다솔해운 임원 인사")
    assert found == {(person, "다솔해운", kind, role) for person, kind, role in moves}


@pytest.mark.parametrize(
    "rows",
    [
        "▲강도윤 ▲서하람\n* 직위 순, 가나다순",
        "· 강도윤\n· 서하람\n· 무순",
        "▲강도윤 ▲서하람 ▲이름순",
        "▲강도윤\n▲서하람\n▲성명순",
        "강도윤 서하람\n※ 가나다순",
    ],
)
def test_the_order_of_a_list_is_no_entry(rows: str) -> None:
    assert {person for person, *_ in told(f"◇전무\n{rows}", "다솔해운 임원 승진")} == {"강도윤", "서하람"}


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        (
            "□ 자회사 대표 선임\n다솔누리 : 강도윤\n미르벼리 : 서하람",
            {("강도윤", "다솔누리", "appointed", "대표"), ("서하람", "미르벼리", "appointed", "대표")},
        ),
        (
            "◇대표이사 내정\n▲미르벼리 : 강도윤\n▲온솔누 : 서하람",
            {("강도윤", "미르벼리", "appointed", "대표이사"), ("서하람", "온솔누", "appointed", "대표이사")},
        ),
        (  # below other posts it is a place
            "◇지점장 선임\n부산 : 강도윤\n광양 : 서하람",
            {("강도윤", "다솔그룹", "appointed", "지점장"), ("서하람", "다솔그룹", "appointed", "지점장")},
        ),
    ],
)
def test_houses_stand_before_their_heads(text: str, moves: set[Told]) -> None:
    assert told(text, "다솔그룹 인사") == moves


@pytest.mark.parametrize(
    ("title", "row", "houses"),
    [
        (
            "다솔코스메틱 임원 승진",
            "▲강도윤(선케어랩) ▲서하람(색조랩) ▲문지후(영업팀)",
            {("강도윤", "다솔코스메틱"), ("서하람", "다솔코스메틱"), ("문지후", "다솔코스메틱")},
        ),
        ("다솔제약 임원 승진", "▲강도윤(제형랩) ▲서하람", {("강도윤", "다솔제약"), ("서하람", "다솔제약")}),
        (
            "다솔그룹 임원 승진",
            "▲강도윤(다솔랩) ▲서하람(다솔제지)",
            {("강도윤", "다솔랩"), ("서하람", "다솔제지")},
        ),
    ],
)
def test_a_laboratory_is_part_of_the_house(title: str, row: str, houses: set[tuple[str, str]]) -> None:
    found = told(f"◇상무 승진\n{row}", title)
    assert {(person, company) for person, company, _, _ in found} == houses


@pytest.mark.parametrize(
    "rows",
    [
        "◇퇴임하는 임원\n▲강도윤 부사장 ▲서하람 전무",
        "◇물러난 임원\n▲강도윤 부사장 ▲서하람 전무",
        "◇떠나는 임원\n강도윤 부사장\n서하람 전무",
        "퇴임하는 임원 : 강도윤 부사장, 서하람 전무",
        "이번에 퇴임하는 임원은 강도윤 부사장, 서하람 전무 등이다.",
    ],
)
def test_those_who_leave_are_listed(rows: str) -> None:
    found = told(f"다솔해운이 10일 인사를 했다.\n{rows}", "다솔해운 임원 인사")
    assert found == {("강도윤", "다솔해운", "departed", "부사장"), ("서하람", "다솔해운", "departed", "전무")}


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (
            "이번에 퇴임하는 임원은 다솔해운 강도윤 부사장과 서하람 전무, 다솔제지 문지후 전무 등이다.",
            "departed",
        ),
        ("퇴임 임원은 다솔해운 강도윤 부사장과 서하람 전무, 다솔제지 문지후 전무 등 3명이다.", "departed"),
        ("승진자는 다솔해운 강도윤 부사장 및 서하람 전무, 다솔제지 문지후 전무 등 3명이다.", "promoted"),
    ],
)
def test_two_who_are_joined_share_a_house(row: str, kind: str) -> None:
    assert told(f"다솔그룹이 10일 인사를 했다. {row}", "다솔그룹 임원 인사") == {
        ("강도윤", "다솔해운", kind, "부사장"),
        ("서하람", "다솔해운", kind, "전무"),
        ("문지후", "다솔제지", kind, "전무"),
    }


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        (
            "다솔그룹의 이번 승진 인사에서 강도윤, 서하람 등 2명은 상무보에서 상무가 됐다.",
            {("강도윤", "다솔그룹", "promoted", "상무"), ("서하람", "다솔그룹", "promoted", "상무")},
        ),
        (
            "다솔그룹의 이번 승진 인사에서 강도윤(다솔제지)·서하람(다솔해운)은 전무에서 부사장이 됐다.",
            {("강도윤", "다솔제지", "promoted", "부사장"), ("서하람", "다솔해운", "promoted", "부사장")},
        ),
        (
            "다솔그룹은 신임 임원을 발표했다. 신임 임원 인사로 강도윤·서하람·문지후는 새로 상무가 됐다.",
            {
                ("강도윤", "다솔그룹", "appointed", "상무"),
                ("서하람", "다솔그룹", "appointed", "상무"),
                ("문지후", "다솔그룹", "appointed", "상무"),
            },
        ),
    ],
)
def test_what_those_listed_became(text: str, moves: set[Told]) -> None:
    assert told(text, "다솔그룹 임원 인사") == moves
