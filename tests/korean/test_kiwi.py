"""Sentences and morphemes with offsets of the original text."""

from __future__ import annotations

import pytest

from briefing.korean.kiwi import Analyzer, load_analyzer, processors, sentence_spans


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return load_analyzer()


def forms(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


def test_a_quotation_stays_whole_and_line_ends_cut() -> None:
    text = '홍가람 사장은 "시장이 온다. 준비하자"고 말했다.이어 3.5% 성장을 내다봤다.\n• 증권\n다음 줄'
    assert forms(text) == [
        '홍가람 사장은 "시장이 온다. 준비하자"고 말했다.',
        "이어 3.5% 성장을 내다봤다.",
        "• 증권",
        "다음 줄",
    ]


def test_a_lost_mark_does_not_swallow_the_article() -> None:
    text = '그는 "' + "길게 말했다. " * 200 + "끝났다."
    assert len(forms(text)) > 100


def test_marks_inside_an_end_end_nothing_again() -> None:
    assert forms("끝났다...”」 그는 “왜?!” 물었다….다음은 3.5%다.\x0b끝") == [
        "끝났다...”」",
        "그는 “왜?!”",
        "물었다….",
        "다음은 3.5%다.",
        "끝",
    ]


def test_kiwi_leaves_us_a_processor(analyzer: Analyzer) -> None:
    threads = analyzer._kiwi.num_workers
    assert threads == 1 or (threads == 2 and processors() > 2)


def test_offsets_count_code_points_of_the_original(analyzer: Analyzer) -> None:
    text = "😀 미래 사장은\x00 \ud800 웃었다."
    (sentences,) = analyzer.analyze([text])
    tokens = [t for s in sentences for t in s.tokens]
    title = next(t for t in tokens if t.form == "사장")
    assert text[title.start : title.end] == "사장"


def test_a_batch_keeps_its_order_and_empty_texts(analyzer: Analyzer) -> None:
    first, empty, last = analyzer.analyze(["하나다.", "", "둘이다. 셋이다."])
    assert (len(first), len(empty), len(last)) == (1, 0, 2)


def test_a_long_text_is_cut_at_line_ends_without_losing_offsets(analyzer: Analyzer) -> None:
    text = "회사는 오늘 사장을 선임했다.\n" * 3000
    (sentences,) = analyzer.analyze([text])
    assert len(sentences) == 3000
    assert all(s.span.of(text) == "회사는 오늘 사장을 선임했다." for s in sentences)


def test_unknown_words_are_marked(analyzer: Analyzer) -> None:
    (sentences,) = analyzer.analyze(["곽두레빛 회장"])
    known = {t.form: t.known for t in sentences[0].tokens}
    assert known["회장"]
    assert not all(known.values())
