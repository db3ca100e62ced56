"""Names that look like other names, and houses that look like names."""

from __future__ import annotations

import pytest

from briefing.model import Article
from tests.extract.reading import analysed, extractor, told


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("데이비드 호건 퀵클라우드코리아 대표는 9일 간담회를 열었다. 호건 대표는 “좋다”고 말했다.", {"데이비드 호건": "퀵클라우드코리아"}),
        ("마사오 이시다 벼리전자 회장은 9일 간담회를 열었다. 이시다 회장은 “좋다”고 말했다.", {"마사오 이시다": "벼리전자"}),
        ("얀 코발 노르텍스 대표와 윤서준 벼리전자 사장이 만났다.", {"얀 코발": "노르텍스", "윤서준": "벼리전자"}),
        ("간담회에 동석한 협회 수석부회장 옥새봄 오늘커피 대표는 “원가를 낮출 수 있다”고 거들었다.", {"옥새봄": None}),
        ("벼리전자의 홍보 담당 임원인 윤하람 상무는 “급하지 않다”고 말했다.", {"윤하람": "벼리전자"}),
        ("천소담 총괄 프로듀서는 9일 벼리게임즈를 떠났다. 천 프로듀서는 말이 없었다.", {"천소담": "벼리게임즈"}),
    ],
)  # fmt: skip
def test_who_is_named(text: str, people: dict[str, str | None]) -> None:
    assert {p.name: p.company for p in analysed(text).personas} == people


def test_who_appoints_is_a_house_though_it_looks_like_a_name() -> None:
    text = (
        "배달온은 국혜림 전 누리쇼핑 상무를 부사장으로 영입했다고 9일 밝혔다. "
        "국혜림 배달온 부사장은 “안전에 투자하겠다”고 말했다."
    )
    assert told(text) == {("국혜림", "배달온", "appointed", "부사장")}
    assert "배달온" not in {p.name for p in analysed(text).personas}


def test_a_usual_name_appoints_as_a_person() -> None:
    text = "윤하람은 곽민재 상무를 부사장으로 선임했다. 윤하람 벼리전자 회장은 9일 이같이 밝혔다."
    assert "윤하람" in {p.name for p in analysed(text).personas}


def test_he_is_not_who_only_came_along() -> None:
    text = (
        "고봉준 벼리전자 부회장은 7일 출국했다. 이 일정에는 우한솔 본부장이 동행했다. 그는 10일 독일로 간다."
    )
    document = analysed(text)
    pronoun = next(m for m in document.mentions if m.kind == "pronoun")
    assert document.persona_of(pronoun).name == "고봉준"


def test_a_title_in_front_of_the_next_name_is_the_next_ones() -> None:
    text = "협약식에는 벼리전자 사장 노기훈 다솔은행 은행장 한가람이 참석했다."
    assert {p.name: p.title for p in analysed(text).personas} == {"노기훈": "사장", "한가람": "은행장"}


def test_a_rare_name_that_bears_a_title_appoints_as_a_person() -> None:
    text = "뇌성근은 곽도윤 상무를 부사장으로 영입했다. 뇌성근 벼리전자 회장은 “기대한다”고 말했다."
    assert {p.name: p.company for p in analysed(text).personas}["뇌성근"] == "벼리전자"


def test_who_joined_as_the_topic_is_spoken_of_next() -> None:
    text = "고봉준 누리 회장은 9일 간담회를 열었다. 우한솔 부사장은 합류했다. 그는 9일 사장으로 승진했다."
    assert {m[0] for m in told(text)} == {"우한솔"}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "간담회에는 벼리건설 노기훈, 벼리화학 옥새연, 벼리카드 윤하람 대표가 참석했다.",
            {"노기훈": "벼리건설", "옥새연": "벼리화학", "윤하람": "벼리카드"},
        ),
        (
            "간담회에는 노기훈 다솔건설·옥새연 나루화학·윤하람 온빛카드 대표가 참석했다.",
            {"노기훈": "다솔건설", "옥새연": "나루화학", "윤하람": "온빛카드"},
        ),
        (
            "벼리전자는 노기훈·한아름·이레나 상무를 전무로 올렸다.",
            {"노기훈": "벼리전자", "한아름": "벼리전자", "이레나": "벼리전자"},
        ),
        (
            "벼리전자는 노기훈·옥새연·피터 정 상무를 전무로 올렸다.",
            {"노기훈": "벼리전자", "옥새연": "벼리전자", "피터 정": "벼리전자"},
        ),
        ("데이비드 김 플레이카고 한국지사장은 나오지 않았다.", {"데이비드 김": "플레이카고"}),
    ],
)
def test_people_who_share_a_title(text: str, people: dict[str, str | None]) -> None:
    assert {p.name: p.company for p in analysed(text).personas} == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        # words of the dictionary, behind what somebody leads
        ("벼리전자에서 인사를 총괄하는 봉선화 상무가 참석했다.", {"봉선화"}),
        ("벼리전자에서 해외 영업을 맡고 있는 강산 부사장은 참석했다.", {"강산"}),
        ("벼리전자의 현장을 지휘하는 현지 부사장이 참석했다.", set()),
        # Japanese: a family name that no list has, a given name that is a word
        ("벼리전자 시오미 다케루 부회장은 참석했다.", {"시오미 다케루"}),
        ("벼리전자 우치노 다다시 현 회장은 참석했다.", {"우치노 다다시"}),
        # no name that begins with 남, and no 해림 of the family 해
        (
            "남궁현철 전 차관이 벼리전자 사장에 취임했다. 남궁 사장은 면담했다. 남궁 사장은 참석했다.",
            {"남궁현철"},
        ),
        (
            (
                "해림시는 벼리공사 사장에 노기훈 전 해림시 부시장을 임명했다. "
                "노 사장은 해림시 도시계획과장, 도 투자유치국장을 거쳤다."
            ),
            {"노기훈"},
        ),
        # a title ends with its line, whoever is named on the next one
        ("벼리전자 사장\n노기훈 벼리물산 사장은 참석했다.", {"노기훈"}),
    ],
)
def test_names_for_what_they_are(text: str, people: set[str]) -> None:
    assert {p.name for p in extractor().extract(Article(id="t", text=text)).people} == people


def test_a_family_name_is_who_a_row_names_in_full() -> None:
    text = (
        "다솔그룹이 28일 정기 임원인사를 했다. 부사장 승진자는 다솔건설 노기훈, 다솔화학 파벨 노박 등 2명이다. "
        "체코 출신인 노박 부사장은 첫 외국인 부사장이다."
    )
    found = extractor().extract(Article(id="t", text=text, title="다솔그룹 정기 임원인사")).people
    assert {p.name: p.company for p in found} == {"노기훈": "다솔건설", "파벨 노박": "다솔화학"}


def test_a_school_behind_a_name_is_nobody() -> None:
    text = (
        "벼리전자는 26일 노기훈 의장을 대표이사로 선임했다. "
        "의장직은 사외이사인 옥새연 고려대 교수가 넘겨받았다."
    )
    assert told(text) == {
        ("노기훈", "벼리전자", "appointed", "대표이사"),
        ("옥새연", "벼리전자", "appointed", "의장"),
    }


def test_a_title_ends_with_its_line() -> None:
    text = "벼리전자 임원 인사\n부사장 승진: 노기훈 경영총괄\n전무 승진: 옥새연 연구소장"
    assert {p.name: p.title for p in analysed(text).personas}["노기훈"] == "경영총괄"
