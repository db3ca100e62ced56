"""Words that bear a name, and words of a house whose chief stands in brackets; names invented."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefing.model import Article, Quote, QuotedBy
from tests.extract.reading import extractor


def quotes(text: str) -> tuple[Quote, ...]:
    article = Article(id="t", text=text, published=datetime(2026, 3, 13, tzinfo=UTC))
    return extractor().extract(article).quotes


def test_a_paper_in_somebodys_name_speaks_for_him() -> None:
    found = quotes(
        "나래유업은 이날 염정우 대표이사 명의의 입장문을 내고 “깊이 사과드린다”며 “권한을 돌려드리겠다”고 밝혔다."
    )
    assert [(q.speaker, q.by) for q in found] == [("염정우", QuotedBy.EXECUTIVE)] * 2


def test_a_house_speaks_though_its_chief_stands_in_brackets() -> None:
    found = quotes('나래비전(대표 곽상원)은 "카메라 칩 누적 판매가 5억개를 넘었다"고 11일 밝혔다.')
    assert [(q.speaker, q.by) for q in found] == [(None, QuotedBy.UNNAMED)]


def test_what_something_is_called_is_no_quotation() -> None:
    assert quotes('류단오 나래푸드 대표는 새벽 배송의 다음 단계를 "숙성 배송"이라고 불렀다.') == ()


def test_presidents_of_learned_societies_and_directors_of_clubs_are_no_executives() -> None:
    for text in (
        '최금산 식품유통학회장은 "물류를 맛의 언어로 바꾼 시도"라고 평했다.',
        '프로축구 나래의 서정민 단장은 "외국인 선수 영입을 마무리했다"고 밝혔다.',
    ):
        assert QuotedBy.EXECUTIVE not in [q.by for q in quotes(text)]


@pytest.mark.parametrize("said", ["인사다", "마지막 인사였다", "퇴임 인사말이다"])
def test_a_farewell_behind_the_words_tells_who_spoke(said: str) -> None:
    words = "“저는 오늘부로 이 회사의 첫 고객이 됩니다.”\n"
    text = f"{words}누리전자를 세운 지 18년 만에 물러나는 윤서준 대표의 {said}. 누리전자는 9일 이취임식을 열었다."
    assert [q.speaker for q in quotes(text)] == ["윤서준"]


@pytest.mark.parametrize("said", ["인사말 뒤 행사가 끝났다", "인사를 미뤘다", "인사를 준비했다"])
def test_other_words_of_the_kind_tell_nobody(said: str) -> None:
    words = "“저는 오늘부로 이 회사의 첫 고객이 됩니다.”\n"
    text = f"{words}물러나는 윤서준 대표의 {said}. 누리전자는 9일 이취임식을 열었다."
    assert [q.speaker for q in quotes(text)] != ["윤서준"]
