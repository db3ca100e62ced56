"""Who says what, with invented people and companies."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import QuotedBy
from tests.extract.reading import analysed, extractor, quotes

INTRO = "윤서준 누리전자 사장과 백도현 누리전자 부사장이 12일 행사에 참석했다.\n"


def _said(text: str, title: str = "") -> list[tuple[str, str | None]]:
    return [(q.text, q.speaker) for q in quotes(text, title=title) if q.by is QuotedBy.EXECUTIVE]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("윤 사장은 “공장을 늘린다”고 말했다.", "윤서준"),
        ("윤 사장은 “시장이 크다”며 “공장을 늘린다”고 말했다.", "윤서준"),
        ("“공장을 늘린다”고 윤 사장은 말했다.", "윤서준"),
        ("“공장을 늘린다”는 것이 윤 사장의 설명이다.", "윤서준"),
        ("“공장을 늘린다”는 게 백 부사장의 생각이다.", "백도현"),
        ("윤 사장은 무대에 올랐다. 이어 “공장을 늘린다”고 덧붙였다.", "윤서준"),
        ("기자가 “공장을 늘리느냐”고 묻자 백 부사장은 “늘린다”고 답했다.", "백도현"),
        ("윤 사장은 말이 없었다. 투자 계획을 묻자 “공장을 늘린다”고만 했다.", "윤서준"),
        ("“공장을 늘리겠습니다.” 백 부사장은 이렇게 말했다.", "백도현"),
        ("윤 사장이 “공장을 늘린다”고 하자 백 부사장이 웃었다.", "윤서준"),
    ],
)
def test_the_executive_who_speaks(text: str, speaker: str) -> None:
    found = _said(INTRO + text)
    assert found
    assert {name for _, name in found} == {speaker}


@pytest.mark.parametrize(
    "text",
    [
        "회사 관계자는 “공장을 늘린다”고 말했다.",
        "누리전자는 “공장을 늘린다”고 밝혔다.",
        "업계에서는 “공장을 늘릴 것”이라는 전망이 나온다.",
        "노조는 “공장을 늘리지 말라”고 요구했다.",
        "한 직원은 “공장이 좁다”고 했다.",
        "배달 라이더는 “공장 앞길이 막힌다”고 했다.",
        "“공장을 늘린다”는 것이 회사 측 설명이다.",
        "주민 여러 명은 “공장을 늘리지 말라”고 외쳤다.",
    ],
)
def test_words_of_others_are_not_put_into_an_executives_mouth(text: str) -> None:
    found = quotes(INTRO + "윤 사장은 말이 없었다. " + text)
    assert [q.by for q in found] == [QuotedBy.UNNAMED]


@pytest.mark.parametrize(
    "text",
    [
        "올해 표어는 “고르고 끝낸다”로 정했다.",
        "벽에는 “더 크게, 더 멀리”라는 문구가 걸렸다.",
        "윤 사장은 신제품 “누리 나인”을 공개했다.",
        "이른바 “누리 효과”라고 불리는 현상이다.",
        "\n◇“공장을 늘려 시장을 잡는다”\n",
        "윤 사장은 “원팀”을 강조했다.",
    ],
)
def test_slogans_titles_terms_and_subheads_are_no_quotes(text: str) -> None:
    assert quotes(INTRO + text) == ()


def test_an_interview_is_answered_by_the_person_interviewed() -> None:
    text = (
        "누리전자의 윤서준 사장을 지난 8일 만났다.\n\n―공장을 왜 늘리나.\n“주문이 밀려서다.”\n\n"
        "―노조는 뭐라고 하나.\n“반긴다. 다만 쉬는 날을 늘려 달라고 한다.”\n"
    )
    assert [name for _, name in _said(text)] == ["윤서준", "윤서준"]


def test_a_name_of_the_headline_only() -> None:
    found = _said("사장이 12일 취임했다. 윤 사장은 “공장을 늘린다”고 말했다.", "누리전자 윤서준 사장 취임")
    assert found == [("공장을 늘린다", "윤서준")]


def test_evidence_is_the_sentence_and_the_place_that_resolves_the_name() -> None:
    text = INTRO + "윤 사장은 “공장을 늘린다”고 말했다."
    quote = quotes(text)[0]
    assert quote.evidence[0].of(text) == "윤 사장은 “공장을 늘린다”고 말했다."
    assert quote.resolutions[0].form == "윤 사장"
    assert quote.resolutions[0].antecedent is not None
    assert quote.resolutions[0].antecedent.of(text) == "윤서준"
    assert quote.span.of(text) == quote.text


def test_business_is_strategic_and_thanks_are_not() -> None:
    business, thanks = quotes(
        INTRO + "윤 사장은 “내년 매출을 두 배로 늘리고 새 공장에 3조원을 투자하겠다”고 말했다. "
        "백 부사장은 “이 자리를 빌려 깊이 감사드린다”고 인사했다."
    )
    assert business.strategic
    assert {"investment", "performance"} <= set(business.topics)
    assert not thanks.strategic


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='윤서준 사장은이“”"‘’고며라는 말했다.\n누리전자,()[]▲?·\x00\ud800a1', max_size=120))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    document = analysed(text)
    for quote in extractor().extract(document.article).quotes:
        assert quote.span.of(text) == quote.text


def test_a_long_line_of_quotes_takes_linear_time() -> None:
    line = INTRO.strip() + " 윤 사장은 “공장을 늘린다”며 “시장이 크다”고 말했다. 이어 “끝”이라고 했다."
    document = analysed(line * 1500)
    started = time.process_time()
    assert len(quotes("")) == 0
    from briefing.extract.quotes import find_quotes

    find_quotes(document, extractor().lexicon)
    assert time.process_time() - started < 8
